from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.asking import prompts as p
from playbook.asking.dialogue import Conversation, Paused
from playbook.engine import Decided, walk
from tests.scripted import CASE, Script
from tests.small_pack import small_pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from playbook.protocol import Answer

PACK = small_pack()


def text_wanted(decided: Decided) -> list[str]:
    return [] if "order_ref" in decided.answers else ["order_ref"]


def nothing_wanted(_decided: Decided) -> list[str]:
    return []


def talk(script: Script, **answers: Answer) -> Conversation:
    return Conversation(PACK, "parcel", script, Paused(answers))


def test_a_case_is_asked_channel_first_then_its_path_then_its_details() -> None:
    script, shown = Script(), list[str]()
    ended = talk(script).run(lambda decided: shown.append(decided.outcome.id), text_wanted)
    assert isinstance(ended, Decided)
    assert script.asked == ["channel", "fault", "offered", "days_late", "wants_refund", "extras", "order_ref"]
    assert shown == ["apologise"]
    assert dict(ended.answers) == CASE
    assert [each.skippable for each in script.prompts] == [False] * 4 + [True] * 3
    assert [each.back for each in script.prompts[:2]] == [False, True]
    assert {each.level for each in script.prompts[4:]} == {2}


def test_progress_counts_what_is_known_and_what_may_come() -> None:
    script = Script(ui="es")
    talk(script).run(lambda _: None, text_wanted)
    said = [each.heading for each in script.prompts]
    assert said[0] == "Pregunta 1 · como mucho 4 más"
    assert said[1] == "Pregunta 2 · como mucho 3 más"
    assert said[-1] == "Detalle 3 de 3 · se puede saltar"


def test_answers_given_beforehand_are_not_asked() -> None:
    script = Script()
    talk(script, channel="x", fault="customer").run(lambda _: None, nothing_wanted)
    assert script.asked == []


def test_back_offers_the_dropped_answer_again() -> None:
    script = Script(..., p.Given("us"), p.Back())
    talk(script).outcome()
    assert script.asked[:4] == ["channel", "fault", "days_late", "fault"]
    assert script.prompts[3].offered == ("us",)


def test_back_at_the_very_first_question_stays_there() -> None:
    script = Script(p.Back())
    talk(script).outcome()
    assert script.asked[:2] == ["channel", "channel"]


def test_the_answer_of_a_branch_that_was_left_is_offered_when_the_path_returns() -> None:
    script = Script()
    case = talk(script, channel="x", fault="carrier", offered=True, days_late=3)
    assert isinstance(case.outcome(), Decided)
    case.answers["fault"] = "customer"
    ended = case.outcome()
    assert isinstance(ended, Decided)
    assert (ended.outcome.id, dict(ended.answers)) == ("explain", {"channel": "x", "fault": "customer"})
    assert case.aside == {"offered": True, "days_late": 3}
    case.answers["fault"] = "carrier"
    case.outcome()
    assert [(each.question.id, each.offered) for each in script.prompts] == [("offered", (True,)), ("days_late", (3,))]


def test_what_was_given_beforehand_and_never_asked_does_not_fall_off() -> None:
    case = talk(Script(), channel="x", fault="customer", wants_refund=True)
    ended = case.outcome()
    assert isinstance(ended, Decided)
    assert ended.answers["wants_refund"] is True


def test_pause_keeps_every_answer_and_what_was_half_typed() -> None:
    kept: list[dict[str, Answer]] = []
    script = Script(*[...] * 6, p.Pause("A-1 is the or"))
    case = Conversation(PACK, "parcel", script, keep=lambda answers, aside: kept.append({**answers, **aside}))
    ended = case.run(lambda _: None, text_wanted)
    assert isinstance(ended, Paused)
    assert ended.answers == {name: answer for name, answer in CASE.items() if name != "order_ref"}
    assert ended.aside == {"order_ref": "A-1 is the or"}
    assert [len(each) for each in kept] == [1, 2, 3, 4, 5, 6, 7]
    again = Script()
    done = Conversation(PACK, "parcel", again, ended).run(lambda _: None, text_wanted)
    assert isinstance(done, Decided)
    assert [(each.question.id, each.offered) for each in again.prompts] == [("order_ref", ("A-1 is the or",))]


def test_pause_before_the_outcome_shows_none() -> None:
    shown: list[Decided] = []
    ended = talk(Script(..., p.Pause())).run(shown.append, nothing_wanted)
    assert ended == Paused({"channel": "x"}, {})
    assert shown == []


def test_a_half_typed_number_is_not_kept() -> None:
    case = talk(Script(p.Pause("12")), channel="x", fault="us")
    assert isinstance(case.outcome(), Paused)
    assert case.aside == {}


def test_details_may_be_skipped_one_by_one_or_all() -> None:
    script = Script(p.Skip(), p.Skip())
    start: dict[str, Answer] = {"channel": "x", "fault": "carrier", "offered": True, "days_late": 3}
    ended = talk(script, **start).run(lambda _: None, text_wanted)
    assert isinstance(ended, Decided)
    assert script.asked == ["wants_refund", "extras", "order_ref"]
    assert dict(ended.answers) == {**start, "order_ref": "A-1"}
    script = Script(p.SkipAll())
    ended = talk(script, **start).run(lambda _: None, text_wanted)
    assert isinstance(ended, Decided)
    assert (script.asked, dict(ended.answers)) == (["wants_refund"], start)


def test_back_among_details_returns_to_the_one_before_even_if_it_was_skipped() -> None:
    script = Script(p.Skip(), p.Back(), ..., ..., p.Back("half"))
    start: dict[str, Answer] = {"channel": "x", "fault": "carrier", "offered": True, "days_late": 3}
    talk(script, **start).run(lambda _: None, text_wanted)
    assert script.asked == ["wants_refund", "extras", "wants_refund", "extras", "order_ref", "extras", "order_ref"]
    assert script.prompts[5].offered == (("fragile",),)
    assert script.prompts[6].offered == ("half",)


def test_back_out_of_the_details_asks_the_last_question_again_and_shows_the_outcome_anew() -> None:
    script, shown = Script(p.Back("half"), p.Given(20), ..., p.Given(("gift",))), list[str]()
    start: dict[str, Answer] = {"channel": "x", "fault": "us", "days_late": 3}
    ended = talk(script, **start).run(lambda decided: shown.append(decided.outcome.id), text_wanted)
    assert script.asked[:2] == ["wants_refund", "days_late"]
    assert script.prompts[1].offered == (3,)
    assert shown[0] == "apologise"
    assert len(shown) == 2
    assert isinstance(ended, Decided)


def test_pause_among_the_details_after_stepping_back_stops() -> None:
    script = Script(p.Back(), p.Pause())
    ended = talk(script, channel="x", fault="us", days_late=3).run(lambda _: None, text_wanted)
    assert isinstance(ended, Paused)
    assert ended.aside == {"days_late": 3}


def test_the_review_lists_all_answers_and_changes_one() -> None:
    script = Script(p.Given(2), p.Given("customer"), p.Given(0))
    case = talk(script, channel="x", fault="us", days_late=3)
    ended = case.review()
    assert isinstance(ended, Decided)
    assert ended.outcome.id == "explain"
    first = script.menus[0]
    assert [each.label for each in first.options[1:]] == [
        "Which channel did the person write on?",
        "Whose error was it?",
        "How many days late?",
    ]
    assert [each.note for each in first.options[2:]] == ["Ours", "3"]
    assert script.prompts[0].offered == ("us",)
    assert len(script.menus[1].options) == 3


def test_a_review_without_a_change_ends_where_it_was() -> None:
    ended = talk(Script(p.Given(0)), channel="x", fault="customer").review()
    assert isinstance(ended, Decided)


def test_stepping_out_of_a_review_is_not_saying_that_all_is_well() -> None:
    script = Script(p.Back())
    assert talk(script, channel="x", fault="customer").review("review_finish") == p.Back()
    assert script.menus[0].options[0].label == "All good, finish"


def test_a_review_lists_what_was_given_beforehand_too() -> None:
    script = Script(p.Given(0))
    talk(script, channel="x", fault="customer", order_ref="A-7").review()
    assert "A-7" in [each.note for each in script.menus[0].options]


@pytest.mark.parametrize("replies", [(p.Pause(),), (p.Given(1), p.Pause()), (p.Given(2), p.Given("us"), p.Pause())])
def test_pause_in_a_review_stops(replies: tuple[object, ...]) -> None:
    assert isinstance(talk(Script(*replies), channel="x", fault="customer").review(), Paused)


def test_in_a_review_back_returns_to_the_list_and_why_explains() -> None:
    script = Script(p.Given(2), p.Why(), p.Back(), p.Given(0))
    ended = talk(script, channel="x", fault="customer").review()
    assert isinstance(ended, Decided)
    assert script.told[1].text == "Why this is asked"
    assert len(script.menus) == 2


def test_the_review_can_be_opened_from_any_question_and_the_path_follows() -> None:
    script = Script(..., p.Given("us"), p.Review(), p.Given(2), p.Given("customer"))
    ended = talk(script).outcome()
    assert isinstance(ended, Decided)
    assert ended.outcome.id == "explain"
    script = Script(..., ..., p.Review(), p.Pause())
    assert isinstance(talk(script).outcome(), Paused)


def test_a_change_made_from_the_details_asks_what_the_new_path_needs() -> None:
    script = Script(p.Review(), p.Given(2), p.Given("carrier"), p.Pause())
    ended = talk(script, channel="x", fault="us", days_late=3).run(lambda _: None, text_wanted)
    assert script.asked == ["wants_refund", "fault", "offered"]
    assert isinstance(ended, Paused)
    script = Script(p.Review(), p.Given(2), p.Given("carrier"), p.Given(False))  # noqa: FBT003 - the answer
    ended = talk(script, channel="x", fault="us", days_late=3).run(lambda _: None, text_wanted)
    assert isinstance(ended, Decided)
    assert ended.answers["offered"] is False


def test_another_outcome_that_a_change_leads_to_is_shown_before_its_details_are_asked() -> None:
    shown: list[tuple[str, int]] = []
    script = Script(p.Review(), p.Given(2), p.Given("customer"))
    ended = talk(script, channel="x", fault="us", days_late=3).run(
        lambda decided: shown.append((decided.outcome.id, len(script.prompts))), text_wanted
    )
    assert isinstance(ended, Decided)
    assert shown == [("apologise", 0), ("explain", 2)]
    assert script.asked[2:] == ["order_ref"]


def test_why_is_told_and_the_question_comes_again_with_what_was_typed() -> None:
    script = Script(p.Why("A-"), p.Why("A-1"))
    case = talk(script, channel="x", fault="us", days_late=3, wants_refund=False, offered=False)
    case.run(lambda _: None, text_wanted)
    assert script.asked == ["order_ref", "order_ref", "order_ref"]
    assert script.prompts[2].offered == ("A-1",)
    assert "The outcome is settled; this completes the actions and the reply" in [row.text for row in script.told]


ANSWERS = st.fixed_dictionaries(
    {
        "channel": st.just("x"),
        "fault": st.sampled_from(["customer", "carrier", "us", None]),
        "offered": st.booleans(),
        "days_late": st.one_of(st.none(), st.integers(0, 365)),
        "extras": st.one_of(
            st.none(), st.sets(st.sampled_from(["gift", "fragile"])).map(lambda each: tuple(sorted(each)))
        ),
        "wants_refund": st.one_of(st.none(), st.booleans()),
        "order_ref": st.just("A-1"),
    }
)


def result(
    case: Mapping[str, Answer], replies: Iterable[object] = ()
) -> tuple[dict[str, Answer], str, dict[str, Answer]]:
    script = Script(*replies, case=case)
    talk_ = talk(script)
    ended = talk_.outcome()
    assert isinstance(ended, Decided)
    return dict(ended.answers), ended.outcome.id, talk_.aside


@given(ANSWERS, st.integers(1, 6), st.integers(1, 6))
def test_going_back_and_answering_the_same_changes_nothing(case: dict[str, Answer], at: int, steps: int) -> None:
    assert result(case, [*[...] * at, *[p.Back()] * steps]) == result(case)


@given(ANSWERS, ANSWERS, st.integers(1, 5))
def test_a_changed_mind_ends_where_the_new_answers_lead(
    old: dict[str, Answer], new: dict[str, Answer], at: int
) -> None:
    class Undecided(Script):
        def ask(self, prompt: p.Prompt) -> p.Reply:
            reply = super().ask(prompt)
            if len(self.prompts) > at:
                self.case = new
            return reply

    script = Undecided(*[...] * at, *[p.Back()] * (at + 1), case=old)
    ended = talk(script).outcome()
    assert isinstance(ended, Decided)
    fresh = walk(PACK, "parcel", ended.answers)
    assert isinstance(fresh, Decided)
    assert fresh.outcome == ended.outcome
    if len(script.prompts) > 2 * at:
        assert all(new[name] == answer for name, answer in ended.answers.items())


@given(ANSWERS, st.integers(0, 9))
def test_a_pause_anywhere_and_going_on_ends_as_without_it(case: dict[str, Answer], at: int) -> None:
    script = Script(*[...] * at, p.Pause(), case=case)
    whole = talk(Script(case=case)).run(lambda _: None, text_wanted)
    ended = talk(script).run(lambda _: None, text_wanted)
    if isinstance(ended, Paused):
        ended = Conversation(PACK, "parcel", Script(case=case), ended).run(lambda _: None, text_wanted)
    assert isinstance(ended, Decided)
    assert isinstance(whole, Decided)
    assert (ended.outcome, dict(ended.answers)) == (whole.outcome, dict(whole.answers))
