"""Whole conversations in a real terminal, by a real process."""

from __future__ import annotations

import json
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pyte
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
ENTER, DOWN, CTRL_C, CTRL_B = "\r", "\x1b[B", "\x03", "\x02"


class Terminal:
    """A process at a terminal, and what the terminal shows."""

    def __init__(self, style: str, ui: str, draft: Path, columns: int = 80, rows: int = 24) -> None:
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "tests.wizard_session", style, ui, str(draft)],
            dimensions=(rows, columns),
            cwd=ROOT,
            encoding="utf-8",
            timeout=20,
        )
        self.screen = pyte.Screen(columns, rows)
        self.feed = pyte.Stream(self.screen)

    def see(self, text: str) -> str:
        """Wait until `text` is on the screen."""
        until = time.monotonic() + 20
        while text not in self.shown:
            try:
                self.feed.feed(self.child.read_nonblocking(4096, 0.2))
            except pexpect.TIMEOUT:
                assert time.monotonic() < until, self.shown
            except pexpect.EOF:
                break
        assert text in self.shown, self.shown
        return self.shown

    @property
    def shown(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display).strip("\n")

    def end(self) -> int | None:
        """Read to the end, and say how the process ended."""
        self.feed.feed(self.child.read())
        self.child.close()
        status = self.child.exitstatus
        return int(status) if status is not None else None


@pytest.fixture(name="terminal")
def _terminal() -> Iterator[Callable[..., Terminal]]:
    made: list[Terminal] = []

    def make(*arguments: object, **more: object) -> Terminal:
        made.append(Terminal(*arguments, **more))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for each in made:
        each.child.close(force=True)


def test_a_case_from_the_first_key_to_the_last(terminal: Callable[..., Terminal], tmp_path: Path) -> None:
    made = terminal("wizard", "es", tmp_path / "draft.json")
    for seen, keys in (
        ("¿En qué canal", "3" + ENTER),
        ("¿De quién fue el error?", "2" + ENTER),
        ("¿Ya le hemos ofrecido", "sí" + ENTER),
        ("¿Cuántos días", "3" + ENTER),
        ("¿Pide que le devuelvas", "n" + ENTER),
        ("¿Qué llevaba", "2 " + ENTER),
        ("Número de pedido", "Ñ-12" + ENTER),
        ("Todo bien, seguir", ENTER),
    ):
        made.see(seen)
        made.child.send(keys)
    assert made.end() == 0
    assert "=> Pedir disculpas" in made.shown
    assert "✓ Número de pedido  Ñ-12" in made.shown
    assert not (tmp_path / "draft.json").exists()


def test_ctrl_c_saves_and_stops(terminal: Callable[..., Terminal], tmp_path: Path) -> None:
    made = terminal("wizard", "en", tmp_path / "draft.json")
    made.see("Which channel")
    made.child.send("3" + ENTER)
    made.see("Whose error")
    made.child.send(CTRL_C)
    assert made.end() == 75
    assert json.loads((tmp_path / "draft.json").read_text("utf-8"))["answers"] == {"channel": "threads"}


@pytest.mark.parametrize("style", ["wizard", "plain"])
def test_a_process_that_is_killed_has_lost_nothing(
    terminal: Callable[..., Terminal], tmp_path: Path, style: str
) -> None:
    made = terminal(style, "en", tmp_path / "draft.json", rows=60)
    made.see("Which channel")
    made.child.send("3" + ENTER)
    made.see("Whose error")
    made.child.send("3" + ENTER)
    made.see("How many days")
    made.child.kill(signal.SIGKILL)
    answers = json.loads((tmp_path / "draft.json").read_text("utf-8"))["answers"]
    assert answers == {"channel": "threads", "fault": "us"}


def test_esc_goes_back_with_the_answer_kept(terminal: Callable[..., Terminal], tmp_path: Path) -> None:
    made = terminal("wizard", "en", tmp_path / "draft.json")
    made.see("Which channel")
    made.child.send("3" + ENTER)
    made.see("Whose error")
    made.child.send("\x1b")
    made.see("↩ back")
    made.see("»  3  Threads")
    made.child.send(ENTER)
    made.see("Whose error")


def test_plain_prompts_fit_twenty_columns_by_ten(terminal: Callable[..., Terminal], tmp_path: Path) -> None:
    made = terminal("plain", "es", tmp_path / "draft.json", columns=20, rows=10)
    made.see(">")
    made.child.send("3" + ENTER)
    made.see("Nuestro")
    made.see("p pausa)")
    made.child.send("pausa" + ENTER)
    assert made.end() == 75


def test_a_paste_of_several_lines_is_one_answer(terminal: Callable[..., Terminal], tmp_path: Path) -> None:
    made = terminal("plain", "en", tmp_path / "draft.json", rows=60)
    for seen, keys in (
        ("Which channel", "3\r"),
        ("Whose error", "3\r"),
        ("How many days", "3\r"),
        ("money back", "-\r"),
        ("solution already", "-\r"),
        ("in the parcel", "-\r"),
        ("Order number", "uno\rdos\r"),
        ("All good", "\r"),
    ):
        made.see(seen)
        made.child.send(keys)
    assert made.end() == 0
    assert "'order_ref': 'uno\\ndos'" in made.shown.replace("\n", "")
