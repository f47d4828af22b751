"""Proves a pack: protocol by protocol, each with a budget of its own, so that one that is too large hides no other."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from playbook.loader import protocol_ids
from playbook.proofs import breaches, idle, longest, red_lines, worse
from playbook.proofs import findings as f
from playbook.proofs.breaches import Settled
from playbook.proofs.overlapping import shadowed
from playbook.record import Record
from playbook.regions.diagram import MOST_LOOKS, MOST_NODES, Diagrams, Spent
from playbook.regions.tree import Tree, begin, reached
from playbook.regions.truth import Truth
from playbook.regions.ways import MOST_BOXES, follow

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from playbook.loader import Loaded
    from playbook.proofs.longest import Length
    from playbook.proofs.worse import Milder
    from playbook.protocol import Pack, Target
    from playbook.regions.tree import Cases, Ending


BEFORE, BUILDING = "before it was looked at", "putting its steps together"


class Budget(Record):
    """How much is spent on the cases of one protocol before it counts as too large."""

    nodes: int = MOST_NODES
    looks: int = MOST_LOOKS
    boxes: int = MOST_BOXES
    late: Callable[[], bool] | None = None
    """Says whether there is no more time, for all of them together; without it time does not matter."""


def verify(
    pack: Pack, protocols: Iterable[str], *, whole: bool, left_out: Iterable[str] = (), budget: Budget | None = None
) -> f.Report:
    """Prove what can be said of the cases that start in these protocols.

    Args:
        pack: The pack.
        protocols: Where the cases start.
        whole: Whether these are all protocols there are: else nothing is said to be in vain.
        left_out: Others of which it was to be proved, and that could not be read.
        budget: How much is spent on each.
    """
    return _Proof(pack, budget or Budget()).report(tuple(protocols), tuple(left_out), whole=whole)


def proved(loaded: Loaded, wanted: Collection[str] | None, budget: Budget | None = None) -> f.Report | None:
    """What can be proved of the protocols that could be loaded, of those wanted or of all; None where none could."""
    pack = loaded.pack
    if pack is None:
        return None
    every = wanted or protocol_ids(pack.files)
    there = [each for each in dict.fromkeys(every) if each in pack.protocols]
    left_out = [each for each in dict.fromkeys(every) if each not in pack.protocols]
    return verify(pack, there, whole=not wanted and not left_out, left_out=left_out, budget=budget)


class _Proof:
    def __init__(self, pack: Pack, budget: Budget) -> None:
        self.pack, self.budget = pack, budget
        # By protocol, so that what is looked at again, with an empty diagram, counts once.
        self.held: dict[str, dict[str, Settled]] = {}
        self.milder: dict[tuple[str, str], Milder] = {}
        self.compared: dict[str, None] = {}
        self.lengths: dict[str, tuple[Length, ...]] = {}
        self.taken: set[tuple[Target, str | int]] = set()
        self.asked: set[str] = set()
        self.decisive: set[str] = set()
        self.progress = f.Progress("")
        self.renew()

    def renew(self) -> None:
        """Start with an empty diagram."""
        self.tree = Tree(self.pack, self.diagrams())
        self.truth = Truth(self.tree.saying)
        self.used = False

    def diagrams(self) -> Diagrams:
        """An empty diagram with a budget of its own."""
        return Diagrams(self.budget.nodes, self.budget.looks, self.budget.late)

    def report(self, protocols: tuple[str, ...], left_out: tuple[str, ...], *, whole: bool) -> f.Report:
        """Everything, about the cases that start in these protocols."""
        starts = tuple(self.start(each) for each in protocols)
        undecided = [each.protocol for each in starts if each.extent is None]
        whole = whole and not undecided
        found = [
            *breaches.crossings(self.pack, self.held),
            *breaches.reversals(self.pack, self.milder.values()),
            *breaches.overlong(self.pack, (each for every in self.lengths.values() for each in every)),
        ]
        if whole:
            found += map(
                f.Finding, idle.lines(self.pack, frozenset(self.taken), lambda: shadowed(self.pack, protocols))
            )
            found += map(f.Finding, idle.questions(self.pack, self.asked, self.decisive))
        wrong = {question for _, question in self.milder}
        lines = tuple(self.lines(undecided, left_out))
        kept = tuple(each for each in self.compared if each not in wrong)
        return f.Report(starts, lines, kept, whole, tuple(found), left_out, tuple(self.promises(protocols)))

    def start(self, protocol: str) -> f.Start:
        """Look at the cases that start in a protocol."""
        self.progress = f.Progress(BEFORE)
        for _ in range(1 + self.used):  # what other protocols took is not held against this one
            if self.late:
                return f.Start(protocol, None, self.progress, late=True)
            self.used = True
            try:
                return f.Start(protocol, self.looked(protocol))
            except (Spent, RecursionError):
                if self.progress.doing == BUILDING:
                    self.at(BUILDING)(*self.tree.so_far(protocol))
                self.renew()
        return f.Start(protocol, None, self.progress, late=self.late)

    @property
    def late(self) -> bool:
        """Whether the time is up."""
        return self.budget.late is not None and self.budget.late()

    def at(self, doing: str, what: str = "steps") -> Callable[[int, int], None]:
        """Keep what is being done; what comes back keeps how much of it is done."""

        def passed(done: int, of: int) -> None:
            self.progress = f.Progress(doing, done, of, what)

        passed(0, 0)
        return passed

    def looked(self, protocol: str) -> f.Extent:
        tree, space = self.tree, self.tree.space
        tree.diagrams.looks_left = self.budget.looks
        self.at(BUILDING)
        cases = tree.cases(protocol)
        counts = space.counts(cases.ends)
        self.partition(cases)
        followed = follow(tree, protocol, self.budget.boxes, self.at("following its ways"))
        passed = self.at("holding red lines against its cases", "red lines")
        extents = {}
        for leaf, count in counts.items():
            end = tree.diagrams.value[leaf]
            extents[end] = f.Extent(None if followed.ways is None else followed.ways[end], count)
        for each in red_lines.held(tree, self.truth, protocol, cases, passed):
            self.held.setdefault(each.name, {})[protocol] = self.hold(each, protocol, extents)
        for pair in worse.milder(tree, protocol, self.at("comparing worse answers with milder ones", "questions")):
            self.milder[protocol, pair.question] = pair
        compared = worse.compared(tree, protocol)
        self.at("looking for its longest case")
        self.lengths[protocol] = longest.lengths(tree, cases, protocol, self.diagrams())
        self.at("looking for what is in vain")
        asked, decisive = idle.asked(tree, cases), idle.decisive(tree, protocol)
        # From here on nothing can be spent: what is kept is kept whole.
        self.compared.update(dict.fromkeys(compared))
        self.taken |= followed.taken
        self.asked |= asked
        self.decisive |= decisive
        return sum(extents.values(), f.NOTHING)

    def partition(self, cases: Cases) -> None:
        """Make sure that every answer leads to exactly one outcome: that the cases fill the space, each place once."""
        space = self.tree.space
        axes = [space.axes[name] for name in space.names(cases.asked)]
        weights = {each.level: each.sorts for each in axes}
        filled = sum(space.counts(cases.ends, weights).values())
        if filled != prod(weights.values()):  # pragma: no cover - it would be a fault of ours
            raise AssertionError(filled)

    def hold(self, held: red_lines.Held, protocol: str, extents: dict[Ending, f.Extent]) -> Settled:
        extent = sum((extents[each] for each in held.endings), f.NOTHING)
        answers = self.tree.space.smallest(held.crossed)
        given, so = self.pack.protocols[protocol].given, None
        if answers is not None:
            answers = {name: each for name, each in answers.items() if name not in given}
            so = self.truth.so(held.line.when, {**given, **answers}) if held.line.when else None
        return Settled(held.line, extent, held.spoken_of, protocol, answers, so)

    def lines(self, undecided: list[str], left_out: tuple[str, ...]) -> Iterator[f.Line]:
        """How each red line came out; where a protocol is not decided, none that may hold for it is proved."""
        passed = {each: {at.protocol for at in reached(self.pack, begin(self.pack, each))} for each in undecided}
        for owner, line in red_lines.lines(self.pack):
            name = red_lines.named(owner, line)
            held = self.held.get(name, {})
            every = [*held.values()]
            missing = [each for each in undecided if each not in held]
            open_ = any(owner in passed[each] for each in missing) if owner else bool(missing or left_out)
            status = f.UNDECIDED if open_ else f.PROVED
            if any(each.crossed is not None for each in every):
                status = f.BROKEN
            if every or open_:
                extent = sum((each.extent for each in every), f.NOTHING)
                yield f.Line(name, line.span, status, extent, any(each.spoken_of for each in every))

    def promises(self, protocols: Iterable[str]) -> Iterator[f.Length]:
        """What each protocol promises of how long cases may take, and how long they do."""
        for name in protocols:
            found = {each.promised: each.questions for each in self.lengths.get(name, ())}
            for promised in self.pack.protocols[name].at_most:
                yield f.Length(name, promised, found.get(promised))
