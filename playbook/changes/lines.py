"""Red lines held against both versions: which are newly broken, which newly proved, which were taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.proofs import red_lines
from playbook.record import Record
from playbook.regions.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.protocol import Answer
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


def turned(trees: tuple[Tree, Tree], protocols: tuple[str, str]) -> Iterator[Turned]:
    """The red lines of the cases that start in a protocol (by its name then and now) that came out otherwise."""
    before, after = (dict(_crossed(*each)) for each in zip(trees, protocols, strict=True))
    old_lines, new_lines = ({red_lines.named(*each) for each in red_lines.lines(tree.pack)} for tree in trees)
    for name, case in after.items():
        was = before.get(name)
        new = name not in old_lines
        if case is not None and (new or was is None):
            yield Turned(name, BROKEN, case, new)
        elif case is None and (new or was is not None):
            yield Turned(name, PROVED, None, new)
    for name in before:
        if name not in new_lines:
            yield Turned(name, DROPPED, None, new=False)


def _crossed(tree: Tree, protocol: str) -> Iterator[tuple[str, dict[str, Answer] | None]]:
    """Each red line that holds for a protocol, with the smallest case that crosses it."""
    given = tree.pack.protocols[protocol].given
    for each in red_lines.held(tree, Truth(tree.saying), protocol, tree.cases(protocol)):
        case = tree.space.smallest(each.crossed)
        if case is not None:
            case = {name: answer for name, answer in case.items() if name not in given}
            red_lines.replayed(tree.pack, protocol, case, each.line)
        yield each.name, case
