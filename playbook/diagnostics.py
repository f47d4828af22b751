"""What can be wrong, as data: a place, a severity, a sentence and its cure.

Everything below the doors yields diagnostics; only the doors print them. Codes are given where the fault is found:
PB001-PB029 reading YAML, PB030-PB079 the shape of a pack and its names, PB080-PB099 conditions, PB200-PB249 templates,
PB300-PB349 answers, PB400-PB449 the command line and the machine, PB500-PB549 scenarios that are run, PB550-PB599
proofs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ERROR = "error"
WARNING = "warning"


class Span(Record):
    """A place in a file of the pack: `line` and `column` count from 1, `file` is relative to the pack."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


LONGEST_NAME = 60
"""Characters above which a name is not compared with others."""
MOST_COMPARED = 40
"""Names that one is compared with letter by letter."""


class Diagnostic(Record):
    """One fault: its code, severity (`error` or `warning`), message, place, and how to mend it."""

    code: str
    message: str
    span: Span | None = None
    hint: str | None = None
    severity: str = ERROR

    def as_json(self) -> dict[str, object]:
        """The shape that programs see (`diagnostics` of the JSON contract)."""
        place = self.span or Span("", 0, 0)
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "hint": self.hint,
            "file": place.file or None,
            "line": place.line or None,
            "column": place.column or None,
        }


class PlaybookError(Exception):
    """Stops a command: carries every diagnostic that was found, and the exit code that tells of it."""

    def __init__(self, diagnostics: Sequence[Diagnostic], exit_code: int = 2) -> None:
        """Keep all `diagnostics` (at least one) and the process's `exit_code`."""
        super().__init__("; ".join(each.message for each in diagnostics))
        self.diagnostics = tuple(diagnostics)
        self.exit_code = exit_code


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` was most likely meant to be, or None where nothing is close.

    Of many names only those are looked at that begin or end as it does: a file may have thousands of wrong ones.
    """
    from difflib import get_close_matches

    if len(name) > LONGEST_NAME:
        return None
    names = sorted({each for each in known if len(each) <= LONGEST_NAME})
    if len(names) > MOST_COMPARED:
        ends = sorted(each[::-1] for each in names)
        names = sorted({*_around(name, names), *(each[::-1] for each in _around(name[::-1], ends))})
    found = get_close_matches(name, names, n=1, cutoff=0.6)
    return found[0] if found else None


def _around(name: str, names: list[str]) -> list[str]:
    """The names that stand around the place where `name` would stand among them."""
    from bisect import bisect

    at = bisect(names, name)
    return names[max(at - MOST_COMPARED // 4, 0) : at + MOST_COMPARED // 4]


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """A hint that names the nearest known name, or lists them all where they are few."""
    names = sorted(known)
    close = nearest(name, names)
    if close:
        return f"did you mean `{close}`?"
    if names and len(names) <= 8:  # noqa: PLR2004 - a longer list helps nobody
        return "known: " + ", ".join(f"`{each}`" for each in names)
    return None
