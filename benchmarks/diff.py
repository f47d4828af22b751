"""How long `playbook diff` takes on the pack that ships, beside `git diff` and the start-up of a command line.

A copy of the pack is committed to a repository of its own, and a threshold in one protocol is moved. Whole processes
are measured, each with all that it starts: `git diff`, a Python that imports typer and ends, and `playbook diff HEAD`,
which tells of the one region that changes, with its smallest case and both replies.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS, LIMIT = 15, 3.0
EDITED, OLD, NEW = (
    "protocols/delivery.yaml",
    "delivery_days_late >= limits.lost_parcel_days",
    "delivery_days_late >= 20",
)
COMMITTED = ("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "-m", "the pack")


def laid_out(folder: Path) -> None:
    """Commit a copy of the pack, and edit it."""
    for part in ("protocols", "templates"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copy(ROOT / "playbook.yaml", folder)
    for arguments in (("init", "-q"), ("add", "-A"), COMMITTED):
        subprocess.run(["git", *arguments], cwd=folder, check=True)  # noqa: S607 - whichever git there is
    text = (folder / EDITED).read_text(encoding="utf-8")
    if OLD not in text:
        raise AssertionError(EDITED)
    (folder / EDITED).write_text(text.replace(OLD, NEW), encoding="utf-8")


def seconds(command: list[str], folder: Path) -> float:
    """How long one run takes."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, env=env, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def main() -> int:
    """Measure in turns, so that all see the same machine, and print."""
    commands = {
        "git diff": ["git", "diff"],
        "python -c 'import typer'": [sys.executable, "-c", "import typer"],
        "playbook diff HEAD": [sys.executable, "-m", "playbook", "diff", "HEAD"],
    }
    found: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as room:
        laid_out(Path(room))
        for _ in range(ROUNDS):
            for name, command in commands.items():
                found[name].append(seconds(command, Path(room)))
    best = [min(each) for each in found.values()]
    for name, each in zip(commands, best, strict=True):
        print(f"{name:<28}{each * 1000:8.1f} ms")
    ratio = best[2] / (best[0] + best[1])
    print(
        f"playbook diff, against both others together: {ratio:.2f} (limit {LIMIT})"
        + (" MISSED" if ratio > LIMIT else "")
    )
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
