"""Draws a graph: as a tree for the terminal, as Mermaid, as DOT.

Labels are other people's words. In Mermaid and DOT whatever could be read as syntax or markup is written so that it
means itself; a tree's lines are made safe for the terminal by whoever prints them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic
from playbook.graph import ASK, CHECK, FIRST, OUTCOME, PROTOCOL
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.graph import Edge, Graph, Node, Say

MOST_CHARACTERS, MOST_EDGES = 50_000, 500
"""Beyond either, GitHub and other viewers show an error in place of a Mermaid drawing."""
STRONG = "strong"
DEEPEST = 7
"""Steps drawn inside one another; what comes below starts a tree of its own, so that lines stay readable."""
NARROWEST = 24
"""Columns that a text keeps however deep it stands."""

_PLAIN = frozenset(" .,:;!?¡¿()/='+-«»–—·…“”’")
_SHAPES = {FIRST: ("{", "}"), ASK: ("(", ")"), CHECK: ("{", "}"), OUTCOME: ("([", "])"), PROTOCOL: ("[[", "]]")}
_DOT_SHAPES = {
    FIRST: "shape=diamond",
    ASK: 'shape=box, style="rounded,filled"',
    CHECK: "shape=diamond",
    OUTCOME: 'shape=box, style="filled"',
    PROTOCOL: 'shape=box, style="filled", peripheries=2',
}
_FILLS = (("#dbe9ff", "#3567a8"), ("#dcf3dc", "#2f7d3b"), ("#ffefc2", "#a86f00"), ("#ffd9d6", "#b3261e"))
"""Background and border by level; the text on them is black, and the level is also written out."""
_ACROSS = 30
"""Characters in a line of a DOT label."""


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
        return f"● {_titled(node, self.say)}"


def _titled(node: Node, say: Say) -> str:
    return node.label if node.level is None else f"{node.label} ({say(f'level_{node.level}')})"


def _numbered(edges: list[Edge], kind: str) -> Iterator[tuple[Edge, str]]:
    """Each edge with its label; those of a check have their number, because the first that is true decides."""
    for number, edge in enumerate(edges, 1):
        counted = kind in {CHECK, FIRST} and len(edges) > 1
        yield edge, f"{number} · {edge.label}" if counted else edge.label


# --- Mermaid ----------------------------------------------------------------------------------------


def mermaid(graph: Graph, say: Say) -> str:
    """The graph as a Mermaid flowchart. See `too_large` for what viewers make of it."""
    kinds = {node.id: node.kind for node in graph.nodes}
    lines = ["flowchart TD"]
    for node in graph.nodes:
        opening, closing = _SHAPES[node.kind]
        level = "" if node.level is None else f":::level{node.level}"
        lines.append(f'  {node_name(node.id)}{opening}"{quoted(_titled(node, say))}"{closing}{level}')
    for source, edges in merged(graph).items():
        for edge, label in _numbered(edges, kinds[source]):
            arrow = f'-->|"{quoted(label)}"|' if label else "-->"
            lines.append(f"  {node_name(source)} {arrow} {node_name(edge.target)}")
    for grade in sorted({node.level for node in graph.nodes if node.level is not None}):
        fill, border = _FILLS[grade]
        lines.append(f"  classDef level{grade} fill:{fill},stroke:{border},color:#000")
    return "\n".join(lines) + "\n"


def too_large(graph: Graph, text: str) -> list[Diagnostic]:
    """A warning (PB420) where viewers will refuse a Mermaid drawing: `text`, of `graph`."""
    edges = sum(len(each) for each in merged(graph).values())
    if edges <= MOST_EDGES and len(text) <= MOST_CHARACTERS:
        return []
    size = f"{edges:,} edges and {len(text):,} characters"
    message = f"this drawing has {size}; most viewers stop at {MOST_EDGES:,} edges or {MOST_CHARACTERS:,} characters"
    return [Diagnostic("PB420", message, hint="`--format dot` has no such limit", severity=WARNING)]


def node_name(node: str) -> str:
    """A node's name in Mermaid. It begins with its kind, because a step called `end` would be a word of Mermaid."""
    return node.replace(":", "_")


def quoted(text: str) -> str:
    """A label as it stands between Mermaid's quotes: all but letters, digits and plain punctuation becomes `#code;`.

    Mermaid reads labels as Markdown, and refuses those that look like a list: so the marks that make one are coded in
    the first word.
    """
    first = len(text.split(" ", 1)[0])
    coded = "".join(
        each if each.isalnum() or (each in _PLAIN and (at >= first or each not in ".)-+=")) else f"#{ord(each)};"
        for at, each in enumerate(text)
    )
    return coded or " "  # an empty label would break the drawing


# --- DOT --------------------------------------------------------------------------------------------


def dot(graph: Graph, say: Say) -> str:
    """The graph in Graphviz's language."""
    kinds = {node.id: node.kind for node in graph.nodes}
    lines = [
        f"digraph {_string(graph.name or 'pack')} {{",
        f"  graph [label={_string(graph.title)}, labelloc=t, fontname=sans]",
        '  node [fontname=sans, style=filled, fillcolor="#ffffff"]',
        "  edge [fontname=sans, fontsize=11]",
    ]
    for node in graph.nodes:
        fill, line = ("#ffffff", "#000000") if node.level is None else _FILLS[node.level]
        label = _string(_titled(node, say), _ACROSS)
        lines.append(
            f'  {_string(node.id)} [label={label}, {_DOT_SHAPES[node.kind]}, fillcolor="{fill}", color="{line}"]'
        )
    for source, edges in merged(graph).items():
        for edge, label in _numbered(edges, kinds[source]):
            lines.append(f"  {_string(source)} -> {_string(edge.target)} [label={_string(label, _ACROSS)}]")
    return "\n".join([*lines, "}"]) + "\n"


def _string(text: str, across: int = 0) -> str:
    """A string of DOT, folded at `across` characters: quotes, escapes and HTML codes in it mean themselves."""
    import textwrap

    rows = textwrap.wrap(text, across) if across else [text]
    return '"' + "\\n".join(row.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;") for row in rows) + '"'
