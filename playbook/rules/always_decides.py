"""A line below which nothing ever decides.

## What it does

Finds lines of checks, first lines and rules of facts whose condition is true in every case that reaches them, so that
the lines below are idle. As with PB631, what is known before the check is not looked at.

## Why it matters

The rest of the list reads as if it counted.

## Example

```yaml title="protocols/parcel.yaml"
steps:
  size:
    check:
      - when: serious
        then: make_right
      - when: days >= 5 or not serious  # PB632
        then: apologise
      - then: explain
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
      - then: explain
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB632", WARNING


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each list of lines."""
    for cascade in survey.cascades:
        last = max(cascade.decide, default=0)
        line = cascade.lines[last]
        if last < len(cascade.lines) - 1:
            message = "no case comes past this line: where it is reached, it is always true"
            if line.when is None:
                message = "no case comes past this line"
            hint = "leave out the lines below, or its condition"
            yield Diagnostic(CODE, message, survey.places.within(line.span, "when"), hint, SEVERITY)
