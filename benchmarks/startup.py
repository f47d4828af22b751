"""How long whole processes take to start and answer, against `import typer` and against pre-commit, in the same run.

Builds the wheel, installs it with compiled bytecode into an environment of its own (with its extra `bench`, which
brings pre-commit), then runs the commands in turn, so that a machine that drifts drifts for all. Prints the fastest and
the median run of each, and the ratio of the fastest runs, each with its limit.

    python benchmarks/startup.py            # builds and installs first
    python benchmarks/startup.py --bin DIR  # uses the environment whose programs stand in DIR
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUNS = 25
ANSWERS: dict[str, object] = {
    "channel": "x",
    "flags": [],
    "demand": "threat",
    "fault": "us",
    "reaction": "right",
    "offered": "before",
    "signals": ["active"],
    "besides": [],
    "calm": True,
    "followers": 900,
    "customer_name": "Luna",
    "order_ref": "A-1029",
    "product": "el lector electrónico",
    "issue": "el envío de un modelo inferior al que pediste",
    "solution": "te enviamos hoy el lector que pediste y recogemos el otro en tu casa",
    "compensation": "un 15 % de descuento en tu próxima compra",
    "agent": "Marta",
}


def installed(folder: Path) -> Path:
    """An environment with the wheel and its extra `bench`, bytecode compiled; the folder of its programs."""
    subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, ROOT], check=True)
    wheel = next(folder.glob("*.whl"))
    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([programs / "python", "-m", "pip", "install", "-q", "--compile", f"{wheel}[bench]"], check=True)
    return programs


def timed(command: list[str]) -> float:
    """Seconds of one run; a command that fails stops the benchmark."""
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False, cwd=tempfile.gettempdir())
    took = time.perf_counter() - started
    if done.returncode != 0:
        raise SystemExit(f"{command} ended with {done.returncode}: {done.stderr.decode()}{done.stdout.decode()}")
    return took


def measured(commands: dict[str, list[str]], runs: int) -> dict[str, list[float]]:
    """The times of every command, run in turn."""
    for command in commands.values():
        timed(command)
    found: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            found[name].append(timed(command))
    return found


def main() -> int:
    """Print the table; 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=Path, help="programs of an environment that has all installed")
    parser.add_argument("--runs", type=int, default=RUNS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        programs = options.bin or installed(Path(name))
        answers = Path(name) / "answers.json"
        answers.write_text(json.dumps(ANSWERS), encoding="utf-8")
        playbook = str(programs / "playbook")
        times = measured(
            {
                "import typer": [str(programs / "python"), "-c", "import typer"],
                "pre-commit --version": [str(programs / "pre-commit"), "--version"],
                "triage": [playbook, "triage", "threat", "--no-input", "--answers", str(answers)],
                "--version": [playbook, "--version"],
                "-h": [playbook, "-h"],
            },
            options.runs,
        )
    return told(times)


def told(times: dict[str, list[float]]) -> int:
    """Print times and ratios; 1 where a limit is missed."""
    for name, each in times.items():
        print(f"{name:22} fastest {min(each) * 1000:6.1f} ms   median {statistics.median(each) * 1000:6.1f} ms")
    missed = 0
    limits = [
        ("triage", "import typer", 1.9),
        ("triage", "pre-commit --version", 1.0),
        ("--version", "import typer", 1.3),
        ("-h", "import typer", 1.3),
    ]
    for ours, theirs, limit in limits:
        ratio = min(times[ours]) / min(times[theirs])
        missed += ratio > limit
        print(f"{ours} / {theirs}: {ratio:.2f} (limit {limit}){'' if ratio <= limit else '  MISSED'}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
