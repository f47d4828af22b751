"""A shared file that no protocol uses.

## What it does

Finds files of `protocols/shared/` that no protocol names under `use`. What stands in such a file is not told again.

## Why it matters

Its red flags are believed to hold, and hold nowhere.

## Example

```yaml title="protocols/shared/flags.yaml"
# PB659
questions:
  danger:
    ask: {es: ¿Hay peligro?, en: Is there danger?}
    yes_no: true
```

## Use instead

Name it under `use` in a protocol, or delete it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB659", WARNING


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each file."""
    for path in survey.idle:
        yield Diagnostic(CODE, "no protocol uses this file", Span(path), "name it under `use`, or delete it", SEVERITY)
