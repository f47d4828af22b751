"""A condition that is always, or never, true.

## What it does

Works out every case that a condition of an action, of something to avoid, of a red line or of a fact can tell apart,
and finds those that are true in all of them, or in none. Conditions of lines and rules are PB631 and PB632.

## Why it matters

An action that is never called for is missing when it is needed. A red line that speaks of no case protects nobody.

## Example

```yaml title="protocols/parcel.yaml"
facts:
  odd: days > 10 and days < 8  # PB633
actions:
  - when: odd
    do: {es: Avisa al almacén., en: Tell the warehouse.}
    owner: team
    within: 1h
```

## Use instead

```yaml title="protocols/parcel.yaml"
facts:
  odd: days > 8 and days < 10
actions:
  - when: odd
    do: {es: Avisa al almacén., en: Tell the warehouse.}
    owner: team
    within: 1h
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.cascade import deciding
from playbook.diagnostics import WARNING, Diagnostic
from playbook.protocol import Line, Target
from playbook.survey.conditions import LINE, RULE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB633", WARNING
_MOST = 2_000
_NOWHERE = Target("", "")


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each condition; where a fact is settled, what speaks of it alone is not told again."""
    settled: dict[str, str] = {}
    told: list[tuple[Diagnostic, str]] = []
    for each in survey.stated:
        if each.kind in (LINE, RULE) or survey.wordy(each.condition.names):
            continue
        lines = (Line(each.condition, _NOWHERE, each.span), Line(None, _NOWHERE, each.span))
        decide = deciding(survey.pack, lines, _MOST)
        if decide is None or len(decide) > 1:
            continue
        text = " ".join(each.condition.text.split())
        verdict = "always" if 0 in decide else "never"
        span = survey.places.within(each.span, "when")
        told.append(
            (Diagnostic(CODE, f"`{text}` is {verdict} true", span, "see which way round it is meant", SEVERITY), text)
        )
        if each.kind == "fact":
            settled |= {name: verdict for name, fact in survey.pack.facts.items() if fact.span == each.span}
    yield from (each for each, text in told if text.removeprefix("not ") not in settled)
