"""An outcome after which nobody looks again.

## What it does

Finds outcomes without `follow_up`.

## Why it matters

What was promised is kept only where somebody looks whether it was.

## Example

```yaml title="protocols/parcel.yaml"
outcomes:
  wait:  # PB623
    title: {es: Esperar, en: Wait}
    level: 1
    because: {es: Aún no se sabe., en: It is not known yet.}
    reply:
      silence: {es: Nadie pregunta nada., en: Nobody asks anything.}
    source: {es: Contrato, en: Contract}
    actions:
      - do: {es: Busca el paquete., en: Look for the parcel.}
        owner: team
        within: 4h
```

## Use instead

```yaml title="protocols/parcel.yaml"
outcomes:
  wait:
    title: {es: Esperar, en: Wait}
    level: 1
    because: {es: Aún no se sabe., en: It is not known yet.}
    reply:
      silence: {es: Nadie pregunta nada., en: Nobody asks anything.}
    source: {es: Contrato, en: Contract}
    actions:
      - do: {es: Busca el paquete., en: Look for the parcel.}
        owner: team
        within: 4h
    follow_up:
      owner: team
      within: 1wd
      check: {es: Mira si ha llegado., en: See whether it has arrived.}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB623", WARNING


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each outcome."""
    for outcome in survey.outcomes:
        if outcome.follow_up is None:
            span = survey.places.head(outcome.span)
            hint = "add `follow_up:` with an owner, when, and what to look at"
            yield Diagnostic(CODE, f"nobody looks again after `{outcome.id}`", span, hint, SEVERITY)
