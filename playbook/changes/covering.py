"""A set of joint cases as few boxes that a person can read: each says which answers some questions have.

A box covers only cases of the set, and no answer could be added to it. One after the other is taken, each time the
largest of some that hold the smallest case that is left; then those are left out that others cover together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.regions.space import NOT_ASKED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from playbook.regions.space import Axis, Space

    # The values that levels may have; a level that is not there may have any.
    Box = Mapping[int, frozenset[int]]

MOST = 8
"""How many boxes a set is told in; what is left after that is only counted."""


class Covering:
    """Boxes over one set of cases that may come at all."""

    def __init__(self, space: Space, every: int) -> None:
        """`every` are all joint cases: what is none need not be kept out of a box."""
        self.space, self.graph, self.every = space, space.diagrams, every

    def boxes(self, region: int, most: int = MOST) -> tuple[list[Box], int]:
        """Boxes that together cover a set of cases, and the cases that are left where there would be too many."""
        bad, left = self.graph.without(self.every, region), region
        found: list[Box] = []
        while left and len(found) < most:
            seed = self._seed(left)
            grown = [self._grown(seed, order, bad, region) for order in self._orders(seed)]
            best = max(grown, key=lambda box: (self._size(self.graph.both(left, self.region(box))), -len(box)))
            found.append(best)
            left = self.graph.without(left, self.region(best))
        return self._needed(found, region) if not left else found, left

    def _needed(self, boxes: list[Box], region: int) -> list[Box]:
        """Without those that the others cover."""
        kept = list(boxes)
        for each in boxes:
            rest = 0
            for other in kept:
                if other is not each:
                    rest = self.graph.either(rest, self.region(other))
            if not self.graph.without(region, rest):
                kept.remove(each)
        return kept

    def _size(self, region: int) -> int:
        return sum(self.space.counts(region).values())

    def _seed(self, left: int) -> dict[int, frozenset[int]]:
        """The smallest case of a set as a box of one."""
        values = self.space.cheapest(left) or {}
        levels = self.graph.support(self.every) | self.graph.support(left)
        return {level: frozenset((values.get(level, 0),)) for level in levels}

    def _orders(self, seed: Box) -> Iterable[list[int]]:
        """Orders in which to try to say nothing of a question: that it is not asked is said only where it must be."""
        for backwards in (False, True):
            yield sorted(sorted(seed, reverse=backwards), key=lambda level: not self._unasked(level, seed))

    def _unasked(self, level: int, seed: Box) -> bool:
        return self.space.at[level].level == level and NOT_ASKED in seed[level]

    def _grown(self, seed: Box, order: list[int], bad: int, region: int) -> Box:
        """A box made as large as it can be without a case that does not belong: a question at a time."""
        box = dict(seed)
        for level in order:
            without = {at: each for at, each in box.items() if at != level}
            if not self.graph.both(self.region(without), bad):
                box = without
        for level in order:
            if level in box:
                box[level] = self._widened(box, level, bad, region)
        return box

    def _widened(self, box: Box, level: int, bad: int, region: int) -> frozenset[int]:
        """The values that a level may have besides: none that brings a case that does not belong, or no case."""
        axis, found = self.space.at[level], box[level]
        first = axis.level == level
        for value in range(1 if first else 0, axis.width if first else 2):
            there = self.region({**box, level: frozenset((value,))})
            if value not in found and self.graph.both(there, region) and not self.graph.both(there, bad):
                found |= {value}
        return found

    def region(self, box: Box) -> int:
        """The answers in a box."""
        found = 1
        for level in sorted(box, reverse=True):
            axis: Axis = self.space.at[level]
            width = axis.width if axis.level == level else 2
            found = self.graph.node(level, (found if each in box[level] else 0 for each in range(width)))
        return found
