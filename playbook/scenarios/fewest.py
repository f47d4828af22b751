"""The fewest sets that hold everything between them: exact where the search ends within its limit, else merely few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_TRIES = 20_000
"""Ways to choose that are looked at before the best one so far is taken."""


class Chosen(Record):
    """The numbers of the sets chosen, in their order; `fewest` where no smaller choice would do."""

    sets: tuple[int, ...]
    fewest: bool


def fewest(sets: Sequence[frozenset[int]], most_tries: int = MOST_TRIES) -> Chosen:
    """The fewest of these sets that hold between them whatever all of them hold; of equal ones the first."""
    search = _Search(_maximal(sets), most_tries)
    search.look(frozenset().union(*sets), ())
    return Chosen(tuple(sorted(search.best)), search.left >= 0)


def _maximal(sets: Sequence[frozenset[int]]) -> list[tuple[int, frozenset[int]]]:
    """The sets that no other contains, with their numbers, the largest first."""
    kept: list[tuple[int, frozenset[int]]] = []
    for number, each in sorted(enumerate(sets), key=lambda pair: (-len(pair[1]), pair[0])):
        if each and not any(each <= other for _, other in kept):
            kept.append((number, each))
    return kept


class _Search:
    """Chooses by the thing that the fewest sets hold, and looks no further where it cannot get better."""

    def __init__(self, sets: list[tuple[int, frozenset[int]]], most_tries: int) -> None:
        self.sets, self.left = sets, most_tries
        self.holding: dict[int, list[tuple[int, frozenset[int]]]] = {}
        for pair in sets:
            for each in pair[1]:
                self.holding.setdefault(each, []).append(pair)
        self.best = self.greedy()

    def greedy(self) -> tuple[int, ...]:
        """Always the set that holds most of what is left."""
        open_, found = frozenset[int]().union(*(each for _, each in self.sets)), []
        while open_:
            number, most = max(self.sets, key=lambda pair: (len(pair[1] & open_), -pair[0]))
            found.append(number)
            open_ -= most
        return tuple(found)

    def look(self, open_: frozenset[int], chosen: tuple[int, ...]) -> None:
        """Try every set that holds the rarest of what is open."""
        if not open_:
            if len(chosen) < len(self.best):
                self.best = chosen
            return
        self.left -= 1
        widest = max(len(each & open_) for _, each in self.sets)
        if self.left < 0 or len(chosen) + -(-len(open_) // widest) >= len(self.best):
            return
        rarest = min(open_, key=lambda each: (len(self.holding[each]), each))
        for number, each in sorted(self.holding[rarest], key=lambda pair: (-len(pair[1] & open_), pair[0])):
            self.look(open_ - each, (*chosen, number))
