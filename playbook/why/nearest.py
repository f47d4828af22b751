"""The nearest answers that lead to another outcome: the fewest changed, then the fewest more, then the mildest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.engine import Decided, walk
from playbook.record import Record
from playbook.regions.space import NOT_ASKED
from playbook.why.situation import Sort, merged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playbook.engine import Pending
    from playbook.protocol import Answer, Question, Target
    from playbook.regions.space import Axis
    from playbook.why.situation import Situation

    Cost = tuple[int, int, int]

NOTHING, CHANGED, ASKED = (0, 0, 0), (1, 0, 0), (0, 1, 0)


class Change(Record):
    """A question that would have to be answered so; `sorts` are all answers that would do, the others being so."""

    question: Question
    before: Answer
    answer: Answer
    sorts: tuple[Sort, ...]


class Nearest(Record):
    """The nearest case that ends elsewhere."""

    outcome: Target
    answers: dict[str, Answer]
    changes: tuple[Change, ...]
    """Answers that would have to be others, in the order in which they are asked."""
    asked: tuple[Change, ...]
    """What would be asked besides, with the answers that lead there."""


def possible(situation: Situation) -> tuple[Target, ...]:
    """Every outcome that some case with this start ends in."""
    graph = situation.graph
    found = {graph.value[leaf].outcome for leaf in graph.leaves(_cases(situation)) if leaf}
    return tuple(place for place in situation.pack.places if place in found)


def nearest(situation: Situation, wanted: Target | None = None) -> Nearest | None:
    """The nearest case with the outcome that is wanted, or with any other; None where no answers lead there."""
    graph, ends, region = situation.graph, _cases(situation), 0
    for leaf in graph.leaves(ends):
        end = graph.value[leaf]
        if end and (end.outcome == wanted if wanted else end.outcome != situation.outcome):
            region = graph.either(region, graph.where(ends, leaf))
    values = _Search(situation).cheapest(region)
    return None if values is None else _told(situation, values)


def _cases(situation: Situation) -> int:
    return situation.tree.cases(situation.protocol).ends


class _Search:
    def __init__(self, situation: Situation) -> None:
        self.space, self.graph = situation.space, situation.graph
        self.answers, self.values = situation.answers, situation.values
        self.best: dict[tuple[int, int], tuple[Cost, int] | None] = {}

    def cheapest(self, region: int) -> dict[int, int] | None:
        """The values of the nearest case in a set; what it leaves open is not there."""
        if self.look(region, NOT_ASKED - 1) is None:
            return None
        values, counted = dict[int, int](), NOT_ASKED - 1
        while region != 1:
            found = self.look(region, counted)
            at = found[1] if found else 0
            values[self.graph.level[region]] = at
            _, counted = self.step(region, at, counted)
            region = self.graph.kids[region][at]
        return values

    def look(self, node: int, counted: int) -> tuple[Cost, int] | None:
        """What it costs from a node on, and its best value; `counted` is the `many` that is known to change."""
        if node in (0, 1):
            return ((0, 0, 0), 0) if node else None
        level = self.graph.level[node]
        key = (node, counted if counted == self.space.at[level].level else NOT_ASKED - 1)
        if key not in self.best:
            found: tuple[Cost, int] | None = None
            for at, kid in enumerate(self.graph.kids[node]):
                cost, now = self.step(node, at, key[1])
                below = self.look(kid, now)
                if below is not None:
                    total = _sum(cost, below[0])
                    if found is None or total < found[0]:
                        found = (total, at)
            self.best[key] = found
        return self.best[key]

    def step(self, node: int, at: int, counted: int) -> tuple[Cost, int]:
        """What it costs that a node takes a value, and the `many` that is known to change by then."""
        level = self.graph.level[node]
        axis = self.space.at[level]
        first, known = axis.level == level, axis.question.id in self.answers
        if (first and at == NOT_ASKED) or (known and at == self.values[level]):
            return NOTHING, counted
        mild = _mild(axis, at) if first else 1
        if not known:
            return ((0, 1, mild) if first else (0, 0, at)), counted
        changes = int(counted != axis.level)
        return (changes, 0, mild), axis.level


def _sum(one: Cost, other: Cost) -> Cost:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _mild(axis: Axis, value: int) -> int:
    """How grave an answer is, 0 being the mildest; "don't know" is graver than all."""
    return max(axis.costs) + 1 if value == axis.unknown else axis.costs[value - 1]


def _told(situation: Situation, values: Mapping[int, int]) -> Nearest:
    """The nearest case, walked by the engine."""
    answers = dict(_answers(situation, values))
    outcome = _ended(walk(situation.pack, situation.protocol, answers))
    names = situation.needed(answers)
    kept = {name: each for name, each in answers.items() if name in names}
    every = [_change(situation, name, kept, outcome) for name in names]
    changes = [each for each in every if each.question.id in situation.answers and each.answer != each.before]
    asked = [each for each in every if each.question.id not in situation.answers]
    return Nearest(outcome, kept, tuple(changes), tuple(asked))


def _ended(case: Decided | Pending) -> Target:
    if isinstance(case, Decided):  # pragma: no branch - else it is a fault of ours
        return p.Target(case.outcome.protocol, case.outcome.id)
    raise AssertionError(case)  # pragma: no cover - as above


def _answers(situation: Situation, values: Mapping[int, int]) -> Iterator[tuple[str, Answer]]:
    """The values of levels as answers: those that stay are as they were given."""
    for name, axis in situation.space.axes.items():
        value = values.get(axis.level, NOT_ASKED)
        if value == NOT_ASKED or name in situation.given:
            continue
        levels = situation.levels(name)
        open_ = {level: situation.values.get(level, 0) for level in levels}
        now = {level: values.get(level, open_[level]) for level in levels}
        if name in situation.answers and now == open_:
            yield name, situation.answers[name]
        else:
            yield name, situation.space.case(now)[name]


def _change(situation: Situation, name: str, answers: Mapping[str, Answer], outcome: Target) -> Change:
    question, answer = situation.space.axes[name].question, answers[name]
    around = situation.around(name, answers)
    fits: list[Sort] = [Sort(answer)]
    if question.kind != p.MANY:
        every = situation.sorts(name)
        fits = [
            sort for sort, values in every if situation.reached(situation.graph.fixed(around, values)) == (outcome,)
        ]
    return Change(question, situation.answers.get(name), answer, merged(question, fits))
