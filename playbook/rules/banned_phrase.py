"""A phrase that the pack's own list says to avoid.

## What it does

Looks for the phrases of `style` in `playbook.yaml`, in replies and in the points that people make in their own words.
Case, accents and line breaks do not matter; a phrase never reaches over the end of a sentence.

## Why it matters

The list is what a team has learned. What stands in a template goes out as it is.

## Example

```yaml title="playbook.yaml"
style:
  en:
    - avoid: dear customer
      because: The person has a name.
```

```jinja title="templates/en/parcel/explain.j2"
Dear customer, we write to you {{ due.follow_up|when }}.{# PB611 #}
```

## Use instead

```jinja title="templates/en/parcel/explain.j2"
Hello, we write to you {{ due.follow_up|when }}.
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic
from playbook.replies.style import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB611", WARNING


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each place."""
    listed = {
        locale: {fold(phrase): (phrase, why) for phrase, why in phrases}
        for locale, phrases in survey.pack.style.items()
    }
    for spoken in survey.spoken:
        for folded, span in spoken.phrases(listed.get(spoken.locale, ())):
            phrase, why = listed[spoken.locale][folded]
            yield Diagnostic(CODE, f"`{phrase}` is on the list of what to avoid", span, why, SEVERITY)
