from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from playbook.cli import app
from playbook.commands.why import _protocols
from tests.trial_world import write

if TYPE_CHECKING:
    from pathlib import Path


def test_protocols_are_completed(tmp_path: Path) -> None:
    context = typer.Context(typer.main.get_command(app()))
    context.params = {"pack": str(write(tmp_path))}
    assert [name for name, _ in _protocols(context, "s")] == ["safety"]
