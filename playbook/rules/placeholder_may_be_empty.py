"""A placeholder that nobody may have filled in.

## What it does

Finds places where a template prints the answer to a text question without having asked `is known` first.

## Why it matters

The questions that only a reply needs can be skipped, and at three in the morning they are. Then the reply has a blank,
and is not ready to send.

## Example

```jinja title="templates/en/parcel/explain.j2"
We have looked at order {{ order }}.{# PB616 #} We write to you {{ due.follow_up|when }}.
```

## Use instead

```jinja title="templates/en/parcel/explain.j2"
We have looked at {% if order is known %}order {{ order }}{% else %}your order{% endif %}.
We write to you {{ due.follow_up|when }}.
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.conditions import expression as ex
from playbook.diagnostics import WARNING, Diagnostic
from playbook.replies.template import Choose, Include, Say
from playbook.replies.wording import partial

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.replies.template import Asked, Part
    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB616", WARNING
_NONE: frozenset[str] = frozenset()


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each place."""
    seen: set[tuple[str, frozenset[str]]] = set()
    found: dict[Diagnostic, None] = {}
    for each in survey.replies:
        found.update(dict.fromkeys(_blanks(survey, each.path, _NONE, seen)))
    yield from found


def _blanks(
    survey: Survey, path: str, known: frozenset[str], seen: set[tuple[str, frozenset[str]]]
) -> Iterator[Diagnostic]:
    """What may be blank in a file of which these questions are `known` to be answered; each pair is looked at once."""
    if (path, known) in seen or path not in survey.templates:
        return
    seen.add((path, known))
    read = survey.templates[path]
    pending: list[tuple[tuple[Part, ...], frozenset[str]]] = [(read.parts, known)]
    while pending:
        parts, sure = pending.pop()
        for part in parts:
            if isinstance(part, Say) and part.name not in sure and _is_text(survey, part.name):
                hint = f"write `{{% if {part.name} is known %}}…{{% else %}}…{{% endif %}}` around it"
                message = f"`{part.name}` may not be answered, and leaves a blank"
                yield Diagnostic(CODE, message, read.span(part.at), hint, SEVERITY)
            elif isinstance(part, Include):
                yield from _blanks(survey, partial(path, part.name), sure, seen)
            elif isinstance(part, Choose):
                pending += _branches(part, sure)


def _branches(choose: Choose, sure: frozenset[str]) -> Iterator[tuple[tuple[Part, ...], frozenset[str]]]:
    """The branches, each with what is known in it: by its own condition, and because those above are not true."""
    for branch in choose.branches:
        yield branch.parts, sure | _known(branch.condition, known=True)
        sure |= _known(branch.condition, known=False)


def _known(asked: Asked | None, *, known: bool) -> frozenset[str]:
    """The names that a condition says are known where it is true, or that it says are unknown where it is not."""
    if asked is None:
        return _NONE
    together = ex.And if known else ex.Or
    parts = asked.expression.parts if isinstance(asked.expression, together) else (asked.expression,)
    return frozenset(each.name for each in parts if isinstance(each, ex.Known) and each.known is known)


def _is_text(survey: Survey, name: str) -> bool:
    question = survey.pack.questions.get(name)
    return question is not None and question.kind == p.TEXT
