"""Mermaid: flowcharts as text, which code hosts draw in Markdown.

Labels are other people's words: all but letters, digits and plain punctuation is coded, so that nothing in them can be
syntax, markup or a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic
from playbook.graph import ASK, CHECK, FIRST, OUTCOME, PROTOCOL
from playbook.pictures.looks import ALARM, FAINT, FILLS, TAKEN
from playbook.pictures.picture import RED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.pictures.picture import Box, Picture

MOST_CHARACTERS, MOST_EDGES = 50_000, 500
"""Beyond either, code hosts and other viewers show an error in place of a drawing."""

_PLAIN = frozenset(" .,:;!?¡¿()/='+-«»–—·…“”’■")
_SHAPES = {
    FIRST: ("{{", "}}"),
    ASK: ("(", ")"),
    CHECK: ("{{", "}}"),
    OUTCOME: ("([", "])"),
    PROTOCOL: ("[[", "]]"),
}


def mermaid(picture: Picture) -> str:
    """The picture as a Mermaid flowchart. See `too_large` for what viewers make of it."""
    lines = [f"flowchart {'TD' if picture.name or picture.frames else 'LR'}", *_boxes(picture)]
    for each in picture.arrows:
        shaft = "-.->" if each.missed else "-->"
        label = f'{shaft}|"{quoted(each.text)}"|' if each.text else shaft
        lines.append(f"  {node_name(each.source)} {label} {node_name(each.target)}")
    lines += _legend(picture)
    lines += _styles(picture)
    return "\n".join(lines) + "\n"


def too_large(picture: Picture, text: str) -> list[Diagnostic]:
    """A warning (PB420) where viewers will refuse a Mermaid drawing: `text`, of `picture`."""
    edges = len(picture.arrows) + len(picture.red_lines) + len(picture.everywhere)  # the legend is held by some
    if edges <= MOST_EDGES and len(text) <= MOST_CHARACTERS:
        return []
    size = f"{edges:,} edges and {len(text):,} characters"
    message = f"this drawing has {size}; most viewers stop at {MOST_EDGES:,} edges or {MOST_CHARACTERS:,} characters"
    close = " ".join(
        f"--collapse {each}" for each in _heaviest(picture, max(edges / MOST_EDGES, len(text) / MOST_CHARACTERS))
    )
    hint = "`--format dot` has no such limit"
    return [Diagnostic("PB420", message, hint=f"try `{close}`; {hint}" if close else hint, severity=WARNING)]


def _heaviest(picture: Picture, times: float) -> list[str]:
    """The opened protocols to draw as one box each, the largest first, until the picture is so many times smaller."""
    homes = {box.id: box.protocol for box in picture.boxes}
    weight = {name: sum(homes[each.source] == name for each in picture.arrows) for name, _ in picture.frames}
    left, found = float(len(picture.arrows)), []
    for name in sorted(weight, key=lambda each: -weight[each]):
        if left > len(picture.arrows) / times and name != picture.name:
            left -= weight[name]
            found.append(name)
    return found


def _boxes(picture: Picture) -> Iterator[str]:
    """Every box, in the frame of its protocol where there are several."""
    framed = {name for name, _ in picture.frames}
    for name, title in picture.frames:
        yield f'  subgraph frame_{name}["{quoted(title)}"]'
        yield from (f"  {_box(each)}" for each in picture.boxes if each.protocol == name)
        yield "  end"
    yield from (_box(each) for each in picture.boxes if each.protocol not in framed)


def _box(box: Box) -> str:
    opening, closing = _SHAPES[box.kind]
    red = f" {RED}{', '.join(map(str, box.red))}" if box.red else ""
    style = ":::missed" if box.missed else "" if box.level is None else f":::level{box.level}"
    return f'  {node_name(box.id)}{opening}"{quoted(box.label + red)}"{closing}{style}'


def _legend(picture: Picture) -> Iterator[str]:
    """A small frame with a line for the note and for each red line, one below the other."""
    rows = [("note", picture.note)] if picture.note else []
    rows += [("red", f"{RED}{number} {name}") for number, name in enumerate(picture.red_lines, 1)]
    rows += [("red", f"{RED} {each}") for each in picture.everywhere]
    if not rows:
        return
    yield '  subgraph legend[" "]'
    yield "    direction TB"
    yield from (f'    legend_{at}["{quoted(text)}"]:::{style}' for at, (style, text) in enumerate(rows))
    yield from (f"    legend_{at} ~~~ legend_{at + 1}" for at in range(len(rows) - 1))
    yield "  end"


def _styles(picture: Picture) -> Iterator[str]:
    for level in sorted({box.level for box in picture.boxes if box.level is not None and not box.missed}):
        fill, border = FILLS[level]
        yield f"  classDef level{level} fill:{fill},stroke:{border},color:#000"
    if picture.covered:
        yield f"  classDef missed fill:#fff,stroke:{FAINT},color:#000,stroke-dasharray:5 4"
        yield f"  classDef note fill:none,stroke:{FAINT},color:{FAINT}"
        for colour, missed in ((TAKEN, False), (FAINT, True)):
            at = ",".join(str(index) for index, each in enumerate(picture.arrows) if each.missed is missed)
            yield from [f"  linkStyle {at} stroke:{colour}"] if at else []
    if picture.red_lines or picture.everywhere:
        yield f"  classDef red fill:none,stroke:none,color:{ALARM}"


def node_name(node: str) -> str:
    """A node's name in Mermaid. It begins with its kind, because a step called `end` would be a word of Mermaid.

    No id of a pack has capitals, so that no two nodes can come to the same name.
    """
    return node.replace(":", "_").replace(".", "_DOT_")


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
