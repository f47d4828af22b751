from __future__ import annotations

from playbook.chart.sheet import Card, Ending, Option, Person, company, sheet
from playbook.words import words
from tests.picture_world import PICTURED
from tests.shelf import PARCEL, WORLD, loaded, shelf

ES, EN = words("es"), words("en")
PACK = loaded(PICTURED)
CHART = sheet(PACK, "parcel", "en", EN)


def test_steps_are_numbered_cards_that_lead_to_numbers_letters_and_protocols() -> None:
    assert CHART.cards == (
        Card(
            "1",
            "Before anything else: «Is there danger?»",
            (Option("yes", "", "Red flags"), Option("otherwise", "2")),
        ),
        Card("2", "How many days?", (Option("any answer", "3"),)),
        Card(
            "3",
            "Whose error was it?",
            (
                Option("Theirs / Nobody's", "4"),
                Option("Ours", "5"),
                Option("I don't know", "", "Red flags"),
            ),
        ),
        Card("4", "Are they angry?", (Option("Yes", "5"), Option("No", "A", "Explain", 1))),
        Card(
            "5",
            "By what is known already: «How many days?»",
            (
                Option("≥ 4 / where that is not known", "B", "Repair", 2),
                Option("otherwise", "A", "Explain", 1),
            ),
        ),
    )


def test_outcomes_say_by_when_to_answer_who_approves_and_who_acts_first() -> None:
    assert CHART.endings == (
        Ending(
            "A",
            "Explain",
            1,
            ("routine", "answer within 2 hours", "approval: Shop", "acting: Community (1 hour), Shop"),
        ),
        Ending("B", "Repair", 2, ("elevated",)),
    )


def test_everyone_with_something_to_do_is_called_the_owner_first() -> None:
    assert CHART.people == (Person("Community", "Ana", "ana@example.org"), Person("Shop", "", ""))
    assert sheet(PACK, "safety", "en", EN).people == (Person("Shop", "", ""),)


def test_the_head_says_whose_it_is_and_until_when_it_is_good() -> None:
    assert CHART.about == "Papel y Tinta · parcel 1.0.0 · kept by Community · to be reviewed by 2030-01-31"
    assert sheet(PACK, "safety", "es", ES).about == "Papel y Tinta · safety 2.0.0 · lo lleva Tienda"


def test_red_lines_are_its_own_and_those_of_the_company_that_hold_in_it() -> None:
    assert CHART.red_lines == ("Our own line.",)
    assert CHART.company == ("Nobody is bought.", "Sorry comes first.")


def test_the_chart_of_the_company_has_every_protocol_everyone_and_every_line() -> None:
    whole = company(PACK, "en", EN)
    assert whole.protocols[0] == Person("Lost parcel", "kept by Community", "playbook triage parcel")
    assert [each.title for each in whole.people] == ["Community", "Shop"]
    assert whole.company == ("Nobody is bought.", "Sorry comes first.", "Not in these.")
    assert (whole.cards, whole.endings, whole.protocol) == ((), (), "")


def checked(*conditions: str) -> Card:
    """The card of a check with these conditions."""
    lines = "".join(f'      - {{when: "{each}", then: repair}}\n' for each in conditions)
    text = PARCEL.replace("      - {when: days >= limits.late, then: repair}\n", lines)
    return sheet(loaded({**WORLD, "protocols/parcel.yaml": text}), "parcel", "en", EN).cards[-1]


def test_known_is_not_said_where_the_rest_can_only_be_true_of_what_is_known() -> None:
    card = checked("fault is known and fault == 'ours' and days is known and days >= 9")
    assert card.options[0].label.startswith("«Whose error was it?» Ours and «How many days?» ≥ 9")
    card = checked("fault is known and days >= 9")
    assert card.options[0].label.startswith("«Whose error was it?» is known and «How many days?» ≥ 9")
    card = checked("not (fault is known and fault == 'ours')")
    assert card.options[0].label.startswith("not («Whose error was it?» is known and «Whose error was it?» Ours)")


def test_a_question_is_said_once_only_where_every_condition_begins_with_it() -> None:
    assert checked("days >= 9", "days >= 5").head == "By what is known already: «How many days?»"
    assert checked("days >= 9", "days >= 5").options[0].label == "≥ 9 / ≥ 5 / where that is not known"
    assert checked("days >= 9", "fault == 'ours'").head == "By what is known already"
    assert checked("days >= 9", "not (days >= 5)").options[0].label.startswith("≥ 9 / not (≥ 5)")
    assert checked("days >= 9 and fault == 'ours'").head == "By what is known already"


def test_there_are_letters_for_many_outcomes() -> None:
    from playbook.chart.sheet import _letter

    assert [_letter(at) for at in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


def test_without_first_lines_the_first_step_is_the_first_card() -> None:
    alone = PARCEL.replace("use: [flags]", "").replace("safety.beside", "repair")
    pack = loaded({"playbook.yaml": WORLD["playbook.yaml"], "protocols/parcel.yaml": alone})
    assert sheet(pack, "parcel", "es", ES).cards[0].head == "¿Cuántos días?"
    assert shelf().protocols
