"""What a picture of a graph shows, whatever it is drawn in: boxes, arrows, frames around protocols, and a legend.

What a colour says is said without it too: levels in words, red lines by a sign and a number, what no scenario reaches
by broken lines and a count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.engine import levels
from playbook.graph import CHECK, FIRST, OUTCOME
from playbook.protocol import Target
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.diagnostics import Span
    from playbook.graph import Graph, Node
    from playbook.protocol import Outcome, Pack, RedLine
    from playbook.words import Words

RED = "■"
"""Stands beside what red lines bar cases from, as above a result."""
MOST_NAMED = 4
"""Answers named on one arrow; where more lead alike, they are any but those on the others."""


class Missed(Record):
    """What no scenario comes through: lines by where they stand, outcomes by their places."""

    lines: frozenset[Span]
    outcomes: frozenset[Target]


class Box(Record):
    """A node as it is drawn; `red` are the numbers of the red lines that bar some cases from it."""

    id: str
    kind: str
    label: str
    level: int | None
    protocol: str
    red: tuple[int, ...] = ()
    missed: bool = False


class Arrow(Record):
    """One line or several that lead from one box to another."""

    source: str
    target: str
    label: str
    missed: bool = False
    number: int = 0
    """Among the lines of a check, of which the first that is true decides."""

    @property
    def text(self) -> str:
        """Its label, with its number where it has one."""
        return f"{self.number} · {self.label}" if self.number else self.label


class Picture(Record):
    """All of it. `frames` are protocols around their boxes, id and title; `covered` where scenarios colour it."""

    name: str
    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    frames: tuple[tuple[str, str], ...] = ()
    red_lines: tuple[str, ...] = ()
    """Legend: the lines whose numbers stand in boxes, from 1."""
    everywhere: tuple[str, ...] = ()
    """Legend: the lines that would stand in every outcome, and so tell none from the others."""
    note: str = ""
    """Legend: what scenarios leave out."""
    covered: bool = False


def picture(graph: Graph, pack: Pack, words: Words, missed: Missed | None = None) -> Picture:
    """What to draw of a graph; with `missed`, coloured by what scenarios come through."""
    red = _red(graph, pack)
    every = tuple(name for name in dict.fromkeys(each for found in red.values() for each in found))
    everywhere = {name for name in every if len(red) > 1 and all(name in found for found in red.values())}
    numbers = {name: at for at, name in enumerate((each for each in every if each not in everywhere), 1)}
    barred = {node: tuple(numbers[each] for each in found if each in numbers) for node, found in red.items()}
    boxes = tuple(_box(node, words, barred.get(node.id, ()), missed) for node in graph.nodes)
    title = f"{graph.title} · {graph.name} {graph.version}" if graph.name else graph.title
    note = _note(graph, boxes, words, missed) if missed else ""
    said = tuple(f"{name}: {words('graph_everywhere')}" for name in every if name in everywhere)
    drawn = tuple(arrows(graph, words, missed))
    return Picture(graph.name, title, boxes, drawn, graph.opened, tuple(numbers), said, note, missed is not None)


def plain(graph: Graph, words: Words) -> Picture:
    """What to draw of a graph without red lines: its nodes need not be those of one pack."""
    boxes = tuple(_box(node, words, (), None) for node in graph.nodes)
    return Picture(graph.name, graph.title, boxes, tuple(arrows(graph, words)))


def _box(node: Node, words: Words, red: tuple[int, ...], missed: Missed | None) -> Box:
    label = node.label if node.level is None else f"{node.label} ({words(f'level_{node.level}')})"
    left = missed is not None and node.kind == OUTCOME and Target(node.protocol, node.name) in missed.outcomes
    return Box(node.id, node.kind, label, node.level, node.protocol, tuple(sorted(red)), left)


def _note(graph: Graph, boxes: tuple[Box, ...], words: Words, missed: Missed) -> str:
    lines = {edge.span for edge in graph.edges if edge.span is not None}
    ends = [box for box in boxes if box.kind == OUTCOME]
    left = sum(box.missed for box in ends)
    return words("graph_missed", lines=len(lines & missed.lines), of=len(lines), outcomes=left, ends=len(ends))


def arrows(graph: Graph, words: Words, missed: Missed | None = None) -> Iterator[Arrow]:
    """The edges, those between the same boxes joined; of a check only neighbours, because its lines have an order.

    Where many answers lead alike, they are any but those that are named.
    """
    kinds = {node.id: node.kind for node in graph.nodes}
    for source, edges in graph.leaving.items():
        ordered = kinds[source] in {CHECK, FIRST}
        kept: list[tuple[Arrow, list[str]]] = []
        for edge in edges:
            new = Arrow(source, edge.target, "", edge.span in missed.lines if missed else False)
            among = kept[-1:] if ordered else kept
            same = next((labels for arrow, labels in among if arrow == new), None)
            if same is None:
                kept.append((new, [edge.label]))
            else:
                same.append(edge.label)
        most = 0 if ordered else max((len(labels) for _, labels in kept), default=0)
        rest = next((each for each in kept if len(each[1]) == most > MOST_NAMED and len(kept) > 1), None)
        kept.sort(key=lambda each: each is rest)
        for number, each in enumerate(kept, 1):
            label = words("graph_other") if each is rest else " / ".join(each[1])
            yield each[0]._replace(label=label, number=number if ordered and len(kept) > 1 else 0)


def _red(graph: Graph, pack: Pack) -> dict[str, tuple[str, ...]]:
    """By outcome, the names of the red lines that forbid it to the cases they speak of, by the marks it ends with."""
    found: dict[str, tuple[str, ...]] = {}
    for node in graph.nodes:
        if node.kind == OUTCOME:
            outcome = pack.protocols[node.protocol].outcomes[node.name]
            names = tuple(name for name, line in _lines(pack, graph, node.protocol) if _forbids(line, pack, outcome))
            found[node.id] = names
    return found


def _lines(pack: Pack, graph: Graph, protocol: str) -> Iterator[tuple[str, RedLine]]:
    """The lines held against a case that starts in what is drawn and ends in a protocol, by their names."""
    start = graph.name or protocol
    for name, line in pack.red_lines.items():
        if not {start, protocol} <= line.exceptions.keys():
            yield name, line
    for each in dict.fromkeys((start, protocol)):
        yield from ((f"{each}.{name}", line) for name, line in pack.protocols[each].red_lines.items())


def _forbids(line: RedLine, pack: Pack, outcome: Outcome) -> bool:
    """Whether no case that a line speaks of may end here: it may bring what is forbidden, or lack what is demanded."""
    actions = [action for level in levels(pack, outcome) for action in level.actions]
    perhaps = {*outcome.marks, *(mark for action in actions for mark in action.marks)}
    sure = {*outcome.marks, *(mark for action in actions if action.when is None for mark in action.marks)}
    return perhaps.issuperset(line.beside) and not (perhaps.isdisjoint(line.never) and sure.issuperset(line.always))
