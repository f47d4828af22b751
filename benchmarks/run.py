"""Run every benchmark of this folder, one after the other, and print what each prints.

Run: python benchmarks/run.py [name…], with names such as `startup` to run only these.
"""

from __future__ import annotations

import platform
import subprocess
import sys
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent


def names() -> list[str]:
    """The benchmarks, by file name: all that is not this file and does not start with `_`."""
    found = (path.stem for path in HERE.glob("*.py") if not path.name.startswith("_"))
    return sorted(name for name in found if name != Path(__file__).stem)


def machine() -> str:
    """What the figures hold for."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{date.today().isoformat()}, {platform.python_implementation()} {platform.python_version()}, {system}"  # noqa: DTZ011 - the day on the clock of whoever measures


def run(name: str) -> int:
    """Run one benchmark with its output passed through; its exit code."""
    print(f"\n== {name}", flush=True)
    return subprocess.run([sys.executable, str(HERE / f"{name}.py")], cwd=HERE.parent, check=False).returncode


def main() -> int:
    """Run those that are named, or all; 1 where one of them passed its limit or failed."""
    wanted = sys.argv[1:] or names()
    unknown = [name for name in wanted if name not in names()]
    if unknown:
        print(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(names())}", file=sys.stderr)
        return 2
    print(machine())
    failed = [name for name in wanted if run(name)]
    if failed:
        print(f"\nover their limit, or failed: {', '.join(failed)}", file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
