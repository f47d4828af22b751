"""What a YAML file consists of once it is read: scalars, sequences and mappings, each with its line and column from 1.

Values have no types here; `as_int`, `as_bool` and `is_null` read a scalar by YAML 1.2's core schema where one is
expected, so that `no`, `on` and `12:30` stay text and `010` is ten.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Node: TypeAlias = "Scalar | Sequence | Mapping"


class Scalar:
    """A text as it was meant; `style` is empty where it stood plain, else its quote, `|` or `>`."""

    __slots__ = ("column", "line", "style", "text")

    def __init__(self, text: str, style: str, line: int, column: int) -> None:
        self.text = text
        self.style = style
        self.line = line
        self.column = column


class Sequence:
    """A list and where it starts (its first `-`, or its bracket)."""

    __slots__ = ("column", "items", "line")

    def __init__(self, line: int, column: int) -> None:
        self.items: list[Node] = []
        self.line = line
        self.column = column


class Mapping:
    """A map and where it starts (its first key, or its brace).

    The places of the keys are packed, one number a key in the order of `entries`: half of all nodes are keys, and as
    scalars they would take a third of the memory.
    """

    __slots__ = ("column", "entries", "line", "places")

    def __init__(self, line: int, column: int) -> None:
        self.entries: dict[str, Node] = {}
        self.places: list[int] = []
        self.line = line
        self.column = column

    def pairs(self) -> Iterator[tuple[Scalar, Node]]:
        """Each key, as a plain scalar with its place, and its value, in the file's order."""
        for place, (name, node) in zip(self.places, self.entries.items(), strict=True):
            yield Scalar(name, "", *unpacked(place)), node

    def key_position(self, name: str) -> tuple[int, int]:
        """Line and column of a key; where the map has no such key, of the map."""
        if name not in self.entries:
            return self.line, self.column
        return unpacked(self.places[list(self.entries).index(name)])


def unpacked(place: int) -> tuple[int, int]:
    """Line and column, from 1, of a packed place."""
    return (place >> 32) + 1, (place & 0xFFFFFFFF) + 1


# More digits than any number of a pack needs, and few enough that `int` is never slow and never refuses.
_INT = re.compile(r"[-+]?[0-9]{1,18}|0o[0-7]{1,18}|0x[0-9a-fA-F]{1,15}")
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NULL = {"", "~", "null", "Null", "NULL"}


def as_int(scalar: Scalar) -> int | None:
    """The whole number that a plain scalar writes (at most 18 digits), or None."""
    text = scalar.text
    if scalar.style or not _INT.fullmatch(text):
        return None
    return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))


def as_bool(scalar: Scalar) -> bool | None:
    """`true` or `false`, written plain, or None: `yes`, `no`, `on` and `off` are text."""
    return None if scalar.style else _BOOL.get(scalar.text)


def is_null(scalar: Scalar) -> bool:
    """Whether nothing is written: an empty plain value, `~` or `null`."""
    return not scalar.style and scalar.text in _NULL
