"""A stranger's pack can neither run anything, nor read outside of itself, nor stop us; a limit is no pass."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.hostile_packs import everything

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.exhaustive

ROOT = Path(__file__).parents[1]
PACKS = everything()
READERS = {
    "list": ["list"],
    "show": ["show", "parcel"],
    "lint": ["lint"],
    "test": ["test"],
    "triage": ["triage", "parcel", "--set", "late=yes", "--channel", "x", "--no-input"],
}
COSTLY = {"too many files", "thousands of protocols", "thousands of templates"}
"""These are for `benchmarks/preflight.py`: laying them out takes longer than all the others together."""
REFUSED = {
    "a bomb of aliases": "PB010",
    "a bomb of merges": "PB011",
    "brackets": "PB006",
    "braces": "PB006",
    "dashes": "PB006",
    "controls": "PB016",
    "bidi": "PB017",
    "look-alikes": "PB015",
    "no UTF-8": "PB001",
    "the same key": "PB013",
    "parentheses": "PB0",
    "facts in a circle": "PB0",
    "long conditions": "PB069",
    "pairs far apart": "PB069",
    "digits in a condition": "PB0",
    "open ifs": "PB203",
    "a large template": "PB202",
    "includes": "PB209",
    "wide includes": "PB211",
    "includes in a circle": "PB209",
    "deep includes": "PB209",
    "brackets in scenarios": "PB006",
    "deep folders": "PB070",
    "links": "PB070",
    "a linked folder": "PB070",
    "a linked pack file": "PB070",
    "an endless device": "PB070",
    "a pipe": "PB070",
    "a sparse file": "PB003",
}
"""What `lint` says of those that are too much, or no pack."""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], dict[str, Any]]:
    """Every pack with every command that reads one: how it ended, and what it took."""
    room = tmp_path_factory.mktemp("packs")
    wishes = {(name, verb): [*READERS[verb], "--pack", str(folder)] for name, verb, folder in _laid(room)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.confined"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=json.dumps([*wishes.values()]),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    found = dict(zip(wishes, map(json.loads, done.stdout.splitlines()), strict=True))
    for folder in room.iterdir():
        subprocess.run(["rm", "-rf", folder], check=True)  # noqa: S607 - Python's own cannot take away so deep a folder
    return found


def _laid(room: Path) -> Iterator[tuple[str, str, Path]]:
    for number, (name, make) in enumerate(PACKS.items()):
        if name not in COSTLY:
            folder = room / str(number)
            folder.mkdir()
            make().write(folder)
            for verb in _of(name):
                yield name, verb, folder


def _of(name: str) -> tuple[str, str]:
    """Lint, which reads everything, and one of the others; `benchmarks/preflight.py` has all of them."""
    others = [each for each in READERS if each != "lint"]
    return "lint", others[[*PACKS].index(name) % len(others)]


@pytest.mark.parametrize("name", [each for each in PACKS if each not in COSTLY])
def test_it_ends_as_it_should_and_within_its_memory(name: str, runs: dict[tuple[str, str], Any]) -> None:
    for verb in _of(name):
        ran = runs[name, verb]
        assert ran["code"] in (0, 1, 2, 4), ran
        assert ran["mb"] < 256, ran
        assert "root:" not in ran["said"], ran
        assert "\x1b" not in ran["said"], ran


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_too_much_is_a_failure_and_said_to_be(name: str, runs: dict[tuple[str, str], Any]) -> None:
    ran = runs[name, "lint"]
    assert ran["code"] in (1, 2), ran
    assert f"[{REFUSED[name]}" in ran["said"], ran["said"][:500]
