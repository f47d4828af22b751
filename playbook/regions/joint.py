"""Two versions of a pack over one space: each of their questions once, with all the answers that either takes.

What both ask is the same levels, so what both say is the same node, whatever the steps are called and wherever they
stand. A question of which another kind of answer is wanted now is another question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.regions.space import NOT_ASKED, Axis, Space, axis_of, numbers
from playbook.regions.tree import conditions, in_order, spoken_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from playbook.protocol import Pack, Question, Target
    from playbook.regions.diagram import Diagrams


class Side(Space):
    """The questions of one version, at the levels of both."""

    def __init__(self, pack: Pack, axes: dict[str, Axis], at: list[Axis], diagrams: Diagrams) -> None:
        """Take levels that are made already."""
        self.pack, self.diagrams, self.axes, self.at = pack, diagrams, axes, at
        self._levels = {}
        self.bits = {name: 1 << index for index, name in enumerate(axes)}
        self.named = {level: name for name, axis in axes.items() for level in range(axis.level, axis.end)}
        self._ticks = {name: [*_strange(pack.questions[name], axis)] for name, axis in axes.items()}
        found = {name: frozenset(_refused(pack.questions[name], axis)) for name, axis in axes.items()}
        self.refused = {name: each for name, each in found.items() if each or self._ticks[name]}

    def mask(self, function: int) -> int:
        """The questions that a function depends on."""
        found = 0
        for level in self.diagrams.support(function):
            found |= self.bits[self.named[level]]
        return found

    def answered(self, name: str) -> int:
        """The set of answers in which this question has one that it takes."""
        found = super().answered(name)
        if self._ticks[name]:
            found = self.diagrams.without(found, self.refusing(name))
        return found

    def refusing(self, name: str) -> int:
        """The set of answers in which this question has one that only the other version takes."""
        found, axis = super().refusing(name), self.axes[name]
        for level in self._ticks[name]:
            ticked = self.diagrams.node(level, (0, 1))
            told = self.diagrams.node(axis.level, (ticked if each == 1 else 0 for each in range(axis.width)))
            found = self.diagrams.either(found, told)
        return found

    def own(self, values: Mapping[int, int]) -> dict[str, p.Answer]:
        """Values of levels as answers that this version takes; those of other questions are left out."""
        found = self.case(values)
        kept: dict[str, p.Answer] = {}
        for name, answer in found.items():
            question = self.pack.questions[name]
            if isinstance(answer, tuple):
                kept[name] = tuple(each for each in question.ids if each in answer)
            elif self._takes(name, answer):
                kept[name] = answer
        return kept

    def _takes(self, name: str, answer: p.Answer) -> bool:
        axis, refused = self.axes[name], self.refused.get(name, frozenset())
        if answer is None:
            return axis.unknown not in refused
        return axis.answers.index(answer) + 1 not in refused


def sides(
    base: Pack,
    head: Pack,
    diagrams: Diagrams,
    renamed: Mapping[str, str] | None = None,
    also: Iterable[tuple[Target, Target]] = (),
) -> tuple[Side, Side]:
    """Both versions over one space.

    Args:
        base: The old version.
        head: The new version.
        diagrams: Where all of it is kept.
        renamed: The new names of questions that are the same but for theirs, by the old ones.
        also: Places of both at which cases start besides.
    """
    new = renamed or {}
    told = [numbers(each, conditions(each)) for each in (base, head)]
    axes: tuple[dict[str, Axis], dict[str, Axis]] = ({}, {})
    at: list[Axis] = []
    for old, name in _pairs(tuple(_order(*each) for each in zip((base, head), _both(also), strict=True)), new):
        before = base.questions[old] if old else None
        after = head.questions[name] if name else None
        starts = told[0].get(old or "", set()) | told[1].get(name or "", set())
        for question in _together(before, after):
            ends = {each for one in (before, after) if one for each in (one.low, one.high + 1)}
            axis = axis_of(question, len(at), starts | ends)
            at.extend([axis] * (axis.end - axis.level))
            if before and question.kind == before.kind:
                axes[0][before.id] = axis
            if after and question.kind == after.kind:
                axes[1][after.id] = axis
    return Side(base, axes[0], at, diagrams), Side(head, axes[1], at, diagrams)


def _both(also: Iterable[tuple[Target, Target]]) -> tuple[list[Target], list[Target]]:
    pairs = [*also]
    return [one for one, _ in pairs], [other for _, other in pairs]


def _pairs(orders: tuple[dict[str, None], ...], new: Mapping[str, str]) -> Iterator[tuple[str | None, str | None]]:
    """The questions of both, in the order of the new version; one that is gone stands where it stood."""
    before, after = orders
    old_of = {name: old for old, name in new.items()}
    order = {new.get(name, name): name for name in before}
    gone: dict[str | None, list[str]] = {}
    last = None
    for name, old in order.items():
        if name in after:
            last = name
        else:
            gone.setdefault(last, []).append(old)
    yield from ((old, None) for old in gone.get(None, ()))
    for name in after:
        old = old_of.get(name, name)
        yield (old if old in before else None), name
        yield from ((each, None) for each in gone.get(name, ()))


def _order(pack: Pack, also: Iterable[Target]) -> dict[str, None]:
    """All questions of a pack, by their first use."""
    return dict.fromkeys((*spoken_of(pack, in_order(pack, also)), *pack.questions))


def _together(before: Question | None, after: Question | None) -> Iterator[Question]:
    """A question with the answers of both versions; both of them where their answers are of different kinds."""
    if before is None or after is None or before.kind != after.kind:
        yield from (each for each in (after, before) if each is not None)
        return
    known = after.ids
    choices = (*after.choices, *(each for each in before.choices if each.id not in known))
    low, high = min(before.low, after.low), max(before.high, after.high)
    yield after._replace(choices=choices, low=low, high=high, unknown=before.unknown or after.unknown)


def _refused(question: Question, axis: Axis) -> Iterator[int]:
    """The values of an axis that a question does not take."""
    if axis.question.unknown and not question.unknown:
        yield axis.unknown
    for at, answer in enumerate(axis.answers, NOT_ASKED + 1):
        if question.kind == p.NUMBER and isinstance(answer, int):
            if not question.low <= answer <= question.high:
                yield at
        elif question.kind == p.CHOICE and answer not in question.ids:
            yield at


def _strange(question: Question, axis: Axis) -> Iterator[int]:
    """The levels of ticks that a question does not have."""
    if question.kind == p.MANY:
        for level, each in enumerate(axis.question.ids, axis.level + 1):
            if each not in question.ids:
                yield level
