"""Where a condition may be true of a case, whatever was asked in it: what red lines speak of.

What was answered is so. Where the answer was "don't know", any value may be so; where nothing was asked, any answer
might be given, "don't know" too. `is known` and `is unknown` speak of the answer.

First a condition is made over pairs of an answer and what is so, with two values only; then the pairs that a case
leaves open are joined. In these diagrams a question's level has a value for each known answer, and behind them one for
each thing that may be so where the answer is "don't know". The ticks of a `many` say what is so in either case.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.conditions import expression as ex
from playbook.conditions.condition import holds
from playbook.regions.diagram import BOTTOM
from playbook.regions.saying import Saying, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playbook.conditions.condition import Atom, Condition, Scope
    from playbook.protocol import Answer, Fact
    from playbook.regions.space import Axis


class Truth:
    """The conditions of a pack by what is so; each is made once."""

    def __init__(self, saying: Saying) -> None:
        """Start with none."""
        self.saying, self.space, self.diagrams = saying, saying.space, saying.diagrams
        self._regions: dict[Condition, int] = {}
        self._facts: dict[str, int] = {}

    def may_hold(self, condition: Condition) -> int:
        """The cases, by the answers they have, of which a condition may be true."""
        if condition not in self._regions:
            self._regions[condition] = self._left_open(self._expression(condition.expression, condition.scope))
        return self._regions[condition]

    def so(self, condition: Condition, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """What may be so, of what these answers leave open, for a condition to be true that may be."""
        graph, given = self.diagrams, self.space.given(answers)
        region = self._expression(condition.expression, condition.scope)
        for level in sorted(graph.support(region), reverse=True):
            axis = self.space.at[level]
            value = given.get(axis.level)
            if level == axis.level and value is not None:
                known = len(axis.answers)
                open_ = {value - 1} if value != axis.unknown else range(known, known * 2)
                fits = graph.node(level, [int(at in open_) for at in range(known + self._unsure(axis))])
                region = graph.both(region, fits)
            elif level != axis.level and value not in (None, axis.unknown):
                region = graph.both(region, self.space.pinned({level: given[level]}))
        values: dict[int, int] = {}
        while region != 1:
            at, level = next(at for at, kid in enumerate(graph.kids[region]) if kid), graph.level[region]
            axis = self.space.at[level]
            values[level] = at
            if level == axis.level:
                in_vain = at >= len(axis.answers) and axis.question.id not in answers
                values[level] = axis.unknown if in_vain else at % len(axis.answers) + 1
            region = graph.kids[region][at]
        ticked = {self.space.at[level].level: 1 for level in values if level != self.space.at[level].level}
        found = self.space.case({**ticked, **values})
        return {name: each for name, each in found.items() if answers.get(name) is None}

    def _expression(self, part: ex.Expression, scope: Scope) -> int:
        """Where an expression is true, over pairs."""
        if isinstance(part, ex.Not):
            return self.diagrams.mapped(operator.not_, self._expression(part.part, scope))
        if isinstance(part, ex.And | ex.Or):
            join = self.diagrams.both if isinstance(part, ex.And) else self.diagrams.either
            found = self._expression(part.parts[0], scope)
            for each in part.parts[1:]:
                found = join(found, self._expression(each, scope))
            return found
        if part.name not in self.space.pack.facts:
            return self._atom(part, scope)
        if isinstance(part, ex.Known):
            known = part.known
            answered = self.diagrams.mapped(lambda said: (said != Value(None)) is known, self.saying.fact(part.name))
            return self._lifted(answered)
        satisfies = holds(part, scope)
        return self.diagrams.mapped(lambda value: bool(satisfies(value.value)), self._fact(part.name))

    def _atom(self, atom: Atom, scope: Scope) -> int:
        axis, leaf = self.space.axes[atom.name], self.diagrams.leaf
        if isinstance(atom, ex.Known):
            known = [leaf(atom.known)] * len(axis.answers)
            return self.diagrams.node(axis.level, known + [leaf(not atom.known)] * self._unsure(axis))
        if isinstance(atom, ex.Tick) and axis.question.kind == p.MANY:
            return self.saying.ticks(atom, yes=True, no=False)
        satisfies = holds(atom, scope)
        known = [leaf(bool(satisfies(each))) for each in axis.answers]
        return self.diagrams.node(axis.level, known + known[: self._unsure(axis)])

    @staticmethod
    def _unsure(axis: Axis) -> int:
        """How many pairs have "don't know" for the answer."""
        return len(axis.answers) if axis.question.unknown else 0

    def _fact(self, name: str) -> int:
        """What a fact is where all is so, over pairs; a Value for each leaf."""
        if name not in self._facts:
            self._facts[name] = self._settled(self.space.pack.facts[name])
        return self._facts[name]

    def _settled(self, fact: Fact) -> int:
        if fact.condition is not None:
            return self.diagrams.mapped(_value, self._expression(fact.condition.expression, fact.condition.scope))
        found = 0
        for rule in reversed(fact.rules):
            value = self.diagrams.leaf(Value(rule.value))
            if rule.when is None:
                found = value
            else:
                where = self._expression(rule.when.expression, rule.when.scope)
                rest = self.diagrams.within(self.diagrams.mapped(operator.not_, where), found)
                found = self.diagrams.union(self.diagrams.within(where, value), rest)
        return found

    def _lifted(self, function: int) -> int:
        """What is said of the answers, over pairs."""
        graph, made = self.diagrams, dict[int, int]()

        def look(node: int) -> int:
            if graph.level[node] == BOTTOM:
                return node
            if node not in made:
                axis = self.space.at[graph.level[node]]
                kids = [look(each) for each in graph.kids[node]]
                if axis.level == graph.level[node]:
                    kids = kids[1 : axis.unknown] + kids[axis.unknown :] * self._unsure(axis)
                made[node] = graph.node(graph.level[node], kids)
            return made[node]

        return look(function)

    def _left_open(self, function: int) -> int:
        """The cases that leave open a pair for which a function over pairs is true."""
        graph, made = self.diagrams, dict[int, int]()

        def look(node: int) -> int:
            if graph.level[node] == BOTTOM:
                return node
            if node not in made:
                axis = self.space.at[graph.level[node]]
                pairs = len(axis.answers) + self._unsure(axis)
                kids = graph.kids[node] if graph.level[node] == axis.level else (node,) * pairs
                told = [ticks(each, axis.end) for each in kids]
                anything = [graph.forgotten(each, range(axis.end, BOTTOM)) for each in told]
                known, unsure = told[: len(axis.answers)], anything[len(axis.answers) :]
                unknown = [self._any(unsure)] if unsure else []
                made[node] = graph.node(axis.level, (self._any(anything), *known, *unknown))
            return made[node]

        def ticks(node: int, end: int) -> int:
            if graph.level[node] >= end:
                return look(node)
            return graph.node(graph.level[node], [ticks(each, end) for each in graph.kids[node]])

        return look(function)

    def _any(self, regions: list[int]) -> int:
        found = 0
        for each in regions:
            found = self.diagrams.either(found, each)
        return found


def _value(verdict: bool) -> Value:  # noqa: FBT001 - a leaf
    return Value(verdict)
