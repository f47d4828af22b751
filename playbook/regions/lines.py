"""The lines of checks as cases come to them: which are taken, which are left nothing, and which overlap.

Cases are followed as boxes, all answers given. What a step does not look at any more is forgotten, so that ways which
rejoin are one again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.record import Record
from playbook.regions.boxes import Boxes
from playbook.regions.diagram import Spent
from playbook.regions.tree import begin, reached, way, ways
from playbook.regions.ways import MOST_BOXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playbook.protocol import Target
    from playbook.regions.boxes import Box
    from playbook.regions.tree import Tree

    # The boxes that have come to a place, each with one that nothing was forgotten of.
    Came = dict[Box, Box]


class Overlap(Record):
    """Two lines of a check that are both true of some case that comes to it: there the first decides."""

    place: Target
    first: int
    second: int
    box: Box
    """Answers of which both are true, of those that the lines and what is behind them still look at."""
    came: Came
    """What came to the check."""


class Looked(Record):
    """What the lines are to the cases that start in a protocol."""

    taken: frozenset[tuple[Target, str | int]]
    """Every line that a case may take."""
    shadowed: frozenset[tuple[Target, int]]
    """Every line that is true of cases which come to it, all of which lines above it take."""
    overlaps: tuple[Overlap, ...]


def look(tree: Tree, protocol: str, *, overlaps: bool = True, most: int = MOST_BOXES) -> Looked:
    """Look at the lines that cases come to that start in a protocol.

    Raises Spent where there are too many boxes, more than `most`, or they are looked at too often.
    """
    return _Looking(tree, overlaps=overlaps, most=most).looked(protocol)


class _Looking:
    def __init__(self, tree: Tree, *, overlaps: bool, most: int) -> None:
        self.tree, self.boxes, self.left = tree, Boxes(tree.saying), most
        self.wanted = overlaps
        self.here: dict[Target, Came] = {}
        self.taken: set[tuple[Target, str | int]] = set()
        self.shadowed: set[tuple[Target, int]] = set()
        self.overlaps: list[Overlap] = []
        self.forgotten: dict[Target, int] = {}

    def looked(self, protocol: str) -> Looked:
        tree, start = self.tree, begin(self.tree.pack, protocol)
        below = reached(tree.pack, start)
        places = [each for each in tree.places if each in below]
        for place in reversed(places):
            self.forgotten[place] = self.idle(place)
        opened = self.boxes.pinned(tree.space.given(tree.pack.protocols[protocol].given))
        self.here[start] = {opened: opened}
        for place in places:
            came, step = self.here.pop(place, {}), tree.at(place)
            self.left -= len(came)
            if self.left < 0:
                raise Spent
            if isinstance(step, p.Ask):
                self.asked(place, step, came)
            elif isinstance(step, p.Check) and came:
                self.checked(place, step, came)
        return Looked(frozenset(self.taken), frozenset(self.shadowed), tuple(self.overlaps))

    def idle(self, place: Target) -> int:
        """The bits of the questions that nothing looks at from a place on."""
        step, boxes = self.tree.at(place), self.boxes
        looked = 0
        if isinstance(step, p.Ask):
            looked = boxes.fields[self.tree.space.axes[step.question].level] if not step.always else 0
        elif isinstance(step, p.Check):
            for each in (line.when for line in step.lines if line.when is not None):
                for box in (
                    boxes.when(each) if step.last_resort < 0 else boxes.when(each) + boxes.when(each, true=False)
                ):
                    looked |= boxes.all ^ box
        found = boxes.all & ~boxes.whole(looked)
        for edge in () if isinstance(step, p.Outcome) else ways(step):
            found &= self.forgotten[edge.target]
        return found

    def lead(self, place: Target, taken: str | int, boxes: Iterable[tuple[Box, Box]]) -> bool:
        """Lead boxes on by a line; whether there are any."""
        to = way(self.tree.at(place), taken).target
        goes_on, found = not isinstance(self.tree.at(to), p.Outcome), False
        idle, here = self.forgotten[to], self.here.setdefault(to, {})
        for box, whole in boxes:
            found = True
            if not goes_on:
                break  # an outcome is reached: nothing more is to be known
            here.setdefault(box | idle, whole)
        if found:
            self.taken.add((place, taken))
        return found

    def asked(self, place: Target, step: p.Ask, came: Came) -> None:
        """Part what came to a step that asks by its answers."""
        if step.always:
            self.lead(place, "", came.items())
            return
        axis = self.tree.space.axes[step.question]
        field = self.boxes.fields[axis.level]
        names = [("no", "yes")[each] if isinstance(each, bool) else str(each) for each in axis.answers]
        for value, name in enumerate([*names, p.UNKNOWN][: axis.width - 1], 1):
            bit = self.boxes.value(axis.level, value)
            parts = [(box & ~field | bit, whole & ~field | bit) for box, whole in came.items() if box & bit]
            self.lead(place, name, parts)

    def checked(self, place: Target, check: p.Check, came: Came) -> None:
        """Part what came to a check by its lines; the first that is true decides."""
        true = self.true(check, came)
        entries = [(box, index) for index, parts in true.items() for box in parts]
        pairs = self.boxes.overlapping(entries)
        above: dict[int, list[int]] = {}
        for first, second in sorted(pairs):
            above.setdefault(second, []).append(first)
        for index in range(len(check.lines)):
            last = index == len(check.lines) - 1
            parts = came if last else true[index]
            others = [*true] if last else above.get(index, ())
            taken = [box for other in others if other < index for box in true[other]]
            left = (
                (box, parts[whole] & box)
                for whole in parts
                for box in (self.boxes.without(whole, taken) if taken else (whole,))
            )
            if not self.lead(place, index, left) and parts and not check.lines[index].unknown and not last:
                self.shadowed.add((place, index))
        if self.wanted:
            self.overlaps += self.told(place, check, came, pairs)

    def true(self, check: p.Check, came: Came) -> dict[int, Came]:
        """What came of which each line but the last is true; an `unknown` one is, where one above is not decided."""
        found: dict[int, Came] = {}
        doubtful: list[tuple[Box, ...]] = []
        for index, line in enumerate(check.lines[:-1]):
            if line.when is not None:
                here = self.boxes.when(line.when)
                if index < check.last_resort:
                    doubtful.append((*here, *self.boxes.when(line.when, true=False)))
                found[index] = self.meeting(came, here)
            else:
                unsure = (
                    (box, whole) for whole in came for each in doubtful for box in self.boxes.without(whole, each)
                )
                found[index] = {box: came[whole] & box for box, whole in unsure}
        return found

    def meeting(self, came: Came, boxes: tuple[Box, ...]) -> Came:
        """What came that is in one of these boxes."""
        low, guard = self.boxes.low, self.boxes.guard
        self.boxes.look(len(came) * len(boxes))
        return {
            shared: came[one] & other
            for one in came
            for other in boxes
            if (shared := one & other) + low & guard == guard
        }

    def told(self, place: Target, check: p.Check, came: Came, pairs: dict[tuple[int, int], Box]) -> Iterator[Overlap]:
        """The overlaps at which it matters which of two lines comes first: where they lead to different places."""
        lines = check.lines
        for (first, second), box in sorted(pairs.items()):
            one, other = lines[first], lines[second]
            if one.target != other.target and not (one.unknown or other.unknown):
                yield Overlap(place, first, second, box, came)
