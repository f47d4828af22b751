"""What conditions and facts mean, told to z3 as `docs/language.md` has it: apart from the engine and `regions`.

A question is what is so (`value`, or a tick each) and whether the answer says so (`known`). z3 has every answer before
it, asked or not; what a case asks is worked out beside it, as a bit for each question.
"""

from __future__ import annotations

import operator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import z3

from playbook import protocol as p
from playbook.conditions import expression as ex
from tests.oracle.bits import Asked, Settled, Verdict, any_, both, first, no

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playbook.conditions.condition import Condition
    from playbook.protocol import Answer, Fact, Pack, Question
    from tests.oracle.bits import Bit, Needs

_OPS: dict[str, Callable[[Any, int], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


class Oracle:
    """A pack's questions as variables, and its conditions over them."""

    def __init__(self, pack: Pack, prime: str = "") -> None:
        self.pack, self.prime = pack, prime
        self.known: dict[str, Bit] = {}
        self.value: dict[str, Any] = {}
        self.domain: list[z3.BoolRef] = []
        for name, question in pack.questions.items():
            self.known[name] = z3.Bool(f"{name}{prime} known") if question.unknown else True
            self.value[name] = self._variable(question)
        self._answers: dict[object, list[tuple[z3.ExprRef, z3.ExprRef]]] = {}
        self.everything = Asked({}, otherwise=True)

    def _variable(self, question: Question) -> Any:  # noqa: ANN401 - one variable, or one for each tick
        name = question.id + self.prime
        if question.kind == p.YES_NO:
            return z3.Bool(name)
        if question.kind == p.MANY:
            return {each: z3.Bool(f"{name}.{each}") for each in question.ids}
        if question.kind == p.TEXT:
            return None
        low, high = (question.low, question.high) if question.kind == p.NUMBER else (0, len(question.ids) - 1)
        found = z3.BitVec(name, max(abs(low), abs(high)).bit_length() + 1)
        self.domain += [found >= low, found <= high]
        return found

    def answer(self, name: str, answer: Answer) -> list[tuple[z3.ExprRef, z3.ExprRef]]:
        """An answer as variables with their values; whatever is so where it is "don't know" stays open."""
        key = (name, type(answer), answer)
        if key not in self._answers:
            self._answers[key] = [*self._answer(name, answer)]
        return self._answers[key]

    def _answer(self, name: str, answer: Answer) -> Iterator[tuple[z3.ExprRef, z3.ExprRef]]:
        known, value, question = self.known[name], self.value[name], self.pack.questions[name]
        if not isinstance(known, bool):
            yield known, z3.BoolVal(answer is not None)
        if answer is None or question.kind == p.TEXT:
            return
        if question.kind == p.YES_NO:
            yield value, z3.BoolVal(answer)
        elif isinstance(answer, tuple):
            yield from ((bit, z3.BoolVal(each in answer)) for each, bit in value.items())
        else:
            at = answer if question.kind == p.NUMBER else question.ids.index(str(answer))
            yield value, z3.BitVecVal(at, value.size())

    @cached_property
    def twin(self) -> Oracle:
        """The same questions with other variables, for a second answer to one of them."""
        return Oracle(self.pack, "'")

    # What is so: two values only.

    def so(self, part: ex.Expression) -> Bit:
        """Whether a condition is true of what is so; `is known` speaks of the answers."""
        match part:
            case ex.And():
                return both(*map(self.so, part.parts))
            case ex.Or():
                return any_(*map(self.so, part.parts))
            case ex.Not():
                return no(self.so(part.part))
        fact = self.pack.facts.get(part.name)
        if isinstance(part, ex.Known):
            known = self.known[part.name] if fact is None else no(self.settled(fact, self.everything).unknown)
            return known if part.known else no(known)
        return self.of_answer(part) if fact is None else any_(*self._so_fact(fact, self.of_fact(part)))

    def _so_fact(self, fact: Fact, wanted: Callable[[object], bool]) -> Iterator[Bit]:
        if fact.condition is not None:
            so = self.so(fact.condition.expression)
            yield from (bit for value, bit in ((True, so), (False, no(so))) if wanted(value))
            return
        open_: Bit = True
        for rule in fact.rules:
            so = True if rule.when is None else self.so(rule.when.expression)
            if wanted(rule.value):
                yield both(open_, so)
            open_ = both(open_, no(so))

    def of_answer(self, atom: Any) -> Bit:  # noqa: ANN401 - an atom that speaks of a question
        """Whether a comparison is true of what is so."""
        value, question = self.value[atom.name], self.pack.questions[atom.name]
        match atom:
            case ex.Name():
                return value
            case ex.Tick() if question.kind == p.MANY:
                return no(any_(*value.values())) if atom.part == "none" else value[atom.part]
            case ex.Tick():
                channels = [name for name, each in self.pack.channels.items() if getattr(each, atom.part)]
                return any_(*(value == question.ids.index(name) for name in channels))
            case ex.OneOf():
                found = any_(*(value == question.ids.index(word.id) for word in atom.words))
                return no(found) if atom.negated else found
        limit, constant = atom.constant.limit, atom.constant.value
        if limit is not None:
            constant = self.pack.limits[limit].value
        # Beyond what the variable can hold, all it can hold is on one side.
        most = 2 ** (value.size() - 1)
        return _OPS[atom.op](value, constant) if -most <= constant < most else _OPS[atom.op](0, constant)

    @staticmethod
    def of_fact(atom: Any) -> Callable[[object], bool]:  # noqa: ANN401 - an atom that speaks of a fact
        """Which values of a fact a comparison wants."""
        if isinstance(atom, ex.Name):
            return lambda value: value is True
        ids = {word.id for word in atom.words}
        return lambda value: (value in ids) is not atom.negated

    # What is said: three values, and what must be asked first.

    def said(self, part: ex.Expression, asked: Asked, *, of: bool) -> Verdict:
        """Whether a condition is true (false, where `of` is False) by what is answered so far."""
        if isinstance(part, ex.Not):
            return self.said(part.part, asked, of=not of)
        if isinstance(part, ex.And | ex.Or):
            parts = [self.said(each, asked, of=of) for each in part.parts]
            if isinstance(part, ex.And) is of:
                return first(parts)
            turned = first([Verdict(each.no, each.yes, each.needs) for each in parts])
            return Verdict(turned.no, turned.yes, turned.needs)
        fact = self.pack.facts.get(part.name)
        if fact is not None:
            return self._of_fact(part, self.settled(fact, asked), of=of)
        answered, known = asked[part.name], self.known[part.name]
        if isinstance(part, ex.Known):
            yes = known if part.known is of else no(known)
        else:
            yes = both(known, self.of_answer(part) if of else no(self.of_answer(part)))
        return Verdict(both(answered, yes), both(answered, no(yes)), {part.name: no(answered)})

    def _of_fact(self, part: Any, fact: Settled, *, of: bool) -> Verdict:  # noqa: ANN401 - an atom that speaks of a fact
        if isinstance(part, ex.Known):
            known, unknown = fact.among(lambda _: True), fact.unknown
            return Verdict(*((known, unknown) if part.known is of else (unknown, known)), fact.needs)
        wanted = self.of_fact(part)
        yes, other = fact.among(lambda value: wanted(value) is of), fact.among(lambda value: wanted(value) is not of)
        return Verdict(yes, any_(other, fact.unknown), fact.needs)

    def settled(self, fact: Fact, asked: Asked) -> Settled:
        """What a fact is by what is answered so far."""
        if fact.id not in asked.facts:
            asked.facts[fact.id] = self._settled(fact, asked)
        return asked.facts[fact.id]

    def _settled(self, fact: Fact, asked: Asked) -> Settled:
        if fact.condition is not None:
            return self.valued(fact.condition, asked)
        values: dict[object, Bit] = {}
        unknown: Bit = False
        needs: Needs = {}
        open_: Bit = True
        for rule in fact.rules:
            if rule.when is None:
                values[rule.value] = any_(values.get(rule.value, False), open_)
                break
            when = self.valued(rule.when, asked)
            values[rule.value] = any_(values.get(rule.value, False), both(open_, when.values[True]))
            unknown = any_(unknown, both(open_, when.unknown))
            for name, bit in when.needs.items():
                needs[name] = any_(needs.get(name, False), both(open_, bit))
            open_ = both(open_, when.values[False])
        return Settled(values, unknown, needs)

    def valued(self, condition: Condition, asked: Asked) -> Settled:
        """What a condition is: true, false or unknown; else it needs the leftmost question that could settle it."""
        true = self.said(condition.expression, asked, of=True)
        false = self.said(condition.expression, asked, of=False)
        needs: Needs = {}
        torn = both(any_(*true.needs.values()), any_(*false.needs.values()))
        for name, need in self._left_to_right(condition.expression, asked):
            wanted = any_(true.needs.get(name, False), false.needs.get(name, False))
            leftmost = both(torn, need, wanted)
            torn = both(torn, no(both(need, wanted)))
            needs[name] = any_(needs.get(name, False), leftmost)
        for name in {**true.needs, **false.needs}:
            alone = any_(
                both(true.no, false.needs.get(name, False)),
                both(false.no, true.needs.get(name, False)),
            )
            needs[name] = any_(needs.get(name, False), alone)
        return Settled({True: true.yes, False: false.yes}, both(true.no, false.no), needs)

    def _left_to_right(self, part: ex.Expression, asked: Asked) -> Iterator[tuple[str, Bit]]:
        """The questions that each comparison needs by itself."""
        if isinstance(part, ex.And | ex.Or):
            for each in part.parts:
                yield from self._left_to_right(each, asked)
        elif isinstance(part, ex.Not):
            yield from self._left_to_right(part.part, asked)
        elif part.name in self.pack.facts:
            yield from self.settled(self.pack.facts[part.name], asked).needs.items()
        else:
            yield part.name, no(asked[part.name])
