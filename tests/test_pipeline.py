"""Where teams work: hooks of pre-commit, the action of GitHub, the snippet for GitLab, run without any of them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema import Draft7Validator
from pre_commit.clientlib import load_config, load_manifest

from tests.github_job import ROOT, STEPS, Job
from tests.lint.test_serving import write
from tests.rule_world import BASE, laid
from tools.consoles import FENCE, surroundings

if TYPE_CHECKING:
    from collections.abc import Mapping

PARCEL = "protocols/parcel.yaml"
SCENARIOS = """\
scenarios:
  - name: not ours
    answers: {fault: customer}
    expect: {outcome: explain}
"""
SOUND = {**BASE, "protocols/parcel.scenarios.yaml": SCENARIOS}
UNUSED = {"playbook.yaml": "stances:\n  deny: {es: A, en: B}\n"}
CROSSED = {"playbook.yaml": "red_lines:\n  line: {because: {es: A, en: B}, always: [refund]}\n"}
HOOKS = ROOT / ".pre-commit-hooks.yaml"
PAGE = (ROOT / "docs" / "in-your-pipeline.md").read_text(encoding="utf-8")
SHOWN = {fence["title"]: fence["body"] for fence in FENCE.finditer(PAGE) if fence["title"]}
PROGRAM = str(Path(sys.executable).parent / "playbook")


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRISIS_PLAYBOOK_NOW", "2026-11-24T12:00:00+01:00")


def job(folder: Path, pack: Mapping[str, str]) -> Job:
    """A job in which a repository with a pack is checked out."""
    for each in ("workspace", "temp"):
        (folder / each).mkdir()
    return Job(write(folder / "workspace", pack), folder / "temp")


def faults(document: object, schema: str) -> list[str]:
    """What is wrong with a document by a schema as it is published; those of others are kept by check-jsonschema."""
    folder = files("check_jsonschema.builtin_schemas.vendor")
    known = json.loads(folder.joinpath(f"{schema}.json").read_text(encoding="utf-8"))
    return [each.message for each in Draft7Validator(known).iter_errors(document)]


# --- the action


def test_the_action_is_one_by_the_published_schema() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert faults(action, "github-actions") == []
    assert faults({**action, "runs": {"using": "compose"}}, "github-actions")


def test_nothing_is_put_together_with_a_command_and_nothing_of_the_event_is_looked_at() -> None:
    assert all("${{" not in step.get("run", "") for step in STEPS)
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{\{ (?:!cancelled\(\) && )?(\w+)\.", text)) == {"inputs", "steps"}


@pytest.mark.parametrize(
    "text", [(ROOT / "action.yml").read_text(encoding="utf-8"), SHOWN[".github/workflows/playbook.yml"]]
)
def test_the_actions_of_others_are_named_by_their_commit(text: str) -> None:
    used = re.findall(r"uses: (?!OWNER)(.*)", text)
    assert used
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", each) for each in used)


def test_a_strangers_repository_is_judged_by_the_program_that_the_action_installs_and_runs_nothing(
    tmp_path: Path,
) -> None:
    """With files that Python would take for its modules, and inputs that a shell would obey."""
    running, pwned = job(tmp_path, SOUND), tmp_path / "pwned"
    for name in ("pip", "venv", "playbook", "typer", "yaml", "sitecustomize", "usercustomize"):
        (running.workspace / f"{name}.py").write_text(f"open({str(pwned)!r}, 'w')\n", encoding="utf-8")
    steps = dict(running.run())
    assert {name: each.outcome for name, each in steps.items()} == dict.fromkeys(steps, "success"), steps
    program = steps["install"].outputs["playbook"]
    assert program == str(running.temp / "crisis-playbook" / "bin" / "playbook")
    assert steps["lint"].log.splitlines()[1:2] == ["nothing found"]
    assert "1 scenario holds" in steps["test"].log
    assert "proved: no line, step, outcome or question is in vain" in steps["verify"].log
    assert running.summary.read_text(encoding="utf-8") == (
        "- `playbook lint`: nothing that fails\n"
        "- `playbook test`: the scenarios hold\n"
        "- `playbook verify`: all of it is proved\n"
    )
    evil = f"$(touch {pwned}); touch {pwned} #"
    steps = running.run(program, pack=evil, baseline=evil, fail_under=evil)
    assert [steps[name].outcome for name in ("lint", "test", "verify")] == ["failure"] * 3
    assert not pwned.exists()


def test_every_check_is_made_where_one_fails_and_what_it_finds_stands_beside_its_line(tmp_path: Path) -> None:
    wrong = laid(CROSSED) | {"protocols/parcel.scenarios.yaml": SCENARIOS.replace("explain", "apologise")}
    running = job(tmp_path, {f"our pack/{path}": text for path, text in wrong.items()})
    steps = running.run(PROGRAM, pack="our pack", strict="true", fail_under="100")
    assert {name: steps[name].outcome for name in ("lint", "test", "verify")} == {
        "lint": "success",
        "test": "failure",
        "verify": "failure",
    }
    assert "\n::error file=our pack/protocols/parcel.scenarios.yaml,line=4,col=23,title=PB500::" in steps["test"].log
    assert re.search(r"\n::error file=our pack/playbook.yaml,line=\d+,col=3,title=PB551::", steps["verify"].log)
    assert running.summary.read_text(encoding="utf-8").splitlines()[1:] == [
        "- `playbook test`: findings",
        "- `playbook verify`: something does not hold",
    ]


def test_inputs_choose_what_is_done_and_how_strictly(tmp_path: Path) -> None:
    running = job(tmp_path, laid(UNUSED))
    assert running.run(PROGRAM, checks="lint")["lint"].outcome == "success"
    steps = running.run(PROGRAM, checks="lint", strict="true")
    assert [steps[name].outcome for name in ("lint", "test", "verify")] == ["failure", "skipped", "skipped"]
    known = running.workspace / "known.json"
    subprocess.run([PROGRAM, "lint", "--baseline", known, "--write-baseline"], cwd=running.workspace, check=True)
    assert running.run(PROGRAM, checks="lint", strict="true", baseline="known.json")["lint"].outcome == "success"


def test_what_a_pack_says_is_no_command_of_the_job(tmp_path: Path) -> None:
    command = "::add-mask::a\n::error::b\n##[add-mask]c"
    named = SCENARIOS.replace("not ours", json.dumps(command))
    running = job(tmp_path, {**SOUND, "protocols/parcel.scenarios.yaml": named.replace("explain", "apologise")})
    logs = [running.run(PROGRAM)[step].log for step in ("lint", "test", "verify")]
    write(running.workspace, {PARCEL: BASE[PARCEL] + '"##[add-mask]c": 1\n'})
    logs += [running.run(PROGRAM)[step].log for step in ("lint", "test", "verify")]
    for log in logs:
        assert _obeyed(log) <= {"error", "warning"}, log
    assert "add-mask]c" in logs[3]


def _outside(log: str) -> str:
    """A log without what stands where commands are not obeyed."""
    return re.sub(r"(?ms)^::stop-commands::(\w+)\n.*?^::\1::\n", "", log)


def _obeyed(log: str) -> set[str]:
    """The commands in a log that a runner would obey: at the start of a line, and in their old form anywhere else."""
    found = set()
    for line in _outside(log).splitlines():
        new, old = re.match(r"\s*::([\w-]+)", line), re.search(r"##\[([\w-]+)", line)
        found |= {each[1] for each in (new or old,) if each}
    return found


# --- the hooks


def test_the_hooks_are_some_by_pre_commits_own_reading() -> None:
    hooks = load_manifest(HOOKS)
    assert [each["id"] for each in hooks] == ["playbook-lint", "playbook-test", "playbook-verify"]
    assert {each["language"] for each in hooks} == {"python"}


@pytest.mark.parametrize(
    ("path", "ours"),
    [
        ("playbook.yaml", True),
        ("our/playbook.yaml", True),
        ("protocols/threat.yaml", True),
        ("protocols/threat.scenarios.yaml", True),
        ("protocols/threat.snapshots.md", True),
        ("protocols/shared/case.yaml", True),
        ("templates/es/threat/stand_firm.j2", True),
        ("README.md", False),
        ("notplaybook.yaml", False),
        ("src/app.yaml", False),
    ],
)
def test_hooks_run_where_a_file_of_a_pack_changes(path: str, *, ours: bool) -> None:
    for each in load_manifest(HOOKS):
        assert bool(re.search(each["files"], path)) is ours


@pytest.mark.parametrize(
    ("hook", "wrong"),
    [
        ("playbook-lint", {PARCEL: BASE[PARCEL].replace("owner: team", "owner: tem", 1)}),
        ("playbook-test", {"protocols/parcel.scenarios.yaml": SCENARIOS.replace("explain", "apologise")}),
        ("playbook-verify", laid(CROSSED)),
    ],
)
def test_a_hook_passes_a_sound_pack_and_stops_a_faulty_one(hook: str, wrong: dict[str, str], tmp_path: Path) -> None:
    assert _hooked(hook, write(tmp_path, SOUND)) == 0
    assert _hooked(hook, write(tmp_path, wrong)) in (1, 2)


@pytest.mark.parametrize("hook", ["playbook-lint", "playbook-test", "playbook-verify"])
def test_a_repository_without_a_pack_is_not_judged_by_the_one_that_ships(hook: str, tmp_path: Path) -> None:
    assert _hooked(hook, tmp_path) == 2


def _hooked(hook: str, folder: Path) -> int:
    """The exit code of a hook, run as pre-commit runs it: its entry and arguments, in the repository's root."""
    (found,) = (each for each in load_manifest(HOOKS) if each["id"] == hook)
    command = [*found["entry"].split(), *found["args"]]
    environ = surroundings(folder) | {"CRISIS_PLAYBOOK_NOW": "2026-11-24T12:00:00+01:00"}
    return subprocess.run([PROGRAM, *command[1:]], cwd=folder, env=environ, capture_output=True, check=False).returncode


# --- what the page shows


def test_the_configuration_that_is_shown_is_one_and_names_hooks_that_there_are(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(SHOWN[".pre-commit-config.yaml"], encoding="utf-8")
    (repository,) = load_config(path)["repos"]
    assert {each["id"] for each in repository["hooks"]} == {each["id"] for each in load_manifest(HOOKS)}


def test_the_workflow_that_is_shown_is_one_and_has_no_rights_but_to_read() -> None:
    text = SHOWN[".github/workflows/playbook.yml"]
    workflow: dict[Any, Any] = yaml.safe_load(text)
    named = {"on" if key is True else key: value for key, value in workflow.items()}  # YAML 1.1 reads `on` as true
    assert faults(named, "github-workflows") == []
    assert named["permissions"] == {"contents": "read"}
    assert [*named["on"]] == ["pull_request"]
    assert "${{" not in text
    assert "secrets" not in text
    assert {*named["jobs"]["playbook"]["steps"][-1]["with"]} <= {
        *yaml.safe_load((ROOT / "action.yml").read_text())["inputs"]
    }


def test_the_snippet_for_gitlab_is_one_and_writes_both_reports(tmp_path: Path) -> None:
    snippet = yaml.safe_load(SHOWN[".gitlab-ci.yml"])
    assert faults(snippet, "gitlab-ci") == []
    assert _scripted(snippet, write(tmp_path, SOUND)) == 0
    assert json.loads((tmp_path / "gl-code-quality-report.json").read_text(encoding="utf-8")) == []
    wrong = laid(UNUSED) | {"protocols/parcel.scenarios.yaml": SCENARIOS.replace("explain", "apologise")}
    assert _scripted(snippet, write(tmp_path, wrong)) == 1
    (issue,) = json.loads((tmp_path / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert issue["location"]["path"] == "playbook.yaml"
    assert 'failures="1"' in (tmp_path / "playbook-junit.xml").read_text(encoding="utf-8")
    reports = snippet["playbook"]["artifacts"]["reports"]
    assert all((tmp_path / each).is_file() for each in reports.values())


def _scripted(snippet: Any, folder: Path) -> int:  # noqa: ANN401 - YAML
    """The exit code of the script of a job, run as its runner does: in one shell, to the first line that fails."""
    script = "\n".join(("set -eu", *snippet["playbook"]["script"]))
    environ = surroundings(folder) | {"CI_PROJECT_DIR": str(folder), "CRISIS_PLAYBOOK_NOW": "2026-11-24T12:00:00+01:00"}
    shell = shutil.which("sh") or "/bin/sh"
    return subprocess.run([shell, "-c", script], cwd=folder, env=environ, capture_output=True, check=False).returncode
