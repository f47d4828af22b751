"""The questions of a pack as levels of a diagram, and sets of answers as counts and smallest cases.

Three things can be so of a question: it is not asked, it is answered, or it is answered "don't know". A number's
answers are its stretches between the constants that conditions compare it with. A `many` takes a level for whether it
is answered and one for each tick, so that its subsets are not listed.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.conditions import expression as ex
from playbook.conditions.condition import atoms, number
from playbook.record import Record
from playbook.regions.diagram import BOTTOM, Diagrams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from playbook.conditions.condition import Condition
    from playbook.protocol import Answer, Pack, Question

NOT_ASKED = 0
"""The value of a question's level where it is not asked; its answers come from 1 on, "don't know" is the last."""
_ONE_ANSWER = 1_000_000
"""What an answer costs in a search for the smallest case, where graver values cost 1 and more."""


class Axis(Record):
    """A question as levels: `level`, and for a `many` those of its ticks up to `end`."""

    question: Question
    level: int
    end: int
    answers: tuple[Answer, ...]
    """One known answer of each sort, in the order of the question; a `many` has a single one, that it is answered."""
    costs: tuple[int, ...]
    """How grave each of these is, 0 being the mildest."""

    @property
    def unknown(self) -> int:
        """The value for "don't know"."""
        return len(self.answers) + 1

    @property
    def width(self) -> int:
        """How many values its level has."""
        return len(self.answers) + 1 + self.question.unknown

    @property
    def sorts(self) -> int:
        """How many different answers it takes, "don't know" among them."""
        return (len(self.answers) << (self.end - self.level - 1)) + self.question.unknown


class Space:
    """The questions of a pack in a fixed order, with the diagrams over them."""

    refused: Mapping[str, frozenset[int]] = {}
    """The values that a question does not take: only beside another version of the pack, which takes them."""

    def __init__(self, pack: Pack, order: Iterable[str], conditions: Iterable[Condition], diagrams: Diagrams) -> None:
        """Give each question its levels: those in `order` first; `conditions` are all that compare numbers."""
        self.pack, self.diagrams = pack, diagrams
        self.axes: dict[str, Axis] = {}
        self.at: list[Axis] = []
        """The axis that each level belongs to."""
        constants = numbers(pack, conditions)
        for name in dict.fromkeys((*order, *pack.questions)):
            axis = axis_of(pack.questions[name], len(self.at), constants.get(name, set()))
            self.axes[name] = axis
            self.at.extend([axis] * (axis.end - axis.level))
        self._levels: dict[int, frozenset[int]] = {}
        self.bits = {name: 1 << index for index, name in enumerate(self.axes)}

    def names(self, mask: int) -> list[str]:
        """The questions of a set."""
        return [name for name, bit in self.bits.items() if mask & bit]

    def levels(self, mask: int) -> frozenset[int]:
        """The levels of a set of questions."""
        if mask not in self._levels:
            axes = [self.axes[name] for name in self.names(mask)]
            self._levels[mask] = frozenset(level for each in axes for level in range(each.level, each.end))
        return self._levels[mask]

    def mask(self, function: int) -> int:
        """The questions that a function depends on."""
        found = 0
        for level in self.diagrams.support(function):
            found |= self.bits[self.at[level].question.id]
        return found

    def given(self, answers: Mapping[str, Answer]) -> dict[int, int]:
        """Answers as values of levels."""
        found: dict[int, int] = {}
        for name, answer in answers.items():
            axis = self.axes[name]
            found[axis.level] = axis.unknown if answer is None else _value(axis, answer)
            for at, each in enumerate(axis.question.ids[: axis.end - axis.level - 1], axis.level + 1):
                found[at] = int(isinstance(answer, tuple) and each in answer)
        return found

    def unasked(self, mask: int) -> dict[int, int]:
        """These questions as not asked."""
        return {self.axes[name].level: NOT_ASKED for name in self.names(mask)}

    def pinned(self, values: Mapping[int, int]) -> int:
        """The set of answers with these values."""
        found = 1
        for level in sorted(values, reverse=True):
            width = self.at[level].width if self.at[level].level == level else 2
            found = self.diagrams.node(level, (found if each == values[level] else 0 for each in range(width)))
        return found

    def answered(self, name: str) -> int:
        """The set of answers in which this question has one."""
        axis, refused = self.axes[name], self.refused.get(name, ())
        taken = (int(each != NOT_ASKED and each not in refused) for each in range(axis.width))
        return self.diagrams.node(axis.level, taken)

    def refusing(self, name: str) -> int:
        """The set of answers in which this question has one that it does not take."""
        axis = self.axes[name]
        return self.diagrams.node(axis.level, (int(each in self.refused[name]) for each in range(axis.width)))

    def counts(self, function: int, weights: Mapping[int, int] | None = None) -> dict[int, int]:
        """How many combinations lead to each leaf but False.

        The function must say of each of its questions whether it is asked. `weights` are how much it counts that a
        question, by its level, is not asked: 1, unless they say otherwise.
        """
        graph, made = self.diagrams, {0: dict[int, int]()}

        def look(node: int) -> dict[int, int]:
            if node not in made:
                if graph.level[node] == BOTTOM:
                    made[node] = {node: 1}
                else:
                    made[node] = self._counted(node, look, weights or {})
            return made[node]

        return look(function)

    def _counted(self, node: int, look: Callable[[int], dict[int, int]], weights: Mapping[int, int]) -> dict[int, int]:
        level, found = self.diagrams.level[node], dict[int, int]()
        axis = self.at[level]
        first = axis.level == level
        for at, kid in enumerate(self.diagrams.kids[node]):
            times = 1
            if first and at == NOT_ASKED:
                times = weights.get(level, 1)
            elif (
                not first or at != axis.unknown
            ):  # ticks that do not matter count twice each, down to the next that does
                times = 2 ** (min(self.diagrams.level[kid], axis.end) - level - 1)
            for leaf, count in look(kid).items():
                found[leaf] = found.get(leaf, 0) + times * count
        return found

    def smallest(self, region: int) -> dict[str, Answer] | None:
        """The case of a set with the fewest answers, and of these the mildest; None where the set is empty."""
        values = self.cheapest(region)
        return None if values is None else self.case(values)

    def cheapest(self, region: int) -> dict[int, int] | None:
        """The smallest case of a set as values of levels; those it leaves open are not there."""
        graph = self.diagrams
        best: dict[int, tuple[int, int] | None] = {0: None, 1: (0, 0)}

        def look(node: int) -> tuple[int, int] | None:
            if node not in best:
                found = None
                for at, kid in enumerate(graph.kids[node]):
                    below = look(kid)
                    if below is not None:
                        cost = below[0] + self._cost(graph.level[node], at)
                        if found is None or cost < found[0]:
                            found = (cost, at)
                best[node] = found
            return best[node]

        if look(region) is None:
            return None
        values = {}
        while region != 1:
            at = (best[region] or (0, 0))[1]
            values[graph.level[region]] = at
            region = graph.kids[region][at]
        return values

    def _cost(self, level: int, value: int) -> int:
        axis = self.at[level]
        if axis.level != level:
            return value
        if value == NOT_ASKED:
            return 0
        return _ONE_ANSWER + (max(axis.costs) + 1 if value == axis.unknown else axis.costs[value - 1])

    def case(self, values: Mapping[int, int]) -> dict[str, Answer]:
        """Values of levels as answers; a level that is not there is not asked, and not ticked."""
        found: dict[str, Answer] = {}
        for name, axis in self.axes.items():
            value = values.get(axis.level, NOT_ASKED)
            ticks = [values.get(at, 0) for at in range(axis.level + 1, axis.end)]
            if value == axis.unknown:
                found[name] = None
            elif value != NOT_ASKED or any(ticks):
                ticked = tuple(each for each, on in zip(axis.question.ids, ticks, strict=False) if on)
                found[name] = ticked if axis.question.kind == p.MANY else axis.answers[value - 1]
        return found


def axis_of(question: Question, level: int, constants: set[int]) -> Axis:
    """A question as levels, the first of which is `level`; `constants` are where new stretches of a number begin."""
    if question.kind == p.MANY:
        return Axis(question, level, level + 1 + len(question.ids), ((),), (0,))
    answers: tuple[Answer, ...] = ("some text",)
    if question.kind == p.CHOICE:
        answers = question.ids
    elif question.kind == p.YES_NO:
        answers = (True, False)
    elif question.kind == p.NUMBER:
        answers = tuple(_stretches(question, constants))
    graver_first = question.worse in ("earlier", "yes", "lower")
    costs = range(len(answers))
    return Axis(question, level, level + 1, answers, tuple(reversed(costs) if graver_first else costs))


def _stretches(question: Question, constants: set[int]) -> Iterator[int]:
    """The mildest number of each stretch that no condition tells apart; `constants` are where new ones begin."""
    starts = sorted({question.low, *(each for each in constants if question.low < each <= question.high)})
    for low, after in pairwise((*starts, question.high + 1)):
        yield after - 1 if question.worse == "lower" else low


def numbers(pack: Pack, conditions: Iterable[Condition]) -> dict[str, set[int]]:
    """The numbers at which something that a condition says of a question begins or ends to hold."""
    limits = {name: limit.value for name, limit in pack.limits.items()}
    found: dict[str, set[int]] = {}
    for condition in conditions:
        for atom in atoms(condition.expression):
            if isinstance(atom, ex.Compare):
                constant = number(atom.constant, limits) or 0
                starts = {"<": (0,), ">=": (0,), ">": (1,), "<=": (1,)}.get(atom.op, (0, 1))
                found.setdefault(atom.name, set()).update(constant + each for each in starts)
    return found


def _value(axis: Axis, answer: Answer) -> int:
    """The value of a known answer."""
    kind = axis.question.kind
    if kind == p.NUMBER:
        lows = [each for each in axis.answers if isinstance(each, int)]
        if axis.question.worse == "lower":
            return next(at for at, high in enumerate(lows, 1) if answer <= high)  # type: ignore[operator]
        return sum(low <= answer for low in lows)  # type: ignore[operator]
    return 1 if kind in (p.MANY, p.TEXT) else axis.answers.index(answer) + 1
