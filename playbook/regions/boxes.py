"""Sets of answers as boxes: for each question the answers that are still open.

A box is one number: each level of the space has a field in it, with a bit for each answer, "don't know" among them, and
a bit above that stays free. So two boxes are met, and a box is looked through for an empty field, in one step for all
questions at once. Whether a question was asked is not told apart here: a box speaks of all answers that may be given.

What a condition says is one box where it is a list of comparisons that must all hold, and a few otherwise; a decision
that is written as a tree stays a list of boxes as long as itself, in whatever order it looks at the questions. There is
no such promise for conditions that cross, hence the budget.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from playbook.conditions import expression as ex
from playbook.conditions.condition import number
from playbook.regions.diagram import BOTTOM, Spent
from playbook.regions.saying import FALSE, TRUE, Saying

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from playbook.conditions.condition import Atom, Condition, Scope
    from playbook.protocol import Answer

    Box = int

MOST_LOOKS = 4_000_000
"""How many boxes may be looked at before it counts as too many: a bound of time that no machine changes."""


class Boxes:
    """The boxes over the questions of a pack, and its conditions as such."""

    def __init__(self, saying: Saying, most_looks: int = MOST_LOOKS) -> None:
        """Give each level its field."""
        self.saying, self.space = saying, saying.space
        self.looks_left = most_looks
        self.fields: list[int] = []
        """The bits of each level's field."""
        self.at: list[int] = []
        """The level of each bit."""
        self.low = self.guard = 0
        for level, axis in enumerate(self.space.at):
            width = axis.width - 1 if axis.level == level else 2
            start = len(self.at)
            self.fields.append(((1 << width) - 1) << start)
            self.guard |= 1 << start + width
            self.at += [level] * (width + 1)
        self.all = self.low = sum(self.fields)
        self._conditions: dict[tuple[Condition, bool], tuple[Box, ...]] = {}
        self._atoms: dict[object, tuple[Box, ...]] = {}

    def alive(self, box: Box) -> bool:
        """Whether a box has an answer left for every question."""
        return (box + self.low) & self.guard == self.guard

    def whole(self, bits: int) -> int:
        """All bits of the fields of which some are here."""
        found = 0
        while bits:
            field = self.fields[self.at[(bits & -bits).bit_length() - 1]]
            found |= field
            bits &= ~field
        return found

    def value(self, level: int, value: int) -> int:
        """The bit of a level's value, as the space counts it: answers from 1 on, ticks from 0."""
        first = self.space.at[level].level == level
        lowest = self.fields[level] & -self.fields[level]
        return lowest << (value - 1 if first else value)

    def pinned(self, values: Mapping[int, int]) -> Box:
        """The box with these values of levels, at which all questions are answered."""
        found = self.all
        for level, value in values.items():
            found = found & ~self.fields[level] | self.value(level, value)
        return found

    def answers(self, box: Box) -> dict[int, int]:
        """The mildest values that a box leaves open, of the levels that it does not leave open altogether."""
        found = {}
        for level, field in enumerate(self.fields):
            if box & field != field:
                axis, lowest = self.space.at[level], field & -field
                first = axis.level == level
                open_ = [at for at in range(field.bit_count()) if box & lowest << at]
                costs = (*axis.costs, len(axis.costs)) if first else (0, 1)
                at = min(open_, key=costs.__getitem__)
                found[level] = at + 1 if first else at
        return found

    def when(self, condition: Condition, *, true: bool = True) -> tuple[Box, ...]:
        """Where a condition is true (or false) by the answers: boxes that may overlap."""
        key = (condition, true)
        if key not in self._conditions:
            self._conditions[key] = self._part(condition.expression, condition.scope, true)
        return self._conditions[key]

    def _part(self, part: ex.Expression, scope: Scope, true: bool) -> tuple[Box, ...]:  # noqa: FBT001 - a verdict
        if isinstance(part, ex.Not):
            return self._part(part.part, scope, not true)
        if not isinstance(part, ex.And | ex.Or):
            key = (_key(part), true)
            if key not in self._atoms:
                self._atoms[key] = tuple(self._atom(part, scope, TRUE if true else FALSE))
            return self._atoms[key]
        if isinstance(part, ex.And) is true:
            plain = self.all
            several: list[tuple[Box, ...]] = []
            for each in part.parts:
                boxes = self._part(each, scope, true)
                if len(boxes) == 1:
                    plain &= boxes[0]
                else:
                    several.append(boxes)
            found: tuple[Box, ...] = (plain,) if self.alive(plain) else ()
            for boxes in several:
                found = self.met(found, boxes)
            return found
        return tuple({box: None for each in part.parts for box in self._part(each, scope, true)})

    def _atom(self, atom: Atom, scope: Scope, leaf: object) -> Iterator[Box]:
        """Where a comparison comes to a leaf of `saying`; facts and ticks by their diagrams, which are small."""
        graph, axes = self.saying.diagrams, self.space.axes
        if isinstance(atom, ex.Compare):
            axis = axes[atom.name]
            found = _among(axis.answers, atom.op, number(atom.constant, scope.limits) or 0)
            found = found if leaf == TRUE else ((1 << len(axis.answers)) - 1) ^ found
            yield self.all & ~self.fields[axis.level] | found * self.value(axis.level, 1)
            return
        said = self.saying.part(atom, scope)
        yield from self.paths(said, graph.leaf(leaf))

    def paths(self, function: int, leaf: int) -> Iterator[Box]:
        """The boxes in which a diagram comes to a leaf where all questions are answered: no two overlap."""
        graph = self.saying.diagrams
        stack = [(function, self.all)]
        while stack:
            node, box = stack.pop()
            if graph.level[node] == BOTTOM:
                if node == leaf:
                    yield box
                continue
            self.look()
            level, leads = graph.level[node], dict[int, int]()
            for value, kid in enumerate(graph.kids[node]):
                if value or self.space.at[level].level != level:
                    leads[kid] = leads.get(kid, 0) | self.value(level, value)
            rest = box & ~self.fields[level]
            stack.extend((kid, rest | bits) for kid, bits in leads.items())

    def met(self, some: Sequence[Box], others: Sequence[Box]) -> tuple[Box, ...]:
        """What is in one of the first and in one of the others."""
        low, guard = self.low, self.guard
        self.look(len(some) * len(others))
        every = (one & other for one in some for other in others)
        return tuple(box for box in every if (box + low) & guard == guard)

    def look(self, times: int = 1) -> None:
        """Count what is looked at. Raises Spent where it is too much."""
        self.looks_left -= times
        if self.looks_left < 0:
            raise Spent

    def without(self, box: Box, others: Iterable[Box]) -> Iterator[Box]:
        """What is left of a box without others: boxes that do not overlap.

        It is parted by the box that has the fewest questions left to differ in, by that of them which most others look
        at. So a list that was written as a tree is parted as that tree; and a box that leaves one question is not
        tried both ways.
        """
        low, guard = self.low, self.guard
        stack = [(box, [*others])]
        while stack:
            box, others = stack.pop()
            self.look(len(others) + 1)
            live = [shared for other in others if ((shared := other & box) + low) & guard == guard]
            if not live:
                yield box
            elif box not in live:
                field, inside = self._parting(live, [((box ^ shared) + low) & guard for shared in live])
                stack.append((box & ~field | box & field & ~inside, live))
                stack.append((box & ~field | inside, live))

    def _parting(self, live: list[Box], differing: list[int]) -> tuple[int, int]:
        """The field to part a box by, and the answers that go one way; `differing` are the fields that others part."""
        fewest = min(filter(None, differing), key=int.bit_count)
        some = differing if len(differing) <= _SAMPLE else differing[:: len(differing) // _SAMPLE]
        fields, most, best = fewest, -1, 0
        while fields:
            bit = fields & -fields
            fields ^= bit
            looked = sum(map(bit.__and__, some)) >> bit.bit_length() - 1
            if looked > most:
                most, best = looked, bit
        field = self.fields[self.at[best.bit_length() - 1]]
        return field, live[differing.index(fewest)] & field

    def overlapping(self, boxes: Sequence[tuple[Box, int]]) -> dict[tuple[int, int], Box]:
        """Which of these boxes overlap: pairs of the numbers beside them, the lower first, each with what is in both.

        Boxes are parted as long as few fall on both sides, so that most pairs are never looked at.
        """
        found: dict[tuple[int, int], Box] = {}
        low, guard = self.low, self.guard
        stack = [(self.all, sorted(boxes, key=_number))]
        while stack:
            whole, some = stack.pop()
            parted = self._parted(whole, some) if len(some) > _FEW else None
            if parted is not None:
                stack += parted
                continue
            self.look(len(some) * len(some) // 4)
            for at, (box, one) in enumerate(some, 1):
                for other, two in some[at:]:
                    if ((shared := box & other) + low) & guard == guard and one != two:
                        found.setdefault((one, two), shared)
        return found

    def _parted(self, whole: Box, some: list[tuple[Box, int]]) -> list[tuple[Box, list[tuple[Box, int]]]] | None:
        """Boxes by the side of a field they are on; None where too many are on both."""
        low, guard = self.low, self.guard
        self.look(len(some))
        live = [whole & box for box, _ in some]
        differing = [((whole ^ shared) + low) & guard for shared in live]
        if not any(differing):
            return None
        field, inside = self._parting(live, differing)
        outside = whole & field & ~inside
        one = [each for each in some if each[0] & inside]
        other = [each for each in some if each[0] & outside]
        if len(one) + len(other) > len(some) * 5 // 4:
            return None
        return [(whole & ~field | inside, one), (whole & ~field | outside, other)]


def _number(numbered: tuple[Box, int]) -> int:
    return numbered[1]


_FEW = 12
"""So few boxes are held against one another, each against each."""
_SAMPLE = 32
"""How many boxes are looked at to find the question that most of them look at."""


def _among(numbers: tuple[Answer, ...], op: str, constant: int) -> int:
    """Which of some rising numbers compare so, as bits from the first."""
    whole = (1 << len(numbers)) - 1
    below, upto = (1 << bisect_left(numbers, constant)) - 1, (1 << bisect_right(numbers, constant)) - 1  # type: ignore[type-var]
    return {
        "<": below,
        "<=": upto,
        ">": whole ^ upto,
        ">=": whole ^ below,
        "==": upto ^ below,
        "!=": whole ^ upto ^ below,
    }[op]


def _key(atom: Atom) -> object:
    """A comparison without its place in the text."""
    match atom:
        case ex.Compare():
            return atom.name, atom.op, atom.constant.value, atom.constant.limit
        case ex.OneOf():
            return atom.name, atom.negated, tuple([word.id for word in atom.words])
    return type(atom), atom[:-1] if not isinstance(atom, ex.Tick) else atom[:2]
