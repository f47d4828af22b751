"""The baseline of an old pack: what was found when `lint` was adopted, so that only what is new is told.

A finding is known again by its fingerprint, so lines may be added above it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from playbook.diagnostics import Diagnostic, PlaybookError
from playbook.formats.fingerprints import fingerprints
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

VERSION = 1


class Known(Record):
    """The findings that are new, and how many of the baseline are not found any more."""

    new: tuple[Diagnostic, ...]
    gone: int


def written(findings: Iterable[Diagnostic], texts: Mapping[str, str]) -> str:
    """The baseline as a document of JSON, one finding a line, in their order."""
    listed = [*findings]
    lines = [
        json.dumps(
            {
                "fingerprint": mark,
                "code": each.code,
                "file": each.span.file if each.span else "",
                "message": each.message,
            }
        )
        for mark, each in zip(fingerprints(listed, texts), listed, strict=True)
    ]
    inside = ",\n".join(f"  {line}" for line in lines)
    return (
        f'{{"baseline": {VERSION}, "findings": [\n{inside}\n]}}\n'
        if lines
        else f'{{"baseline": {VERSION}, "findings": []}}\n'
    )


def read(path: Path) -> frozenset[str]:
    """The fingerprints in a baseline's file. Raises PlaybookError where it is none (PB652)."""
    try:
        data = json.loads(path.read_bytes())
        if data["baseline"] == VERSION:
            return frozenset(str(each["fingerprint"]) for each in data["findings"])
        message = f"`{path}` is a baseline of another version"
    except OSError as fault:
        message = f"cannot read `{path}`: {(fault.strerror or 'it failed').lower()}"
    except (ValueError, TypeError, KeyError, RecursionError):
        message = f"`{path}` is no baseline"
    hint = "`playbook lint --baseline FILE --write-baseline` writes one"
    raise PlaybookError([Diagnostic("PB652", message, hint=hint)])


def unknown(findings: Iterable[Diagnostic], texts: Mapping[str, str], baseline: frozenset[str]) -> Known:
    """Leave out what the baseline has."""
    listed = [*findings]
    marks = fingerprints(listed, texts)
    new = tuple(each for each, mark in zip(listed, marks, strict=True) if mark not in baseline)
    return Known(new, len(baseline.difference(marks)))
