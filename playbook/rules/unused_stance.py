"""A stance that no outcome takes.

## What it does

Finds stances of `playbook.yaml` that no outcome names.

## Why it matters

It reads as a strategy of the house, and no case ever follows it.

## Example

```yaml title="playbook.yaml"
stances:
  deny:  # PB608
    es: Negar lo que no es cierto.
    en: Deny what is not true.
```

## Use instead

```yaml title="playbook.yaml"
stances:
  deny:
    es: Negar lo que no es cierto.
    en: Deny what is not true.
```

```yaml title="protocols/parcel.yaml"
outcomes:
  explain:
    stance: deny
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic
from playbook.loader.opening import PACK_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB608", WARNING


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each stance."""
    used = {outcome.stance for outcome in survey.outcomes}
    for name in survey.pack.stances:
        if name not in used:
            span = survey.places.key(PACK_FILE, "stances", name)
            hint = "give it to an outcome, or delete it"
            yield Diagnostic(CODE, f"no outcome takes the stance `{name}`", span, hint, SEVERITY)
