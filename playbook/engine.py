"""Walks a case: which question comes next, or where it ends and why. Pure: no terminal, clock, file or locale.

A case is its answers. Back, edit, resume, replay, tests and the agents' interface are all `walk` with other answers.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from playbook import protocol as p
from playbook.conditions.condition import MISSING, Condition, Need
from playbook.forecast import Forecast, key
from playbook.protocol import Ask, Check, Passed
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from playbook.conditions.condition import Environment
    from playbook.protocol import Action, Answer, Avoid, Outcome, Pack, Question, Step, Target

__all__ = ["Decided", "Passed", "Pending", "asked", "decide", "walk"]
new = tuple.__new__
"""Makes a record of all its fields without a look at them, which counts here: every step of every walk makes one."""
Part = TypeVar("Part", "Action", "Avoid")


class _Pending(Record):
    pack: Pack
    protocol: str
    """Where the case started."""
    answers: Mapping[str, Answer]
    """Those that were given, also where the path does not need them, with what the protocol is `given`."""
    question: Question
    place: Target
    """The step that asks; the protocol's first one while its first lines are tried."""
    path: tuple[Passed, ...]
    env: Environment
    """The answers with the facts that are settled."""
    step: Step


class Pending(_Pending):
    """A case that needs an answer to go on."""

    @cached_property
    def forecast(self) -> Forecast:
        """What may still come."""
        return Forecast(self.pack, self.step, self.env)

    @property
    def possible_outcomes(self) -> tuple[Target, ...]:
        """Every outcome that answers still lead to, in the order of the files (and perhaps more, never fewer)."""
        return self.forecast.outcomes

    @property
    def may_ask(self) -> tuple[str, ...]:
        """Every question that may still be asked before the outcome, this one first."""
        return tuple(dict.fromkeys((self.question.id, *self.forecast.questions)))

    @property
    def most_questions_left(self) -> int:
        """How many questions can still come before the outcome, this one included: never too small."""
        return self.forecast.most


class _Decided(Record):
    pack: Pack
    protocol: str
    """Where the case started."""
    answers: Mapping[str, Answer]
    """Those that were given, also where the path did not need them, with what the protocol is `given`."""
    outcome: Outcome
    path: tuple[Passed, ...]
    env: Environment
    """The answers with the facts that are settled."""


def levels(pack: Pack, outcome: Outcome) -> tuple[Pack | p.Shared | p.Protocol | Outcome, ...]:
    """The four places from which what is done and avoided in an outcome adds up."""
    own = pack.protocols[outcome.protocol]
    return (pack, *(pack.shared[name] for name in own.use), own, outcome)


class Decided(_Decided):
    """A case that has ended in an outcome."""

    def verdict(self, condition: Condition) -> bool | Need | None:
        """What a condition is in this case: True, False, None where unknown, or the Need of a question."""
        return condition.value(self.env)

    @cached_property
    def actions(self) -> tuple[tuple[Action, bool], ...]:
        """What is to be done: True where it applies, False where its condition is not decided. Others are left out."""
        return self._holding(part.actions for part in self.levels)

    @cached_property
    def avoid(self) -> tuple[tuple[Avoid, bool], ...]:
        """What not to say or do, told as `actions` are."""
        return self._holding(part.avoid for part in self.levels)

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks of the outcome and of the actions that apply, each once."""
        applying = [mark for action, applies in self.actions if applies for mark in action.marks]
        return tuple(dict.fromkeys((*self.outcome.marks, *applying)))

    @cached_property
    def undecided(self) -> tuple[str, ...]:
        """The questions that only actions and avoids may still need: at every condition the one it needs next first."""
        found: dict[str, None] = {}
        for each in self._parts():
            need = self.verdict(each.when) if each.when else None
            if each.when and isinstance(need, Need):
                found[need.question] = None
                found.update(dict.fromkeys(p.rests_on(each.when, self.pack.facts)))
        return tuple(name for name in found if name not in self.answers)

    def _parts(self) -> Iterator[Action | Avoid]:
        for part in self.levels:
            yield from part.actions
            yield from part.avoid

    @property
    def levels(self) -> tuple[Pack | p.Shared | p.Protocol | Outcome, ...]:
        """The four places from which actions and avoids add up."""
        return levels(self.pack, self.outcome)

    def _holding(self, groups: Iterable[tuple[Part, ...]]) -> tuple[tuple[Part, bool], ...]:
        every = [(each, True if each.when is None else self.verdict(each.when)) for group in groups for each in group]
        return tuple((each, verdict is True) for each, verdict in every if verdict is not False)


def walk(pack: Pack, protocol: str, answers: Mapping[str, Answer]) -> Pending | Decided:
    """The next question of a case that starts in `protocol` of `pack`, or its outcome.

    `answers` are taken as typed (`answers.read` checks them); those that the path does not need are left aside. What
    the protocol is `given` counts as answered unless it is answered otherwise. Never raises on answers that their
    questions take.
    """
    start = pack.protocols[protocol]
    given = {**start.given, **answers}
    env: Environment = {**given}
    path: list[Passed] = []
    target = start.start
    place: Step | Outcome = start.entry or pack.places[target]
    while True:
        if isinstance(place, Check):
            taken = decide(place, env)
            if isinstance(taken, Need):
                break
            path.append(new(Passed, (target.protocol, place, taken)))
            target = place.lines[taken].target
        elif isinstance(place, Ask):
            answer = given.get(place.question, MISSING)
            if answer is MISSING:
                taken = Need(place.question)
                break
            edge = place.always
            name = "" if edge else key(answer)  # type: ignore[arg-type] # it is no longer missing
            path.append(new(Passed, (target.protocol, place, name)))
            target = (edge or place.edges[name]).target
        else:
            return Decided(pack, protocol, given, place, tuple(path), env)
        place = pack.places[target]
    return Pending(pack, protocol, given, pack.questions[taken.question], target, tuple(path), env, place)


def decide(check: Check, env: Environment) -> int | Need:
    """The number of the line that decides, or the question needed to tell.

    The first line that is true decides. Whether one was unknown is asked only where an `unknown` line is reached, so
    that nobody is asked what a later line makes idle.
    """
    doubtful: list[Condition] = []
    for index, line in enumerate(check.lines):
        if line.when is not None:
            verdict = line.when.is_true(env)
            if verdict is True:
                return index
            if verdict is not False:
                return verdict
            if index < check.last_resort:
                doubtful.append(line.when)
        elif not line.unknown:
            return index
        elif doubtful:
            unsure = _unsure(doubtful, env)
            if unsure is not False:
                return index if unsure is True else unsure
            doubtful.clear()
    raise AssertionError(check.id)  # pragma: no cover - the loader ends every check with a line that decides


def _unsure(doubtful: list[Condition], env: Environment) -> bool | Need:
    """Whether one of these conditions, none of them true, is unknown rather than false; or the question to tell."""
    verdicts = [each.is_false(env) for each in doubtful]
    if False in verdicts:
        return True
    return next((verdict for verdict in verdicts if isinstance(verdict, Need)), False)


def asked(pack: Pack, protocol: str, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """The questions that a case needed before its outcome, in the order they come; the first missing one ends the list.

    The channel is not among them where it is answered: it is known before the case starts.
    """
    known = {p.CHANNEL, *pack.protocols[protocol].given}
    given = {name: answer for name, answer in answers.items() if name in known}
    found: list[str] = []
    while True:
        state = walk(pack, protocol, given)
        if isinstance(state, Decided) or state.question.id not in answers:
            return tuple(found)
        found.append(state.question.id)
        given[state.question.id] = answers[state.question.id]
