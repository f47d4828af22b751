"""Writes new files, and never one that is there already."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from playbook.diagnostics import Diagnostic, PlaybookError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def folder(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a new folder, or one that is empty.

    Raises:
        PlaybookError: something stands there (PB410), or it cannot be written to (PB411).
    """
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise PlaybookError([Diagnostic("PB410", f"`{root}` is there already and not empty", hint="name a new folder")])
    _write(root, files)


def beside(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a pack.

    Raises:
        PlaybookError: one of them is there already (PB410, nothing is written), or it cannot be written to (PB411).
    """
    there = [path for path in files if os.path.lexists(root / path)]
    if there:
        raise PlaybookError(
            [Diagnostic("PB410", f"`{root / path}` is there already", hint="choose another name") for path in there]
        )
    _write(root, files)


def lacking(root: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those of the files that are not there."""
    return {path: content for path, content in files.items() if not os.path.lexists(root / path)}


def _write(root: Path, files: Mapping[str, bytes]) -> None:
    try:
        for path, content in files.items():
            place = root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as file:
                file.write(content)
    except OSError as fault:
        message = f"cannot write to `{root}`: {(fault.strerror or 'it failed').lower()}"
        raise PlaybookError([Diagnostic("PB411", message)]) from None
