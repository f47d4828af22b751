"""Two versions of a pack compared over all answers: every joint case that differs, gathered by how it differs.

Pure: two packs in, regions out. Nothing here knows where packs come from, or who reads what is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.changes.covering import Covering
from playbook.changes.differing import MILDER, SIDEWAYS, STRICTER, Difference, Differing
from playbook.changes.following import Following
from playbook.changes.joining import Joining, Joint
from playbook.changes.meaning import Kept, Meaning, Names, Reading
from playbook.record import Record
from playbook.regions.diagram import MOST_LOOKS, MOST_NODES, Diagrams
from playbook.regions.joint import Side, sides
from playbook.regions.space import NOT_ASKED
from playbook.regions.tree import REFUSED, Tree
from playbook.regions.ways import MOST_BOXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from playbook.changes.covering import Box
    from playbook.protocol import Answer, Pack, Target


class Share(Record):
    """How many ways and combinations; `ways` is None where there are too many to tell apart."""

    ways: int | None
    combinations: int


class Region(Record):
    """The joint cases that differ alike."""

    difference: Difference
    share: Share
    boxes: tuple[Box, ...]
    """Together they are the region, less what is `left`."""
    left: int
    """How many combinations no box tells of."""
    smallest: Mapping[int, int]
    """Its smallest case, as values of levels."""
    where: int
    """The answers, as a node."""


class Refused(Record):
    """Cases with an answer that only one version takes, by where they end there."""

    outcome: Target
    combinations: int
    smallest: Mapping[int, int]


class Compared(Record):
    """What is different of the cases that start at one place."""

    share: Share
    """All that there are."""
    changed: Share
    regions: tuple[Region, ...]
    new_answers: tuple[Refused, ...]
    """Cases with answers that the old version does not take."""
    old_answers: tuple[Refused, ...]
    """Cases with answers that the new version does not take any more."""
    asked: tuple[str, ...]
    dropped: tuple[str, ...]
    """Questions that are asked in some case now and in none before, and the other way round; by their names then."""

    def towards(self, direction: str) -> int:
        """How many combinations of those that change go one way."""
        return sum(each.share.combinations for each in self.regions if each.difference.direction == direction)


class Comparison:
    """Two versions over one space, in which the cases of several places can be compared."""

    def __init__(
        self,
        base: Pack,
        head: Pack,
        names: Names | None = None,
        diagrams: Diagrams | None = None,
        also: Iterable[tuple[Target, Target]] = (),
    ) -> None:
        """Build nothing yet; `also` are places of both that will be compared besides where protocols start.

        Raises `Spent`, as all it does may, where the diagrams may hold no more.
        """
        places = [*also]
        self.names = names or Names()
        self.kept = Kept(base, head, self.names)
        self.graph = diagrams or Diagrams(MOST_NODES, MOST_LOOKS)
        self.spaces: tuple[Side, Side] = sides(base, head, self.graph, self.names.questions, places)
        self.trees = (
            Tree(base, space=self.spaces[0], also=[one for one, _ in places]),
            Tree(head, space=self.spaces[1], also=[other for _, other in places]),
        )
        self.joining = Joining(self.graph, self.spaces[1].at)
        self._read: tuple[object, tuple[int, int]] | None = None
        """The last places that were looked at, and what their cases come to."""

    def same(self, starts: tuple[Target, Target], given: tuple[Mapping[str, Answer], Mapping[str, Answer]]) -> bool:
        """Whether nothing differs between the cases of two places."""
        return not self.unlike(starts, given)

    def unlike(self, starts: tuple[Target, Target], given: tuple[Mapping[str, Answer], Mapping[str, Answer]]) -> int:
        """The cases, of either place, that are none of the other or come to something else there."""
        return self.graph.unlike(*self._ends(starts, given))

    def _ends(
        self, starts: tuple[Target, Target], given: tuple[Mapping[str, Answer], Mapping[str, Answer]]
    ) -> tuple[int, int]:
        if self._read is None or self._read[0] != (starts, given):
            base = Reading(self.trees[0], self.names.place, given[0], self.kept).ends(starts[0])
            head = Reading(self.trees[1], lambda place: place, given[1], self.kept).ends(starts[1])
            self._read = ((starts, given), (base, head))
        return self._read[1]

    def compare(
        self,
        starts: tuple[Target, Target],
        given: tuple[Mapping[str, Answer], Mapping[str, Answer]] = ({}, {}),
        most_boxes: int = MOST_BOXES,
    ) -> Compared:
        """Everything that differs between the cases of two places, where these answers are given."""
        graph, space = self.graph, self.spaces[1]
        base, head = self._ends(starts, given)
        joined = self.joining.joined(base, head)
        asked = graph.support(joined)
        never = {axis.level: NOT_ASKED for axis in space.at if axis.level not in asked}
        differing = Differing(space, never)
        joint = differing.differing(joined)
        values = {graph.value[leaf]: leaf for leaf in graph.leaves(joint) if leaf}
        every = graph.mapped(lambda each: bool(each) and not _refused(each), joint)
        fixed = tuple(space.given(each) for space, each in zip(self.spaces, given, strict=True))
        following = Following(self.trees, (fixed[0], fixed[1]), self.names.place, most_boxes)
        covering = Covering(space, every)

        shares: dict[int, Share] = {}

        def share(region: int) -> Share:
            if region not in shares:  # where all that changes is one region, it is followed once
                shares[region] = Share(following.ways(starts, region), sum(space.counts(region).values()))
            return shares[region]

        regions, changed = [], 0
        for value, leaf in values.items():
            if isinstance(value, Difference):
                where = graph.where(joint, leaf)
                changed = graph.either(changed, where)
                boxes, left = covering.boxes(where)
                left_over = sum(space.counts(left).values()) if left else 0
                smallest = self._smallest(where, differing.later.get(value))
                regions.append(Region(value, share(where), tuple(boxes), left_over, smallest, where))
        return Compared(
            share(every),
            share(changed) if changed else Share(0, 0),
            tuple(sorted(regions, key=_graver_first)),
            tuple(self._told_apart(joint, values, "before")),
            tuple(self._told_apart(joint, values, "after")),
            *self._questions(base, head),
        )

    def _smallest(self, where: int, later: int | None) -> Mapping[int, int]:
        """The smallest case of a region; with what is answered after the outcome, where only that tells."""
        space = self.spaces[1]
        values = space.cheapest(where) or {}
        if later is not None:
            answered = {level: each for level, each in values.items() if each or space.at[level].level != level}
            values = {**values, **(space.cheapest(self.graph.both(later, space.pinned(answered))) or {})}
        return values

    def _told_apart(self, joint: int, values: Mapping[object, int], side: str) -> Iterator[Refused]:
        """The cases with an answer that one version does not take, by where they end in the other."""
        found: dict[Target, int] = {}
        other = "after" if side == "before" else "before"
        for value, leaf in values.items():
            end = getattr(value, other, None)
            if isinstance(value, Joint) and getattr(value, side) == REFUSED and isinstance(end, Meaning):
                found[end.outcome] = self.graph.either(found.get(end.outcome, 0), self.graph.where(joint, leaf))
        for outcome, where in found.items():
            count = sum(self.spaces[1].counts(where).values())
            yield Refused(outcome, count, self.spaces[1].cheapest(where) or {})

    def _questions(self, base: int, head: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The questions that only the new version asks, and those that only the old one does."""
        before, after = self._asked(base), self._asked(head)
        return (
            tuple(self.spaces[1].named[level] for level in sorted(after - before)),
            tuple(self.spaces[0].named[level] for level in sorted(before - after)),
        )

    def _asked(self, ends: int) -> set[int]:
        """The levels of the questions that are asked in some case."""
        seen, pending, found = {ends}, [ends], set[int]()
        while pending:
            node = pending.pop()
            level, kids = self.graph.level[node], self.graph.kids[node]
            if kids and self.spaces[1].at[level].level == level and any(kids[1:]):
                found.add(level)
            new = set(kids) - seen
            seen |= new
            pending.extend(new)
        return found


def _refused(joint: object) -> bool:
    return isinstance(joint, Joint) and joint.refused


def _graver_first(region: Region) -> tuple[int, int, bool]:
    """What becomes milder comes first, then what becomes stricter; of these the larger, then another outcome."""
    order = (MILDER, STRICTER, SIDEWAYS)
    direction = order.index(region.difference.direction)
    return direction, -region.share.combinations, region.difference.before is None
