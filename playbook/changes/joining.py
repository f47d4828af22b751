"""The cases of two versions as the cases of both: one answer to each question that either of them asks.

Answers lead to one case of the old version and to one of the new. Both together are a joint case, which says of each
question whether one of them asks it. Where both versions are the same node, they do the same, and nothing is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.record import Record
from playbook.regions.diagram import BOTTOM
from playbook.regions.tree import REFUSED

if TYPE_CHECKING:
    from collections.abc import Callable

    from playbook.changes.meaning import Meaning
    from playbook.protocol import Target
    from playbook.regions.diagram import Diagrams
    from playbook.regions.space import Axis


class Joint(Record):
    """Where a joint case leads in the old version and in the new one, and which questions only one of them asks.

    Where both lead to the same, neither is named: what is only asked otherwise is the same wherever it ends.
    """

    before: Meaning | Target | None = None
    after: Meaning | Target | None = None
    more: frozenset[str] = frozenset()
    """The questions that only the new version asks."""
    less: frozenset[str] = frozenset()
    """The questions that only the old version asks."""

    @property
    def refused(self) -> bool:
        """Whether one of the versions does not take one of the answers."""
        return REFUSED in (self.before, self.after)


SAME = Joint()


class Joining:
    """Joins diagrams of what cases come to; each pair of nodes once."""

    def __init__(self, diagrams: Diagrams, at: list[Axis]) -> None:
        """`at` are the axes that the levels belong to."""
        self.graph, self.at = diagrams, at
        self._joined: dict[tuple[int, int], int] = {}
        self._asking: dict[tuple[int, str, bool], int] = {}

    def joined(self, base: int, head: int) -> int:
        """The joint cases, with a Joint for leaves; False for answers that are none."""
        if 0 in (base, head):
            return 0
        key = (base, head)
        if key not in self._joined:
            self.graph.look()
            self._joined[key] = self.graph.mapped(_same, base) if base == head else self._together(base, head)
        return self._joined[key]

    def _together(self, base: int, head: int) -> int:
        graph = self.graph
        top = min(graph.level[base], graph.level[head])
        if top == BOTTOM:
            return graph.leaf(Joint(graph.value[base], graph.value[head]))
        axis = self.at[top]
        if axis.level != top:
            before, after = self._kids(base, top, (base, base)), self._kids(head, top, (head, head))
            return graph.node(top, [self.joined(before[at], after[at]) for at in (0, 1)])
        nothing = (0,) * (axis.width - 1)
        before, after = self._kids(base, top, (base, *nothing)), self._kids(head, top, (head, *nothing))
        name, kids = axis.question.id, [self.joined(before[0], after[0])]
        for at in range(1, axis.width):
            found = self.joined(before[at], after[at])
            found = graph.union(found, self._asked(self.joined(before[0], after[at]), name, more=True))
            kids.append(graph.union(found, self._asked(self.joined(before[at], after[0]), name, more=False)))
        return graph.node(top, kids)

    def _kids(self, node: int, level: int, others: tuple[int, ...]) -> tuple[int, ...]:
        """The children of a node at a level; `others` where it does not look at it: there it is not asked."""
        return self.graph.kids[node] if self.graph.level[node] == level else others

    def _asked(self, function: int, name: str, *, more: bool) -> int:
        """Joint cases in which only one version asks a question."""
        if not function:
            return 0
        key = (function, name, more)
        if key not in self._asking:
            self._asking[key] = self.graph.mapped(_asking(name, more=more), function)
        return self._asking[key]


def _same(end: object) -> object:
    return Joint(REFUSED, REFUSED) if end == REFUSED else end and SAME


def _asking(name: str, *, more: bool) -> Callable[[object], object]:
    def asked(joint: object) -> object:
        if not isinstance(joint, Joint):
            return joint
        if more:
            return joint._replace(more=joint.more | {name})
        return joint._replace(less=joint.less | {name})

    return asked
