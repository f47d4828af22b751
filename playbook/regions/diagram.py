"""Decision diagrams with many values, hash-consed: equal functions of the answers are one node, and comparing is free.

A node branches on one level, with a child for each value; a leaf holds what the function comes to. Levels stand in one
fixed order. There is no node that would not matter: one whose children are all the same is that child.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    How = Callable[..., object]

MOST_NODES = 300_000
"""How many nodes a protocol may take before it counts as too large."""
MOST_LOOKS = 4_000_000
"""How often nodes may be put together before it counts as too large: a bound of time that no machine changes."""
BETWEEN = 2_000
"""How many looks lie between two at the clock, where there is one."""
_AS_ONE = 16
"""Children that cost as much as a node does; one with more of them counts as several."""
BOTTOM = 1 << 30
"""The level of the leaves: below all others."""


class Spent(Exception):  # noqa: N818 - no error of the pack, nor of ours
    """The budget is spent: nothing is decided by what is there so far."""


class Diagrams:
    """All nodes that were made so far, by number; 0 is the leaf False, 1 is True."""

    def __init__(
        self, most_nodes: int = MOST_NODES, most_looks: int = MOST_LOOKS, late: Callable[[], bool] | None = None
    ) -> None:
        """Start with the two leaves of a set; `late` says now and then whether there is no more time."""
        self.late = late
        self.level: list[int] = []
        self.kids: list[tuple[int, ...]] = []
        self.value: dict[int, Any] = {}
        self.most_nodes, self.looks_left = most_nodes, most_looks
        self._room = most_nodes
        self._known: dict[object, int] = {}
        self._joined: dict[tuple[object, int, int], int] = {}
        self._leaves: dict[int, tuple[int, ...]] = {}
        self._masks: dict[tuple[int, int], int] = {}
        for each in (False, True):
            self._made((bool, each), BOTTOM, (), each)

    def leaf(self, value: object) -> int:
        """The leaf that holds `value`."""
        if value is True or value is False:
            return int(value)
        return self._made((type(value), value), BOTTOM, (), value)

    def node(self, level: int, kids: Iterable[int]) -> int:
        """The node that branches on `level`, or its only child where all are the same."""
        found = tuple(kids)
        first = found[0]
        if found.count(first) == len(found):
            return first
        number = self._known.get((level, found))
        return self._made((level, found), level, found) if number is None else number

    def _made(self, key: object, level: int, kids: tuple[int, ...], value: object = None) -> int:
        number = self._known.get(key)
        if number is None:
            number = len(self.level)
            self._room -= 1 + len(kids) // _AS_ONE
            if self._room < 0:
                raise Spent
            self._known[key] = number
            self.level.append(level)
            self.kids.append(kids)
            if level == BOTTOM:
                self.value[number] = value
        return number

    def join(self, how: How, one: int, other: int) -> int:
        """What `how` makes of two functions, answer by answer. `how` must give the same for the same, always."""
        above, below = self.level[one], self.level[other]
        if above == BOTTOM == below:
            return self.leaf(how(self.value[one], self.value[other]))
        if not (one and other) and how in _FALSE:
            return 0 if _FALSE[how] else one + other
        key = (how, one, other)
        found = self._joined.get(key)
        if found is None:
            self.look(one if above < below else other)
            kids, join = list[int](), self.join
            # Loops and no comprehensions: a frame less for each level.
            if above == below:
                for left, right in zip(self.kids[one], self.kids[other], strict=True):
                    kids.append(join(how, left, right))
            elif above < below:
                for left in self.kids[one]:
                    kids.append(join(how, left, other))
            else:
                for right in self.kids[other]:
                    kids.append(join(how, one, right))
            found = self._joined[key] = self.node(min(above, below), kids)
        return found

    def look(self, node: int = 0) -> None:
        """Spend a look at a node, more for one with many children. Raises Spent where none is left."""
        before = self.looks_left
        self.looks_left = left = before - 1 - len(self.kids[node]) // _AS_ONE
        if left < 0 or (self.late and left // BETWEEN != before // BETWEEN and self.late()):
            raise Spent

    def both(self, one: int, other: int) -> int:
        """The answers in both sets."""
        if other in (one, 1):
            return one
        return other if one == 1 else 0 if 0 in (one, other) else self.join(_both, *sorted((one, other)))

    def either(self, one: int, other: int) -> int:
        """The answers in either set."""
        if other in (one, 0):
            return one
        return other if one == 0 else 1 if 1 in (one, other) else self.join(_either, *sorted((one, other)))

    def without(self, one: int, other: int) -> int:
        """The answers in one set that are not in the other."""
        if other in (0, one):
            return 0 if other else one
        return self.join(_without, one, other)

    def unlike(self, one: int, other: int) -> int:
        """The answers for which two functions come to different things."""
        if one == other:
            return 0
        key = (Diagrams.unlike, one, other)
        found = self._joined.get(key)
        if found is None:
            self.look()
            top = min(self.level[one], self.level[other])
            if top == BOTTOM:
                return 1
            left = self.kids[one] if self.level[one] == top else None
            right = self.kids[other] if self.level[other] == top else None
            kids = []
            for at in range(len(left or right or ())):
                kids.append(self.unlike(left[at] if left else one, right[at] if right else other))  # noqa: PERF401 - as above
            found = self._joined[key] = self.node(top, kids)
        return found

    def within(self, where: int, function: int) -> int:
        """The function where a set holds, False elsewhere."""
        if where in (0, 1):
            return function if where else 0
        return self.join(_within, where, function)

    def union(self, one: int, other: int) -> int:
        """Two functions as one; where both say something, they may not differ."""
        if other in (one, 0):
            return one
        return other if one == 0 else self.join(_union, one, other)

    def mapped(self, how: How, function: int) -> int:
        """What `how` makes of what a function comes to."""
        made: dict[int, int] = {}

        def look(node: int) -> int:
            if node not in made:
                if self.level[node] == BOTTOM:
                    made[node] = self.leaf(how(self.value[node]))
                else:
                    made[node] = self._again(node, look)
            return made[node]

        return look(function)

    def _again(self, node: int, look: Callable[[int], int]) -> int:
        """A node with each child exchanged."""
        self.look(node)
        kids = []
        for each in self.kids[node]:
            kids.append(look(each))  # noqa: PERF401 - a frame less for each level
        return self.node(self.level[node], kids)

    def where(self, function: int, leaf: int) -> int:
        """The set of answers for which a function comes to a leaf."""
        key = (function, leaf)
        if key not in self._masks:
            value = self.value[leaf]
            self._masks[key] = self.mapped(
                lambda each: each is value or (each == value and type(each) is type(value)), function
            )
        return self._masks[key]

    def leaves(self, function: int) -> tuple[int, ...]:
        """Every leaf that a function has, in the order in which they were made."""
        if function not in self._leaves:
            seen, pending = {function}, [function]
            while pending:
                new = set(self.kids[pending.pop()]) - seen
                seen |= new
                pending.extend(new)
            self._leaves[function] = tuple(sorted(each for each in seen if self.level[each] == BOTTOM))
        return self._leaves[function]

    def below(self, function: int) -> list[int]:
        """The nodes of a function that branch, itself first."""
        seen, pending = {function: None}, [function]
        while pending:
            for each in self.kids[pending.pop()]:
                if each not in seen:
                    seen[each] = None
                    pending.append(each)
        return [each for each in seen if self.level[each] != BOTTOM]

    def support(self, function: int) -> set[int]:
        """The levels that a function depends on."""
        return {self.level[each] for each in self.below(function)}

    def fixed(self, function: int, values: Mapping[int, int]) -> int:
        """The function where these levels have these values."""
        made: dict[int, int] = {}

        def look(node: int) -> int:
            if self.level[node] == BOTTOM:
                return node
            if node not in made:
                at = values.get(self.level[node])
                made[node] = self._again(node, look) if at is None else look(self.kids[node][at])
            return made[node]

        return look(function)

    def forgotten(self, region: int, kept: Container[int]) -> int:
        """The set without the levels that are not kept: what is left may be so with some value of theirs."""
        made: dict[int, int] = {}

        def look(node: int) -> int:
            if self.level[node] == BOTTOM:
                return node
            if node not in made:
                if self.level[node] in kept:
                    made[node] = self._again(node, look)
                else:
                    self.look(node)
                    found = 0
                    for each in self.kids[node]:
                        found = self.either(found, look(each))
                    made[node] = found
            return made[node]

        return look(region)


def _both(one: object, other: object) -> object:
    return bool(one and other)


def _either(one: object, other: object) -> object:
    return bool(one or other)


def _without(one: object, other: object) -> object:
    return bool(one and not other)


def _within(where: object, value: object) -> object:
    return value if where else False


def _union(one: object, other: object) -> object:
    return other if one is False else one


_FALSE: dict[How, bool] = {_both: True, _within: True, _either: False, _union: False}
"""Whether one function that is False settles it, or leaves the other as it is: so less is looked at."""
