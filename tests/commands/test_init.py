from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from playbook import pack as packs
from tests.desk_world import run

if TYPE_CHECKING:
    from pathlib import Path


def test_the_new_pack_is_the_one_that_ships_with_the_schemas_its_files_name(tmp_path: Path) -> None:
    done = run(tmp_path, "init", "ours")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "ours/playbook.yaml\nChange `brand` there first, then: playbook triage --pack ours\n"
    shipped = packs.files_of(packs.shipped())
    assert {path: (tmp_path / "ours" / path).read_bytes() for path in shipped} == dict(shipped)
    for path in shipped:
        named = re.search(r"\$schema=(\S+)", (tmp_path / "ours" / path).read_text("utf-8"))
        assert named is None or (tmp_path / "ours" / path).parent.joinpath(named[1]).is_file()
    assert sorted(each.name for each in (tmp_path / "ours" / "schema").iterdir()) == sorted(
        each.name for each in (packs.shipped() / "schema").iterdir()
    )


def test_the_new_pack_works_at_once_by_its_name_and_from_inside(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "ours").returncode == 0
    named = run(tmp_path, "triage", "--pack", "ours", "--no-input")
    found = run(tmp_path / "ours" / "protocols", "triage", "--no-input")
    assert named.returncode == found.returncode == 4
    assert named.stdout == found.stdout


def test_an_empty_folder_is_taken_and_the_name_may_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "crisis-playbook").mkdir()
    assert run(tmp_path, "init").returncode == 0
    assert (tmp_path / "crisis-playbook" / "playbook.yaml").is_file()


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_is_there_already_is_never_overwritten(kind: str, tmp_path: Path) -> None:
    if kind == "folder":
        (tmp_path / "ours").mkdir()
        (tmp_path / "ours" / "mine.txt").write_text("mine", "utf-8")
    else:
        (tmp_path / "ours").write_text("mine", "utf-8")
    done = run(tmp_path, "init", "ours")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: `ours` is there already and not empty [PB410]\n  hint: name a new folder\n"
    assert len(list(tmp_path.rglob("*"))) == (2 if kind == "folder" else 1)


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = run(tmp_path, "init", "file/ours")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: cannot write to `file/ours`: not a directory [PB411]\n"
