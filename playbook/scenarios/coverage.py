"""What scenarios come through: the lines of steps, the outcomes, the red lines, both sides of every number.

Nothing is estimated. A line is covered where a case is led along it, an outcome where a case ends in it, a red line
where it speaks of a case for sure, a side of a number where a condition is tried with the number next to its edge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.engine import Decided
from playbook.record import Record
from playbook.redlines import lines
from playbook.scenarios.boundaries import Boundaries, conditioned
from playbook.scenarios.turning import is_entry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from playbook.conditions.condition import Condition
    from playbook.diagnostics import Span
    from playbook.engine import Pending
    from playbook.protocol import Pack, Passed, Protocol
    from playbook.scenarios.boundaries import Comparison
    from playbook.scenarios.cases import Ran

LINES, OUTCOMES, RED_LINES, BOUNDARIES = "branches", "outcomes", "red lines", "boundaries"
KINDS = (LINES, OUTCOMES, RED_LINES, BOUNDARIES)
ALL = 100


class Item(Record):
    """Something that a scenario may come through: its kind, where it stands, and what it is; `key` tells it apart."""

    kind: str
    span: Span
    what: str
    key: tuple[object, ...]


class Coverage(Record):
    """All that there is to come through, and what of it no scenario comes through; in the order of the files."""

    items: tuple[Item, ...]
    missing: tuple[Item, ...]

    def of(self, kind: str) -> Coverage:
        """That of one kind."""
        return Coverage(
            tuple(each for each in self.items if each.kind == kind),
            tuple(each for each in self.missing if each.kind == kind),
        )

    @property
    def covered(self) -> int:
        """How many scenarios come through."""
        return len(self.items) - len(self.missing)

    @property
    def percent(self) -> int:
        """How much that is, rounded down: 100 is all. Of nothing, it is all."""
        return ALL * self.covered // len(self.items) if self.items else ALL


class Ground:
    """Everything in some protocols of a pack that scenarios may come through.

    What stands in `playbook.yaml` is part of it where these are all protocols: others may be what it is for.
    """

    def __init__(self, pack: Pack, protocols: Collection[str]) -> None:
        """List it."""
        self.pack, self.boundaries = pack, Boundaries(pack)
        self.whole = {*protocols} == {*pack.protocols}
        self.tried: list[tuple[Condition, Span]] = []
        """Every condition that a case may come to, with its place."""
        found: dict[tuple[object, ...], Item] = {}
        for each in self._all([own for own in pack.protocols.values() if own.id in protocols]):
            found.setdefault(each.key, each)
        self.items = tuple(sorted(found.values(), key=lambda each: (each.span, KINDS.index(each.kind), each.what)))

    def covered(self, ran: Iterable[Pending | Decided]) -> Coverage:
        """What these cases come through, and what they leave out."""
        taken = {key for case in ran for key in self.touched(case)}
        return Coverage(self.items, tuple(each for each in self.items if each.key not in taken))

    def touched(self, case: Pending | Decided) -> Iterator[tuple[object, ...]]:
        """The keys of everything that a case comes through."""
        for passed in case.path:
            yield _key(case.pack, passed)
        if isinstance(case, Decided):
            yield (OUTCOMES, p.Target(case.outcome.protocol, case.outcome.id))
            marks = frozenset(case.marks)
            for line in lines(case):
                if marks.issuperset(line.beside) and (line.when is None or line.when.is_true(dict(case.env)) is True):
                    yield (RED_LINES, line.span)
        for comparison, value in self.boundaries.tried(case):
            yield _side(comparison, value)

    def _all(self, protocols: list[Protocol]) -> Iterator[Item]:
        for protocol in protocols:
            yield from _lines(protocol)
            for outcome in protocol.outcomes.values():
                place = p.Target(protocol.id, outcome.id)
                yield Item(OUTCOMES, outcome.span, f"the outcome `{place}`", (OUTCOMES, place))
        every = [*(self.pack.red_lines.values() if self.whole else ())]
        for protocol in protocols:
            every += protocol.red_lines.values()
        for line in every:
            yield Item(RED_LINES, line.span, f"the red line `{line.id}`", (RED_LINES, line.span))
        yield from self._sides(protocols)

    def _sides(self, protocols: list[Protocol]) -> Iterator[Item]:
        tried = [*conditioned((*self.pack.actions, *self.pack.avoid, *self.pack.red_lines.values()))]
        tried = tried if self.whole else []
        for own in protocols:
            steps = (*((own.entry,) if own.entry else ()), *own.steps.values())
            tried += conditioned(line for step in steps if isinstance(step, p.Check) for line in step.lines)
            tried += conditioned(own.red_lines.values())
            levels: list[p.Shared | Protocol | p.Outcome] = [self.pack.shared[name] for name in own.use]
            for level in (*levels, own, *own.outcomes.values()):
                tried += conditioned((*level.actions, *level.avoid))
        self.tried = tried
        for each in self.comparisons:
            for value in each.sides:
                what = f"`{each.question}` {value}, at the edge of `{each.text}`"
                yield Item(BOUNDARIES, each.span, what, _side(each, value))

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Every number that a condition compares with."""
        return tuple(each for when, span in self.tried for each in self.boundaries.of(when, span))


def _side(comparison: Comparison, value: int) -> tuple[object, ...]:
    return (BOUNDARIES, comparison.span, comparison.question, comparison.text, value)


def _key(pack: Pack, passed: Passed) -> tuple[object, ...]:
    name = "" if is_entry(pack, passed) else passed.step.id
    return (LINES, p.Target(passed.protocol, name), passed.taken)


def _lines(protocol: Protocol) -> Iterator[Item]:
    """Every line that a step may be left by, those of the first lines too."""
    if protocol.entry:
        place = p.Target(protocol.id, "")
        for number, line in enumerate(protocol.entry.lines):
            what = f"first line {number + 1} of `{protocol.id}`"
            yield Item(LINES, line.span, what, (LINES, place, number))
    for step in protocol.steps.values():
        place = p.Target(protocol.id, step.id)
        if isinstance(step, p.Check):
            for number, line in enumerate(step.lines):
                yield Item(LINES, line.span, f"line {number + 1} of `{place}`", (LINES, place, number))
        else:
            for answer, edge in ({"": step.always} if step.always else step.edges).items():
                yield Item(LINES, edge.span, f"`{answer or 'any answer'}` of `{place}`", (LINES, place, answer))


def unused(pack: Pack, ran: Iterable[Ran]) -> tuple[str, ...]:
    """Lines of steps and outcomes that no scenario came through, as `file:line: what`."""
    missing = Ground(pack, pack.protocols).covered(each.state for each in ran).missing
    found = sorted((each.span, each.what) for each in missing if each.kind in (LINES, OUTCOMES))
    return tuple(f"{span.file}:{span.line}: {what}" for span, what in found)
