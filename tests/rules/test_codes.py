"""The page of every code is true: its example gives the code where it is marked, what to write instead does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playbook.lint import pages
from playbook.lint.mending import MENDS
from playbook.rules import RULES
from tests.page_world import Room, commands, diagnosed, pieces
from tests.rule_world import laid, marked

if TYPE_CHECKING:
    from pathlib import Path

CODES = {each.code: each for each in pages.every() if each.code not in {rule.code for rule in RULES}}
CHAPTERS = ["What it does", "Why it matters", "Example", "Use instead"]
TOLD = {
    "PB069": "a check of so many cases would fill the page",
    "PB214": "no template is known that comes to this",
    "PB422": "Graphviz is there wherever pages are run",
    "PB433": "WeasyPrint is there wherever pages are run",
    "PB507": "a protocol of so many cases would fill the page",
    "PB558": "a protocol of so many questions would fill the page",
    "PB658": "it takes an editor that saves within milliseconds",
}
"""Pages that tell their example, and why it is not shown."""
SHOWN = [code for code in CODES if code not in TOLD]


@pytest.mark.parametrize("code", SHOWN)
def test_an_example_gives_the_code_where_it_is_marked(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = CODES[code].page
    if commands(page, "Example"):
        room = Room(tmp_path, monkeypatch, capsys)
        room.lay(page, "Example")
        told = [(line, code in line, code in written) for line, written in room.typed(page, "Example")]
        assert any(wanted for _, wanted, _ in told)
        assert [line for line, wanted, found in told if wanted != found] == []
        return
    files = laid(pieces(page, "Example"))
    found = diagnosed(files)
    own = sorted((each.span.file, each.span.line, each.code) for each in found if each.span and each.code == code)
    assert own == marked(files)
    assert own
    # What else is said is said of the same lines.
    assert {each.span[:2] for each in found if each.span} == {(file, line) for file, line, _ in own}
    assert {each.severity for each in found if each.code == code} == {CODES[code].severity}


@pytest.mark.parametrize("code", SHOWN)
def test_what_to_use_instead_does_not_give_it(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = CODES[code].page
    if commands(page, "Use instead"):
        room = Room(tmp_path, monkeypatch, capsys)
        room.lay(page, "Use instead")
        last = [written for _, written in room.typed(page, "Use instead")][-1]
        assert code not in last
        assert "Traceback" not in last
        return
    assert pieces(page, "Use instead")
    assert diagnosed(laid(pieces(page, "Use instead"))) == []


@pytest.mark.parametrize("code", CODES)
def test_a_page_has_its_chapters(code: str) -> None:
    page = CODES[code].page
    chapters = [*CHAPTERS, "Fix"] if code in MENDS else CHAPTERS
    assert [line[3:] for line in page.splitlines() if line.startswith("## ")] == chapters
    assert page.endswith("\n")
    assert not page.endswith("\n\n")


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    files = sorted(path.stem for path in pages.FOLDER.glob("*.md"))
    assert files == sorted(CODES)
    assert set(pages.every()) > set(CODES.values())
    assert len(pages.every()) == len(CODES) + len(RULES)


def test_a_code_whose_page_is_lost_still_says_what_it_means(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "codes.toml").write_text('["Some"]\nPB900 = "a thing (a warning)"\n', encoding="utf-8")
    monkeypatch.setattr(pages, "FOLDER", tmp_path)
    assert pages.page("PB900") == "# PB900\n\nA thing.\n\n"


@pytest.mark.parametrize("code", TOLD)
def test_a_page_that_only_tells_its_example_shows_nothing(code: str) -> None:
    assert "```" not in CODES[code].page
