"""An apology with a condition.

## What it does

Looks in replies, and in the points that people make in their own words, for apologies that doubt what happened
("sorry if", "lamentamos si") or that speak of how the other person feels ("sorry you feel"), in Spanish and English. A
phrase that stands in the pack's own list is told by PB611 alone.

## Why it matters

It is read as what it is, no apology, and is quoted as such. If something happened, say what it was.

## Example

```jinja title="templates/en/parcel/apologise.j2"
We apologise if anything went wrong.{# PB612 #} We write to you {{ due.follow_up|when }}.
```

## Use instead

```jinja title="templates/en/parcel/apologise.j2"
We sent the wrong parcel, and we apologise. We write to you {{ due.follow_up|when }}.
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic
from playbook.replies.style import fold, places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB612", WARNING
_PHRASES: Mapping[str, tuple[str, ...]] = {
    "es": (
        "lamentamos si", "lamento si", "lamentamos mucho si", "sentimos si", "siento si", "sentimos mucho si",
        "perdón si", "disculpas si", "disculpa si", "disculpe si", "disculpen si", "si te has sentido",
        "si se ha sentido", "si alguien se ha sentido", "si te hemos ofendido", "si le hemos ofendido",
        "si te ha molestado", "si le ha molestado", "lamentamos que te sientas", "lamentamos que se sienta",
        "sentimos que te sientas", "sentimos que se sienta", "lamentamos que te hayas sentido",
        "lamentamos que se haya sentido", "molestias que hayamos podido", "molestias que te hayamos podido",
        "molestias que le hayamos podido", "molestias que haya podido", "molestias que pudiera",
        "si en algún momento", "si hemos cometido",
    ),
    "en": (
        "sorry if", "sorry for any", "sorry you feel", "sorry that you feel", "sorry you felt", "sorry that you felt",
        "apologise if", "apologize if", "apologise for any", "apologize for any", "apologies if", "apologies for any",
        "regret if", "regret any", "if you were offended", "if you felt offended", "if anyone was offended",
        "if anyone felt", "if we offended", "if we have offended", "if mistakes were made",
    ),
}  # fmt: skip


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each place."""
    found: dict[Diagnostic, None] = {}
    for spoken in survey.spoken:
        own = survey.pack.style.get(spoken.locale, ())
        listed = [fold(phrase) for phrase, _ in own]
        pairs = [(each, "") for each in _PHRASES.get(spoken.locale[:2], ()) if not _told(fold(each), listed)]
        taken = {at for _, _, at in places(spoken.text, own)}
        for phrase, _, at in places(spoken.text, pairs):
            if at not in taken:
                hint = "say what went wrong, and apologise for that"
                found[
                    Diagnostic(CODE, f"`{phrase}` is an apology with a condition", spoken.span(at), hint, SEVERITY)
                ] = None
    yield from found


def _told(phrase: str, listed: list[str]) -> bool:
    """Whether the pack's own list has the phrase, or a part of it."""
    return any(f" {each} " in f" {phrase} " for each in listed)
