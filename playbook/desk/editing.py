"""A text in the operator's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

USUAL = ("sensible-editor", "nano", "vi", "notepad")
"""Editors that are looked for where the environment names none."""
LARGEST = 200_000
"""Bytes of an edited reply that are read back."""


class NoEditor(Exception):  # noqa: N818 - not a fault: there is none
    """Neither VISUAL nor EDITOR names a program that can be started."""


class NotThere(Exception):  # noqa: N818 - it becomes a line that names the cure
    """VISUAL or EDITOR names a program that is not there: its name."""


class EditFailed(Exception):  # noqa: N818 - the text stays as it was
    """The editor could not be started, ended with a failure, or left something unreadable or empty."""


def _command(environ: Mapping[str, str]) -> list[str]:
    """The editor's program, as found, and its options."""
    path = environ.get("PATH", os.defpath)
    named = next((each for name in ("VISUAL", "EDITOR") if (each := environ.get(name, "").strip())), None)
    if named is None:
        found = next(filter(None, (shutil.which(each, path=path) for each in USUAL)), None)
        if found is None:
            raise NoEditor
        return [found]
    try:
        program, *options = shlex.split(named)
        started = shutil.which(program, path=path)
    except ValueError:
        raise EditFailed from None
    if started is None:
        raise NotThere(program)
    return [started, *options]


def edit(text: str, environ: Mapping[str, str]) -> str:
    """`text` as the editor (VISUAL, else EDITOR, else a usual one) leaves it. Raises NoEditor, NotThere, EditFailed."""
    command = _command(environ)
    try:
        handle, name = tempfile.mkstemp(prefix="reply-", suffix=".txt")
    except OSError:
        raise EditFailed from None
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text + "\n")
        done = subprocess.run([*command, name], check=False)  # noqa: S603 - the operator's own choice of program
        with path.open("rb") as edited:
            content = edited.read(LARGEST + 1)
        if done.returncode != 0 or len(content) > LARGEST:
            raise EditFailed
        changed = content.decode("utf-8").strip()
    except (OSError, ValueError, KeyboardInterrupt):  # a key meant for the editor ends the edit, not the case
        raise EditFailed from None
    finally:
        path.unlink(missing_ok=True)
    if not changed:
        raise EditFailed
    return changed
