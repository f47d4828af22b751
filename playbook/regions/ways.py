"""Cases followed from their start with all their like: how many ways there are, and which lines any of them takes.

A way is the sequence of lines that a case takes. Ways on which the same is known of what is still looked at have the
same lines before them, so they are followed together and only counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.record import Record
from playbook.regions.tree import Ending, begin, reached, way

if TYPE_CHECKING:
    from collections.abc import Callable

    from playbook.protocol import Target
    from playbook.regions.tree import Tree

    # The questions that are known, each set with the answers that have led here with it.
    Open = frozenset[tuple[int, int]]
    Count = dict[frozenset[str], int]

MOST_BOXES = 60_000
"""How many different sets of answers are followed before ways are joined, and no longer counted."""


class Followed(Record):
    """What the cases of a protocol come through."""

    ways: dict[Ending, int] | None
    """How many ways lead to each ending; None where there were too many to tell apart."""
    taken: frozenset[tuple[Target, str | int]]
    """Every line that a case may take."""


def follow(
    tree: Tree, protocol: str, most: int = MOST_BOXES, passed: Callable[[int, int], object] | None = None
) -> Followed:
    """Follow all cases that start in a protocol; `passed` is told of how many places they are through, of how many."""
    return _Following(tree, most).followed(protocol, passed or (lambda _done, _of: None))


class _Following:
    def __init__(self, tree: Tree, left: int) -> None:
        self.tree, self.left = tree, left
        self.here: dict[Target, dict[Open, Count]] = {}
        self.taken: set[tuple[Target, str | int]] = set()
        self.ways: dict[Ending, int] = {}

    def followed(self, protocol: str, passed: Callable[[int, int], object]) -> Followed:
        tree, start = self.tree, begin(self.tree.pack, protocol)
        matter = tree.matter(start)
        given = tree.space.given(tree.pack.protocols[protocol].given)
        levels = tree.space.levels(matter)
        region = tree.space.pinned({level: value for level, value in given.items() if level in levels})
        opened = frozenset(((tree.known(protocol) & matter, region),))
        self.here[start] = {opened: {tree.lined & {protocol}: 1}}
        below = reached(tree.pack, start)
        for done, place in enumerate(each for each in tree.places if each in below):
            passed(done, len(below))
            self.pass_through(place)
        return Followed(self.ways if self.left >= 0 else None, frozenset(self.taken))

    def pass_through(self, place: Target) -> None:
        """Lead on all that has come to a place."""
        came = self.here.pop(place, {})
        if isinstance(self.tree.at(place), p.Outcome):
            for counts in came.values():
                for through, count in counts.items():
                    end = Ending(place, through)
                    self.ways[end] = self.ways.get(end, 0) + count
            return
        self.left -= len(came)
        for opened, counts in (came if self.left >= 0 else self.joined(came)).items():
            for taken, leads in self.led(place, opened).items():
                self.taken.add((place, taken))
                to = way(self.tree.at(place), taken).target
                found = self.here.setdefault(to, {}).setdefault(frozenset(leads.items()), {})
                for through, count in counts.items():
                    now = through | (self.tree.lined & {to.protocol})
                    found[now] = found.get(now, 0) + count

    def led(self, place: Target, opened: Open) -> dict[str | int, dict[int, int]]:
        """The lines that are taken from a place, and what is known behind each."""
        graph, found = self.tree.diagrams, dict[str | int, dict[int, int]]()
        pending = dict(opened)
        while pending:
            known = min(pending, key=int.bit_count)  # asking only adds to what is known: nothing comes to it later
            region = pending.pop(known)
            for move in self.tree.moves(place, known):
                there = graph.both(region, move.where)
                if there:
                    behind = pending if move.taken is None else found.setdefault(move.taken, {})
                    there = graph.forgotten(there, self.tree.space.levels(self.tree.matter(move.to)))
                    behind[move.known] = graph.either(behind.get(move.known, 0), there)
        return found

    def joined(self, came: dict[Open, Count]) -> dict[Open, Count]:
        """All that has come to a place as one, with all that it has come through."""
        every: dict[int, int] = {}
        for opened in came:
            for known, region in opened:
                every[known] = self.tree.diagrams.either(every.get(known, 0), region)
        return {frozenset(every.items()): {frozenset(): 0}} if came else {}
