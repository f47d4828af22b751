"""How many questions a case takes at most: the longest one that starts in a protocol, exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.cascade import targets
from playbook.engine import Pending, walk
from playbook.record import Record
from playbook.regions.diagram import BOTTOM
from playbook.regions.space import NOT_ASKED
from playbook.regions.tree import Tree

if TYPE_CHECKING:
    from playbook.protocol import Answer, AtMost, Pack, Target
    from playbook.regions.diagram import Diagrams
    from playbook.regions.space import Axis
    from playbook.regions.tree import Cases

    Cost = tuple[int, int]


class Length(Record):
    """A promise of how long cases may take, and the longest case there is."""

    protocol: str
    promised: AtMost
    questions: int
    """How many the longest takes."""
    answers: dict[str, Answer]
    """A case with as many."""


def lengths(tree: Tree, cases: Cases, protocol: str, diagrams: Diagrams) -> tuple[Length, ...]:
    """What a protocol promises, each with the longest case; `diagrams` are for the questions that it asks itself."""
    return tuple(_length(tree, cases, protocol, each, diagrams) for each in tree.pack.protocols[protocol].at_most)


def _length(tree: Tree, cases: Cases, protocol: str, promised: AtMost, diagrams: Diagrams) -> Length:
    given = tree.pack.protocols[protocol].given
    if promised.here:
        alone = Tree(cut(tree.pack, protocol), diagrams)
        own = _longest(alone, alone.cases(protocol).ends)
        count = len(own.keys() - given)
        # The rest of the case, where it leads on, as short and mild as can be.
        values = tree.space.given(own)
        region = tree.diagrams.fixed(tree.diagrams.mapped(bool, cases.ends), values)
        answers = tree.space.case({**(tree.space.cheapest(region) or {}), **values})
    else:
        answers = _longest(tree, cases.ends)
        count = len(answers.keys() - given)
    return Length(protocol, promised, count, {name: each for name, each in answers.items() if name not in given})


def cut(pack: Pack, protocol: str) -> Pack:
    """The pack with an end at every place at which a case leaves a protocol."""
    own = pack.protocols[protocol]
    steps = [*own.steps.values(), *([own.entry] if own.entry else [])]
    left = {each for step in steps for each in targets(step) if each.protocol != protocol}
    end = next(each for one in pack.protocols.values() for each in one.outcomes.values())
    places = {each: end._replace(id=each.name, protocol=each.protocol) for each in left}
    return pack._replace(places={**pack.places, **places})


def _longest(tree: Tree, ends: int) -> dict[str, Answer]:
    """The case with the most questions, and of these the mildest."""
    graph, space = tree.diagrams, tree.space
    best: dict[int, tuple[Cost, int] | None] = {}

    def look(node: int) -> tuple[Cost, int] | None:
        if graph.level[node] == BOTTOM:
            return ((0, 0), 0) if node else None
        if node not in best:
            axis, found = space.at[graph.level[node]], None
            for at, kid in enumerate(graph.kids[node]):
                below = look(kid)
                if below is not None:
                    one = _cost(axis, graph.level[node], at)
                    total = (below[0][0] + one[0], below[0][1] + one[1])
                    if found is None or total < found[0]:
                        found = (total, at)
            best[node] = found
        return best[node]

    look(ends)
    values = {}
    while graph.level[ends] != BOTTOM:
        at = (best[ends] or ((0, 0), 0))[1]
        values[graph.level[ends]] = at
        ends = graph.kids[ends][at]
    return space.case(values)


def _cost(axis: Axis, level: int, value: int) -> Cost:
    """What a value takes from the length of a case, and how grave it is."""
    if level != axis.level:
        return 0, value
    if value == NOT_ASKED:
        return 0, 0
    return -1, max(axis.costs) + 1 if value == axis.unknown else axis.costs[value - 1]


def replayed(pack: Pack, length: Length) -> Target:
    """Where the longest case ends, walked by the engine, which must ask as many questions."""
    protocol, here = length.protocol, length.promised.here
    known: dict[str, Answer] = {}
    counted = 0
    while isinstance(state := walk(pack, protocol, known), Pending):
        counted += not here or state.place.protocol == protocol
        known[state.question.id] = length.answers[state.question.id]
    if counted != length.questions:  # pragma: no cover - it would be a fault of ours
        message = f"the engine asks {counted} questions: {length}"
        raise AssertionError(message)
    return p.Target(state.outcome.protocol, state.outcome.id)
