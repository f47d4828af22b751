"""What was decisive, and what is nearest: the same as by comparing with every other case, one by one."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook import protocol as p
from playbook.engine import Decided, walk
from playbook.why.decisive import _fewest, weights
from playbook.why.nearest import nearest, possible
from playbook.why.situation import Situation
from tests.everycase import EveryCase
from tests.random_packs import VALUES, packs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from playbook.protocol import Answer, Pack, Target

    Values = dict[int, int]

ANYTHING = {name: values[0] for name, values in VALUES.items()}
"""An answer to each question, where it does not matter which."""


def place(case: Decided) -> Target:
    return p.Target(case.outcome.protocol, case.outcome.id)


class Cases:
    """Every case that starts in a protocol, with its answers as values of levels: each number by its stretch."""

    def __init__(self, pack: Pack, start: str) -> None:
        every = EveryCase(pack)
        self.pack, self.start = pack, start
        self.cases = list(every.cases(start))

    def own(self, case: Decided) -> dict[str, Answer]:
        given_ = self.pack.protocols[self.start].given
        return {name: each for name, each in case.answers.items() if name not in given_}


def elements(situation: Situation, names: Iterable[str]) -> list[int]:
    return [level for name in names for level in situation.levels(name)]


def conflicts(situation: Situation, other: Mapping[str, Answer], names: Iterable[str]) -> frozenset[int]:
    """The levels by which another case is ruled out, were their values kept: of questions that it was asked."""
    found: set[int] = set()
    theirs = situation.space.given(other)
    for name in names:
        if name in other:
            level, *ticks = situation.levels(name)
            if theirs[level] != situation.values[level]:
                found.add(level)
            elif other[name] is not None:
                found.update(each for each in ticks if theirs[each] != situation.values[each])
    return frozenset(found)


def fewest(bad: list[frozenset[int]], levels: list[int]) -> int:
    """How many levels it takes at least to rule out each of the bad cases."""
    for size in range(len(levels) + 1):
        for kept in combinations(levels, size):
            if all(not each.isdisjoint(kept) for each in bad):
                return size
    raise AssertionError(bad)


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(packs(), st.sampled_from(("a", "b")), st.data())
def test_the_fewest_answers_that_decide_and_where_others_lead(pack: Pack, start: str, data: st.DataObject) -> None:
    every = Cases(pack, start)
    case = data.draw(st.sampled_from(every.cases))
    situation = Situation(case)
    names = situation.needed(situation.answers)
    told = weights(situation)
    assert [each.question.id for each in told] == [*names] == [*every.own(case)]
    bad = [conflicts(situation, every.own(each), names) for each in every.cases if place(each) != place(case)]
    kept = _fewest(situation, names)
    assert len(kept) == fewest(bad, elements(situation, names))
    assert all(not each.isdisjoint(kept) for each in bad)
    for weight in told:
        for turn in weight.turns:
            for sort in turn.sorts:
                answers = {**every.own(case), weight.question.id: sort.answer}
                ends = {place(each) for each in every.cases if not conflicting(situation, every.own(each), answers)}
                assert set(turn.outcomes) == ends


def conflicting(situation: Situation, other: Mapping[str, Answer], answers: Mapping[str, Answer]) -> bool:
    """Whether a case has another answer to one of these questions."""
    theirs, ours = situation.space.given(other), situation.space.given(answers)
    return any(theirs[each] != ours[each] for name in answers if name in other for each in situation.levels(name))


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(packs(), st.sampled_from(("a", "b")), st.data())
def test_the_nearest_case_changes_the_fewest_answers_then_asks_the_fewest_more(
    pack: Pack, start: str, data: st.DataObject
) -> None:
    every = Cases(pack, start)
    case = data.draw(st.sampled_from(every.cases))
    places = [each for each in pack.places if isinstance(pack.places[each], p.Outcome)]
    wanted = data.draw(st.none() | st.sampled_from(places))
    situation = Situation(case)
    mine = every.own(case)

    def cost(other: Decided) -> tuple[int, int]:
        theirs = every.own(other)
        changed = sum(conflicting(situation, {name: theirs[name]}, mine) for name in theirs if name in mine)
        return changed, len(theirs.keys() - mine.keys())

    fits = [
        each for each in every.cases if (place(each) == wanted if wanted is not None else place(each) != place(case))
    ]
    assert set(possible(situation)) == {place(each) for each in every.cases}
    found = nearest(situation, wanted)
    assert (found is None) == (not fits)
    anything = {name: each for name, each in ANYTHING.items() if name not in situation.given}
    if found is not None:
        assert (len(found.changes), len(found.asked)) == min(map(cost, fits))
        ended = walk(pack, start, found.answers)
        assert isinstance(ended, Decided)
        assert place(ended) == found.outcome
        assert wanted in {None, found.outcome}
        for change in (*found.changes, *found.asked):
            for sort in change.sorts:
                number = change.question.kind == p.NUMBER and sort.answer is not None
                for answer in (sort.low, sort.high) if number else (sort.answer,):
                    again = walk(pack, start, {**anything, **mine, **found.answers, change.question.id: answer})
                    assert isinstance(again, Decided)
                    assert place(again) == found.outcome
