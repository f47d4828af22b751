"""A fact that nothing uses.

## What it does

Finds facts that no condition, no red line and no template speaks of.

## Why it matters

Whoever reads the protocol takes it for something that decides.

## Example

```yaml title="protocols/parcel.yaml"
facts:
  late: days >= 2  # PB602
```

## Use instead

```yaml title="protocols/parcel.yaml"
facts:
  late: days >= 2
  serious: late and days >= limits.serious
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB602", WARNING


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each fact."""
    for name, fact in survey.pack.facts.items():
        if name not in survey.spoken_of and fact.span.file not in survey.idle:
            span = survey.places.head(fact.span)
            yield Diagnostic(
                CODE, f"nothing uses the fact `{name}`", span, "use it in a condition, or delete it", SEVERITY
            )
