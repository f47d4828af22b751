"""The library that ships as a whole: what it stands for is kept, and what it promises of itself holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playbook import protocol as p
from playbook import scenarios
from playbook.engine import Decided, walk
from playbook.redlines import crossed
from tests.everycase import DUE, INFLUENCE
from tests.shipped import SITUATIONS, every_case, ran, shipped, written
from tools import principles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.protocol import Action

pytestmark = pytest.mark.exhaustive

KEEPS = ("protocols", "outcomes", "actions", "red lines")
"""What keeps a principle: to ask about it is not yet to keep it."""
FROM_LIFE = 30
MOST_BEFORE = 4
SILENT_KINDS = {"praise", "joke", "post"}
"""Kinds of message that may be left without an answer: nobody expects one."""


@pytest.mark.parametrize("name", shipped().principles)
def test_a_principle_is_kept_by_something_that_acts(name: str) -> None:
    places = principles.carried(shipped())[name]
    assert any(places.get(kind) for kind in KEEPS)


def test_there_are_enough_scenarios_taken_from_life_each_decided_by_a_principle() -> None:
    decided = principles.decided(shipped())
    assert sum(len(each) for each in decided.values()) >= FROM_LIFE


def test_the_page_of_the_library_shows_every_outcome_and_principle() -> None:
    page = (principles.ROOT / "docs" / "library.md").read_text("utf-8")
    for own in shipped().protocols.values():
        assert f"| `{own.id}` |" in page
        assert all(each.title.say("en") in page for each in own.outcomes.values())
    assert all(f"### {principles.label(name)}\n" in page for name in shipped().principles)


def test_intake_finds_the_protocol_or_the_outcome_in_at_most_four_questions() -> None:
    starts = {tuple(case.answers.items())[:MOST_BEFORE] for case in every_case() if case.protocol == "intake"}
    assert starts
    for start in starts:
        state = walk(shipped(), "intake", dict(start))
        assert isinstance(state, Decided) or state.path[-1].then.protocol != "intake", start


def test_every_protocol_but_safety_can_be_reached_from_intake() -> None:
    reached = {passed.then.protocol for case in every_case() if case.protocol == "intake" for passed in case.path}
    assert reached == set(shipped().protocols)


def test_what_asks_for_nothing_is_all_that_may_go_unanswered() -> None:
    silent = [case for case in every_case() if case.outcome.reply.silence is not None]
    assert silent
    assert {case.answers.get("kind") for case in silent} <= SILENT_KINDS


@pytest.mark.parametrize("situation", SITUATIONS)
def test_no_reply_on_x_needs_a_thread(situation: tuple[str, str]) -> None:
    found = [
        str(each)
        for each in written(*situation)
        if each.channel.id == "x" and each.side == "public" and len(each.reply.parts) > 1
    ]
    assert found == []


def test_no_action_gives_what_is_due_by_how_far_words_carry() -> None:
    given = [each for each in _actions() if DUE.intersection(each.marks) and _rests_on_influence(each)]
    assert [str(each.span) for each in given] == []


def _actions() -> Iterator[Action]:
    pack = shipped()
    parts: list[p.Pack | p.Shared | p.Protocol] = [pack, *pack.shared.values(), *pack.protocols.values()]
    for part in parts:
        yield from part.actions
    for own in pack.protocols.values():
        for outcome in own.outcomes.values():
            yield from outcome.actions


def _rests_on_influence(action: Action) -> bool:
    return action.when is not None and not INFLUENCE.isdisjoint(p.rests_on(action.when, shipped().facts))


def test_every_action_has_an_owner_and_a_deadline() -> None:
    assert [str(each.span) for each in _actions() if each.within is None or each.owner not in shipped().roles] == []


def test_every_function_of_the_house_has_something_to_do() -> None:
    """Logistics, sales, customer service, administration, marketing, human resources and IT: S5.2."""
    functions = {"logistics", "sales", "customer_service", "administration", "marketing", "human_resources", "it"}
    assert functions <= {each.owner for each in _actions()}


def test_the_scenarios_of_every_protocol_cross_no_red_line() -> None:
    ended = [each for each in ran() if not each.failures]
    assert [(each.scenario.name, line.id) for each in ended for line in crossed(each.state)] == []  # type: ignore[arg-type]
    assert {each.scenario.protocol for each in ended} == set(shipped().protocols)
    assert all(scenarios.read(shipped(), own).scenarios for own in shipped().protocols)
