"""What modules and words cost at start-up: importing typer alone, then PyYAML or Jinja besides, and declaring records.

Each import runs in a fresh interpreter, which takes the time itself, so that Python's own start is not in it. Words
are declared a hundred at a time, each with five fields, by code that is compiled already, as it is in an installed
package. What counts is the fastest run of each; a ratio is against the line named in its table. There is no limit.

    python benchmarks/imports.py [runs]
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 20
WORDS = 100

IMPORTS = {
    "import typer": ("import typer", ""),
    "import yaml, after typer": ("import yaml", "import typer"),
    "import jinja2.sandbox, after typer": ("import jinja2.sandbox", "import typer"),
}
"""What is timed, and what has run before."""
FORMS = {
    "playbook.record.Record": ("from playbook.record import Record", "class W{n}(Record):"),
    "typing.NamedTuple": ("from typing import NamedTuple", "class W{n}(NamedTuple):"),
    "frozen dataclass": ("from dataclasses import dataclass", "@dataclass(frozen=True)\nclass W{n}:"),
    "frozen dataclass with slots": (
        "from dataclasses import dataclass",
        "@dataclass(frozen=True, slots=True)\nclass W{n}:",
    ),
}
"""How a word may be declared: what is imported before, and the head of its class."""
FIELDS = "\n    a: str\n    b: int\n    c: bool\n    d: str\n    e: int"
ANNOTATED = "from __future__ import annotations"
TIMED = """
import sys, time, types
sys.path.insert(0, {root!r})
words = sys.modules["words"] = types.ModuleType("words")
code = compile({code!r}, "words", "exec")
exec({before!r}, vars(words))
start = time.perf_counter()
exec(code, vars(words))
print(time.perf_counter() - start)
"""


def milliseconds(code: str, before: str) -> float:
    """How long `code` takes in a fresh interpreter, once `before` has run; a run that fails stops the benchmark."""
    script = TIMED.format(root=str(ROOT), before=before, code=code)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False, encoding="utf-8")
    if done.returncode:
        raise SystemExit(done.stderr)
    return float(done.stdout) * 1000


def told(title: str, commands: dict[str, tuple[str, str]], runs: int) -> None:
    """Run each command in turn, so that a machine that drifts drifts for all, and print a table."""
    fastest = dict.fromkeys(commands, float("inf"))
    for _ in range(runs):
        for name, (code, before) in commands.items():
            fastest[name] = min(fastest[name], milliseconds(code, before))
    first = next(iter(fastest.values()))
    print(f"{title:<46}{'fastest':>12}{'ratio':>8}")
    for name, took in fastest.items():
        print(f"{name:<46}{took:>9.1f} ms{took / first:>8.2f}")


def main() -> int:
    """Print both tables; always 0, since nothing here has a limit."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    told("imports, beside typer's", IMPORTS, runs)
    print()
    words = {
        name: ("\n".join([ANNOTATED, *(head.format(n=n) + FIELDS for n in range(WORDS))]), before)
        for name, (before, head) in FORMS.items()
    }
    told(f"declaring {WORDS} words of five fields", words, runs)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
