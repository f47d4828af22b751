"""Two ids that look alike.

## What it does

Finds ids of one kind (questions and facts, steps and outcomes of a protocol, choices of a question, roles, marks,
limits, stances) that differ only in what the eye does not tell apart: `0` and `o`, `1` and `l`, `rn` and `m`, `vv` and
`w`, or where the underscores are. Letters of other alphabets cannot stand in an id at all (PB015, PB037).

## Why it matters

A reviewer reads one, and the program takes the other.

## Example

```yaml title="playbook.yaml"
stances:
  rebui1d:  # PB640
    es: Otra cosa.
    en: Something else.
```

```yaml title="protocols/parcel.yaml"
outcomes:
  apologise:
    stance: rebui1d
```

## Use instead

```yaml title="playbook.yaml"
stances:
  adjust:
    es: Otra cosa.
    en: Something else.
```

```yaml title="protocols/parcel.yaml"
outcomes:
  apologise:
    stance: adjust
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic
from playbook.loader.opening import PACK_FILE
from playbook.protocol import CHANNEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playbook.diagnostics import Span
    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB640", WARNING
_ALIKE = (("_", ""), ("0", "o"), ("1", "l"), ("rn", "m"), ("vv", "w"))


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each id that looks like one before it."""
    for group in _groups(survey):
        first: dict[str, str] = {}
        for name, span in group:
            other = first.setdefault(_seen(name), name)
            if other != name:
                yield Diagnostic(CODE, f"`{name}` looks like `{other}`", span, "rename one", SEVERITY)


def _seen(name: str) -> str:
    """What the eye makes of an id."""
    for written, seen in _ALIKE:
        name = name.replace(written, seen)
    return name


def _groups(survey: Survey) -> Iterator[Iterable[tuple[str, Span]]]:
    pack, places = survey.pack, survey.places
    for key in ("roles", "marks", "limits", "stances"):
        yield [(name, places.key(PACK_FILE, key, name)) for name in getattr(pack, key)]
    named = [*((name, each.span) for name, each in pack.questions.items())]
    named += ((name, each.span) for name, each in pack.facts.items())
    yield [(name, places.head(span)) for name, span in named]
    for own in pack.protocols.values():
        inside = [*((name, each.span) for name, each in own.steps.items())]
        inside += ((name, each.span) for name, each in own.outcomes.items())
        yield [(name, places.head(span)) for name, span in inside]
    for name, question in pack.questions.items():
        file = question.span.file
        if question.id != CHANNEL:
            yield [(each, places.key(file, "questions", name, "choices", each)) for each in question.ids]
