"""A partial that no reply includes.

## What it does

Finds partials, `templates/<locale>/_<name>.j2`, that no template of an outcome includes, directly or through others.

## Why it matters

As with a template that no outcome uses: work that no one reads.

## Example

```jinja title="templates/en/_hours.j2"
{# PB604 #}We are here from nine to nine.
```

## Use instead

```jinja title="templates/en/_hours.j2"
We are here from nine to nine.
```

```jinja title="templates/en/parcel/explain.j2"
We have looked at it, and write to you {{ due.follow_up|when }}. {% include '_hours' %}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic, Span
from playbook.survey.replies import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB604", WARNING


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each file."""
    for path in survey.pack.files:
        if path.startswith(FOLDER) and path.count("/") <= 2 and path not in survey.templates:  # noqa: PLR2004 - as told
            hint = "include it, or delete it"
            yield Diagnostic(CODE, "no reply includes this partial", Span(path), hint, SEVERITY)
