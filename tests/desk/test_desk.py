"""The desk from inside: what no terminal can bring about at will."""

from __future__ import annotations

import io
import json
import os
import sys
from typing import TYPE_CHECKING

import pytest

from playbook.asking import drafts
from playbook.asking.prompts import Back, Given, Pause, Reply, Row, Skip
from playbook.desk import afterwards, attended, editing, unattended
from playbook.desk.opening import Wishes, opened
from playbook.diagnostics import PlaybookError
from playbook.words import words
from tests.desk_world import NOW, write
from tests.scripted import Script

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playbook.desk.opening import Case

NO = Given(answer=False)
CASE = {"channel": "x", "fault": "us", "days": 3, "inside": (), "refund": False, "order": "A-1"}
THREADY = {
    "playbook.yaml": """\
brand: {name: Papel y Tinta, signature: El equipo}
locales: [es, en]
roles:
  community: {title: Comunidad}
  boss: {title: Dirección}
channels:
  wall: {name: El muro, thread: true, limits: [{count: 30, unit: characters}]}
  board: {name: Tablón, limits: [{count: 30, unit: characters}]}
"""
}


@pytest.fixture(name="sit")
def _sit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Script]:
    """Open a case in the small pack, and a person who replies from a script; `at_desk` sits down."""
    monkeypatch.setenv("CRISIS_PLAYBOOK_NOW", NOW)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    def sit(*replies_: Reply, ui: str = "en", case: dict[str, object] | None = None) -> Script:
        script = Script(*replies_, case={**CASE, **(case or {})}, ui=ui)  # type: ignore[dict-item]
        monkeypatch.setattr(attended, "_prompter", lambda *_, **__: script)
        return script

    return sit


def case(folder: Path, wishes: Wishes) -> Case:
    return opened(wishes._replace(pack=folder), words("en"))


def said(script: Script) -> list[str]:
    return [row.text for row in script.told]


def test_ctrl_c_between_two_prompts_pauses(
    sit: Callable[..., Script], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = sit()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(attended, "result", interrupted)
    assert attended.lead(case(write(tmp_path), Wishes()), Wishes()) == 75
    assert "Paused. Nothing is lost." in said(script)


def test_after_a_fault_of_ours_the_operator_is_told_where_the_answers_are(
    sit: Callable[..., Script], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sit()

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(attended, "result", broken)
    with pytest.raises(ZeroDivisionError):
        attended.lead(case(write(tmp_path), Wishes()), Wishes())
    path = capsys.readouterr().err.strip().split("--resume ")[1].split(" --")[0]
    assert drafts.load(type(tmp_path)(path)).answers["days"] == 3


def test_where_nothing_can_be_written_the_answers_are_printed(
    sit: Callable[..., Script], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sit(Given("x"), Given("us"), Pause())

    def full(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(drafts, "_replace", full)
    assert attended.lead(case(write(tmp_path), Wishes()), Wishes()) == 75
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == ["Paused. Nothing is lost.", "It could not be saved anywhere. To go on, copy this:"]
    assert json.loads(lines[2]) == {"channel": "x", "fault": "us"}


def test_the_resume_command_repeats_how_the_sitting_was_started(
    sit: Callable[..., Script], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sit(Pause())
    monkeypatch.setattr(sys, "argv", [".venv/bin/crisis-playbook"])
    wishes = Wishes(ui="es", plain=True, skip_details=True)
    attended.lead(case(write(tmp_path), wishes), wishes)
    said, command = capsys.readouterr().err.splitlines()
    assert said == "To go on:"
    assert command.startswith(".venv/bin/crisis-playbook triage --resume ")
    assert command.endswith(f" --pack {tmp_path} --ui es --plain --skip-details")


def test_the_pack_that_ships_need_not_be_named(
    sit: Callable[..., Script], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sit(Pause())
    monkeypatch.setenv("COLUMNS", "80")
    attended.lead(opened(Wishes(), words("en")), Wishes())
    assert "--pack" not in capsys.readouterr().err


def test_a_thread_is_copied_part_by_part(
    sit: Callable[..., Script], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copied: list[str] = []

    def copy(text: str, *_: object) -> str:
        copied.append(text)
        return "xclip"

    monkeypatch.setattr(afterwards, "copy", copy)
    start = [Given("wall"), Given("us"), Given(3), NO, Given("A-1")]
    script = sit(*start, Given(0), Given(0), Given(1), Pause())
    attended.lead(case(write(tmp_path, THREADY), Wishes()), Wishes())
    assert len(copied) == 2
    assert "Copied part 1 of 3" in said(script)
    assert [each.label for each in script.menus[1].options] == ["Copy the next one", "Enough"]
    assert "".join(f"{each}\n" for each in copied) in capsys.readouterr().out


def test_a_thread_that_is_copied_to_its_end_leads_back_to_the_menu(
    sit: Callable[..., Script], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(afterwards, "copy", lambda *_: "xclip")
    start = [Given("wall"), Given("us"), Given(3), NO, Given("A-1")]
    script = sit(*start, Given(0), Given(0), Given(0), Pause())
    assert attended.lead(case(write(tmp_path, THREADY), Wishes()), Wishes()) == 75
    assert [menu.title for menu in script.menus][-1] == "What next?"


def test_what_does_not_fit_is_said_beside_the_entry(sit: Callable[..., Script], tmp_path: Path) -> None:
    start = [Given("board"), Given("us"), Given(3), NO, Given("A-1")]
    script = sit(*start, Pause())
    attended.lead(case(write(tmp_path, THREADY), Wishes()), Wishes())
    assert script.menus[0].options[0].note.endswith("· too long ")
    assert script.menus[0].options[1].note == ""


def test_an_edit_may_become_a_thread_and_keeps_its_blanks(
    sit: Callable[..., Script], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editing, "edit", lambda text, _: text + " Y algo más, para que no quepa.")
    start = [Given("wall"), Given("us"), Given(3), NO, Skip()]
    script = sit(*start, Given(3), Pause())
    attended.lead(case(write(tmp_path, THREADY), Wishes()), Wishes())
    assert "missing: Order number" in script.menus[-1].options[1].note


def test_the_same_channel_or_language_again_changes_nothing(sit: Callable[..., Script], tmp_path: Path) -> None:
    start = [Given("x"), Given("us"), Given(3), NO, Given("A-1")]
    script = sit(*start, Given(4), Given("x"), Given(5), Given(0), Given(5), Back(), Given(4), Back(), Pause())
    attended.lead(case(write(tmp_path), Wishes(locale="es")), Wishes())
    assert len([each for each in said(script) if each.startswith("■")]) == 2


def test_a_language_the_pack_lacks_offers_its_default(sit: Callable[..., Script], tmp_path: Path) -> None:
    start = [Given("x"), Given("us"), Given(3), NO, Given("A-1")]
    script = sit(*start, Given(5), Pause())
    assert attended.lead(case(write(tmp_path), Wishes(locale="fr")), Wishes()) == 75
    assert script.menus[1].picked == 0


@pytest.mark.parametrize("fault", [PermissionError(13, "Permission denied"), FileExistsError(17, "File exists")])
def test_a_case_that_cannot_be_saved_is_said(
    fault: OSError, sit: Callable[..., Script], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = [Given("x"), Given("us"), Given(3), NO, Given("A-1")]
    script = sit(*start, Given(7), Pause())
    real = os.open

    def refuses(path: object, *more: object) -> int:
        if str(path).startswith("case-"):
            raise fault
        return real(path, *more)  # type: ignore[arg-type]

    opening = case(write(tmp_path), Wishes())
    monkeypatch.setattr(os, "open", refuses)
    attended.lead(opening, Wishes())
    found = [each for each in said(script) if each.startswith("It could not be saved")]
    assert found == [f"It could not be saved: {str(fault.strerror).lower()}"]


def test_two_cases_saved_at_one_moment_are_two_files(sit: Callable[..., Script], tmp_path: Path) -> None:
    start = [Given("x"), Given("us"), Given(3), NO, Given("A-1")]
    sit(*start, Given(7), Given(7), Pause())
    attended.lead(case(write(tmp_path), Wishes()), Wishes())
    for kind in ("json", "txt"):
        assert len(list(tmp_path.glob(f"case-parcel-20261122-124000*.{kind}"))) == 2
    assert "mañana" in (tmp_path / "case-parcel-20261122-124000.json").read_text("utf-8")


def test_plain_prompts_show_replies_as_they_are(
    sit: Callable[..., Script], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = [Given("x"), Given("us"), Given(3), NO, Given("A-1")]
    sit(*start, Pause())
    attended.lead(case(write(tmp_path), Wishes()), Wishes(plain=True))
    assert "Perdona por el retraso. Te escribimos mañana a las 12:45.\n" in capsys.readouterr().out


def test_standard_input_that_cannot_be_read_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Broken(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, _: object) -> int:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Broken())))
    with pytest.raises(PlaybookError, match="cannot read standard input: input/output error"):
        opened(Wishes(pack=write(tmp_path), answers="-"), words("en"))


def test_a_system_fault_that_is_no_file_of_the_pack_stays_what_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(unattended, "result", broken)
    found = case(write(tmp_path), Wishes(no_input=True, given=("fault=customer",)))
    with pytest.raises(OSError, match="memory"):
        unattended.answer(found, Wishes(no_input=True))


def test_rows_are_printed_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    unattended.put_rows([Row("a", indent=2), Row("b\nc")])
    assert capsys.readouterr().out == "  a\nb\nc\n"
