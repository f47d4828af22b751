"""Reading YAML with a line and column for every node, against `yaml.load(…, CSafeLoader)`, which keeps none.

Both read the same generated protocol of one megabyte, in turns, in one process; what counts is the fastest turn of
each, as the rest is the machine's noise. A small file and PyYAML without its garbage collections are shown beside it.

    python benchmarks/yaml_positions.py      exit code 1 where a limit is not kept
"""

from __future__ import annotations

import gc
import sys
import tracemalloc
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playbook.source import Source, read
from playbook.source.guard import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

MEGABYTE = 1_000_000
LIMITS = Limits(size=1 << 30, nodes=1 << 30)
MOST_TIME = 0.4  # of CSafeLoader's
MOST_MEMORY = 15.0  # megabytes for each megabyte of YAML, at the peak
TURNS = 7

HEAD = "protocol: benchmark\nversion: 1.0.0\ntitle:\n  es: Paquete perdido\n  en: Lost parcel\nquestions:\n"
QUESTION = """\
  fault_{n}:
    ask:
      es: ¿De quién fue el error del pedido número {n}?
      en: Whose error was it, in the end?
    help:
      es: Mira el seguimiento antes de responder.
      en: Look at the tracking first.
    choices:
      customer: {{es: Del cliente, en: The customer's}}
      carrier:
        es: Del transportista
        en: "The carrier's"
    unknown: true
    worse: later
"""
FACT = """\
  delay_{n}:
    - {{when: days_late_{n} >= limits.serious_delay, is: serious}}
    - {{when: "days_late_{n} >= 4 and fault_{n} in ['us', 'carrier']", is: annoying}}
    - {{is: minor}}
"""
OUTCOME = """\
  make_right_{n}:
    title:
      es: Arreglarlo hoy mismo
      en: Put it right today
    level: 2
    marks: [concession, refund]
    because: >
      The parcel is late by our own fault, and who says so first
      is believed when it comes to what happens next.
    actions:
      - do: Send a new one by express
        owner: logistics
        within: 4h
      - when: wants_refund
        do: Refund the postage
        owner: administration
        within: 2wd
    avoid:
      - Promise a date nobody has confirmed
"""


class Result(NamedTuple):
    """The fastest turn of each reader, in seconds."""

    ours: float
    theirs: float
    theirs_without_collector: float


def protocol(size: int) -> bytes:
    """A protocol of about `size` bytes, made of questions, facts and outcomes as people write them."""
    count = max(size // len((QUESTION + FACT + OUTCOME).encode()), 1)
    sections = (HEAD, QUESTION), ("facts:\n", FACT), ("outcomes:\n", OUTCOME)
    return "".join(head + "".join(part.format(n=n) for n in range(count)) for head, part in sections).encode()


def seconds(run: Callable[[], object]) -> float:
    """How long `run` takes, its result's disposal included."""
    start = perf_counter()
    run()
    return perf_counter() - start


def ours(data: bytes) -> Source:
    """One reading by us."""
    return read(data, "benchmark.yaml", LIMITS)


def theirs(data: bytes) -> object:
    """One reading by PyYAML's fastest safe loader."""
    return yaml.load(data, Loader=yaml.CSafeLoader)


def without_collector(data: bytes) -> object:
    """The same with the garbage collector at rest, as it is while we read."""
    gc.disable()
    try:
        return theirs(data)
    finally:
        gc.enable()


def race(data: bytes, turns: int, repeat: int) -> Result:
    """All three in turns; each turn reads `repeat` times."""
    fastest = [float("inf")] * 3
    for _ in range(turns):
        for which, reader in enumerate((ours, theirs, without_collector)):
            gc.collect()
            took = seconds(lambda reader=reader: [reader(data) for _ in range(repeat)] and None) / repeat  # type: ignore[misc]
            fastest[which] = min(fastest[which], took)
    return Result(*fastest)


def memory(data: bytes) -> float:
    """The peak of what reading takes, as a multiple of the file's size."""
    gc.collect()
    tracemalloc.start()
    kept = ours(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / len(kept.text.encode())


def main() -> int:
    """Prints the table; 1 where a limit is not kept."""
    large, small = protocol(MEGABYTE), protocol(8_000)
    if ours(large).diagnostics or ours(small).diagnostics:
        print("the generated file does not read", file=sys.stderr)
        return 1
    table = [(large, race(large, TURNS, 1)), (small, race(small, TURNS, 30))]
    megabytes = memory(large)
    print(f"{'YAML with positions':<34}{'ours':>10}{'CSafeLoader':>14}{'ratio':>8}{'limit':>8}")
    for data, result in table:
        name = f"{len(data):,} bytes"
        ratio, bare = result.ours / result.theirs, result.ours / result.theirs_without_collector
        limit = f"{MOST_TIME:>8.2f}" if data is large else f"{'—':>8}"
        print(f"{name:<34}{result.ours * 1e3:>7.1f} ms{result.theirs * 1e3:>11.1f} ms{ratio:>8.2f}{limit}")
        note = "  … its collector at rest too"
        print(f"{note:<34}{'':>10}{result.theirs_without_collector * 1e3:>11.1f} ms{bare:>8.2f}{'—':>8}")
    print(f"{'peak memory, MB for each MB':<34}{megabytes:>10.1f}{'':>22}{MOST_MEMORY:>8.1f}")
    missed = table[0][1].ours > MOST_TIME * table[0][1].theirs or megabytes > MOST_MEMORY
    if missed:
        print("MISSED")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
