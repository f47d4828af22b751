"""The words for people in the files of a pack, each under its key and with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import shape as s
from playbook.record import Record
from playbook.source.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.source import Source
    from playbook.source.nodes import Node


class Worded(Record):
    """A text for people: the file it stands in, its key, and the words, in one locale or by locale."""

    source: Source
    key: str
    node: Node

    def spoken(self, default: str) -> Iterator[tuple[str, Scalar]]:
        """The words by locale; those that stand alone are in the `default` one."""
        entries = self.node.entries if isinstance(self.node, Mapping) else {default: self.node}
        yield from ((name, each) for name, each in entries.items() if isinstance(each, Scalar))


def texts(source: Source, shape: s.Shape) -> Iterator[Worded]:
    """Every text of a file, in its order."""
    found = _read(source.node, shape, "") if source.node else ()
    yield from (Worded(source, key, node) for key, node in found)


def _read(node: Node, reads: s.Reads, key: str) -> Iterator[tuple[str, Node]]:
    if isinstance(reads, s.Shape):
        yield from _map(node, reads)
    elif isinstance(reads, s.Several):
        for item in node.items if isinstance(node, Sequence) else ():
            yield from _read(item, s.AVOID if reads.of is s.AVOIDED else reads.of, key)
    elif isinstance(reads, s.Named):
        for name, child in node.entries.items() if isinstance(node, Mapping) else ():
            yield from _read(child, reads.of, key if isinstance(reads.of, str) and reads.of == s.TEXT else name)
    elif reads == s.TEXT:
        yield key, node
    elif reads in (s.AVOID, s.SIDE):
        yield from _either(node, s.AVOIDED if reads == s.AVOID else s.OWN_WORDS, reads == s.AVOID)


def _map(node: Node, shape: s.Shape) -> Iterator[tuple[str, Node]]:
    entries = node.entries if isinstance(node, Mapping) else {}
    for key in shape.keys:
        if key.name in entries:
            yield from _read(entries[key.name], _RAW.get((shape.word, key.name), key.reads), key.name)
            if (shape.word, key.name) in _MADE:
                yield from _MADE[shape.word, key.name](entries[key.name])


def _either(node: Node, shape: s.Shape, wordy: bool) -> Iterator[tuple[str, Node]]:  # noqa: FBT001 - one call
    """What is a text or a map with more; a side that is no map is a template's name."""
    first = shape.keys[0].name
    if isinstance(node, Mapping) and not node.entries.keys().isdisjoint(shape.names):
        yield from _map(node, shape)
    elif wordy:
        yield first, node


def _choices(node: Node) -> Iterator[tuple[str, Node]]:
    for child in node.entries.values() if isinstance(node, Mapping) else ():
        yield from _either(child, s.CHOICE, wordy=True)


def _facts(node: Node) -> Iterator[tuple[str, Node]]:
    for child in node.entries.values() if isinstance(node, Mapping) else ():
        if isinstance(child, Mapping):
            yield from _map(child, s.FACT)
        else:
            yield from _read(child, s.Several(s.RULE), "")


_RAW: dict[tuple[str, str], s.Reads] = {
    (word, "questions"): s.Named(s.QUESTION) for word in (s.PROTOCOL.word, s.SHARED.word)
}
"""What stands under keys that are read by code of their own, where a shape says it."""
_MADE = {
    (s.QUESTION.word, "choices"): _choices,
    **{(word, "facts"): _facts for word in (s.PROTOCOL.word, s.SHARED.word)},
}
