"""What was typed, read as an answer: the same rules whether a prompt draws or not."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from playbook.answers import NO, YES, Refused, accept
from playbook.protocol import CHOICE, MANY, NUMBER, TEXT, YES_NO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playbook.protocol import Answer, Question
    from playbook.words import Words

UNSURE = ("x", "no lo sé", "no sé", "i don't know", "don't know")
LATER = ("-",)
LONGEST = 15
"""Digits of a number."""
GROUPING = (".", ",", " ", "\u00a0", "\u202f", "'")
"""What may stand between groups of digits."""
GROUP = 3


class Misread(Exception):  # noqa: N818 - it becomes the line under the prompt
    """What was typed is no answer; the message says, in the interface's language, what would be one."""


def fold(text: str) -> str:
    """`text` for comparing: without case or accents, so that `atras` finds `Atrás`."""
    spread = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(each for each in spread if not unicodedata.combining(each)).split())


def find(typed: str, names: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The positions that `typed` may mean: by a whole name, else by how one begins, else by how a word in it begins.

    `names` gives every line's names, the first its own; a trailing space counts, so that `no ` is no longer `No`.
    """
    wanted = fold(typed) + (" " if typed[-1:].isspace() else "")
    if not wanted.strip():
        return ()
    folded = [[fold(name) for name in each] for each in names]
    for fits in (_same, str.startswith, _word_starts):
        found = tuple(at for at, each in enumerate(folded) if any(fits(name, wanted) for name in each))
        if found:
            return found
    return ()


def _same(name: str, wanted: str) -> bool:
    return name == wanted


def _word_starts(name: str, wanted: str) -> bool:
    return f" {wanted}" in name


def names(question: Question, words: Words) -> list[tuple[str, ...]]:
    """The names by which the lines of `question` are found, in the order they are shown."""
    if question.kind == YES_NO:
        lines = [(words("yes"), *sorted(YES)), (words("no"), *sorted(NO))]
    else:
        lines = [(str(at), each.label.say(words.locale), each.id) for at, each in enumerate(question.choices, 1)]
    return [*lines, (words("dont_know"), *UNSURE)] if question.unknown else lines


def read(question: Question, typed: str, words: Words) -> Answer:
    """The answer to `question` that `typed` is. Raises Misread."""
    if question.kind == TEXT:
        return _text(question, typed, words)
    if question.unknown and fold(typed) in {fold(each) for each in (*UNSURE, words("dont_know"))}:
        return None
    if question.kind == NUMBER:
        return _number(question, typed, words)
    if question.kind == MANY:
        return _many(question, typed, words)
    return _one(question, typed, words)


def _one(question: Question, typed: str, words: Words) -> Answer:
    found = find(typed, names(question, words))
    if len(found) != 1:
        wanted = words("bad_choice", most=len(question.choices)) if question.kind == CHOICE else words("bad_yes_no")
        raise Misread(wanted)
    if question.kind == YES_NO:
        return (True, False, None)[found[0]]
    return (*question.ids, None)[found[0]]


def _many(question: Question, typed: str, words: Words) -> Answer:
    parts = [part for part in typed.replace(";", ",").split(",") if part.strip()]
    if fold(typed) in {"0", fold(words("none_ticked"))}:
        return ()
    found = [find(part, names(question, words)[: len(question.choices)]) for part in parts]
    if not found or any(len(each) != 1 for each in found):
        raise Misread(words("bad_choice", most=len(question.choices)))
    return accept(question, [question.ids[each[0]] for each in found])


def _number(question: Question, typed: str, words: Words) -> Answer:
    text = typed.strip()
    # Not `int` alone: it takes 1_000, and it may take long over a very long text.
    sign, digits = (text[:1], text[1:]) if text[:1] in {"+", "-"} else ("", text)
    digits = _ungrouped(digits)
    try:
        return accept(question, int(sign + digits) if digits.isdecimal() and len(digits) <= LONGEST else text)
    except Refused:
        raise Misread(words("bad_number", **bounds(question, words))) from None


def _ungrouped(digits: str) -> str:
    """A number without the signs between its groups of three: `2.300`, `2,300` and `2 300` are the same."""
    for sign in GROUPING:
        first, *groups = digits.split(sign)
        if groups and 1 <= len(first) <= GROUP and all(len(each) == GROUP for each in groups):
            return "".join((first, *groups))
    return digits


def bounds(question: Question, words: Words) -> dict[str, str]:
    """The least and the most of a number, as one reads them: `1.000.000` in Spanish, `1,000,000` in English."""
    sign = {"es": "."}.get(words.locale, ",")
    return {"low": f"{question.low:,}".replace(",", sign), "high": f"{question.high:,}".replace(",", sign)}


def _text(question: Question, typed: str, words: Words) -> Answer:
    text = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not text:
        raise Misread(words("bad_text"))
    if len(text) > question.longest:
        raise Misread(words("too_long", over=len(text) - question.longest, most=question.longest))
    return text
