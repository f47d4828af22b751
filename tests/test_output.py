from __future__ import annotations

import io
import json
import sys

import pytest

from playbook.drawing import Piece
from playbook.output import put_json, put_pieces

PIECES = [Piece("├─ [b]sí[/b] → ", "● Llamar\x1b[2J (crisis)", "level3"), Piece(""), Piece("", "¿Qué?", "strong")]


class Terminal(io.TextIOWrapper):
    """Standard output as a terminal."""

    def __init__(self, encoding: str = "utf-8", *, tty: bool = True) -> None:
        super().__init__(io.BytesIO(), encoding)
        self.tty = tty

    def isatty(self) -> bool:
        return self.tty

    def shown(self) -> str:
        self.flush()
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode(self.encoding)


def stand_in(monkeypatch: pytest.MonkeyPatch, terminal: Terminal) -> Terminal:
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("TERM", "xterm-256color")
    return terminal


def test_a_file_gets_plain_lines_with_escapes_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = stand_in(monkeypatch, Terminal(tty=False))
    put_pieces(PIECES)
    assert terminal.shown() == "├─ [b]sí[/b] → ● Llamar\\x1b[2J (crisis)\n\n¿Qué?\n"


def test_a_terminal_gets_colour_by_level_and_nothing_of_the_texts_own(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = stand_in(monkeypatch, Terminal())
    put_pieces(PIECES)
    assert terminal.shown() == ("├─ [b]sí[/b] → \x1b[1;31m● Llamar\\x1b[2J (crisis)\x1b[0m\n\n\x1b[1m¿Qué?\x1b[0m\n")


def test_no_colour_is_used_where_none_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = stand_in(monkeypatch, Terminal())
    monkeypatch.setenv("NO_COLOR", "1")
    put_pieces(PIECES)
    assert "\x1b" not in terminal.shown()


def test_a_terminal_of_another_encoding_gets_what_it_can_write(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = stand_in(monkeypatch, Terminal("latin-1"))
    put_pieces([Piece("├─ ", "¿Qué? →", "strong")])
    assert terminal.shown() == "?? \x1b[1m¿Qué? ->\x1b[0m\n"


@pytest.mark.parametrize(
    ("encoding", "text", "inside"),
    [
        ("utf-8", "¿Qué?", "¿Qué?"),
        ("ascii", "¿Qué?", "\\u00bfQu\\u00e9?"),
        ("utf-8", "é\x9b\u202e", "\\u00e9\\u009b\\u202e"),
    ],
)
def test_json_says_the_same_whatever_the_terminal(
    encoding: str, text: str, inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = stand_in(monkeypatch, Terminal(encoding))
    put_json({"text": text})
    assert inside in terminal.shown()
    assert json.loads(terminal.shown()) == {"text": text}
