"""The pack's list of phrases to avoid, held against a text."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playbook.protocol import Pack


def found(text: str, pack: Pack, locale: str) -> tuple[tuple[str, str], ...]:
    """The phrases of the list for `locale` that stand in `text`, each with the reason.

    Case, accents and spacing do not matter, nor commas and quotes; but no phrase reaches over the end of a sentence:
    "lo sentimos. Si quieres" is no "sentimos si".
    """
    folded = f" {fold(text)} "
    return tuple((phrase, why) for phrase, why in pack.style.get(locale, ()) if f" {fold(phrase)} " in folded)


def fold(text: str) -> str:
    """The words of a text, with a `|` where a sentence, a clause or a paragraph ends inside it."""
    bare = _MARKS.sub(_unmarked, unicodedata.normalize("NFD", text.casefold()))
    return " ".join(_word(each) for each in _WORDS.findall(bare.strip())).strip("| ")


def places(text: str, phrases: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The folded phrases that stand in `text`, each as often as it does, with the place of its first character."""
    words = _placed(text)
    line = " ".join(("", *(word for word, _ in words), ""))
    starts: dict[int, int] = {}
    at = 1
    for word, place in words:
        starts[at] = place
        at += len(word) + 1
    for phrase in phrases:
        at = line.find(f" {phrase} ")
        while at >= 0:
            yield phrase, starts[at + 1]
            at = line.find(f" {phrase} ", at + 1)


def _placed(text: str) -> list[tuple[str, int]]:
    """The folded words of a text, each with the place of its first character in it."""
    bare: list[str] = []
    origin: list[int] = []
    for at, letter in enumerate(text):
        for each in _MARKS.sub(_unmarked, unicodedata.normalize("NFD", letter.casefold())):
            bare.append(each)
            origin.append(at)
    return [(_word(match[0]), origin[match.start()]) for match in _WORDS.finditer("".join(bare))]


def _word(piece: str) -> str:
    return piece if piece[0].isalnum() else "|"


def _unmarked(match: re.Match[str]) -> str:
    return "".join(each for each in match[0] if not unicodedata.combining(each))


_MARKS = re.compile("[^\x00-\u02ff]+")
"""Where all marks are that an accent comes apart into, and much else."""
_WORDS = re.compile(r"\w+|[.!?…:;¡¿]+|\n\s*\n")
