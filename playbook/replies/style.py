"""The pack's list of phrases to avoid, held against a text."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playbook.protocol import Pack


def found(text: str, pack: Pack, locale: str) -> tuple[tuple[str, str], ...]:
    """The phrases of the list for `locale` that stand in `text`, each with the reason.

    Case, accents and spacing do not matter, nor commas and quotes; but no phrase reaches over the end of a sentence:
    "lo sentimos. Si quieres" is no "sentimos si".
    """
    folded = f" {_fold(text)} "
    return tuple((phrase, why) for phrase, why in pack.style.get(locale, ()) if f" {_fold(phrase)} " in folded)


def _fold(text: str) -> str:
    """The words of a text, with a `|` where a sentence, a clause or a paragraph ends inside it."""
    bare = "".join(each for each in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(each))
    words = [each if each[0].isalnum() else "|" for each in re.findall(r"\w+|[.!?…:;¡¿]+|\n\s*\n", bare.strip())]
    return " ".join(words).strip("| ")
