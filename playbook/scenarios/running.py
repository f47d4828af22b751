"""Runs scenarios: what came of a case against what was expected of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.diagnostics import PlaybookError
from playbook.engine import Decided, asked, walk
from playbook.redlines import crossed
from playbook.replies.render import render
from playbook.replies.shelf import Shelf
from playbook.result import companion, sides
from playbook.scenarios import cases as c
from playbook.scenarios.snapshots import snapshot
from playbook.scenarios.turning import steps, strayed, turned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from playbook.protocol import Action, Duration, Pack
    from playbook.scenarios.cases import Expectation, Failure, Ran, Reading, Scenario, Task

_SILENCE = "nothing is said"
NOTHING_STORED = "no reply is stored yet"


def run(
    pack: Pack,
    scenario: Scenario,
    now: datetime,
    stored: Mapping[Reading, str] | None = None,
    shelf: Shelf | None = None,
) -> Ran:
    """Whether a scenario holds, decided at `now` (aware of its zone).

    `stored` are the replies that its snapshots are compared with; `shelf` saves time where many are run.
    """
    channel = {} if scenario.channel is None else {p.CHANNEL: scenario.channel}
    given = {**scenario.answers, **channel}
    state = walk(pack, scenario.protocol, given)
    if not isinstance(state, Decided):
        wanted = next((each for each in scenario.expectations if each.what == c.OUTCOME), None)
        expected, span = (str(wanted.wanted), wanted.span) if wanted else ("an outcome", scenario.span)
        turn = turned(state, wanted.wanted) if wanted else None  # type: ignore[arg-type] # an outcome is a target
        failure = c.Failure(c.OUTCOME, expected, f"`{state.question.id}` is not answered", span, turn)
        return c.Ran(scenario, state, (failure,))
    case = _Case(scenario, state, now, stored or {}, shelf or Shelf(pack))
    expectations = scenario.expectations
    if all(each.what != c.RED_LINES for each in expectations):
        expectations = (*expectations, c.Expectation(c.RED_LINES, (), scenario.span))
    failures = [each for each in map(case.failure, expectations) if each is not None]
    return c.Ran(scenario, state, tuple(failures), case.snapshots)


class _Case:
    """A decided case, against which expectations are held."""

    def __init__(
        self, scenario: Scenario, state: Decided, now: datetime, stored: Mapping[Reading, str], shelf: Shelf
    ) -> None:
        self.scenario, self.state, self.now, self.stored, self.shelf = scenario, state, now, stored, shelf
        self.told: dict[tuple[str, str], Mapping[str, str] | str] = {}
        self.snapshots: dict[Reading, str] = {}

    def failure(self, expected: Expectation) -> Failure | None:
        """The expectation as a failure, where it does not hold."""
        if expected.what == c.SNAPSHOT:
            return self.snapshot(expected)
        holds, got = self.judged(expected)
        if holds:
            return None
        turn = None
        if expected.what == c.OUTCOME:
            turn = turned(self.state, expected.wanted)  # type: ignore[arg-type] # an outcome is a target
        elif expected.what == c.PATH:
            turn = strayed(self.state, expected.wanted)  # type: ignore[arg-type] # a path is of targets
        return c.Failure(expected.label, _shown(expected.wanted), got, expected.span, turn)

    def judged(self, expected: Expectation) -> tuple[bool, str]:
        """Whether an expectation holds, and what there is."""
        outcome, wanted = self.state.outcome, expected.wanted
        if expected.what == c.OUTCOME:
            found = p.Target(outcome.protocol, outcome.id)
            return found == wanted, str(found)
        if expected.what == c.LEVEL:
            return outcome.level == wanted, str(outcome.level)
        if expected.what in (c.PATH, c.ASKED, c.RED_LINES):
            return self.listed(expected)
        if expected.what in (c.HAS, c.LACKS):
            marks = self.state.marks
            return (wanted in marks) is (expected.what == c.HAS), _shown(marks)
        if expected.what == c.ACTION:
            return self.tasks(wanted)  # type: ignore[arg-type] # what the reader made of it
        if expected.what == c.AVOID:
            every = [" / ".join(each.say.by_locale.values()) for each, applies in self.state.avoid if applies]
            return any(_within(str(wanted), each) for each in every), _shown(every)
        return self.said(expected)

    def listed(self, expected: Expectation) -> tuple[bool, str]:
        """Whether exactly these steps are passed, questions asked or red lines crossed."""
        wanted: Iterable[object] = expected.wanted  # type: ignore[assignment] # a tuple, as the reader made it
        came: tuple[object, ...]
        if expected.what == c.PATH:
            came = steps(self.state)
        elif expected.what == c.ASKED:
            came = asked(self.state.pack, self.state.protocol, self.state.answers)
        else:
            came = tuple(dict.fromkeys(line.id for line in crossed(self.state)))
            return {*came} == {*wanted}, _shown(came)
        return came == wanted, _shown(came)

    def tasks(self, wanted: Task) -> tuple[bool, str]:
        applying = [action for action, applies in self.state.actions if applies]
        own = [each for each in applying if each.owner == wanted.owner] or applying
        return any(_is(each, wanted) for each in applying), _shown([_task(each) for each in own])

    def said(self, expected: Expectation) -> tuple[bool, str]:
        """Whether some side of the reply contains a phrase; or whether none does."""
        texts = self.texts(expected)
        if isinstance(texts, str):
            return False, texts
        found = any(_within(str(expected.wanted), each) for each in texts.values())
        return found is (expected.what == c.CONTAINS), _shown([*texts.values()]) if texts else _SILENCE

    def snapshot(self, expected: Expectation) -> Failure | None:
        """What differs from the reply as it is stored, if anything does."""
        texts = self.texts(expected)
        key = self.scenario.reading(expected)
        before = self.stored.get(key)
        if isinstance(texts, str):
            return c.Failure(expected.label, before or "a reply", texts, expected.span)
        now = snapshot("\n\n".join(f"{side}:\n{text}" for side, text in texts.items()) or _SILENCE)
        self.snapshots[key] = now
        if before is None:
            return c.Failure(expected.label, NOTHING_STORED, now, expected.span)
        return None if before == now else c.Failure(expected.label, before, now, expected.span)

    def texts(self, expected: Expectation) -> Mapping[str, str] | str:
        """What is said on each side, once for each locale and channel; where that cannot be told, why not."""
        where = (expected.locale, expected.channel)
        if where not in self.told:
            self.told[where] = self._texts(*where)
        return self.told[where]

    def _texts(self, locale: str, on: str) -> Mapping[str, str] | str:
        channel = self.state.pack.channels.get(on or str(self.state.answers.get(p.CHANNEL)))
        where = (channel, companion(self.state.pack, channel))
        found = {}
        for name, side, on_ in zip(("public", "private"), sides(self.state, channel), where, strict=True):
            if side is not None:
                try:
                    told = render(self.state, side, locale, on_, self.now, shelf=self.shelf, measured=False)
                except PlaybookError as fault:
                    return fault.diagnostics[0].message
                found[name] = "\n".join(told.own_words) if told.own_words else told.text
        return found


def _is(action: Action, wanted: Task) -> bool:
    same = wanted.within is None or _length(action.within) == _length(wanted.within)
    words = any(_within(wanted.do, each) for each in action.do.by_locale.values())
    return action.owner == wanted.owner and same and words


def _length(span: Duration | None) -> object:
    """A time span to compare: an hour is sixty minutes, but a working day is no day."""
    return span and (span.minutes, span.unit == "wd")


def _task(action: Action) -> Task:
    return c.Task(action.owner, action.within, action.do.say(action.do.default))


def _within(phrase: str, text: str) -> bool:
    """Whether a phrase stands in a text, whatever its capitals and line ends."""
    return " ".join(phrase.casefold().split()) in " ".join(text.casefold().split())


def _shown(value: object) -> str:
    """A value as a line of a message."""
    if isinstance(value, c.Task):
        parts = (value.owner, str(value.within or ""), f"`{value.do}`" if value.do else "")
        return " ".join(each for each in parts if each)
    if isinstance(value, list | tuple) and not isinstance(value, p.Target):
        return ", ".join(_shown(each) for each in value) or "none"
    return str(value)
