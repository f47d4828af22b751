"""What every test shares: a machine that is the same everywhere."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from pathlib import Path

# The same examples on every run: a change is judged by what it changes. `HYPOTHESIS_PROFILE=explore` looks
# further; `brief` is for a second run.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=100)
settings.register_profile("brief", derandomize=True, deadline=None, max_examples=25)
settings.register_profile("explore", deadline=None, max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

# Whoever starts the tests in the background may have Ctrl-C ignored, and every program that a test starts with it.
signal.signal(signal.SIGINT, signal.default_int_handler)

PERSONAL = {"LANGUAGE", "NO_COLOR", "FORCE_COLOR", "EDITOR", "VISUAL"}
FAMILIES = ("CRISIS_PLAYBOOK_", "LC_", "XDG_")


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that a test may read but should leave as it is."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def same_machine(monkeypatch: pytest.MonkeyPatch, empty_home: Path) -> None:
    """Neither the language, the home nor the settings of whoever runs the tests change what they see."""
    for name in [*os.environ]:
        if name.startswith(FAMILIES) or name in PERSONAL:
            monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TZ", "Europe/Madrid")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("HOME", str(empty_home))
