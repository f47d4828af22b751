"""An action without a deadline.

## What it does

Finds actions without `within`, wherever they stand.

## Why it matters

What is due at no time is done when there is nothing else to do.

## Example

```yaml title="protocols/parcel.yaml"
actions:
  - do: {es: Avisa al almacén., en: Tell the warehouse.}  # PB621
    owner: team
```

## Use instead

```yaml title="protocols/parcel.yaml"
actions:
  - do: {es: Avisa al almacén., en: Tell the warehouse.}
    owner: team
    within: 1h
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB621", WARNING


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each action."""
    for action in survey.actions:
        if action.within is None:
            hint = "add `within:`, such as `4h` or `2wd`"
            yield Diagnostic(CODE, "this action has no deadline", action.span, hint, SEVERITY)
