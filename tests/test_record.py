"""A recorded session is what the program drew, and the same every time."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tools import record
from tools.picture import HEIGHT, WIDTH

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
print("\\x1b[1;31mwhose error?\\x1b[0m <us> & 'them'")
answer = input("> ")
print(f"so it was {answer}")
input()
"""


@pytest.fixture
def session(tmp_path: Path) -> record.Session:
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    steps = [record.Step(wait="> ", keys="ours<enter>"), record.Step(wait="so it was ours")]
    command = [sys.executable, str(tmp_path / "program.py")]
    return record.Session("stand-in", "a <title>", command, steps, columns=120, rows=6)


def test_a_session_yields_the_screens_that_the_program_drew(session: record.Session) -> None:
    first, last = (frame.text().splitlines()[1:] for frame in record.frames(session))
    assert first == ["whose error? <us> & 'them'", ">"]
    assert last == ["whose error? <us> & 'them'", "> ours", "so it was ours"]


def test_the_same_session_gives_the_same_picture(session: record.Session) -> None:
    assert record.record(session) == record.record(session)


def test_the_picture_shows_the_words_in_their_colour_on_the_grid(session: record.Session) -> None:
    root = ET.fromstring(record.record(session))  # noqa: S314 - our own text
    texts = [each for each in root.iter("{http://www.w3.org/2000/svg}text") if each.text == "whose error?"]
    assert [(each.get("fill"), each.get("class")) for each in texts] == [("#f2777a", "b")]
    assert [each.get("textLength") for each in texts] == [f"{len('whose error?') * WIDTH:g}"]
    assert f'y="{HEIGHT}"' in record.record(session)


def test_a_session_that_goes_another_way_says_what_the_screen_showed(
    session: record.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "PATIENCE", 0.5)
    steps = [session.steps[0], record.Step(wait="it was nobody")]
    astray = record.Session("astray", "astray", session.command, steps, columns=120, rows=6)
    with pytest.raises(record.RecordingError, match=r"waited for 'it was nobody'(.|\n)*so it was ours"):
        list(record.frames(astray))


def test_a_text_that_stands_there_already_cannot_be_awaited(session: record.Session) -> None:
    steps = [session.steps[0], record.Step(wait="whose error?")]
    idle = record.Session("idle", "idle", session.command, steps, columns=120, rows=6)
    with pytest.raises(record.RecordingError, match="stands on the screen already"):
        list(record.frames(idle))


@pytest.mark.parametrize(
    ("keys", "sent"), [("sí<enter>", "sí\r"), ("<down><ctrl-c>", "\x1b[B\x03"), ("a < b", "a < b")]
)
def test_keys_are_named_in_angle_brackets(keys: str, sent: str) -> None:
    assert record.pressed(keys) == sent
