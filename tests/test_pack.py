from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import playbook
from playbook import pack as packs
from playbook.diagnostics import PlaybookError
from playbook.pack import content, digest, find, opened, read_pack, shipped
from playbook.source.guard import Limits
from tests.shelf import PARCEL, PLAYBOOK, SAFETY, WORLD, loaded, shelf, write

CHECKOUT = Path(playbook.__file__).parents[1]


def refused(fault: pytest.ExceptionInfo[PlaybookError]) -> tuple[str, str]:
    (only,) = fault.value.diagnostics
    assert fault.value.exit_code == 2
    return only.code, only.message


class TestFind:
    def test_the_option_comes_first_then_the_environment_then_the_nearest_folder_upwards(self, tmp_path: Path) -> None:
        one, two, three = (write(WORLD, tmp_path / name) for name in ("one", "two", "three"))
        below = three / "notes" / "deep"
        below.mkdir(parents=True)
        environ = {packs.VARIABLE: str(two)}
        assert find(one, environ, below) == one
        assert find(None, environ, below) == two
        assert find(None, {packs.VARIABLE: ""}, below) == three

    def test_the_nearest_pack_wins_over_one_further_up(self, tmp_path: Path) -> None:
        write(WORLD, tmp_path)
        inner = write(WORLD, tmp_path / "inner")
        assert find(None, {}, inner) == inner

    def test_where_there_is_none_it_is_the_one_that_ships(self, tmp_path: Path) -> None:
        (tmp_path / "playbook.yaml").mkdir()  # a folder of that name is no pack
        assert find(None, {}, tmp_path) == shipped()

    def test_the_current_folder_is_where_it_looks_by_itself(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(write(WORLD, tmp_path))
        assert find(None, {}) == tmp_path

    @pytest.mark.skipif(os.name == "nt", reason="Windows keeps the current folder from being deleted")
    def test_a_current_folder_that_was_deleted_is_passed_over(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        gone = tmp_path / "gone"
        gone.mkdir()
        monkeypatch.chdir(gone)
        gone.rmdir()
        assert find(None, {}) == shipped()

    def test_what_is_named_must_be_a_pack(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(PlaybookError) as missing:
            find(tmp_path / "nowhere", {})
        with pytest.raises(PlaybookError) as file:
            find(tmp_path / "file", {})
        with pytest.raises(PlaybookError) as empty:
            find(None, {packs.VARIABLE: str(tmp_path)})
        assert refused(missing) == ("PB072", f"there is no folder `{tmp_path}/nowhere`, which `--pack` names")
        assert refused(file) == ("PB072", f"`{tmp_path}/file`, which `--pack` names, is no folder")
        assert refused(empty) == ("PB072", f"`{tmp_path}`, which `{packs.VARIABLE}` names, has no `playbook.yaml`")

    def test_a_link_in_place_of_the_pack_file_counts_so_that_reading_says_what_is_wrong(self, tmp_path: Path) -> None:
        (tmp_path / "playbook.yaml").symlink_to(tmp_path / "nowhere")
        assert find(tmp_path, {}) == tmp_path


class TestShipped:
    def test_in_a_checkout_it_is_the_repository_itself(self) -> None:
        assert (shipped() / "protocols" / "intake.yaml").is_file()

    def test_beside_the_package_it_is_the_folder_around_it(self, tmp_path: Path) -> None:
        write(WORLD, tmp_path)
        assert shipped(str(tmp_path / "playbook" / "pack.py")) == tmp_path

    def test_installed_it_is_inside_the_package_whatever_stands_around_it(self, tmp_path: Path) -> None:
        write(WORLD, tmp_path)
        inside = write(WORLD, tmp_path / "playbook" / "_pack")
        assert shipped(str(tmp_path / "playbook" / "pack.py")) == inside

    def test_an_installation_without_it_says_so(self, tmp_path: Path) -> None:
        with pytest.raises(PlaybookError) as fault:
            shipped(str(tmp_path / "playbook" / "pack.py"))
        assert refused(fault) == ("PB073", "the pack that ships is missing from this installation")


class TestRead:
    def test_large_files_are_read_where_the_environment_says_so(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        usual = packs.limits({packs.LIMITS: ""})
        large = packs.limits({packs.LIMITS: "large"})
        assert usual == packs.limits({}) == Limits()
        assert (large.size, large.nodes, large.depth) == (10 * usual.size, 10 * usual.nodes, usual.depth)
        with pytest.raises(PlaybookError) as fault:
            packs.limits({packs.LIMITS: "huge"})
        assert refused(fault) == ("PB078", "`CRISIS_PLAYBOOK_LIMITS` is `huge`")
        root = write(WORLD | {"playbook.yaml": PLAYBOOK + "#" * usual.size}, tmp_path)
        (told,) = read_pack(root).diagnostics
        assert (told.code, told.message) == ("PB003", "the file is too large: it has more than 262,144 bytes")
        monkeypatch.setenv(packs.LIMITS, "large")
        assert read_pack(root).pack is not None
        values = "marks:\n" + "".join(f"  m{number}: M\n" for number in range(usual.nodes))
        (root / "playbook.yaml").write_text(PLAYBOOK + values, "utf-8")
        assert read_pack(root).pack is not None
        monkeypatch.delenv(packs.LIMITS)
        assert read_pack(root).pack is None

    def test_a_pack_is_read_from_its_folder(self, tmp_path: Path) -> None:
        found = read_pack(write(WORLD, tmp_path))
        assert found.pack is not None
        assert list(found.pack.protocols) == ["parcel", "safety"]

    def test_only_the_protocols_asked_for_and_what_they_lead_into_are_read(self, tmp_path: Path) -> None:
        found = read_pack(write(WORLD | {"protocols/broken.yaml": "]"}, tmp_path), ["safety"])
        assert found.pack is not None
        assert list(found.pack.protocols) == ["safety"]

    @pytest.mark.parametrize("folder", ["protocols", "templates"])
    def test_a_pack_with_a_folder_that_cannot_be_read_is_none(self, folder: str, tmp_path: Path) -> None:
        root = write(WORLD, tmp_path / "pack")
        shutil.move(root / folder, tmp_path / folder)
        (root / folder).symlink_to(tmp_path / folder)
        found = read_pack(root)
        assert found.pack is None
        assert found.diagnostics[0].message.startswith(f"cannot read `{folder}`: it is a symbolic link")

    def test_a_protocol_that_is_a_link_is_a_located_fault(self, tmp_path: Path) -> None:
        root = write(WORLD, tmp_path / "pack")
        (root / "protocols/parcel.yaml").rename(tmp_path / "parcel.yaml")
        (root / "protocols/parcel.yaml").symlink_to(tmp_path / "parcel.yaml")
        (fault,) = read_pack(root).diagnostics
        assert fault.code == "PB070"
        assert str(fault.span) == "protocols/parcel.yaml:1:1"
        assert "symbolic link" in fault.message

    def test_what_a_command_opens_is_whole_or_an_error_with_every_fault(self, tmp_path: Path) -> None:
        whole = opened(write(WORLD, tmp_path / "a"), {})
        assert (whole.root, whole.pack.brand.name, whole.warnings) == (tmp_path / "a", "Papel y Tinta", ())
        with pytest.raises(PlaybookError) as fault:
            opened(write({"playbook.yaml": PLAYBOOK}, tmp_path / "b"), {})
        assert refused(fault) == ("PB071", "this pack has no protocols")
        with pytest.raises(PlaybookError) as broken:
            opened(write(WORLD | {"protocols/parcel.yaml": "]", "protocols/safety.yaml": "}"}, tmp_path / "c"), {})
        assert len(broken.value.diagnostics) >= 2


class TestDigest:
    def test_it_names_its_method_and_does_not_depend_on_the_order(self) -> None:
        files = {"a": b"1", "b": b"2"}
        assert digest(files, ["a", "b"]) == digest(files, ["b", "a", "b"])
        assert digest(files, ["a"]).startswith("sha256:")
        assert len(digest(files, [])) == len("sha256:") + 64

    def test_it_changes_with_a_name_or_a_byte_and_never_confuses_two_files(self) -> None:
        seals = {
            digest({"a": b"1", "b": b"2"}, ["a", "b"]),
            digest({"a": b"1", "c": b"2"}, ["a", "c"]),
            digest({"a": b"1", "b": b"3"}, ["a", "b"]),
            digest({"a": b"1b\x001\x002"}, ["a"]),
        }
        assert len(seals) == 4

    def test_a_case_may_depend_on_the_protocols_reached_all_shared_files_and_their_templates(self) -> None:
        assert content(shelf(), "parcel") == tuple(sorted(WORLD))
        assert content(shelf(), "safety") == (
            "playbook.yaml",
            "protocols/safety.yaml",
            "protocols/shared/flags.yaml",
            "templates/es/_greeting.j2",
            "templates/es/safety/call.j2",
        )

    def test_it_is_the_same_however_much_of_the_pack_was_loaded(self, tmp_path: Path) -> None:
        root = write(
            WORLD | {"templates/loose.j2": "", "protocols/third.yaml": SAFETY.replace("safety", "third")}, tmp_path
        )
        alone, whole = read_pack(root, ["parcel"]).pack, read_pack(root).pack
        assert alone is not None
        assert whole is not None
        assert set(whole.protocols) - set(alone.protocols) == {"third"}
        assert content(alone, "parcel") == content(whole, "parcel") == tuple(sorted(WORLD))

    def test_protocols_that_lead_into_the_same_one_name_it_once(self) -> None:
        twice = PARCEL.replace("nobody: mood", "nobody: safety.look")
        assert content(loaded({**WORLD, "protocols/parcel.yaml": twice}), "parcel") == tuple(sorted(WORLD))


def test_the_shipped_pack_is_whole() -> None:
    assert read_pack(CHECKOUT).diagnostics == ()
