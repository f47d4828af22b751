"""Finds checks that would slide past a "don't know" by accident: where a line cannot be decided and a later one is.

Exact within a check. Along the way to it only this is tracked: which questions are known for sure on every path, so a
protocol may be refused that is right for reasons farther back; `q is known and …` settles it.
"""

from __future__ import annotations

from itertools import combinations
from math import prod
from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.conditions import expression as ex
from playbook.conditions.condition import Need, atoms, holds
from playbook.conditions.scope import number
from playbook.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playbook.conditions.condition import Atom, Condition, Environment, Scope
    from playbook.protocol import Answer, Line, Pack, Question

MOST_CASES = 20_000
"""How many cases of one check are looked at before it is refused as too large; a line that says much counts as many."""
_AS_ONE = 16
"""Comparisons of a line that count as one case."""
MOST_TICKS = 10
"""How many ticks of one question a check may tell apart."""
_NOBODY: frozenset[str] = frozenset()


def slides(pack: Pack, among: Iterable[str]) -> list[Diagnostic]:
    """One diagnostic for each line of a check that a later line must not slide past.

    Looks at the protocols `among` those of the pack; the trees of these must be without fault.
    """
    entered = _entered(pack)
    found: dict[Diagnostic, None] = {}
    for own in (pack.protocols[name] for name in among):
        if own.entry:
            found.update(dict.fromkeys(_Cases(pack, own.entry.lines, _NOBODY).slides()))
        found.update(dict.fromkeys(_protocol(pack, own, entered)))
    return list(found)


def deciding(pack: Pack, lines: tuple[Line, ...], most: int = MOST_CASES) -> set[int] | None:
    """The numbers of those of these lines that decide in some case; None beyond `most` cases.

    The last line has no condition. What is known before the check is not looked at, so a line may be named here that
    no way to the check leaves a case for; one that is not named never decides.
    """
    cases = _Cases(pack, lines, _NOBODY)
    cases.left = most
    cases.explore(enough=len(lines))
    return None if cases.left < 0 else {*cases.sure}


def _entered(pack: Pack) -> frozenset[p.Target]:
    """The places that other protocols lead into."""
    found: set[p.Target] = set()
    for each in pack.protocols.values():
        found.update(line.target for line in each.first)
        for step in each.steps.values():
            found.update(target for target in targets(step) if target.protocol != each.id)
    return frozenset(found)


def targets(step: p.Step) -> Iterator[p.Target]:
    """Every place that a step leads to."""
    if isinstance(step, p.Check):
        yield from (line.target for line in step.lines)
    else:
        yield from (edge.target for edge in step.edges.values())
        yield from (edge.target for edge in (step.always,) if edge)


def _protocol(pack: Pack, own: p.Protocol, entered: frozenset[p.Target]) -> Iterator[Diagnostic]:
    """Follow the steps in file order: they only lead on, so what leads to a step has been seen before it."""
    sure = {p.Target(own.id, name): _NOBODY for name in own.steps if p.Target(own.id, name) in entered}
    sure[own.start] = _NOBODY
    for name, step in own.steps.items():
        known = sure.get(p.Target(own.id, name))
        if known is None:  # nothing leads here
            continue
        if isinstance(step, p.Check):
            cases = _Cases(pack, step.lines, known)
            yield from cases.slides()
            leads = [(step.lines[index].target, then) for index, then in cases.sure.items()]
        else:
            leads = list(_asked(step, known))
        for target, then in leads:
            sure[target] = then & sure.get(target, then)


def _asked(step: p.Ask, known: frozenset[str]) -> Iterator[tuple[p.Target, frozenset[str]]]:
    for answer, edge in step.edges.items():
        yield edge.target, known - {step.question} if answer == p.UNKNOWN else known | {step.question}
    if step.always:
        yield step.always.target, known


class _Cases:
    """Every case of one check that differs in what its lines say."""

    def __init__(self, pack: Pack, lines: tuple[Line, ...], known: frozenset[str]) -> None:
        self.pack = pack
        self.lines = lines
        self.known = known
        self.sure: dict[int, frozenset[str]] = {}
        self.undecided: dict[int, Environment] = {}
        self.left = MOST_CASES
        self.spoken = _spoken(pack, lines)
        self.weights = [_weight(pack, line) for line in lines]
        self.sorts: dict[str, list[Answer]] = {}
        self.caught = max((index for index, line in enumerate(lines) if line.unknown), default=-1)

    def slides(self) -> list[Diagnostic]:
        """The lines that cannot be decided in some case, with the case."""
        if self.sure_of_all():
            self.sure = dict.fromkeys(range(len(self.lines)), self.known)
            return []
        self.explore()
        if self.left < 0:
            message = "this check has too many cases to look at"
            return [Diagnostic("PB069", message, self.lines[0].span, "split it into steps")]
        return [self.told(self.lines[index], case) for index, case in sorted(self.undecided.items())]

    def sure_of_all(self) -> bool:
        """Whether nothing that many cases are about may be unknown: then there is no need to go through them."""
        questions = [self.pack.questions[name] for name in self.spoken]
        if any(each.unknown and each.id not in self.known for each in questions):
            return False
        return prod(len(self.answers(each)) for each in questions) > MOST_CASES or self.left < 0

    def told(self, line: Line, case: Environment) -> Diagnostic:
        rests = p.rests_on(line.when, self.pack.facts) if line.when else ()
        answers = {name: case[name] for name in rests if name in case}
        unsure = [name for name, value in answers.items() if value is None]
        others = [f"`{name}` is `{_shown(value)}`" for name, value in answers.items() if value is not None]
        shown = " and ".join(f"`{name}`" for name in unsure)
        verb = "is" if len(unsure) == 1 else "are"
        where = " and ".join([f'{shown} {verb} "don\'t know"', *others])
        message = f"where {where}, this line cannot be decided, and a later line would decide"
        hint = f"add a line `- unknown: target` below it, or say `{unsure[0]} is known and …`"
        return Diagnostic("PB068", message, line.span, hint)

    def explore(self, enough: int = 0) -> None:
        """Follow the lines in every way their questions may be answered, or until so many of them have decided.

        A stack: checks may be long.
        """
        stack: list[tuple[int, Environment, bool]] = [(0, {}, False)]
        while stack and self.left >= 0 and len(self.sure) != (enough or None):
            self.left -= 1
            index, env, unsure = stack.pop()
            while self.left >= 0:  # the last line always decides
                line = self.lines[index]
                self.left -= self.weights[index]
                verdict = unsure if line.unknown else True if line.when is None else line.when.value(env)
                if isinstance(verdict, Need):
                    answers = self.answers(self.pack.questions[verdict.question])
                    self.left -= len(answers) // 4  # a copy of what is known for each
                    stack.extend((index, {**env, verdict.question: answer}, unsure) for answer in reversed(answers))
                    break
                if verdict is True:
                    known = self.known | {name for name, value in env.items() if value is not None}
                    self.sure[index] = known & self.sure.get(index, known)
                    break
                if verdict is None:
                    unsure = True
                    if index > self.caught:
                        self.undecided.setdefault(index, env)
                index += 1

    def answers(self, question: Question) -> list[Answer]:
        """One answer of each sort that the lines can tell apart."""
        if question.id not in self.sorts:
            unsure: list[Answer] = [None] if question.unknown and question.id not in self.known else []
            said = self.spoken[question.id]
            tests = [holds(atom, scope) for atom, scope in said]
            sorts: dict[tuple[bool, ...], Answer] = {}
            for answer in self.candidates(question, [atom for atom, _ in said]):
                self.left -= len(tests) // _AS_ONE
                if self.left < 0:
                    break
                sorts.setdefault(tuple(test(answer) for test in tests), answer)
            # Last, so that a case that is shown has as few of them as can be.
            self.sorts[question.id] = [*sorts.values(), *unsure]
        return self.sorts[question.id]

    def candidates(self, question: Question, said: list[Atom]) -> Iterable[Answer]:
        """Answers of which every sort has one."""
        if question.kind == p.CHOICE:
            return question.ids
        if question.kind == p.YES_NO:
            return (True, False)
        if question.kind == p.NUMBER:
            limits = {name: limit.value for name, limit in self.pack.limits.items()}
            constants = [number(atom.constant, limits) or 0 for atom in said if isinstance(atom, ex.Compare)]
            around = {question.low, question.high, *(each + step for each in constants for step in (-1, 0, 1))}
            return sorted(value for value in around if question.low <= value <= question.high)
        ticked = {atom.part for atom in said if isinstance(atom, ex.Tick)}
        told = [each for each in question.ids if each in ticked]
        if len(told) > MOST_TICKS:
            self.left = -1
            return ()
        others = [(each,) for each in question.ids if each not in ticked][:1]
        return [part for size in range(len(told) + 1) for part in combinations(told, size)] + others


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (", ".join(value) or "none") if isinstance(value, tuple) else str(value)


def _weight(pack: Pack, line: Line) -> int:
    """What it costs to look at a line, beside what any case costs."""
    return sum(map(len, _spoken(pack, (line,)).values())) // _AS_ONE


def _spoken(pack: Pack, lines: tuple[Line, ...]) -> dict[str, list[tuple[Atom, Scope]]]:
    """What the lines, and the facts they rest on, say of each question."""
    found: dict[str, list[tuple[Atom, Scope]]] = {}
    pending: list[Condition] = [line.when for line in lines if line.when]
    seen: set[str] = set()
    while pending:
        condition = pending.pop()
        for atom in atoms(condition.expression):
            fact = pack.facts.get(atom.name)
            if fact is None:
                found.setdefault(atom.name, []).append((atom, condition.scope))
            elif atom.name not in seen:
                seen.add(atom.name)
                pending.extend([fact.condition] if fact.condition else [rule.when for rule in fact.rules if rule.when])
    return found
