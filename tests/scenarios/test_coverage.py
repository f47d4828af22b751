"""What scenarios come through: lines, outcomes, red lines, and both sides of every number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.engine import Decided, walk
from playbook.scenarios.coverage import BOUNDARIES, KINDS, LINES, OUTCOMES, RED_LINES, Coverage, Ground, Item
from tests.everycase import EveryCase
from tests.random_packs import complete, packs
from tests.trial_world import FLAGS, PARCEL, PLAYBOOK, SAFETY, pack, trial

if TYPE_CHECKING:
    from playbook.protocol import Answer, Pack

US: dict[str, Answer] = {"alarm": False, "fault": "us"}


def whats(items: tuple[Item, ...], kind: str | None = None) -> list[str]:
    return [each.what for each in items if kind in (None, each.kind)]


def boundaries(known: Pack, **answers: Answer) -> list[str]:
    """The sides of numbers that one case comes to."""
    ground = Ground(known, known.protocols)
    keys = {*ground.touched(walk(known, "parcel", answers))}
    return [each.what for each in ground.items if each.kind == BOUNDARIES and each.key in keys]


def test_everything_that_there_is_to_come_through_is_listed_in_the_order_of_the_files() -> None:
    ground = Ground(pack(), ("parcel", "safety"))
    assert [f"{each.span}: {each.what}" for each in ground.items] == [
        "playbook.yaml:9:3: the red line `sorry_for_our_own`",
        "protocols/parcel.yaml:11:10: first line 2 of `parcel`",
        "protocols/parcel.yaml:11:34: `us` of `parcel.whose`",
        "protocols/parcel.yaml:11:46: `them` of `parcel.whose`",
        "protocols/parcel.yaml:11:64: `unknown` of `parcel.whose`",
        "protocols/parcel.yaml:12:27: `any answer` of `parcel.late`",
        "protocols/parcel.yaml:15:9: line 1 of `parcel.how_late`",
        "protocols/parcel.yaml:15:9: `days` 7, at the edge of `days >= limits.serious (8)`",
        "protocols/parcel.yaml:15:9: `days` 8, at the edge of `days >= limits.serious (8)`",
        "protocols/parcel.yaml:17:9: line 2 of `parcel.how_late`",
        "protocols/parcel.yaml:20:5: the outcome `parcel.repay`",
        "protocols/parcel.yaml:27:9: `worth` 50, at the edge of `worth > 50`",
        "protocols/parcel.yaml:27:9: `worth` 51, at the edge of `worth > 50`",
        "protocols/parcel.yaml:29:5: the outcome `parcel.explain`",
        "protocols/safety.yaml:7:9: first line 2 of `safety`",
        "protocols/safety.yaml:7:18: line 1 of `safety.look`",
        "protocols/safety.yaml:10:5: the outcome `safety.call`",
        "protocols/safety.yaml:15:10: the outcome `safety.quiet`",
        "protocols/shared/flags.yaml:5:5: first line 1 of `parcel`",
        "protocols/shared/flags.yaml:5:5: first line 1 of `safety`",
    ]


def test_what_the_whole_pack_says_counts_only_where_the_whole_pack_is_tested() -> None:
    shared = (
        FLAGS.replace("first:", "  posts: {ask: P, number: {min: 0, max: 9}}\nfirst:")
        + "actions:\n  - {when: fault == 'us', do: D, owner: team}\n"
    )
    playbook = PLAYBOOK + "actions:\n  - {when: posts < 3, do: D, owner: team}\n"
    known = pack({"protocols/shared/flags.yaml": shared, "playbook.yaml": playbook})
    assert not any(each.span.file == "playbook.yaml" for each in Ground(known, ["parcel"]).items)
    assert "`posts` 2, at the edge of `posts < 3`" in whats(Ground(known, [*known.protocols]).items)


def test_a_protocols_own_red_lines_count() -> None:
    own = PARCEL + "red_lines:\n  late: {because: B, when: days >= 20, never: [refund]}\n"
    assert whats(Ground(pack({"protocols/parcel.yaml": own}), ["parcel"]).items, RED_LINES) == ["the red line `late`"]


def test_of_a_coverage_each_kind_can_be_told_and_percentages_are_rounded_down() -> None:
    coverage = trial().coverage
    assert {
        kind: (coverage.of(kind).covered, len(coverage.of(kind).items), coverage.of(kind).percent) for kind in KINDS
    } == {
        LINES: (7, 11, 63),
        OUTCOMES: (3, 4, 75),
        RED_LINES: (1, 1, 100),
        BOUNDARIES: (2, 4, 50),
    }
    assert coverage.percent == 65


@given(st.integers(1, 5000))
def test_it_is_never_rounded_up_to_all(every: int) -> None:
    item = Item(LINES, Ground(pack(), ["safety"]).items[0].span, "w", ())
    assert Coverage((item,) * every, ()).percent == 100
    assert Coverage((item,) * every, (item,)).percent == (every - 1) * 100 // every < 100
    assert Coverage((), ()).percent == 100


@pytest.mark.parametrize(
    ("days", "sides"),
    [
        (7, ["`days` 7, at the edge of `days >= limits.serious (8)`"]),
        (8, ["`days` 8, at the edge of `days >= limits.serious (8)`"]),
        (6, []),
        (9, []),
    ],
)
def test_a_number_counts_where_it_is_next_to_the_edge(days: int, sides: list[str]) -> None:
    assert boundaries(pack(), **US, days=days, worth=3) == sides


@pytest.mark.parametrize(
    ("comparison", "sides"),
    [
        ("days < 4", (3, 4)),
        ("days <= 4", (4, 5)),
        ("days > 4", (4, 5)),
        ("days >= 4", (3, 4)),
        ("days == 4", (3, 4)),
        ("days != 4", (3, 4)),
        ("days == 0", (0, 1)),
    ],
)
def test_the_sides_of_a_comparison_are_the_numbers_next_to_its_edge(comparison: str, sides: tuple[int, int]) -> None:
    known = pack({"protocols/parcel.yaml": PARCEL.replace("days >= limits.serious", comparison)})
    edges = [each for each in Ground(known, ["parcel"]).comparisons if each.question == "days"]
    assert [(each.text, each.sides) for each in edges] == [(comparison, sides)]


def test_a_number_counts_where_an_action_needs_it_and_is_not_asked_for_elsewhere() -> None:
    assert "`worth` 50, at the edge of `worth > 50`" in boundaries(pack(), **US, days=20, worth=50)
    assert boundaries(pack(), alarm=False, fault="them", worth=50, days=7) == []


def test_a_number_that_the_condition_can_do_without_does_not_count() -> None:
    known = pack(
        {
            "protocols/parcel.yaml": PARCEL.replace(
                "days >= limits.serious", "fault is known and fault == 'us' and days >= 8"
            )
        }
    )
    assert boundaries(known, **US, days=8) == ["`days` 8, at the edge of `days >= 8`"]
    assert boundaries(known, alarm=False, fault=None, days=8) == []


def test_a_line_below_the_one_that_decided_is_not_tried() -> None:
    lines = "- when: days >= limits.serious\n        then: repay\n      - {when: days >= 7, then: repay}"
    known = pack(
        {"protocols/parcel.yaml": PARCEL.replace("- when: days >= limits.serious\n        then: repay", lines)}
    )
    assert boundaries(known, **US, days=8) == ["`days` 8, at the edge of `days >= limits.serious (8)`"]
    assert boundaries(known, **US, days=7) == [
        "`days` 7, at the edge of `days >= limits.serious (8)`",
        "`days` 7, at the edge of `days >= 7`",
    ]


def test_numbers_in_facts_and_in_facts_of_facts_count_where_they_stand() -> None:
    rules = "    - {when: slow, is: bad}\n    - {when: days >= 4, is: fair}\n    - {is: good}\n"
    facts = f"facts:\n  slow: days >= 8\n  how:\n{rules}"
    parcel = PARCEL.replace("steps:", facts + "steps:").replace(
        "days >= limits.serious", "how == 'bad' or (slow and slow)"
    )
    known = pack({"protocols/parcel.yaml": parcel})
    assert boundaries(known, **US, days=8) == ["`days` 8, at the edge of `days >= 8`"]
    assert boundaries(known, **US, days=3) == ["`days` 3, at the edge of `days >= 4`"]
    at = {each.text: each.span.line for each in Ground(known, ["parcel"]).comparisons if each.question == "days"}
    assert at == {"days >= 8": 11, "days >= 4": 14}


def test_numbers_of_red_lines_count_in_the_cases_that_they_are_held_against() -> None:
    own = PARCEL + "red_lines:\n  late: {because: B, when: days >= 20, never: [refund]}\n"
    known = pack({"protocols/parcel.yaml": own})
    assert boundaries(known, **US, days=19, worth=1) == ["`days` 19, at the edge of `days >= 20`"]


def test_a_red_line_is_covered_where_it_speaks_of_a_case_for_sure() -> None:
    def spoken(playbook: str, **answers: Answer) -> bool:
        known = pack({"playbook.yaml": playbook})
        ground = Ground(known, known.protocols)
        keys = {*ground.touched(walk(known, "parcel", answers))}
        return any(each.kind == RED_LINES and each.key in keys for each in ground.items)

    assert spoken(PLAYBOOK, **US, days=1)
    assert not spoken(PLAYBOOK, alarm=False, fault="them")
    assert not spoken(PLAYBOOK, alarm=False, fault=None, days=1)
    assert spoken(PLAYBOOK.replace("    when: fault == 'us'\n", ""), alarm=False, fault="them")
    assert not spoken(PLAYBOOK + "    with: [refund]\n", **US, days=1)
    assert spoken(PLAYBOOK + "    with: [refund]\n", **US, days=8, worth=51)


def test_a_case_that_lacks_an_answer_covers_the_lines_before_it() -> None:
    ground = Ground(pack(), ["parcel", "safety"])
    keys = {*ground.touched(walk(pack(), "parcel", US))}
    assert [each.what for each in ground.items if each.key in keys] == [
        "first line 2 of `parcel`",
        "`us` of `parcel.whose`",
    ]


def test_a_step_called_first_is_not_taken_for_the_first_lines() -> None:
    safety = SAFETY.replace("{look: {check: [{then: quiet}]}}", "{first: {check: [{then: quiet}]}}").replace(
        "look: {check", "first: {check"
    )
    known = pack({"protocols/safety.yaml": safety, "protocols/safety.scenarios.yaml": None})
    ground = Ground(known, ["safety"])
    assert "line 1 of `safety.first`" in whats(ground.items, LINES)
    keys = {*ground.touched(walk(known, "safety", {"alarm": True}))}
    assert [each.what for each in ground.items if each.key in keys and each.kind == LINES] == [
        "first line 1 of `safety`"
    ]


@given(packs(), complete)
def test_a_case_comes_through_the_lines_of_its_path_and_its_outcome_and_nothing_else_of_these(
    known: Pack, answers: dict[str, Answer]
) -> None:
    ground = Ground(known, known.protocols)
    case = walk(known, "a", answers)
    assert isinstance(case, Decided)
    keys = {*ground.touched(case)}
    lines = [each for each in ground.items if each.kind in (LINES, OUTCOMES) and each.key in keys]
    assert {each.span for each in lines} == {*(each.span for each in case.path), case.outcome.span}
    assert len(lines) == len(case.path) + 1


@settings(max_examples=20)
@given(packs())
def test_every_line_that_some_case_comes_through_is_listed(known: Pack) -> None:
    ground = Ground(known, known.protocols)
    listed = {each.key for each in ground.items}
    for case in EveryCase(known).cases():
        assert {*ground.touched(case)} <= listed
