"""Versions that were not raised since another version of the pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playbook.changes import comparing
from playbook.diagnostics import PlaybookError
from playbook.lint.serving import Wishes, serve
from playbook.regions.diagram import Spent
from tests.revision_world import PARCEL, WORLD, commit, edit, git, put

if TYPE_CHECKING:
    from pathlib import Path

PROTOCOL = "protocols/parcel.yaml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    put(WORLD, tmp_path)
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def raised(capsys: pytest.CaptureFixture[str], base: str | None = "HEAD") -> list[str]:
    """What is found of versions."""
    capsys.readouterr()
    serve(Wishes(form="plain", base=base))
    return [line for line in capsys.readouterr().out.splitlines() if "PB656" in line or "PB566" in line]


def test_a_version_that_was_not_raised_is_found_where_cases_come_out_otherwise(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert raised(capsys) == []
    edit(folder, PROTOCOL, "title: Reassure", "title: Comfort")
    assert raised(capsys) == []
    edit(folder, PROTOCOL, "level: 2", "level: 3")
    told = "protocols/parcel.yaml:2:1: warning: cases come out otherwise, and the version is still 1.0.0 [PB656]"
    assert raised(capsys) == [told]
    assert raised(capsys, None) == []
    edit(folder, PROTOCOL, "version: 1.0.0", "version: 1.0.9")
    assert raised(capsys) == [told.replace("still 1.0.0", "only 1.0.9")]
    edit(folder, PROTOCOL, "version: 1.0.9", "version: 1.1.0")
    assert raised(capsys) == []


def test_protocols_that_are_new_gone_or_only_lead_there_are_left_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put({"protocols/doll.yaml": WORLD["protocols/toy.yaml"].replace("toy", "doll").replace("whose:", "who:")}, folder)
    (folder / "protocols/toy.yaml").unlink()
    edit(folder, PROTOCOL, "level: 2", "level: 3")
    edit(folder, PROTOCOL, "version: 1.0.0", "version: 1.1.0")
    assert raised(capsys) == []
    edit(folder, "playbook.yaml", "value: 10", "value: 12")
    assert raised(capsys) == []


def test_cases_that_only_come_from_other_protocols_ask_for_a_version_too(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(folder, PROTOCOL, "use: [case]", "use: [case]\ngiven: {item: book}")
    edit(folder, PROTOCOL, "{ask: days, then: late}", "{ask: item, then: {book: count, toy: count}}")
    edit(folder, PROTOCOL, "  late:\n", "  count: {ask: days, then: late}\n  late:\n")
    commit(folder)
    assert raised(capsys) == []
    edit(folder, PROTOCOL, "toy: count", "toy: look")
    assert [each.rpartition(" ")[2] for each in raised(capsys)] == ["[PB656]"]


def test_it_may_be_left_out_or_be_an_error_as_any_rule(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(folder, PROTOCOL, "level: 2", "level: 3")
    edit(folder, "playbook.yaml", "locales: [en]", "locales: [en]\nlint: {PB656: error}")
    assert ": error: " in raised(capsys)[0]
    edit(folder, "playbook.yaml", "PB656: error", "PB656: off")
    assert raised(capsys) == []


def test_what_cannot_be_compared_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put({PROTOCOL: PARCEL.replace("unknown: look", "unknown: nowhere")}, folder)
    commit(folder)
    put({PROTOCOL: PARCEL}, folder)
    assert [each.rpartition(" ")[2] for each in raised(capsys)] == ["[PB566]"]
    edit(folder, PROTOCOL, "level: 2", "level: 3")

    def spent(*_: object) -> bool:
        raise Spent

    monkeypatch.setattr(comparing.Comparison, "same", spent)
    told = (
        "protocols/parcel.yaml:2:1: warning: it is not decided whether cases come out otherwise: `parcel` is too large"
    )
    assert raised(capsys, "HEAD~1") == [f"{told} [PB656]"]
    with pytest.raises(PlaybookError):
        serve(Wishes(base="nowhere"))


def test_a_pack_with_faults_is_not_compared(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put({PROTOCOL: PARCEL.replace("unknown: look", "unknown: nowhere")}, folder)
    assert raised(capsys) == []
