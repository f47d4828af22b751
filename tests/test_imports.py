"""Start-up is a test: what each kind of run may load is a list.

A person waits for every module that is loaded, each time. So these lists are short, and a module that joins one
does so on purpose. They are taken from the real console command, started as a program of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.trial_world import write
from tools import pages

# What typer brings by itself: the floor of every run.
TYPER = {"typer", "annotated_doc", "shellingham"}

# Packages from outside that a run may load, by what is run. Anything else is a failure, with its name.
AT_ONCE = TYPER
ONE_CASE = TYPER | {"yaml", "_yaml"}

# Parts of Python's own library that cost much and that no run without a person at the keys needs.
HEAVY = set(
    "asyncio argparse concurrent.futures ctypes dataclasses decimal email http importlib.metadata logging "
    "multiprocessing pdb pickle pkgutil random secrets sqlite3 ssl statistics tempfile tkinter tomllib unittest "
    "urllib.request xml zoneinfo".split()
)

# Our own modules: what every run loads, with the verb that is asked for and no other; a help tells of them all.
DOOR = set("playbook playbook.__main__ playbook.cli playbook.commands playbook.diagnostics playbook.record".split())
VERBS = {f"playbook.commands.{verb}" for verb in pages.verbs()}
WORDS = set(
    "conditions conditions.condition conditions.expression conditions.scope conditions.tokens diagnostics "
    "company protocol record shape steps text".split()
)
READING = set(
    "answers asking asking.drafts cascade files loader pack report source source.guard source.nodes "
    "source.places source.reading source.syntax words".split()
)
DECIDING = set("engine forecast graph redlines replies replies.deadlines result".split())
REPLYING = set(
    "channels channels.catalogue channels.counting channels.links replies replies.jinja replies.localise "
    "replies.render replies.shelf replies.tags replies.template replies.vetting replies.wording".split()
)
TELLING = set(
    "asking asking.prompts desk desk.lines desk.opening desk.unattended desk.zone output saying screen terminal".split()
)
ANSWERED = (
    DOOR
    | {"playbook.commands.triage"}
    | {f"playbook.{name}" for name in WORDS | READING | DECIDING | REPLYING | TELLING}
)
# What a program is told besides: the contract, and why each other branch was not taken.
PROGRAM = {"playbook.contract", "playbook.explain"}
LOADER = "playbook.loader."

PROBE = """
import sys
opened = []
sys.addaudithook(lambda event, details: opened.append(details[0]) if event == "open" else None)
before = set(sys.modules)
report, script, sys.argv = sys.argv[1], sys.argv[2], sys.argv[2:]
try:
    with open(script, encoding="utf-8") as file:
        source = file.read()
    exec(compile(source, script, "exec"), {"__name__": "__main__"})
finally:
    loaded = sorted(set(sys.modules) - before)
    files = sorted(each for each in opened if isinstance(each, str))
    import json
    with open(report, "w", encoding="utf-8") as file:
        json.dump({"modules": loaded, "files": files}, file)
"""


@dataclass(frozen=True)
class Run:
    """One finished run of the console command: its exit code, what it wrote, what it loaded and opened."""

    code: int
    output: str
    errors: str
    modules: set[str] = field(repr=False)
    files: set[str] = field(repr=False)

    @property
    def outside(self) -> set[str]:
        """The packages from outside of Python that were loaded, by their first name."""
        roots = {name.partition(".")[0] for name in self.modules}
        machine = {name for name in roots if name.startswith(("_sysconfigdata", "_cython", "cython_runtime"))}
        return roots - set(sys.stdlib_module_names) - machine - {"playbook"}

    @property
    def own(self) -> set[str]:
        """Our own modules that were loaded, those inside the loader left out."""
        return {name for name in self.modules if name.partition(".")[0] == "playbook" and not name.startswith(LOADER)}

    @property
    def locales(self) -> set[str]:
        """The locales whose data was read, by the names of babel's files."""
        return {Path(name).stem for name in self.files if Path(name).parent.name == "locale-data"}


def run(folder: Path, *arguments: str) -> Run:
    """Start `playbook` with `arguments` in `folder`, without coverage, which would load modules of its own."""
    report = folder / "report.json"
    script = Path(sysconfig.get_path("scripts")) / "playbook"
    env = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(report), str(script), *arguments],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert report.exists(), done.stderr
    seen = json.loads(report.read_text(encoding="utf-8"))
    return Run(done.returncode, done.stdout, done.stderr, set(seen["modules"]), set(seen["files"]))


@pytest.mark.parametrize("flag", ["--version", "-h", "--help"])
def test_the_version_and_the_help_load_typer_and_nothing_else(flag: str, tmp_path: Path) -> None:
    done = run(tmp_path, flag)
    assert done.code == 0, done.errors
    assert done.outside <= AT_ONCE
    assert done.own <= DOOR | VERBS
    assert not done.modules & HEAVY


@pytest.mark.parametrize("command", pages.verbs())
def test_the_help_of_a_command_loads_typer_and_nothing_else(command: str, tmp_path: Path) -> None:
    done = run(tmp_path, command, "-h")
    assert done.code == 0, done.errors
    assert done.outside <= AT_ONCE
    assert done.own <= DOOR | {f"playbook.commands.{command}"}
    assert not done.modules & HEAVY


@pytest.mark.parametrize("locale", ["es", "en"])
@pytest.mark.parametrize("more", [(), ("--json",)], ids=["plain", "json"])
def test_a_case_without_a_person_at_the_keys_loads_only_what_decides_it(
    more: tuple[str, ...], locale: str, tmp_path: Path
) -> None:
    done = decided(tmp_path, *more, "--locale", locale)
    assert done.outside <= ONE_CASE
    assert done.own <= (ANSWERED | PROGRAM if more else ANSWERED)
    assert not done.modules & HEAVY


@pytest.mark.parametrize("locale", ["es", "en"])
def test_a_case_reads_the_data_of_no_other_locale(locale: str, tmp_path: Path) -> None:
    assert decided(tmp_path, "--locale", locale).locales <= {"root", locale}


def test_a_case_opens_only_the_protocols_it_may_lead_into(tmp_path: Path) -> None:
    opened = {Path(name).name for name in decided(tmp_path).files if "protocols" in Path(name).parts}
    assert "threat.yaml" in opened
    assert "intake.yaml" not in opened
    assert not any(name.endswith(".scenarios.yaml") for name in opened)


@pytest.mark.parametrize("form", ["human", "plain", "json", "junit", "github"])
def test_a_run_of_scenarios_loads_no_more_from_outside_than_a_case(form: str, tmp_path: Path) -> None:
    done = run(tmp_path, "test", "--pack", str(write(tmp_path / "pack")), "--format", form)
    assert done.code == 0, done.output + done.errors
    assert done.outside <= ONE_CASE
    assert not done.modules & HEAVY


def decided(folder: Path, *more: str) -> Run:
    """A whole case of the pack that ships, with all its details, answered from a file."""
    answers = folder / "answers.json"
    answers.write_text(json.dumps(ANSWERS), encoding="utf-8")
    done = run(folder, "triage", "threat", "--no-input", "--answers", str(answers), *more)
    assert done.code == 0, done.output + done.errors
    return done


# Luna threatens before a solution was offered; `--json` says what is missing when the protocol changes.
ANSWERS: dict[str, object] = {
    "channel": "x",
    "flags": [],
    "demand": "threat",
    "fault": "us",
    "reaction": "right",
    "offered": "before",
    "signals": [],
    "besides": [],
    "calm": True,
    "followers": 820,
    "issue": "the wrong model we sent",
    "solution": "the e-reader you ordered leaves today and we collect the other one from your door",
    "agent": "Marta",
    "customer_name": "Luna",
    "order_ref": "A-1029",
    "product": "the e-reader",
}
