"""The lowest versions that are promised are the ones that are tested."""

from __future__ import annotations

import pytest

from tools.lower_bounds import constraints


def test_a_bound_becomes_an_exact_version() -> None:
    pyproject = '[project]\ndependencies = ["typer>=0.28,<0.29", "prompt_toolkit>=3.0.48"]\n'
    assert constraints(pyproject) == ["typer==0.28", "prompt_toolkit==3.0.48"]


def test_a_dependency_without_a_lower_bound_is_refused() -> None:
    with pytest.raises(ValueError, match="no lower bound: rich"):
        constraints('[project]\ndependencies = ["rich<99"]\n')
