"""Something grave that goes out without anybody's consent.

## What it does

Finds outcomes of level 3, and outcomes that a red flag (a `first:` line of a shared file) leads straight to, that say
something and need no `approval`.

## Why it matters

In a crisis a wrong sentence is quoted for years. Whoever is on duty should not be alone with it.

## Example

```yaml title="protocols/parcel.yaml"
outcomes:
  recall:  # PB625
    title: {es: Retirada, en: Recall}
    level: 3
    because: {es: Puede hacer daño., en: It may hurt someone.}
    source: {es: Contrato, en: Contract}
    reply:
      public:
        own_words:
          - {es: Di qué hacer ahora mismo., en: Say what to do right now.}
    follow_up:
      owner: team
      within: 1h
      check: {es: Mira qué contestan., en: See what people answer.}
    actions:
      - do: {es: Avisa a dirección., en: Tell management.}
        owner: team
        within: 10min
```

## Use instead

```yaml title="protocols/parcel.yaml"
outcomes:
  recall:
    title: {es: Retirada, en: Recall}
    level: 3
    because: {es: Puede hacer daño., en: It may hurt someone.}
    source: {es: Contrato, en: Contract}
    approval: [boss]
    reply:
      public:
        own_words:
          - {es: Di qué hacer ahora mismo., en: Say what to do right now.}
    follow_up:
      owner: team
      within: 1h
      check: {es: Mira qué contestan., en: See what people answer.}
    actions:
      - do: {es: Avisa a dirección., en: Tell management.}
        owner: team
        within: 10min
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic
from playbook.protocol import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB625", WARNING
_CRISIS = 3


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each outcome."""
    flagged = {line.target for shared in survey.pack.shared.values() for line in shared.first}
    for outcome in survey.outcomes:
        grave = outcome.level == _CRISIS or Target(outcome.protocol, outcome.id) in flagged
        if grave and not outcome.approval and (outcome.reply.public or outcome.reply.private):
            span = survey.places.head(outcome.span)
            why = f"level {_CRISIS}" if outcome.level == _CRISIS else "a red flag"
            message = f"`{outcome.id}` is {why}, and goes out without anybody's approval"
            yield Diagnostic(CODE, message, span, "add `approval:` with the roles that must agree", SEVERITY)
