"""What git noted of files that nobody touched since: it is relied on, and on nothing else."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from playbook.files import Files
from playbook.revisions import FEW, Repository, changed
from playbook.source.guard import Limits
from playbook.stamps import noted
from tests.revision_world import WORLD, commit, edit, git, put

if TYPE_CHECKING:
    from pathlib import Path

LONG_AGO = 1_600_000_000_123_456_789
MORE = {f"templates/en/parcel/more_{at}.j2": f"More {at}." for at in range(FEW + 1)}
PARCEL = "protocols/parcel.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack whose files were written long before git noted them."""
    put(WORLD | MORE, tmp_path)
    for each in tmp_path.rglob("*.*"):
        os.utime(each, ns=(LONG_AGO, LONG_AGO))
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    return tmp_path


def read_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files of the working tree that are read to tell what changed."""
    read: list[str] = []
    looked_up = Files.__getitem__

    def remembered(self: Files, path: str) -> bytes:
        read.append(path)
        return looked_up(self, path)

    with monkeypatch.context() as patch:
        patch.setattr(Files, "__getitem__", remembered)
        head = Files(folder, Limits())
        tree = Repository(folder).files("HEAD", head)
        found = changed(tree, head)
        tree.close()
    assert found == changed(Repository(folder).files("HEAD"), Files(folder, Limits()))
    return sorted({*read})


def test_what_was_not_touched_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_of(folder, monkeypatch) == []
    edit(folder, PARCEL, "level: 2", "level: 3")
    assert read_of(folder, monkeypatch) == [PARCEL]


def test_an_edit_that_keeps_size_and_time_of_a_file_is_seen(folder: Path) -> None:
    edit(folder, PARCEL, "level: 2", "level: 3")
    os.utime(folder / PARCEL, ns=(LONG_AGO, LONG_AGO))
    head = Files(folder, Limits())
    tree = Repository(folder).files("HEAD", head)
    assert changed(tree, head) == (PARCEL,)
    assert changed(head, tree) == (PARCEL,)
    assert b"level: 2" in tree[PARCEL]
    tree.close()


def test_files_that_were_all_touched_and_say_the_same_are_told_by_their_names(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in folder.rglob("*.*"):
        os.utime(each)
    assert {*read_of(folder, monkeypatch)} == {*WORLD, *MORE}
    head = Files(folder, Limits())
    tree = Repository(folder).files("HEAD", head)
    assert tree[PARCEL] == head[PARCEL]
    assert tree._git is None
    tree.close()


def test_without_an_index_all_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".git" / "index").unlink()
    assert {*read_of(folder, monkeypatch)} == {*WORLD, *MORE}


def test_a_file_that_is_gone_or_a_link_was_touched(folder: Path) -> None:
    head = Files(folder, Limits())
    assert head.inside("protocols/")
    (folder / PARCEL).unlink()
    assert head.about(PARCEL) is None
    (folder / PARCEL).symlink_to("toy.yaml")
    assert head.about(PARCEL) is None
    assert head.about("playbook.yaml") is not None


def listed(folder: Path) -> bytes:
    command = ["git", "ls-files", "-s", "-z", "--debug"]
    return subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout


def test_what_was_written_as_late_as_the_notes_is_not_relied_on(folder: Path) -> None:
    assert noted(listed(folder), LONG_AGO) == {}
    assert noted(listed(folder), LONG_AGO + 1).keys() == {*WORLD, *MORE}
    assert noted(b"another format", LONG_AGO + 1) == {}


def test_a_file_on_which_a_merge_waits_is_not_relied_on(folder: Path) -> None:
    name = git(folder, "rev-parse", f"HEAD:{PARCEL}")
    entries = f"0 {'0' * 40}\t{PARCEL}\n100644 {name} 2\t{PARCEL}\n"
    subprocess.run(["git", "update-index", "--index-info"], cwd=folder, input=entries.encode(), check=True)  # noqa: S607
    assert PARCEL not in noted(listed(folder), LONG_AGO * 2)
