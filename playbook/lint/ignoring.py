"""Comments that say what is intended: `# playbook: ignore PB601 -- reason`, in a template `{# playbook: … #}`.

Such a comment speaks of its own line, and where it stands alone, of the next line that is no such comment.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playbook.diagnostics import ERROR, WARNING, Diagnostic, Span
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

_MARK = "playbook: ignore"
_COMMENT = re.compile(r"(?P<opens>(?:(?<=\s)|^)#|\{#-?)[ \t]*playbook:[ \t]*ignore\b(?P<rest>[^\n]*)", re.MULTILINE)
_REST = re.compile(r"[ \t]+(?P<codes>PB[0-9]{3}(?:[ \t]*,[ \t]*PB[0-9]{3})*)[ \t]+--[ \t]+(?P<reason>\S.*)")
_HOW = "write `playbook: ignore PB601 -- reason`"


class Ignore(Record):
    """A code that a comment ignores on one line."""

    code: str
    file: str
    line: int
    span: Span
    """Where the comment stands."""


class Sifted(Record):
    """The findings that are left, and how many were ignored."""

    kept: tuple[Diagnostic, ...]
    ignored: int


def sift(findings: Iterable[Diagnostic], texts: Mapping[str, str], known: Collection[str]) -> Sifted:
    """Leave out what the comments in these texts ignore; `known` are the codes that may be.

    A comment that is not written as it should be, or ignores nothing, is a finding itself.
    """
    ignores: dict[tuple[str, str, int], Ignore] = {}
    kept: list[Diagnostic] = []
    for file, text in texts.items():
        if _MARK.partition(":")[0] in text:
            for each in _read(file, text, known):
                if isinstance(each, Diagnostic):
                    kept.append(each)
                else:
                    ignores[each.code, each.file, each.line] = each
    used: set[Ignore] = set()
    for finding in findings:
        ignore = finding.span and ignores.get((finding.code, finding.span.file, finding.span.line))
        if ignore and finding.code in known:
            used.add(ignore)
        else:
            kept.append(finding)
    ignored = len({*ignores.values()} & used)
    for each in ignores.values():
        if each not in used:
            message = f"there is no {each.code} to ignore here"
            kept.append(Diagnostic("PB651", message, each.span, "take the comment away", WARNING))
    return Sifted(tuple(kept), ignored)


def _read(file: str, text: str, known: Collection[str]) -> Iterator[Ignore | Diagnostic]:
    meant, number, start = _meant(text.split("\n")), 1, 0
    for match in _COMMENT.finditer(text):
        number, start = number + text.count("\n", start, match.start()), match.start()
        column = match.start() - text.rfind("\n", 0, match.start())
        span = Span(file, number, column)
        inside = match["rest"].partition("#}")[0] if match["opens"].startswith("{") else match["rest"]
        said = _REST.match(inside.rstrip(" \t-") if match["opens"].startswith("{") else inside)
        if said is None:
            yield Diagnostic("PB650", "this comment ignores nothing: it needs a code and a reason", span, _HOW, ERROR)
            continue
        line = meant[number - 1]
        for code in re.findall(r"PB[0-9]{3}", said["codes"]):
            if code in known:
                yield Ignore(code, file, line, span)
            else:
                message = f"{code} cannot be ignored"
                hint = "mend it: with it, the pack cannot be used"
                yield Diagnostic("PB650", message, span, hint, ERROR)


def _meant(lines: list[str]) -> list[int]:
    """The line that a comment on each line would speak of."""
    found, last = [], len(lines) + 1
    for number in range(len(lines), 0, -1):
        last = last if _alone(lines[number - 1]) else number
        found.append(last)
    return found[::-1]


def _alone(line: str) -> bool:
    bare = line.strip()
    return _COMMENT.match(bare) is not None and (bare.startswith("#") or bare.find("#}") == len(bare) - 2)
