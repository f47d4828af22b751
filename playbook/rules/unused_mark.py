"""A mark that nothing bears and no red line speaks of.

## What it does

Finds marks of `playbook.yaml` that no outcome and no action bears, and that no red line names.

## Why it matters

A mark is what red lines speak of. One that nothing bears says of every case that it is not so.

## Example

```yaml title="playbook.yaml"
marks:
  discount:  # PB605
    es: Damos un descuento.
    en: We give a discount.
```

## Use instead

```yaml title="playbook.yaml"
marks:
  discount:
    es: Damos un descuento.
    en: We give a discount.
red_lines:
  no_discounts:
    because:
      es: Nadie paga menos por gritar más.
      en: Nobody pays less for shouting louder.
    never: [discount]
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.diagnostics import WARNING, Diagnostic
from playbook.loader.opening import PACK_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB605", WARNING


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each mark."""
    used = {p.PUBLIC_REPLY, p.SILENCE}
    used.update(mark for each in survey.outcomes for mark in each.marks)
    used.update(mark for each in survey.actions for mark in each.marks)
    for line in survey.red_lines:
        used.update((*line.never, *line.always, *line.beside))
    for name in survey.pack.marks:
        if name not in used:
            span = survey.places.key(PACK_FILE, "marks", name)
            hint = "give it to an outcome or an action, or delete it"
            yield Diagnostic(CODE, f"nothing bears the mark `{name}`", span, hint, SEVERITY)
