"""The baseline of an old pack: what was found when `lint` was adopted, so that only what is new is told.

A finding is known again by its fingerprint: its code, file and message, and the words of its line, not its number; so
lines may be added above. Of several that are alike in one file, each counts once.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from playbook.diagnostics import Diagnostic, PlaybookError, Span
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

VERSION = 1


class Known(Record):
    """The findings that are new, and how many of the baseline are not found any more."""

    new: tuple[Diagnostic, ...]
    gone: int


def fingerprints(findings: Iterable[Diagnostic], texts: Mapping[str, str]) -> list[str]:
    """A fingerprint for each finding, in their order: none twice."""
    from hashlib import sha256

    listed = [*findings]
    wanted = {each.span.file for each in listed if each.span}
    lines = {file: texts[file].split("\n") for file in wanted if file in texts}
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for each in listed:
        span = each.span or Span("", 0)
        own = lines.get(span.file, [])
        words = " ".join(own[span.line - 1].split()) if 0 < span.line <= len(own) else ""
        key = (each.code, span.file, each.message, words)
        seen[key] += 1
        data = "\0".join((*key, str(seen[key])))
        found.append(sha256(data.encode(errors="surrogatepass")).hexdigest())
    return found


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
