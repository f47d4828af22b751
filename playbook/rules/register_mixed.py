"""A text that says tú and usted.

## What it does

Looks in Spanish replies for words of both registers outside of `you('…', '…')`, for a word of the register that is not
the pack's, and for a `you('…', '…')` whose two sides are exchanged. Only words that can be nothing else count: "su" and
"le" may speak of somebody else.

## Why it matters

Two people seem to have written it. Whoever is addressed notices at once, and the more so the more upset they are.

## Example

```jinja title="templates/es/parcel/explain.j2"
Hemos mirado tu caso. Si quiere, llámenos.{# PB614 #} {{ you('Te', 'Le') }} escribimos {{ due.follow_up|when }}.
```

## Use instead

```jinja title="templates/es/parcel/explain.j2"
Hemos mirado {{ you('tu', 'su') }} caso. {{ you('Te', 'Le') }} escribimos {{ due.follow_up|when }}.
```
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic
from playbook.replies.template import Choose, Pick
from playbook.survey.replies import flat, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.replies.template import Part
    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB614", WARNING
_TU = re.compile(
    r"\b(?:tú|ti|te|contigo|tu|tus|tuyo|tuya|tuyos|tuyas|escríbenos|llámanos|contéstanos|envíanos|mándanos|dinos"
    r"|cuéntanos|indícanos|tienes|puedes|quieres|prefieres)\b",
    re.IGNORECASE,
)
_USTED = re.compile(
    r"\b(?:usted|ustedes|escríbanos|llámenos|contéstenos|envíenos|mándenos|díganos|cuéntenos|indíquenos|rogamos)\b",
    re.IGNORECASE,
)


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each file, at the first word that does not go with the rest."""
    tu = survey.pack.register == "tu"
    for path, read in survey.templates.items():
        if not path.startswith("templates/es"):
            continue
        told = flat(read, None)
        wrong = (_USTED if tu else _TU).search(told.text)
        if wrong is not None:
            message = f"`{wrong[0]}` is {'usted' if tu else 'tú'}, and the pack says {'tú' if tu else 'usted'}"
            hint = "write both with `{{ you('…', '…') }}`"
            yield Diagnostic(CODE, message, place(read, told, wrong.start()), hint, SEVERITY)
            continue
        if any(_USTED.search(pick.tu) or _TU.search(pick.usted) for pick in _picks(read.parts)):
            hint = "tú stands first: `{{ you('te', 'le') }}`"
            yield Diagnostic(CODE, "the two sides of a `you(…)` are exchanged", read.span(0), hint, SEVERITY)


def _picks(parts: tuple[Part, ...]) -> Iterator[Pick]:
    for part in parts:
        if isinstance(part, Pick):
            yield part
        elif isinstance(part, Choose):
            for branch in part.branches:
                yield from _picks(branch.parts)
