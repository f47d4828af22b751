"""How easy a text is to read, by a published measure of its language: from 0 (very hard) to 100 (very easy).

Both count the syllables of a word and the words of a sentence; Spanish words have more syllables than English ones.

- Spanish: 206.835 - 62.3 · syllables/words - words/sentences, the perspicuity of Francisco Szigriszt Pazos (Sistemas
  predictivos de legibilidad del mensaje escrito, Madrid 1993), read on the INFLESZ scale of Inés Barrio Cantalejo
  (2008): below 40 very hard, 40 to 55 rather hard, 55 to 65 normal, 65 to 80 rather easy, above very easy.
- English: 206.835 - 84.6 · syllables/words - 1.015 · words/sentences, the reading ease of Rudolf Flesch (A new
  readability yardstick, Journal of Applied Psychology 32, 1948): below 30 very difficult, 30 to 50 difficult, 50 to 60
  fairly difficult, 60 to 70 standard, above easy.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable

LEAST = {"es": 55, "en": 50}
"""Where each scale begins to call a text hard."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[@#]\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_SENTENCE = re.compile(r"[.!?…;:]+(?=\s|$)|\n+")
_NUCLEUS = re.compile(r"[iuü]?[aeoáéó][iuü]?|[iuü]?[íú]|[iuü]+")
_LAST_Y = re.compile(r"y(?![aeiouáéíóúü])")
_SILENT_U = re.compile(r"(?<=[qg])u(?=[eiéí])")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^aeiouyl]|[aeiouy]l)e$|[^aeiouydt]ed$|[^aeiouycgsxz]es$(?<!shes)(?<!ches)")
_SILENT_INSIDE = re.compile(r"(?<=[aeiouy][^aeiouyl])e(?=(?:ly|less|ness|ful)$)")
_APART = re.compile(r"ia(?!l\b|n\b)|io(?!n|us)|(?<![cgtx])ious|iu|eo(?!u)|[aeouy]ing")


class Ease(Record):
    """How easy a text is, and what that comes from."""

    score: float
    words: int
    longest: int
    """The words of its longest sentence."""


@lru_cache(maxsize=20_000)
def spanish(word: str) -> int:
    """The syllables of a Spanish word: its vowels, two strong ones or an accented weak one apart."""
    plain = _SILENT_U.sub("", _LAST_Y.sub("i", word.lower()))
    return max(1, len(_NUCLEUS.findall(plain)))


@lru_cache(maxsize=20_000)
def english(word: str) -> int:
    """The syllables of an English word, as its spelling tells them: right for most."""
    plain = word.lower().replace("’", "'").removesuffix("'s")
    silent = [each for each in (_SILENT, _SILENT_INSIDE) if each.search(plain)]
    return max(1, len(_VOWELS.findall(plain)) - len(silent) + len(_APART.findall(plain)))


def ease(text: str, language: str) -> Ease | None:
    """How easy a text is; None for a language without a measure here, or without words. Addresses are not read."""
    measure = _MEASURES.get(language)
    bare = _ADDRESS.sub(" ", text)
    words = _WORD.findall(bare)
    if measure is None or not words:
        return None
    syllables, weight, rate = measure
    counts = [count for each in _SENTENCE.split(bare) if (count := len(_WORD.findall(each)))]
    spoken = sum(len(each) if each.isdigit() else syllables(each) for each in words)
    score = 206.835 - weight * spoken / len(words) - rate * len(words) / len(counts)
    return Ease(score, len(words), max(counts))


_MEASURES: dict[str, tuple[Callable[[str], int], float, float]] = {
    "es": (spanish, 62.3, 1.0),
    "en": (english, 84.6, 1.015),
}
