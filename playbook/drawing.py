"""Draws a graph as a tree for the terminal. Labels are other people's words: whoever prints the lines makes them safe.

Pictures of it (Mermaid, DOT and what Graphviz makes of that) are drawn in `pictures/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.graph import ASK, FIRST, OUTCOME, PROTOCOL
from playbook.record import Record

if TYPE_CHECKING:
    from playbook.graph import Edge, Graph, Node, Say

STRONG = "strong"
DEEPEST = 7
"""Steps drawn inside one another; what comes below starts a tree of its own, so that lines stay readable."""
NARROWEST = 24
"""Columns that a text keeps however deep it stands."""


class Piece(Record):
    """A line for the terminal: `lead` as it is, then `text` in `style` (empty, `strong`, or `level0` to `level3`)."""

    lead: str
    text: str = ""
    style: str = ""


def fold(head: str, inner: str, text: str, style: str, width: int | None) -> list[Piece]:
    """`text` as lines behind `head`, the later ones behind `inner`: one line without a `width`."""
    if width is None:
        return [Piece(head, text, style)]
    import textwrap

    rows = textwrap.wrap(text, max(width - len(head), NARROWEST), break_on_hyphens=False) or [""]
    return [Piece(inner if at else head, row, style) for at, row in enumerate(rows)]


def merged(graph: Graph) -> dict[str, list[Edge]]:
    """The edges by the node they leave, those to the same place joined.

    Of a check only neighbours are joined, because its lines have an order.
    """
    kinds = {node.id: node.kind for node in graph.nodes}
    found: dict[str, list[Edge]] = {}
    for source, edges in graph.leaving.items():
        kept: list[Edge] = []
        for edge in edges:
            among = range(len(kept)) if kinds[source] == ASK else range(len(kept))[-1:]
            same = next((at for at in among if kept[at].into == edge.into), None)
            if same is None:
                kept.append(edge)
            else:
                kept[same] = kept[same]._replace(label=f"{kept[same].label} / {edge.label}")
        found[source] = kept
    return found


# --- the terminal's tree ----------------------------------------------------------------------------


def tree(graph: Graph, say: Say, width: int | None = None) -> list[Piece]:
    """A protocol as lines for the terminal, folded at `width` columns (not at all without one).

    A step that several lead to is drawn once, marked `[its id]`, and named by that mark elsewhere.
    """
    return _Tree(graph, say, width).lines()


class _Tree:
    """A tree being drawn, in parts: from the start, what is drawn apart, what only other protocols lead to."""

    def __init__(self, graph: Graph, say: Say, width: int | None) -> None:
        self.nodes = {node.id: node for node in graph.nodes}
        self.leaving = merged(graph)
        self.say, self.width = say, width
        led = [edge.target for edges in self.leaving.values() for edge in edges]
        self.entered = frozenset(led)
        self.marked = {each for each in self.entered if led.count(each) > 1}
        self.seen: set[str] = set()
        self.apart: list[str] = []
        self.found: list[Piece] = fold("", "", f"{graph.title} · {graph.name} {graph.version}", STRONG, width)

    def lines(self) -> list[Piece]:
        for node in self.nodes.values():
            if node.kind == PROTOCOL or node.id in self.seen or node.id in self.entered:
                continue
            self.seen.add(node.id)
            self.apart.append(node.id)
            while self.apart:
                self.part(self.apart.pop(0))
        return self.found

    def part(self, root: str) -> None:
        self.found.append(Piece(""))
        node = self.nodes[root]
        if node.kind == OUTCOME:
            self.fold("", "", self.named(node), f"level{node.level}")
        else:
            self.step(node, "", 1)

    def step(self, node: Node, guides: str, depth: int) -> None:
        """A step and all below it."""
        mark = f"  [{node.name}]" if node.id in self.marked else ""
        self.fold(guides, guides, node.label + mark, STRONG)
        edges = self.leaving[node.id]
        for edge in edges:
            last = edge is edges[-1]
            self.branch(edge, guides + ("└─ " if last else "├─ "), guides + ("   " if last else "│  "), depth)

    def branch(self, edge: Edge, head: str, inner: str, depth: int) -> None:
        node = self.nodes[edge.target]
        if node.kind == OUTCOME:
            self.seen.add(node.id)
            self.ending(edge, head, inner, self.named(node), f"level{node.level}")
        elif node.kind == PROTOCOL:
            self.ending(edge, head, inner, f"{node.label} ({edge.into})")
        elif node.id not in self.seen and depth < DEEPEST and edge.source != FIRST:
            self.seen.add(node.id)
            self.fold(head, inner, edge.label)
            self.step(node, inner, depth + 1)
        else:
            if node.id not in self.seen:
                self.seen.add(node.id)
                self.marked.add(node.id)
                self.apart.append(node.id)
            self.ending(edge, head, inner, f"[{node.name}]")

    def ending(self, edge: Edge, head: str, inner: str, text: str, style: str = "") -> None:
        """A branch that goes no deeper: on one line if that is wide enough."""
        lead = f"{head}{edge.label} → "
        if self.width is None or len(lead) + len(text) <= self.width:
            self.found.append(Piece(lead, text, style))
        else:
            self.fold(head, inner, edge.label)
            self.fold(f"{inner}→ ", f"{inner}  ", text, style)

    def fold(self, head: str, inner: str, text: str, style: str = "") -> None:
        self.found += fold(head, inner, text, style, self.width)

    def named(self, node: Node) -> str:
        return f"● {titled(node, self.say)}"


def titled(node: Node, say: Say) -> str:
    """A node's label, with the level of an outcome in words."""
    return node.label if node.level is None else f"{node.label} ({say(f'level_{node.level}')})"
