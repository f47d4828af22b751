"""From Enter to the next question, in a real terminal: the median of many, against its limit.

Run: python benchmarks/wizard_latency.py [rounds]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import pexpect

LIMIT = 30.0
"""Milliseconds at the median: below it a person sees no wait."""
ROOT = Path(__file__).parents[1]
STEPS = (("Which channel", "3"), ("Whose error", "2"), ("solution already", "y"), ("How many days", "3"))
LAST = "money back"


def session(draft: Path) -> list[float]:
    """One conversation: milliseconds from each Enter until the next question is drawn whole."""
    arguments = ["-m", "tests.wizard_session", "wizard", "en", str(draft)]
    child = pexpect.spawn(sys.executable, arguments, cwd=ROOT, dimensions=(24, 80), encoding="utf-8", timeout=20)
    child.delaybeforesend = None
    child.expect_exact(STEPS[0][0])
    child.expect_exact("pause")
    found = []
    for at, (_, answer) in enumerate(STEPS):
        child.send(answer)
        time.sleep(0.15)  # a person presses Enter when the line is drawn
        following = STEPS[at + 1][0] if at + 1 < len(STEPS) else LAST
        start = time.perf_counter()
        child.send("\r")
        child.expect_exact(following)
        child.expect_exact("pause")
        found.append((time.perf_counter() - start) * 1000)
    child.close(force=True)
    return found


def main() -> int:
    """Measure and print; 1 where the limit is passed."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as folder:
        times = sorted(each for _ in range(rounds) for each in session(Path(folder) / "draft.json"))
    median = statistics.median(times)
    print(f"Enter to the next question, {len(times)} times, milliseconds")
    missed = "  MISSED" if median > LIMIT else ""
    print(f"  median {median:.1f}   fastest {times[0]:.1f}   slowest {times[-1]:.1f}   limit {LIMIT:.0f}{missed}")
    return int(median > LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
