"""Where answers lead by a diagram is where the engine walks to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from playbook import protocol as p
from playbook.engine import Decided, walk
from playbook.regions.tree import Tree
from playbook.regions.ways import follow
from tests.lined_packs import lined_packs
from tests.random_packs import partial
from tests.regions.evaluated import value
from tests.worlds import pack as packed
from tests.worlds import protocol

if TYPE_CHECKING:
    from playbook.protocol import Answer, Pack


@given(lined_packs(), partial)
def test_answers_lead_where_the_engine_walks_to(pack: Pack, answers: dict[str, Answer]) -> None:
    tree = Tree(pack)
    for start in pack.protocols:
        case = walk(pack, start, {**answers, **pack.protocols[start].given})
        there = p.Target(case.outcome.protocol, case.outcome.id) if isinstance(case, Decided) else False
        assert value(tree.space, tree.outcomes(start), answers) == there


def rejoining(length: int) -> Pack:
    """Many questions one after the other, each of which leads on alike."""
    questions = "".join(f"  q{n}: {{ask: Q, yes_no: true}}\n" for n in range(length))
    steps = "".join(f"  s{n}: {{ask: q{n}, then: {{yes: s{n + 1}, no: s{n + 1}}}}}\n" for n in range(length - 1))
    last = f"  s{length - 1}: {{ask: q{length - 1}, then: {{yes: a, no: b}}}}\n"
    return packed(protocol(f"questions:\n{questions}steps:\n{steps}{last}", outcomes="a b"))


def test_many_questions_that_rejoin_take_few_nodes_and_their_ways_are_counted() -> None:
    tree = Tree(rejoining(40))
    counts = tree.space.counts(tree.cases("p").ends)
    assert sorted(counts.values()) == [2**39, 2**39]
    followed = follow(tree, "p")
    assert followed.ways is not None
    assert sum(followed.ways.values()) == 2**40
    assert len(tree.diagrams.level) < 1000


def test_ways_that_are_too_many_to_tell_apart_are_not_counted_and_their_lines_still_found() -> None:
    tree = Tree(rejoining(3))
    followed = follow(tree, "p", most=1)
    assert followed.ways is None
    assert followed.taken == follow(tree, "p").taken
