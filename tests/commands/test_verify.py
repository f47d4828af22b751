"""`playbook verify`: what it prints, and its exit codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import typer

from playbook import scenarios
from playbook.commands.verify import run
from playbook.diagnostics import PlaybookError
from playbook.pack import read_pack
from tests.shelf import WORLD, write
from tests.shipped import MORNING

if TYPE_CHECKING:
    from pathlib import Path

MARKED = {
    **WORLD,
    "playbook.yaml": WORLD["playbook.yaml"] + "red_lines:\n  no_repair: {because: B, never: [repaired]}\n",
    "protocols/parcel.yaml": WORLD["protocols/parcel.yaml"].replace("level: 2,", "level: 2, marks: [repaired],"),
}


@pytest.fixture
def broken() -> dict[str, str]:
    text = MARKED["playbook.yaml"]
    marks = text.replace("red_lines:", "marks: {repaired: we repair}\nred_lines:") if "marks:" not in text else text
    return {**MARKED, "playbook.yaml": marks}


def told(
    capsys: pytest.CaptureFixture[str], folder: Path, *protocols: str, as_json: bool = False
) -> tuple[int, str, str]:
    code = 0
    try:
        run([*protocols], folder, as_json)
    except typer.Exit as ended:
        code = ended.exit_code
    written = capsys.readouterr()
    return code, written.out, written.err


def test_what_is_proved_is_told_a_line_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, errors = told(capsys, write(WORLD, tmp_path), "safety")
    assert (code, errors) == (0, "")
    assert out == "proved: every answer in `safety` leads to one outcome, over 2 ways / 2 combinations\n"


def test_a_breach_is_told_with_a_scenario_that_fails_until_it_is_mended(
    broken: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = told(capsys, write(broken, tmp_path), "parcel")
    assert code == 1
    assert "error: a case crosses the red line `no_repair`: it may end with `repaired` [PB551]\n" in out
    head, _, tail = out.partition("  to keep in protocols/parcel.scenarios.yaml:\n")
    assert "proved: `no_repair`" not in head
    kept = tail.partition("\n\n")[0]
    write({"protocols/parcel.scenarios.yaml": "scenarios:\n" + kept}, tmp_path)
    pack = read_pack(tmp_path).pack
    assert pack is not None
    read = scenarios.read(pack, "parcel")
    assert read.diagnostics == ()
    failures = [scenarios.run(pack, each, MORNING).failures for each in read.scenarios]
    assert [[(each.what, each.got) for each in found] for found in failures] == [[("red lines", "no_repair")]]


def test_programs_get_json(broken: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, errors = told(capsys, write(broken, tmp_path), as_json=True)
    document: dict[str, Any] = json.loads(out)
    assert (code, errors, document["status"]) == (1, "", "broken")
    assert [(each["name"], each["status"]) for each in document["red_lines"]] == [("no_repair", "broken")]
    assert {each["id"]: each["decided"] for each in document["protocols"]} == {"parcel": True, "safety": True}
    (finding,) = [each for each in document["findings"] if each["code"] == "PB551"]
    assert (finding["file"], finding["severity"]) == ("playbook.yaml", "error")
    (case,) = finding["cases"]
    assert case["outcome"] == "parcel.repair"
    assert case["scenario"].startswith("- name: crosses no_repair\n")


def test_a_broken_protocol_is_told_and_the_others_are_still_proved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write({**WORLD, "protocols/parcel.yaml": "protocol: parcel\n"}, tmp_path)
    code, out, errors = told(capsys, tmp_path)
    assert code == 2
    assert "protocols/parcel.yaml:1:1: error: this protocol lacks `version`" in errors
    assert out == (
        "proved: every answer in `safety` leads to one outcome, over 2 ways / 2 combinations\n"
        "not decided: `parcel` cannot be read\n"
        "\n"
        "1 of 2 protocols not decided\n"
    )


def test_a_pack_of_which_nothing_can_be_read_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write({**WORLD, "playbook.yaml": "brand: {}\n"}, tmp_path)
    with pytest.raises(PlaybookError) as refused:
        run([], tmp_path)
    assert "PB031" in [each.code for each in refused.value.diagnostics]
    code, out, errors = told(capsys, tmp_path, as_json=True)
    assert (code, json.loads(out)["status"], errors) == (2, "error", "")


def test_a_protocol_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match="no protocol is called `parcels`"):
        run(["parcels"], write(WORLD, tmp_path))


def test_a_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match=r"has no `playbook\.yaml`"):
        run([], tmp_path, as_json=False)
