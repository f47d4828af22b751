from __future__ import annotations

import json
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.asking import drafts
from playbook.asking.drafts import LARGEST, Draft, Keeper, folder, load, loads, resume_command
from playbook.diagnostics import PlaybookError
from tests.small_pack import small_pack

PARCEL = small_pack().protocols["parcel"]
ABOUT = {"digest": "sha256:0", "locale": "es"}


def keeper(home: Path, path: Path | None = None) -> Keeper:
    return Keeper(PARCEL, ABOUT, {"CRISIS_PLAYBOOK_HOME": str(home)}, path)


@pytest.mark.parametrize(
    ("environ", "platform", "path"),
    [
        ({"CRISIS_PLAYBOOK_HOME": "/own", "HOME": "/h"}, "linux", "/own"),
        ({"XDG_DATA_HOME": "/data", "HOME": "/h"}, "linux", "/data/crisis-playbook"),
        ({"XDG_DATA_HOME": "not/absolute", "HOME": "/h"}, "linux", "/h/.local/share/crisis-playbook"),
        ({"HOME": "/h"}, "linux", "/h/.local/share/crisis-playbook"),
        ({}, "linux", ".local/share/crisis-playbook"),
        ({"HOME": "/h"}, "darwin", "/h/Library/Application Support/crisis-playbook"),
        ({"LOCALAPPDATA": "/l"}, "win32", "/l/crisis-playbook"),
        ({"USERPROFILE": "/u"}, "win32", "/u/AppData/Local/crisis-playbook"),
    ],
)
def test_drafts_live_where_the_platform_puts_data(environ: dict[str, str], platform: str, path: str) -> None:
    assert folder(environ, platform) == Path(path)


def test_a_draft_is_for_its_owner_alone_and_replaced_as_a_whole(tmp_path: Path) -> None:
    keep = keeper(tmp_path)
    keep.keep({"fault": "us"}, {})
    keep.keep({"fault": "us", "extras": ("gift",), "offered": None}, {"order_ref": "Ñ-1"})
    assert keep.path is not None
    assert keep.path.parent == tmp_path / "drafts"
    assert [*keep.path.parent.iterdir()] == [keep.path]
    assert stat.S_IMODE(keep.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(keep.path.parent.stat().st_mode) == 0o700
    assert json.loads(keep.path.read_text("utf-8")) == {
        "schema_version": 1,
        "status": "paused",
        "protocol": {"id": "parcel", "version": "1.0.0", "digest": "sha256:0"},
        "locale": "es",
        "answers": {"fault": "us", "extras": ["gift"], "offered": None},
        "aside": {"order_ref": "Ñ-1"},
    }
    assert load(keep.path) == Draft(
        {"fault": "us", "extras": ["gift"], "offered": None},
        {"order_ref": "Ñ-1"},
        "parcel",
        "sha256:0",
        "es",
        paused=True,
    )


def test_a_finished_case_leaves_no_draft(tmp_path: Path) -> None:
    keep = keeper(tmp_path)
    keep.drop()
    keep.keep({"fault": "us"}, {})
    keep.drop()
    assert keep.path is None
    assert [*(tmp_path / "drafts").iterdir()] == []


def test_a_draft_that_is_gone_on_with_stays_in_its_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    keep = keeper(tmp_path, path)
    keep.keep({"fault": "us"}, {})
    assert keep.path == path


def test_an_unwritable_home_falls_back_and_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    keep = keeper(tmp_path / "file")
    keep.keep({"fault": "us"}, {})
    assert keep.path is not None
    assert keep.path != keep.wanted
    assert keep.path.parent == tmp_path / "tmp"
    assert keep.path.name.startswith("crisis-playbook-parcel-")


def test_a_folder_that_vanishes_midway_costs_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    keep = keeper(tmp_path / "home")
    keep.keep({"fault": "us"}, {})
    before = keep.path
    real = drafts._replace

    def full(path: Path, text: str) -> None:
        if path == before:
            raise OSError(28, "No space left on device")
        real(path, text)

    monkeypatch.setattr(drafts, "_replace", full)
    keep.keep({"fault": "us", "offered": True}, {})
    assert keep.path is not None
    assert load(keep.path).answers == {"fault": "us", "offered": True}
    assert before is not None
    assert not before.exists()


def test_with_nowhere_to_write_the_answers_can_still_be_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    keep = keeper(tmp_path)
    keep.keep({"fault": "us"}, {"order_ref": "Ñ\n1"})
    assert keep.path is None
    assert loads(keep.spilled().encode(), "-").answers == {"fault": "us", "order_ref": "Ñ\n1"}
    assert keep.spilled().isascii()


def refuse(**_options: object) -> tuple[int, str]:
    raise PermissionError(13, "Permission denied")


def test_a_write_that_is_interrupted_leaves_the_old_draft_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = keeper(tmp_path)
    keep.keep({"fault": "us"}, {})
    assert keep.path is not None

    def interrupted(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        keep.keep({"fault": "carrier"}, {})
    assert load(keep.path).answers == {"fault": "us"}
    assert [*keep.path.parent.iterdir()] == [keep.path]


def test_the_command_to_go_on_can_be_pasted() -> None:
    assert resume_command(Path("/a b/it's.json")) == """playbook triage --resume '/a b/it'"'"'s.json'"""


def test_an_answers_file_is_a_plain_object() -> None:
    assert loads(b'\xef\xbb\xbf{"fault": "us", "offered": null}', "a.json") == Draft({"fault": "us", "offered": None})


def test_what_a_run_without_a_person_printed_can_be_gone_on_with() -> None:
    printed = b'{"schema_version": 1, "status": "pending", "protocol": "?", "answers": {"fault": "us"}, "aside": 3}'
    assert loads(printed, "-") == Draft({"fault": "us"})


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (b"{", "PB443", "`a.json` is no JSON: expecting property name enclosed in double quotes, line 1, column 2"),
        (b"[1]", "PB443", "`a.json` holds no answers"),
        (b"\xff\xfe", "PB443", "`a.json` is no JSON"),
        (b"[" * 200_000, "PB443", "`a.json` is no JSON"),
        (b'{"a": 1' + b"0" * 5000 + b"}", "PB443", "`a.json` is no JSON"),
        (b" " * (LARGEST + 1), "PB442", "`a.json` is too large for the answers of a case"),
    ],
)
def test_a_file_that_holds_no_answers_is_refused(content: bytes, code: str, message: str) -> None:
    with pytest.raises(PlaybookError) as refused:
        loads(content, "a.json")
    fault = refused.value.diagnostics[0]
    assert (fault.code, fault.message) == (code, message)
    assert fault.hint


@given(st.binary(max_size=200))
def test_no_content_is_more_than_refused(content: bytes) -> None:
    with suppress(PlaybookError):
        loads(content, "x")


@pytest.mark.parametrize(("name", "message"), [("gone.json", "no such file or directory"), ("a\0b", "is no file name")])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(PlaybookError) as refused:
        load(tmp_path / name)
    assert refused.value.diagnostics[0].code == "PB441"
    assert message in refused.value.diagnostics[0].message


def test_the_newest_draft_of_the_last_day_is_found(tmp_path: Path) -> None:
    environ = {"CRISIS_PLAYBOOK_HOME": str(tmp_path)}
    assert drafts.newest(environ, 1000.0) is None
    (tmp_path / "drafts").mkdir()
    for at, name in enumerate(("threat-1.json", "intake-2.json", ".half.json", "note.txt")):
        (tmp_path / "drafts" / name).write_text("{}", "utf-8")
        os.utime(tmp_path / "drafts" / name, (at, at))
    assert drafts.newest(environ, 1000.0) == tmp_path / "drafts" / "intake-2.json"
    assert drafts.newest(environ, 1000.0 + drafts.DAY) is None


def test_a_draft_that_vanishes_while_it_is_looked_for_is_none(tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "gone.json").symlink_to(tmp_path / "nowhere")
    assert drafts.newest({"CRISIS_PLAYBOOK_HOME": str(tmp_path)}, 0.0) is None


def test_edited_replies_are_kept_along() -> None:
    assert drafts.loads(b'{"answers": {}, "edits": {"public-1": "Hola", "x": 1}}', "a").edits == {"public-1": "Hola"}
    assert drafts.loads(b'{"answers": {}, "edits": []}', "a").edits == {}


def test_the_moment_the_outcome_and_what_was_skipped_are_kept_along(tmp_path: Path) -> None:
    keep = keeper(tmp_path)
    keep.more = {"decided": "2026-11-22T12:40:00+01:00", "outcome": "parcel.sorry", "skipped": ["order"], "edits": {}}
    keep.keep({"fault": "us"}, {})
    assert keep.path
    found = load(keep.path)
    assert (found.decided, found.outcome, found.skipped) == ("2026-11-22T12:40:00+01:00", "parcel.sorry", ("order",))
    assert found.paused
    assert loads(b'{"answers": {}, "skipped": ["a", 3], "decided": 3}', "a") == Draft({}, skipped=("a",))
    assert loads(b'{"answers": {}, "skipped": "a"}', "a").skipped == ()


def test_a_draft_that_was_gone_on_with_goes_when_the_case_is_finished_without_another_answer(tmp_path: Path) -> None:
    path = tmp_path / "draft.json"
    path.write_text("{}", "utf-8")
    keeper(tmp_path, path).drop()
    assert not path.exists()
