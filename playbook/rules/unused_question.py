"""A question that nothing uses.

## What it does

Finds questions that no step asks, no condition or red line speaks of, and no template prints.

## Why it matters

Nobody is ever asked it. What its author thought would be decided by it is decided without.

## Example

```yaml title="protocols/parcel.yaml"
questions:
  weight:  # PB601
    ask:
      es: ¿Cuánto pesa?
      en: How much does it weigh?
    number: {min: 0, max: 90}
```

## Use instead

```yaml title="protocols/parcel.yaml"
questions:
  weight:
    ask:
      es: ¿Cuánto pesa?
      en: How much does it weigh?
    number: {min: 0, max: 90}
facts:
  serious: days >= limits.serious or weight > 30
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.diagnostics import WARNING, Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB601", WARNING


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each question."""
    used = survey.spoken_of | survey.asked | {p.CHANNEL}
    for name, question in survey.pack.questions.items():
        if name not in used and question.span.file not in survey.idle:
            span = survey.places.head(question.span)
            yield Diagnostic(
                CODE, f"nothing uses the question `{name}`", span, "ask it in a step, or delete it", SEVERITY
            )
