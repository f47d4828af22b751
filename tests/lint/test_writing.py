"""Files take their new content whole, with their rights, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook.diagnostics import PlaybookError
from playbook.lint.writing import replace_all


def code(root: Path, files: dict[str, tuple[bytes, bytes]]) -> str:
    with pytest.raises(PlaybookError) as fault:
        replace_all(root, files)
    return fault.value.diagnostics[0].code


def test_a_file_keeps_its_rights_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o640)
    replace_all(tmp_path, {"a": (b"old", b"new")})
    assert (path.read_bytes(), path.stat().st_mode & 0o777, [*tmp_path.iterdir()]) == (b"new", 0o640, [path])


def test_a_file_that_changed_meanwhile_is_left(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"newer")
    assert code(tmp_path, {"a": (b"old", b"new")}) == "PB658"
    assert (tmp_path / "a").read_bytes() == b"newer"


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert code(tmp_path, {"b": (b"old", b"new")}) == "PB658"


def test_what_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert code(tmp_path, {"none": (b"", b"")}) == "PB412"
    (tmp_path / "a").write_bytes(b"old")

    def full(self: Path, _: object) -> None:
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "replace", full)
    assert code(tmp_path, {"a": (b"old", b"new")}) == "PB412"
    assert [each.name for each in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"
