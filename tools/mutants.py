"""A mutation test of the pack that ships: is each edit that changes what it does found, and by what?

    python -m tools.mutants [--write docs/mutants.md] [FILE…]

Each edit (`tools/edits.py`) is made by itself, and judged by what judges a change: reading the pack (which `lint` and
every command does), the scenarios (`test`), the proofs (`verify`) and the rules (`lint`); the first that says something
new has found it. Of an edit that nobody finds it is decided, over all answers, whether it changes anything
(`tools/equivalents.py`). One process for each core, nothing is started, and only those scenarios run that come through
the file that was edited.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections import Counter
from datetime import date
from multiprocessing import Pool
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playbook import scenarios
from playbook.engine import Decided
from playbook.files import Files
from playbook.lint.linting import lint
from playbook.loader import load
from playbook.loader.opening import PROTOCOLS, SHARED
from playbook.proofs.verifying import verify
from playbook.regions.tree import begin, reached
from playbook.replies.shelf import Shelf
from playbook.scenarios import snapshots
from playbook.scenarios.trial import NOON
from playbook.source.guard import Limits
from tools.edits import CHOICE, CLAIMS, KINDS, LINE, TIME, Edit, edits
from tools.equivalents import told_apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playbook.loader import Loaded
    from playbook.protocol import Pack
    from playbook.scenarios import Scenario

ROOT = Path(__file__).resolve().parent.parent
READING, TEST, VERIFY, RULES = "reading", "test", "verify", "lint's rules"
SAME, SURVIVED = "changes nothing", "not found"
WAYS = (READING, TEST, VERIFY, RULES, SAME, SURVIVED)
TODAY = date(2026, 11, 23)


class Judged(NamedTuple):
    """An edit, what found it, and what that said (of one that nobody found, what it changes)."""

    edit: Edit
    by: str
    why: str


class Judge:
    """A pack that is sound, and what says so of it."""

    def __init__(self, files: dict[str, bytes]) -> None:
        """Read it, and keep what is said of it as it is."""
        self.files = files
        self.loaded = load(files)
        if self.loaded.pack is None:
            raise ValueError(self.loaded.diagnostics)
        self.pack: Pack = self.loaded.pack
        self.told = _told(self.loaded)
        self.passed = {
            name: {place.protocol for place in reached(self.pack, begin(self.pack, name))}
            for name in self.pack.protocols
        }
        self.stored = {name: snapshots.read(self.pack, name, Limits().size).texts for name in self.pack.protocols}
        self.scenarios: list[tuple[Scenario, set[str]]] = []
        for name in self.pack.protocols:
            for each in scenarios.read(self.pack, name).scenarios:
                self.scenarios.append((each, self._through(self.pack, each)))
        self.proved: dict[str, set[str]] = {}
        self.ruled: dict[tuple[str, ...], set[str]] = {}

    def _through(self, pack: Pack, each: Scenario) -> set[str]:
        """The protocols that a scenario comes through."""
        state = scenarios.run(pack, each, NOON, self.stored[each.protocol]).state
        ended = {state.outcome.protocol} if isinstance(state, Decided) else set[str]()
        return {each.protocol, *(passed.protocol for passed in state.path), *ended}

    def judged(self, edit: Edit) -> Judged:
        """What finds an edit."""
        loaded = load(edit.made(self.files))
        new = sorted(_told(loaded) - self.told)
        if new or loaded.pack is None:
            return Judged(edit, READING, next(iter(new), "it cannot be read"))
        pack, inside = loaded.pack, self.inside(edit.file)
        starts = self.starts(inside)
        return (
            self.by_scenario(edit, pack, inside)
            or self.by_proof(edit, pack, starts)
            or self.by_rule(edit)
            or self.decided(edit, pack, starts)
        )

    def starts(self, inside: set[str]) -> tuple[str, ...]:
        """Where cases start that may come through a file; where one leads on to everything, only for its own edits."""
        found = [name for name, through in self.passed.items() if through & inside]
        found.sort(key=lambda each: len(self.passed[each]))
        some = [each for each in found if len(self.passed[each]) * 2 < len(self.passed) or {each} == inside]
        return tuple(some or found)

    def inside(self, file: str) -> set[str]:
        """The protocols that a file is part of."""
        name = file.rpartition("/")[2].removesuffix(".yaml")
        if file.startswith(SHARED):
            return {each.id for each in self.pack.protocols.values() if name in each.use}
        return {name} if file.startswith(PROTOCOLS) else {*self.pack.protocols}

    def by_scenario(self, edit: Edit, pack: Pack, inside: set[str]) -> Judged | None:
        """What a scenario says that comes through the file."""
        shelf = Shelf(pack)
        for each, through in self.scenarios:
            if not through & inside:
                continue
            if edit.kind == CHOICE:
                again = scenarios.read(pack, each.protocol)
                if again.diagnostics:
                    return Judged(edit, TEST, str(again.diagnostics[0].message))
            ran = scenarios.run(pack, each, NOON, self.stored[each.protocol], shelf)
            if ran.failures:
                return Judged(edit, TEST, f"{each.protocol}: {each.name}: {ran.failures[0].what}")
        return None

    def by_proof(self, edit: Edit, pack: Pack, starts: tuple[str, ...]) -> Judged | None:
        """What cannot be proved any more of the cases that start there."""
        if edit.kind == TIME:
            return None
        for start in starts:
            if start not in self.proved:
                self.proved[start] = _unproved(self.pack, start)
            new = sorted(_unproved(pack, start) - self.proved[start])
            if new:
                return Judged(edit, VERIFY, new[0])
        return None

    def by_rule(self, edit: Edit) -> Judged | None:
        """What the rules say, of the protocol alone where the edit is in one: looking at all of them takes long."""
        if edit.kind == TIME:
            return None
        inside = self.inside(edit.file)
        only = tuple(inside) if edit.file.startswith(PROTOCOLS) and not edit.file.startswith(SHARED) else ()
        if only not in self.ruled:
            self.ruled[only] = _ruled(load(self.files, only or None))
        new = sorted(_ruled(load(edit.made(self.files), only or None)) - self.ruled[only])
        return Judged(edit, RULES, new[0]) if new else None

    def decided(self, edit: Edit, pack: Pack, starts: tuple[str, ...]) -> Judged:
        """Whether an edit that nobody found changes anything."""
        if edit.kind in CLAIMS and edit.kind != LINE:
            return Judged(edit, SURVIVED, "the claim is another, and holds too")
        why = told_apart(self.pack, pack, starts, claims=edit.kind == LINE)
        return Judged(edit, SURVIVED if why else SAME, why or "")


def _told(loaded: Loaded) -> set[str]:
    return {f"{each.code} {each.message}" for each in loaded.diagnostics}


def _unproved(pack: Pack, start: str) -> set[str]:
    """What does not hold of the cases that start in a protocol, and the lines that speak of none of them any more."""
    report = verify(pack, [start], whole=False)
    idle = {f"`{each.name}` speaks of no case" for each in report.lines if not each.spoken_of}
    return (
        {each.fault.message for each in report.findings}
        | idle
        | {each.protocol for each in report.starts if not each.extent}
    )


def _ruled(loaded: Loaded) -> set[str]:
    return {f"{each.code} {each.message}" for each in lint(loaded, TODAY, Limits()).findings}


_JUDGE: list[Judge] = []


def _judge(edit: Edit) -> Judged:
    return _JUDGE[0].judged(edit)


def run(files: dict[str, bytes], wanted: Sequence[Edit], processes: int) -> Iterator[Judged]:
    """Judge all of these edits, in their order."""
    _JUDGE[:] = [Judge(files)]
    with Pool(processes) as pool:
        yield from pool.imap(_judge, wanted, chunksize=4)


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge, and write the report."""
    parser = argparse.ArgumentParser(description="is each edit that changes what the pack does found?")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the report there")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="judge only every n-th edit")
    parser.add_argument("files", nargs="*", help="only edits of these files")
    options = parser.parse_args(arguments)
    files = dict(Files(ROOT, Limits()))
    wanted = [each for each in edits(load(files)) if not options.files or each.file in options.files][:: options.every]
    start, found = time.monotonic(), list[Judged]()
    for each in run(files, wanted, os.cpu_count() or 1):
        found.append(each)
        if sys.stderr.isatty() or len(found) % 100 == 0:
            print(f"\r{len(found)} of {len(wanted)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    text = report(found, time.monotonic() - start)
    if options.write:
        options.write.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


HEAD = """\
# Every edit of the pack that ships

Written by `make mutants` (`tools/mutants.py`).

What `lint`, `test` and `verify` are worth shows when somebody's hand slips. So each condition, target, choice and
number of the protocols that ship is changed by one edit at a time, and whatever first says something new has found it.
*Reading* is what every command does first, `lint` among them. Of an edit that nobody finds it is decided over all
answers whether it changes anything at all: what is asked, where cases end, what is to be done, avoided and said.

Red lines, and what is `worse`, are claims: an edit of one changes no case, and is found only where the claim fails. A
time limit is the time in which something is to be done; few scenarios say that of every action.
"""


def report(found: Sequence[Judged], took: float) -> str:
    """The report: a table of what found how many, and the line of each edit that nobody found."""
    from tools.pages import table

    rows = []
    for kind in KINDS:
        own = Counter(each.by for each in found if each.edit.kind == kind)
        changing = own.total() - own[SAME]
        share = f"{100 * (changing - own[SURVIVED]) // changing} %" if changing else ""
        rows.append((kind, *(str(own[way] or "") for way in WAYS), share))
    machine = f"{_today()}, CPython {platform.python_version()}, {os.cpu_count()} cores, {took / 60:.0f} minutes"
    lines = [f"- {each.edit}: {each.why}" for each in found if each.by == SURVIVED and each.edit.kind != TIME]
    later = Counter(each.edit.file for each in found if each.by == SURVIVED and each.edit.kind == TIME)
    times = [f"- {file}: {count}" for file, count in sorted(later.items())]
    parts = [
        HEAD,
        f"Measured on {machine}.\n",
        table(("edit of a", *WAYS, "found, of those that change something"), iter(rows)),
    ]
    parts += ["\n## Not found\n", *lines, "\nTime limits, by file:\n", *times]
    return "\n".join(parts) + "\n"


def _today() -> str:
    return date.today().isoformat()  # noqa: DTZ011 - where one is


if __name__ == "__main__":
    sys.exit(main())
