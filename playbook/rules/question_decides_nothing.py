"""A question that is asked, and whose answer changes nothing.

## What it does

Finds questions that steps ask although every answer leads to the same place, and that no condition, no red line and no
template speaks of.

## Why it matters

Each question costs time while somebody waits. This one costs it for nothing, or what it should decide was forgotten.

## Example

```yaml title="protocols/parcel.yaml"
questions:
  angry:
    ask: {es: ¿Está enfadado?, en: Are they angry?}
    yes_no: true
steps:
  size:
    check:
      - when: serious
        then: make_right
      - then: mood
  mood:
    ask: angry  # PB634
    then: apologise
```

## Use instead

```yaml title="protocols/parcel.yaml"
questions:
  angry:
    ask: {es: ¿Está enfadado?, en: Are they angry?}
    yes_no: true
steps:
  size:
    check:
      - when: serious
        then: make_right
      - then: mood
  mood:
    ask: angry
    then: {yes: make_right, no: apologise}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.diagnostics import WARNING, Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB634", WARNING


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each step that asks such a question."""
    asks: dict[str, list[p.Ask]] = {}
    for own in survey.pack.protocols.values():
        for step in own.steps.values():
            if isinstance(step, p.Ask):
                asks.setdefault(step.question, []).append(step)
    for name, steps in asks.items():
        if name in survey.spoken_of or any(_parts(step) for step in steps):
            continue
        for step in steps:
            span = survey.places.within(step.span, "ask")
            hint = "lead somewhere else with one of its answers, or do not ask it"
            yield Diagnostic(CODE, f"the answer to `{name}` changes nothing", span, hint, SEVERITY)


def _parts(step: p.Ask) -> bool:
    """Whether the answers of a step lead to different places."""
    return len({edge.target for edge in step.edges.values()}) > 1
