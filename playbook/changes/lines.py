"""Red lines held against both versions: which are newly broken, which newly proved, which were taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.proofs import red_lines
from playbook.record import Record
from playbook.regions.tree import begin, reached
from playbook.regions.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.protocol import Answer, RedLine
    from playbook.regions.tree import Tree

BROKEN, PROVED, DROPPED = "broken", "proved", "dropped"


class Turned(Record):
    """A red line that came out otherwise: newly broken, newly proved, or no longer there."""

    name: str
    status: str
    case: dict[str, Answer] | None
    """The smallest case that crosses it, where it is broken."""
    new: bool
    """Whether the old version had no such line."""


def turned(trees: tuple[Tree, Tree], protocols: tuple[str, str], unlike: int | None = None) -> Iterator[Turned]:
    """The red lines of the cases that start in a protocol (by its name then and now) that came out otherwise.

    `unlike` are the answers for which the versions differ: a line that says what it said can only have turned there.
    Without it both versions have a space of their own, and all of it is looked at.
    """
    holdings = [_Holding(tree, protocol) for tree, protocol in zip(trees, protocols, strict=True)]
    before, after = (each.lines for each in holdings)
    for name, line in after.items():
        old = before.get(name)
        if old is not None and unlike is not None and _alike(trees, old, line):
            there = [each.crossed(name, unlike) for each in holdings]
            if there == [None, None]:
                continue
        was, case = (each.crossed(name) for each in holdings)
        if case is not None and (old is None or was is None):
            yield Turned(name, BROKEN, case, old is None)
        elif case is None and (old is None or was is not None):
            yield Turned(name, PROVED, None, old is None)
    for name in before:
        if name not in after:
            yield Turned(name, DROPPED, None, new=False)


def _alike(trees: tuple[Tree, Tree], before: RedLine, after: RedLine) -> bool:
    """Whether a line says in both versions what it says in the other."""
    if (before.beside, before.never, before.always) != (after.beside, after.never, after.always):
        return False
    if before.exceptions.keys() != after.exceptions.keys() or (before.when is None) != (after.when is None):
        return False
    return (
        before.when is None
        or after.when is None
        or (trees[0].saying.condition(before.when) == trees[1].saying.condition(after.when))
    )


class _Holding:
    """The red lines of one version, held against the cases that start in a protocol."""

    def __init__(self, tree: Tree, protocol: str) -> None:
        self.tree, self.protocol = tree, protocol
        self.truth, self.cases = Truth(tree.saying), tree.cases(protocol)
        passed = {place.protocol for place in reached(tree.pack, begin(tree.pack, protocol))}
        self.owned = {
            red_lines.named(owner, line): (owner, line)
            for owner, line in red_lines.lines(tree.pack)
            if not owner or owner in passed
        }
        self.lines = {name: line for name, (_, line) in self.owned.items()}

    def crossed(self, name: str, within: int | None = None) -> dict[str, Answer] | None:
        """The smallest case that crosses a line, of all or of some; None where there is none, or no such line."""
        if name not in self.owned:
            return None
        cases = self.cases
        if within is not None:
            cases = cases._replace(ends=self.tree.diagrams.within(within, cases.ends))
        owned = self.owned[name]
        crossed = red_lines.crossed(self.tree, self.truth, self.protocol, cases, owned)
        case = self.tree.space.smallest(crossed)
        if case is None:
            return None
        given = self.tree.pack.protocols[self.protocol].given
        case = {key: answer for key, answer in case.items() if key not in given}
        red_lines.replayed(self.tree.pack, self.protocol, case, owned[1])
        return case
