"""Runs scenarios: what came of a case against what was expected of it, and what no scenario comes through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.diagnostics import PlaybookError
from playbook.engine import Decided, asked, walk
from playbook.result import result
from playbook.scenarios import cases as c

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from playbook.diagnostics import Span
    from playbook.protocol import Action, Answer, Duration, Pack
    from playbook.scenarios.cases import Expectation, Failure, Ran, Scenario, Task

    _Key = tuple[p.Target, str | int]


def run(pack: Pack, scenario: Scenario, now: datetime) -> Ran:
    """Whether a scenario holds, decided at `now` (aware of its zone)."""
    channel = {} if scenario.channel is None else {p.CHANNEL: scenario.channel}
    given = {**scenario.answers, **channel}
    state = walk(pack, scenario.protocol, given)
    if not isinstance(state, Decided):
        wanted = next((each for each in scenario.expectations if each.what == c.OUTCOME), None)
        expected, span = (str(wanted.wanted), wanted.span) if wanted else ("an outcome", scenario.span)
        return c.Ran(scenario, state, (c.Failure(c.OUTCOME, expected, f"`{state.question.id}` is not answered", span),))
    case = _Case(state, given, now)
    failures = (case.failure(each) for each in scenario.expectations)
    return c.Ran(scenario, state, tuple(each for each in failures if each is not None))


class _Case:
    """A decided case, against which expectations are held."""

    def __init__(self, state: Decided, given: Mapping[str, Answer], now: datetime) -> None:
        self.state, self.given, self.now = state, given, now
        self.told: dict[str, tuple[str, ...] | str] = {}

    def failure(self, expected: Expectation) -> Failure | None:
        """The expectation as a failure, where it does not hold."""
        holds, got = self.judged(expected)
        if holds:
            return None
        what = f"{expected.what} ({expected.locale})" if expected.locale else expected.what
        return c.Failure(what, _shown(expected.wanted), got, expected.span)

    def judged(self, expected: Expectation) -> tuple[bool, str]:
        """Whether an expectation holds, and what there is."""
        outcome, wanted = self.state.outcome, expected.wanted
        if expected.what == c.OUTCOME:
            found = p.Target(outcome.protocol, outcome.id)
            return found == wanted, str(found)
        if expected.what == c.LEVEL:
            return outcome.level == wanted, str(outcome.level)
        if expected.what == c.ASKED:
            came = asked(self.state.pack, self.state.protocol, self.given)
            return came == wanted, _shown(came)
        if expected.what in (c.HAS, c.LACKS):
            marks = self.state.marks
            return (wanted in marks) is (expected.what == c.HAS), _shown(marks)
        if expected.what == c.ACTION:
            return self.tasks(wanted)  # type: ignore[arg-type] # what the reader made of it
        if expected.what == c.AVOID:
            every = [" / ".join(each.say.by_locale.values()) for each, applies in self.state.avoid if applies]
            return any(_within(str(wanted), each) for each in every), _shown(every)
        return self.said(str(wanted), expected.locale, contains=expected.what == c.CONTAINS)

    def tasks(self, wanted: Task) -> tuple[bool, str]:
        applying = [action for action, applies in self.state.actions if applies]
        own = [each for each in applying if each.owner == wanted.owner] or applying
        return any(_is(each, wanted) for each in applying), _shown([_task(each) for each in own])

    def said(self, phrase: str, locale: str, *, contains: bool) -> tuple[bool, str]:
        """Whether some side of the reply contains a phrase; or whether none does."""
        if locale not in self.told:
            self.told[locale] = self.texts(locale)
        texts = self.told[locale]
        if isinstance(texts, str):
            return False, texts
        found = any(_within(phrase, each) for each in texts)
        return found is contains, _shown(texts) if texts else "nothing is said"

    def texts(self, locale: str) -> tuple[str, ...] | str:
        """Everything said on either side; where that cannot be told, why not."""
        channel = self.state.pack.channels.get(str(self.given.get(p.CHANNEL)))
        try:
            told = result(self.state, channel, locale, self.now)
        except PlaybookError as fault:
            return fault.diagnostics[0].message
        replies = [each for each in (told.public, told.private) if each is not None]
        return tuple("\n".join(each.own_words) if each.own_words else each.text for each in replies)


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


def unused(pack: Pack, ran: Iterable[Ran]) -> tuple[str, ...]:
    """Lines of steps and outcomes that no scenario came through, as `file:line: what`."""
    taken: set[_Key] = set()
    for each in ran:
        taken.update((p.Target(passed.protocol, passed.step.id), passed.taken) for passed in each.state.path)
        if isinstance(each.state, Decided):
            taken.add((p.Target(each.state.outcome.protocol, each.state.outcome.id), ""))
    missing = sorted((span, text) for key, span, text in _lines(pack) if key not in taken)
    return tuple(f"{span.file}:{span.line}: {text}" for span, text in missing)


def _lines(pack: Pack) -> Iterator[tuple[_Key, Span, str]]:
    """Every line that a step may be left by, and every outcome."""
    for protocol in pack.protocols.values():
        for step in (*([protocol.entry] if protocol.entry else []), *protocol.steps.values()):
            place = p.Target(protocol.id, step.id)
            if isinstance(step, p.Check):
                for number, line in enumerate(step.lines):
                    yield (place, number), line.span, f"line {number + 1} of `{place}`"
            else:
                edges = {"": step.always} if step.always else step.edges
                for answer, edge in edges.items():
                    yield (place, answer), edge.span, f"`{answer or 'any answer'}` of `{place}`"
        for outcome in protocol.outcomes.values():
            place = p.Target(protocol.id, outcome.id)
            yield (place, ""), outcome.span, f"the outcome `{place}`"
