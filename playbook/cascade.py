"""Finds checks that would slide past a "don't know" by accident: a line that cannot be decided, and a later one that decides.

Exact within a check. Along the way to it only this is tracked: which questions are known for sure on every path, so a protocol may be
refused that is right for reasons farther back; `q is known and …` settles it.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from playbook import expression as ex
from playbook import protocol as p
from playbook.condition import Need, atoms
from playbook.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.condition import Condition, Environment
    from playbook.protocol import Answer, Check, Line, Pack, Question

MOST_CASES = 20_000
"""How many cases of one check are looked at before it is refused as too large."""


def slides(pack: Pack, protocol: str) -> list[Diagnostic]:
    """One diagnostic for each line of the protocol's checks that a later line must not slide past."""
    own = pack.protocols[protocol]
    found: list[Diagnostic] = []
    sure: dict[str, frozenset[str]] = dict.fromkeys(_entered(pack, protocol), frozenset())
    start = own.start.name
    sure[start] = frozenset()
    if own.first:
        tried = _Cases(pack, own.first, frozenset())
        found.extend(tried.slides())
    for name, step in own.steps.items():
        known = sure.get(name)
        if known is None:
            continue
        leads = _asked(step, known) if isinstance(step, p.Ask) else _checked(pack, step, known, found)
        for target, then in leads:
            if target.protocol == protocol:
                sure[target.name] = then & sure.get(target.name, then)
    return found


def _entered(pack: Pack, protocol: str) -> Iterator[str]:
    """The steps of a protocol that others lead into."""
    for each in pack.protocols.values():
        lines = [line for step in each.steps.values() if isinstance(step, p.Check) for line in step.lines]
        edges = [edge for step in each.steps.values() if isinstance(step, p.Ask) for edge in (*step.edges.values(), step.always) if edge]
        for leads in (*lines, *edges, *each.first):
            if leads.target.protocol == protocol and each.id != protocol:
                yield leads.target.name


def _asked(step: p.Ask, known: frozenset[str]) -> Iterator[tuple[p.Target, frozenset[str]]]:
    for answer, edge in step.edges.items():
        yield edge.target, known - {step.question} if answer == p.UNKNOWN else known | {step.question}
    if step.always:
        yield step.always.target, known


def _checked(pack: Pack, step: Check, known: frozenset[str], found: list[Diagnostic]) -> Iterator[tuple[p.Target, frozenset[str]]]:
    cases = _Cases(pack, step.lines, known)
    found.extend(cases.slides())
    for index, then in cases.sure.items():
        yield step.lines[index].target, then


class _Cases:
    """Every case of one check that differs in what its lines say."""

    def __init__(self, pack: Pack, lines: tuple[Line, ...], known: frozenset[str]) -> None:
        self.pack = pack
        self.lines = lines
        self.known = known
        self.sure: dict[int, frozenset[str]] = {}
        self.undecided: dict[int, Environment] = {}
        self.left = MOST_CASES
        self.constants = _constants(pack, lines)
        last_resort = max((index for index, line in enumerate(lines) if line.unknown), default=-1)
        self.caught = last_resort

    def slides(self) -> list[Diagnostic]:
        """The lines that cannot be decided in some case, with the case."""
        self.explore(0, {}, unsure=False)
        if self.left < 0:
            return [Diagnostic("PB069", "this check has too many cases to look at", self.lines[0].span, "split it into steps")]
        return [self.told(index, case) for index, case in self.undecided.items()]

    def told(self, index: int, case: Environment) -> Diagnostic:
        unsure = [f"`{name}`" for name, value in case.items() if value is None and name in self.pack.questions]
        message = f"where {' and '.join(unsure)} is \"don't know\" this line cannot be decided, and a later line would decide"
        hint = f"add a line `- unknown: target` below it, or say `{unsure[0].strip('`')} is known and …`"
        return Diagnostic("PB068", message, self.lines[index].span, hint)

    def explore(self, index: int, env: Environment, *, unsure: bool) -> None:
        """Follow the lines from `index` on, in every way their questions may be answered."""
        self.left -= 1
        if self.left < 0:
            return
        while index < len(self.lines):
            line = self.lines[index]
            verdict = unsure if line.unknown else True if line.when is None else line.when.value(env)
            if isinstance(verdict, Need):
                for answer in self.answers(self.pack.questions[verdict.question]):
                    self.explore(index, {**env, verdict.question: answer}, unsure=unsure)
                return
            if verdict is True:
                self.taken(index, env)
                return
            if verdict is None:
                unsure = True
                if index > self.caught:
                    self.undecided.setdefault(index, env)
            index += 1

    def taken(self, index: int, env: Environment) -> None:
        known = self.known | {name for name, value in env.items() if value is not None and name in self.pack.questions}
        self.sure[index] = known & self.sure.get(index, known)

    def answers(self, question: Question) -> Iterator[Answer]:
        """One answer of each sort that the lines can tell apart."""
        if question.unknown and question.id not in self.known:
            yield None
        mentioned = self.constants.get(question.id, [])
        if question.kind == p.CHOICE:
            yield from question.ids
        elif question.kind == p.YES_NO:
            yield from (True, False)
        elif question.kind == p.NUMBER:
            around = {value + step for value in mentioned if isinstance(value, int) for step in (-1, 0, 1)}
            yield from sorted(value for value in around | {question.low, question.high} if question.low <= value <= question.high)
        elif question.kind == p.MANY:
            ids = [each for each in question.ids if each in mentioned]
            for size in range(len(ids) + 1):
                yield from combinations(ids, size)
        else:
            yield "x"


def _constants(pack: Pack, lines: tuple[Line, ...]) -> dict[str, list[object]]:
    """What the lines, and the facts they rest on, compare each question with."""
    found: dict[str, list[object]] = {}
    pending: list[Condition] = [line.when for line in lines if line.when]
    seen: set[str] = set()
    while pending:
        condition = pending.pop()
        for atom in atoms(condition.expression):
            if atom.name in pack.facts and atom.name not in seen:
                seen.add(atom.name)
                fact = pack.facts[atom.name]
                pending.extend([fact.condition] if fact.condition else [rule.when for rule in fact.rules if rule.when])
            if isinstance(atom, ex.Compare):
                constant = atom.constant
                found.setdefault(atom.name, []).append(constant.value if constant.limit is None else condition.scope.limits[constant.limit])
            elif isinstance(atom, ex.Tick):
                found.setdefault(atom.name, []).append(atom.part)
    return found
