"""A link that is not https.

## What it does

Finds addresses that start with `http://` in every text of the pack and in templates.

## Why it matters

A browser warns of them, and so does every advice on fraud. A worried customer should not be asked to ignore it.

## Example

```jinja title="templates/en/parcel/explain.j2"
How to complain: http://olmeda.example/complaints{# PB615 #} We write to you {{ due.follow_up|when }}.
```

## Use instead

```jinja title="templates/en/parcel/explain.j2"
How to complain: https://olmeda.example/complaints. We write to you {{ due.follow_up|when }}.
```
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB615", WARNING
_LINK = re.compile(r"\bhttp://[^\s{}<>\"']+", re.IGNORECASE)


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each link."""
    hint = "write `https://`, once the page answers there"
    for read in survey.templates.values():
        for match in _LINK.finditer(read.source):
            yield Diagnostic(CODE, f"`{match[0]}` is not https", read.span(match.start()), hint, SEVERITY)
    for each in survey.worded(_LINK.search):
        for _, words in each.spoken(survey.pack.locales[0]):
            for match in _LINK.finditer(words.text):
                span = each.source.position(words, match.start())
                yield Diagnostic(CODE, f"`{match[0]}` is not https", span, hint, SEVERITY)
