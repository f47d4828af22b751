"""A run of scenarios for people: what fails, expected and got side by side, its path, and what is covered."""

from __future__ import annotations

import textwrap
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING

from playbook.drawing import Piece
from playbook.engine import Decided
from playbook.protocol import Target
from playbook.scenarios.coverage import KINDS
from playbook.scenarios.turning import line_of, place, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.scenarios.cases import Failure, Ran
    from playbook.scenarios.coverage import Coverage
    from playbook.scenarios.trial import Trial

WIDTH = 100
"""Columns where there is no terminal."""
NARROWEST = 16
WHOLE = ("PB070", "PB502", "PB503")
"""The codes of what is wrong with a run as a whole, and with no scenario of it."""
BAD, GOOD, FAINT, STRONG = "bad", "good", "faint", "strong"
SAME, OTHER = " │ ", " ≠ "


def rows(trial: Trial, width: int = WIDTH) -> list[Piece]:
    """All of it, `width` columns wide: failures first, then the coverage, and the sum of it last."""
    found = [piece for each in trial.failed for piece in (*failed(each, width), Piece(""))]
    if trial.ran:
        found += [*_coverage(trial.coverage), Piece("")]
    found += (Piece("", each.message, BAD) for each in trial.findings if each.code in WHOLE)
    return [*found, Piece("", summary(trial), GOOD if trial.holds else BAD)]


def summary(trial: Trial) -> str:
    """The sum of it, on one line."""
    failed, every = len(trial.failed), len(trial.ran)
    if not every:
        return "no scenarios: nothing is tested"
    told_of = f"{every} scenario{'' if every == 1 else 's'}"
    if failed in (0, every):
        verdict = f"{told_of} {'fail' if failed else 'hold'}{'s' if every == 1 else ''}"
    else:
        verdict = f"{told_of}, {failed} of them {'fails' if failed == 1 else 'fail'}"
    return f"{verdict}; {trial.coverage.percent} % covered"


def failed(ran: Ran, width: int) -> Iterator[Piece]:
    """A scenario that does not hold: each expectation beside what came, and the path."""
    yield Piece("✗ ", f"{ran.scenario.protocol}: {ran.scenario.name}", BAD)
    for failure in ran.failures:
        yield Piece("    ", f"{failure.what}  {failure.span}", STRONG)
        yield from beside(failure, width)
        if failure.turned:
            yield Piece("      turned at ", told(failure.turned))
    yield from path(ran)


def path(ran: Ran) -> Iterator[Piece]:
    """The steps that a case went through, each with the line that led on."""
    yield Piece("    ", "path", STRONG)
    lines = [(str(place(each)), line_of(each), str(each.span)) for each in ran.state.path]
    wide = [max((len(line[at]) for line in lines), default=0) for at in (0, 1)]
    for step, taken, span in lines:
        yield Piece("      ", f"{step:<{wide[0]}}  {taken:<{wide[1]}}  {span}")
    yield Piece("      ", _end(ran))


def _end(ran: Ran) -> str:
    state = ran.state
    if isinstance(state, Decided):
        return f"{Target(state.outcome.protocol, state.outcome.id)}"
    return f"{state.place} needs `{state.question.id}`, which is not answered"


def beside(failure: Failure, width: int) -> Iterator[Piece]:
    """Expected and got, side by side; lines that differ have `≠` between them."""
    across = max((width - 6 - len(SAME)) // 2, NARROWEST)
    yield Piece("      ", f"{'expected':<{across}}{SAME}got", FAINT)
    for left, right, same in _pairs(failure.expected.split("\n"), failure.got.split("\n")):
        for at, (one, other) in enumerate(zip_longest(_wrapped(left, across), _wrapped(right, across), fillvalue="")):
            sign = SAME if same or at else OTHER
            yield Piece("      ", f"{one:<{across}}{sign}{other}".rstrip())


def _pairs(left: list[str], right: list[str]) -> Iterator[tuple[str, str, bool]]:
    """The lines of two texts, those that are equal beside each other."""
    for kind, start, end, first, last in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for one, other in zip_longest(left[start:end], right[first:last], fillvalue=""):
            yield one, other, kind == "equal"


def _wrapped(text: str, across: int) -> list[str]:
    return textwrap.wrap(text, across, break_on_hyphens=False) or [""]


def _coverage(coverage: Coverage) -> Iterator[Piece]:
    yield Piece("", "Coverage", STRONG)
    for kind in KINDS:
        yield Piece("  ", _count(kind, coverage.of(kind)))
    if coverage.missing:
        yield Piece("")
        yield Piece("", "No scenario comes through", STRONG)
    wide = max((len(str(each.span)) for each in coverage.missing), default=0)
    for each in coverage.missing:
        yield Piece("  ", f"{each.span!s:<{wide}}  {each.what}")


def _count(kind: str, coverage: Coverage) -> str:
    every = len(coverage.items)
    return f"{kind:<12}" + (f"{coverage.covered:>5} of {every:<5}{coverage.percent:>4} %" if every else " none")
