from __future__ import annotations

import io
import os
import shutil
import sys
import unicodedata
from base64 import b64decode
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import terminal
from playbook.terminal import called, colour_allowed, copy, encodable, is_dumb, put, safe, size, wants_plain

if TYPE_CHECKING:
    from pathlib import Path


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def __init__(self, coding: str = "utf-8", *, tty: bool = True) -> None:
        super().__init__()
        self.coding, self.tty = coding, tty

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self.coding

    def isatty(self) -> bool:
        return self.tty


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("¿Qué pasó, señora Núñez?", "¿Qué pasó, señora Núñez?"),
        ("\x1b[31mrojo", r"\x1b[31mrojo"),
        ("\x1b]52;c;aG9sYQ==\x07", r"\x1b]52;c;aG9sYQ==\x07"),
        ("a\x9b2Jb", r"a\x9b2Jb"),
        ("a\rb\x08\x7f\0", r"a\x0db\x08\x7f\x00"),
        ("line\n\ttab", "line\n\ttab"),
        ("abc\u202egnp.exe", r"abc\u202egnp.exe"),
        ("pay\u200bpal\ufeff", r"pay\u200bpal\ufeff"),
        ("a\u2028b\u2066c", r"a\u2028b\u2066c"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\U000e0041"),
        ("a\u3164b", r"a\u3164b"),
        ("[@maria] [/] {{ 7*7 }} [red]", "[@maria] [/] {{ 7*7 }} [red]"),
        ("👩‍💻 👩🏽‍🔬 ❤️‍🔥", "👩‍💻 👩🏽‍🔬 ❤️‍🔥"),
        ("a\u200db", r"a\u200db"),
        ("\u200d👩", r"\u200d👩"),
        ("👩\u200d", r"👩\u200d"),
    ],
)
def test_outside_text_is_shown_and_not_obeyed(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_line_feeds_stay_only_where_they_are_wanted() -> None:
    assert safe("a\nb\tc", keep="") == r"a\x0ab\x09c"


@given(st.text())
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    shown = safe(text, keep="").replace("\u200d", "")
    assert not [each for each in shown if unicodedata.category(each) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]


@given(st.text())
def test_safe_text_is_left_alone(text: str) -> None:
    assert safe(safe(text)) == safe(text)


@pytest.mark.parametrize(
    ("text", "coding", "shown"),
    [
        ("✓ señal → “sí”", "latin-1", '+ señal -> "sí"'),
        ("¿Qué? · 5 €", "ascii", "Que? - 5 EUR"),
        ("日本", "ascii", "??"),
        ("ñ", "no-such-coding", "?"),
        ("a", "no-such-coding", "a"),
        ("ñ", None, "ñ"),
    ],
)
def test_what_an_encoding_lacks_gets_a_stand_in(text: str, coding: str | None, shown: str) -> None:
    assert encodable(text, coding) == shown


def test_a_plain_stream_is_written_safely() -> None:
    stream = Screen("ascii")
    put(stream, "ñ\x1b\n")
    assert stream.getvalue() == "n\\x1b\n"


def test_size_is_what_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "33")
    monkeypatch.setenv("LINES", "7")
    assert size() == (33, 7)


@pytest.mark.parametrize(("term", "dumb"), [("dumb", True), ("Emacs", True), ("xterm-256color", False)])
def test_a_dumb_terminal_says_so(term: str, dumb: bool) -> None:  # noqa: FBT001 - a table
    assert is_dumb({"TERM": term}) is dumb


@pytest.mark.parametrize(
    ("environ", "tty", "allowed"),
    [
        ({}, True, True),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"TERM": "dumb"}, True, False),
        ({}, False, False),
    ],
)
def test_colour_needs_a_terminal_and_nobody_against_it(environ: dict[str, str], tty: bool, allowed: bool) -> None:  # noqa: FBT001 - a table
    assert colour_allowed(environ, Screen(tty=tty)) is allowed


@pytest.mark.parametrize(
    ("environ", "coding", "room", "plain"),
    [
        ({"TERM": "xterm"}, "utf-8", (80, 24), False),
        ({"TERM": "xterm"}, "utf-8", (20, 10), True),
        ({"TERM": "xterm"}, "utf-8", (80, 10), True),
        ({"TERM": "dumb"}, "utf-8", (80, 24), True),
        ({"TERM": "xterm"}, "iso-8859-1", (80, 24), True),
    ],
)
def test_plain_prompts_are_taken_where_drawing_is_no_help(
    environ: dict[str, str],
    coding: str,
    room: tuple[int, int],
    plain: bool,  # noqa: FBT001 - a table
) -> None:
    assert wants_plain(environ, Screen(coding), room) is plain


def program(folder: Path, name: str, body: str) -> dict[str, str]:
    path = folder / name
    path.write_text(f"#!{sys.executable}\nimport sys, time, os\n{body}\n")
    path.chmod(0o755)
    return {"PATH": str(folder)}


SAVE = "open(os.path.dirname(os.path.abspath(__file__)) + '/got', 'wb').write(sys.stdin.buffer.read())"


def test_the_clipboard_program_that_took_the_text_is_named(tmp_path: Path) -> None:
    environ = program(tmp_path, "pbcopy", SAVE)
    assert copy("¡Hola, Núñez! 👋", Screen(tty=False), environ) == "pbcopy"
    assert (tmp_path / "got").read_text("utf-8") == "¡Hola, Núñez! 👋"


def test_windows_gets_the_text_with_its_byte_order_mark(tmp_path: Path) -> None:
    environ = program(tmp_path, "clip.exe", SAVE)
    assert copy("ñ", Screen(tty=False), environ) == "clip.exe"
    assert (tmp_path / "got").read_bytes().decode("utf-16") == "ñ"


def test_a_program_that_needs_a_screen_is_left_alone_without_one(tmp_path: Path) -> None:
    environ = program(tmp_path, "xclip", SAVE)
    assert copy("a", Screen(tty=False), environ) is None
    assert copy("a", Screen(tty=False), {**environ, "DISPLAY": ":0"}) == "xclip"


def test_a_program_that_fails_or_hangs_copied_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "TIMEOUT", 0.3)
    program(tmp_path, "pbcopy", "time.sleep(20)")
    environ = program(tmp_path, "termux-clipboard-set", "raise SystemExit(3)")
    assert copy("a", Screen(tty=False), environ) is None


def test_the_terminal_is_sent_the_text_and_asked_for_no_answer() -> None:
    screen = Screen()
    assert copy("ñ", screen, {"PATH": "", "TERM": "xterm"}) == "OSC 52"
    sent = screen.getvalue()
    assert sent.startswith("\x1b]52;c;")
    assert sent.endswith("\x07")
    assert b64decode(sent[7:-1]).decode() == "ñ"


@pytest.mark.parametrize("term", ["dumb", "linux"])
def test_a_terminal_without_a_clipboard_is_sent_nothing(term: str) -> None:
    screen = Screen()
    assert copy("a", screen, {"PATH": "", "TERM": term}) is None
    assert screen.getvalue() == ""


def test_a_text_longer_than_terminals_take_is_not_sent() -> None:
    screen = Screen()
    assert copy("a" * 80_000, screen, {"PATH": ""}) is None
    assert screen.getvalue() == ""


def test_without_a_path_the_system_s_own_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str | None] = []
    monkeypatch.setattr(shutil, "which", lambda _name, path=None: searched.append(path))
    assert copy("a", Screen(tty=False), {}) is None
    assert set(searched) == {os.defpath}


# --- how the program was called -----------------------------------------------------------------------


def test_a_program_that_the_shell_finds_is_called_by_its_name_and_any_other_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "playbook").write_text("#!/bin/sh\n", "utf-8")
        (tmp_path / name / "playbook").chmod(0o700)
    monkeypatch.chdir(tmp_path)
    assert called([str(tmp_path / "here/playbook")], [], str(tmp_path / "here")) == ("playbook",)
    assert called(["here/playbook"], [], str(tmp_path / "here")) == ("playbook",)
    assert called(["here/playbook"], [], str(tmp_path / "there")) == ("here/playbook",)
    assert called(["./here/playbook"], [], "") == ("./here/playbook",)


def test_a_program_started_as_a_module_is_called_as_one() -> None:
    given = ["/lib/playbook/__main__.py", "triage", "--ui", "en"]
    whole = [".venv/bin/python", "-X", "dev", "-m", "playbook", "triage", "--ui", "en"]
    assert called(given, whole) == (".venv/bin/python", "-X", "dev", "-m", "playbook")
