"""What changed of a protocol's drawing, with the steps beside it, as Mermaid: dashed where a line is no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import graph as g
from playbook.pictures.mermaid import mermaid, node_name, quoted
from playbook.pictures.picture import plain
from playbook.words import words

if TYPE_CHECKING:
    from playbook.graph import Edge, Graph, Node
    from playbook.protocol import Pack

MOST = 60
"""How many edges are drawn: more cannot be read."""


def drawn(base: Pack, head: Pack, old: str, new: str, locale: str) -> str:
    """The changed part of a protocol; empty where no line and no outcome is another, or too many are."""
    say = words(locale if locale in ("es", "en") else "en")
    before, after = g.of(base, old, locale, say), g.of(head, new, locale, say)
    was, now = _edges(before), _edges(after)
    gone = [edge for key, edge in was.items() if key not in now]
    come = [edge for key, edge in now.items() if key not in was]
    nodes, olds = ({each.id: each for each in graph.nodes} for graph in (after, before))
    changed = {each.source for each in (*gone, *come)} | {
        name for name, each in nodes.items() if each.kind == g.OUTCOME and _other(each, olds.get(name))
    }
    near = [edge for edge in after.edges if edge.source in changed or edge.target in changed]
    if not changed or len(near) + len(gone) > MOST:
        return ""
    shown = {name for edge in (*near, *gone) for name in (edge.source, edge.target)} | (changed & nodes.keys())
    kept = tuple(each for each in (*after.nodes, *_missing(before, nodes)) if each.id in shown)
    part = after._replace(nodes=kept, edges=tuple(near))
    lines = [mermaid(plain(part, say)).rstrip("\n")]
    lines += [_dashed(each) for each in gone]
    lines += [f"  style {node_name(each)} stroke-width:4px" for each in sorted(changed & shown)]
    return "\n".join(lines) + "\n"


def _edges(graph: Graph) -> dict[tuple[str, str, str], Edge]:
    """Edges by what they are, whatever the order of their lines."""
    return {(edge.source, edge.when or edge.answer or edge.label, edge.target): edge for edge in graph.edges}


def _other(now: Node, was: Node | None) -> bool:
    """Whether an outcome is new, or of another level."""
    return was is None or now.level != was.level


def _missing(before: Graph, nodes: dict[str, Node]) -> list[Node]:
    return [each for each in before.nodes if each.id not in nodes]


def _dashed(edge: Edge) -> str:
    label = f'|"before: {quoted(edge.label)}"|' if edge.label else ""
    return f"  {node_name(edge.source)} -.->{label} {node_name(edge.target)}"
