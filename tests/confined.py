"""Runs commands on packs one after the other, each in a process of its own with as much of the machine as it may take.

    python -m tests.confined < wishes.json

A wish is a list of arguments; for each a line of JSON comes back: the exit code (negative for a signal), the seconds of
CPU, the megabytes at the peak, and the text of both outputs. The program is loaded once, and each process is a copy of
it, so that what is counted is the work and not the start.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
from pathlib import Path

SECONDS, BYTES = 20, 512 * 1024 * 1024


def confined(arguments: list[str]) -> dict[str, object]:
    """One command in a process of its own, and what it took."""
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if not child:
            _become(arguments, said.fileno())
        _, status, took = os.wait4(child, 0)
        said.seek(0)
        text = said.read().decode(errors="replace")
    seconds = took.ru_utime + took.ru_stime
    return {"code": os.waitstatus_to_exitcode(status), "cpu": seconds, "mb": took.ru_maxrss / 1024, "said": text}


def _become(arguments: list[str], output: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    nothing = os.open(os.devnull, os.O_RDONLY)
    for there, here in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(there, here)
    sys.argv = ["playbook", *arguments]
    from playbook.cli import run

    code = 3
    try:
        code = run()
        sys.stdout.flush()
    finally:
        os._exit(code)


def main() -> None:
    """Do what standard input asks for."""
    import playbook.cli
    import playbook.lint.serving
    import playbook.proofs.verifying
    import playbook.scenarios.trial  # noqa: F401 - as above

    for each in json.load(sys.stdin):
        sys.stdout.write(json.dumps(confined(each)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
