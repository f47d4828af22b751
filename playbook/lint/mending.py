"""What `playbook lint --fix` does to a text: small edits where a finding has one cure that changes no case. Pure.

An edit takes out or puts in what its finding speaks of, and nothing else: comments, order and layout stay as they are.
Where something beside it could be lost, a comment above all, there is no edit, and a person decides.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from playbook.record import Record
from playbook.source.nodes import Mapping, Scalar, Sequence, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from playbook.diagnostics import Diagnostic
    from playbook.source.nodes import Node

    Mend = Callable[["File", Diagnostic], "Edit | None"]

_ALIKE = dict(
    zip("аеорсухіјѕԁһѵοαιкΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТХ", "aeopcyxijsdhvoaikABEZHIKMNOPTYXABEKMHOPCTX", strict=True)
)
"""Letters of Cyrillic and Greek that look like Latin ones."""
_FOREIGN = frozenset(map(chr, range(0x370, 0x530))) - {"μ"}


class Edit(Record):
    """What takes the place of the characters from `start` to `end` of a text."""

    start: int
    end: int
    text: str = ""
    gone: tuple[int, int] = (0, 0)
    """Where the key stands that goes with its value."""
    within: int = -1
    """Which map loses that entry, so that none is left without any."""


class _Held(Record):
    """A key: the map it is in, its name, and the map and key that this map is the value of."""

    holder: Mapping
    name: str
    above: tuple[Mapping, str] | None


class File:
    """A file as it stands on disk, in characters, with its root node where it is YAML that could be read."""

    def __init__(self, text: str, node: Node | None) -> None:
        """Find where its lines start."""
        self.text, self.node = text, node
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    @cached_property
    def keys(self) -> dict[tuple[int, int], _Held]:
        """Each key by its place: the map it is in, its name, and the map and key that this map is the value of."""
        found: dict[tuple[int, int], _Held] = {}
        pending: list[tuple[Node, tuple[Mapping, str] | None]] = [(self.node, None)] if self.node else []
        while pending:
            node, above = pending.pop()
            if isinstance(node, Sequence):
                pending += ((item, None) for item in node.items)
            elif isinstance(node, Mapping):
                for packed, (name, child) in zip(node.places, node.entries.items(), strict=True):
                    found[unpacked(packed)] = _Held(node, name, above)
                    pending.append((child, (node, name)))
        return found

    @cached_property
    def heads(self) -> list[tuple[int, int]]:
        """Where keys and items of lists start, in their order."""
        found = [*self.keys]
        pending = [self.node] if self.node else []
        while pending:
            node = pending.pop()
            if isinstance(node, Sequence):
                found += ((item.line, item.column) for item in node.items)
                pending += node.items
            elif isinstance(node, Mapping):
                pending += node.entries.values()
        return sorted(found)

    def at(self, line: int, column: int) -> int:
        """The index of a place; the end of the text where there is no such line."""
        return self.starts[line - 1] + column - 1 if line <= len(self.starts) else len(self.text)

    def line(self, number: int) -> str:
        """A line, with its end."""
        return self.text[self.at(number, 1) : self.at(number + 1, 1)]


def mend(file: File, finding: Diagnostic) -> Edit | None:
    """The edit that mends a finding in its file; None where a person has to."""
    by = MENDS.get(finding.code)
    return by(file, finding) if by is not None and finding.span is not None else None


def chosen(edits: Iterable[Edit]) -> list[Edit]:
    """Those that go together: of two that overlap the first, of those that take entries from one map the first.

    What is left out here is found again in the next round.
    """
    taken: list[Edit] = []
    maps: set[int] = set()
    for each in sorted(set(edits)):
        if (taken and each.start < taken[-1].end) or each.within in maps:
            continue
        taken.append(each)
        if each.within >= 0:
            maps.add(each.within)
    return taken


def mended(text: str, edits: Iterable[Edit]) -> str:
    """The text after edits that go together."""
    for each in sorted(edits, reverse=True):
        text = text[: each.start] + each.text + text[each.end :]
    return text


def same(before: Node, after: Node | None, gone: Collection[tuple[int, int]]) -> bool:
    """Whether two readings of a file say the same, but for keys that are `gone`, a first version, and letters."""
    if isinstance(before, Mapping):
        pairs = zip(before.places, before.entries.items(), strict=True)
        left = {name: child for place, (name, child) in pairs if unpacked(place) not in gone}
        now = after.entries if isinstance(after, Mapping) else {}
        kept = [name for name in now if name in left or name != "version"]
        return [*left] == kept and all(same(child, now[name], gone) for name, child in left.items())
    if isinstance(before, Sequence):
        items = after.items if isinstance(after, Sequence) else []
        return len(before.items) == len(items) and all(
            same(one, other, gone) for one, other in zip(before.items, items, strict=True)
        )
    return isinstance(after, Scalar) and _secured(before.text) == _secured(after.text)


def _secured(text: str) -> str:
    alike = "".join(_ALIKE.get(each, each) for each in text)
    return re.sub("http(s?)://", "https://", alike, flags=re.IGNORECASE)


def _place(file: File, finding: Diagnostic) -> int:
    span = finding.span
    return file.at(span.line, span.column) if span else 0


def _secure(file: File, finding: Diagnostic) -> Edit | None:
    """`http://` becomes `https://`."""
    at = _place(file, finding)
    scheme = file.text[at : at + 4]
    if scheme.lower() != "http" or file.text[at + 4 : at + 7] != "://":
        return None
    return Edit(at + 4, at + 4, "S" if scheme.isupper() else "s")


def _unseen(file: File, finding: Diagnostic) -> Edit | None:
    """A character that nobody sees goes; what an escape stands for, or a control, stays."""
    from unicodedata import category

    at = _place(file, finding)
    char = file.text[at : at + 1]
    return Edit(at, at + 1) if char and category(char) == "Cf" and f"U+{ord(char):04X}" in finding.message else None


def _alphabet(file: File, finding: Diagnostic) -> Edit | None:
    """A key in letters that only look like Latin ones is written in these."""
    from unicodedata import normalize

    at = _place(file, finding)
    key = finding.message.partition("`")[2].partition("`")[0]
    plain = "".join(_ALIKE.get(each, each) for each in normalize("NFKC", key))
    if not plain.isascii() or not plain.isidentifier() or not file.text.startswith(f"{key}:", at):
        return None
    return Edit(at, at + len(key), plain)


def _latin(file: File, finding: Diagnostic) -> Edit | None:
    """A word with letters that only look like Latin ones is written in these."""
    at = _place(file, finding)
    word = finding.message.partition("`")[2].partition("`")[0]
    plain = "".join(_ALIKE.get(each, each) for each in word)
    if not file.text.startswith(word, at) or any(each in _FOREIGN for each in plain):
        return None
    return Edit(at, at + len(word), plain)


def _version(file: File, finding: Diagnostic) -> Edit | None:
    """A protocol without a version gets its first, below its name."""
    first = file.line(1 if finding.span is None else finding.span.line)
    if "`version`" not in finding.message or not re.fullmatch(r"protocol: [a-z0-9_]+[ \t]*\r?\n", first):
        return None
    at = _place(file, finding) + len(first)
    return Edit(at, at, "version: 1.0.0" + first[len(first.rstrip()) :].lstrip(" \t"))


_REMARK = re.compile(r"(?:^|\s)#")
_COMMENT = re.compile(r"(?:#|\{#-?)[ \t]*playbook:[ \t]*ignore[ \t]+(?P<codes>PB[0-9]{3}(?:[ \t]*,[ \t]*PB[0-9]{3})*)")


def _ignore(file: File, finding: Diagnostic) -> Edit | None:
    """A comment that ignores nothing goes; of several codes, the one that is not found."""
    at = _place(file, finding)
    comment = _COMMENT.match(file.text, at)
    if comment is None or finding.span is None:
        return None
    code = re.search("PB[0-9]{3}", finding.message)
    codes = re.findall("PB[0-9]{3}", comment["codes"])
    left = [each for each in codes if code is not None and each != code[0]]
    if left:
        return Edit(comment.start("codes"), comment.end("codes"), ", ".join(left))
    line, start = file.line(finding.span.line), file.at(finding.span.line, 1)
    end = start + len(line.rstrip("\r\n"))
    if comment[0].startswith("{"):
        closed = file.text.find("#}", at, end)
        if closed < 0:
            return None
        end = closed + 2
    alone = not file.text[start:at].strip() and not file.text[end : start + len(line)].strip()
    if alone:
        return Edit(start, start + len(line))
    if not comment[0].startswith("{"):
        at = start + len(file.text[start:at].rstrip())
    return Edit(at, end)


def _declared(file: File, finding: Diagnostic) -> Edit | None:
    """A declaration that nothing uses goes, with all that is written below it; not where a comment would be lost."""
    held = file.keys.get(finding.span[1:]) if finding.span else None
    if held is None or _carries(held.holder.entries[held.name]):
        return None
    holder, name = held.holder, held.name
    if len(holder.entries) == 1 and held.above is not None:
        holder, name = held.above
    if len(holder.entries) == 1:
        return None
    line, column = holder.key_position(name)
    behind = file.heads[bisect_right(file.heads, (line, column)) :]
    after = next((each for each in behind if each[1] <= column), None)
    end = after[0] if after else len(file.starts) + (not file.text.endswith("\n"))
    while end - 1 > line and _is_aside(file.line(end - 1), column):
        end -= 1
    lines = [file.line(number) for number in range(line, end)]
    beside = [*lines, file.line(line - 1) if line > 1 else ""]
    if end <= line or lines[0][: column - 1].strip() or any(_REMARK.search(each) for each in beside):
        return None
    return Edit(file.at(line, 1), file.at(end, 1), "", (line, column), file.at(holder.line, holder.column))


def _carries(node: Node) -> bool:
    return isinstance(node, Mapping) and "carries" in node.entries


def _is_aside(line: str, column: int) -> bool:
    """Whether a line is blank, or a comment that belongs to what follows."""
    bare = line.lstrip()
    return not bare or (bare.startswith("#") and len(line) - len(bare) < column)


MENDS: dict[str, Mend] = {
    "PB015": _alphabet,
    "PB017": _unseen,
    "PB018": _unseen,
    "PB031": _version,
    "PB202": _unseen,
    "PB601": _declared,
    "PB602": _declared,
    "PB605": _declared,
    "PB606": _declared,
    "PB607": _declared,
    "PB608": _declared,
    "PB615": _secure,
    "PB651": _ignore,
    "PB661": _latin,
}
"""By the code of a finding, what mends it, where that can be done."""
