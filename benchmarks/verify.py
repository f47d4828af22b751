"""How long the pack that ships takes to verify, beside going through every case of it one by one.

Going through the cases is what the tests hold the proofs against (`tests/everycase.py`): it only looks at red lines,
while `verify` proves all that it proves. Both start with the pack in memory; reading it is not counted. Below stands a
tree that nobody can go through: twenty questions, of which each answer leads on to one of the next few steps.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))

from playbook.loader import load
from playbook.pack import read_pack
from playbook.proofs.verifying import verify
from tests.everycase import EveryCase

if TYPE_CHECKING:
    from collections.abc import Callable

    from playbook.protocol import Pack

ROOT = Path(__file__).parent.parent
ROUNDS = 3
QUESTIONS, STEPS, OUTCOMES = 20, 400, 10
PLAYBOOK = """\
brand: {name: Acme, signature: Acme}
locales: [en]
roles: {team: {title: Team}}
marks: {refund: we pay back}
red_lines: {line: {because: B, never: [refund]}}
"""


def tree() -> dict[str, bytes]:
    """A tree whose ways rejoin again and again; the same in every run."""
    chance = random.Random(1)  # noqa: S311 - nothing is secret
    questions = "".join(f"  q{n}: {{ask: Q, choices: {{a: A, b: B, c: C}}}}\n" for n in range(QUESTIONS))
    steps = ""
    for n in range(STEPS):
        leads = []
        for answer in "abc":
            on = n + chance.randrange(1, STEPS // QUESTIONS + 5)
            leads.append(f"{answer}: " + (f"s{on}" if on < STEPS else f"o{chance.randrange(OUTCOMES)}"))
        steps += f"  s{n}: {{ask: q{n * QUESTIONS // STEPS}, then: {{{', '.join(leads)}}}}}\n"
    outcome = "{title: T, level: 1, because: B, reply: {silence: S}}"
    outcomes = "".join(f"  o{n}: {outcome}\n" for n in range(OUTCOMES))
    head = "protocol: tree\nversion: 1.0.0\ntitle: T\nowner: team\n"
    text = f"{head}questions:\n{questions}steps:\n{steps}outcomes:\n{outcomes}"
    return {"playbook.yaml": PLAYBOOK.encode(), "protocols/tree.yaml": text.encode()}


def fastest(run: Callable[[], object]) -> float:
    """The seconds of the fastest of some rounds."""
    found = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found)


def one_by_one(pack: Pack) -> None:
    """Hold the red lines of a pack against every case."""
    every = EveryCase(pack)
    every.crossed(every.cases())


def main() -> int:
    """Measure and print."""
    shipped = read_pack(ROOT).pack
    large = load(tree()).pack
    if shipped is None or large is None:
        print("a pack cannot be read", file=sys.stderr)
        return 1
    cases = sum(1 for _ in EveryCase(shipped).cases())
    ours = fastest(lambda: verify(shipped, shipped.protocols, whole=True))
    theirs = fastest(lambda: one_by_one(shipped))
    print(f"{'the pack that ships':<52}{'fastest':>12}{'ratio':>8}")
    print(f"{'verify':<52}{ours * 1000:>9.1f} ms{1:>8.2f}")
    print(f"{f'every case one by one ({cases:,}), red lines only':<52}{theirs * 1000:>9.1f} ms{theirs / ours:>8.2f}")
    (start,) = verify(large, ["tree"], whole=True).starts
    combinations = start.extent.combinations if start.extent else 0
    took = fastest(lambda: verify(large, ["tree"], whole=True))
    print(f"{f'verify, {STEPS} steps, {combinations:,} combinations':<52}{took * 1000:>9.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
