"""The pack's list of phrases to avoid, held against a text."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playbook.protocol import Pack


def found(text: str, pack: Pack, locale: str) -> tuple[tuple[str, str], ...]:
    """The phrases of the list for `locale` that stand in `text`, each with the reason; case, accents and spacing do not matter."""
    folded = f" {_fold(text)} "
    return tuple((phrase, why) for phrase, why in pack.style.get(locale, ()) if f" {_fold(phrase)} " in folded)


def _fold(text: str) -> str:
    bare = "".join(each for each in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(each))
    return " ".join(re.findall(r"\w+", bare))
