"""Suggestions come through what is missing, are as few as can be, and leave out only what no case comes through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from playbook.engine import Decided, walk
from playbook.scenarios import suggesting
from playbook.scenarios.coverage import Ground
from playbook.scenarios.suggesting import suggest
from tests.everycase import EveryCase
from tests.random_packs import packs
from tests.trial_world import FLAGS, PARCEL, SAFETY, pack, trial

if TYPE_CHECKING:
    from playbook.protocol import Pack
    from playbook.scenarios.suggesting import Suggested


def suggested(found: Suggested) -> list[tuple[str, dict[str, object]]]:
    return [(each.protocol, dict(each.answers)) for each in found.suggestions]


def of(known: Pack, *protocols: str) -> Suggested:
    """What is suggested where there are no scenarios."""
    chosen = protocols or tuple(known.protocols)
    ground = Ground(known, chosen)
    return suggest(ground, chosen, ground.items)


def test_the_answers_are_filled_in_and_nothing_is_asked_for_twice() -> None:
    found = trial()
    assert suggested(suggest(found.ground, found.protocols, found.coverage.missing)) == [
        ("parcel", {"alarm": True}),
        ("parcel", {"alarm": False, "fault": "them"}),
        ("parcel", {"alarm": False, "fault": None, "days": 7}),
        ("parcel", {"alarm": False, "fault": None, "days": 8, "worth": 50}),
    ]


def test_each_says_what_it_comes_through() -> None:
    found = trial()
    first = suggest(found.ground, found.protocols, found.coverage.missing).suggestions[0]
    assert [each.what for each in first.items] == ["first line 1 of `parcel`"]


def test_where_nothing_is_missing_nothing_is_suggested() -> None:
    ground = Ground(pack(), ["safety"])
    assert suggest(ground, ("safety",), ()) == ((), (), True, True)


def test_what_is_given_is_not_repeated() -> None:
    known = pack({"protocols/safety.yaml": SAFETY.replace("steps:", "given: {alarm: no}\nsteps:", 1)})
    found = of(known, "safety")
    assert suggested(found) == [("safety", {})]
    assert [each.what for each in found.left] == ["the outcome `safety.call`", "first line 1 of `safety`"]
    assert found.every


def test_too_many_cases_are_not_all_walked_and_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesting, "MOST_WALKS", 5)
    found = trial()
    few = suggest(found.ground, found.protocols, found.coverage.missing, 3)
    assert not few.every
    assert few.left


ALL = "abcdefgh"


@pytest.mark.parametrize(("ticks", "every"), [("ab", True), (ALL, False)])
def test_ticks_are_told_apart_as_far_as_something_speaks_of_them(ticks: str, every: bool) -> None:  # noqa: FBT001
    choices = ", ".join(f"{each}: {each}" for each in ALL)
    question = f"  signs: {{ask: S, choices: {{{choices}}}, many: true, unknown: true}}\nfirst:"
    lines = "".join(f"  - {{when: signs.{each}, then: safety.call}}\n" for each in ticks)
    known = pack(
        {"protocols/shared/flags.yaml": FLAGS.replace("first:", question) + lines + "  - {unknown: safety.quiet}\n"}
    )
    found = of(known, "safety")
    assert found.every is every
    ticked = {answers.get("signs") for _, answers in suggested(found)}
    assert {("a",), ("b",), None} <= ticked
    assert not found.left
    sorts = suggesting._Cases(Ground(known, ["safety"]), 10, details=True).sorts["signs"]
    singles = [(each,) for each in ALL]
    assert sorts == (((), ("a",), ("b",), ("a", "b"), ("c",), None) if every else ((), *singles, tuple(ALL), None))


def test_texts_that_a_condition_speaks_of_are_filled_in() -> None:
    parcel = PARCEL.replace("ref: {ask: Which?, text: {max: 20}}", "ref: {ask: Which?, text: {max: 20}, unknown: true}")
    parcel = parcel.replace("{when: worth > 50, do", "{when: ref is known and worth > 50, do")
    assert "…" in {
        answers.get("ref") for _, answers in suggested(of(pack({"protocols/parcel.yaml": parcel}), "parcel"))
    }


def test_details_are_answered_only_where_numbers_or_red_lines_are_missing() -> None:
    found = trial()
    lines = tuple(each for each in found.coverage.missing if each.kind == "outcomes")
    assert all("worth" not in answers for _, answers in suggested(suggest(found.ground, ("parcel",), lines)))


@settings(max_examples=20)
@given(packs())
def test_suggestions_come_through_all_that_any_case_does(known: Pack) -> None:
    ground = Ground(known, known.protocols)
    found = of(known)
    assert found.every
    reached = set[tuple[object, ...]]()
    for each in found.suggestions:
        state = walk(known, each.protocol, each.answers)
        assert isinstance(state, Decided)
        keys = {*ground.touched(state)}
        assert {item.key for item in each.items} <= keys
        reached |= keys
    left = {each.key for each in found.left}
    assert reached.isdisjoint(left)
    assert reached | left == {each.key for each in ground.items}
    for case in EveryCase(known).cases():
        assert left.isdisjoint(ground.touched(case))
