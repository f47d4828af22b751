"""No milder where it is worse: with all else equal, an answer that is declared worse never leads to a lower level.

Answers that are worse in several respects are worse in one after the other, so one step of one question is enough.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.engine import Decided, walk
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playbook.protocol import Answer, Pack
    from playbook.regions.space import Axis
    from playbook.regions.tree import Tree


class Milder(Record):
    """Two cases that differ in one answer, of which the worse one ends at a lower level."""

    question: str
    protocol: str
    mild: dict[str, Answer]
    worse: dict[str, Answer]


def compared(tree: Tree, protocol: str) -> tuple[str, ...]:
    """The questions whose worse answers are held against the milder ones, in cases that start in a protocol."""
    asked = tree.space.mask(tree.outcomes(protocol))
    return tuple(name for name in tree.space.names(asked) if tree.space.axes[name].question.worse)


def milder(tree: Tree, protocol: str, passed: Callable[[int, int], object] | None = None) -> Iterator[Milder]:
    """For each question, the smallest pair of cases that start in a protocol and belie what it says is worse.

    `passed` is told before each how many questions were compared, of how many.
    """
    graph, space = tree.diagrams, tree.space
    levels = graph.mapped(lambda end: end and tree.pack.places[end].level + 1, tree.outcomes(protocol))  # type: ignore[union-attr]
    names = compared(tree, protocol)
    for done, name in enumerate(names):
        if passed:
            passed(done, len(names))
        found: list[Milder] = []
        for mild, worse in _steps(space.axes[name]):
            lower = graph.join(_lower, graph.fixed(levels, mild), graph.fixed(levels, worse))
            values = space.cheapest(lower)
            if values is not None:
                found.append(Milder(name, protocol, space.case({**values, **mild}), space.case({**values, **worse})))
        if found:
            yield min(found, key=lambda each: len(each.mild))


def _steps(axis: Axis) -> Iterator[tuple[dict[int, int], dict[int, int]]]:
    """Each answer with the next worse one, as values of levels."""
    if axis.question.kind == p.MANY:
        for level in range(axis.level + 1, axis.end):
            yield {axis.level: 1, level: 0}, {axis.level: 1, level: 1}
        return
    order = sorted(range(len(axis.answers)), key=axis.costs.__getitem__)
    for mild, worse in pairwise(order):
        yield {axis.level: mild + 1}, {axis.level: worse + 1}


def _lower(mild: int, worse: int) -> bool:
    """Whether a case that is worse ends at a lower level; where one is no case, nothing is said."""
    return bool(mild and worse and worse < mild)


def replayed(pack: Pack, pair: Milder) -> tuple[Decided, Decided]:
    """Both cases, walked by the engine, which must find them so."""
    mild, worse = (walk(pack, pair.protocol, answers) for answers in (pair.mild, pair.worse))
    if (
        isinstance(mild, Decided) and isinstance(worse, Decided) and worse.outcome.level < mild.outcome.level
    ):  # pragma: no branch - else it is a fault of ours
        return mild, worse
    raise AssertionError(pair)  # pragma: no cover - as above
