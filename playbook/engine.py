"""Walks a case: which question comes next, or where it ends and why. Pure: no terminal, clock, file or locale.

A case is its answers. Back, edit, resume, replay, tests and the agents' interface are all `walk` with other answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from playbook import protocol as p
from playbook.condition import MISSING, Need
from playbook.forecast import Forecast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from playbook.condition import Condition, Environment
    from playbook.diagnostics import Span
    from playbook.protocol import Action, Answer, Avoid, Outcome, Pack, Question, Step, Target

_KEYS = {None: p.UNKNOWN, True: "yes", False: "no"}


class Passed(NamedTuple):
    """A step that a case went through. `taken` is the edge of an ask step (empty where all answers lead on alike), or the number of a check's line."""

    protocol: str
    step: Step
    taken: str | int

    @property
    def span(self) -> Span:
        """The line that decided."""
        if isinstance(self.step, p.Check):
            return self.step.lines[int(self.taken)].span
        edge = self.step.always or self.step.edges[str(self.taken)]
        return edge.span

    @property
    def then(self) -> Target:
        """Where it led."""
        if isinstance(self.step, p.Check):
            return self.step.lines[int(self.taken)].target
        edge = self.step.always or self.step.edges[str(self.taken)]
        return edge.target


class Pending(NamedTuple):
    """A case that needs an answer to go on."""

    pack: Pack
    protocol: str
    answers: Mapping[str, Answer]
    question: Question
    place: Target
    path: tuple[Passed, ...]
    env: Environment

    @property
    def forecast(self) -> Forecast:
        """What may still come."""
        return Forecast(self.pack, self.place, self.env, first=not self.path and self.pack.protocols[self.protocol].first or ())

    @property
    def possible_outcomes(self) -> tuple[Target, ...]:
        """Every outcome that some answers still lead to, in the order of the files (and perhaps more, never fewer)."""
        return self.forecast.outcomes

    @property
    def may_ask(self) -> tuple[str, ...]:
        """Every question that may still be asked before the outcome, this one first."""
        return tuple(dict.fromkeys((self.question.id, *self.forecast.questions)))

    @property
    def most_questions_left(self) -> int:
        """How many questions can still come before the outcome, this one included: never too small."""
        return self.forecast.most


class Decided(NamedTuple):
    """A case that has ended in an outcome."""

    pack: Pack
    protocol: str
    answers: Mapping[str, Answer]
    outcome: Outcome
    path: tuple[Passed, ...]
    env: Environment

    def verdict(self, condition: Condition) -> object:
        """What a condition is in this case: True, False, None where unknown, or the Need of a question."""
        return condition.value(self.env)

    @property
    def actions(self) -> tuple[tuple[Action, bool], ...]:
        """What is to be done: True where it applies, False where its condition is not decided. Others are left out."""
        return self._holding(part.actions for part in self._levels())

    @property
    def avoid(self) -> tuple[tuple[Avoid, bool], ...]:
        """What not to say or do, told as `actions` are."""
        return self._holding(part.avoid for part in self._levels())

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks of the outcome and of the actions that apply, each once."""
        applying = [mark for action, applies in self.actions if applies for mark in action.marks]
        return tuple(dict.fromkeys((*self.outcome.marks, *applying)))

    @property
    def undecided(self) -> tuple[str, ...]:
        """The questions that only actions and avoids still need, in the order in which they come."""
        found: dict[str, None] = {}
        for part in self._levels():
            for each in (*part.actions, *part.avoid):
                if each.when is not None:
                    verdict = each.when.value(self.env)
                    if isinstance(verdict, Need):
                        found[verdict.question] = None
        return tuple(found)

    def _levels(self) -> tuple[Pack | p.Shared | p.Protocol | Outcome, ...]:
        """The four places from which actions and avoids add up."""
        own = self.pack.protocols[self.outcome.protocol]
        return (self.pack, *(self.pack.shared[name] for name in own.use), own, self.outcome)

    def _holding(self, groups: Iterable[tuple[Action, ...]] | Iterable[tuple[Avoid, ...]]) -> tuple[tuple[object, bool], ...]:
        found = []
        for group in groups:
            for each in group:
                verdict = True if each.when is None else each.when.value(self.env)
                if verdict is not False:
                    found.append((each, verdict is True))
        return tuple(found)


def walk(pack: Pack, protocol: str, answers: Mapping[str, Answer]) -> Pending | Decided:
    """The next question of a case that starts in `protocol` of `pack`, or its outcome.

    `answers` are taken as typed (`answers.read` checks them); those that the path does not need are left aside. What the protocol
    is `given` counts as answered unless it is answered otherwise. Never raises on answers that their questions take.
    """
    start = pack.protocols[protocol]
    env: Environment = {**start.given, **answers}
    given = dict(env)
    path: list[Passed] = []
    places = pack.places
    target = start.start
    if start.first:
        entry = p.Check("first", start.first[0].span, (*start.first, p.Line(None, target, start.span)))
        found = _line(entry.lines, env)
        if found.__class__ is Need:
            return Pending(pack, protocol, given, pack.questions[found.question], target, (), env)  # type: ignore[union-attr]
        path.append(Passed(protocol, entry, found))  # type: ignore[arg-type]
        target = entry.lines[found].target  # type: ignore[index]
    while True:
        place = places[target]
        if place.__class__ is p.Ask:
            answer = env.get(place.question, MISSING)  # type: ignore[union-attr]
            if answer is MISSING:
                return Pending(pack, protocol, given, pack.questions[place.question], target, tuple(path), env)  # type: ignore[union-attr]
            edge = place.always  # type: ignore[union-attr]
            key = ""
            if edge is None:
                key = answer if answer.__class__ is str else _KEYS[answer]  # type: ignore[assignment,index]
                edge = place.edges[key]  # type: ignore[union-attr]
            path.append(Passed(target.protocol, place, key))  # type: ignore[arg-type]
            target = edge.target
        elif place.__class__ is p.Check:
            found = _line(place.lines, env)  # type: ignore[union-attr]
            if found.__class__ is Need:
                return Pending(pack, protocol, given, pack.questions[found.question], target, tuple(path), env)  # type: ignore[union-attr]
            path.append(Passed(target.protocol, place, found))  # type: ignore[arg-type]
            target = place.lines[found].target  # type: ignore[union-attr,index]
        else:
            return Decided(pack, protocol, given, place, tuple(path), env)  # type: ignore[arg-type]


def _line(lines: tuple[p.Line, ...], env: Environment) -> int | Need:
    """The number of the line that decides, or the question needed to tell.

    Above an `unknown` line it matters whether a line is false or unknown, below it only whether it is true.
    """
    last_resort = max((index for index, line in enumerate(lines) if line.unknown), default=-1)
    unsure = False
    for index, line in enumerate(lines):
        if line.when is None:
            if not line.unknown or unsure:
                return index
            continue
        verdict = line.when.value(env) if index < last_resort else line.when.is_true(env)
        if verdict is True:
            return index
        if verdict.__class__ is Need:
            return verdict  # type: ignore[return-value]
        unsure = unsure or verdict is None
    raise AssertionError("the loader ends every check with a line that decides")  # noqa: EM101, TRY003


def asked(pack: Pack, protocol: str, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """The questions that a case needed before its outcome, in the order in which they come; the first missing one ends the list."""
    given: dict[str, Answer] = {name: answer for name, answer in answers.items() if name == p.CHANNEL}
    found: list[str] = []
    while True:
        state = walk(pack, protocol, given)
        if isinstance(state, Decided) or state.question.id not in answers:
            return tuple(found)
        found.append(state.question.id)
        given[state.question.id] = answers[state.question.id]
