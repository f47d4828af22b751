"""Files of a pack take their new content: each at once and whole, with its rights as they were, or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.diagnostics import Diagnostic, PlaybookError, Span

if TYPE_CHECKING:
    from collections.abc import Mapping


def replace_all(root: Path, files: Mapping[str, tuple[bytes, bytes]]) -> None:
    """Write each file that changes, given before and after.

    Raises:
        PlaybookError: one cannot be written (PB412), or is not as it was read any more (PB658). Those before it are.
    """
    for path, (before, after) in files.items():
        try:
            _replace(root / path, before, after)
        except OSError as fault:
            message = f"cannot write `{path}`: {(fault.strerror or 'it failed').lower()}"
            raise PlaybookError([Diagnostic("PB412", message)]) from None


def _replace(path: Path, before: bytes, after: bytes) -> None:
    mode = path.lstat().st_mode
    if not stat.S_ISREG(mode) or path.read_bytes() != before:
        hint = "run it again"
        raise PlaybookError([Diagnostic("PB658", "the file has changed while it was looked at", Span(path.name), hint)])
    handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(stat.S_IMODE(mode))
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
