"""The `console` blocks of the documents: run each command shown, and compare or renew what is shown below it.

    ```console
    $ playbook --version
    playbook 0.1.0
    ```

All blocks of one document run one after the other in one folder, empty at first, the way a reader would type them.
A line `…` stands for any lines. A file that the reader is told to write carries its name behind the fence
(```yaml title="protocols/parcel.yaml") and is written before the next command.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import sysconfig
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FENCE = re.compile(r'^```(?P<word>\w*)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)^```$', re.MULTILINE | re.DOTALL)
ANY = "…"  # a line of its own: whatever stands here
TIMEOUT = 60
NOW = "2026-11-23T12:40:00+01:00"  # a Monday: whenever the documents are run, they show the same hours


CRASHED = 3  # the exit code of a fault of ours, which is never an example


class CrashedError(Exception):
    """A command that a document shows ended in a fault of the program."""


@dataclass(frozen=True)
class Shown:
    """One command of a document, the text shown below it, and the line (from 1) it stands on."""

    command: str
    output: str
    line: int


@dataclass(frozen=True)
class Ran:
    """What a shown command wrote when it was run, stdout and stderr together."""

    shown: Shown
    output: str

    @property
    def agrees(self) -> bool:
        """Whether the document shows what the program writes."""
        pieces = re.split(rf"^{ANY}\n", self.shown.output, flags=re.MULTILINE)
        pattern = r"(?:.*\n)*".join(re.escape(piece) for piece in pieces)
        return re.fullmatch(pattern, self.output) is not None


def commands(body: str, first_line: int) -> Iterator[Shown]:
    """The commands of one block; a line that starts with `> ` continues the command above."""
    lines = body.splitlines()
    at = 0
    while at < len(lines):
        start, command = at, lines[at].removeprefix("$ ")
        at += 1
        while at < len(lines) and lines[at].startswith("> "):
            command += "\n" + lines[at].removeprefix("> ")
            at += 1
        output = ""
        while at < len(lines) and not lines[at].startswith("$ "):
            output += lines[at] + "\n"
            at += 1
        yield Shown(command, output, first_line + start)


def run_document(text: str, room: Path) -> Iterator[Ran]:
    """Run every command that the document `text` shows, in `room`/work, with `room`/home as home."""
    (room / "work").mkdir()
    (room / "home").mkdir()
    status = 0
    for fence in FENCE.finditer(text):
        if fence["title"]:
            target = room / "work" / fence["title"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(fence["body"], encoding="utf-8")
        elif fence["word"] == "console":
            for shown in commands(fence["body"], text.count("\n", 0, fence.start("body")) + 1):
                status, output = run_command(shown.command, status, room)
                if status == CRASHED:
                    message = f"line {shown.line}: {shown.command}\n{output}"
                    raise CrashedError(message)
                yield Ran(shown, output)


def run_command(command: str, status: int, room: Path) -> tuple[int, str]:
    """Run one line of shell, with `$?` as the line before left it; its exit code and all that it wrote."""
    shell = shutil.which("sh") or "/bin/sh"
    done = subprocess.run(
        [shell, "-c", f"(exit {status})\n{command}"],
        cwd=room / "work",
        env=surroundings(room),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=TIMEOUT,
        check=False,
        encoding="utf-8",
    )
    output = done.stdout
    return done.returncode, output if not output or output.endswith("\n") else output + "\n"


def surroundings(room: Path) -> dict[str, str]:
    """What a shown command sees of the machine: where commands are, and nothing else."""
    kept = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
    return kept | {
        "PATH": os.pathsep.join((sysconfig.get_path("scripts"), os.defpath)),
        "HOME": str(room / "home"),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "100",
        "TZ": "Europe/Madrid",
        "CRISIS_PLAYBOOK_NOW": NOW,
    }


def abbreviated(shown: str, output: str) -> str:
    """`output` without what `shown` leaves out: each `…` stays between the lines that it stands between.

    Where such a line has changed, the one in its place counts: as far from the next that is still there.
    """
    old, new = shown.splitlines(), output.splitlines()
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    place = {-1: -1, len(old): len(new)}
    place |= {block.a + each: block.b + each for block in blocks for each in range(block.size)}
    kept: list[str] = []
    at = 0
    for index in (index for index, line in enumerate(old) if line == ANY):
        above = max(each for each in place if each < index)
        below = min(each for each in place if each > index)
        start, end = place[above] + index - above, place[below] - (below - index - 1)
        if at <= start <= end:
            kept += [*new[at:start], ANY]
            at = end
    return "".join(line + "\n" for line in (*kept, *new[at:]))


def renewed(text: str, room: Path) -> str:
    """The document `text` with the present output below each command, as far as it is shown."""
    lines = text.splitlines(keepends=True)
    for ran in reversed(list(run_document(text, room))):
        if not ran.agrees:
            start = ran.shown.line + ran.shown.command.count("\n")
            lines[start : start + ran.shown.output.count("\n")] = abbreviated(ran.shown.output, ran.output).splitlines(
                keepends=True
            )
    return "".join(lines)
