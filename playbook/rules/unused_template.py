"""A template that no outcome uses.

## What it does

Finds files of templates that are no outcome's reply: `templates/<locale>/<protocol>/<name>.j2`, with their variants.

## Why it matters

It is kept up, translated and agreed on, and no one will ever read it. Often it is an outcome that lost its reply.

## Example

```jinja title="templates/en/parcel/goodbye.j2"
{# PB603 #}Thank you for all these years.
```

## Use instead

Name it in an outcome, or delete it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic, Span
from playbook.survey.replies import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB603", WARNING


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each file."""
    used = {each.path for each in survey.replies}
    for path in survey.pack.files:
        if path.startswith(FOLDER) and path.count("/") > 2 and path not in used:  # noqa: PLR2004 - a partial has two
            hint = "name it in an outcome's `reply`, or delete it"
            yield Diagnostic(CODE, "no outcome uses this template", Span(path), hint, SEVERITY)
