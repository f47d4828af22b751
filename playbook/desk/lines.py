"""Rows as plain text: for standard output without a person, and for a file to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.screen import REPLY
from playbook.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playbook.asking.prompts import Row


def text(rows: Iterable[Row]) -> str:
    """Rows as lines, made safe; replies untouched by indents or wrapping."""
    lines = [(row, line) for row in rows for line in safe(row.text).split("\n")]
    return "".join(f"{' ' * row.indent if row.style != REPLY else ''}{line}\n" for row, line in lines)
