"""Reads `protocols/<id>.scenarios.yaml`: every fault with its place, all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import answers
from playbook import protocol as p
from playbook import shape as s
from playbook.conditions.condition import Scope
from playbook.diagnostics import Diagnostic, Span, did_you_mean
from playbook.loader.reader import BAD, Reader, Vocabulary
from playbook.scenarios import cases as c
from playbook.scenarios.expecting import Expecting, items
from playbook.source import read as read_yaml
from playbook.source.guard import Limits
from playbook.source.nodes import Mapping, Scalar, Sequence, is_null

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.protocol import Answer, Pack
    from playbook.source.nodes import Node

FOLDER, ENDING = "protocols/", ".scenarios.yaml"


def path_of(protocol: str) -> str:
    """The file of a protocol's scenarios."""
    return f"{FOLDER}{protocol}{ENDING}"


def read(pack: Pack, protocol: str, limits: Limits | None = None) -> c.Scenarios:
    """The scenarios of `protocol`, none where it has no file. Never raises for what the file holds."""
    path = path_of(protocol)
    if path not in pack.files:
        return c.Scenarios((), ())
    try:
        data = pack.files[path]
    except OSError as fault:
        reason = (fault.strerror or "it failed").lower()
        return c.Scenarios((), (Diagnostic("PB070", f"cannot read `{path}`: {reason}", Span(path)),))
    source = read_yaml(data, path, limits or Limits())
    if source.node is None:
        return c.Scenarios((), tuple(source.diagnostics))
    known = Vocabulary(pack.locales, pack.roles, pack.marks, pack.stances, pack.principles)
    reading = _Reading(pack, protocol, Reader(source, known, Scope({})))
    found = tuple(reading.all(source.node))
    faults = dict.fromkeys((*source.diagnostics, *reading.reader.found))
    return c.Scenarios(found, tuple(sorted(faults, key=lambda each: (each.span or Span(path), each.code))))


class _Reading:
    """Reads one file of scenarios with the names of its pack."""

    def __init__(self, pack: Pack, protocol: str, reader: Reader) -> None:
        self.pack, self.protocol, self.reader = pack, protocol, reader
        self.expecting = Expecting(pack, protocol, reader)
        self.names: dict[str, Span] = {}

    def all(self, node: Node) -> Iterator[c.Scenario]:
        """Every scenario in which nothing is wrong."""
        children = self.reader.fields(node, s.SCENARIOS) or {}
        for item in items(self.reader, children.get("scenarios"), "a list of scenarios"):
            before = len(self.reader.found)
            scenario = self.scenario(item)
            if scenario is not None and len(self.reader.found) == before:
                yield scenario

    def scenario(self, node: Node) -> c.Scenario | None:
        reader, children = self.reader, self.reader.fields(node, s.SCENARIO)
        if children is None:
            return None
        name, channel = self.name(children.get("name")), None
        if "channel" in children:
            channel = reader.one_of(children["channel"], self.pack.channels, "channel")
        principle = children.get("principle")
        decided_by = reader.read(principle, s.PRINCIPLE) if principle is not None else None
        given = self.answers(children["answers"]) if "answers" in children else {}
        expected = tuple(self.expecting.all(children["expect"])) if "expect" in children else ()
        known = (str(name), reader.span(node), given, channel, expected, decided_by)
        return c.Scenario(self.protocol, *known)  # type: ignore[arg-type] # by shape

    def name(self, node: Node | None) -> object:
        name = BAD if node is None else self.reader.string(node)
        if node is not None and isinstance(name, str):
            first = self.names.setdefault(name, self.reader.span(node))
            if first != self.reader.span(node):
                message = f"another scenario is called `{name}`"
                self.reader.refuse("PB074", message, self.reader.span(node), f"that one stands in line {first.line}")
        return name

    def answers(self, node: Node) -> dict[str, Answer]:
        found: dict[str, Answer] = {}
        if not isinstance(node, Mapping):
            self.reader.unlike(node, "a map from questions to answers")
            return found
        for name, child in node.entries.items():
            question = self.pack.questions.get(name)
            if name == p.CHANNEL or question is None:
                hint = did_you_mean(name, self.pack.questions.keys() - {p.CHANNEL})
                message = "the channel is no answer here" if question else f"no question is called `{name}`"
                span = self.reader.key_span(node, name)
                self.reader.refuse("PB055", message, span, "write `channel:` beside `answers:`" if question else hint)
                continue
            raw = _raw(child)
            try:
                found[name] = answers.parse(question, raw) if isinstance(raw, str) else answers.accept(question, raw)
            except answers.Refused as fault:
                self.reader.refuse("PB065", fault.message, self.reader.span(child), fault.hint)
        return found


def _raw(node: Node) -> object:
    """An answer as JSON would give it: null, a text, a list of texts; what is neither is left to be refused."""
    if isinstance(node, Scalar):
        return None if is_null(node) else node.text
    if isinstance(node, Sequence):
        return [item.text if isinstance(item, Scalar) else item for item in node.items]
    return node
