"""Where the things of a pack stand in its files: the keys that name them, found again from the nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import Span
from playbook.source.nodes import Mapping, Scalar, Sequence
from playbook.survey.texts import Worded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Files

    from playbook.source import Source
    from playbook.source.nodes import Node

    Index = dict[tuple[int, int], tuple[Span, Node]]


class Places:
    """The files of a pack as they were read; each is looked through once, when a place in it is first wanted."""

    def __init__(self, sources: Files[str, Source]) -> None:
        """Look through none yet."""
        self.sources = sources
        self._indices: dict[str, Index] = {}

    def key(self, file: str, *path: str) -> Span:
        """Where the last key of this path stands; where there is no such key, the nearest that there is."""
        source = self.sources.get(file)
        node: Node | None = source.node if source else None
        span = Span(file)
        for name in path:
            if not isinstance(node, Mapping) or name not in node.entries:
                break
            span = Span(file, *node.key_position(name))
            node = node.entries[name]
        return span

    def head(self, span: Span) -> Span:
        """Where the key of the value at `span` stands; `span` itself for what has no key."""
        found = self._index(span.file).get((span.line, span.column))
        return found[0] if found else span

    def within(self, span: Span, name: str) -> Span:
        """Where the key `name` of the map at `span` stands; `span` itself where there is none."""
        found = self._index(span.file).get((span.line, span.column))
        if found is None or not isinstance(found[1], Mapping) or name not in found[1].entries:
            return span
        return Span(span.file, *found[1].key_position(name))

    def points(self, span: Span, default: str) -> Iterator[tuple[Source, str, Scalar]]:
        """The `own_words` of the side at `span`, each in each locale."""
        _, node = self._index(span.file)[span.line, span.column]
        listed = node.entries["own_words"] if isinstance(node, Mapping) else None
        for item in listed.items if isinstance(listed, Sequence) else ():
            for locale, words in Worded(self.sources[span.file], "own_words", item).spoken(default):
                yield self.sources[span.file], locale, words

    def _index(self, file: str) -> Index:
        if file not in self._indices:
            source = self.sources.get(file)
            self._indices[file] = _indexed(file, source.node) if source and source.node else {}
        return self._indices[file]


def _indexed(file: str, root: Node) -> Index:
    found: Index = {(root.line, root.column): (Span(file, root.line, root.column), root)}
    pending = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, Scalar):
            continue
        if isinstance(node, Sequence):
            children = [(Span(file, each.line, each.column), each) for each in node.items]
        else:
            children = [(Span(file, key.line, key.column), child) for key, child in node.pairs()]
        for span, child in children:
            found.setdefault((child.line, child.column), (span, child))
            pending.append(child)
    return found
