"""`playbook lint`: what is written where, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft7Validator

from playbook.diagnostics import Diagnostic, PlaybookError, Span
from playbook.lint import showing
from playbook.lint.serving import Wishes, serve
from playbook.lint.showing import Told
from tests.rule_world import BASE, PARCEL, laid

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE, PACK = "protocols/parcel.yaml", "playbook.yaml"
WEIGHT = {FILE: "questions:\n  weight:\n    ask: {es: A, en: B}\n    number: {min: 0, max: 9}\n"}
STANCE = {PACK: "stances:\n  deny: {es: A, en: B}\n"}
BROKEN = {**BASE, FILE: PARCEL.replace("owner: team\n", "owner: tem\n", 1)}
FORMS = ("human", "plain", "json", "github", "sarif", "junit", "gitlab")
SCHEMAS = Path(__file__).parents[1] / "schemas"
ONE_WARNING = f"""\
{FILE}:20:3: warning: nothing uses the question `weight` [PB601] [*]
  20 │   weight:
     │   ^
  hint: ask it in a step, or delete it

1 warning; 1 [*] fixable with `--fix`
"""


@pytest.fixture(autouse=True)
def no_job(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CRISIS_PLAYBOOK_NOW", "2026-11-24T12:00:00+01:00")


def write(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_clean_pack_ends_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve(Wishes(pack=write(tmp_path, BASE))) == 0
    assert capsys.readouterr().out == "nothing found\n"


def test_a_warning_is_told_and_ends_well_unless_it_must_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path, laid(WEIGHT))
    assert serve(Wishes(pack=root)) == 0
    assert capsys.readouterr().out == ONE_WARNING
    assert serve(Wishes(pack=root, strict=True)) == 1


def test_an_error_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve(Wishes(pack=write(tmp_path, laid({**WEIGHT, PACK: "lint: {PB601: error}\n"})))) == 1
    assert serve(Wishes(pack=write(tmp_path, BROKEN), form="plain")) == 1
    assert capsys.readouterr().out.endswith("\n1 error; the rules come once these are mended\n")


def test_only_the_files_and_folders_that_are_named_are_told_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(tmp_path, laid({**WEIGHT, **STANCE}))
    monkeypatch.chdir(root)
    told = {}
    for name in ("protocols", "protocols/parcel.yaml", "playbook.yaml", "templates", "."):
        serve(Wishes((Path(name),), form="plain"))
        told[name] = [each.split(":")[0] for each in capsys.readouterr().out.splitlines() if "warning: " in each]
    assert told == {
        "protocols": [FILE],
        "protocols/parcel.yaml": [FILE],
        "playbook.yaml": [PACK],
        "templates": [],
        ".": [PACK, FILE],
    }


def test_the_pack_is_found_from_the_path_that_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    serve(Wishes((write(tmp_path, laid(WEIGHT)) / "protocols" / "parcel.yaml",), form="plain"))
    assert capsys.readouterr().out.startswith(f"{FILE}:20:3: ")


def test_a_path_that_is_not_there_or_elsewhere_is_refused(tmp_path: Path) -> None:
    root = write(tmp_path / "pack", BASE)
    for wishes, message in (
        (Wishes((root / "no.yaml",)), f"there is no file or folder `{root / 'no.yaml'}`"),
        (Wishes((tmp_path,), root), f"`{tmp_path}` is not in the pack `{root}`"),
    ):
        with pytest.raises(PlaybookError) as fault:
            serve(wishes)
        assert [(each.code, each.message) for each in fault.value.diagnostics] == [("PB654", message)]
        assert fault.value.exit_code == 2


def test_a_baseline_lets_pass_what_it_has_and_tells_what_is_new_and_what_is_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, known = write(tmp_path / "pack", laid(WEIGHT)), tmp_path / "known.json"
    assert serve(Wishes(pack=root, baseline=known, write_baseline=True)) == 0
    assert capsys.readouterr() == ("", f"{known}: 1 findings\n")
    assert serve(Wishes(pack=root, baseline=known, strict=True)) == 0
    assert capsys.readouterr().out == "nothing found; 1 in the baseline\n"
    write(root, {**BASE, PACK: laid(STANCE)[PACK]})
    assert serve(Wishes(pack=root, baseline=known, strict=True)) == 1
    assert capsys.readouterr().out.endswith(
        "\n1 warning; 1 [*] fixable with `--fix`; 1 of the baseline gone: write it again\n"
    )


def test_a_baseline_knows_the_whole_pack_whatever_is_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, known = write(tmp_path / "pack", laid({**WEIGHT, **STANCE})), tmp_path / "known.json"
    assert serve(Wishes((root / PACK,), root, baseline=known, write_baseline=True)) == 0
    assert serve(Wishes((root / FILE,), root, baseline=known, strict=True)) == 0
    assert capsys.readouterr().out == "nothing found; 2 in the baseline\n"


def test_a_baseline_is_written_where_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match="no baseline is named"):
        serve(Wishes(pack=write(tmp_path, BASE), write_baseline=True))


@pytest.mark.parametrize("form", FORMS)
def test_a_report_goes_to_a_file_too(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, path = write(tmp_path / "pack", laid(WEIGHT)), tmp_path / "report"
    assert serve(Wishes(pack=root, form=form, output=path)) == 0
    assert capsys.readouterr() == ("", "")
    serve(Wishes(pack=root, form=form))
    assert capsys.readouterr().out == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_a_report_is_the_same_in_every_run_and_with_every_seed(form: str, tmp_path: Path) -> None:
    files = laid({**WEIGHT, **STANCE, "templates/en/parcel/explain.j2": "{{ order }} http://a.example Sorry if."})
    root = write(tmp_path, files)
    command = [sys.executable, "-m", "playbook", "lint", "--format", form, "--pack", str(root)]
    outputs = {
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize("files", [BASE, laid({**WEIGHT, **STANCE}), BROKEN], ids=["clean", "warned", "broken"])
def test_what_programs_are_told_is_valid(
    files: Mapping[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path / "pack", files)
    for form in ("sarif", "gitlab"):
        schema = json.loads((SCHEMAS / f"{form}.json").read_text(encoding="utf-8"))
        serve(Wishes(pack=root, form=form))
        Draft7Validator(schema).validate(json.loads(capsys.readouterr().out.replace("../", "")))
    serve(Wishes(pack=root, form="junit"))
    suites = ET.fromstring(capsys.readouterr().out.encode())  # noqa: S314 - it is our own
    assert suites.tag == "testsuites"
    assert all(suite.attrib["tests"] == str(len(suite.findall("testcase"))) for suite in suites)


def test_json_is_like_this(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    serve(Wishes(pack=write(tmp_path, laid(WEIGHT)), form="json"))
    document = json.loads(capsys.readouterr().out)
    mark = document["findings"][0].pop("fingerprint")
    assert len(mark) == 64
    assert document == {
        "schema_version": 1,
        "status": "findings",
        "errors": 0,
        "warnings": 1,
        "ignored": 0,
        "baseline": {"known": 0, "gone": 0},
        "rules_ran": True,
        "mended": 0,
        "findings": [
            {
                "code": "PB601",
                "severity": "warning",
                "message": "nothing uses the question `weight`",
                "hint": "ask it in a step, or delete it",
                "file": FILE,
                "line": 20,
                "column": 3,
                "fixable": True,
            }
        ],
    }


def test_junit_has_a_check_for_each_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    serve(Wishes(pack=write(tmp_path, laid(WEIGHT)), form="junit"))
    suite = ET.fromstring(capsys.readouterr().out.encode())[0]  # noqa: S314 - it is our own
    assert (suite.attrib["name"], suite.attrib["failures"]) == (FILE, "1")
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert failure.attrib["message"] == "warning: nothing uses the question `weight`"


def test_in_a_job_of_github_findings_are_annotations_from_the_root_of_the_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    serve(Wishes(pack=write(tmp_path / "pack", laid(WEIGHT))))
    out = capsys.readouterr().out
    assert out.startswith("::stop-commands::")
    assert f"\n::warning file=pack/{FILE},line=20,col=3,title=PB601::nothing uses" in out
    with pytest.raises(PlaybookError):
        serve(Wishes((tmp_path / "no",)))
    assert capsys.readouterr().out == f"::error title=PB654::there is no file or folder `{tmp_path / 'no'}`\n"


def test_a_fault_is_a_document_where_one_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve(Wishes((tmp_path / "no",), form="json")) == 2
    assert json.loads(capsys.readouterr().out)["diagnostics"][0]["code"] == "PB654"


def test_the_day_is_that_of_the_machine_unless_it_is_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(tmp_path, laid({FILE: "review_by: 2026-11-23\n"}))
    serve(Wishes(pack=root, form="plain"))
    assert "[PB620]" in capsys.readouterr().out
    monkeypatch.setenv("CRISIS_PLAYBOOK_NOW", "2026-11-23T12:00:00+01:00")
    serve(Wishes(pack=root, form="plain"))
    assert "[PB620]" not in capsys.readouterr().out
    monkeypatch.delenv("CRISIS_PLAYBOOK_NOW")
    write(root, laid({FILE: "review_by: 2001-01-01\n"}))
    assert serve(Wishes(pack=root, form="plain")) == 1


def rows(*findings: Diagnostic, texts: Mapping[str, str] | None = None) -> list[str]:
    told = Told(tuple((each, "f") for each in findings), texts or {}, ignored=2)
    return [f"{each.lead}{each.text}".rstrip() for each in showing.rows(told)]


def test_a_long_line_is_shown_around_its_place() -> None:
    line = "a" * 80 + "b" + "c" * 200
    shown = rows(Diagnostic("PB1", "m", Span("f", 1, 81)), texts={"f": line})
    assert shown[1] == "  1 │ " + "a" * 50 + "b" + "c" * 49
    assert shown[2] == "    │ " + " " * 50 + "^"


def test_what_has_no_line_is_told_without_one() -> None:
    lines = ["error: m [PB1]", "", "f:9:1: error: m [PB1]", "", "2 errors; 2 ignored with a reason"]
    assert rows(Diagnostic("PB1", "m"), Diagnostic("PB1", "m", Span("f", 9)), texts={"f": "a"}) == lines
    suites = [*showing.suites(Told(((Diagnostic("PB1", "m"), "f"),), {}))]
    assert [(suite.name, [check.name for check in suite.checks]) for suite in suites] == [("pack", ["PB1"])]


def test_what_can_be_mended_is_shown_and_nothing_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path, laid(WEIGHT))
    assert serve(Wishes(pack=root, diff=True)) == 1
    assert capsys.readouterr().out == (
        f"--- a/{FILE}\n+++ b/{FILE}\n@@ -17,9 +17,6 @@\n   order:\n"
        "     ask: {es: Número de pedido, en: Order number}\n     text: {max: 20}\n"
        "-  weight:\n-    ask: {es: A, en: B}\n-    number: {min: 0, max: 9}\n facts:\n"
        "   serious: days >= limits.serious\n steps:\n"
    )
    assert (root / FILE).read_text(encoding="utf-8") == laid(WEIGHT)[FILE]
    assert serve(Wishes(pack=write(tmp_path / "clean", BASE), diff=True, output=tmp_path / "d")) == 0
    assert (tmp_path / "d").read_text() == ""


def test_what_can_be_mended_is_and_the_rest_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path, laid({FILE: WEIGHT[FILE] + "review_by: 2026-11-23\n"}))
    assert serve(Wishes(pack=root, fix=True, form="plain", strict=True)) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "1 warning; 1 mended"
    assert (root / FILE).read_text(encoding="utf-8") == laid({FILE: "review_by: 2026-11-23\n"})[FILE]
    assert serve(Wishes(pack=root, fix=True, form="json")) == 0
    assert json.loads(capsys.readouterr().out)["mended"] == 0


def test_only_the_files_that_are_named_are_mended_and_a_baseline_is_let_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, known = write(tmp_path / "pack", laid({**WEIGHT, **STANCE})), tmp_path / "known.json"
    serve(Wishes((root / PACK,), root, fix=True))
    assert ((root / PACK).read_text("utf-8"), (root / FILE).read_text("utf-8")) == (BASE[PACK], laid(WEIGHT)[FILE])
    serve(Wishes(pack=root, baseline=known, write_baseline=True))
    serve(Wishes(pack=root, baseline=known, fix=True))
    assert (root / FILE).read_text("utf-8") == laid(WEIGHT)[FILE]
    assert capsys.readouterr().out.endswith("nothing found; 1 in the baseline\n")


def test_what_was_found_before_is_told_again_without_a_look_and_not_for_another_pack(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRISIS_PLAYBOOK_CACHE", str(tmp_path / "cache"))
    root = write(tmp_path / "pack", laid(WEIGHT))
    serve(Wishes(pack=root))
    first = capsys.readouterr().out
    with monkeypatch.context() as patch:
        patch.setattr("playbook.lint.serving._looked", None)
        serve(Wishes(pack=root))
        assert capsys.readouterr().out == first == ONE_WARNING
    for wishes in (Wishes(pack=root, cache=False), Wishes(pack=write(tmp_path / "pack", BASE))):
        with monkeypatch.context() as patch:
            patch.setattr("playbook.lint.serving._looked", None)
            with pytest.raises(TypeError):
                serve(wishes)
    serve(Wishes(pack=root))
    assert capsys.readouterr().out == "nothing found\n"


def test_a_pack_that_cannot_be_read_is_looked_at_each_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRISIS_PLAYBOOK_CACHE", str(tmp_path / "cache"))
    root = write(tmp_path / "pack", BASE)
    (root / FILE).unlink()
    (root / FILE).symlink_to(root / PACK)
    assert serve(Wishes(pack=root, form="plain")) == 1
    assert "symbolic link" in capsys.readouterr().out
    assert not (tmp_path / "cache").exists()
