"""Reads what a scenario expects: each expectation with its place, every name in it checked against the pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook import shape as s
from playbook.diagnostics import did_you_mean
from playbook.loader.reader import BAD, Reader
from playbook.scenarios import cases as c
from playbook.source.nodes import Mapping, Scalar, Sequence, is_null

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Mapping as Entries

    from playbook.protocol import Pack
    from playbook.source.nodes import Node


def items(reader: Reader, node: Node | None, wanted: str) -> list[Node]:
    """The items of a list; none, and the fault gathered, where something else stands there."""
    if node is not None and not isinstance(node, Sequence):
        reader.unlike(node, wanted)
    return node.items if isinstance(node, Sequence) else []


class Expecting:
    """Reads the expectations of one file with the names of its pack."""

    def __init__(self, pack: Pack, protocol: str, reader: Reader) -> None:
        """Read for the scenarios of `protocol`."""
        self.pack, self.protocol, self.reader = pack, protocol, reader
        own = pack.protocols[protocol]
        self.outcomes = {each.id: p.Target(protocol, each.id) for each in own.outcomes.values()}
        self.steps = {name: p.Target(protocol, name) for name in own.steps}
        for one in pack.protocols.values():
            self.outcomes |= {f"{one.id}.{name}": p.Target(one.id, name) for name in one.outcomes}
            self.steps |= {f"{one.id}.{name}": p.Target(one.id, name) for name in one.steps}
        lines = [pack.red_lines, *(one.red_lines for one in pack.protocols.values())]
        self.red_lines = {name: None for each in lines for name in each}

    def all(self, node: Node) -> Iterator[c.Expectation]:
        """What a scenario expects, each with its place."""
        reader, children = self.reader, self.reader.fields(node, s.EXPECT) or {}
        if "outcome" in children:
            yield from self.single(children["outcome"], self.outcome, c.OUTCOME)
        if "level" in children:
            yield from self.single(children["level"], reader.level, c.LEVEL)
        yield from self.listed(children.get("path"), self.step, c.PATH, "a list of steps")
        yield from self.listed(children.get("asked"), self.question, c.ASKED, "a list of questions")
        marks = reader.fields(children["marks"], s.EXPECTED_MARKS) if "marks" in children else None
        for key, mark in (("has", c.HAS), ("lacks", c.LACKS)):
            yield from self.each((marks or {}).get(key), self.mark, mark)
        yield from self.each(children.get("actions"), self.task, c.ACTION)
        yield from self.each(children.get("avoid"), reader.string, c.AVOID)
        yield from self.listed(children.get("red_lines"), self.red_line, c.RED_LINES, "a list of red lines")
        yield from self.replies(children.get("reply"))

    def single(
        self, node: Node, reads: Callable[[Node], object], what: str, where: tuple[str, str] = ("", "")
    ) -> Iterator[c.Expectation]:
        """One expectation of a value, unless it is refused."""
        value = reads(node)
        if value is not BAD:
            yield c.Expectation(what, value, self.reader.span(node), *where)

    def each(
        self, node: Node | None, reads: Callable[[Node], object], what: str, where: tuple[str, str] = ("", "")
    ) -> Iterator[c.Expectation]:
        """An expectation of each item of a list."""
        for item in items(self.reader, node, "a list"):
            yield from self.single(item, reads, what, where)

    def listed(
        self, node: Node | None, reads: Callable[[Node], object], what: str, wanted: str
    ) -> Iterator[c.Expectation]:
        """One expectation of a whole list: exactly these, in this order."""
        if node is not None:
            found = tuple(reads(item) for item in items(self.reader, node, wanted))
            yield c.Expectation(what, found, self.reader.span(node))

    def mark(self, node: Node) -> object:
        """A mark of the pack."""
        return self.reader.one_of(node, self.pack.marks, "mark")

    def question(self, node: Node) -> object:
        """A question of the pack."""
        return self.reader.one_of(node, self.pack.questions, "question")

    def red_line(self, node: Node) -> object:
        """A red line of the pack or of any protocol."""
        return self.reader.one_of(node, self.red_lines, "red line")

    def step(self, node: Node) -> object:
        """A step by its own name, or with its protocol's before it."""
        name = self.reader.one_of(node, self.steps, "step")
        return self.steps[name] if isinstance(name, str) else BAD

    def task(self, node: Node) -> object:
        """An action by its owner, its time and a piece of its wording."""
        values = self.reader.record(node, s.EXPECTED_ACTION)
        return BAD if values is None else c.Task(**values)  # type: ignore[arg-type]

    def outcome(self, node: Node) -> object:
        """An outcome by its own name, or with its protocol's before it."""
        if isinstance(node, Scalar) and is_null(node):
            message = "this scenario does not say yet where it must end"
            hint = "write the outcome that is right for these answers, not the one that the protocol comes to"
            return self.reader.refuse("PB059", message, self.reader.span(node), hint)
        scalar = self.reader.scalar(node, "an outcome")
        if scalar is None:
            return BAD
        if scalar.text not in self.outcomes:
            message = f"no outcome is called {self.reader.shown(scalar)}"
            near = did_you_mean(scalar.text, self.outcomes)
            return self.reader.refuse("PB051", message, self.reader.span(scalar), near)
        return self.outcomes[scalar.text]

    def replies(self, node: Node | None) -> Iterator[c.Expectation]:
        """What is expected of the reply, by locale."""
        if node is not None and not isinstance(node, Mapping):
            self.reader.unlike(node, "a map from locales")
        for locale, child in node.entries.items() if isinstance(node, Mapping) else ():
            if locale not in self.pack.locales:
                hint = did_you_mean(locale, self.pack.locales)
                span = self.reader.key_span(node, locale)  # type: ignore[arg-type] # it is a map
                self.reader.refuse("PB034", f"`{locale}` is no locale of this pack", span, hint)
                continue
            children = self.reader.fields(child, s.EXPECTED_REPLY) or {}
            yield from self.said(children, (locale, ""))
            yield from self.on_channels(children.get("channels"), locale)

    def on_channels(self, node: Node | None, locale: str) -> Iterator[c.Expectation]:
        """What is expected of a reply on other channels."""
        if node is not None and not isinstance(node, Mapping):
            self.reader.unlike(node, "a map from channels")
        for channel, child in node.entries.items() if isinstance(node, Mapping) else ():
            if channel not in self.pack.channels:
                span = self.reader.key_span(node, channel)  # type: ignore[arg-type] # it is a map
                hint = did_you_mean(channel, self.pack.channels)
                self.reader.refuse("PB038", f"no channel is called `{channel}`", span, hint)
                continue
            yield from self.said(self.reader.fields(child, s.EXPECTED_ON_CHANNEL) or {}, (locale, channel))

    def said(self, children: Entries[str, Node], where: tuple[str, str]) -> Iterator[c.Expectation]:
        """What is expected of the words of one reply."""
        for key, what in (("contains", c.CONTAINS), ("lacks", c.OMITS)):
            yield from self.each(children.get(key), self.reader.string, what, where)
        if "snapshot" in children:
            found = self.single(children["snapshot"], self.reader.flag, c.SNAPSHOT, where)
            yield from (each for each in found if each.wanted)
