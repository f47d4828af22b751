"""On which questions it depends where a case ends: by what is worked out, and by comparing every pair of cases."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from hypothesis import given, settings

from playbook import protocol as p
from playbook.engine import Decided, asked, walk
from playbook.proofs import idle
from playbook.regions.tree import Tree
from tests.everycase import EveryCase
from tests.lined_packs import FEW, lined_packs
from tests.random_packs import VALUES

if TYPE_CHECKING:
    from playbook.protocol import Answer, Pack


def decisive(pack: Pack, start: str) -> set[str]:
    """The questions of which two answers lead to different outcomes, all else equal."""
    names = [name for name in VALUES if name not in pack.protocols[start].given]
    ends: dict[tuple[Answer, ...], object] = {}
    for answers in product(*(VALUES[name] if name != p.CHANNEL else ("x", "email", "reddit") for name in names)):
        case = walk(pack, start, dict(zip(names, answers, strict=True)))
        assert isinstance(case, Decided)
        ends[answers] = p.Target(case.outcome.protocol, case.outcome.id)
    found = set()
    for at, name in enumerate(names):
        groups: dict[object, set[object]] = {}
        for answers, end in ends.items():
            groups.setdefault((*answers[:at], *answers[at + 1 :]), set()).add(end)
        if any(len(each) > 1 for each in groups.values()):
            found.add(name)
    return found


@settings(max_examples=FEW)
@given(lined_packs())
def test_the_same_questions_decide_and_are_asked(pack: Pack) -> None:
    tree = Tree(pack)
    for start in pack.protocols:
        assert idle.decisive(tree, start) == decisive(pack, start)
        given_ = {p.CHANNEL: "x"} if p.CHANNEL in pack.protocols[start].given else {}
        cases = [each for each in EveryCase(pack).cases() if each.protocol == start]
        every = {name for each in cases for name in each.answers} - pack.protocols[start].given.keys() - given_.keys()
        assert idle.asked(tree, tree.cases(start)) == every
        assert every - {p.CHANNEL} == {name for each in cases for name in asked(pack, start, each.answers)} - {
            p.CHANNEL
        }
