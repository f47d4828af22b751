"""Puts a pack together from its opened files, in the order in which they need each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import answers, cascade
from playbook import protocol as p
from playbook import shape as s
from playbook.condition import Kind, Scope
from playbook.diagnostics import Diagnostic, did_you_mean
from playbook.loader import packfile, parts, questions
from playbook.loader.circles import first_circle
from playbook.loader.reader import BAD, Reader
from playbook.loader.steps import Tree
from playbook.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Collection

    from playbook.diagnostics import Span
    from playbook.loader.opening import Opening
    from playbook.loader.packfile import Identity
    from playbook.nodes import Node
    from playbook.source import Source


def assemble(opening: Opening, root: Source, only: Collection[str] | None) -> tuple[p.Pack | None, list[Diagnostic]]:
    """The pack as far as it could be read (None where playbook.yaml itself could not), and every fault found in its words."""
    reader = Reader(root, packfile.vocabulary(root.node), Scope(packfile.limits(root.node)))
    identity = packfile.identity(reader, root.node)
    if identity is None or not isinstance(root.node, Mapping):
        return None, reader.found
    assembly = _Assembly(opening, reader, identity)
    pack = assembly.pack(root.node, only)
    found = [each for reader in assembly.readers for each in reader.found]
    if not found:
        found = [each for name in pack.protocols for each in cascade.slides(pack, name)]
    return pack, found


class _Assembly:
    """One pack on its way: the readers of its files, the names they declared, and what leads into what."""

    def __init__(self, opening: Opening, reader: Reader, identity: Identity) -> None:
        self.opening = opening
        self.root = reader
        self.readers = [reader]
        self.identity = identity
        self.channel = packfile.channel_kind(identity)
        self.declared: dict[str, str] = {}
        self.leads: dict[str, dict[str, Span]] = {}

    def pack(self, node: Mapping, only: Collection[str] | None) -> p.Pack:
        root = self.root
        sources = self.opening.shared()
        opened = self.opening.closure(only, sources)
        shared = {name: self.shared(name, source) for name, source in sources.items()}
        root.scope.kinds[p.CHANNEL] = self.channel
        for each in shared.values():
            self.join(root, each)
        read = {name: self.protocol(name, opened[name], shared) for name in sorted(opened)}
        protocols = {name: each for name, each in read.items() if each is not None}
        self.refuse_circle(protocols, shared)
        return p.Pack(
            **self.identity._asdict(),
            questions={p.CHANNEL: packfile.channel_question(self.identity)} | _gathered([*shared.values(), *protocols.values()], "questions"),
            facts=_gathered([*shared.values(), *protocols.values()], "facts"),
            protocols=protocols,
            shared=shared,
            files=self.opening.files,
            places=_places(protocols),
            actions=_several(root, node, "actions", s.ACTION),  # type: ignore[arg-type]
            avoid=_several(root, node, "avoid", s.AVOIDED),  # type: ignore[arg-type]
            red_lines=parts.red_lines(root, node.entries.get("red_lines"), self.opening.protocols),
        )

    def reader(self, source: Source) -> Reader:
        """A reader of a file, with names of its own; the settlers of facts are the pack's."""
        scope = Scope(self.root.scope.limits)
        scope.settlers = self.root.scope.settlers
        scope.kinds[p.CHANNEL] = self.channel
        reader = Reader(source, self.root.vocabulary, scope)
        self.readers.append(reader)
        return reader

    @staticmethod
    def join(reader: Reader, shared: p.Shared) -> None:
        """Make the names of a shared file known to another."""
        for name, question in shared.questions.items():
            reader.scope.kinds[name] = questions.kind_of(question)
        for name, fact in shared.facts.items():
            reader.scope.kinds[name] = Kind(p.CHOICE, fact.values) if fact.rules else Kind(p.YES_NO)

    def words(self, reader: Reader, node: Mapping) -> tuple[dict[str, p.Question], dict[str, p.Fact]]:
        """The questions and facts that a file declares, each name once in the pack."""
        asked = questions.questions(reader, node.entries.get("questions"))
        questions.declare_facts(reader, node.entries.get("facts"))
        derived = questions.facts(reader, node.entries.get("facts"))
        questions.refuse_circles(reader, derived)
        file = reader.source.file
        for key in ("questions", "facts"):
            part = node.entries.get(key)
            for name in part.entries if isinstance(part, Mapping) else ():
                here = f"{file} {key}"
                first = self.declared.setdefault(name, here)
                if first != here and isinstance(part, Mapping):
                    other = first.split()[0]
                    where = "as a question and as a fact" if other == file else f"in `{other}` too"
                    span = reader.key_span(part, name)
                    reader.refuse("PB063", f"`{name}` is declared {where}", span, "declare it once, in a shared file that both `use`")
        return asked, derived

    def shared(self, name: str, source: Source) -> p.Shared:
        """One shared file; its first lines may lead into any protocol."""
        reader = self.reader(source)
        node = source.node
        children = reader.fields(node, s.SHARED) if node else None
        if children is None or not isinstance(node, Mapping):
            return p.Shared(name, reader.span(node))  # type: ignore[arg-type]
        asked, derived = self.words(reader, node)
        tree = Tree(reader, None, self.opening.outlines, self.opening.protocols)
        first = tree.lines(children["first"], -1, closed=False) if "first" in children else ()
        self.leads[f"shared/{name}"] = tree.leads
        actions, avoid = _several(reader, node, "actions", s.ACTION), _several(reader, node, "avoid", s.AVOIDED)
        return p.Shared(name, reader.span(node), asked, derived, first, actions, avoid)  # type: ignore[arg-type]

    def protocol(self, name: str, source: Source, shared: dict[str, p.Shared]) -> p.Protocol | None:
        """One protocol; None where something that it cannot do without is missing."""
        reader = self.reader(source)
        node = source.node
        own = frozenset(s.PROTOCOL.names) - {"questions", "facts", "actions", "avoid", "outcomes", "red_lines"}
        values = reader.record(node, s.PROTOCOL, only=own) if node else None
        if values is None or not isinstance(node, Mapping):
            return None
        used = self.used(reader, node, shared)
        for each in used:
            self.join(reader, each)
        asked, derived = self.words(reader, node)
        visible = {**_gathered(used, "questions"), **asked, p.CHANNEL: packfile.channel_question(self.identity)}
        tree = Tree(reader, self.opening.outlines[name], self.opening.outlines, self.opening.protocols)
        tree.unsure = frozenset(each.id for each in visible.values() if each.unknown)
        steps = tree.steps(node.entries.get("steps"))
        self.leads[name] = tree.leads
        self.check_head(reader, node, name, values)
        head = {key: values[key] for key in ("version", "title", "owner", "review_by", "sources") if key in values}
        if {"version", "title", "owner"} - set(head):
            return None
        return p.Protocol(
            id=name,
            span=reader.span(node),
            use=tuple(each.id for each in used),
            first=tuple(line for each in used for line in each.first),
            given=self.given(reader, node.entries.get("given"), visible),
            questions=asked,
            facts=derived,
            steps=steps,
            outcomes=parts.outcomes(reader, node.entries.get("outcomes"), name, self.opening.protocols),
            actions=_several(reader, node, "actions", s.ACTION),  # type: ignore[arg-type]
            avoid=_several(reader, node, "avoid", s.AVOIDED),  # type: ignore[arg-type]
            red_lines=parts.red_lines(reader, node.entries.get("red_lines"), None),
            **head,  # type: ignore[arg-type]
        )

    @staticmethod
    def check_head(reader: Reader, node: Mapping, name: str, values: dict[str, object]) -> None:
        """Refuse an id that is not the file's name."""
        if values.get("protocol") not in (None, name):
            span = reader.span(node.entries["protocol"])
            reader.refuse("PB064", f"`{values['protocol']}` is not the file's name", span, f"write `protocol: {name}`, or rename the file")

    @staticmethod
    def used(reader: Reader, node: Mapping, shared: dict[str, p.Shared]) -> list[p.Shared]:
        """The shared files that a protocol uses."""
        listed = node.entries.get("use")
        found = []
        for item in listed.items if isinstance(listed, Sequence) else ():
            if isinstance(item, Scalar) and item.text in shared:
                found.append(shared[item.text])
            elif isinstance(item, Scalar):
                hint = did_you_mean(item.text, shared) or "shared files stand in `protocols/shared/`"
                reader.refuse("PB051", f"no shared file is called `{item.text}`", reader.span(item), hint)
        return found

    @staticmethod
    def given(reader: Reader, node: Node | None, visible: dict[str, p.Question]) -> dict[str, p.Answer]:
        """The answers taken as given."""
        found: dict[str, p.Answer] = {}
        if node is None:
            return found
        if not isinstance(node, Mapping):
            reader.unlike(node, "a map from questions to answers")
            return found
        for name, child in node.entries.items():
            if name not in visible:
                reader.refuse("PB055", f"no question is called `{name}`", reader.key_span(node, name), did_you_mean(name, visible))
                continue
            value = _raw(child)
            try:
                found[name] = answers.parse(visible[name], value) if isinstance(value, str) else answers.accept(visible[name], value)
            except answers.Refused as fault:
                reader.refuse("PB065", fault.message, reader.span(child), fault.hint)
        return found

    def refuse_circle(self, protocols: dict[str, p.Protocol], shared: dict[str, p.Shared]) -> None:
        """Refuse protocols that lead back to where they came from, and those that would skip another's first lines."""
        files = {reader.source.file: reader for reader in self.readers}
        every = {
            name: {**self.leads[name], **{to: span for use in each.use for to, span in self.leads.get(f"shared/{use}", {}).items() if to != name}}
            for name, each in protocols.items()
        }
        circle = first_circle(every)
        if circle:
            span = every[circle[0]][circle[1]]
            shown = " → ".join(f"`{name}`" for name in circle)
            hint = "let both lead into a third"
            files[span.file].refuse("PB066", f"protocols lead in a circle: {shown}", span, hint)
        for name, leads in self.leads.items():
            for to, span in leads.items():
                first = [use for use in protocols[to].use if shared[use].first] if name in protocols and to in protocols else []
                for use in first:
                    if use not in protocols[name].use:
                        message = f"`{to}` first tries the lines of `{use}`, which a case from here would not pass"
                        files[span.file].refuse("PB067", message, span, f"add `{use}` to `use`")


def _raw(node: Node) -> object:
    """A scalar's text, a list's texts; anything else as it is, to be refused."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node.items):
        return [item.text for item in node.items if isinstance(item, Scalar)]
    return "a map"


def _several(reader: Reader, node: Mapping, key: str, shape: s.Shape) -> tuple[object, ...]:
    """The list under `key`, or none."""
    child = node.entries.get(key)
    values = reader.several(child, shape) if child is not None else ()
    return () if values is BAD else values  # type: ignore[return-value]


def _gathered(parts_: list[p.Shared] | list[p.Protocol] | list[p.Shared | p.Protocol], field: str) -> dict[str, object]:
    return {name: each for part in parts_ for name, each in getattr(part, field).items()}


def _places(protocols: dict[str, p.Protocol]) -> dict[p.Target, p.Step | p.Outcome]:
    found: dict[p.Target, p.Step | p.Outcome] = {}
    for name, each in protocols.items():
        for id_, place in (*each.steps.items(), *each.outcomes.items()):
            found[p.Target(name, id_)] = place
    return found
