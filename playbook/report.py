"""Messages for people, on standard error: diagnostics with their place and cure, and our own faults to be reported."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from playbook.terminal import put, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from playbook.diagnostics import Diagnostic

SHOWN = 50
"""Diagnostics told before the rest is only counted."""
OBEYED = ("##[", "# #[")
"""What a job of GitHub Actions takes for a command wherever it stands in a line, and what is written instead."""
FRAMES = 6
"""Places in our code that a report of a fault names, the innermost ones."""
DEBUG = "CRISIS_PLAYBOOK_DEBUG"
"""The environment variable that has everything told about a fault of ours, the operator's words included."""


def tell(diagnostics: Iterable[Diagnostic]) -> None:
    """Print each diagnostic: place, severity, message, code, and the cure on a line of its own."""
    found = list(diagnostics)
    for each in found[:SHOWN]:
        put(sys.stderr, told(each).replace(*OBEYED) + "\n")
    if len(found) > SHOWN:
        put(sys.stderr, f"… and {len(found) - SHOWN} more\n")


def told(each: Diagnostic) -> str:
    """One diagnostic as text; what came from a file or from the user is made safe for a terminal."""
    place = f"{each.span}: " if each.span else ""
    line = safe(f"{place}{each.severity}: {each.message} [{each.code}]", keep="")
    return line + (f"\n  hint: {safe(each.hint, keep='')}" if each.hint else "")


def our_fault(fault: Exception, environ: Mapping[str, str]) -> None:
    """Tell of an exception that should not have happened: where, not with what data, so that it can be shared."""
    import platform
    import traceback

    from playbook import __version__

    frames = traceback.extract_tb(fault.__traceback__)[-FRAMES:]
    lines = [
        f"playbook: this is a fault of ours, not yours [{type(fault).__name__}]",
        f"please report these lines: playbook {__version__}, Python {platform.python_version()}",
        *(f"  {_inside(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames),
    ]
    if environ.get(DEBUG):
        lines.append("".join(traceback.format_exception(fault)).rstrip("\n"))
    put(sys.stderr, "\n".join(lines) + "\n")


def _inside(path: str) -> str:
    """A file's path from its package on: where it is installed is nobody's business."""
    for root in ("/site-packages/", "/playbook/", "/lib/"):
        _, found, rest = path.replace("\\", "/").rpartition(root)
        if found:
            return rest
    return path.rpartition("/")[2]
