"""When a case was decided: once for each outcome, over pauses too, and what is overdue by now."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from playbook.asking import drafts
from playbook.asking.prompts import Given, Pause, Skip, SkipAll
from playbook.desk import attended, editing, moments
from playbook.desk.opening import Wishes, opened
from playbook.words import words
from tests.desk_world import PARCEL, write
from tests.scripted import Script

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playbook.asking.prompts import Reply

    Sit = Callable[..., Script]

ANSWERS = [Given("x"), Given("us"), Given(3), Given(answer=False), Given("A-1")]
CASE = {"channel": "x", "fault": "us", "days": 3, "inside": (), "refund": False, "order": "A-1"}
DAY = "2026-11-22T"
FINISH = [Given(8), Given(0)]


@pytest.fixture(name="sit")
def _sit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sit:
    """One sitting: at the moments given, one after the other, with a person who replies from a script."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    write(tmp_path)

    def sit(*replies: Reply, at: str, every: str = "", resume: str | None = None) -> Script:
        script = Script(*replies, case=CASE)  # type: ignore[arg-type]
        readings = [at, *([every or at] * 50)]
        monkeypatch.setattr(attended, "_prompter", lambda *_, **__: script)
        for place in (attended, moments):
            monkeypatch.setattr(place, "now", lambda: datetime.fromisoformat(readings.pop(0)))
        wishes = Wishes(pack=tmp_path, resume=resume)
        attended.lead(opened(wishes, words("en")), wishes)
        return script

    return sit


def due(script: Script) -> list[str]:
    return [row.text for row in script.told if row.text.startswith("Answer by")]


def kept(folder: Path) -> list[Path]:
    return sorted((folder / "home").rglob("*.json"))


def test_deadlines_stay_while_a_case_is_looked_at(sit: Sit) -> None:
    script = sit(*ANSWERS, Given(4), Given("bluesky"), Pause(), at=DAY + "12:40+01:00", every=DAY + "12:55+01:00")
    assert len(due(script)) > 1
    assert len(set(due(script))) == 1


def test_deadlines_stay_over_a_pause(sit: Sit, tmp_path: Path) -> None:
    before = sit(*ANSWERS, Pause(), at=DAY + "12:40+01:00")
    (path,) = kept(tmp_path)
    found = json.loads(path.read_text("utf-8"))
    assert (found["decided"], found["outcome"]) == (DAY + "12:40:00+01:00", "parcel.sorry")
    again = sit(Pause(), at=DAY + "13:10+01:00", resume=str(path))
    assert due(again)[-1] == due(before)[-1]


def test_another_outcome_has_a_moment_of_its_own(sit: Sit) -> None:
    change = [Given(6), Given(2), Given("customer"), Given(0)]
    sorry = [Given(2), Given(2), Given("us"), Given(3), Given(0)]
    script = sit(*ANSWERS, *change, *sorry, Pause(), at=DAY + "12:40+01:00", every=DAY + "14:00+01:00")
    assert len(set(due(script))) == 2


def test_what_is_past_is_told_as_overdue(sit: Sit, tmp_path: Path) -> None:
    sit(*ANSWERS, Pause(), at=DAY + "12:40+01:00")
    script = sit(Pause(), at="2026-11-23T09:00+01:00", resume=str(kept(tmp_path)[0]))
    assert due(script)[-1].startswith("Answer by: on Sunday 22 November at ")
    assert due(script)[-1].endswith(" (overdue)")
    follow_up = next(row.text for row in script.told if "That it arrived" in row.text)
    assert "today at" in follow_up
    assert "overdue" not in follow_up


def test_a_reply_says_today_of_the_day_on_which_it_is_read(sit: Sit, tmp_path: Path) -> None:
    first = sit(*ANSWERS, Pause(), at=DAY + "12:40+01:00")
    assert any("Te escribimos mañana a las" in row.text for row in first.told)
    script = sit(Pause(), at="2026-11-23T09:00+01:00", resume=str(kept(tmp_path)[0]))
    assert any("Te escribimos hoy a las" in row.text for row in script.told)


@pytest.mark.parametrize(("later", "warned"), [(DAY + "12:58+01:00", False), ("2026-11-23T09:00+01:00", True)])
def test_an_edit_is_warned_of_only_where_its_times_differ(
    later: str,
    warned: bool,  # noqa: FBT001 - a parameter of the test
    sit: Sit,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(editing, "edit", lambda text, _: text + " Gracias.")
    sit(*ANSWERS, Given(2), Pause(), at=DAY + "12:40+01:00")
    said = [row.text for row in sit(Pause(), at=later, resume=str(kept(tmp_path)[0])).told]
    assert "The reply is as you edited it" in said
    assert ("The times have changed since your edit: check those it names" in said) is warned


@pytest.mark.parametrize("moment", ["soon", "2026-11-22T12:40:00", 3])
def test_a_draft_with_a_moment_that_is_none_takes_a_new_one(moment: object, sit: Sit, tmp_path: Path) -> None:
    path = tmp_path / "draft.json"
    path.write_text(json.dumps({"status": "paused", "answers": CASE, "decided": moment, "outcome": "parcel.sorry"}))
    assert due(sit(Pause(), at=DAY + "12:40+01:00", resume=str(path)))


# --- what is finished ---------------------------------------------------------------------------------


def test_a_finished_case_leaves_no_draft_whatever_was_skipped(sit: Sit, tmp_path: Path) -> None:
    sit(*ANSWERS[:3], Pause(), at=DAY + "12:40+01:00")
    (path,) = kept(tmp_path)
    sit(SkipAll(), *FINISH, at=DAY + "12:41+01:00", resume=str(path))
    assert kept(tmp_path) == []


def test_a_case_that_is_finished_at_its_result_leaves_no_draft(sit: Sit, tmp_path: Path) -> None:
    sit(*ANSWERS, Pause(), at=DAY + "12:40+01:00")
    sit(*FINISH, at=DAY + "12:41+01:00", resume=str(kept(tmp_path)[0]))
    assert kept(tmp_path) == []


@pytest.mark.parametrize("skip", [(Skip(), Skip(), Pause()), (SkipAll(), Pause())], ids=["each", "all"])
def test_what_was_skipped_is_not_asked_again(skip: tuple[Reply, ...], sit: Sit, tmp_path: Path) -> None:
    sit(*ANSWERS[:3], *skip, at=DAY + "12:40+01:00")
    assert set(drafts.load(kept(tmp_path)[0]).skipped) == {"refund", "order"}
    assert sit(Pause(), at=DAY + "12:41+01:00", resume=str(kept(tmp_path)[0])).asked == []


def test_a_file_that_is_no_draft_is_gone_on_with_and_stays_as_it_is(sit: Sit, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(json.dumps({"answers": {"channel": "x", "fault": "customer"}}), "utf-8")
    before = path.read_bytes()
    sit(Given(4), Given(0), at=DAY + "12:40+01:00", resume=str(path))
    assert path.read_bytes() == before
    assert kept(tmp_path) == []


def test_where_nothing_is_said_no_answer_is_due(sit: Sit, tmp_path: Path) -> None:
    hurried = PARCEL.replace("reply: {silence:", "answer_within: 1h\n    reply: {silence:")
    write(tmp_path, {"protocols/parcel.yaml": hurried})
    script = sit(Given("x"), Given("customer"), Pause(), at=DAY + "12:40+01:00")
    assert any("NO REPLY" in row.text for row in script.told)
    assert due(script) == []
