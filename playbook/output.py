"""What a command writes on standard output: lines, in colour where the terminal takes it, drawings, and JSON."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from playbook.diagnostics import Diagnostic, PlaybookError
from playbook.terminal import colour_allowed, encodable, put, safe

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from playbook.drawing import Piece

_COLOURS = {"": "", "strong": "bold", "level0": "blue", "level1": "green", "level2": "yellow", "level3": "bold red"}
_COLOURS |= {"good": "green", "bad": "bold red", "faint": "dim"}


def put_pieces(pieces: Iterable[Piece]) -> None:
    """Print lines; in colour, with rich, only on a terminal that allows it."""
    if not colour_allowed(os.environ, sys.stdout):
        put(sys.stdout, "".join(f"{each.lead}{each.text}\n" for each in pieces))
        return
    from rich.console import Console
    from rich.text import Text

    def shown(text: str) -> str:
        return encodable(safe(text), sys.stdout.encoding)

    parts = [part for each in pieces for part in (shown(each.lead), (shown(each.text), _COLOURS[each.style]), "\n")]
    Console(highlight=False).print(Text.assemble(*parts), end="", soft_wrap=True)


def put_json(document: dict[str, object]) -> None:
    """Print one JSON object: all in ASCII where a terminal could obey one of its characters, or could not write it."""
    put(sys.stdout, as_json(document, sys.stdout.encoding))


def write(text: str, path: Path | None) -> None:
    """Write a document to a file as it is, or to standard output made safe for a terminal.

    Raises:
        PlaybookError: it cannot be written there (PB412).
    """
    if path is None:
        put(sys.stdout, text)
        return
    write_bytes(text.encode("utf-8", "surrogatepass"), path)


def encoding_of(path: Path | None) -> str:
    """How letters are written there: a file takes all of them, standard output those that it has."""
    return sys.stdout.encoding if path is None else "utf-8"


def write_bytes(made: bytes, path: Path) -> None:
    """Write a file as it is.

    Raises:
        PlaybookError: it cannot be written there (PB412).
    """
    try:
        path.write_bytes(made)
    except OSError as fault:
        message = f"cannot write `{path}`: {(fault.strerror or 'it failed').lower()}"
        raise PlaybookError([Diagnostic("PB412", message)]) from None


def as_json(document: dict[str, object], encoding: str = "utf-8") -> str:
    """A document as lines of JSON, its letters readable unless one could do harm on a terminal or has no encoding."""
    import json

    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    return text if encodable(safe(text), encoding) == text else json.dumps(document, indent=2) + "\n"
