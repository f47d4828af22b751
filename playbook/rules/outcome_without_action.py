"""An outcome after which nobody does anything.

## What it does

Finds outcomes without an action of their own. Those of the protocol, of shared files and of `playbook.yaml` are done in
every case, and do not count. Where something is really only watched (level 0), nothing is missing.

## Why it matters

An answer without an action behind it is words. The person comes back, and angrier.

## Example

```yaml title="protocols/parcel.yaml"
outcomes:
  wait:  # PB622
    title: {es: Esperar, en: Wait}
    level: 1
    because: {es: Aún no se sabe., en: It is not known yet.}
    reply:
      silence: {es: Nadie pregunta nada., en: Nobody asks anything.}
    source: {es: Contrato, en: Contract}
    follow_up:
      owner: team
      within: 1wd
      check: {es: Mira si ha llegado., en: See whether it has arrived.}
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

CODE, SEVERITY = "PB622", WARNING


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each outcome."""
    for outcome in survey.outcomes:
        if not outcome.actions and outcome.level > 0:
            span = survey.places.head(outcome.span)
            hint = "add an action with its owner and deadline"
            yield Diagnostic(CODE, f"the outcome `{outcome.id}` asks nobody to do anything", span, hint, SEVERITY)
