"""Two versions compared over all answers, held against every joint case one by one, on random packs."""

from __future__ import annotations

from collections import Counter
from itertools import chain, combinations
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from playbook import protocol as p
from playbook.changes import differing as d
from playbook.changes.comparing import Comparison
from playbook.changes.covering import Covering
from playbook.engine import Decided, walk
from playbook.loader import load
from playbook.regions.tree import begin
from tests.random_packs import complete, packs, texts
from tests.regions.evaluated import value
from tests.worlds import LARGE, world

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playbook.changes.comparing import Compared
    from playbook.protocol import Answer, Pack

WIDER = (
    ("ticks: {ask: T, choices: {left: L, right: R}", "ticks: {ask: T, choices: {right: R, down: D, left: L}"),
    ("number: {min: 0, max: 6}", "number: {min: 1, max: 8}"),
    ("firm: {ask: F, yes_no: true}", "firm: {ask: F, yes_no: true, unknown: true}"),
)
TICKS = ("left", "right", "down")
ANSWERS: dict[str, tuple[Answer, ...]] = {
    "kind": ("one", "two", "three", None),
    "plain": ("one", "two"),
    "sure": (True, False, None),
    "firm": (True, False, None),
    "days": (0, 1, 2, 3, 4, 5, 7, None),  # one of each stretch of either version
    "ticks": (*chain.from_iterable(combinations(TICKS, size) for size in range(4)), None),
    "channel": ("x", "facebook", "email"),
}


class Case:
    """A joint case: what both versions asked, and where both end; None where an answer is refused."""

    def __init__(self, start: str, packs_: tuple[Pack, Pack], answers: dict[str, Answer]) -> None:
        self.start, self.packs, self.answers = start, packs_, answers
        self.ends: list[Decided | None] = []
        self.refused = [False, False]
        self.needs: str | None = None
        self.asked: list[set[str]] = []
        for side in (0, 1):
            own = self.own(side)
            found: dict[str, Answer] = {}
            state = walk(packs_[side], start, found)
            while not isinstance(state, Decided) and state.question.id in own:
                found[state.question.id] = own[state.question.id]
                state = walk(packs_[side], start, found)
            self.asked.append({*found})
            self.ends.append(state if isinstance(state, Decided) else None)
            if not isinstance(state, Decided):
                self.refused[side] = state.question.id in answers
                self.needs = self.needs or (None if self.refused[side] else state.question.id)

    def own(self, side: int) -> dict[str, Answer]:
        own = self.packs[side].protocols[self.start].given
        return {
            name: answer
            for name, answer in self.answers.items()
            if name not in own and takes(self.packs[side].questions[name], answer)
        }

    def way(self, side: int) -> tuple[object, ...]:
        end = self.ends[side]
        assert end is not None
        return tuple((each.protocol, each.step.id, each.taken) for each in end.path)

    def target(self, side: int) -> p.Target:
        end = self.ends[side]
        assert end is not None
        return p.Target(end.outcome.protocol, end.outcome.id)

    def deeds(self, side: int) -> Counter[object]:
        """What is to be done, by all that is known."""
        end = walk(self.packs[side], self.start, self.own(side))
        assert isinstance(end, Decided)
        return Counter((each.owner, each.marks, applies) for each, applies in end.actions)

    def differs(self) -> bool:
        return self.target(0) != self.target(1) or self.deeds(0) != self.deeds(1) or self.asked[0] != self.asked[1]


def takes(question: p.Question, answer: Answer) -> bool:
    if answer is None:
        return question.unknown
    if isinstance(answer, tuple):
        return {*answer} <= {*question.ids}
    return question.kind != p.NUMBER or question.low <= answer <= question.high  # type: ignore[operator]


def cases(start: str, both: tuple[Pack, Pack], answers: dict[str, Answer]) -> Iterator[Case]:
    case = Case(start, both, answers)
    if case.needs is None:
        yield case
        return
    for answer in ANSWERS[case.needs]:
        if any(takes(each.questions[case.needs], answer) for each in both):
            yield from cases(start, both, {**answers, case.needs: answer})


def compared(start: str, base: Pack, head: Pack) -> tuple[Comparison, Compared]:
    comparison = Comparison(base, head)
    given_ = base.protocols[start].given, head.protocols[start].given
    return comparison, comparison.compare((begin(base, start), begin(head, start)), given_)


def weight(case: Case) -> int:
    """How many combinations a case stands for: of the channels `x`, one other public and one private are tried."""
    channels = case.packs[1].channels
    private = sum(each.private for each in channels.values())
    return {"email": private, "facebook": len(channels) - private - 1}.get(str(case.answers.get("channel")), 1)


def key(comparison: Comparison, answers: Mapping[str, Answer]) -> frozenset[tuple[int, int]]:
    return frozenset(comparison.spaces[1].given(answers).items())


@st.composite
def versions(draw: st.DrawFn) -> tuple[Pack, Pack]:
    """Two packs over the same questions, of which the second may take other answers."""
    base, files = draw(packs()), dict(draw(texts()))
    for old, new in WIDER:
        if draw(st.booleans()):
            files["protocols/shared/all.yaml"] = files["protocols/shared/all.yaml"].replace(old, new)
    head = load(world(files), None, LARGE).pack
    return base, base if head is None else head


FEW = settings(max_examples=max(settings().max_examples // 12, 1))
"""Each goes through thousands of cases."""


@FEW
@given(versions())
def test_all_joint_cases_are_told_with_what_they_lead_to_in_both_versions(both: tuple[Pack, Pack]) -> None:
    for start in both[0].protocols:
        comparison, found = compared(start, *both)
        every = [*cases(start, both, {})]
        sound = [each for each in every if not any(each.refused)]
        combinations_ = {key(comparison, each.answers): each for each in sound}
        assert found.share.combinations == sum(map(weight, combinations_.values()))
        assert found.share.ways == len({(each.way(0), each.way(1)) for each in sound})
        changed = {name: each for name, each in combinations_.items() if each.differs()}
        told, later = Counter[object](), 0
        for region in found.regions:
            if d.AFTERWARDS in region.difference.kinds:
                later += region.share.combinations
            else:
                told[region.difference.before, region.difference.after] += region.share.combinations
        assert found.changed.combinations == sum(map(weight, changed.values())) + later
        if not later:
            assert found.changed.ways == len({(each.way(0), each.way(1)) for each in changed.values()})
        expected = Counter[object]()
        for each in changed.values():
            ends = (each.target(0), each.target(1))
            expected[ends if ends[0] != ends[1] else (None, None)] += weight(each)
        assert told == expected, (told, expected)


@FEW
@given(versions())
def test_answers_that_only_one_version_takes_are_told_apart(both: tuple[Pack, Pack]) -> None:
    for start in both[0].protocols:
        comparison, found = compared(start, *both)
        for side, told in ((0, found.new_answers), (1, found.old_answers)):
            there = {
                key(comparison, each.answers): each
                for each in cases(start, both, {})
                if each.refused[side] and not each.refused[1 - side]
            }
            expected = Counter[object]()
            for each in there.values():
                expected[each.target(1 - side)] += weight(each)
            assert {each.outcome: each.combinations for each in told} == expected, (told, expected, side)


@FEW
@given(versions())
def test_boxes_cover_their_region_and_nothing_else(both: tuple[Pack, Pack]) -> None:
    comparison, found = compared("a", *both)
    graph = comparison.graph
    every = 0
    for region in found.regions:
        every = graph.either(every, region.where)
    for region in found.regions:
        covering, covered = Covering(comparison.spaces[1], every), 0
        for box in region.boxes:
            covered = graph.either(covered, graph.both(every, covering.region(box)))
        assert not graph.without(covered, region.where)
        left = graph.without(region.where, covered)
        assert sum(comparison.spaces[1].counts(left).values() if left else ()) == region.left


@FEW
@given(versions(), complete)
def test_cases_of_which_nothing_is_told_have_the_same_to_be_done_whatever_is_answered_later(
    both: tuple[Pack, Pack], answers: dict[str, Answer]
) -> None:
    for start in both[0].protocols:
        comparison, found = compared(start, *both)
        case = Case(start, both, answers)
        told = 0
        for region in found.regions:
            told = comparison.graph.either(told, region.where)
        asked = {name: each for name, each in answers.items() if name in case.asked[0] | case.asked[1]}
        if not any(case.refused) and not value(comparison.spaces[1], told, asked):
            assert case.deeds(0) == case.deeds(1)


@FEW
@given(versions())
def test_the_smallest_case_differs_by_what_is_told_of_it(both: tuple[Pack, Pack]) -> None:
    for start in both[0].protocols:
        comparison, found = compared(start, *both)
        for region in found.regions:
            answers = {**comparison.spaces[0].own(region.smallest), **comparison.spaces[1].own(region.smallest)}
            case = Case(start, both, answers)
            assert case.needs is None
            assert case.differs()


@FEW
@given(packs())
def test_nothing_changes_between_a_pack_and_itself(pack: Pack) -> None:
    for start in pack.protocols:
        _, found = compared(start, pack, pack)
        assert not found.regions
        assert found.changed.combinations == 0
