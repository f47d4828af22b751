"""What packs cost that are made to cost as much as they can, by every command that reads one, in its own process.

The packs are those of the tests (`tests/hostile_packs.py`). Proofs have a budget of their own, which is no time: what
`verify` takes is told, and not held against the limit.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.hostile_packs import everything  # noqa: E402 - found by the line above

SECONDS, MEGABYTES, WORST = 2.0, 256, 8
VERBS = {
    "list": ["list"],
    "show": ["show", "parcel"],
    "lint": ["lint"],
    "test": ["test"],
    "triage": ["triage", "parcel", "--set", "late=yes", "--channel", "x", "--no-input"],
    "verify": ["verify"],
}
MANY = {"thousands of protocols", "thousands of templates", "too many files"}
"""Packs of many files, where no file is at its limits: told, and not held against them."""


def measured(name: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Every command on one pack: how it ended, and what it took."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as room:
        folder = everything()[name]().write(Path(room))
        wishes = [[*arguments, "--pack", str(folder)] for arguments in VERBS.values()]
        done = subprocess.run(
            [sys.executable, "-m", "tests.confined"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            input=json.dumps(wishes),
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        subprocess.run(["rm", "-rf", *Path(room).iterdir()], check=True)  # noqa: S607 - some folders are too deep for Python
    return [(name, verb, json.loads(line)) for verb, line in zip(VERBS, done.stdout.splitlines(), strict=True)]


def main() -> int:
    """Measure and print; 1 where a limit is missed."""
    found = [each for name in everything() for each in measured(name)]
    held = [each for each in found if each[1] != "verify" and each[0] not in MANY]
    bad = [
        each
        for each in held
        if each[2]["cpu"] > SECONDS or each[2]["mb"] > MEGABYTES or each[2]["code"] not in (0, 1, 2, 4)
    ]
    print(f"{'a hostile pack':<34}{'command':<10}{'CPU s':>8}{'/ 2 s':>8}{'MB':>8}{'/ 256':>8}{'exit':>6}")
    worst = sorted(held, key=lambda each: -each[2]["cpu"])[:WORST] + sorted(held, key=lambda each: -each[2]["mb"])[:2]
    others = sorted((each for each in found if each not in held), key=lambda each: -each[2]["cpu"])[:WORST]
    for name, verb, took in [*worst, *others]:
        shares = f"{took['cpu']:>8.2f}{took['cpu'] / SECONDS:>8.2f}{took['mb']:>8.0f}{took['mb'] / MEGABYTES:>8.2f}"
        print(f"{name:<34}{verb:<10}{shares}{took['code']:>6}" + ("  MISSED" if (name, verb, took) in bad else ""))
    print(f"{len(held)} runs within their limits" if not bad else f"{len(bad)} of {len(held)} runs beyond their limits")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
