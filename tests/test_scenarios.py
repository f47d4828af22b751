"""Scenarios: what a run tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playbook.scenarios import Failure, path_of, read, run, unused
from tests.result_world import NOW, PARCEL, pack
from tests.scenario_world import FILE, GOOD, with_scenarios

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.scenarios import Ran


def ran(text: str, parcel: str = PARCEL, **templates: str) -> list[Ran]:
    case = with_scenarios(text, parcel, **templates)
    found = read(case, "parcel")
    assert found.diagnostics == ()
    return [run(case, each, NOW) for each in found.scenarios]


def expecting(expect: str, answers: str = "{fault: us, days: 9}", channel: str = "wall") -> list[tuple[str, str, str]]:
    """What fails of a scenario that expects this: what, the expected, what came."""
    text = f"scenarios:\n  - name: a\n    channel: {channel}\n    answers: {answers}\n    expect:\n      {expect}\n"
    return [(each.what, each.expected, each.got) for each in ran(text)[0].failures]


def test_a_pack_without_a_file_of_scenarios_has_none() -> None:
    assert read(pack(), "parcel") == ((), ())
    assert path_of("parcel") == FILE


def test_a_scenario_whose_every_expectation_is_met_holds() -> None:
    (one,) = ran(GOOD)
    assert one.failures == ()
    assert (one.scenario.protocol, one.scenario.name, one.scenario.channel) == (
        "parcel",
        "nine days late and ours",
        "wall",
    )
    assert str(one.scenario.span) == f"{FILE}:3:5"
    assert one.scenario.answers == {"fault": "us", "days": 9, "order_ref": "A-1", "wants_refund": True}


def test_an_outcome_may_be_named_with_its_protocol() -> None:
    assert expecting("outcome: parcel.make_right") == []


@pytest.mark.parametrize(
    ("expect", "failure"),
    [
        ("outcome: quiet", ("outcome", "parcel.quiet", "parcel.make_right")),
        ("{outcome: make_right, level: 1}", ("level", "1", "3")),
        ("{outcome: make_right, asked: [fault]}", ("asked", "fault", "fault, days")),
        ("{outcome: make_right, asked: [days, fault]}", ("asked", "days, fault", "fault, days")),
        ("{outcome: make_right, asked: []}", ("asked", "none", "fault, days")),
        ("{outcome: make_right, marks: {has: [refund]}}", ("marks has", "refund", "apology, remedy")),
        ("{outcome: make_right, marks: {lacks: [remedy]}}", ("marks lacks", "remedy", "apology, remedy")),
        (
            "{outcome: make_right, actions: [{owner: logistics, within: 5h}]}",
            ("action", "logistics 5h", "logistics 4h `Enviar otro`"),
        ),
        (
            "{outcome: make_right, actions: [{owner: logistics, do: carta}]}",
            ("action", "logistics `carta`", "logistics 4h `Enviar otro`"),
        ),
        (
            "{outcome: make_right, actions: [{owner: management}]}",
            ("action", "management", "community `Guardar una captura`, logistics 4h `Enviar otro`"),
        ),
        (
            "{outcome: make_right, avoid: [vales]}",
            ("avoid", "vales", "La ironía / Irony, Hablar de fechas / Talking of dates"),
        ),
    ],
)
def test_what_does_not_hold_is_told_with_what_came_instead(expect: str, failure: tuple[str, str, str]) -> None:
    assert expecting(expect) == [failure]


def test_hours_may_be_written_as_minutes_but_a_working_day_is_no_day() -> None:
    assert expecting("{outcome: make_right, actions: [{owner: logistics, within: 240min}]}") == []
    late = "{fault: us, days: 9, wants_refund: true}"
    assert expecting("{outcome: make_right, actions: [{owner: management, within: 1wd}]}", late) == []
    assert expecting("{outcome: make_right, actions: [{owner: management, within: 1d}]}", late) != []


def test_a_failure_stands_at_its_line() -> None:
    text = GOOD.replace("level: 3", "level: 2").replace("[ERROR HA SIDO, A-1]", "[ERROR HA SIDO, B-2]")
    (one,) = ran(text)
    assert [(each.what, str(each.span)) for each in one.failures] == [
        ("level", f"{FILE}:8:14"),
        ("reply contains (es)", f"{FILE}:17:40"),
    ]


def test_a_missing_answer_fails_the_outcome_and_names_the_question() -> None:
    (one,) = ran("scenarios:\n  - {name: a, answers: {fault: us}, expect: {outcome: thank, level: 1}}\n")
    failure = Failure("outcome", "parcel.thank", "`days` is not answered", one.scenario.expectations[0].span)
    assert one.failures == (failure,)


def test_dont_know_is_written_null() -> None:
    assert expecting("outcome: make_right", "{fault: us, days: null}") == []
    assert expecting("outcome: listen", "{fault: ~}") == []


def test_a_phrase_is_looked_for_on_both_sides_of_a_public_channel() -> None:
    assert expecting("{outcome: make_right, reply: {es: {contains: [error ha sido nuestro, sale hoy]}}}") == []
    found = expecting("{outcome: make_right, reply: {en: {lacks: [leaves today.]}}}")
    assert found == [
        (
            "reply lacks (en)",
            "leaves today.",
            "We are sorry, the mistake was ours.\n\nAnother parcel leaves today., Hello: [Order number?] leaves today.",
        )
    ]


def test_on_a_private_channel_only_the_private_side_is_said() -> None:
    assert expecting("{outcome: make_right, reply: {es: {lacks: [nuestro]}}}", channel="wall_message") == []


def test_own_words_are_said_as_points() -> None:
    assert (
        expecting("{outcome: listen, reply: {en: {contains: [your name], lacks: [sorry]}}}", "{fault: carrier}") == []
    )


def test_where_nothing_is_said_no_phrase_is_found() -> None:
    assert expecting("{outcome: quiet, reply: {es: {contains: [gracias], lacks: [error]}}}", "{fault: customer}") == [
        ("reply contains (es)", "gracias", "nothing is said")
    ]


def test_without_a_channel_replies_are_told_as_they_are() -> None:
    expect = "{outcome: thank, reply: {es: {contains: [gracias]}}}"
    (one,) = ran(f"scenarios:\n  - {{name: a, answers: {{fault: nobody}}, expect: {expect}}}\n")
    assert one.failures == ()


def test_a_template_that_cannot_be_used_fails_what_is_said() -> None:
    expect = "{outcome: thank, reply: {es: {lacks: [x], contains: [y]}}}"
    text = f"scenarios:\n  - {{name: a, answers: {{fault: nobody}}, expect: {expect}}}\n"
    (one,) = ran(text, **{"es/parcel/thanks": "{{ nothing }}"})
    assert [(each.what, each.got) for each in one.failures] == [
        ("reply contains (es)", "nothing is called `nothing`"),
        ("reply lacks (es)", "nothing is called `nothing`"),
    ]


def test_lines_and_outcomes_that_no_scenario_comes_through_are_listed() -> None:
    lines = {text.strip(): at for at, text in enumerate(PARCEL.split("\n"), 1)}
    expected: Iterator[str] = (
        f"protocols/parcel.yaml:{lines[start]}: {what}"
        for start, what in (
            ("carrier: listen", "`carrier` of `parcel.whose`"),
            ("customer: quiet", "`customer` of `parcel.whose`"),
            ("nobody: thank", "`nobody` of `parcel.whose`"),
            ("unknown: listen", "`unknown` of `parcel.whose`"),
            ("- {unknown: make_right}", "line 2 of `parcel.how_late`"),
            ("- {then: thank}", "line 3 of `parcel.how_late`"),
            ("listen:", "the outcome `parcel.listen`"),
            ("quiet:", "the outcome `parcel.quiet`"),
            ("thank:", "the outcome `parcel.thank`"),
        )
    )
    assert [each.split(": ", 1)[1] for each in unused(pack(), ran(GOOD))] == [
        each.split(": ", 1)[1] for each in expected
    ]


def test_a_step_that_all_answers_leave_alike_has_one_line() -> None:
    start = PARCEL.index("    then:\n      us: how_late")
    parcel = PARCEL[:start] + "    then: how_late\n" + PARCEL[PARCEL.index("  how_late:\n") :]
    assert "`any answer` of `parcel.whose`" in "\n".join(unused(with_scenarios(GOOD, parcel), []))
    assert "parcel.whose" not in "\n".join(unused(with_scenarios(GOOD, parcel), ran(GOOD, parcel)))
    started = ran("scenarios:\n  - {name: a, answers: {fault: us}, expect: {outcome: thank}}\n", parcel)
    assert "parcel.whose" not in "\n".join(unused(with_scenarios(GOOD, parcel), started))
