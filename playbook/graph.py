"""The nodes and edges of a protocol, as data: what trees, Mermaid, DOT and JSON draw.

A protocol is drawn up to its borders: another one that it leads into is a single node, unless it is opened. Pure; the
few words that are not the pack's come in as `say`, so that they can be in the language of the labels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from typing import Protocol as TypingProtocol

    from playbook.conditions.condition import Condition
    from playbook.diagnostics import Span
    from playbook.protocol import Line, Pack, Protocol, Question, Step, Target

    class Say(TypingProtocol):
        """Gives the interface's text for a key."""

        def __call__(self, key: str, /) -> str:
            """Return the text."""
            ...

    Told = Callable[[Condition], str]


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
    protocol: str = ""
    """Where it stands; of one drawn as a single node, its own id."""


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
    span: Span | None = None
    """Where the line stands that leads there."""


class Graph(Record):
    """A drawing: a protocol (`name` is its id), or all of them and how they lead into each other (`name` is empty)."""

    name: str
    version: str
    title: str
    locale: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    opened: tuple[tuple[str, str], ...] = ()
    """The protocols that are drawn with what is in them, id and title, where that is more than one."""

    @property
    def leaving(self) -> dict[str, tuple[Edge, ...]]:
        """The edges by the node they leave, in order: for a check, that in which its lines are tried."""
        found: dict[str, list[Edge]] = {node.id: [] for node in self.nodes}
        for edge in self.edges:
            found[edge.source].append(edge)
        return {source: tuple(edges) for source, edges in found.items()}


def of(  # noqa: PLR0913, PLR0917 - what is drawn, and how it is said
    pack: Pack, protocol: str, locale: str, say: Say, opened: Collection[str] = (), told: Told | None = None
) -> Graph:
    """The graph of one protocol, with labels in `locale`; of the others in `opened`, what it leads to in them.

    What is tried first comes first, then steps and outcomes in the order of their file, then other protocols.
    Conditions are labelled as `told` says, else as they are written: short, and found again in the file.
    """
    own = pack.protocols[protocol]
    inside = (protocol, *(each for each in opened if each != protocol))
    nodes, edges = _inside(pack, inside, _Speech(locale, say, told), protocol)
    if len(inside) > 1:
        nodes, edges = _reached(nodes, edges, protocol)
    title = _one_line(own.title.say(locale))
    return Graph(protocol, own.version, title, locale, nodes, edges, _titles(pack, inside, nodes, locale))


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


def whole(pack: Pack, locale: str, say: Say, opened: Collection[str]) -> Graph:
    """The graph of a pack with what is in each of the protocols in `opened`; others that these lead into are nodes."""
    inside = tuple(each for each in pack.protocols if each in opened)
    nodes, edges = _inside(pack, inside, _Speech(locale, say), "")
    return Graph("", "", _one_line(pack.brand.name), locale, nodes, edges, _titles(pack, inside, nodes, locale))


def within(pack: Pack, protocol: str, depth: int, closed: Collection[str] = ()) -> tuple[str, ...]:
    """The protocols that one leads into in at most `depth` steps from one to the next, itself first, none `closed`."""
    found = [protocol]
    for _ in range(depth):
        leads = (target.protocol for each in found for target in targets(pack.protocols[each]))
        more = [each for each in dict.fromkeys(leads) if each not in found and each not in closed]
        if not more:
            break
        found += more
    return tuple(found)


def _inside(
    pack: Pack, inside: Collection[str], speech: _Speech, start: str
) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """The nodes and edges of these protocols, and a node for each other one that they lead into."""
    labels = [_Labels(pack, pack.protocols[each], speech, start, inside) for each in inside]
    edges = tuple(edge for each in labels for edge in each.edges())
    nodes = [node for each in labels for node in each.nodes()]
    others = dict.fromkeys(edge.into.protocol for edge in edges if edge.into.protocol not in inside)
    return (*nodes, *(_protocol(pack.protocols[each], speech.locale) for each in others)), edges


def _reached(nodes: tuple[Node, ...], edges: tuple[Edge, ...], start: str) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """Of protocols that are drawn besides the first, only what that one leads to."""
    leads: dict[str, list[str]] = {}
    for edge in edges:
        leads.setdefault(edge.source, []).append(edge.target)
    pending = [node.id for node in nodes if node.protocol == start]
    seen = set(pending)
    while pending:
        more = [each for each in leads.get(pending.pop(), ()) if each not in seen]
        seen.update(more)
        pending += more
    return tuple(node for node in nodes if node.id in seen), tuple(edge for edge in edges if edge.source in seen)


def _titles(pack: Pack, inside: Collection[str], nodes: tuple[Node, ...], locale: str) -> tuple[tuple[str, str], ...]:
    drawn = {node.protocol for node in nodes if node.kind != PROTOCOL}
    titled = tuple((each, _one_line(pack.protocols[each].title.say(locale))) for each in inside if each in drawn)
    return titled if len(titled) > 1 else ()


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
        "nodes": [
            {"id": each.id, "kind": each.kind, "name": each.name, "label": each.label, "level": each.level}
            for each in graph.nodes
        ],
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


class _Speech(Record):
    """How labels are worded."""

    locale: str
    say: Say
    told: Told | None = None


class _Labels:
    """One protocol on its way into a graph, among those `inside`; a case starts in `start`."""

    def __init__(self, pack: Pack, own: Protocol, speech: _Speech, start: str, inside: Collection[str]) -> None:
        self.pack, self.own, self.start, self.inside = pack, own, start, inside
        self.locale, self.say, self.told = speech

    @property
    def entry(self) -> p.Check | None:
        """Its first lines, where they are drawn: a case that comes from another protocol is past them."""
        return self.own.entry if self.start in {"", self.own.id} else None

    def nodes(self) -> Iterator[Node]:
        """The protocol's own nodes."""
        if self.entry:
            yield self.node(FIRST, FIRST, self.say("graph_first"))
        for name, step in self.own.steps.items():
            if isinstance(step, p.Ask):
                yield self.node(ASK, name, self.pack.questions[step.question].ask.say(self.locale))
            else:
                yield self.node(CHECK, name, self.say("graph_known"))
        for name, outcome in self.own.outcomes.items():
            yield self.node(OUTCOME, name, outcome.title.say(self.locale), outcome.level)

    def node(self, kind: str, name: str, label: str, level: int | None = None) -> Node:
        return Node(self.named(kind, self.own.id, name), kind, name, _one_line(label), level, self.own.id)

    def edges(self) -> Iterator[Edge]:
        """Every edge, in the order of the file."""
        if self.entry:
            yield from self.checked(self.named(FIRST, self.own.id, FIRST), self.entry.lines)
        for name, step in self.own.steps.items():
            if isinstance(step, p.Ask):
                yield from self.asked(self.named(ASK, self.own.id, name), step)
            else:
                yield from self.checked(self.named(CHECK, self.own.id, name), step.lines)

    def asked(self, source: str, step: p.Ask) -> Iterator[Edge]:
        question = self.pack.questions[step.question]
        for answer, edge in step.edges.items():
            label = _answer(question, answer, self.locale, self.say)
            yield Edge(source, self.id_of(edge.target), label, edge.target, answer=answer, span=edge.span)
        if step.always:
            target = step.always.target
            yield Edge(source, self.id_of(target), self.say("graph_any"), target, span=step.always.span)

    def checked(self, source: str, lines: tuple[Line, ...]) -> Iterator[Edge]:
        otherwise = self.say("graph_otherwise" if len(lines) > 1 else "graph_always")
        for line in lines:
            if line.when is not None:
                label = _one_line(self.told(line.when) if self.told else line.when.text)
            else:
                label = self.say("graph_unknown") if line.unknown else otherwise
            when = line.when.text if line.when else None
            yield Edge(source, self.id_of(line.target), label, line.target, when=when, span=line.span)

    def id_of(self, target: Target) -> str:
        """The node that stands for a place."""
        if target.protocol not in self.inside:
            return _id(PROTOCOL, target.protocol)
        step: Step | None = self.pack.protocols[target.protocol].steps.get(target.name)
        kind = OUTCOME if step is None else ASK if isinstance(step, p.Ask) else CHECK
        return self.named(kind, target.protocol, target.name)

    def named(self, kind: str, protocol: str, name: str) -> str:
        """A node's id: short in the protocol that is drawn, with its own protocol's in others."""
        if protocol == self.start:
            return kind if kind == FIRST else _id(kind, name)
        return _id(kind, protocol if kind == FIRST else f"{protocol}.{name}")


def _answer(question: Question, answer: str, locale: str, say: Say) -> str:
    """What an answer is called: `unknown`, `yes` and `no` are the interface's words, a choice's label is the pack's."""
    found = next((choice.label for choice in question.choices if choice.id == answer), None)
    return say({p.UNKNOWN: "dont_know"}.get(answer, answer)) if found is None else _one_line(found.say(locale))


def _protocol(protocol: Protocol, locale: str) -> Node:
    title = _one_line(protocol.title.say(locale))
    return Node(_id(PROTOCOL, protocol.id), PROTOCOL, protocol.id, title, protocol=protocol.id)


def _id(kind: str, name: str) -> str:
    return f"{kind}:{name}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
