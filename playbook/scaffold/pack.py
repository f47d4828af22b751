"""The smallest pack that is whole: who speaks, one red line, one protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.scaffold import protocol, texts
from playbook.scaffold.protocol import Surroundings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

FIRST = "complaint"
"""The protocol that it starts with."""
NAME = "Example"
"""The brand, until somebody writes their own."""


def drafted(locales: Sequence[str], review_by: date) -> dict[str, str]:
    """Its files by their paths. Raises PlaybookError where a locale is none."""
    values = {"name": NAME, "locales": ", ".join(locales)}
    top = {"playbook.yaml": texts.filled(texts.PACK, locales, values)}
    files = {path: text.encode() for path, text in top.items()}
    around = Surroundings(tuple(locales), "community", contact="email")
    return {**top, **protocol.drafted(files, around, FIRST, review_by)}
