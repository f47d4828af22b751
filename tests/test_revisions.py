"""Packs at git revisions: read without a checkout, and without running anything."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from playbook import revisions
from playbook.diagnostics import PlaybookError
from playbook.files import Files
from playbook.revisions import Overlay, Repository, belongs, changed, named
from playbook.source.guard import Limits
from tests.revision_world import WORLD, commit, edit, git, put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def let_go(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No git outlives its test."""
    every: list[subprocess.Popen[bytes]] = []
    batch = Repository.batch

    def kept(self: Repository) -> subprocess.Popen[bytes]:
        every.append(batch(self))
        return every[-1]

    monkeypatch.setattr(Repository, "batch", kept)
    yield
    for each in every:
        with suppress(OSError, ValueError):
            each.communicate()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pack = tmp_path / "deep" / "pack"
    pack.mkdir(parents=True)
    put(WORLD, pack)
    put({"README.md": "no part of it", "deep/pack/protocols/notes.txt": "nor this"}, tmp_path)
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    return pack


def code(of: object) -> str:
    assert isinstance(of, PlaybookError)
    return of.diagnostics[0].code


def test_the_files_of_a_pack_in_a_folder_of_a_repository_are_read_as_they_were(folder: Path) -> None:
    first = git(folder, "rev-parse", "HEAD")
    edit(folder, "protocols/parcel.yaml", "level: 2", "level: 3")
    commit(folder)
    tree = Repository(folder).files(first)
    assert {*tree} == {*WORLD}
    assert len(tree) == len(WORLD)
    assert tree["protocols/parcel.yaml"].decode() == WORLD["protocols/parcel.yaml"]
    assert tree["playbook.yaml"].decode() == WORLD["playbook.yaml"]
    assert "README.md" not in tree
    tree.close()
    tree.close()


def test_what_the_working_tree_holds_alike_is_not_asked_of_git(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(folder, "protocols/parcel.yaml", "level: 2", "level: 3")
    repository, head = Repository(folder), Files(folder, Limits())
    asked: list[str] = []

    def remembered(name: str, *_: object) -> bytes:
        asked.append(name)
        return b""

    monkeypatch.setattr(revisions, "_asked", remembered)
    tree = repository.files(repository.commit("HEAD"), head)
    assert tree["playbook.yaml"] == head["playbook.yaml"]
    assert asked == []
    assert tree["protocols/parcel.yaml"] == b""
    assert asked == [tree.name("protocols/parcel.yaml")]
    tree.close()


def test_a_file_is_changed_where_its_content_is_another_or_it_is_in_one_only(folder: Path) -> None:
    repository = Repository(folder)
    base = repository.files(repository.commit("HEAD"))
    assert changed(base, Files(folder, Limits())) == ()
    edit(folder, "protocols/parcel.yaml", "level: 2", "level: 3")
    put({"templates/en/parcel/new.j2": "New."}, folder)
    (folder / "protocols/toy.yaml").unlink()
    told = ("protocols/parcel.yaml", "protocols/toy.yaml", "templates/en/parcel/new.j2")
    assert changed(base, Files(folder, Limits())) == told
    assert changed(Files(folder, Limits()), base) == told
    assert changed(Files(folder, Limits()), Files(folder, Limits())) == ()
    commit(folder)
    assert changed(base, repository.files(repository.commit("HEAD"))) == told


def test_what_cannot_be_read_counts_as_changed(folder: Path) -> None:
    repository = Repository(folder)
    base = repository.files(repository.commit("HEAD"))
    (folder / "protocols/toy.yaml").unlink()
    (folder / "protocols/toy.yaml").symlink_to("parcel.yaml")
    assert changed(base, Files(folder, Limits())) == ("protocols/toy.yaml",)
    commit(folder)
    linked = repository.files(repository.commit("HEAD"), Files(folder, Limits()))
    with pytest.raises(OSError, match="symbolic link"):
        linked["protocols/toy.yaml"]
    assert changed(Files(folder, Limits()), linked) == ("protocols/toy.yaml",)
    assert base["protocols/toy.yaml"].decode() == WORLD["protocols/toy.yaml"]
    beside = repository.files(git(folder, "rev-parse", "HEAD~1"), Files(folder, Limits()))
    assert beside["protocols/toy.yaml"].decode() == WORLD["protocols/toy.yaml"]
    for each in (base, beside):
        each.close()


def test_a_submodule_is_no_file_of_a_pack(folder: Path) -> None:
    head = git(folder, "rev-parse", "HEAD")
    git(folder, "update-index", "--add", "--cacheinfo", f"160000,{head},deep/pack/protocols/sub.yaml")
    git(folder, "commit", "-q", "-m", "a submodule")
    tree = Repository(folder).files("HEAD")
    with pytest.raises(OSError, match="no ordinary file"):
        tree["protocols/sub.yaml"]


def test_an_object_that_a_clone_does_not_hold_is_told(folder: Path) -> None:
    tree = Repository(folder).files("HEAD")
    name = tree.name("protocols/toy.yaml")
    top = git(folder, "rev-parse", "--show-toplevel")
    os.remove(f"{top}/.git/objects/{name[:2]}/{name[2:]}")  # noqa: PTH107 - a text, as git gives it
    with pytest.raises(OSError, match="does not hold"):
        tree["protocols/toy.yaml"]
    assert tree._git is not None
    tree._git.kill()
    tree._git.wait()
    with pytest.raises(OSError, match="git has stopped"):
        tree["playbook.yaml"]
    tree.close()


@pytest.mark.parametrize("revision", ["nowhere", "HEAD~9", "--upload-pack=x", "HEAD:README.md", ""])
def test_a_revision_that_is_none_is_refused(revision: str, folder: Path) -> None:
    with pytest.raises(PlaybookError) as fault:
        Repository(folder).commit(revision)
    assert code(fault.value) == "PB561"


def test_a_commit_that_git_cannot_read_is_told(folder: Path) -> None:
    with pytest.raises(PlaybookError) as fault:
        Repository(folder).files("0" * 40)
    assert code(fault.value) == "PB561"


def test_a_commit_whose_files_a_clone_does_not_hold_is_told(folder: Path) -> None:
    name, top = git(folder, "rev-parse", "HEAD^{tree}"), git(folder, "rev-parse", "--show-toplevel")
    os.remove(f"{top}/.git/objects/{name[:2]}/{name[2:]}")  # noqa: PTH107 - a text, as git gives it
    with pytest.raises(PlaybookError, match="cannot be read") as fault:
        Repository(folder).files("HEAD")
    assert code(fault.value) == "PB561"


def test_a_branch_is_compared_with_where_it_left_the_main_one(folder: Path) -> None:
    start = git(folder, "rev-parse", "HEAD")
    repository = Repository(folder)
    assert repository.fork() == ("main", start)
    git(folder, "checkout", "-q", "-b", "mine")
    edit(folder, "protocols/parcel.yaml", "level: 2", "level: 3")
    commit(folder)
    git(folder, "checkout", "-q", "main")
    edit(folder, "protocols/toy.yaml", "level: 0", "level: 1")
    commit(folder)
    git(folder, "checkout", "-q", "mine")
    assert repository.fork() == ("main", start)
    git(folder, "update-ref", "refs/remotes/origin/main", "main")
    assert repository.fork() == ("origin/main", start)


def test_without_a_main_branch_or_a_commit_in_common_nothing_is_guessed(folder: Path) -> None:
    git(folder, "checkout", "-q", "--orphan", "apart")
    commit(folder, "from nowhere")
    with pytest.raises(PlaybookError, match="no commit in common") as fault:
        Repository(folder).fork()
    assert code(fault.value) == "PB564"
    git(folder, "branch", "-q", "-D", "main")
    with pytest.raises(PlaybookError, match=r"no branch .main.") as fault:
        Repository(folder).fork()
    assert code(fault.value) == "PB564"


def test_a_shallow_clone_is_told_how_to_get_more(folder: Path, tmp_path: Path) -> None:
    edit(folder, "protocols/toy.yaml", "level: 0", "level: 1")
    commit(folder)
    git(folder, "checkout", "-q", "-b", "mine", "HEAD~1")
    edit(folder, "protocols/parcel.yaml", "level: 2", "level: 3")
    commit(folder)
    git(folder, "checkout", "-q", "main")
    git(tmp_path, "clone", "-q", "--depth=1", "--no-single-branch", folder.parents[1].as_uri(), "clone")
    git(tmp_path / "clone", "checkout", "-q", "mine")
    repository = Repository(tmp_path / "clone" / "deep" / "pack")
    assert repository.shallow
    for asked in (repository.fork, lambda: repository.commit("HEAD~1")):
        with pytest.raises(PlaybookError) as fault:
            asked()
        assert "git fetch --unshallow" in str(fault.value.diagnostics[0].hint)


def test_without_git_or_a_repository_folders_are_suggested(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(PlaybookError, match="in no git repository") as fault:
        Repository(tmp_path)
    assert code(fault.value) == "PB563"
    silent = subprocess.CompletedProcess([], 1, b"", b"")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: silent)
    with pytest.raises(PlaybookError, match=r"can be read$") as fault:
        Repository(tmp_path)
    monkeypatch.setattr(revisions, "which", lambda _: None)
    with pytest.raises(PlaybookError, match="no `git`") as fault:
        Repository(tmp_path)
    assert code(fault.value) == "PB562"


def test_nothing_of_a_repository_is_run(folder: Path, tmp_path: Path) -> None:
    witness = tmp_path / "ran"
    program = tmp_path / "run.sh"
    program.write_text(f"#!/bin/sh\ntouch {witness}\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "diff.external",
        "core.pager",
        "diff.it.textconv",
        "filter.it.smudge",
        "filter.it.clean",
    ):
        git(folder, "config", key, str(program))
    put({".gitattributes": "* diff=it filter=it\n"}, folder.parents[1])
    edit(folder, "protocols/parcel.yaml", "level: 2", "level: 3")
    repository = Repository(folder)
    repository.fork()
    base = repository.files(repository.commit("HEAD"), Files(folder, Limits()))
    assert changed(base, Files(folder, Limits())) == ("protocols/parcel.yaml",)
    assert b"level: 2" in base["protocols/parcel.yaml"]
    base.close()
    assert not witness.exists()


def test_a_content_has_the_name_that_git_gives_it() -> None:
    assert named(b"") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    assert named(b"", 64) == "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813"


def test_files_of_a_pack_are_known_by_their_paths() -> None:
    assert all(map(belongs, WORLD))
    assert belongs("protocols/parcel.snapshots.md")
    for path in (
        "protocols/deep/a.yaml",
        "protocols/a.txt",
        "templates/a.txt",
        "docs/a.yaml",
        "protocols/shared/b/c.yaml",
    ):
        assert not belongs(path)


def test_one_file_may_take_the_place_of_another() -> None:
    files = {"a": b"1", "b": b"2"}
    assert dict(Overlay(files, "a", b"3")) == {"a": b"3", "b": b"2"}
    assert dict(Overlay(files, "c", b"3")) == {**files, "c": b"3"}
    assert len(Overlay(files, "c", b"3")) == 3
