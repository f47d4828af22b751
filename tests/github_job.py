"""A job of GitHub Actions, as far as it can be one elsewhere: runs the shell steps of `action.yml` as they stand.

Steps get the files and variables that a runner gives. Of expressions only what the action uses is known; any other is
an error, so that nothing passes for having been run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
_HOLE = re.compile(r"\$\{\{ (.+?) \}\}")


@dataclass(frozen=True)
class Step:
    """How a step ended: `outcome` is `success`, `failure` or `skipped`."""

    outcome: str
    log: str = ""
    outputs: dict[str, str] = field(default_factory=dict)


class Job:
    """One job, with its own workspace and its own temporary folder."""

    def __init__(self, workspace: Path, temp: Path) -> None:
        self.workspace, self.temp = workspace, temp
        self.summary = temp / "summary.md"
        self.steps: dict[str, Step] = {}

    def run(self, installed: str | None = None, **inputs: str) -> dict[str, Step]:
        """Run the action; `installed` is a `playbook` that is there already, instead of the step that installs it."""
        given = {name: each.get("default", "") for name, each in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        for step in STEPS:
            if "uses" in step:
                continue
            name = step.get("id", step["name"])
            if name == "install" and installed is not None:
                self.steps[name] = Step("success", outputs={"playbook": installed})
            elif self.holds(step.get("if", "${{ !cancelled() }}"), given):
                self.steps[name] = self.shell(step, given)
            else:
                self.steps[name] = Step("skipped")
        return self.steps

    def holds(self, condition: str, inputs: dict[str, str]) -> bool:
        hole = _HOLE.fullmatch(condition)
        assert hole, condition
        return all(self.true(each, inputs) for each in hole[1].split(" && "))

    def true(self, part: str, inputs: dict[str, str]) -> bool:
        if part == "!cancelled()":
            return True
        if outcome := re.fullmatch(r"steps\.(\w+)\.outcome == '(\w+)'", part):
            return self.steps[outcome[1]].outcome == outcome[2]
        contains = re.fullmatch(r"contains\(inputs\.([\w-]+), '(\w+)'\)", part)
        assert contains, part
        return contains[2] in inputs[contains[1]]

    def said(self, text: str, inputs: dict[str, str]) -> str:
        """A text with its expressions filled in."""

        def fill(hole: re.Match[str]) -> str:
            scope, *path = hole[1].split(".")
            return inputs[path[0]] if scope == "inputs" else self.steps[path[0]].outputs[path[2]]

        return _HOLE.sub(fill, text)

    def shell(self, step: dict[str, Any], inputs: dict[str, str]) -> Step:
        assert step["shell"] == "bash"
        script, output = self.temp / "step.sh", self.temp / "output"
        script.write_text(step["run"], encoding="utf-8")
        output.write_text("", encoding="utf-8")
        own = {name: self.said(value, inputs) for name, value in step.get("env", {}).items()}
        bash = shutil.which("bash")
        assert bash
        done = subprocess.run(
            [bash, "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.workspace,
            env={**self.environment(output), **own},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            encoding="utf-8",
            timeout=120,
        )
        outputs = dict(line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines())
        return Step("failure" if done.returncode else "success", done.stdout, outputs)

    def environment(self, output: Path) -> dict[str, str]:
        """What a runner gives to a step, and what lets `pip` do without a network: what it would fetch is here."""
        kept = {name: value for name, value in os.environ.items() if name.startswith(("COVERAGE_", "CRISIS_PLAYBOOK_"))}
        offline = {"PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_NO_INDEX": "1", "PIP_NO_COMPILE": "1"}
        return {
            **kept,
            **offline,
            "PYTHONPATH": os.pathsep.join(each for each in sys.path if each.endswith("site-packages")),
            "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.defpath)),
            "HOME": str(self.temp),
            "LANG": "C.UTF-8",
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "RUNNER_TEMP": str(self.temp),
        }
