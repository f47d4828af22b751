"""A file that was read, and where each character of its texts stands in it, through quotes, escapes and folds."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING

from playbook.diagnostics import Span
from playbook.source.nodes import Node, Scalar

if TYPE_CHECKING:
    from playbook.diagnostics import Diagnostic

_BLANK = " \t\r\n"
# Patterns are compiled where they are used: few files have a fault whose place must be found.
# How the raw text of a scalar is cut to find its characters again: a fold (line breaks and the white space around
# them), an escaped line break, an escape, and whatever stands for itself.
_FOLD = r"(?P<fold>[ \t]*\r?\n[ \t\r\n]*)"
_PIECES = {
    "": rf"{_FOLD}|(?P<run>[ \t]+|[^ \t\r\n]+)",
    "'": rf"{_FOLD}|''|(?P<run>[ \t]+|[^ \t\r\n']+|')",
    '"': (
        rf"{_FOLD}|(?P<joined>\\\r?\n[ \t\r\n]*)"
        r"|\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)|(?P<run>[ \t]+|[^ \t\r\n\\]+)"
    ),
}
_QUOTED = r'(?s:"(?:\\.|[^"\\])*"|\'(?:\'\'|[^\'])*\')'
_COLON = rf"[{_BLANK}]*:"


class Source:
    """A file that was read: its `text`, its root `node` and the `diagnostics` found on the way.

    `node` is None where what could be built would not be what the author wrote (a syntax error, an alias, a limit);
    the other faults leave a node behind, so that more faults can be found in the same run.
    """

    __slots__ = ("_starts", "diagnostics", "file", "node", "text")

    def __init__(self, file: str, text: str, node: Node | None, diagnostics: list[Diagnostic]) -> None:
        self.file = file
        self.text = text
        self.node = node
        self.diagnostics = diagnostics
        self._starts: list[int] = []

    @property
    def starts(self) -> list[int]:
        """Where each line starts, as an index into the text."""
        if not self._starts:
            self._starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        return self._starts

    def has_colon(self, key: str, place: Span) -> bool:
        """Whether a `:` follows the key that stands at `place`."""
        at = self.starts[place.line - 1] + place.column - 1
        quoted = re.compile(_QUOTED).match(self.text, at)
        return re.compile(_COLON).match(self.text, quoted.end() if quoted else at + len(key)) is not None

    def position(self, node: Node, offset: int = 0) -> Span:
        """Where character `offset` of a scalar's text stands in the file, or its end where `offset` is its length.

        Exact in every style, except for the white space of a folded (`>`) text, which is placed behind the word before
        it. Lists and maps have no characters: their start is meant.
        """
        if not isinstance(node, Scalar) or (not node.style and not offset):
            return Span(self.file, node.line, node.column)
        find = {"|": self._literal, ">": self._folded}.get(node.style, self._flow)
        at = find(node, offset)
        line = bisect_right(self.starts, at)
        return Span(self.file, line, at - self.starts[line - 1] + 1)

    def _below(self, node: Scalar, lines: int) -> int:
        """Where the line starts that is `lines` below the one the scalar starts on, or the file ends."""
        line = node.line - 1 + lines
        return self.starts[line] if line < len(self.starts) else len(self.text)

    def _literal(self, node: Scalar, offset: int) -> int:
        """A line of a literal text is a line of the file, behind its indentation."""
        row = node.text.count("\n", 0, offset)
        start = self._below(node, 1 + row)
        raw = self.text[start : self._below(node, 2 + row)].rstrip("\r\n")
        said = node.text.split("\n", row + 1)[row]
        column = offset - node.text.rfind("\n", 0, offset) - 1
        return start + max(len(raw) - len(said), 0) + column

    def _folded(self, node: Scalar, offset: int) -> int:
        """Folding moves only white space: the other characters follow each other as in the file."""
        before = sum(char not in _BLANK for char in node.text[:offset])
        within = node.text[offset : offset + 1].strip(_BLANK) != ""
        start = self._below(node, 1)
        if not before and not within:
            return start
        solid = re.compile(rf"[^{_BLANK}]").finditer(self.text, start)
        found = next(islice(solid, before - (not within), None))
        return found.start() if within else found.end()

    def _flow(self, node: Scalar, offset: int) -> int:
        """Cuts the raw text as YAML does, counting the characters that each piece gives, up to `offset`."""
        start = self._below(node, 0) + node.column - 1 + len(node.style)
        left, at = offset, start
        for match in re.compile(_PIECES[node.style]).finditer(self.text, start):
            at = match.start()
            run, fold, joined = match["run"], match["fold"], match.groupdict().get("joined")
            breaks = (fold or joined or "").count("\n")
            gives = len(run) if run else max(breaks - 1, 1) if fold else breaks - 1 if joined else 1
            if left < gives:
                if run:
                    return at + left
                if breaks and offset < len(node.text):
                    nth = left + 2 if breaks > 1 else 1
                    return at + next(islice(re.finditer("\n", match[0]), nth - 1, None)).start()
                return at
            left -= gives
            at = match.end()
        return at
