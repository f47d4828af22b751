"""A reply that is hard to read.

## What it does

Measures how easy each reply is to read: the longest text that its template prints, with its placeholders filled, by a
published measure of its language. Spanish is measured by Szigriszt Pazos (1993) on the INFLESZ scale, and told below
55, where it begins to be "rather hard"; English by Flesch (1948), and told below 50, where it begins to be "difficult".
A pack may set other numbers under `reading_ease`, by locale. Texts of fewer than 40 words are left out: the measures
were made with samples of a hundred, and say little of two lines. Other languages have no measure here.

## Why it matters

It is read on a phone, by somebody who is upset. Long sentences and long words sound like a lawyer wrote them.

## Example

```jinja title="templates/en/parcel/explain.j2"
{# PB657 #}Notwithstanding the aforementioned considerations concerning international transportation, the organisation
responsible for the distribution has communicated additional information regarding the investigation, which our
administration will continuously evaluate until a satisfactory determination is communicated {{ due.follow_up|when }},
irrespective of intermediate developments.
```

```jinja title="templates/en/parcel/explain.short.j2"
We write to you {{ due.follow_up|when }}.
```

## Use instead

```jinja title="templates/en/parcel/explain.j2"
The carrier has told us more about your parcel. We do not know yet where it is. We are looking for it with them, and we
write to you {{ due.follow_up|when }}, also if there is nothing new. If you need it sooner, tell us, and we send you
another one.
```

```jinja title="templates/en/parcel/explain.short.j2"
We write to you {{ due.follow_up|when }}.
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic, Span
from playbook.survey.longest import Longest
from playbook.survey.reading import LEAST, ease

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB657", WARNING
FEWEST = 40
"""Words below which nothing is said."""
LONG = 25
"""Words of a sentence that is worth splitting."""


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each file."""
    filled = Longest(survey, "Marta")
    for path, locale in {each.path: each.locale for each in survey.replies}.items():
        least = survey.pack.reading_ease.get(locale, LEAST.get(locale[:2]))
        found = ease(filled.bound(path, ""), locale[:2]) if least is not None else None
        if found is not None and least is not None and found.words >= FEWEST and found.score < least:
            message = f"this is hard to read: {found.score:.0f}, and it should be {least} at least"
            split = f"its longest sentence has {found.longest} words: split it" if found.longest > LONG else ""
            hint = split or "use shorter words, as one would say it aloud"
            yield Diagnostic(CODE, message, Span(path), hint, SEVERITY)
