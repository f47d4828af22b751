"""A worse answer that leads to a lower level, found by what is worked out and by comparing every pair of cases."""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING

from hypothesis import given, settings

from playbook import protocol as p
from playbook.engine import Decided, walk
from playbook.proofs.worse import milder, replayed
from playbook.regions.tree import Tree
from tests.lined_packs import FEW, lined_packs
from tests.random_packs import VALUES

if TYPE_CHECKING:
    from playbook.protocol import Answer, Pack

GRAVER_LAST: dict[str, tuple[Answer, ...]] = {
    "kind": ("one", "two", "three"),
    "plain": ("two", "one"),
    "sure": (False, True),
    "firm": (True, False),
}


def steps(pack: Pack, name: str) -> list[tuple[Answer, Answer]]:
    """Each answer of a question with the next worse one."""
    if name == "days":
        order = range(7) if pack.questions[name].worse == "higher" else range(6, -1, -1)
        return list(pairwise(order))
    if name == "ticks":
        both = ("left", "right")
        return [((), ("left",)), ((), ("right",)), (("left",), both), (("right",), both)]
    return list(pairwise(GRAVER_LAST[name]))


def belied(pack: Pack, start: str) -> set[str]:
    """The questions of which a worse answer leads to a lower level, all else equal: every case, one by one."""
    names = [name for name in VALUES if name not in pack.protocols[start].given and name != p.CHANNEL]
    levels: dict[tuple[Answer, ...], int] = {}
    for answers in product(*(VALUES[name] for name in names), ("x", "x_message")):
        case = walk(pack, start, dict(zip([*names, p.CHANNEL], answers, strict=True)))
        assert isinstance(case, Decided)
        levels[answers] = case.outcome.level
    found = set()
    for at, name in enumerate(names):
        worse: dict[object, list[Answer]] = {}
        for mild, other in steps(pack, name):
            worse.setdefault(mild, []).append(other)
        for answers, level in levels.items():
            for other in worse.get(answers[at], ()):
                if levels[*answers[:at], other, *answers[at + 1 :]] < level:
                    found.add(name)
    return found


@settings(max_examples=FEW)
@given(lined_packs())
def test_the_same_questions_are_belied_as_by_comparing_every_pair(pack: Pack) -> None:
    tree = Tree(pack)
    for start in pack.protocols:
        told = list(milder(tree, start))
        assert {each.question for each in told} == belied(pack, start)
        for pair in told:
            replayed(pack, pair)
            assert {**pair.mild, pair.question: None} == {**pair.worse, pair.question: None}
