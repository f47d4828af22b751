"""Every case of a small pack, one by one, and its red lines held against each: simple, and apart from the engine.

A number stands for its whole interval between the constants that conditions compare it with; every subset of a `many`
is tried, and "don't know" where it may be answered. So nothing is sampled: two cases that are not told apart here are
told apart by no condition of the pack.
"""

from __future__ import annotations

import operator
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from playbook import protocol as p
from playbook.conditions import expression as ex
from playbook.conditions.scope import atoms
from playbook.engine import Decided, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from playbook.conditions.condition import Condition
    from playbook.protocol import Answer, Fact, Pack, Question, RedLine

_OPS: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
INFLUENCE = frozenset(("followers", "signals", "exposed_by"))
"""How far a person's words carry, or who let data out: it decides nothing that the person is due."""
DUE = frozenset(("apology", "remedy", "refund", "compensation", "concession"))


class Breach(NamedTuple):
    """A case that crosses a red line."""

    line: str
    case: Decided
    truth: Mapping[str, Answer]
    """What may be true of it, of the questions that the line speaks of."""
    wrong: tuple[str, ...]
    """The marks that it may end with and should not, or may lack and should not."""

    def __str__(self) -> str:
        answers = ", ".join(f"{name}={answer!r}" for name, answer in self.case.answers.items())
        truth = ", ".join(f"{name}={answer!r}" for name, answer in self.truth.items())
        outcome = p.Target(self.case.outcome.protocol, self.case.outcome.id)
        return (
            f"{self.line} ({', '.join(self.wrong)}): from {self.case.protocol} with {answers or 'no answer'}"
            f" to {outcome}, where it may be that {truth or 'anything'}"
        )


class EveryCase:
    """All cases of a pack, and what its conditions can tell apart."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.sorts = {name: tuple(self._sorts(each)) for name, each in pack.questions.items()}
        self._truths: dict[object, dict[str, Answer] | None] = {}

    def cases(self, *starts: str) -> Iterator[Decided]:
        """Every case from `starts`, by default from every protocol; those with fewer answers first, within one."""
        for protocol in starts or self.pack.protocols:
            yield from sorted(self._from(protocol, {}), key=lambda each: len(each.answers))

    def _from(self, protocol: str, answers: dict[str, Answer]) -> Iterator[Decided]:
        state = walk(self.pack, protocol, answers)
        if isinstance(state, Decided):
            yield state
            return
        unknown = [None] if state.question.unknown else []
        for answer in (*self.sorts[state.question.id], *unknown):
            yield from self._from(protocol, {**answers, state.question.id: answer})

    def _sorts(self, question: Question) -> Iterator[Answer]:
        """One known answer of each sort that the conditions of the pack can tell apart."""
        if question.kind == p.CHOICE:
            yield from question.ids
        elif question.kind == p.YES_NO:
            yield from (True, False)
        elif question.kind == p.MANY:
            for size in range(len(question.ids) + 1):
                yield from combinations(question.ids, size)
        elif question.kind == p.NUMBER:
            ends = {question.low, question.high}
            for constant in self._constants(question.id):
                ends |= {constant - 1, constant, constant + 1}
            yield from sorted(end for end in ends if question.low <= end <= question.high)
        else:
            yield "some text"

    def _constants(self, name: str) -> set[int]:
        every = [atom for condition in conditions(self.pack) for atom in atoms(condition.expression)]
        compared = [atom.constant for atom in every if isinstance(atom, ex.Compare) and atom.name == name]
        return {self._number(each) for each in compared}

    def _number(self, constant: ex.Constant) -> int:
        if constant.limit is not None:
            return self.pack.limits[constant.limit].value
        assert constant.value is not None
        return constant.value

    def crossed(self, cases: Iterable[Decided], only: str | None = None) -> list[Breach]:
        """Every red line that is crossed, or `only` this one, with its smallest case."""
        found: dict[str, Breach] = {}
        for case in cases:
            sure, possible = marks(case)
            for name, line in self.lines(case):
                if only not in (None, name):
                    continue
                wrong = tuple({*line.never} & possible) + tuple({*line.always} - sure)
                if (
                    wrong
                    and possible.issuperset(line.beside)
                    and (name not in found or len(case.answers) < len(found[name].case.answers))
                ):
                    truth = self.truth(line, case)
                    if truth is not None:
                        found[name] = Breach(name, case, truth, wrong)
        return list(found.values())

    def lines(self, case: Decided) -> Iterator[tuple[str, RedLine]]:
        """The red lines that hold for a case: the pack's, and those of every protocol it went through.

        A line of the pack is left out only where it excepts both the protocol where the case starts and where it ends.
        """
        ends = {case.protocol, case.outcome.protocol}
        for name, line in self.pack.red_lines.items():
            if not ends <= {*line.exceptions}:
                yield name, line
        for protocol in dict.fromkeys((case.protocol, *(each.protocol for each in case.path), case.outcome.protocol)):
            for name, line in self.pack.protocols[protocol].red_lines.items():
                yield f"{protocol}.{name}", line

    def truth(self, line: RedLine, case: Decided) -> dict[str, Answer] | None:
        """What may be true of a case so that the line speaks of it; None where it cannot speak of it.

        An answer is true. Asked in vain: any value may be true. Not asked: any answer might be given, "don't know" too.
        """
        if line.when is None:
            return {}
        names = p.rests_on(line.when, self.pack.facts)
        alike = (line.when, *(case.answers.get(name, "not asked") for name in names))
        if alike not in self._truths:
            self._truths[alike] = next(self._spoken_of(line.when, names, case), None)
        return self._truths[alike]

    def _spoken_of(self, when: Condition, names: tuple[str, ...], case: Decided) -> Iterator[dict[str, Answer]]:
        every = [tuple(self._completions(name, case)) for name in names]
        for chosen in product(*every):
            answers = dict(zip(names, (answer for answer, _ in chosen), strict=True))
            truth = dict(zip(names, (value for _, value in chosen), strict=True))
            if self.holds(when.expression, truth, answers):
                yield truth

    def _completions(self, name: str, case: Decided) -> Iterator[tuple[Answer, Answer]]:
        """What the answer to a question may be in a case, and beside it what is true."""
        known = self.sorts[name]
        answer = case.answers.get(name)
        if answer is not None:
            yield answer, answer
            return
        if name not in case.answers:
            yield from ((each, each) for each in known)
        if self.pack.questions[name].unknown:
            yield from ((None, each) for each in known)

    def holds(self, part: ex.Expression, truth: Mapping[str, Answer], answers: Mapping[str, Answer]) -> bool:
        """Whether a condition is true, with two values only: `truth` says what is so, `answers` what was answered."""
        match part:
            case ex.And():
                return all(self.holds(each, truth, answers) for each in part.parts)
            case ex.Or():
                return any(self.holds(each, truth, answers) for each in part.parts)
            case ex.Not():
                return not self.holds(part.part, truth, answers)
            case ex.Known():
                fact = self.pack.facts.get(part.name)
                known = answers[part.name] if fact is None else self.settled(fact, answers)
                return (known is not None) is part.known
        value = truth[part.name] if part.name in truth else self.fact(self.pack.facts[part.name], truth, answers)
        match part:
            case ex.Name():
                return value is True
            case ex.Tick():
                if isinstance(value, str):
                    return bool(getattr(self.pack.channels[value], part.part))
                assert isinstance(value, tuple)
                return not value if part.part == "none" else part.part in value
            case ex.OneOf():
                return (value in {word.id for word in part.words}) is not part.negated
            case ex.Compare():
                assert isinstance(value, int)
                return _OPS[part.op](value, self._number(part.constant))

    def fact(self, fact: Fact, truth: Mapping[str, Answer], answers: Mapping[str, Answer]) -> Answer:
        """What a fact is, where all is known that it rests on."""
        if fact.condition is not None:
            return self.holds(fact.condition.expression, truth, answers)
        for rule in fact.rules:
            if rule.when is None or self.holds(rule.when.expression, truth, answers):
                return rule.value
        raise AssertionError(fact.id)

    def settled(self, fact: Fact, answers: Mapping[str, Answer]) -> object:
        """What a fact is by the answers alone; None where that is unknown."""
        if fact.condition is not None:
            return fact.condition.value({**answers})
        for rule in fact.rules:
            verdict = True if rule.when is None else rule.when.value({**answers})
            if verdict is not False:
                return rule.value if verdict else None
        raise AssertionError(fact.id)

    def favoured(self, cases: Iterable[Decided]) -> list[tuple[Decided, Decided]]:
        """Pairs of cases that differ only in influence, and in what the person gets."""
        alike: dict[object, list[Decided]] = {}
        for case in cases:
            asked = list(case.answers)
            first = next((at for at, name in enumerate(asked) if name in INFLUENCE), None)
            if first is not None:
                before = tuple((name, case.answers[name]) for name in asked[:first])
                alike.setdefault((case.protocol, before), []).append(case)
        return [
            (one, other)
            for group in alike.values()
            for one, other in combinations(group, 2)
            if given(one) != given(other) and _equal_but_for_influence(one, other)
        ]


def _equal_but_for_influence(one: Decided, other: Decided) -> bool:
    shared = (one.answers.keys() & other.answers.keys()) - INFLUENCE
    return all(one.answers[name] == other.answers[name] for name in shared)


def given(case: Decided) -> tuple[frozenset[str], frozenset[str]]:
    """What of the marks is something that the person is due: for sure, and perhaps."""
    sure, possible = marks(case)
    return frozenset(sure & DUE), frozenset(possible & DUE)


def marks(case: Decided) -> tuple[set[str], set[str]]:
    """The marks that a case ends with for sure, and those it may end with once all its details are known."""
    sure, possible = {*case.outcome.marks}, {*case.outcome.marks}
    for action, applies in case.actions:
        possible.update(action.marks)
        if applies:
            sure.update(action.marks)
    return sure, possible


def conditions(pack: Pack) -> Iterator[Condition]:
    """Every condition that is written anywhere in the protocols of a pack."""
    levels: list[Pack | p.Shared | p.Protocol] = [pack, *pack.shared.values(), *pack.protocols.values()]
    for each in levels:
        yield from _when(each.actions, each.avoid)
    for fact in pack.facts.values():
        yield from _when(fact.rules)
        if fact.condition is not None:
            yield fact.condition
    yield from _when(pack.red_lines.values())
    for protocol in pack.protocols.values():
        yield from _when(protocol.red_lines.values(), protocol.first)
        for step in protocol.steps.values():
            yield from _when(step.lines) if isinstance(step, p.Check) else ()
        for outcome in protocol.outcomes.values():
            yield from _when(outcome.actions, outcome.avoid)


def _when(*groups: Iterable[p.Action | p.Avoid | p.Rule | p.RedLine | p.Line]) -> Iterator[Condition]:
    for group in groups:
        for each in group:
            if each.when is not None:
                yield each.when
