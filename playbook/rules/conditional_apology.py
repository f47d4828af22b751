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
from playbook.replies.style import fold

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
    own = {each: [fold(phrase) for phrase, _ in survey.pack.style.get(each, ())] for each in survey.pack.locales}
    wanted = {each: _untold(each, own[each]) for each in survey.pack.locales}
    hint = "say what went wrong, and apologise for that"
    for spoken in survey.spoken:
        phrases = wanted[spoken.locale]
        for folded, span in spoken.phrases(phrases):
            message = f"`{phrases[folded]}` is an apology with a condition"
            yield Diagnostic(CODE, message, span, hint, SEVERITY)


def _untold(locale: str, listed: list[str]) -> dict[str, str]:
    """The phrases by their folded words, without those that the pack's own list finds already."""
    every = {fold(each): each for each in _PHRASES.get(locale[:2], ())}
    return {
        phrase: each
        for phrase, each in every.items()
        if not any(f" {one} " in f" {phrase} " or f" {phrase} " in f" {one} " for one in listed)
    }
