from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import typer

from playbook.commands.lint import run
from playbook.commands.rule import _codes
from playbook.commands.rule import run as explain
from playbook.diagnostics import PlaybookError
from playbook.lint import pages
from tests.lint.test_serving import BROKEN, write
from tests.rule_world import BASE

if TYPE_CHECKING:
    from pathlib import Path


def test_it_ends_well_where_nothing_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(None, write(tmp_path, BASE))
    assert capsys.readouterr().out == "nothing found\n"


def test_it_ends_with_findings_where_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(typer.Exit) as ended:
        run(None, write(tmp_path, BROKEN))
    assert ended.value.exit_code == 1


@pytest.mark.parametrize("name", ["PB601", "pb601", "unused_question", "unused-question"])
def test_a_rule_is_explained_by_its_code_or_name(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    explain(name)
    out = capsys.readouterr().out
    assert out.startswith("# PB601 unused_question\n\nA question that nothing uses.\n\n## What it does\n")
    assert out.endswith("is left to you.\n")


@pytest.mark.parametrize(("code", "every"), [(None, False), (None, True), ("PB601", True)])
def test_all_codes_are_listed_a_line_each(code: str | None, *, every: bool, capsys: pytest.CaptureFixture[str]) -> None:
    explain(code, every=every)
    out = capsys.readouterr().out
    assert out.startswith("PB001  error    A byte that is not UTF-8\n")
    assert "\nPB601  warning  A question that nothing uses\n" in out
    assert len(out.splitlines()) == len(pages.every())


def test_a_fault_is_explained_by_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    explain("pb012")
    out = capsys.readouterr().out
    assert out.startswith("# PB012\n\nA tag (`!name`).\n\n## What it does\n\nRefuses a tag")


def test_what_is_no_rule_is_refused_with_the_nearest() -> None:
    with pytest.raises(PlaybookError) as fault:
        explain("unused_questions")
    assert fault.value.diagnostics[0].hint == "did you mean `unused_question`?"
    with pytest.raises(PlaybookError, match="no code or rule is called `what`"):
        explain("what")


def test_codes_are_completed() -> None:
    assert [code for code, _ in _codes("pb60")] == [f"PB60{digit}" for digit in range(1, 9)]
