"""The ways of joint cases: the sequences of lines that a case takes in the old version and in the new one, counted.

Both are followed together, always on where the case is less far, so that what no longer matters can be forgotten.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.regions.saying import Need
from playbook.regions.tree import way

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from playbook.protocol import Target
    from playbook.regions.tree import Tree

    Both = tuple[Target, Target]
    Lead = tuple[Target, int]

END = float("inf")
"""How far along an outcome is: there is no more."""


class Following:
    """The ways from one place of each version; what a line takes is made once for all that is counted."""

    def __init__(
        self,
        trees: tuple[Tree, Tree],
        given: tuple[Mapping[int, int], Mapping[int, int]],
        named: Callable[[Target], Target],
        most: int,
    ) -> None:
        """`most` is how many different sets of answers are followed before it counts as too many."""
        self.trees, self.given, self.most = trees, given, most
        self.graph = trees[0].diagrams
        self._leads: tuple[dict[Target, list[Lead]], ...] = ({}, {})
        self._rank = _ranks(trees, named)

    def ways(self, starts: tuple[Target, Target], region: int) -> int | None:
        """How many ways the cases of a region take; None where there are too many to tell apart."""
        here: dict[Both, dict[int, int]] = {starts: {region: 1}}
        queue = [(*self._order(starts), starts)]
        left, found = self.most, 0
        while queue:
            at = heappop(queue)[-1]
            came = here.pop(at)
            ranks = [self._rank[side].get(at[side], END) for side in (0, 1)]
            if min(ranks) == END:
                found += sum(came.values())
                continue
            left -= len(came)
            if left < 0:
                return None
            side = int(ranks[1] < ranks[0])
            for to, where in self.leads(side, at[side]):
                then = (to, at[1]) if side == 0 else (at[0], to)
                kept = self._kept(then)
                for one, count in came.items():
                    there = self.graph.both(one, where)
                    if there:
                        if then not in here:
                            here[then] = {}
                            heappush(queue, (*self._order(then), then))
                        there = self.graph.forgotten(there, kept)
                        here[then][there] = here[then].get(there, 0) + count
        return found

    def _order(self, at: Both) -> tuple[float, float]:
        ranks = sorted(self._rank[side].get(at[side], END) for side in (0, 1))
        return ranks[0], ranks[1]

    def leads(self, side: int, place: Target) -> list[Lead]:
        """Each line of a step: where it leads, and the answers that take it."""
        known = self._leads[side]
        if place not in known:
            known[place] = [*self._led(side, place)]
        return known[place]

    def _led(self, side: int, place: Target) -> Iterator[Lead]:
        tree = self.trees[side]
        decides = self.graph.fixed(tree.decides(place), self.given[side])
        for leaf in self.graph.leaves(decides):
            taken = self.graph.value[leaf]
            if not isinstance(taken, Need) and taken is not False:
                yield way(tree.at(place), taken).target, self.graph.where(decides, leaf)

    def _kept(self, at: Both) -> frozenset[int]:
        found = frozenset[int]()
        for tree, place in zip(self.trees, at, strict=True):
            found |= tree.space.levels(tree.matter(place))
        return found


_STEP = 1e-6


def _ranks(trees: tuple[Tree, Tree], named: Callable[[Target], Target]) -> tuple[dict[Target, float], ...]:
    """How far along each step is, in each version; the same step is as far along in both."""
    after = {place: float(at) for at, place in enumerate(trees[1].places) if not _ends(trees[1], place)}
    before: dict[Target, float] = {}
    last = -1.0
    for place in trees[0].places:
        if not _ends(trees[0], place):
            # A case only leads on: a step that was moved may not come before one that led to it.
            last = before[place] = max(after.get(named(place), last), last + _STEP)
    return before, after


def _ends(tree: Tree, place: Target) -> bool:
    return isinstance(tree.at(place), p.Outcome)
