"""The documents cannot lie: what they show is run, what is generated is up to date, and every link leads somewhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from playbook.lint.pages import meanings
from tools import drawings, pages
from tools.consoles import FENCE, run_document

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PROSE = [*DOCUMENTS, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
WITH_CONSOLES = [path for path in DOCUMENTS if "```console" in path.read_text(encoding="utf-8")]

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
GENERATED = re.compile(r"<!-- \[\[\[cog.*?\[\[\[end\]\]\] -->", re.DOTALL)
CODE = re.compile(r"`[^`\n]+`")

# What grows: a number before one of these words is out of date with the next change.
COUNTED = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|dozens?)\s+(?:\w+\s+)?"
    r"(?:protocols|channels|commands|diagnostics|codes|rules|tests|templates|outcomes|scenarios|pages|modules|benchmarks)\b",
    re.IGNORECASE,
)
# How fast something is, or by how much: only what a benchmark prints, on its page.
SPEED = re.compile(
    r"\b\d[\d.]* ?(?:ms|milliseconds?)\b"
    r"|\b(?:\d[\d.]*|two|three|four|ten|half|twice) (?:times )?(?:as (?:fast|long)|faster|slower)",
    re.IGNORECASE,
)
# Paths of somebody's machine, and addresses that packages are downloaded from.
PLACES = re.compile(
    r"(?<![\w.])(?:/(?:home|root|Users|work|tmp|opt|mnt)/|[A-Z]:\\)|\b[\w.-]*pypi[\w.-]*\.\w+|\bfiles\.pythonhosted\b"
)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def anchor(heading: str) -> str:
    """The name that a heading has in a link: lower case, spaces as hyphens, no other punctuation."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def prose(path: Path) -> str:
    """What is written by hand in a document: no fences, nothing generated, nothing in backticks."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r"\n\s*\n", " ¶ ", CODE.sub("", FENCE.sub("", GENERATED.sub("", text))))


@pytest.mark.parametrize("path", WITH_CONSOLES, ids=name)
def test_every_command_shown_writes_what_is_shown(path: Path, tmp_path: Path) -> None:
    for ran in run_document(path.read_text(encoding="utf-8"), tmp_path):
        assert ran.agrees, f"{name(path)}:{ran.shown.line}: `make docs` renews this\n{ran.output}"


def test_what_cog_generates_is_up_to_date() -> None:
    paths = [str(path) for path in DOCUMENTS]
    command = [sys.executable, "-m", "cogapp", "-U", "--check", "--diff", *paths]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert done.returncode == 0, f"`make docs` renews this\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("path", PROSE, ids=name)
def test_every_link_inside_the_project_leads_to_a_file_and_a_heading(path: Path) -> None:
    for link in LINK.findall(FENCE.sub("", path.read_text(encoding="utf-8"))):
        if link.startswith(("https://", "mailto:")):
            continue
        file, _, place = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), link
        if place:
            headings = HEADING.findall(FENCE.sub("", target.read_text(encoding="utf-8")))
            assert place in {anchor(each) for each in headings}, link


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")), ids=name)
def test_every_page_is_linked_from_the_readme(path: Path) -> None:
    assert f"(docs/{path.name})" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", pages.verbs())
def test_every_command_has_help_and_an_example_and_is_documented(verb: str) -> None:
    said = pages.help_text(verb)
    assert re.search(rf"^  Example: playbook {verb}\b", said, re.MULTILINE), said
    assert len(said.split("\n")[2].strip()) > len(verb), said
    assert f"\n## playbook {verb}\n" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", pages.verbs())
def test_every_option_says_what_it_does(verb: str) -> None:
    options = re.split(r"\n  (?=-)", pages.help_text(verb).partition("Options:")[2])[1:]
    assert options
    for option in options:
        assert re.search(r"\S(?:  +|\n +)[A-Z][^\n]+", option), option


def test_every_code_has_its_meaning_and_every_meaning_its_code() -> None:
    explained = [code for chapter in meanings().values() for code in chapter]
    assert sorted(explained) == list(pages.codes())


@pytest.mark.parametrize("path", PROSE, ids=name)
def test_no_number_in_prose_counts_what_grows(path: Path) -> None:
    assert COUNTED.search(prose(path)) is None, COUNTED.findall(prose(path))


@pytest.mark.parametrize("path", PROSE, ids=name)
def test_the_documents_name_no_machine_and_no_registry(path: Path) -> None:
    found = PLACES.search(path.read_text(encoding="utf-8"))
    assert found is None, found


def test_the_line_that_runs_the_tests_stands_in_the_readme_once() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith("python3 -m venv ") and line.endswith("pytest") for line in lines) == 1


OFTEN = {"setup", "test", "lint", "bench", "docs"}
TARGETS = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("target", sorted({*TARGETS, *OFTEN} - {"all", "clean"}))
def test_every_target_of_make_is_explained_for_those_without_it(target: str) -> None:
    assert target in TARGETS
    for document in ("README.md", "CONTRIBUTING.md") if target in OFTEN else ("CONTRIBUTING.md",):
        assert f"| `make {target}` |" in (ROOT / document).read_text(encoding="utf-8")


def test_the_map_in_the_design_notes_names_every_module_and_every_folder() -> None:
    text = (ROOT / "docs" / "design-notes.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    named = {each for row in rows for each in re.findall(r"`([\w./]+)`", row.split("|")[1])}
    there = {path.name for path in (ROOT / "playbook").glob("[a-z]*.py")}
    there |= {f"{path.parent.name}/" for path in (ROOT / "playbook").glob("*/__init__.py")}
    assert named == there


def test_every_variable_of_ours_stands_in_the_page_of_commands() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "playbook").rglob("*.py")]
    there = {each for source in sources for each in re.findall(r"CRISIS_PLAYBOOK_[A-Z]+", source)}
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert there == set(re.findall(r"^\| `(CRISIS_PLAYBOOK_[A-Z]+)` \|", page, re.MULTILINE))


def test_every_figure_of_speed_stands_among_the_benchmarks() -> None:
    pages = [path for path in PROSE if path.name != "benchmarks.md"]
    found = [(path.name, each) for path in pages for each in SPEED.findall(prose(path))]
    assert not found


def test_every_picture_has_its_session_and_is_shown() -> None:
    pictures = {path.stem for path in (ROOT / "docs" / "img").glob("*.svg")}
    sessions = {path.stem for path in (ROOT / "tools" / "sessions").glob("*.toml")}
    shown = {
        Path(link).stem
        for path in DOCUMENTS
        for link in LINK.findall(path.read_text(encoding="utf-8"))
        if link.endswith(".svg")
    }
    assert pictures == sessions == shown


def test_every_drawing_is_drawn_from_what_the_program_writes_now_and_is_shown() -> None:
    now = drawings.hashes(drawings.sources())
    assert json.loads(drawings.LIST.read_text(encoding="utf-8")) == now, "`make docs` draws them anew"
    assert {path.name for path in drawings.FOLDER.glob("*.png")} == {*now}
    links = {Path(link).name for path in DOCUMENTS for link in LINK.findall(path.read_text(encoding="utf-8"))}
    assert {*now} <= links
