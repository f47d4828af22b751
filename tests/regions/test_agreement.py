"""What is worked out of all cases at once, held against every case one by one, on random packs."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from hypothesis import given, settings

from playbook import protocol as p
from playbook.engine import Decided, asked, walk
from playbook.proofs.red_lines import held, replayed
from playbook.regions.tree import FIRST, Tree
from playbook.regions.truth import Truth
from playbook.regions.ways import follow
from tests.everycase import EveryCase
from tests.lined_packs import FEW, lined_packs

if TYPE_CHECKING:
    from playbook.protocol import Answer, Pack, Target


def cases_by_start(pack: Pack) -> dict[str, list[Decided]]:
    found: dict[str, list[Decided]] = {name: [] for name in pack.protocols}
    for case in EveryCase(pack).cases():
        found[case.protocol].append(case)
    return found


def combination(tree: Tree, case: Decided) -> frozenset[tuple[int, int]]:
    """The case as one of its like: a number stands for its stretch."""
    return frozenset(tree.space.given(case.answers).items())


def way(case: Decided) -> tuple[tuple[Target, str | int], ...]:
    """The lines that a case took, each with its place."""
    entry = case.pack.protocols[case.protocol].entry
    return tuple(
        (p.Target(each.protocol, FIRST if each.step is entry else each.step.id), each.taken) for each in case.path
    )


def target(case: Decided) -> Target:
    return p.Target(case.outcome.protocol, case.outcome.id)


@given(lined_packs())
def test_as_many_combinations_and_ways_lead_to_each_outcome_as_there_are(pack: Pack) -> None:
    tree = Tree(pack)
    for start, every in cases_by_start(pack).items():
        told: Counter[Target] = Counter()
        for leaf, count in tree.space.counts(tree.cases(start).ends).items():
            told[tree.diagrams.value[leaf].outcome] += count
        combinations = {(combination(tree, each), target(each)) for each in every}
        assert told == Counter(there for _, there in combinations)
        followed = follow(tree, start)
        assert followed.ways is not None
        ways: Counter[Target] = Counter()
        for end, count in followed.ways.items():
            ways[end.outcome] += count
        assert ways == Counter(there for _, there in {(way(each), target(each)) for each in every})
        assert followed.taken == {line for each in every for line in way(each)}


@given(lined_packs())
def test_the_smallest_case_of_each_outcome_is_one_with_the_fewest_answers(pack: Pack) -> None:
    tree = Tree(pack)
    for start, every in cases_by_start(pack).items():
        fewest: dict[Target, int] = {}
        for case in every:
            fewest[target(case)] = min(len(case.answers), fewest.get(target(case), len(case.answers)))
        ends, given_ = tree.cases(start).ends, pack.protocols[start].given
        by_outcome: dict[Target, int] = defaultdict(int)
        for leaf in tree.space.counts(ends):
            end = tree.diagrams.value[leaf].outcome
            by_outcome[end] = tree.diagrams.either(by_outcome[end], tree.diagrams.where(ends, leaf))
        smallest = {end: tree.space.smallest(region) for end, region in by_outcome.items()}
        assert {end: len({**given_, **(found or {})}) for end, found in smallest.items()} == fewest
        for end, answers in smallest.items():
            found = walk(pack, start, answers or {})
            assert isinstance(found, Decided)
            assert target(found) == end
            assert {*asked(pack, start, answers or {})} == (answers or {}).keys() - given_.keys() - {p.CHANNEL} | (
                {p.CHANNEL} & {*asked(pack, start, answers or {})}
            )


@settings(max_examples=FEW)
@given(lined_packs())
def test_the_same_red_lines_are_crossed_with_as_few_answers(pack: Pack) -> None:
    tree, every = Tree(pack), EveryCase(pack)
    truth = Truth(tree.saying)
    for start, cases in cases_by_start(pack).items():
        brute = {each.line: len(each.case.answers) for each in every.crossed(cases)}
        told: dict[str, int] = {}
        for each in held(tree, truth, start, tree.cases(start)):
            answers: dict[str, Answer] | None = tree.space.smallest(each.crossed)
            if answers is not None:
                told[each.name] = len({**pack.protocols[start].given, **answers})
                replayed(pack, start, answers, each.line)
        assert told == brute
