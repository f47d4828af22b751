"""Sittings at the desk: paused, killed, gone on with; small and simple terminals; what is done with a result."""

from __future__ import annotations

import json
import re
import shlex
import signal
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.at_the_keys import CTRL_C, CTRL_D, CTRL_R, END, ENTER, ESC, TAB, Person
from tests.desk_world import PARCEL, write

if TYPE_CHECKING:
    from pathlib import Path

X, OURS, THREE, NO = "1" + ENTER, "2" + ENTER, "3" + ENTER, "n" + ENTER
EN = ("triage", "--ui", "en", "--locale", "en")


def drafts(folder: Path) -> list[Path]:
    return sorted((folder / "home").rglob("*.json"))


def draft(folder: Path) -> Any:  # noqa: ANN401 - JSON
    """The one draft there is."""
    (path,) = drafts(folder)
    return json.loads(path.read_text("utf-8"))


def to_the_menu(person: Person) -> Person:
    """Answer a case up to what can be done with its result."""
    person.see("Which channel")
    for keys, text in ((X, "Whose error"), (OURS, "How many days"), (THREE, "Do they want"), (NO, "Order number")):
        person.press(keys, text)
    person.press("A-1" + ENTER, "What next?")
    return person


def pick(person: Person, entry: str, text: str) -> str:
    """Choose an entry of the menu by its words."""
    number = re.search(rf"(\d+)  {entry}", person.see(f"  {entry}"))
    assert number, person.shown
    return person.press(number[1] + ENTER, text)


# --- pausing ----------------------------------------------------------------------------------------


def test_a_case_goes_on_where_it_was_paused(tmp_path: Path) -> None:
    with Person(write(tmp_path), *EN) as person:
        person.see("Which channel")
        person.press(X, "Whose error")
        person.press(OURS, "How many days")
        person.press("4" + CTRL_C, "To go on:")
        assert person.end() == 75
        assert "Paused. Nothing is lost." in person.shown
        command = person.said.partition("To go on:\n")[2].rstrip("\n")
    found = draft(tmp_path)
    assert found["answers"] == {"channel": "x", "fault": "us"}
    assert found["status"] == "paused"
    assert "\n" not in command
    *program, verb, option, path = shlex.split(command)[:6]
    assert (program, verb, option) == ([sys.executable, "-m", "playbook"], "triage", "--resume")
    arguments = [verb, option, path, *shlex.split(command)[6:]]
    assert arguments[3:] == ["--pack", str(tmp_path), "--ui", "en"]
    (tmp_path / "elsewhere" / "home").mkdir(parents=True)
    with Person(tmp_path / "elsewhere", *arguments) as person:
        person.see("How many days")
        assert "Going on where you left. Answers kept: 2" in person.shown
        for keys, text in ((THREE, "Do they want"), (NO, "Order number"), ("A-1" + ENTER, "What next?")):
            person.press(keys, text)
        assert "We apologise for the delay." in person.said, "the language of the reply is kept"
        person.press(END + ENTER, "All good, finish")
        person.press(ENTER, "Done.")
        assert person.end() == 0
    assert drafts(tmp_path) == []


@pytest.mark.parametrize(
    ("way", "answers"),
    [
        ([], 0),
        ([(X, "Whose error")], 1),
        ([(X, "Whose error"), (CTRL_R, "Your answers")], 1),
        ([(X, "Whose error"), (CTRL_R, "Your answers"), ("2" + ENTER, "Change an answer")], 1),
        ([(X, "Whose error"), (OURS, "How many days"), (THREE, "Do they want")], 3),
        ([(X, "Whose error"), (OURS, "How many days"), (THREE, "Do they want"), (TAB, "Order number")], 3),
        ([(X, "Whose error"), ("1" + ENTER, "What next?")], 2),
        ([(X, "Whose error"), ("1" + ENTER, "What next?"), ("1" + ENTER, "letters find")], 2),
        ([(X, "Whose error"), ("1" + ENTER, "What next?"), ("2" + ENTER, "2  English")], 2),
        ([(X, "Whose error"), ("1" + ENTER, "What next?"), (ESC, "All good, go on")], 2),
        ([(X, "Whose error"), ("1" + ENTER, "What next?"), (END + ENTER, "All good, finish")], 2),
    ],
    ids="start question review change detail skipped menu channel language answers finish".split(),
)
def test_ctrl_c_pauses_at_every_stage(way: list[tuple[str, str]], answers: int, tmp_path: Path) -> None:
    with Person(write(tmp_path), *EN) as person:
        person.see("Which channel")
        for keys, text in way:
            person.press(keys, text)
        person.press(CTRL_C, "To go on:")
        assert person.end() == 75
    assert len(draft(tmp_path)["answers"]) == answers


@pytest.mark.parametrize("style", [(), ("--plain",)], ids=["wizard", "plain"])
def test_a_killed_process_has_kept_every_answer(style: tuple[str, ...], tmp_path: Path) -> None:
    with Person(write(tmp_path), *EN, *style, rows=60) as person:
        person.see("Which channel")
        person.press(X, "Whose error")
        person.press(OURS, "How many days")
        person.child.kill(signal.SIGKILL)
        assert person.end() == -signal.SIGKILL
    assert draft(tmp_path)["answers"] == {"channel": "x", "fault": "us"}
    with Person(tmp_path, *EN) as person:
        person.see("Which channel")
        person.press(X, "There is an unfinished case (parcel). To go on with it:")
        assert "Whose error" in person.see("Whose error")


def test_a_signal_between_two_prompts_pauses_too(tmp_path: Path) -> None:
    slow = tmp_path / "slow"
    slow.write_text('#!/bin/sh\ntrap "" INT\necho started\nsleep 1\n', "utf-8")
    slow.chmod(0o700)
    with Person(write(tmp_path), *EN, EDITOR=str(slow)) as person:
        pick(to_the_menu(person), "Edit the public reply", "started")
        person.child.kill(signal.SIGINT)
        person.see("The editor did not end well; the reply stays as it was")
        person.press(CTRL_C, "To go on:")
        assert person.end() == 75


def test_a_home_that_cannot_be_written_to_costs_no_answer(tmp_path: Path) -> None:
    (tmp_path / "no-home").write_text("", "utf-8")
    (tmp_path / "tmp").mkdir()
    with Person(write(tmp_path), *EN, HOME=str(tmp_path / "no-home"), TMPDIR=str(tmp_path / "tmp")) as person:
        person.see("Which channel")
        person.press(X, "Whose error")
        person.press(CTRL_C, "To go on:")
        assert person.end() == 75
        assert "cannot be written to; the answers are in" in re.sub(r"\s+", " ", person.shown)
    (path,) = (tmp_path / "tmp").glob("*.json")
    assert json.loads(path.read_text("utf-8"))["answers"] == {"channel": "x"}


def test_answers_that_no_longer_fit_are_asked_again(tmp_path: Path) -> None:
    old = {"answers": {"channel": "x", "fault": "carrier", "weather": "rain"}, "protocol": {"digest": "sha256:0"}}
    (tmp_path / "old.json").write_text(json.dumps(old), "utf-8")
    with Person(write(tmp_path), *EN, "--resume", "old.json") as person:
        person.see("Whose error")
        said = re.sub(r"\s+", " ", person.said)
        assert "warning: `fault` does not take `carrier` [PB301] hint: it is left out, and asked again" in said
        assert "warning: no question is called `weather` [PB300]" in said
        assert "Going on where you left. Answers kept: 1" in said
        assert "The protocol has changed since: look over your answers" in said


# --- what would fail later, fails first -------------------------------------------------------------


@pytest.mark.parametrize("template", ["{{ nothing }}", "{% for x in y %}", None])
def test_a_template_that_would_fail_is_told_before_the_first_question(template: str | None, tmp_path: Path) -> None:
    write(tmp_path, {"templates/es/parcel/sorry_private.j2": template})
    with Person(tmp_path, *EN) as person:
        assert person.end() == 2
        assert "error: " in person.shown
        assert "Which channel" not in person.said
    assert drafts(tmp_path) == []


# --- terminals --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "rows", "env"),
    [(20, 10, {}), (80, 24, {"TERM": "dumb"}), (80, 24, {"PYTHONIOENCODING": "ascii"})],
    ids=["twenty by ten", "dumb", "ascii"],
)
def test_a_terminal_that_cannot_draw_gets_plain_prompts(
    columns: int, rows: int, env: dict[str, str], tmp_path: Path
) -> None:
    with Person(write(tmp_path), *EN, columns=columns, rows=rows, **env) as person:
        for keys in ("", "1\r", "2\r", "3\r", "n\r", "A-1\r", "9\r"):
            person.child.send(keys)
            while person.read(0.4) or not person.shown.endswith(">"):
                assert person.child.isalive(), person.said
        assert b"\x1b" not in person.raw
        assert "We apologise for the delay." in re.sub(r"\s+", " ", person.said)
        assert "All good, finish" in re.sub(r"\s+", " ", person.said)
        person.child.send("\r")
        assert person.end() == 0


def test_no_color_is_no_colour(tmp_path: Path) -> None:
    with Person(write(tmp_path), *EN, NO_COLOR="1") as person:
        to_the_menu(person)
        assert not re.search(rb"\x1b\[(?:\d+;)*[34]\d(?:;\d+)*m", person.raw)


def test_strange_text_is_shown_literally(tmp_path: Path) -> None:
    evil = "[red]@x[/] {{ 7*7 }}"
    pack = PARCEL.replace("en: Order number", f"en: '{evil} ?'").replace("en: Find the parcel", f"en: '{evil}!'")
    with Person(write(tmp_path, {"protocols/parcel.yaml": pack}), *EN, rows=60) as person:
        person.see("Which channel")
        for keys, text in ((X, "Whose error"), (OURS, "How many days"), (THREE, "Do they want"), (NO, f"{evil} ?")):
            person.press(keys, text)
        person.press("\x1b[200~{% x %}\x9b2J[/b]\u202e\x1b[201~" + ENTER, "What next?")
        assert f"▸ {evil}!" in person.said
        assert "{% x %}" in person.said
        assert "\u202e" not in person.said


# --- what is done with a result ---------------------------------------------------------------------


def test_a_reply_is_copied_and_shown_to_be_marked(tmp_path: Path) -> None:
    with Person(write(tmp_path), *EN) as person:
        pick(to_the_menu(person), "Copy the public reply", "Copied")
        assert person.copied == ["We apologise for the delay. We write to you tomorrow at 12:45."]
        person.see("\nWe apologise for the delay. We write to you tomorrow at 12:45.\n")
        person.see("· 62 of 280 on X")


def test_without_a_clipboard_the_text_is_there_to_be_marked(tmp_path: Path) -> None:
    with Person(write(tmp_path), *EN, TERM="linux", PATH="/nowhere") as person:
        pick(to_the_menu(person), "Copy the private reply", "There is no clipboard here.")
        assert person.copied == []
        person.see("\nYour order A-1 leaves today.\n")


def test_an_edited_reply_is_counted_checked_kept_and_saved(tmp_path: Path) -> None:
    script = tmp_path / "ed"
    script.write_text('#!/bin/sh\nprintf "Sorry if it hurt." > "$1"\n', "utf-8")
    script.chmod(0o700)
    with Person(write(tmp_path), *EN, EDITOR=str(script)) as person:
        pick(to_the_menu(person), "Edit the public reply", "Edited · X (post or reply) · 17 of 280 on X")
        person.see("Avoid “sorry if”: it doubts them")
        person.see("17 of 280 on X\n   2")
        pick(person, "Another language", "1  Spanish")
        person.press("1" + ENTER, "This is the template's. Your edit is not lost")
        assert "Perdona por el retraso" in person.said
        pick(person, "Another language", "1  Spanish")
        person.press("2" + ENTER, "The reply is as you edited it")
        pick(person, "Save the case to a file", "To read it: ")
        person.press(CTRL_C, "To go on:")
        assert person.end() == 75
    (path,) = tmp_path.glob("case-parcel-*.json")
    assert path.stat().st_mode & 0o077 == 0
    saved = json.loads(path.read_text("utf-8"))
    assert saved["reply"]["public"]["text"] == "Sorry if it hurt."
    assert saved["left_out"] == ["order"]
    assert saved["answers"] == {"channel": "x", "fault": "us", "days": 3, "refund": False}
    read = path.with_suffix(".txt")
    assert read.stat().st_mode & 0o077 == 0
    assert "\nSorry if it hurt.\n" in read.read_text("utf-8")
    with Person(tmp_path, "triage", "--ui", "en", "--resume", str(drafts(tmp_path)[0])) as person:
        person.see("The reply is as you edited it")
        pick(person, "Copy the public reply", "Copied")
        assert person.copied == ["Sorry if it hurt."]


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("", "No editor: set EDITOR"),
        ("/bin/false", "The editor did not end well"),
        ("nanoo", "The editor “nanoo” is not there. Set EDITOR to one that is"),
        ("/bin/true", "Nothing has changed"),
    ],
    ids="none fails missing same".split(),
)
def test_no_editor_or_one_that_changes_nothing_leaves_the_reply(editor: str, said: str, tmp_path: Path) -> None:
    with Person(write(tmp_path), *EN, EDITOR=editor, PATH="/nowhere") as person:
        pick(to_the_menu(person), "Edit the private reply", said)
        person.see("What next?")


def test_another_channel_measures_the_reply_anew_and_is_kept(tmp_path: Path) -> None:
    with Person(write(tmp_path), *EN) as person:
        pick(to_the_menu(person), "Another channel", "? why")
        assert "Where will you answer?" in person.shown
        person.press("?", "The channel sets how long the reply may be")
        person.press("3" + ENTER, "62 of 500")
        assert draft(tmp_path)["answers"]["channel"] == "threads"


def test_a_changed_answer_changes_the_result(tmp_path: Path) -> None:
    with Person(write(tmp_path), *EN) as person:
        pick(to_the_menu(person), "Change one of my answers", "All good, go on")
        person.press("3" + ENTER, "Change an answer")
        person.press("1" + ENTER, "All good, go on")
        person.press(ENTER, "What next?")
        assert "NO REPLY" in person.said
        assert "Copy" not in person.last_lines()


def test_a_review_that_changes_nothing_leads_back_to_the_menu(tmp_path: Path) -> None:
    with Person(write(tmp_path), *EN) as person:
        to_the_menu(person)
        shown = person.said.count("■")
        person.press(END + ENTER, "All good, finish")
        person.press(ESC, "What next?")
        pick(person, "Change one of my answers", "All good, go on")
        person.press(ENTER, "What next?")
        assert person.said.count("■") == shown
        person.press(END + ENTER, "Done.")
        assert person.end() == 0
    assert drafts(tmp_path) == []


def test_details_are_skipped_when_that_is_asked_for(tmp_path: Path) -> None:
    with Person(write(tmp_path), *EN, "--skip-details") as person:
        person.see("Which channel")
        for keys, text in ((X, "Whose error"), (OURS, "How many days")):
            person.press(keys, text)
        person.press(THREE, "Do they want")
        person.press(CTRL_D, "What next?")
        assert "missing: Order number" in re.sub(r"\s+", " ", person.shown)
