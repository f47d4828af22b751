"""A limit that nothing compares with.

## What it does

Finds limits of `playbook.yaml` that no condition and no template names.

## Why it matters

Whoever changes the number believes that the trees follow it. They have a number of their own.

## Example

```yaml title="playbook.yaml"
limits:
  very_late:  # PB607
    value: 15
    because:
      es: Lo dice el contrato.
      en: The contract says so.
```

## Use instead

```yaml title="playbook.yaml"
limits:
  very_late:
    value: 15
    because:
      es: Lo dice el contrato.
      en: The contract says so.
```

```yaml title="protocols/parcel.yaml"
facts:
  serious: days >= limits.serious and not days > limits.very_late
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic
from playbook.loader.opening import PACK_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB607", WARNING


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each limit."""
    for name in survey.pack.limits:
        if name not in survey.limits:
            span = survey.places.key(PACK_FILE, "limits", name)
            hint = f"write `limits.{name}` where it counts, or delete it"
            yield Diagnostic(CODE, f"nothing compares with the limit `{name}`", span, hint, SEVERITY)
