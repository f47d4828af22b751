"""Messages for people, on standard error: diagnostics with their place and cure, and our own faults to be reported."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from playbook.terminal import put, safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playbook.diagnostics import Diagnostic

SHOWN = 50
"""Diagnostics told before the rest is only counted."""


def tell(diagnostics: Iterable[Diagnostic]) -> None:
    """Print each diagnostic: place, severity, message, code, and the cure on a line of its own."""
    found = list(diagnostics)
    for each in found[:SHOWN]:
        put(sys.stderr, told(each) + "\n")
    if len(found) > SHOWN:
        put(sys.stderr, f"… and {len(found) - SHOWN} more\n")


def told(each: Diagnostic) -> str:
    """One diagnostic as text; what came from a file or from the user is made safe for a terminal."""
    place = f"{each.span}: " if each.span else ""
    hint = f"\n  hint: {each.hint}" if each.hint else ""
    return safe(f"{place}{each.severity}: {each.message} [{each.code}]{hint}")


def our_fault() -> None:
    """Tell of an exception that should not have happened: where, not with what data, so that it can be pasted anywhere."""
    import platform
    import traceback

    from playbook import __version__

    kind, _, trace = sys.exc_info()
    lines = [f"playbook: this is a fault of ours, not yours [{kind.__name__ if kind else 'unknown'}]"]
    lines.append(f"please report these lines: playbook {__version__}, Python {platform.python_version()}")
    for frame in traceback.extract_tb(trace)[-6:]:
        name = frame.filename.rpartition("playbook/")[2]
        lines.append(f"  {name}:{frame.lineno} in {frame.name}")
    put(sys.stderr, safe("\n".join(lines)) + "\n")
