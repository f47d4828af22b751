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

from functools import cache, partial
from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic
from playbook.loader.opening import PACK_FILE
from playbook.protocol import CHANNEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from playbook.diagnostics import Span
    from playbook.protocol import Fact, Outcome, Question, Step
    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB640", WARNING
_ALIKE = (("_", ""), ("0", "o"), ("1", "l"), ("rn", "m"), ("vv", "w"))


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each id that looks like one before it."""
    for names, place in _groups(survey):
        first: dict[str, str] = {}
        for name in names:
            other = first.setdefault(_seen(name), name)
            if other != name:
                yield Diagnostic(CODE, f"`{name}` looks like `{other}`", place(name), "rename one", SEVERITY)


@cache
def _seen(name: str) -> str:
    """What the eye makes of an id."""
    for written, seen in _ALIKE:
        name = name.replace(written, seen)
    return name


def _groups(survey: Survey) -> Iterator[tuple[Iterable[str], Callable[[str], Span]]]:
    """The ids of each kind, and what tells where one of them stands."""
    pack, places = survey.pack, survey.places
    for key in ("roles", "marks", "limits", "stances"):
        yield getattr(pack, key), partial(places.key, PACK_FILE, key)
    yield _declared(survey, pack.questions, pack.facts)
    for own in pack.protocols.values():
        yield _declared(survey, own.steps, own.outcomes)
    for name, question in pack.questions.items():
        if question.id != CHANNEL:
            yield question.ids, partial(places.key, question.span.file, "questions", name, "choices")


def _declared(
    survey: Survey, *groups: Mapping[str, Question | Fact | Step | Outcome]
) -> tuple[Iterable[str], Callable[[str], Span]]:
    found = {name: each.span for group in groups for name, each in group.items()}
    return found, lambda name: survey.places.head(found[name])
