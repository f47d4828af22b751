from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import typer
from typer.testing import CliRunner

from playbook.cli import app
from playbook.commands import offer_protocols
from playbook.commands.test import run
from tests.trial_world import write

if TYPE_CHECKING:
    from pathlib import Path


def test_it_ends_well_where_every_scenario_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["safety"], write(tmp_path), fail_under=100)
    assert capsys.readouterr().out.endswith("2 scenarios hold; 100 % covered\n")


def test_it_ends_with_findings_where_something_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(typer.Exit) as ended:
        run(None, write(tmp_path), fail_under=100)
    assert ended.value.exit_code == 1


@pytest.mark.parametrize("percent", ["-1", "101", "most"])
def test_a_percentage_is_one(percent: str) -> None:
    assert CliRunner().invoke(app(), ["test", "--fail-under", percent]).exit_code == 2


def test_protocols_are_completed(tmp_path: Path) -> None:
    context = typer.Context(typer.main.get_command(app()))
    context.params = {"pack": str(write(tmp_path))}
    assert [name for name, _ in offer_protocols(context, "s")] == ["safety"]
