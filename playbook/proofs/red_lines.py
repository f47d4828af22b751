"""Red lines held against every case at once: proved, or broken by the smallest case that crosses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import redlines
from playbook.engine import Decided, walk
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playbook.protocol import Action, Answer, Outcome, Pack, RedLine
    from playbook.regions.saying import Pair
    from playbook.regions.tree import Cases, Ending, Tree
    from playbook.regions.truth import Truth


class Held(Record):
    """A red line held against the cases that start in one protocol."""

    line: RedLine
    owner: str
    """The protocol that has the line; empty for one of playbook.yaml."""
    endings: frozenset[Ending]
    """Where the cases end that it holds for."""
    spoken_of: bool
    """Whether there is a case that it may speak of."""
    crossed: int
    """The cases that cross it, as a set of answers."""

    @property
    def name(self) -> str:
        """The line's name, with its protocol's before it."""
        return named(self.owner, self.line)


class Marks:
    """The marks that cases end with, as sets of answers."""

    def __init__(self, tree: Tree) -> None:
        """Look at nothing yet."""
        self.tree = tree
        self.graph = tree.diagrams

    def wrong(self, line: RedLine, outcome: Outcome) -> int:
        """The cases of an outcome whose marks the line forbids, were it to speak of them."""
        found, beside = 0, 1
        for mark in line.never:
            found = self.graph.either(found, self.possible(mark, outcome))
        for mark in line.always:
            found = self.graph.either(found, self.graph.mapped(_not, self.sure(mark, outcome)))
        for mark in line.beside:
            beside = self.graph.both(beside, self.possible(mark, outcome))
        return self.graph.both(beside, found)

    def possible(self, mark: str, outcome: Outcome) -> int:
        """The cases that may end with a mark: an action that is not decided counts."""
        return self._marked(mark, outcome, undecided=True)

    def sure(self, mark: str, outcome: Outcome) -> int:
        """The cases that end with a mark for sure."""
        return self._marked(mark, outcome, undecided=False)

    def _marked(self, mark: str, outcome: Outcome, *, undecided: bool) -> int:
        found = int(mark in outcome.marks)
        for action in _actions(self.tree.pack, outcome):
            if mark in action.marks:
                found = self.graph.either(found, self._applies(action, undecided=undecided))
        return found

    def _applies(self, action: Action, *, undecided: bool) -> int:
        if action.when is None:
            return 1
        return self.graph.mapped(_not_false if undecided else _true, self.tree.saying.condition(action.when))


def _actions(pack: Pack, outcome: Outcome) -> Iterator[Action]:
    """All actions that a case with this outcome may have."""
    own = pack.protocols[outcome.protocol]
    yield from pack.actions
    for name in own.use:
        yield from pack.shared[name].actions
    yield from own.actions
    yield from outcome.actions


def held(
    tree: Tree, truth: Truth, protocol: str, cases: Cases, passed: Callable[[int, int], object] | None = None
) -> Iterator[Held]:
    """Every red line that holds for cases that start in a protocol, held against all of them.

    `passed` is told before each how many were held, of how many.
    """
    graph, marks = tree.diagrams, Marks(tree)
    every = [(owner, line, _ends(tree, protocol, cases, (owner, line))) for owner, line in lines(tree.pack)]
    holding = [each for each in every if each[2]]
    for done, (owner, line, holds) in enumerate(holding):
        if passed:
            passed(done, len(holding))
        spoken = 1 if line.when is None else graph.fixed(truth.may_hold(line.when), cases.fixed)
        crossed, seen = 0, 0
        for end, leaf in holds.items():
            outcome = tree.pack.places[end.outcome]
            there = graph.both(graph.where(cases.ends, leaf), spoken)
            seen = graph.either(seen, there)
            wrong = graph.fixed(marks.wrong(line, outcome), cases.fixed)  # type: ignore[arg-type]
            crossed = graph.either(crossed, graph.both(there, wrong))
        yield Held(line, owner, frozenset(holds), seen != 0, crossed)


def crossed(tree: Tree, truth: Truth, protocol: str, cases: Cases, owned: tuple[str, RedLine]) -> int:
    """The cases that cross one red line; less is looked at than where it is told as well whom it speaks of."""
    graph, marks, line, found = tree.diagrams, Marks(tree), owned[1], 0
    for end, leaf in _ends(tree, protocol, cases, owned).items():
        wrong = marks.wrong(line, tree.pack.places[end.outcome])  # type: ignore[arg-type] # cases end in outcomes
        if wrong:
            wrong = graph.fixed(wrong, cases.fixed)
            found = graph.either(found, graph.both(graph.where(cases.ends, leaf), wrong))
    if not found or line.when is None:
        return found
    return graph.both(found, graph.fixed(truth.may_hold(line.when), cases.fixed))


def _ends(tree: Tree, protocol: str, cases: Cases, owned: tuple[str, RedLine]) -> dict[Ending, int]:
    """Where the cases end that a line of a protocol holds for, each with its leaf."""
    graph, (owner, line) = tree.diagrams, owned
    ends: dict[Ending, int] = {graph.value[leaf]: leaf for leaf in graph.leaves(cases.ends) if leaf}
    return {end: leaf for end, leaf in ends.items() if _applies(line, owner, protocol, end)}


def named(owner: str, line: RedLine) -> str:
    """A line's name, with its protocol's before it."""
    return f"{owner}.{line.id}" if owner else line.id


def lines(pack: Pack) -> Iterator[tuple[str, RedLine]]:
    """Every red line of a pack, with the protocol that has it; empty for those of playbook.yaml."""
    for line in pack.red_lines.values():
        yield "", line
    for own in pack.protocols.values():
        for line in own.red_lines.values():
            yield own.id, line


def _applies(line: RedLine, owner: str, start: str, end: Ending) -> bool:
    """Whether a line holds for cases that start in a protocol and end so."""
    if owner:
        return owner in end.through
    return not {start, end.outcome.protocol} <= line.exceptions.keys()


def replayed(pack: Pack, protocol: str, answers: dict[str, Answer], line: RedLine) -> Decided:
    """The case that crosses a line, walked by the engine, which must see it too."""
    case = walk(pack, protocol, answers)
    if not isinstance(case, Decided) or line not in redlines.crossed(case):  # pragma: no cover - a fault of ours
        message = f"the engine does not follow: {protocol}, {line.id}, {answers}"
        raise AssertionError(message)
    return case


def _not(verdict: bool) -> bool:  # noqa: FBT001 - a leaf
    return not verdict


def _true(pair: Pair) -> bool:
    return pair[0] is True


def _not_false(pair: Pair) -> bool:
    return pair[1] is not True
