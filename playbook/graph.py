"""The nodes and edges of a protocol, as data: what trees, Mermaid, DOT and JSON draw.

A protocol is drawn up to its borders: another one that it leads into is a single node. Pure; the few words that are
not the pack's come in as `say`, so that they can be in the language of the labels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol as TypingProtocol

    from playbook.protocol import Line, Pack, Protocol, Question, Step, Target

    class Say(TypingProtocol):
        """Gives the interface's text for a key."""

        def __call__(self, key: str, /) -> str:
            """Return the text."""
            ...


FIRST, ASK, CHECK, OUTCOME, PROTOCOL = "first", "ask", "check", "outcome", "protocol"
KINDS = (FIRST, ASK, CHECK, OUTCOME, PROTOCOL)
LEVELS = (0, 1, 2, 3)


class Node(Record):
    """Something drawn: `id` is unique in the drawing, `name` is that in the files; only an outcome has a `level`."""

    id: str
    kind: str
    name: str
    label: str
    level: int | None = None


class Edge(Record):
    """Where a node leads. `into` is the exact place, also where that is in another protocol.

    An ask step's edge has its `answer` (a choice's id, `yes`, `no`, `unknown`; None for any), a check's line its `when`
    as written.
    """

    source: str
    target: str
    label: str
    into: Target
    answer: str | None = None
    when: str | None = None


class Graph(Record):
    """A drawing: a protocol (`name` is its id), or all of them and how they lead into each other (`name` is empty)."""

    name: str
    version: str
    title: str
    locale: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @property
    def leaving(self) -> dict[str, tuple[Edge, ...]]:
        """The edges by the node they leave, in order: for a check, that in which its lines are tried."""
        found: dict[str, list[Edge]] = {node.id: [] for node in self.nodes}
        for edge in self.edges:
            found[edge.source].append(edge)
        return {source: tuple(edges) for source, edges in found.items()}


def of(pack: Pack, protocol: str, locale: str, say: Say) -> Graph:
    """The graph of one protocol, with labels in `locale`.

    What is tried first comes first, then steps and outcomes in the order of their file, then other protocols.
    Conditions are labelled as they are written: short, and found again in the file.
    """
    own = pack.protocols[protocol]
    labels = _Labels(pack, own, locale, say)
    edges = tuple(labels.edges())
    nodes = (*labels.nodes(), *labels.others(edges))
    return Graph(protocol, own.version, _one_line(own.title.say(locale)), locale, nodes, edges)


def between(pack: Pack, locale: str) -> Graph:
    """The graph of all protocols of a pack: which leads into which, each once."""
    nodes = [_protocol(each, locale) for each in pack.protocols.values()]
    leads = dict.fromkeys(
        (each.id, target.protocol)
        for each in pack.protocols.values()
        for target in targets(each)
        if target.protocol != each.id
    )
    edges = [Edge(_id(PROTOCOL, source), _id(PROTOCOL, to), "", pack.protocols[to].start) for source, to in leads]
    return Graph("", "", _one_line(pack.brand.name), locale, tuple(nodes), tuple(edges))


def targets(protocol: Protocol) -> Iterator[Target]:
    """Every place that the lines of a protocol lead to, in their order, as often as they do."""
    yield from (line.target for line in protocol.first)
    for step in protocol.steps.values():
        if isinstance(step, p.Check):
            yield from (line.target for line in step.lines)
        else:
            yield from (edge.target for edge in (*step.edges.values(), step.always) if edge)


def as_json(graph: Graph, say: Say) -> dict[str, object]:
    """A graph for programs. The order of nodes and edges is that of the files, so the same pack gives the same text."""
    about = {"protocol": graph.name, "version": graph.version} if graph.name else {}
    return {
        "schema_version": 1,
        **about,
        "title": graph.title,
        "locale": graph.locale,
        "levels": {str(level): say(f"level_{level}") for level in LEVELS},
        "nodes": [node._asdict() for node in graph.nodes],
        "edges": [
            {
                "from": edge.source,
                "to": edge.target,
                "into": str(edge.into),
                "label": edge.label,
                "answer": edge.answer,
                "when": edge.when,
            }
            for edge in graph.edges
        ],
    }


class _Labels:
    """One protocol on its way to being a graph."""

    def __init__(self, pack: Pack, own: Protocol, locale: str, say: Say) -> None:
        self.pack, self.own, self.locale, self.say = pack, own, locale, say

    def nodes(self) -> Iterator[Node]:
        """The protocol's own nodes."""
        if self.own.first:
            yield Node(FIRST, FIRST, FIRST, self.say("graph_first"))
        for name, step in self.own.steps.items():
            if isinstance(step, p.Ask):
                question = self.pack.questions[step.question]
                yield Node(_id(ASK, name), ASK, name, _one_line(question.ask.say(self.locale)))
            else:
                yield Node(_id(CHECK, name), CHECK, name, self.say("graph_known"))
        for name, outcome in self.own.outcomes.items():
            yield Node(_id(OUTCOME, name), OUTCOME, name, _one_line(outcome.title.say(self.locale)), outcome.level)

    def others(self, edges: tuple[Edge, ...]) -> Iterator[Node]:
        """The protocols that the edges lead into, in the order in which they do."""
        for name in dict.fromkeys(edge.into.protocol for edge in edges if edge.into.protocol != self.own.id):
            yield _protocol(self.pack.protocols[name], self.locale)

    def edges(self) -> Iterator[Edge]:
        """Every edge, in the order of the file."""
        if self.own.first:
            lines = (*self.own.first, p.Line(None, self.own.start, self.own.span))
            yield from self.checked(FIRST, lines)
        for name, step in self.own.steps.items():
            yield from self.asked(name, step) if isinstance(step, p.Ask) else self.checked(_id(CHECK, name), step.lines)

    def asked(self, name: str, step: p.Ask) -> Iterator[Edge]:
        source = _id(ASK, name)
        question = self.pack.questions[step.question]
        for answer, edge in step.edges.items():
            label = _answer(question, answer, self.locale, self.say)
            yield Edge(source, self.id_of(edge.target), label, edge.target, answer=answer)
        if step.always:
            yield Edge(source, self.id_of(step.always.target), self.say("graph_any"), step.always.target)

    def checked(self, source: str, lines: tuple[Line, ...]) -> Iterator[Edge]:
        otherwise = self.say("graph_otherwise" if len(lines) > 1 else "graph_always")
        for line in lines:
            if line.when is not None:
                label = _one_line(line.when.text)
            else:
                label = self.say("graph_unknown") if line.unknown else otherwise
            when = line.when.text if line.when else None
            yield Edge(source, self.id_of(line.target), label, line.target, when=when)

    def id_of(self, target: Target) -> str:
        """The node that stands for a place."""
        if target.protocol != self.own.id:
            return _id(PROTOCOL, target.protocol)
        step: Step | None = self.own.steps.get(target.name)
        kind = OUTCOME if step is None else ASK if isinstance(step, p.Ask) else CHECK
        return _id(kind, target.name)


def _answer(question: Question, answer: str, locale: str, say: Say) -> str:
    """What an answer is called: `unknown`, `yes` and `no` are the interface's words, a choice's label is the pack's."""
    found = next((choice.label for choice in question.choices if choice.id == answer), None)
    return say({p.UNKNOWN: "dont_know"}.get(answer, answer)) if found is None else _one_line(found.say(locale))


def _protocol(protocol: Protocol, locale: str) -> Node:
    return Node(_id(PROTOCOL, protocol.id), PROTOCOL, protocol.id, _one_line(protocol.title.say(locale)))


def _id(kind: str, name: str) -> str:
    return f"{kind}:{name}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
