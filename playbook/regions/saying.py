"""What conditions say by the answers that there are, as diagrams: true, false, unknown, or what must be asked first.

The same meaning as `conditions.condition` gives to one set of answers, here for all of them at once. A leaf of a
condition is a pair: whether it is true, and whether it is false; each True, False or the name of the question that must
be asked to tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.conditions import expression as ex
from playbook.conditions.condition import atoms, holds
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable

    from playbook.conditions.condition import Atom, Condition, Scope
    from playbook.protocol import Check, Fact, Step
    from playbook.regions.space import Space

    Verdict = bool | str
    Pair = tuple[Verdict, Verdict]

TRUE: Pair = (True, False)
FALSE: Pair = (False, True)
UNKNOWN: Pair = (False, False)


class Need(Record):
    """The question that must be asked to go on."""

    question: str


class Value(Record):
    """What a fact is: True, False, the value that its rules name, or None where it is unknown."""

    value: bool | str | None


class Saying:
    """The conditions, facts and checks of a pack as diagrams over its space; each is made once."""

    def __init__(self, space: Space) -> None:
        """Start with none."""
        self.space, self.diagrams = space, space.diagrams
        self._conditions: dict[Condition, int] = {}
        self._values: dict[Condition, int] = {}
        self._facts: dict[str, int] = {}

    def condition(self, condition: Condition) -> int:
        """A condition, with pairs for leaves."""
        if condition not in self._conditions:
            self._conditions[condition] = self.part(condition.expression, condition.scope)
        return self._conditions[condition]

    def part(self, part: ex.Expression, scope: Scope) -> int:
        """A part of a condition, with pairs for leaves."""
        if isinstance(part, ex.Not):
            return self.diagrams.mapped(_not, self.part(part.part, scope))
        if isinstance(part, ex.And | ex.Or):
            how = _and if isinstance(part, ex.And) else _or
            found = self.part(part.parts[0], scope)
            for each in part.parts[1:]:
                found = self.diagrams.join(how, found, self.part(each, scope))
            return found
        if part.name in self.space.pack.facts:
            return self.diagrams.mapped(_of_fact(part, scope), self.fact(part.name))
        return self._atom(part, scope)

    def _atom(self, atom: Atom, scope: Scope) -> int:
        axis, leaf = self.space.axes[atom.name], self.diagrams.leaf
        if axis.question.kind == p.MANY and isinstance(atom, ex.Tick):
            known = [self.ticks(atom, TRUE, FALSE)]
        else:
            satisfies = holds(atom, scope)
            known = [leaf(TRUE if satisfies(each) else FALSE) for each in axis.answers]
        unsure = leaf((FALSE if atom.known else TRUE) if isinstance(atom, ex.Known) else UNKNOWN)
        need = leaf((atom.name, atom.name))
        return self.diagrams.node(axis.level, (need, *known, unsure)[: axis.width])

    def ticks(self, atom: ex.Tick, yes: object, no: object) -> int:
        """What a condition says of the ticks of a `many` question, with these leaves."""
        axis, (yes, no) = self.space.axes[atom.name], (self.diagrams.leaf(yes), self.diagrams.leaf(no))
        if atom.part != "none":
            return self.diagrams.node(axis.level + 1 + axis.question.ids.index(atom.part), (no, yes))
        found = yes
        for level in range(axis.end - 1, axis.level, -1):
            found = self.diagrams.node(level, (found, no))
        return found

    def fact(self, name: str) -> int:
        """A fact, with its Value or a Need for leaves."""
        if name not in self._facts:
            self._facts[name] = self._settled(self.space.pack.facts[name])
        return self._facts[name]

    def _settled(self, fact: Fact) -> int:
        if fact.condition is not None:
            return self.value(fact.condition)
        found = 0
        for rule in reversed(fact.rules):
            value = self.diagrams.leaf(Value(rule.value))
            found = value if rule.when is None else self._rule(self.value(rule.when), value, found)
        return found

    def _rule(self, when: int, value: int, rest: int) -> int:
        """The first rule where it is true; the rest where it is false; else what there is to say of it."""
        true, false = self.diagrams.leaf(Value(True)), self.diagrams.leaf(Value(False))  # noqa: FBT003 - a value
        found = self.diagrams.within(self.diagrams.where(when, true), value)
        found = self.diagrams.union(found, self.diagrams.within(self.diagrams.where(when, false), rest))
        for leaf in self.diagrams.leaves(when):
            if leaf not in (true, false):
                found = self.diagrams.union(found, self.diagrams.within(self.diagrams.where(when, leaf), leaf))
        return found

    def value(self, condition: Condition) -> int:
        """A condition with its Value, or a Need of the leftmost question that could settle it, for leaves."""
        if condition not in self._values:
            said = self.condition(condition)
            pairs = [self.diagrams.value[leaf] for leaf in self.diagrams.leaves(said)]
            if any(_torn(pair) for pair in pairs):
                found = self.diagrams.join(_leftmost, said, self._needs(condition))
            else:
                found = self.diagrams.mapped(_settled, said)
            self._values[condition] = found
        return self._values[condition]

    def _needs(self, condition: Condition) -> int:
        """The questions that the parts of a condition still need, left to right."""
        found = self.diagrams.leaf(())
        for atom in atoms(condition.expression):
            if atom.name in self.space.pack.facts:
                found = self.diagrams.join(_and_need, found, self.fact(atom.name))
            else:
                found = self.diagrams.mapped(_with(atom.name), found)
        return found

    def step(self, step: Step) -> int:
        """Which line or edge of a step decides (as `Passed.taken`), or the Need of a question."""
        if isinstance(step, p.Check):
            return self._check(step)
        axis, leaf = self.space.axes[step.question], self.diagrams.leaf
        need = leaf(Need(step.question))
        if step.always:
            return self.diagrams.node(axis.level, (need, *[leaf("")] * (axis.width - 1)))
        names = [("no", "yes")[each] if isinstance(each, bool) else str(each) for each in axis.answers]
        refused = self.space.refused.get(step.question, ())
        taken = enumerate([*names, p.UNKNOWN][: axis.width - 1], 1)
        return self.diagrams.node(axis.level, [need, *(0 if at in refused else leaf(each) for at, each in taken)])

    def _check(self, check: Check) -> int:
        """The first line that is true decides; whether one was unknown is asked only where an `unknown` line is."""
        graph = self.diagrams
        found, open_ = 0, 1
        doubtful: list[Condition] = []
        for index, line in enumerate(check.lines):
            if line.when is not None:
                verdict = graph.mapped(_first, self.condition(line.when))
                if index < check.last_resort:
                    doubtful.append(line.when)
            elif not line.unknown:
                return graph.union(found, graph.within(open_, graph.leaf(index)))
            else:
                verdict = self._unsure(doubtful)
                # A line that is not unknown by now is false, and stays so: there is no need to forget any.
            for leaf in graph.leaves(verdict):
                said = graph.value[leaf]
                if said is not False:
                    taken = graph.leaf(index) if said is True else leaf
                    where = graph.both(open_, graph.where(verdict, leaf))
                    found = graph.union(found, graph.within(where, taken))
            open_ = graph.both(open_, graph.where(verdict, 0))
        raise AssertionError(check.id)  # pragma: no cover - the loader ends every check with a line that decides

    def _unsure(self, doubtful: list[Condition]) -> int:
        """Whether one of these conditions, none of them true, is unknown rather than false; or a Need."""
        found = 0
        for each in doubtful:
            found = self.diagrams.join(_doubt, found, self.diagrams.mapped(_second, self.condition(each)))
        return found


def _first(pair: Pair) -> bool | Need:
    return Need(pair[0]) if isinstance(pair[0], str) else pair[0]


def _second(pair: Pair) -> bool | Need:
    return Need(pair[1]) if isinstance(pair[1], str) else pair[1]


def _doubt(before: bool | Need, false: bool | Need) -> bool | Need:  # noqa: FBT001 - verdicts
    """Unknown where any is not false; else the first Need."""
    if before is True or false is False:
        return True
    return before if before is not False or false is True else false


def _every(one: Verdict, other: Verdict) -> Verdict:
    if one is False or other is False:
        return False
    return other if one is True else one


def _some(one: Verdict, other: Verdict) -> Verdict:
    if one is True or other is True:
        return True
    return other if one is False else one


def _and(one: Pair, other: Pair) -> Pair:
    return _every(one[0], other[0]), _some(one[1], other[1])


def _or(one: Pair, other: Pair) -> Pair:
    return _some(one[0], other[0]), _every(one[1], other[1])


def _not(pair: Pair) -> Pair:
    return pair[1], pair[0]


def _of_fact(atom: Atom, scope: Scope) -> Callable[[Value | Need], Pair]:
    """What a condition says of a fact."""
    satisfies = holds(atom, scope)
    about_knowing = isinstance(atom, ex.Known)

    def pair(settled: Value | Need) -> Pair:
        if isinstance(settled, Need):
            return settled.question, settled.question
        if settled.value is None and not about_knowing:
            return UNKNOWN
        return TRUE if satisfies(settled.value) else FALSE

    return pair


def _torn(pair: Pair) -> bool:
    """Whether two different questions could settle a condition, one its truth and one its falsehood."""
    return isinstance(pair[0], str) and isinstance(pair[1], str) and pair[0] != pair[1]


def _settled(pair: Pair) -> Value | Need:
    yes, no = pair
    if yes is True or no is True:
        return Value(yes is True)
    if isinstance(yes, str):
        return Need(yes)
    return Need(no) if isinstance(no, str) else Value(None)


def _leftmost(pair: Pair, needs: tuple[str, ...]) -> Value | Need:
    return Need(next(name for name in needs if name in pair)) if _torn(pair) else _settled(pair)


def _and_need(found: tuple[str, ...], settled: Value | Need) -> tuple[str, ...]:
    return (*found, settled.question) if isinstance(settled, Need) else found


def _with(name: str) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    return lambda found: (*found, name)
