"""Where two versions of a tree lead to different places, as boxes: every such case, however large both are.

Both are followed together, and only where they differ: a step that says the same in both and leads to the same is one
number, whatever it is called, and is not looked into. So the cost is that of what has changed.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from playbook import protocol as p
from playbook.record import Record
from playbook.regions.boxes import Boxes
from playbook.regions.tree import reached, way, ways

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from playbook.protocol import Answer, Target
    from playbook.regions.boxes import Box
    from playbook.regions.tree import Tree

    # A place of the old version and one of the new.
    Both = tuple[Target, Target]
    Led = tuple[Box, Target]


class Apart(Record):
    """Cases that lead to one outcome in the old version and to another in the new one."""

    box: Box
    before: Target
    after: Target


def apart(
    trees: tuple[Tree, Tree],
    starts: Both,
    given: tuple[Mapping[str, Answer], Mapping[str, Answer]] = ({}, {}),
    named: Callable[[Target], Target] = lambda place: place,
) -> Iterator[Apart]:
    """Every case that leads to another outcome; no two of the boxes overlap.

    Both trees stand over one space (`joint.sides`), and `named` has the name of an old outcome in the new version.
    Which questions are asked on the way is not compared, and answers that only one version takes are left out. Raises
    Spent where too many boxes are looked at.
    """
    sides = tuple(_Side(tree, start) for tree, start in zip(trees, starts, strict=True))
    return _Parting((sides[0], sides[1]), named).from_(starts, given)


class _Side:
    """The places of one version."""

    def __init__(self, tree: Tree, start: Target) -> None:
        self.tree, self.boxes = tree, Boxes(tree.saying)
        below = reached(tree.pack, start)
        self.places = [each for each in tree.places if each in below]
        self.numbers: dict[Target, int] = {}
        """Equal for places from which all cases lead to the same outcome, in either version (not always else)."""
        self.own: dict[Target, object] = {}
        """What a step says, wherever it leads."""
        self.height: dict[Target, int] = {}

    def number(self, made: dict[object, int], named: Callable[[Target], Target]) -> None:
        """Number the places, those that others lead to first."""
        for place in reversed(self.places):
            step = self.tree.at(place)
            if isinstance(step, p.Outcome):
                self.numbers[place] = made.setdefault(named(place), len(made))
                self.height[place] = 0
                continue
            leads = [self.numbers[each.target] for each in ways(step)]
            self.own[place] = self._said(step)
            key = leads[0] if len({*leads}) == 1 else made.setdefault((self.own[place], *leads), len(made))
            self.numbers[place] = key
            self.height[place] = 1 + max(self.height[each.target] for each in ways(step))

    def _said(self, step: p.Step) -> tuple[object, ...]:
        if isinstance(step, p.Ask):
            return (self.tree.space.axes[step.question].level, *step.edges)
        false = step.last_resort >= 0
        when = self.boxes.when
        return tuple(
            (line.unknown, line.when and when(line.when), line.when and false and when(line.when, true=False))
            for line in step.lines
        )

    def led(self, place: Target, box: Box) -> Iterator[Led]:
        """The parts of a box by where they are led from a place."""
        step = self.tree.at(place)
        if isinstance(step, p.Ask):
            yield from self._asked(step, box)
            return
        above: list[Box] = []
        for index, line in enumerate(step.lines):  # type: ignore[union-attr] # no outcome leads on
            for each in self.true(step, index, box):  # type: ignore[arg-type] # as above
                yield from ((part, line.target) for part in self.boxes.without(each, above))
                above.append(each)

    def _asked(self, step: p.Ask, box: Box) -> Iterator[Led]:
        if step.always:
            yield box, step.always.target
            return
        axis = self.tree.space.axes[step.question]
        field = self.boxes.fields[axis.level]
        names = [("no", "yes")[each] if isinstance(each, bool) else str(each) for each in axis.answers]
        for value, name in enumerate([*names, p.UNKNOWN][: axis.width - 1], 1):
            bit = self.boxes.value(axis.level, value)
            if box & bit and name in step.edges:
                yield box & ~field | bit, way(step, name).target

    def true(self, check: p.Check, index: int, box: Box) -> Iterator[Box]:
        """The parts of a box in which a line is true; for an `unknown` one, in which one above is not decided."""
        boxes, line = self.boxes, check.lines[index]
        if line.when is not None:
            yield from boxes.met((box,), boxes.when(line.when))
        elif not line.unknown:
            yield box
        else:
            for each in (each.when for each in check.lines[:index] if each.when is not None):
                yield from boxes.without(box, boxes.when(each) + boxes.when(each, true=False))


class _Parting:
    def __init__(self, sides: tuple[_Side, _Side], named: Callable[[Target], Target]) -> None:
        self.sides, self.boxes = sides, sides[0].boxes
        made: dict[object, int] = {}
        sides[0].number(made, named)
        sides[1].number(made, lambda place: place)

    def from_(self, starts: Both, given: tuple[Mapping[str, Answer], Mapping[str, Answer]]) -> Iterator[Apart]:
        one, other = self.sides
        first = one.boxes.pinned(one.tree.space.given(given[0])) & other.boxes.pinned(other.tree.space.given(given[1]))
        stack = [(first, *starts)] if self.boxes.alive(first) else []
        while stack:
            box, before, after = stack.pop()
            if one.numbers[before] == other.numbers[after]:
                continue
            if before not in one.own and after not in other.own:
                yield Apart(box, before, after)
                continue
            both = before in one.own and after in other.own and one.own[before] == other.own[after]
            if both or one.height[before] == other.height[after]:
                for each in self.changed(before, after, box):
                    for part, then in one.led(before, each):
                        stack.extend((last, then, there) for last, there in other.led(after, part))
            elif one.height[before] > other.height[after]:
                stack.extend((part, then, after) for part, then in one.led(before, box))
            else:
                stack.extend((part, before, then) for part, then in other.led(after, box))

    def changed(self, before: Target, after: Target, box: Box) -> Iterator[Box]:
        """The parts of a box for which two steps may differ: of long checks, where a line is true that has changed."""
        one, other = self.sides[0].tree.at(before), self.sides[1].tree.at(after)
        if not isinstance(one, p.Check) or not isinstance(other, p.Check) or len(one.lines) <= _FEW:
            yield box
            return
        if max(one.last_resort, other.last_resort) >= 0:
            yield box
            return
        seen: list[Box] = []
        for side, check, indexes in zip(self.sides, (one, other), self._unlike(before, after), strict=True):
            for index in indexes:
                last = index == len(check.lines) - 1
                for each in self._rest(side, check, box) if last else side.true(check, index, box):
                    yield from self.boxes.without(each, seen)
                    seen.append(each)

    def _rest(self, side: _Side, check: p.Check, box: Box) -> Iterator[Box]:
        """The parts of a box in which no line is true but the last."""
        above = [each for index in range(len(check.lines) - 1) for each in side.true(check, index, box)]
        return self.boxes.without(box, above)

    def _unlike(self, before: Target, after: Target) -> tuple[list[int], list[int]]:
        """The lines of two checks that are not there in the other, in the same order and leading to the same."""
        made: dict[object, int] = {}
        told: list[list[int]] = []
        for side, place in zip(self.sides, (before, after), strict=True):
            said: Any = side.own[place]
            lines = side.tree.at(place).lines  # type: ignore[union-attr] # a check
            told.append(
                [
                    made.setdefault((*each, side.numbers[line.target]), len(made))
                    for each, line in zip(said, lines, strict=True)
                ]
            )
        found: tuple[list[int], list[int]] = ([], [])
        for tag, low, high, from_, to in SequenceMatcher(None, told[0], told[1], autojunk=False).get_opcodes():
            if tag != "equal":
                found[0].extend(range(low, high))
                found[1].extend(range(from_, to))
        return found


_FEW = 8
"""So few lines of a check are simply gone through."""
