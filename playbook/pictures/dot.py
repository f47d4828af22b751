"""DOT: the language of Graphviz, which makes SVG and PNG of it.

Labels are other people's words: strings in which quotes, escapes and HTML codes mean themselves, never HTML, and no
attribute that could open a file or a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.graph import ASK, CHECK, FIRST, OUTCOME, PROTOCOL
from playbook.pictures.looks import ALARM, FAINT, FILLS, INK, TAKEN
from playbook.pictures.picture import RED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.pictures.picture import Arrow, Box, Picture

FONT = "Helvetica,Arial,sans-serif"
_SMALL = 10
_HEAD = (
    f'  graph [labelloc=t, fontsize=20, fontcolor="{INK}", ranksep=0.55, nodesep=0.3, pad=0.25]',
    f'  node [fontsize=13, fontcolor="#000000", color="{INK}", fillcolor="#ffffff", style=filled, margin="0.16,0.09"]',
    f'  edge [fontsize=11, fontcolor="{INK}", color="{INK}", arrowsize=0.7]',
)
_SHAPES = {
    FIRST: f'shape=hexagon, margin="0,0.02", fontsize={_SMALL + 1}',
    ASK: 'shape=box, style="rounded,filled"',
    CHECK: f'shape=hexagon, margin="0,0.02", fontsize={_SMALL + 1}, fillcolor="#f6f8fa"',
    OUTCOME: "shape=box",
    PROTOCOL: 'shape=box, peripheries=2, fillcolor="#f6f8fa"',
}
_ACROSS, _ALONG = 28, 24
"""Characters in a line of a box's label, and of an arrow's."""


def dot(picture: Picture) -> str:
    """The picture in Graphviz's language."""
    framed = {name for name, _ in picture.frames}
    lines = [f"digraph {_string(picture.name or 'pack')} {{", *_HEAD]
    lines.append(f"  graph [label={_string(picture.title)}{'' if picture.name or framed else ', rankdir=LR'}]")
    lines += [f'  {kind} [fontname="{FONT}"]' for kind in ("graph", "node", "edge")]
    for name, title in picture.frames:
        lines += [
            f'  subgraph "cluster_{name}" {{',
            f'    graph [label={_string(title)}, fontsize=14, color="{FAINT}"]',
        ]
        lines += [f"  {_box(each)}" for each in picture.boxes if each.protocol == name]
        lines.append("  }")
    lines += [_box(each) for each in picture.boxes if each.protocol not in framed]
    lines += [_arrow(each, picture) for each in picture.arrows]
    lines += _legend(picture)
    return "\n".join([*lines, "}"]) + "\n"


def _box(box: Box) -> str:
    fill, line = ("", "") if box.level is None else FILLS[box.level]
    style = f', fillcolor="{fill}", color="{line}"' if fill else ""
    if box.missed:
        style = f', style="filled,dashed", fillcolor="#ffffff", color="{FAINT}"'
    red = f"{RED}{', '.join(map(str, box.red))}" if box.red else ""
    label = _string(box.label, _ACROSS, red)
    return f"  {_string(box.id)} [label={label}, {_SHAPES[box.kind]}{style}]"


def _arrow(arrow: Arrow, picture: Picture) -> str:
    style = ""
    if picture.covered:
        style = f', style=dashed, color="{FAINT}"' if arrow.missed else f', color="{TAKEN}", penwidth=1.6'
    label = f"label={_string(arrow.text, _ALONG, pad=' ')}" if arrow.text else 'label=""'
    return f"  {_string(arrow.source)} -> {_string(arrow.target)} [{label}{style}]"


def _legend(picture: Picture) -> Iterator[str]:
    """What the signs stand for, small, in a corner."""
    red = [f"{RED}{number} {name}" for number, name in enumerate(picture.red_lines, 1)]
    red += [f"{RED} {each}" for each in picture.everywhere]
    for name, rows, colour in (("note", [picture.note] if picture.note else [], INK), ("red", red, ALARM)):
        if rows:
            text = "".join(f"{_escaped(row)}\\l" for row in rows)
            yield f'  "{name}" [label="{text}", shape=plaintext, style="", fontsize={_SMALL}, fontcolor="{colour}"]'


def _string(text: str, across: int = 0, last: str = "", pad: str = "") -> str:
    """A string of DOT, folded at `across` characters, with a line of its own for `last`, and `pad` around each line."""
    import textwrap

    rows = textwrap.wrap(text, across, break_long_words=False) if across else [text]
    return '"' + "\\n".join(f"{pad}{_escaped(row)}{pad}" for row in (*rows, *([last] if last else []))) + '"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
