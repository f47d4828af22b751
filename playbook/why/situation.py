"""A decided case among all the others that could have started where it did."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.engine import Pending, walk
from playbook.record import Record
from playbook.regions.space import NOT_ASKED
from playbook.regions.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from playbook.engine import Decided
    from playbook.protocol import Answer, Question, Target
    from playbook.regions.space import Axis


class Sort(Record):
    """Answers that lead alike: `answer` is one of them; where it is a number, all from `low` to `high` are."""

    answer: Answer
    low: int = 0
    high: int = 0


class Situation:
    """A decided case, what it needed to be decided, and where other answers lead."""

    def __init__(self, case: Decided) -> None:
        """Put the steps together that the case could have taken."""
        own = case.pack.protocols[case.protocol]
        # What was answered otherwise than the protocol is given was asked like any other question.
        kept = {name: each for name, each in own.given.items() if case.answers[name] == each}
        self.pack = case.pack._replace(
            protocols={**case.pack.protocols, own.id: own._replace(given=kept)},
        )
        self.case, self.protocol, self.given = case, case.protocol, kept
        self.answers = {name: each for name, each in case.answers.items() if name not in kept}
        self.outcome = p.Target(case.outcome.protocol, case.outcome.id)
        self.tree = Tree(self.pack)
        self.space, self.graph = self.tree.space, self.tree.diagrams
        self.ends = self.tree.outcomes(case.protocol)
        self.values = self.space.given(self.answers)

    def needed(self, answers: Mapping[str, Answer]) -> tuple[str, ...]:
        """The questions that a case needs to be decided, in the order in which they come; all of them are answered."""
        known: dict[str, Answer] = {}
        while isinstance(state := walk(self.pack, self.protocol, known), Pending):
            known[state.question.id] = answers[state.question.id]
        return tuple(known)

    def levels(self, name: str) -> range:
        """The levels of a question."""
        axis = self.space.axes[name]
        return range(axis.level, axis.end)

    def reached(self, ends: int) -> tuple[Target, ...]:
        """The outcomes that a diagram of them has, in the order of the files."""
        found = {self.graph.value[leaf] for leaf in self.graph.leaves(ends) if leaf}
        return tuple(place for place in self.pack.places if place in found)

    def around(self, name: str, answers: Mapping[str, Answer]) -> int:
        """Where the answers to one question lead, all else as it was answered."""
        return self.graph.fixed(self.ends, self.space.given({each: answers[each] for each in answers if each != name}))

    def sorts(self, name: str, ticked: Answer = None) -> Iterator[tuple[Sort, dict[int, int]]]:
        """The answers to a question that may be told apart, as values of levels.

        Those of a `many` are one tick away from `ticked`.
        """
        axis = self.space.axes[name]
        if axis.question.kind == p.MANY:
            yield from self._ticks(axis, ticked)
        else:
            bounds = _bounds(axis) if axis.question.kind == p.NUMBER else [(0, 0)] * len(axis.answers)
            for value, (answer, (low, high)) in enumerate(zip(axis.answers, bounds, strict=True), NOT_ASKED + 1):
                yield Sort(answer, low, high), {axis.level: value}
        if axis.question.unknown:
            yield Sort(None), {axis.level: axis.unknown}

    def _ticks(self, axis: Axis, ticked: Answer) -> Iterator[tuple[Sort, dict[int, int]]]:
        before = set(ticked) if isinstance(ticked, tuple) else set[str]()
        tried = [before] if ticked is None else []
        tried += [before ^ {each} for each in axis.question.ids]
        for each in tried:
            answer = tuple(one for one in axis.question.ids if one in each)
            yield Sort(answer), self.space.given({axis.question.id: answer})


def _bounds(axis: Axis) -> Iterator[tuple[int, int]]:
    """The first and the last number of each stretch."""
    question = axis.question
    shown = [each for each in axis.answers if isinstance(each, int)]
    if question.worse == "lower":  # then the last of each stretch stands for it
        yield from ((before + 1, last) for before, last in pairwise([question.low - 1, *shown]))
    else:
        yield from ((first, after - 1) for first, after in pairwise([*shown, question.high + 1]))


def merged(question: Question, sorts: Iterable[Sort]) -> tuple[Sort, ...]:
    """Stretches of numbers that follow each other as one."""
    found: list[Sort] = []
    for each in sorts:
        last = found[-1] if found else None
        follows = last is not None and last.answer is not None and each.answer is not None
        if question.kind == p.NUMBER and follows and last is not None and last.high + 1 == each.low:
            found[-1] = last._replace(high=each.high)
        else:
            found.append(each)
    return tuple(found)
