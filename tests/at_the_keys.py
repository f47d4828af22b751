"""A person at the keys: the real program in a real terminal, and what the terminal shows."""

from __future__ import annotations

import base64
import os
import re
import sys
import time
from typing import TYPE_CHECKING, Self

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from playbook.protocol import Answer, Pack, Question

ENTER, ESC, TAB, UP, DOWN, END = "\r", "\x1b", "\t", "\x1b[A", "\x1b[B", "\x1b[F"
CTRL_C, CTRL_D, CTRL_R, CTRL_X = "\x03", "\x04", "\x12", "\x18"
NOW = "2026-11-22T12:40:00+01:00"
PATIENCE = 30.0


class Person:
    """One sitting of `playbook` with `arguments` in `folder`, whose home is `folder/home`."""

    def __init__(self, folder: Path, *arguments: str, columns: int = 80, rows: int = 24, **env: str) -> None:
        (folder / "home").mkdir(exist_ok=True)
        own = {"HOME": str(folder / "home"), "TERM": "xterm-256color", "CRISIS_PLAYBOOK_NOW": NOW, **env}
        surroundings = {name: each for name, each in os.environ.items() if name not in {"COLUMNS", "LINES"}}
        self.child: pexpect.spawn[bytes] = pexpect.spawn(
            sys.executable,
            ["-m", "playbook", *arguments],
            dimensions=(rows, columns),
            cwd=str(folder),
            env={**surroundings, **own},
            timeout=PATIENCE,
        )
        self.child.delaybeforesend = None
        self.raw = b""
        self.screen = pyte.Screen(columns, rows)
        self.feed = pyte.ByteStream(self.screen)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None and self.child.isalive():  # leave as a person would, so that what ran is counted
            self.child.send(CTRL_C)
            self.end()
        self.child.close(force=True)

    @property
    def shown(self) -> str:
        """The screen as lines."""
        return "\n".join(line.rstrip() for line in self.screen.display).strip("\n")

    @property
    def said(self) -> str:
        """All that was ever written, without what moves the cursor or colours."""
        text = self.raw.decode("utf-8", "replace")
        return re.sub(r"\x1b\][^\x07]*\x07|\x1b[\[(][0-9;?]*[A-Za-z]|\x1b[=>]|\r", "", text)

    @property
    def copied(self) -> list[str]:
        """What was handed to the terminal's clipboard."""
        return [base64.b64decode(each).decode() for each in re.findall(rb"\x1b\]52;c;([^\x07]*)\x07", self.raw)]

    def read(self, seconds: float = 0.1) -> bool:
        """Take in what the program writes; False where nothing came."""
        try:
            written = self.child.read_nonblocking(65536, seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        self.raw += written
        self.feed.feed(written)
        return True

    def see(self, text: str) -> str:
        """Wait until `text` is on the screen."""
        until = time.monotonic() + PATIENCE
        while text not in self.shown:
            assert self.read() or (self.child.isalive() and time.monotonic() < until), f"no {text!r} in:\n{self.shown}"
        return self.shown

    def press(self, keys: str, text: str = "") -> str:
        """Press `keys`; then wait until `text`, which must not stand there yet, is on the screen."""
        assert not text or text not in self.shown, f"{text!r} stood there already:\n{self.shown}"
        self.child.send(keys)
        return self.see(text)

    def end(self) -> int | None:
        """Read to the end; the exit code, or minus the signal."""
        until = time.monotonic() + PATIENCE
        while self.read() or self.child.isalive():
            assert time.monotonic() < until, self.shown
        self.child.close()
        return -self.child.signalstatus if self.child.signalstatus else self.child.exitstatus

    # --- a whole case -----------------------------------------------------------------------------

    def answer_all(self, pack: Pack, answers: Mapping[str, Answer], ui: str, until: str) -> list[str]:
        """Answer each question by its wording as it comes, skip what `answers` lacks; the ids asked, in order."""
        asked: list[str] = []
        while until not in self.last_lines():
            question = self.question(pack, ui)
            if question is None or question.id in asked:
                assert self.read(5), self.shown
                continue
            asked.append(question.id)
            self.child.send(keys_for(question, answers[question.id], ui) if question.id in answers else TAB)
        return asked

    def last_lines(self) -> str:
        """What stands below the last heading of a question."""
        heading = re.compile(r"(Pregunta|Question) \d+ · |(Detalle|Detail) \d+ ")
        lines = self.shown.split("\n")
        found = [at for at, line in enumerate(lines) if heading.search(line)]
        return "\n".join(lines[found[-1] if found else 0 :])

    def question(self, pack: Pack, ui: str) -> Question | None:
        """The question that stands on the screen with its keys below it, if any."""
        below = re.sub(r"\s+", " ", self.last_lines())
        if "^C" not in below:
            return None
        return next((each for each in pack.questions.values() if each.ask.say(ui) in below), None)


def keys_for(question: Question, answer: Answer, ui: str) -> str:
    """The keys that answer a question in the wizard."""
    if answer is None:
        return CTRL_X if question.kind in {"number", "text"} else "x" + ENTER
    if isinstance(answer, tuple):
        return "".join(f"{question.ids.index(each) + 1} " for each in answer) + ENTER
    if question.kind == "choice":
        return str(question.ids.index(str(answer)) + 1) + ENTER
    if question.kind == "yes_no":
        return ("n" if not answer else "s" if ui == "es" else "y") + ENTER
    return str(answer) + ENTER
