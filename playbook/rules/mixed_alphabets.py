"""A word in letters of two alphabets.

## What it does

Finds words, in replies and in all texts of the pack, that mix Latin letters with Greek or Cyrillic ones. Keys are
PB015.

## Why it matters

It looks right and is not: it cannot be searched for, a screen reader spells it, and it is how phishing is written.

## Example

```jinja title="templates/en/parcel/explain.j2"
Your раrcel is on its way.{# PB661 #} We write to you {{ due.follow_up|when }}.
```

## Use instead

```jinja title="templates/en/parcel/explain.j2"
Your parcel is on its way. We write to you {{ due.follow_up|when }}.
```
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.diagnostics import Span
    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB661", WARNING
_OTHER = "\u0370-\u03bb\u03bd-\u052f"  # without the mu of micrometres
_SUSPECT = re.compile(f"[{_OTHER}]")
_MIXED = re.compile(rf"\b(?=\w*[A-Za-z\u00c0-\u024f])\w*[{_OTHER}]\w*")


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each word."""
    for read in survey.templates.values():
        for match in _found(read.source):
            yield _told(match, read.span(match.start()))
    for each in survey.worded(_SUSPECT.search):
        for _, words in each.spoken(survey.pack.locales[0]):
            for match in _found(words.text):
                yield _told(match, each.source.position(words, match.start()))


def _found(text: str) -> Iterator[re.Match[str]]:
    if not text.isascii() and _SUSPECT.search(text):
        yield from _MIXED.finditer(text)


def _told(match: re.Match[str], span: Span) -> Diagnostic:
    odd = _SUSPECT.search(match[0])
    letter = odd[0] if odd else ""
    message = f"`{match[0]}` mixes alphabets: `{letter}` is no Latin letter (U+{ord(letter):04X})"
    return Diagnostic(CODE, message, span, "type the word anew", SEVERITY)
