"""Numbers that conditions compare with: each comparison, the two numbers on either side of its edge, where it is tried.

A condition is tried where a case comes to it. A number counts only where the condition could not be decided without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.conditions import expression as ex
from playbook.conditions.condition import Need, atoms
from playbook.conditions.scope import number
from playbook.engine import Decided
from playbook.protocol import Check
from playbook.record import Record
from playbook.redlines import lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playbook.conditions.condition import Condition
    from playbook.diagnostics import Span
    from playbook.engine import Pending
    from playbook.protocol import Action, Avoid, Fact, Line, Pack, RedLine

    Part = Line | Action | Avoid | RedLine


class Comparison(Record):
    """A question's number compared with a constant; `sides` are the numbers next to its edge, the smaller one first."""

    question: str
    text: str
    span: Span
    """Where the line, fact or action stands whose condition it is part of."""
    sides: tuple[int, int]


class Boundaries:
    """The comparisons of a pack, by condition."""

    def __init__(self, pack: Pack) -> None:
        """Look at a condition when it is asked for."""
        self.pack = pack
        # By the number of an object of the pack, which lives as long as the pack does.
        self._found: dict[int, tuple[Comparison, ...]] = {}
        self._steps: dict[tuple[int, int], tuple[tuple[Condition, tuple[Comparison, ...]], ...]] = {}
        self._outcomes: dict[int, tuple[tuple[Condition, tuple[Comparison, ...]], ...]] = {}

    def of(self, when: Condition, span: Span) -> tuple[Comparison, ...]:
        """What a condition compares, with the facts it rests on; `span` is where it stands."""
        if id(when) not in self._found:
            self._found[id(when)] = tuple(dict.fromkeys(self._compared(when, span)))
        return self._found[id(when)]

    def _compared(self, when: Condition, span: Span) -> Iterator[Comparison]:
        pending, seen = [(when, span)], set[str]()
        while pending:
            condition, at = pending.pop()
            for atom in atoms(condition.expression):
                fact = self.pack.facts.get(atom.name)
                if isinstance(atom, ex.Compare):
                    yield self._comparison(atom, condition, at)
                elif fact is not None and fact.id not in seen:
                    seen.add(fact.id)
                    pending += reversed([*_conditions(fact)])

    def _comparison(self, atom: ex.Compare, condition: Condition, span: Span) -> Comparison:
        constant = number(atom.constant, condition.scope.limits) or 0
        limit = atom.constant.limit
        text = f"{atom.name} {atom.op} " + (f"limits.{limit} ({constant})" if limit else f"{constant}")
        question = self.pack.questions[atom.name]
        beside = constant + 1 if atom.op in (">", "<=") or constant == question.low else constant - 1
        low, high = sorted((constant, beside))
        return Comparison(atom.name, text, span, (low, high))

    def tried(self, case: Pending | Decided) -> Iterator[tuple[Comparison, int]]:
        """Every comparison that a case tries with a number next to its edge, and that number."""
        for when, compared in self._come_to(case):
            for each in compared:
                value = case.answers.get(each.question)
                if value in each.sides and self._matters(case, when, each.question):
                    yield each, int(value)

    def _come_to(self, case: Pending | Decided) -> Iterator[tuple[Condition, tuple[Comparison, ...]]]:
        """The conditions that a case comes to and that compare something, with what they compare."""
        for passed in case.path:
            if isinstance(passed.step, Check):
                key = (id(passed.step), int(passed.taken))
                if key not in self._steps:
                    self._steps[key] = self._comparing(passed.step.lines[: key[1] + 1])
                yield from self._steps[key]
        if isinstance(case, Decided):
            if id(case.outcome) not in self._outcomes:
                self._outcomes[id(case.outcome)] = tuple(
                    pair for level in case.levels for pair in self._comparing((*level.actions, *level.avoid))
                )
            yield from self._outcomes[id(case.outcome)]
            yield from self._comparing(lines(case))

    def _comparing(self, parts: Iterable[Part]) -> tuple[tuple[Condition, tuple[Comparison, ...]], ...]:
        every = ((when, self.of(when, span)) for when, span in conditioned(parts))
        return tuple((when, compared) for when, compared in every if compared)

    def _matters(self, case: Pending | Decided, when: Condition, question: str) -> bool:
        """Whether a condition cannot be decided without the answer to a question."""
        verdict = when.value({name: each for name, each in case.answers.items() if name != question})
        return isinstance(verdict, Need) and verdict.question == question


def _conditions(fact: Fact) -> Iterator[tuple[Condition, Span]]:
    if fact.condition is not None:
        yield fact.condition, fact.span
    for rule in fact.rules:
        if rule.when is not None:
            yield rule.when, rule.span


def conditioned(parts: Iterable[Part]) -> Iterator[tuple[Condition, Span]]:
    """The conditions of lines, actions, avoids or red lines, with their places."""
    for each in parts:
        if each.when is not None:
            yield each.when, each.span
