"""What was found before is used again only where it can be nothing else."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from playbook.diagnostics import WARNING, Diagnostic, Span
from playbook.lint import memory
from playbook.lint.memory import Kept, digest, folder, keep, recall

FOUND = Diagnostic("PB601", "m", Span("a/b.yaml", 3, 4), "h", WARNING)
BARE = Diagnostic("PB001", "m")
KEPT = Kept((FOUND, BARE), {"a/b.yaml": "ñ\n"}, 2, whole=True, fixable=frozenset((FOUND,)))
FILES = {"a": b"1", "b": b"2"}
MARK = "f" * 64


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "playbook"


def stored(place: Path) -> Path:
    (path,) = place.glob("*.json")
    return path


def test_what_is_kept_comes_back_and_nothing_else(place: Path) -> None:
    assert recall(place, MARK) is None
    keep(place, MARK, KEPT)
    assert recall(place, MARK) == KEPT
    assert recall(place, "e" * 64) is None


def test_it_is_for_its_owner_alone(place: Path) -> None:
    keep(place, MARK, KEPT)
    assert stored(place).stat().st_mode & 0o777 == 0o600
    assert place.stat().st_mode & 0o777 == 0o700


def test_the_digest_changes_with_everything_that_a_verdict_depends_on(monkeypatch: pytest.MonkeyPatch) -> None:
    marks = [
        digest(FILES, ("2026-11-24",)),
        digest(FILES, ("2026-11-25",)),
        digest({**FILES, "a": b"2"}, ("2026-11-24",)),
        digest({"a": b"12", "b": b""}, ("2026-11-24",)),
        digest({"ab": b"1", "": b"2"}, ("2026-11-24",)),
        digest({"b": b"2", "a": b"1"}, ("2026-11-24",)),
    ]
    assert len({*marks}) == len(marks)
    assert digest(FILES, ("2026-11-24",)) == marks[0]
    monkeypatch.setattr(memory, "_program", lambda: iter(["another"]))
    assert digest(FILES, ("2026-11-24",)) not in marks


def test_this_program_is_told_by_all_its_files() -> None:
    told = [*memory._program()]
    assert any(isinstance(each, tuple) and str(each[0]).endswith("jinja2") for each in told)
    assert any(isinstance(each, tuple) and str(each[0]).endswith("rules/same_effect.py") for each in told)
    assert not any("__pycache__" in str(each) for each in told)


def test_a_package_that_is_not_there_is_no_part_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert not any(isinstance(each, tuple) and each[0] == "yaml" for each in memory._program())


class Unreadable(dict[str, bytes]):
    def __getitem__(self, path: str) -> bytes:
        raise OSError(0, path)


def test_a_pack_with_a_file_that_cannot_be_read_is_not_remembered() -> None:
    assert digest(Unreadable(a=b""), ()) is None


def edited(place: Path, change: object) -> None:
    data = json.loads(stored(place).read_bytes())
    data["kept"] = change(data["kept"]) if callable(change) else change
    data["sum"] = memory._sum(data["kept"])
    stored(place).write_text(json.dumps(data), encoding="ascii")


@pytest.mark.parametrize(
    "change",
    [
        lambda kept: {**kept, "findings": [["PB601", "m", None, 3, "warning"]]},
        lambda kept: {**kept, "findings": [[1, "m", None, None, "warning"]]},
        lambda kept: {**kept, "findings": [["PB601", "m"]]},
        lambda kept: {**kept, "findings": [["PB601", "m", ["f", "x", 1], None, "warning"]]},
        lambda kept: {**kept, "findings": 3},
        lambda kept: {**kept, "fixable": [7]},
        lambda kept: {**kept, "texts": []},
        {},
        [],
        None,
    ],
)
def test_what_is_not_as_we_write_it_is_passed_over(change: object, place: Path) -> None:
    keep(place, MARK, KEPT)
    edited(place, change)
    assert recall(place, MARK) is None


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"[" * 100_000, b"\xff", b'{"mark": "' + MARK.encode() + b'"}'])
def test_what_is_damaged_is_passed_over(data: bytes, place: Path) -> None:
    keep(place, MARK, KEPT)
    stored(place).write_bytes(data)
    assert recall(place, MARK) is None


def test_a_finding_that_was_exchanged_is_passed_over(place: Path) -> None:
    keep(place, MARK, KEPT)
    stored(place).write_text(stored(place).read_text("ascii").replace("PB601", "PB602"), encoding="ascii")
    assert recall(place, MARK) is None


def test_what_somebody_else_could_have_written_is_passed_over(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(place, MARK, KEPT)
    stored(place).chmod(0o666)
    assert recall(place, MARK) is None
    stored(place).chmod(0o600)
    place.chmod(0o777)
    assert recall(place, MARK) is None
    keep(place, "e" * 64, KEPT)
    assert len([*place.glob("*.json")]) == 1
    place.chmod(0o700)
    assert recall(place, MARK) == KEPT
    monkeypatch.setattr(os, "getuid", lambda: 4711, raising=False)
    assert recall(place, MARK) is None


def test_links_and_pipes_are_not_followed(place: Path, tmp_path: Path) -> None:
    keep(place, MARK, KEPT)
    stored(place).rename(tmp_path / "elsewhere")
    (place / f"{MARK}.lint.json").symlink_to(tmp_path / "elsewhere")
    assert recall(place, MARK) is None
    (place / f"{MARK}.lint.json").unlink()
    os.mkfifo(place / f"{MARK}.lint.json")
    assert recall(place, MARK) is None


def test_only_the_last_packs_are_kept(place: Path) -> None:
    for number in range(memory.MOST + 3):
        keep(place, f"{number:064x}", KEPT)
        os.utime(place / f"{number:064x}.lint.json", (number, number))
    keep(place, MARK, KEPT)
    assert len([*place.glob("*.json")]) == memory.MOST
    assert recall(place, MARK) == KEPT
    assert recall(place, f"{0:064x}") is None


def test_what_is_too_large_or_has_no_place_is_not_kept(place: Path, tmp_path: Path) -> None:
    keep(place, MARK, KEPT._replace(texts={"a": "x" * memory.LARGEST}))
    assert not place.exists()
    (tmp_path / "file").write_text("")
    keep(tmp_path / "file" / "in", MARK, KEPT)
    assert recall(tmp_path / "file" / "in", MARK) is None


def test_a_write_that_fails_leaves_nothing_behind(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(os, "replace", full)
    keep(place, MARK, KEPT)
    assert [*place.iterdir()] == []


@pytest.mark.parametrize(
    ("environ", "platform", "wanted"),
    [
        ({"CRISIS_PLAYBOOK_CACHE": "/c", "HOME": "/h"}, "linux", "/c"),
        ({"HOME": "/h"}, "linux", "/h/.cache/crisis-playbook"),
        ({"HOME": "/h", "XDG_CACHE_HOME": "/x"}, "linux", "/x/crisis-playbook"),
        ({"HOME": "/h", "XDG_CACHE_HOME": "relative"}, "linux", "/h/.cache/crisis-playbook"),
        ({"HOME": "/h"}, "darwin", "/h/Library/Caches/crisis-playbook"),
        ({"USERPROFILE": "/u"}, "win32", "/u/AppData/Local/crisis-playbook/cache"),
        ({"LOCALAPPDATA": "/l"}, "win32", "/l/crisis-playbook/cache"),
        ({}, "linux", None),  # the current folder may be a stranger's
    ],
)
def test_it_is_where_a_platform_keeps_caches(environ: dict[str, str], platform: str, wanted: str | None) -> None:
    assert folder(environ, platform) == (wanted and Path(wanted))
