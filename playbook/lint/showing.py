"""What was found, for people and for programs: as lines with the place in the file, as JSON, as suites of JUnit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import ERROR, Span
from playbook.drawing import Piece
from playbook.formats.junit import Check, Suite
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playbook.diagnostics import Diagnostic

SCHEMA_VERSION = 1
LONGEST = 100
"""Most characters of a line of a file that are shown."""
BAD, FAINT, GOOD, STRONG = "bad", "faint", "good", "strong"


class Told(Record):
    """What is left to tell, each with its fingerprint; the texts it stands in; and how much is left out, and why."""

    findings: tuple[tuple[Diagnostic, str], ...]
    texts: Mapping[str, str]
    ignored: int = 0
    known: int = 0
    """How many the baseline has."""
    gone: int = 0
    """How many of the baseline are not found any more."""
    whole: bool = True
    fixable: frozenset[Diagnostic] = frozenset()
    """Those of the findings that `--fix` mends."""
    mended: int = 0
    """How many it has mended just now."""

    @property
    def errors(self) -> int:
        """How many are errors."""
        return sum(each.severity == ERROR for each, _ in self.findings)


def rows(told: Told) -> Iterator[Piece]:
    """Each finding with its line, its place in it and its cure; the sum last."""
    for each, _ in told.findings:
        where = f"{each.span}: " if each.span else ""
        mark = " [*]" if each in told.fixable else ""
        words = f"{each.severity}: {each.message} [{each.code}]{mark}"
        yield Piece(where, words, BAD if each.severity == ERROR else STRONG)
        yield from _line(each.span, told.texts) if each.span else ()
        if each.hint:
            yield Piece("  hint: ", each.hint)
        yield Piece("")
    yield Piece("", summary(told), BAD if told.errors else GOOD)


def _line(span: Span, texts: Mapping[str, str]) -> Iterator[Piece]:
    lines = texts.get(span.file, "").split("\n")
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    if not line.strip():
        return
    start = max(0, span.column - 1 - LONGEST // 2) if len(line) > LONGEST else 0
    shown = line[start : start + LONGEST]
    number = str(span.line)
    yield Piece(f"  {number} │ ", shown.replace("\t", " "), FAINT)
    yield Piece(f"  {' ' * len(number)} │ ", " " * (span.column - 1 - start) + "^", FAINT)


def summary(told: Told) -> str:
    """The sum of it, on one line."""
    warnings = len(told.findings) - told.errors
    counts = [_count(told.errors, "error"), _count(warnings, "warning")]
    found = " and ".join(each for each in counts if each) or "nothing found"
    fixable = sum(each in told.fixable for each, _ in told.findings)
    more = [
        f"{told.mended} mended" if told.mended else "",
        f"{fixable} [*] fixable with `--fix`" if fixable else "",
        f"{told.ignored} ignored with a reason" if told.ignored else "",
        f"{told.known} in the baseline" if told.known else "",
        f"{told.gone} of the baseline gone: write it again" if told.gone else "",
        "" if told.whole else "the rules come once these are mended",
    ]
    return "; ".join((found, *(each for each in more if each)))


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}" if number else ""


def as_json(told: Told) -> dict[str, object]:
    """All of it for programs."""
    return {
        "schema_version": SCHEMA_VERSION,
        "status": "findings" if told.findings else "clean",
        "errors": told.errors,
        "warnings": len(told.findings) - told.errors,
        "ignored": told.ignored,
        "baseline": {"known": told.known, "gone": told.gone},
        "rules_ran": told.whole,
        "mended": told.mended,
        "findings": [
            {**each.as_json(), "fixable": each in told.fixable, "fingerprint": mark} for each, mark in told.findings
        ],
    }


def suites(told: Told) -> Iterator[Suite]:
    """A suite for each file in which something was found; one that holds where nothing was."""
    files = dict.fromkeys((each.span or Span("")).file for each, _ in told.findings)
    for file in files:
        own = [each for each, _ in told.findings if (each.span or Span("")).file == file]
        yield Suite(file or "pack", tuple(_check(each) for each in own))
    if not files:
        yield Suite("pack", (Check("lint"),))


def _check(each: Diagnostic) -> Check:
    place = f" {each.span.line}:{each.span.column}" if each.span else ""
    details = f"{each.span}: {each.message}\n" if each.span else f"{each.message}\n"
    against = f"{each.severity}: {each.message}"
    return Check(f"{each.code}{place}", (against,), details + (f"{each.hint}\n" if each.hint else ""))
