"""`playbook test`: what is written where, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from playbook.diagnostics import PlaybookError
from playbook.trial.serving import Wishes, serve
from tests.trial_world import SCENARIOS, SNAPSHOTS, write

FILE = "protocols/parcel.scenarios.yaml"
STORED = "protocols/parcel.snapshots.md"
WRONG = {FILE: SCENARIOS.replace("outcome: repay", "outcome: explain")}
FORMS = ("human", "plain", "json", "junit", "github")


@pytest.fixture(autouse=True)
def no_job(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)


def test_scenarios_that_hold_end_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve(Wishes(pack=write(tmp_path))) == 0
    out, errors = capsys.readouterr()
    assert out.endswith("\n3 scenarios hold; 65 % covered\n")
    assert errors == ""


@pytest.mark.parametrize(
    "wishes",
    [Wishes(fail_under=66), Wishes(("parcel",), fail_under=100)],
)
def test_too_little_coverage_is_a_finding(wishes: Wishes, tmp_path: Path) -> None:
    assert serve(wishes._replace(pack=write(tmp_path))) == 1


def test_no_scenarios_are_a_finding_and_no_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve(Wishes(pack=write(tmp_path, {FILE: None, STORED: None}))) == 1
    assert "`parcel` has no scenarios\n" in capsys.readouterr().out


def test_a_protocol_that_is_not_there_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError) as fault:
        serve(Wishes(("parcels", "parcel", "x"), write(tmp_path)))
    assert [each.message for each in fault.value.diagnostics] == [
        "no protocol is called `parcels`",
        "no protocol is called `x`",
    ]
    assert fault.value.diagnostics[0].hint == "did you mean `parcel`?"


def test_protocols_are_run_in_the_order_of_the_pack_each_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert serve(Wishes(("safety", "parcel", "safety"), write(tmp_path), "json")) == 0
    assert json.loads(capsys.readouterr().out)["protocols"] == ["parcel", "safety"]


def test_plain_is_a_line_for_each_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve(Wishes(("parcel",), write(tmp_path, WRONG), "plain")) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [
        f"{FILE}:6:16: error: eight days late: outcome: expected `parcel.explain`, got `parcel.repay` [PB500]",
        "  hint: it turned at line 1 of `parcel.how_late`, protocols/parcel.yaml:15:9",
    ]
    assert lines[-1] == "1 scenario fails; 50 % covered"


def test_junit_is_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve(Wishes(pack=write(tmp_path, WRONG), form="junit")) == 1
    root = ET.fromstring(capsys.readouterr().out.encode())  # noqa: S314 - it is our own
    assert [(each.get("name"), each.get("tests"), each.get("failures")) for each in root] == [
        ("parcel", "1", "1"),
        ("safety", "2", "0"),
        ("coverage", "1", "0"),
    ]


def test_a_job_of_github_gets_annotations_by_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    hostile = SCENARIOS.replace("name: eight days late", "name: '::add-mask::x'")
    assert serve(Wishes(pack=write(tmp_path / "crisis", {FILE: hostile.replace("[A-1]", "[A-2]")}))) == 1
    out = capsys.readouterr().out
    lines = out.splitlines()
    mark = lines[0].removeprefix("::stop-commands::")
    assert len(mark) == 64
    end = lines.index(f"::{mark}::")
    assert "✗ parcel: ::add-mask::x" in lines[:end]
    assert lines[end + 1].startswith(f"::error file=crisis/{FILE},line=11,col=25,title=PB500::::add-mask::x: reply")
    assert all(each.startswith(("::error ", "::warning ")) for each in lines[end + 1 :])


def test_a_folder_is_told_from_where_one_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert serve(Wishes(pack=write(tmp_path / "own", WRONG), form="github")) == 1
    assert f"::error file=own/{FILE},line=6," in capsys.readouterr().out


@pytest.mark.parametrize("form", FORMS)
def test_a_report_is_written_to_a_file(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = write(tmp_path / "pack")
    assert serve(Wishes(("safety",), pack, form)) == 0
    said = capsys.readouterr().out
    assert serve(Wishes(("safety",), pack, form, tmp_path / "report")) == 0
    assert (tmp_path / "report").read_bytes() == said.encode()
    assert capsys.readouterr().out == ""


def test_a_report_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError) as fault:
        serve(Wishes(pack=write(tmp_path), form="plain", output=tmp_path / "no" / "report"))
    message = f"cannot write `{tmp_path / 'no' / 'report'}`: no such file or directory"
    assert [(each.code, each.message) for each in fault.value.diagnostics] == [("PB412", message)]


@pytest.mark.parametrize("form", ["human", "github", "json"])
def test_a_fault_in_a_file_is_told_in_the_format_that_is_asked_for(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    wishes = Wishes(pack=write(tmp_path, {FILE: "scenarios: 3"}), form=form)
    if form == "json":
        assert serve(wishes) == 2
        told = json.loads(capsys.readouterr().out)
        assert (told["status"], told["diagnostics"][0]["line"]) == ("error", 1)
        return
    with pytest.raises(PlaybookError) as fault:
        serve(wishes)
    assert str(fault.value.diagnostics[0].span) == f"{FILE}:1:12"
    annotated = f"::error file={FILE},line=1,col=12,title=PB032::a single value stands where a list of scenarios"
    assert capsys.readouterr().out.startswith(annotated if form == "github" else "")


def test_replies_are_taken_as_they_read_now_and_hold_from_then_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = write(tmp_path, {STORED: None})
    assert serve(Wishes(pack=pack)) == 1
    assert serve(Wishes(pack=pack, update=True)) == 0
    assert (pack / STORED).read_text(encoding="utf-8") == SNAPSHOTS
    assert capsys.readouterr().err == f"{STORED}: written\n"
    assert serve(Wishes(pack=pack, update=True)) == 0
    assert capsys.readouterr().err == ""
    assert serve(Wishes(pack=pack)) == 0


def test_a_file_of_replies_that_nothing_asks_for_is_removed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = write(tmp_path, {FILE: SCENARIOS.replace("snapshot: true", "snapshot: false")})
    assert serve(Wishes(pack=pack, update=True)) == 0
    assert not (pack / STORED).exists()
    assert capsys.readouterr().err == f"{STORED}: removed\n"


def test_replies_are_not_written_through_a_link(tmp_path: Path) -> None:
    pack = write(tmp_path / "pack", {STORED: None})
    (tmp_path / "elsewhere").write_text("mine", encoding="utf-8")
    (pack / STORED).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PlaybookError, match="it is a symbolic link"):
        serve(Wishes(pack=pack, update=True))
    assert (tmp_path / "elsewhere").read_text(encoding="utf-8") == "mine"


def test_what_is_suggested_is_yaml_on_standard_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = write(tmp_path)
    assert serve(Wishes(pack=pack, suggest=True)) == 0
    out, errors = capsys.readouterr()
    assert out.startswith("# add to protocols/parcel.scenarios.yaml\n  # ")
    assert errors == ""
    assert serve(Wishes(("safety",), pack, suggest=True)) == 0
    assert capsys.readouterr() == ("", "nothing is missing: the scenarios come through everything\n")


def test_suggestions_that_are_filled_in_come_through_everything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = write(tmp_path, {FILE: None, STORED: None})
    assert serve(Wishes(pack=pack, suggest=True, output=pack / FILE)) == 0
    with pytest.raises(PlaybookError, match="does not say yet where it must end"):
        serve(Wishes(pack=pack))
    text = (pack / FILE).read_text(encoding="utf-8").replace("outcome:\n", "outcome: parcel.explain\n")
    (pack / FILE).write_text(text, encoding="utf-8")
    assert serve(Wishes(pack=pack, form="json", fail_under=100)) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["coverage"]["percent"] == 100
    assert {each["code"] for each in told["findings"]} == {"PB500"}


def test_warnings_about_the_pack_are_told_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    safety = write(tmp_path) / "protocols/safety.yaml"
    text = safety.read_text(encoding="utf-8")
    lost = text.replace("  quiet: {", "  lost: {title: L, level: 0, because: B, reply: {silence: S}}\n  quiet: {")
    safety.write_text(lost, encoding="utf-8")
    assert serve(Wishes(("parcel",), tmp_path, "json")) == 0
    out, errors = capsys.readouterr()
    assert json.loads(out)["status"] == "passed"
    assert "warning" in errors


@pytest.mark.parametrize("form", FORMS)
def test_a_report_is_the_same_whatever_the_seed_the_zone_and_the_day(form: str, tmp_path: Path) -> None:
    pack = write(tmp_path, WRONG)
    told = set()
    for seed, zone, now in (("1", "Europe/Madrid", "2026-01-01T00:00:00+01:00"), ("2", "Asia/Tokyo", "")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "CRISIS_PLAYBOOK_NOW": now, "LC_ALL": "C.UTF-8"}
        command = [sys.executable, "-m", "playbook", "test", "--pack", str(pack), "--format", form]
        done = subprocess.run(command, env=env, cwd=Path(__file__).parents[2], capture_output=True, check=False)
        assert done.returncode == 1, done.stderr
        told.add(done.stdout)
    assert len(told) == 1


def test_on_a_terminal_it_is_as_wide_as_that(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")
    assert serve(Wishes(("parcel",), write(tmp_path, WRONG))) == 1
    assert "      expected                  │ got\n" in capsys.readouterr().out
