"""What `triage` does with what the command line asks for, with or without a person at the keys."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from playbook.desk import unattended
from playbook.desk.opening import opened
from playbook.diagnostics import Diagnostic, PlaybookError
from playbook.words import interface_locale, words

if TYPE_CHECKING:
    from playbook.desk.opening import Wishes


def serve(wishes: Wishes) -> int:
    """Do it; the exit code. Raises PlaybookError where it cannot be done (with `--json` that is told on standard output)."""
    try:
        return _serve(wishes)
    except PlaybookError as fault:
        if not wishes.as_json:
            raise
        unattended.put_json(unattended.failure(fault.diagnostics))
        return fault.exit_code


def _serve(wishes: Wishes) -> int:
    say = words(interface_locale(wishes.ui, os.environ))
    if not wishes.no_input and not (sys.stdin.isatty() and sys.stdout.isatty()):
        where = "standard input" if not sys.stdin.isatty() else "standard output"
        hint = "without a person at the keys: `--no-input` with `--answers FILE` or `--set key=value`, and `--json` for a program"
        raise PlaybookError([Diagnostic("PB401", f"{where} is no terminal, so nothing can be asked", hint=hint)])
    case = opened(wishes, say)
    if wishes.no_input:
        return unattended.answer(case, wishes)
    from playbook.desk import attended

    return attended.lead(case, wishes)
