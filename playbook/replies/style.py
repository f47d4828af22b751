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
    bare = "".join(each for each in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(each))
    return " ".join(_word(each) for each in re.findall(_WORDS, bare.strip())).strip("| ")


def places(text: str, phrases: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, int]]:
    """The phrases that stand in `text`, each as often as it does, with its reason and where it starts.

    They come as pairs of the phrase and its reason.
    """
    folded = f" {fold(text)} "
    found = [(phrase, why, f" {fold(phrase)} ") for phrase, why in phrases]
    standing = [each for each in found if each[2] in folded]
    if not standing:
        return
    words = _placed(text)
    line = " " + " ".join(word for word, _ in words) + " "
    starts = {}
    at = 1
    for word, place in words:
        starts[at] = place
        at += len(word) + 1
    for phrase, why, wanted in standing:
        at = line.find(wanted)
        while at >= 0:
            yield phrase, why, starts[at + 1]
            at = line.find(wanted, at + 1)


def _placed(text: str) -> list[tuple[str, int]]:
    """The folded words of a text, each with the place of its first character in it."""
    bare: list[str] = []
    origin: list[int] = []
    for at, letter in enumerate(text):
        for each in unicodedata.normalize("NFD", letter.casefold()):
            if not unicodedata.combining(each):
                bare.append(each)
                origin.append(at)
    return [(_word(match[0]), origin[match.start()]) for match in re.finditer(_WORDS, "".join(bare))]


def _word(piece: str) -> str:
    return piece if piece[0].isalnum() else "|"


_WORDS = r"\w+|[.!?…:;¡¿]+|\n\s*\n"
