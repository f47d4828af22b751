"""A line that never decides.

## What it does

Works out, for each check, for first lines and for each fact with rules, every case that its conditions can tell apart,
and finds the lines that decide in none of them: because their condition is never true, or because the lines above take
every such case. What is known before the check is not looked at: nothing is said of a line that only this makes idle.

## Why it matters

Somebody believes that these cases are handled there. Often a number is the wrong way round.

## Example

```yaml title="protocols/parcel.yaml"
steps:
  size:
    check:
      - when: days >= 5
        then: make_right
      - when: serious  # PB631
        then: apologise
      - then: apologise
```

## Use instead

```yaml title="protocols/parcel.yaml"
steps:
  size:
    check:
      - when: serious
        then: make_right
      - when: days >= 5
        then: apologise
      - then: apologise
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.cascade import deciding
from playbook.diagnostics import WARNING, Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.survey.survey import Cascade, Survey

CODE, SEVERITY = "PB631", WARNING


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each line; what an always true line makes idle is told there."""
    for cascade in survey.cascades:
        decide = cascade.decide
        last = max(decide, default=0)
        for index, line in enumerate(cascade.lines[:last]):
            if index not in decide:
                message, hint = _why(survey, cascade, index)
                yield Diagnostic(CODE, message, survey.places.within(line.span, "when"), hint, SEVERITY)


def _why(survey: Survey, cascade: Cascade, index: int) -> tuple[str, str]:
    line = cascade.lines[index]
    if line.unknown:
        return "this line never decides: nothing above it can be undecided", "leave it out"
    alone = deciding(survey.pack, (line, cascade.lines[-1]._replace(when=None, unknown=False)))
    if alone is not None and 0 not in alone:
        return (
            f"`{line.when.text if line.when else ''}` is never true",
            "see which way round it is meant, or leave it out",
        )
    return "this line never decides: the lines above take every such case", "put it higher, or leave it out"
