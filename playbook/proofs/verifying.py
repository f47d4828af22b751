"""Proves a pack: protocol by protocol, each with a budget of its own, so that one that is too large hides no other."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.diagnostics import Diagnostic
from playbook.loader import protocol_ids
from playbook.proofs import findings as f
from playbook.proofs import idle, red_lines, worse
from playbook.proofs.overlapping import shadowed
from playbook.record import Record
from playbook.regions.diagram import MOST_LOOKS, MOST_NODES, Diagrams, Spent
from playbook.regions.tree import Tree, begin, reached
from playbook.regions.truth import Truth
from playbook.regions.ways import MOST_BOXES, follow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from playbook.engine import Decided
    from playbook.loader import Loaded
    from playbook.proofs.worse import Milder
    from playbook.protocol import Answer, Pack, RedLine, Target
    from playbook.regions.tree import Cases, Ending


class Budget(Record):
    """How much is spent on the cases of one protocol before it counts as too large."""

    nodes: int = MOST_NODES
    looks: int = MOST_LOOKS
    boxes: int = MOST_BOXES


class _Held(Record):
    """A red line with how it came out for one protocol, or for several together."""

    line: RedLine
    extent: f.Extent
    spoken_of: bool
    protocol: str
    crossed: dict[str, Answer] | None
    so: dict[str, Answer] | None
    """What may be so in the case that crosses it, of what its answers leave open."""


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


def proved(loaded: Loaded, wanted: Collection[str] | None) -> f.Report | None:
    """What can be proved of the protocols that could be loaded, of those wanted or of all; None where none could."""
    pack = loaded.pack
    if pack is None:
        return None
    every = wanted or protocol_ids(pack.files)
    there = [each for each in dict.fromkeys(every) if each in pack.protocols]
    left_out = [each for each in dict.fromkeys(every) if each not in pack.protocols]
    return verify(pack, there, whole=not wanted and not left_out, left_out=left_out)


class _Proof:
    def __init__(self, pack: Pack, budget: Budget) -> None:
        self.pack, self.budget = pack, budget
        self.held: dict[str, list[_Held]] = {}
        self.milder: list[Milder] = []
        self.compared: dict[str, None] = {}
        self.taken: set[tuple[Target, str | int]] = set()
        self.asked: set[str] = set()
        self.decisive: set[str] = set()
        self.stage = ""
        self.renew()

    def renew(self) -> None:
        """Start with an empty diagram."""
        self.tree = Tree(self.pack, Diagrams(self.budget.nodes, self.budget.looks))
        self.truth = Truth(self.tree.saying)
        self.used = False

    def report(self, protocols: tuple[str, ...], left_out: tuple[str, ...], *, whole: bool) -> f.Report:
        """Everything, about the cases that start in these protocols."""
        starts = tuple(self.start(each) for each in protocols)
        undecided = [each.protocol for each in starts if each.extent is None]
        whole = whole and not undecided
        found = [*self.crossings(), *self.reversals()]
        if whole:
            found += map(
                f.Finding, idle.lines(self.pack, frozenset(self.taken), lambda: shadowed(self.pack, protocols))
            )
            found += map(f.Finding, idle.questions(self.pack, self.asked, self.decisive))
        wrong = {each.question for each in self.milder}
        lines = tuple(self.lines(undecided, left_out))
        kept = tuple(each for each in self.compared if each not in wrong)
        return f.Report(starts, lines, kept, whole, tuple(found), left_out)

    def start(self, protocol: str) -> f.Start:
        """Look at the cases that start in a protocol."""
        for _ in range(1 + self.used):  # what other protocols took is not held against this one
            self.used = True
            try:
                return f.Start(protocol, self.looked(protocol))
            except (Spent, RecursionError):
                self.renew()
        return f.Start(protocol, None, self.stage)

    def looked(self, protocol: str) -> f.Extent:
        tree, space = self.tree, self.tree.space
        tree.diagrams.looks_left = self.budget.looks
        self.stage = "putting its steps together"
        cases = tree.cases(protocol)
        counts = space.counts(cases.ends)
        self.partition(cases)
        self.stage = "following its ways"
        followed = follow(tree, protocol, self.budget.boxes)
        self.stage = "holding red lines against its cases"
        extents = {}
        for leaf, count in counts.items():
            end = tree.diagrams.value[leaf]
            extents[end] = f.Extent(None if followed.ways is None else followed.ways[end], count)
        held = [self.hold(each, protocol, extents) for each in red_lines.held(tree, self.truth, protocol, cases)]
        self.stage = "comparing worse answers with milder ones"
        milder = list(worse.milder(tree, protocol))
        asked, decisive = idle.asked(tree, cases), idle.decisive(tree, protocol)
        # From here on nothing can be spent: what is kept is kept whole.
        for name, each in held:
            self.held.setdefault(name, []).append(each)
        self.milder += milder
        self.compared.update(dict.fromkeys(worse.compared(tree, protocol)))
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

    def hold(self, held: red_lines.Held, protocol: str, extents: dict[Ending, f.Extent]) -> tuple[str, _Held]:
        extent = sum((extents[each] for each in held.endings), f.NOTHING)
        answers = self.tree.space.smallest(held.crossed)
        given, so = self.pack.protocols[protocol].given, None
        if answers is not None:
            answers = {name: each for name, each in answers.items() if name not in given}
            so = self.truth.so(held.line.when, {**given, **answers}) if held.line.when else None
        return held.name, _Held(held.line, extent, held.spoken_of, protocol, answers, so)

    def lines(self, undecided: list[str], left_out: tuple[str, ...]) -> Iterator[f.Line]:
        """How each red line came out; where a protocol is not decided, none that may hold for it is proved."""
        passed = {place.protocol for each in undecided for place in reached(self.pack, begin(self.pack, each))}
        for owner, line in red_lines.lines(self.pack):
            name = red_lines.named(owner, line)
            every = self.held.get(name, [])
            open_ = owner in passed if owner else bool(undecided or left_out)
            status = f.UNDECIDED if open_ else f.PROVED
            if any(each.crossed is not None for each in every):
                status = f.BROKEN
            if every or open_:
                extent = sum((each.extent for each in every), f.NOTHING)
                yield f.Line(name, line.span, status, extent, any(each.spoken_of for each in every))

    def crossings(self) -> Iterator[f.Finding]:
        """Each red line that is crossed, with its smallest case."""
        for name, every in self.held.items():
            crossing = [each for each in every if each.crossed is not None]
            if crossing:
                least = min(crossing, key=lambda each: len(each.crossed or ()))
                case = red_lines.replayed(self.pack, least.protocol, least.crossed or {}, least.line)
                so = least.so or {}
                where = ", where " + " and ".join(f"`{each}` may be {shown(so[each])}" for each in so) if so else ""
                message = f"a case crosses the red line `{name}`: it may end {_wrong(case, least.line)}{where}"
                hint = "change what leads there, or what it ends with"
                example = _example(f"crosses {name}", case, least.crossed or {})
                yield f.Finding(Diagnostic("PB551", message, least.line.span, hint), (example,))

    def reversals(self) -> Iterator[f.Finding]:
        """Each question of which a worse answer leads to a lower level, with the smallest pair of cases."""
        by_question: dict[str, list[Milder]] = {}
        for each in self.milder:
            by_question.setdefault(each.question, []).append(each)
        for name, every in by_question.items():
            least = min(every, key=lambda each: len(each.mild))
            cases = worse.replayed(self.pack, least)
            levels = [each.outcome.level for each in cases]
            question = self.pack.questions[name]
            message = f"milder when worse: a worse answer to `{name}` leads from level {levels[0]} to level {levels[1]}"
            hint = f"change what it leads to, or what `{name}` says is `worse`"
            told = (("the milder answer", cases[0], least.mild), ("the worse answer", cases[1], least.worse))
            examples = tuple(_example(f"{name}, {words}", case, answers) for words, case, answers in told)
            yield f.Finding(Diagnostic("PB555", message, question.span, hint), examples)


def shown(answer: Answer) -> str:
    """An answer in a message."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if answer is None:
        return '"don\'t know"'
    if isinstance(answer, tuple):
        return " and ".join(f"`{each}`" for each in answer) or "none of its choices"
    return f"`{answer}`"


def _wrong(case: Decided, line: RedLine) -> str:
    """What a case may end with and should not, or may lack and should not."""
    perhaps = {*case.marks, *(mark for action, _ in case.actions for mark in action.marks)}
    parts = [
        (word, marks)
        for word, marks in (
            ("with", [each for each in line.never if each in perhaps]),
            ("without", [each for each in line.always if each not in case.marks]),
        )
        if marks
    ]
    return " and ".join(f"{word} {', '.join(f'`{each}`' for each in marks)}" for word, marks in parts)


def _example(name: str, case: Decided, answers: dict[str, Answer]) -> f.Example:
    return f.Example(name, case.protocol, answers, p.Target(case.outcome.protocol, case.outcome.id))
