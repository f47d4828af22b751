"""An outcome whose reason comes from nowhere.

## What it does

Finds outcomes without `source`, in protocols that have no `sources` either.

## Why it matters

A rule that nobody can trace is argued about in every case, or followed for ever.

## Example

```yaml title="protocols/parcel.yaml"
outcomes:
  wait:  # PB624
    title: {es: Esperar, en: Wait}
    level: 1
    because: {es: Aún no se sabe., en: It is not known yet.}
    reply:
      silence: {es: Nadie pregunta nada., en: Nobody asks anything.}
    actions:
      - do: {es: Busca el paquete., en: Look for the parcel.}
        owner: team
        within: 4h
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

CODE, SEVERITY = "PB624", WARNING


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each outcome."""
    for outcome in survey.outcomes:
        if outcome.source is None and not survey.pack.protocols[outcome.protocol].sources:
            span = survey.places.head(outcome.span)
            hint = "add `source:`, or `sources:` to the protocol"
            yield Diagnostic(CODE, f"nothing says where the reason of `{outcome.id}` comes from", span, hint, SEVERITY)
