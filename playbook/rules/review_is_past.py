"""A protocol that should have been read again.

## What it does

Compares `review_by` with the day on which `playbook lint` runs. Past it is a warning, and an error 90 days later.

## Why it matters

Phone numbers, contracts and people change. A protocol that nobody has read since is followed all the same.

## Example

```yaml title="protocols/parcel.yaml"
review_by: 2026-11-01  # PB620
```

## Use instead

```yaml title="protocols/parcel.yaml"
review_by: 2027-11-01
```
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from playbook.diagnostics import ERROR, WARNING, Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB620", WARNING
_GRACE = timedelta(days=90)


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each protocol."""
    for own in survey.pack.protocols.values():
        day = date.fromisoformat(own.review_by) if own.review_by else survey.today
        if day < survey.today:
            severity = ERROR if survey.today - day > _GRACE else WARNING
            span = survey.places.key(own.span.file, "review_by")
            hint = "read it again with whoever follows it, and set the next day"
            yield Diagnostic(CODE, f"it was to be read again by {own.review_by}", span, hint, severity)
