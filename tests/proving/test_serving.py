"""`playbook verify`: what is written where, in which format, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from jsonschema import Draft7Validator

from playbook.diagnostics import Diagnostic, PlaybookError, Span
from playbook.lint.pages import meanings
from playbook.proofs import findings as f
from playbook.proofs.telling import as_json
from playbook.proofs.verifying import Budget, verify
from playbook.proving import documents
from playbook.proving.serving import Wishes, serve
from tests.worlds import HEAD, PLAYBOOK, pack, protocol
from tools.documents import verify as schema

COMMON = PLAYBOOK + "red_lines:\n  nothing_given: {because: B, never: [concession]}\n"
GOOD = {
    "playbook.yaml": COMMON,
    "protocols/good.yaml": protocol(
        "at_most: 1 question\nquestions: {q: {ask: Q, yes_no: true}}\nsteps: {s: {ask: q, then: {yes: a, no: b}}}\n",
        "good",
        "a b",
    ),
}
# A red line crossed, a promise broken, a question in vain, a step in vain, a worse answer with a lower level.
BAD = (
    HEAD.replace("{id}", "bad")
    + """\
at_most: 2 questions
questions:
  n: {ask: N, number: {min: 0, max: 9}, worse: higher}
  idle: {ask: I, yes_no: true}
  more: {ask: M, yes_no: true}
steps:
  s: {ask: n, then: t}
  t: {ask: idle, then: u}
  u: {ask: more, then: v}
  v:
    check:
      - {when: n > 5, then: low}
      - {when: n > 7 and more, then: low}
      - {then: high}
outcomes:
  low: {title: T, level: 0, because: B, marks: [concession], reply: {silence: S}}
  high: {title: T, level: 2, because: B, reply: {silence: S}}
"""
)
WORLD = {**GOOD, "protocols/bad.yaml": BAD}
CODES = {"PB551", "PB553", "PB554", "PB555", "PB556"}
SCHEMAS = Path(__file__).parents[1] / "schemas"


@pytest.fixture(autouse=True)
def no_job(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)


def laid(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def world(tmp_path: Path) -> Path:
    return laid(tmp_path / "pack", WORLD)


def written(world: Path, form: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = serve(Wishes(pack=world, form=form))
    return code, capsys.readouterr().out


def test_each_kind_of_fault_is_found_in_a_pack_at_once(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = written(world, "json", capsys)
    document = json.loads(out)
    jsonschema.validate(document, schema())
    assert code == 1
    assert {each["code"] for each in document["findings"]} == CODES
    assert {each["id"]: each["decided"] for each in document["protocols"]} == {"bad": True, "good": True}


def test_plain_is_a_line_for_each_finding_and_the_sum(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = written(world, "plain", capsys)
    assert code == 1
    assert (
        "protocols/bad.yaml:5:10: error: a case that starts in `bad` takes 3 questions, and not at most 2 [PB556]\n"
        "  hint: ask less, or promise `3 questions`\n"
    ) in out
    assert out.endswith("\n0 of 1 red line proved, 1 broken, 5 other findings\n")


def test_in_a_job_of_github_each_finding_stands_beside_its_line(
    world: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(world.parent))
    assert serve(Wishes(pack=world)) == 1
    out = capsys.readouterr().out
    assert "::error file=pack/protocols/bad.yaml,line=5,col=10,title=PB556::a case that starts in `bad`" in out
    assert "proved: every answer in `good` leads to one outcome" in out


def test_sarif_and_gitlab_are_valid_and_know_a_finding_again(
    world: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI_PROJECT_DIR", str(world.parent))
    sarif = json.loads(written(world, "sarif", capsys)[1])
    Draft7Validator(json.loads((SCHEMAS / "sarif.json").read_text())).validate(sarif)
    (run,) = sarif["runs"]
    assert {each["id"] for each in run["tool"]["driver"]["rules"]} == CODES
    assert all("shortDescription" in each for each in run["tool"]["driver"]["rules"])
    gitlab = json.loads(written(world, "gitlab", capsys)[1])
    Draft7Validator(json.loads((SCHEMAS / "gitlab.json").read_text())).validate(gitlab)
    path = world / "protocols/bad.yaml"
    path.write_text("# a line more\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    again = json.loads(written(world, "gitlab", capsys)[1])
    assert [each["fingerprint"] for each in again] == [each["fingerprint"] for each in gitlab]


def checks(world: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, bool]]:
    """Of each suite, whether each check holds."""
    _, out = written(world, "junit", capsys)
    return {
        suite.attrib["name"]: {case.attrib["name"]: case.find("failure") is None for case in suite.iter("testcase")}
        for suite in ET.fromstring(out)  # noqa: S314 - our own
    }


def test_junit_has_a_check_for_each_claim(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checks(world, capsys) == {
        "bad": {"every answer leads to one outcome": True, "at most 2 questions": False},
        "good": {"every answer leads to one outcome": True, "at most 1 question": True},
        "red lines": {"nothing_given": False},
        "pack": {
            "no milder when worse: n": False,
            "no step or outcome is in vain": True,
            "no line is in vain: protocols/bad.yaml:17:9": False,
            "no question changes nothing: protocols/bad.yaml:8:9": False,
            "no question changes nothing: protocols/bad.yaml:9:9": False,
        },
    }


def test_junit_tells_what_cannot_be_read_and_what_is_not_decided(
    world: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    laid(world, {"protocols/bad.yaml": "protocol: bad\n"})
    found = checks(world, capsys)
    assert found["bad"] == {"is read": False}
    assert found["red lines"] == {"nothing_given": False}
    assert set(found["reading"].values()) == {False}
    assert found["good"] == {"every answer leads to one outcome": True, "at most 1 question": True}


def test_one_broken_protocol_among_ten_leaves_the_others_proved(
    world: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    laid(world, {"protocols/bad.yaml": "protocol: bad\n"})
    for at in range(8):
        text = GOOD["protocols/good.yaml"].replace("protocol: good", f"protocol: good{at}").replace("q:", f"q{at}:")
        laid(world, {f"protocols/good{at}.yaml": text.replace("ask: q,", f"ask: q{at},")})
    code, out = written(world, "json", capsys)
    document = json.loads(out)
    assert (code, document["status"], document["left_out"]) == (2, "undecided", ["bad"])
    assert [each["decided"] for each in document["protocols"]] == [True] * 9
    assert {each["status"] for each in document["at_most"]} == {"proved"}


def test_when_the_time_is_up_every_format_says_so(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = "the time was up before it was looked at"
    for form in ("human", "plain", "json", "github", "sarif", "junit", "gitlab"):
        assert serve(Wishes(pack=world, form=form, within=0)) == 2
        out = capsys.readouterr().out
        assert said in out or "before it was looked at" in out, form
        if form == "json":
            jsonschema.validate(json.loads(out), schema())


def test_time_that_is_enough_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve(Wishes(pack=laid(tmp_path, GOOD), within=600)) == 0
    assert "not decided" not in capsys.readouterr().out


@pytest.mark.parametrize("form", ["human", "json", "junit"])
def test_it_is_written_to_a_file_where_one_is_named(
    form: str, world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, shown = written(world, form, capsys)
    assert serve(Wishes(pack=world, form=form, output=tmp_path / "out")) == 1
    assert (tmp_path / "out").read_text(encoding="utf-8") == shown
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("form", "where"), [("github", "::error "), ("json", '"status": "error"'), ("plain", "")])
def test_a_pack_that_cannot_be_used_is_told_in_the_format_asked_for(
    form: str, where: str, world: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    laid(world, {"playbook.yaml": "brand: {}\n"})
    if form == "json":
        assert serve(Wishes(pack=world, form=form)) == 2
        jsonschema.validate(json.loads(capsys.readouterr().out), schema())
        return
    with pytest.raises(PlaybookError):
        serve(Wishes(pack=world, form=form))
    assert where in capsys.readouterr().out


def test_a_protocol_that_is_too_large_is_a_finding_of_its_own() -> None:
    report = verify(
        pack({path: text for path, text in GOOD.items() if path != "playbook.yaml"}, COMMON),
        ["good"],
        whole=True,
        budget=Budget(looks=1),
    )
    (found,) = documents.findings(report)
    assert (found.code, found.span) == ("PB559", Span("protocols/good.yaml"))
    assert found.message.startswith("not decided: `good` is too large: the budget was spent while ")
    assert found.hint == "split it, or ask on every way what is looked at later"
    jsonschema.validate(as_json(report, ()), schema())


def test_what_is_not_decided_fails_in_junit() -> None:
    report = f.Report(
        (f.Start("p", None, f.Progress("x")),),
        (f.Line("l", Span("p"), f.UNDECIDED, f.NOTHING, spoken_of=False),),
        (),
        whole=False,
        findings=(),
    )
    report = report._replace(worse=("n",))
    warning = Diagnostic("PB075", "m", None, None, "warning")
    assert [[bool(check.against) for check in suite.checks] for suite in documents.suites(report, (warning,))] == [
        [True]
    ] * 3


def test_a_finding_is_told_to_programs_by_what_its_code_means() -> None:
    known = {code: text for chapter in meanings().values() for code, text in chapter.items()}
    assert {code: known[code] for code in documents.TITLES} == documents.TITLES


def test_a_pack_without_red_lines_has_no_suite_for_them() -> None:
    report = f.Report((), (), (), whole=True, findings=(), left_out=())
    assert "red lines" not in [suite.name for suite in documents.suites(report, ())]
