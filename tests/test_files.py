from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from playbook.files import Files
from playbook.pack import files_of, read_pack
from playbook.source.guard import Limits
from tests.shelf import WORLD, write

if TYPE_CHECKING:
    from pathlib import Path


def test_only_the_files_of_a_pack_are_listed_in_a_steady_order(tmp_path: Path) -> None:
    beside = ("README.md", "protocols/notes.txt", "protocols/deep/er.yaml", "templates/es/x.txt", "other/a.yaml")
    write(WORLD | dict.fromkeys(beside, "x"), tmp_path)
    files = files_of(tmp_path)
    assert sorted(files) == sorted(WORLD)
    assert list(files) == list(files_of(tmp_path))
    assert len(files) == len(WORLD)
    assert not files.faults


def test_an_empty_folder_has_none(tmp_path: Path) -> None:
    assert list(files_of(tmp_path)) == []


def test_a_file_is_read_when_first_looked_up_and_then_kept(tmp_path: Path) -> None:
    files = files_of(write(WORLD, tmp_path))
    (tmp_path / "playbook.yaml").write_text("changed")
    assert files["playbook.yaml"] == b"changed"
    (tmp_path / "playbook.yaml").unlink()
    assert files["playbook.yaml"] == b"changed"
    assert "playbook.yaml" in files


@pytest.mark.parametrize("path", ["../secret.yaml", "protocols/../../secret.yaml", "/etc/passwd", "README.md", ""])
def test_nothing_outside_of_the_list_can_be_read(path: str, tmp_path: Path) -> None:
    root = write(WORLD | {"README.md": "x"}, tmp_path / "pack")
    (tmp_path / "secret.yaml").write_text("secret")
    files = files_of(root)
    assert path not in files
    with pytest.raises(KeyError):
        files[path]


def test_a_file_that_is_a_link_is_refused_when_read(tmp_path: Path) -> None:
    root = write(WORLD, tmp_path / "pack")
    (tmp_path / "secret").write_text("secret")
    (root / "templates/es/parcel/other.j2").symlink_to(tmp_path / "secret")
    with pytest.raises(OSError, match="symbolic link") as fault:
        files_of(root)["templates/es/parcel/other.j2"]
    assert fault.value.strerror == "it is a symbolic link, which a pack may not hold"


@pytest.mark.parametrize("folder", ["protocols", "protocols/shared", "templates", "templates/es"])
def test_a_folder_that_is_a_link_is_refused_with_all_that_is_in_it(folder: str, tmp_path: Path) -> None:
    elsewhere, root = write(WORLD, tmp_path / "elsewhere"), write(WORLD, tmp_path / "pack")
    shutil.rmtree(root / folder)
    (root / folder).symlink_to(elsewhere / folder)
    files = files_of(root)
    listed = list(files)
    assert [(each.span and each.span.file, each.message) for each in files.faults] == [
        (folder, f"cannot read `{folder}`: it is a symbolic link, which a pack may not hold")
    ]
    assert not any(path.startswith(f"{folder}/") for path in listed)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such pipes here")
def test_a_pipe_is_refused_and_nothing_waits_for_it(tmp_path: Path) -> None:
    write(WORLD, tmp_path)
    os.mkfifo(tmp_path / "protocols/pipe.yaml")
    with pytest.raises(OSError, match="it is not an ordinary file"):
        files_of(tmp_path)["protocols/pipe.yaml"]


def test_a_folder_with_a_files_name_is_refused(tmp_path: Path) -> None:
    write(WORLD | {"protocols/odd.yaml/x": ""}, tmp_path)
    with pytest.raises(OSError, match="it is a folder"):
        files_of(tmp_path)["protocols/odd.yaml"]


def test_a_file_that_comes_in_pieces_is_read_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    files = files_of(write(WORLD, tmp_path))
    whole, read = (tmp_path / "playbook.yaml").read_bytes(), os.read
    monkeypatch.setattr(os, "read", lambda handle, most: read(handle, min(most, 7)))
    assert len(whole) > 14
    assert files["playbook.yaml"] == whole


def test_of_a_large_file_only_one_byte_above_the_limit_is_read(tmp_path: Path) -> None:
    (write(WORLD, tmp_path) / "playbook.yaml").write_bytes(b"x" * 10_000_000)
    assert len(files_of(tmp_path)["playbook.yaml"]) == 256 * 1024 + 1
    assert len(Files(tmp_path, Limits(size=10))["playbook.yaml"]) == 11


def test_a_folder_that_may_not_be_looked_into_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(path: object) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    write(WORLD, tmp_path)
    monkeypatch.setattr(os, "scandir", forbidden)
    files = files_of(tmp_path)
    assert list(files) == ["playbook.yaml"]
    assert [each.message for each in files.faults] == [
        "cannot read `protocols`: permission denied",
        "cannot read `protocols/shared`: permission denied",
        "cannot read `templates`: permission denied",
    ]


def test_a_pack_of_too_many_files_is_not_listed_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playbook.files.MOST_ENTRIES", 5)
    write(WORLD | {f"templates/es/parcel/{at}.txt": "" for at in range(20)}, tmp_path)
    files = files_of(tmp_path)
    assert "protocols/parcel.yaml" in list(files)
    assert [each.message for each in files.faults] == [
        "cannot read `templates/es`: the pack has more than 5 files and folders"
    ]


def test_only_the_folders_that_somebody_asks_for_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed: list[str] = []
    scandir = os.scandir

    def seen(path: str) -> object:
        listed.append(os.path.relpath(path, tmp_path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", seen)
    files = files_of(write(WORLD, tmp_path))
    assert not listed
    assert "templates/es/parcel/other.j2" not in files
    assert "templates/../protocols/safety.yaml" not in files
    assert listed == ["templates/es/parcel"]


def test_a_case_is_refused_where_its_own_templates_may_not_be_followed_and_where_only_others_may_not_be_it_is_not(
    tmp_path: Path,
) -> None:
    elsewhere, root = write(WORLD, tmp_path / "elsewhere"), write(WORLD, tmp_path / "pack")
    shutil.rmtree(root / "templates/es/parcel")
    (root / "templates/es/parcel").symlink_to(elsewhere / "templates/es/parcel")
    assert [each.code for each in read_pack(root, ["parcel"]).diagnostics] == ["PB070"]
    assert [each.code for each in read_pack(root).diagnostics] == ["PB070"]
    assert read_pack(root, ["safety"]).pack is not None


def test_a_folder_too_deep_is_refused(tmp_path: Path) -> None:
    files = files_of(write(WORLD | {"templates/" + "a/" * 40 + "x.j2": ""}, tmp_path))
    assert not any(path.endswith("x.j2") for path in files)
    assert ["stands in more than" in each.message for each in files.faults] == [True]
