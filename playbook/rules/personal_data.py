"""Personal data typed into a public reply.

## What it does

Looks in public replies, and in the points of public `own_words`, for what identifies somebody: an e-mail address, a
phone number, a Spanish identity number (its letter is checked), a bank account (IBAN) or a card number (their digits
are checked). What stands in `brand: contact:` is ours and may be said. An answer that is `private` is PB210.

## Why it matters

Everybody reads it, for ever. An address that somebody typed for one case goes out in all of them.

## Example

```jinja title="templates/en/parcel/explain.j2"
Ask Marta: marta.ruiz@mail.example.{# PB660 #} We write to you {{ due.follow_up|when }}.
```

## Use instead

```yaml title="playbook.yaml"
brand:
  contact:
    help: help@olmeda.example
```

```jinja title="templates/en/parcel/explain.j2"
Ask us: {{ brand.contact.help }}. We write to you {{ due.follow_up|when }}.
```
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic
from playbook.survey import replies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playbook.diagnostics import Span
    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB660", WARNING
_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_DIGITS = range(9, 13)
"""How many a phone number has."""
_ANY = re.compile(r"@|\d{2}")
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an e-mail address", re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")),
    ("a bank account", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")),
    ("a card number", re.compile(r"\b\d(?:[ -]?\d){12,18}\b")),
    ("an identity number", re.compile(r"\b[XYZ\d]\d{7}-?[A-Z]\b")),
    (
        "a phone number",
        re.compile(r"(?<![\w+])(?:\+\d{1,3}[ .-]?)?[6789]\d{2}[ .-]?\d{2,3}[ .-]?\d{2,3}[ .-]?\d{0,2}\b"),
    ),
)


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each place."""
    brand = survey.pack.brand
    ours = " ".join(words for each in brand.contact.values() for words in each.by_locale.values())
    for text, place in _public(survey):
        if _ANY.search(text):
            for kind, match in _found(text):
                if match[0] not in ours:
                    hint = "leave it out, or put it under `brand: contact:` where it is ours"
                    yield Diagnostic(CODE, f"`{match[0]}` is {kind}", place(match.start()), hint, SEVERITY)


def _public(survey: Survey) -> Iterator[tuple[str, Callable[[int], Span]]]:
    """What is said in public, and where each character of it stands."""
    seen: dict[str, None] = {}
    for each in survey.replies:
        if each.side == "public":
            seen.update(dict.fromkeys(replies.closure(survey.pack, each.path, survey.templates)))
    for path in seen:
        read = survey.templates[path]
        yield read.source, read.span
    for outcome in survey.outcomes:
        side = outcome.reply.public
        if side is not None and side.own_words:
            for source, _, node in survey.places.points(side.span, survey.pack.locales[0]):
                yield node.text, lambda at, source=source, node=node: source.position(node, at)  # type: ignore[misc]


def _found(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """What identifies somebody, by its kind; a place is told of once."""
    taken: list[tuple[int, int]] = []
    for kind, pattern in _KINDS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if _holds(kind, match[0]) and not any(start < after and before < end for before, after in taken):
                taken.append((start, end))
                yield kind, match


def _holds(kind: str, text: str) -> bool:
    """Whether the digits are those of such a number."""
    bare = re.sub(r"[^A-Z0-9]", "", text)
    if kind == "a bank account":
        return int("".join(str(int(each, 36)) for each in bare[4:] + bare[:4])) % 97 == 1
    if kind == "a card number":
        twice = [int(each) * (1 + at % 2) for at, each in enumerate(reversed(bare))]
        return sum(map(int, "".join(map(str, twice)))) % 10 == 0
    if kind == "an identity number":
        return _LETTERS[int(bare[:-1].translate(str.maketrans("XYZ", "012"))) % 23] == bare[-1]
    return kind == "an e-mail address" or len(re.sub(r"\D", "", text)) in _DIGITS
