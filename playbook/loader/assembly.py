"""Puts a pack together from its opened files, in the order in which they need each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playbook import cascade
from playbook import protocol as p
from playbook import shape as s
from playbook.conditions.condition import BROKEN, Scope
from playbook.diagnostics import Span
from playbook.loader import between, facts, idle, packfile, parts, questions
from playbook.loader.reader import Reader
from playbook.loader.steps import Tree
from playbook.loader.strangers import hide_names
from playbook.loader.targets import Targets
from playbook.source.nodes import Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from playbook.diagnostics import Diagnostic
    from playbook.loader.opening import Opening
    from playbook.source import Source
    from playbook.source.nodes import Node

_LATER = frozenset(("questions", "facts", "given", "steps", "actions", "avoid", "outcomes", "red_lines"))
"""Keys whose values need the names of others."""
_HEADLESS: dict[str, Any] = {"version": "", "title": p.Text({}, ""), "owner": ""}
"""What stands for the head of a protocol where it was refused."""


def assemble(opening: Opening, root: Source, only: Collection[str] | None) -> tuple[p.Pack, list[Diagnostic]]:
    """The pack, and every fault found in its words; where there is one, the pack is not whole.

    A pack without fault has its warnings told.
    """
    assembly = _Assembly(opening, root, only)
    pack = assembly.pack(root.node, only)
    found = [each for reader in assembly.readers for each in reader.found]
    found += assembly.slides(pack)
    return pack, found or opening.found or list(idle.warnings(pack, whole=only is None))


class _Assembly:
    """One pack on its way: the readers of its files, and the names they declared."""

    def __init__(self, opening: Opening, root: Source, only: Collection[str] | None) -> None:
        self.opening = opening
        self.root = Reader(root, packfile.vocabulary(root.node), Scope(packfile.limits(root.node)))
        self.readers = [self.root]
        self.identity = packfile.identity(self.root, root.node, whole=only is None)
        self.channel = packfile.channel_question(self.identity)
        self.root.scope.kinds[p.CHANNEL] = packfile.channel_kind(self.identity)
        self.declared: dict[str, str] = {}
        self.shared_readers: dict[str, Reader] = {}
        """Those of the shared files that could be read."""
        self.incomplete: set[str] = set()
        """The protocols of which it is not known what they use."""
        self.sound: set[str] = set()
        """The protocols, and by `shared/<name>` the shared files, whose names and lines have no fault."""
        self.trees: dict[str, Targets] = {}
        """What each protocol leads into, and by `shared/<name>` the first lines of each shared file."""

    def pack(self, node: Node | None, only: Collection[str] | None) -> p.Pack:
        """The whole pack; `node` is playbook.yaml."""
        sources = self.opening.shared()
        opened = self.opening.closure(only, sources)
        self.root.unreadable = frozenset(name for name, source in sources.items() if source is None)
        shared = {name: self.shared(name, source) for name, source in sources.items() if source}
        between.join(self.root, self.shared_readers.values(), whole=not self.root.unreadable)
        protocols = {name: self.protocol(name, opened[name], shared) for name in sorted(opened)}
        between.refuse_circles(self.readers, {name: self.trees[name].leads for name in protocols})
        told = {name: each for name, each in protocols.items() if name not in self.incomplete}
        leads = {name: each.leads for name, each in self.trees.items()}
        between.refuse_skipped(self.readers, told, shared, leads)
        every: list[p.Shared | p.Protocol] = [*shared.values(), *protocols.values()]
        red_lines = node.entries.get("red_lines") if isinstance(node, Mapping) else None
        return p.Pack(
            **self.identity._asdict(),
            questions={
                p.CHANNEL: self.channel,
                **{name: each for part in every for name, each in part.questions.items()},
            },
            facts={name: each for part in every for name, each in part.facts.items()},
            protocols=protocols,
            shared=shared,
            files=self.opening.files,
            places=_places(protocols.values()),
            **_common(self.root, node),
            red_lines=parts.red_lines(self.root, red_lines, self.opening.protocols),
        )

    def reader(self, source: Source) -> Reader:
        """A reader of a file, with names of its own; what is known of facts is the pack's."""
        scope = Scope(self.root.scope.limits)
        scope.settlers = self.root.scope.settlers
        scope.kinds[p.CHANNEL] = self.root.scope.kinds[p.CHANNEL]
        scope.partial = bool(source.diagnostics)
        reader = Reader(source, self.root.vocabulary, scope)
        reader.depths, reader.unreadable = self.root.depths, self.root.unreadable
        self.readers.append(reader)
        return reader

    def slides(self, pack: p.Pack) -> list[Diagnostic]:
        """The checks that slide past a "don't know", in every protocol that is sound with all that it uses.

        Of names that were declared twice, the first is the one that counts: the second makes its file unsound.
        """
        if not packfile.names_told(self.root.source.node, self.identity):
            return []
        shared = {name: each for name, each in pack.shared.items() if f"shared/{name}" in self.sound}
        among = [name for name, own in pack.protocols.items() if name in self.sound and set(own.use) <= shared.keys()]
        parts: list[p.Shared | p.Protocol] = [*shared.values(), *(pack.protocols[name] for name in among)]
        questions = {name: each for part in parts for name, each in part.questions.items()}
        facts = {name: each for part in parts for name, each in part.facts.items()}
        return cascade.slides(pack._replace(questions={p.CHANNEL: self.channel, **questions}, facts=facts), among)

    def words(self, reader: Reader, node: Node | None) -> tuple[dict[str, p.Question], dict[str, p.Fact]]:
        """The questions and facts that a file declares, each name once in the pack."""
        entries = node.entries if isinstance(node, Mapping) else {}
        asked_node, derived_node = entries.get("questions"), entries.get("facts")
        asked = questions.questions(reader, asked_node)
        facts.declare(reader, derived_node)
        for part in (asked_node, derived_node):
            if isinstance(part, Mapping):
                self.declare(reader, part, entries)
            elif part is not None:
                reader.scope.partial = True
        return asked, facts.facts(reader, derived_node)

    def declare(self, reader: Reader, part: Mapping, entries: dict[str, Node]) -> None:
        """Refuse names that were declared before."""
        file = reader.source.file
        here = f"{file}:{'questions' if part is entries.get('questions') else 'facts'}"
        for key, _ in part.pairs():
            first = self.declared.setdefault(key.text, here)
            if first != here:
                other = first.partition(":")[0]
                where = "as a question and as a fact" if other == file else f"in `{other}` too"
                hint = "declare it once, in a shared file that both `use`"
                if other == file:
                    hint = "rename one"
                    reader.scope.kinds[key.text] = BROKEN
                reader.refuse("PB063", f"`{key.text}` is declared {where}", reader.span(key), hint)

    def shared(self, name: str, source: Source) -> p.Shared:
        """One shared file; its first lines may lead into any protocol."""
        reader = self.shared_readers[name] = self.reader(source)
        node = source.node
        span = Span(source.file)
        reader.good_id(name, span)
        children = reader.fields(node, s.SHARED) if node else None
        reader.scope.partial = reader.scope.partial or _hides_names(reader, node, s.SHARED)
        asked, derived = self.words(reader, node)
        targets = self.trees[f"shared/{name}"] = Targets(reader, "", self.opening.outlines, self.opening.protocols)
        first = (
            Tree(reader, targets).lines(children["first"], -1, closed=False) if children and "first" in children else ()
        )
        if not reader.found and not reader.scope.partial:
            self.sound.add(f"shared/{name}")
        return p.Shared(name, span, asked, derived, first, **_common(reader, node))

    def protocol(self, name: str, source: Source, shared: dict[str, p.Shared]) -> p.Protocol:
        """One protocol, with something in place of what was refused."""
        reader, node = self.reader(source), source.node
        values: dict[str, Any] = reader.values(node, s.PROTOCOL, without=_LATER) if node else {}
        entries = node.entries if isinstance(node, Mapping) else {}
        faults = len(reader.found)
        used = self.used(reader, name, node, shared)
        asked, derived = self.words(reader, node)
        shared_questions = {each.id: each for part in used for each in part.questions.values()}
        visible = {p.CHANNEL: self.channel, **shared_questions, **asked}
        targets = self.trees[name] = Targets(reader, name, self.opening.outlines, self.opening.protocols)
        unsure = frozenset(each.id for each in visible.values() if each.unknown)
        steps = Tree(reader, targets, unsure).steps(entries.get("steps"))
        if steps and len(reader.found) == faults and not (reader.scope.partial or targets.partial):
            self.sound.add(name)
        if values.pop("protocol", name) != name:
            written = entries["protocol"]
            hint = f"write `protocol: {name}`, or rename the file"
            reader.refuse("PB064", f"{reader.shown(written)} is not the file's name", reader.span(written), hint)
        first = tuple(line for each in used for line in each.first)
        values.pop("use", None)
        return p.Protocol(
            **{**_HEADLESS, **values, **_common(reader, node)},
            id=name,
            span=Span(source.file),
            use=tuple(each.id for each in used),
            first=first,
            entry=_entry(name, first, steps),
            given=parts.given(reader, entries.get("given"), visible),
            questions=asked,
            facts=derived,
            steps=steps,
            outcomes=parts.outcomes(reader, entries.get("outcomes"), name, self.opening.protocols),
            red_lines=parts.red_lines(reader, entries.get("red_lines"), None),
        )

    def used(self, reader: Reader, name: str, node: Node | None, shared: dict[str, p.Shared]) -> list[p.Shared]:
        """The shared files that a protocol uses; their names are made known to it."""
        listed = node.entries.get("use") if isinstance(node, Mapping) else None
        used = between.used(reader, listed, shared)
        # A name that is listed twice, or no id, has been refused: then too nothing is said of names that are missing.
        whole = listed is None or (isinstance(listed, Sequence) and len(used) == len(listed.items))
        if not whole or _hides_names(reader, node, s.PROTOCOL):
            self.incomplete.add(name)
        between.join(reader, [self.shared_readers[each.id] for each in used], whole=name not in self.incomplete)
        return used


def _hides_names(reader: Reader, node: Node | None, shape: s.Shape) -> bool:
    """Whether names of a file may be missing because a key of it was refused."""
    return hide_names(node, shape) or (isinstance(node, Mapping) and reader.cut_short(node))


def _common(reader: Reader, node: Node | None) -> dict[str, Any]:
    """The actions and avoids of a file."""
    entries = node.entries if isinstance(node, Mapping) else {}
    shapes = {"actions": s.ACTION, "avoid": s.AVOIDED}
    read = {key: reader.several(entries[key], shape) for key, shape in shapes.items() if key in entries}
    return {key: value for key, value in read.items() if isinstance(value, tuple)}


def _entry(name: str, first: tuple[p.Line, ...], steps: dict[str, p.Step]) -> p.Check | None:
    """The first lines as a step; none where there is nothing to try, or nothing to go on to."""
    start = next(iter(steps.values()), None)
    if not first or start is None:
        return None
    return p.Check.of("first", first[0].span, (*first, p.Line(None, p.Target(name, start.id), start.span)))


def _places(protocols: Iterable[p.Protocol]) -> dict[p.Target, p.Step | p.Outcome]:
    found: dict[p.Target, p.Step | p.Outcome] = {}
    for each in protocols:
        found.update({p.Target(each.id, step.id): step for step in each.steps.values()})
        found.update({p.Target(each.id, outcome.id): outcome for outcome in each.outcomes.values()})
    return found
