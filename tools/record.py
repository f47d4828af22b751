"""Record sessions of the real program as animated SVG pictures.

A session is a file in `tools/sessions/`: the command, the size of the terminal, and steps of *wait for this text,
then press these keys*. The program runs in a real pseudo-terminal, in an empty folder, at a fixed time. Every frame
is a screen that it really drew; only the pace is ours, so that the same program gives the same picture, byte by byte.

    python -m tools.record                # write docs/img/<session>.svg for all sessions
    python -m tools.record --check         # fail where a picture is not what the program shows
    python -m tools.record --show NAME     # print the screens of one session, to write its steps by
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import sys
import sysconfig
import tempfile
import time
import tomllib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pexpect
import pyte

from tools.consoles import NOW
from tools.picture import Cell, Frame, picture

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
SESSIONS = ROOT / "tools" / "sessions"
PICTURES = ROOT / "docs" / "img"

PATIENCE = 20.0  # seconds until an awaited text must be there
QUIET = 0.3  # seconds without output after which a screen counts as drawn

KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    **{f"ctrl-{letter}": chr(ord(letter) - ord("a") + 1) for letter in "abcdefghijklmnopqrstuvwxyz"},
}


class RecordingError(Exception):
    """A session did not go as its file says; carries the screen that stood there instead."""


@dataclass(frozen=True)
class Step:
    """Wait until `wait` stands on the screen, show that screen for `seconds`, then press `keys`."""

    wait: str
    seconds: float = 2.0
    keys: str = ""


@dataclass(frozen=True)
class Session:
    """One file of `tools/sessions/`."""

    name: str
    title: str
    command: list[str]
    steps: list[Step]
    columns: int = 80
    rows: int = 24
    env: dict[str, str] | None = None

    @classmethod
    def read(cls, path: Path) -> Session:
        """The session that `path` (TOML) describes."""
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        steps = [Step(**step) for step in data.pop("step")]
        return cls(name=path.stem, steps=steps, **data)


def pressed(keys: str) -> str:
    """What a terminal sends for `keys`, where `<down>` and the like stand for a key: "sí<enter>"."""
    return re.sub(r"<([a-z-]+)>", lambda found: KEYS[found[1]], keys)


class Terminal:
    """The program in a pseudo-terminal, and the screen that it draws."""

    def __init__(self, session: Session, room: Path) -> None:
        self.screen = pyte.Screen(session.columns, session.rows)
        self.stream = pyte.ByteStream(self.screen)
        self.stream.feed(f"$ {' '.join(session.command)}\r\n".encode())
        (room / "empty").mkdir()
        (room / "home").mkdir()
        self.child: pexpect.spawn[bytes] = pexpect.spawn(
            session.command[0],
            session.command[1:],
            cwd=str(room / "empty"),
            env=surroundings(session, room),
            dimensions=(session.rows, session.columns),
        )
        self.child.delaybeforesend = None
        # Programs ask a terminal where its cursor is; pyte knows the answer and this carries it back.
        setattr(self.screen, "write_process_input", self.child.send)  # noqa: B010 - a method, to the type checker

    def read(self) -> bool:
        """Take in what the program has written; false when there was nothing for a while."""
        try:
            self.stream.feed(self.child.read_nonblocking(65536, timeout=QUIET))
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        return True

    def await_text(self, text: str) -> None:
        """Read until `text` stands on the screen and nothing more comes."""
        deadline = time.monotonic() + PATIENCE
        while self.read() or text not in self.text():
            if time.monotonic() > deadline or (not self.child.isalive() and text not in self.text()):
                message = f"waited for {text!r}, and this is what there was:\n{self.text()}"
                raise RecordingError(message)

    def go_on(self, keys: str, text: str) -> None:
        """Press `keys` and read until `text` comes; where it stands already, nothing would be awaited: an error."""
        before = self.text()
        if text in before:
            message = f"{text!r} stands on the screen already, before {keys!r}:\n{before}"
            raise RecordingError(message)
        self.child.send(pressed(keys))
        self.await_text(text)

    def text(self) -> str:
        """The screen as plain lines."""
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()

    def frame(self, seconds: float) -> Frame:
        """The screen as it stands, to be shown for `seconds`."""
        blank = self.screen.default_char
        rows = tuple(
            tuple(Cell.of(self.screen.buffer[y].get(x, blank)) for x in range(self.screen.columns))
            for y in range(self.screen.lines)
        )
        cursor = None if self.screen.cursor.hidden else (self.screen.cursor.x, self.screen.cursor.y)
        return Frame(rows, cursor, seconds)


def surroundings(session: Session, room: Path) -> dict[str, str]:
    """The environment that a recorded program sees: nothing of the machine but where its commands are."""
    return {
        "PATH": os.pathsep.join((sysconfig.get_path("scripts"), os.defpath)),
        "HOME": str(room / "home"),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "TZ": "Europe/Madrid",
        "CRISIS_PLAYBOOK_NOW": NOW,
        **(session.env or {}),
    }


def frames(session: Session) -> Iterator[Frame]:
    """Run `session` and yield a frame for each of its steps; `RecordingError` where it does not go as written."""
    with tempfile.TemporaryDirectory() as folder:
        terminal = Terminal(session, Path(folder))
        try:
            terminal.await_text(session.steps[0].wait)
            for step, following in pairwise(session.steps):
                yield terminal.frame(step.seconds)
                terminal.go_on(step.keys, following.wait)
            yield terminal.frame(session.steps[-1].seconds)
        finally:
            terminal.child.close(force=True)


def record(session: Session) -> str:
    """The picture of `session`, as SVG."""
    return picture(session.title, list(frames(session)))


def drift(session: Session) -> list[str]:
    """The first lines in which the committed picture differs from what the program shows now."""
    target = PICTURES / f"{session.name}.svg"
    committed = target.read_text(encoding="utf-8") if target.exists() else ""
    lines = difflib.unified_diff(
        committed.splitlines(), record(session).splitlines(), f"{target.name} (committed)", "now", lineterm="", n=0
    )
    return [line[:200] for line, _ in zip(lines, range(20), strict=False)]


def sessions() -> list[Session]:
    """Every session, by name."""
    return [Session.read(path) for path in sorted(SESSIONS.glob("*.toml"))]


def run(*, check: bool) -> int:
    """Write all pictures, or check them; 1 where one has drifted or a session does not go as written."""
    status = 0
    PICTURES.mkdir(parents=True, exist_ok=True)
    for session in sessions():
        try:
            if check:
                lines = drift(session)
                print("\n".join(lines) or f"{session.name}: as the program shows it")
                status = status or int(bool(lines))
            else:
                (PICTURES / f"{session.name}.svg").write_text(record(session), encoding="utf-8")
                print(f"{session.name}: recorded")
        except RecordingError as error:
            print(f"{session.name}: {error}", file=sys.stderr)
            status = 1
    return status


def main() -> int:
    """Write, check or show the pictures."""
    parser = argparse.ArgumentParser(description="record sessions as SVG pictures")
    parser.add_argument("--check", action="store_true", help="fail where a committed picture has drifted")
    parser.add_argument("--show", metavar="NAME", help="print the screens of one session")
    chosen = parser.parse_args()
    if not chosen.show:
        return run(check=chosen.check)
    session = Session.read(SESSIONS / f"{chosen.show}.toml")
    try:
        for frame in frames(session):
            print(frame.text(), end="\n" + "-" * session.columns + "\n")
    except RecordingError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
