"""YAML text -> guarded nodes with positions, from libyaml's events (the only module that knows PyYAML).

Every event passes the guard before anything is kept of it, so that a hostile file ends in a message: aliases are never
followed, nothing recurses, and reading stops at the limits. The long loop in `_Builder.build` is what makes reading
fast (`benchmarks/yaml_positions.py`).
"""

from __future__ import annotations

import gc
import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING, Any, NoReturn

from playbook.diagnostics import Diagnostic, Span
from playbook.guard import Limits, character, decode, key_fault, suspects
from playbook.nodes import Mapping, Node, Scalar, Sequence, is_null
from playbook.syntax import Complaint, explain

if TYPE_CHECKING:
    from collections.abc import Callable

_DEFAULT = Limits()
_SPLIT = "split the file into several protocols, or share what they repeat"
_REPEAT = "write it out, or share it between protocols with `use`"
_BLANK = " \t\r\n"
# How the raw text of a scalar is cut to find its characters again: a fold (line breaks and the white space around
# them), an escaped line break, an escape, and whatever stands for itself.
_FOLD = r"(?P<fold>[ \t]*\r?\n[ \t\r\n]*)"
_PIECES = {
    "": re.compile(rf"{_FOLD}|(?P<run>[ \t]+|[^ \t\r\n]+)"),
    "'": re.compile(rf"{_FOLD}|''|(?P<run>[ \t]+|[^ \t\r\n']+|')"),
    '"': re.compile(
        rf"{_FOLD}|(?P<joined>\\\r?\n[ \t\r\n]*)"
        r"|\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)|(?P<run>[ \t]+|[^ \t\r\n\\]+)",
    ),
}


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

    def position(self, node: Node, offset: int = 0) -> Span:
        """Where character `offset` of a scalar's text stands in the file, or its end where `offset` is its length.

        Exact in every style, except for the white space of a folded (`>`) text, which is placed behind the word before
        it. Lists and maps have no characters: their start is meant.
        """
        if not isinstance(node, Scalar) or (not node.style and not offset):
            return Span(self.file, node.line, node.column)
        self._starts = self._starts or [0, *(match.end() for match in re.finditer("\n", self.text))]
        find = {"|": self._literal, ">": self._folded}.get(node.style, self._flow)
        at = find(node, offset)
        line = bisect_right(self._starts, at)
        return Span(self.file, line, at - self._starts[line - 1] + 1)

    def _below(self, node: Scalar, lines: int) -> int:
        """Where the line starts that is `lines` below the one the scalar starts on, or the file ends."""
        line = node.line - 1 + lines
        return self._starts[line] if line < len(self._starts) else len(self.text)

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
        solid = re.compile(rf"[^{_BLANK}]").finditer(self.text, self._below(node, 1))
        found = next(islice(solid, max(before - (not within), 0), None), None)
        if found is None:
            return self._below(node, 1)
        return found.start() if within or not before else found.end()

    def _flow(self, node: Scalar, offset: int) -> int:
        """Cuts the raw text as YAML does, counting the characters that each piece gives, up to `offset`."""
        start = self._below(node, 0) + node.column - 1 + len(node.style)
        left, at = offset, start
        for match in _PIECES[node.style].finditer(self.text, start):
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


def read(data: bytes, file: str, limits: Limits = _DEFAULT) -> Source:
    """Reads one YAML document of `file` (the name that diagnostics carry); never raises, whatever `data` holds.

    Faults of a file come sorted by place. The cyclic garbage collector rests meanwhile: nothing that is built here is
    garbage, and looking for it makes reading large files slower than linear.
    """
    text, faults = decode(data, file, limits)
    source = Source(file, text, None, faults)
    if text:
        resting = gc.isenabled()
        gc.disable()
        try:
            _Builder(source, limits).run(text)
        finally:
            if resting:
                gc.enable()
        faults.sort(key=lambda fault: (fault.span or Span(file))[1:])
    return source


class _Stopped(Exception):  # noqa: N818 - it is no error of ours
    """Reading cannot go on; why is among the diagnostics."""


class _Builder:
    """Events in, nodes out; whatever an event may not carry becomes a diagnostic of its source."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.documents = 0
        self.sound = True  # nothing was left out that other faults would follow from
        self.known: dict[str, str] = {}  # keys that passed the guard, each text kept once

    def run(self, text: str) -> None:
        """Parses `text`; what stops the parser becomes one diagnostic."""
        from yaml import YAMLError
        from yaml._yaml import CParser

        try:
            node = self.build(CParser(text).get_event)
        except _Stopped:
            return
        except YAMLError as error:
            marks = [getattr(error, name, None) for name in ("context_mark", "problem_mark")]
            opened, place = ((mark.line + 1, mark.column + 1) if mark else (1, 1) for mark in marks)
            context, problem = (getattr(error, name, None) or "" for name in ("context", "problem"))
            complaint = Complaint(context, problem, opened, place)
            self.source.diagnostics.append(explain(complaint, text, self.source.file))
            return
        if isinstance(node, Scalar) and is_null(node):
            message, hint = "the file says nothing: it has only comments or a null", "start with `protocol: name`"
            self.source.diagnostics.append(Diagnostic("PB004", message, Span(self.source.file), hint))
        elif self.sound:
            self.source.node = node

    def build(self, get: Callable[[], Any]) -> Node:  # noqa: C901 - a call for each event would double the time
        """The document's root; an empty scalar where there is none."""
        from yaml.events import MappingEndEvent, ScalarEvent, SequenceEndEvent

        within: Any = Sequence(1, 1)
        top, left, stack = within.items, self.limits.nodes, list[tuple[Any, str | None]]()
        name: str | None = ""  # the key whose value comes, "" where it was refused or in a list; None where a key comes
        # One long loop and no call for a common event: this is where the time goes.
        while (event := get()) is not None:
            kind = event.__class__
            if kind is ScalarEvent:
                mark, text, style = event.start_mark, event.value, event.style
                if event.tag or event.anchor or (style == '"' and not text.isprintable()):
                    self.properties(event)
                if name is None:
                    if name := self.key(text, event, within):
                        within.places.append(mark.line << 32 | mark.column)
                    continue
                node: Any = Scalar(text, style, mark.line + 1, mark.column + 1)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                within, name = stack.pop()
                continue
            elif (node := self.other(event, len(stack), is_key=name is None)) is None:
                continue
            left -= 1
            if left < 0:
                self.stop("PB007", f"more than {self.limits.nodes:,} values", event.start_mark, _SPLIT)
            if within.__class__ is Sequence:
                within.items.append(node)
            elif name:
                within.entries[name] = node
                name = None
            else:  # a map or list as a key is refused, and a refused key takes its value with it
                name = "" if name is None else None
            if kind is not ScalarEvent and node.__class__ is not Scalar:
                stack.append((within, name))
                within, name = node, None if node.__class__ is Mapping else ""
        return top[0] if top else Scalar("", "", 1, 1)

    def other(self, event: Any, depth: int, *, is_key: bool) -> Node | None:  # noqa: ANN401 - PyYAML's events share no type
        """The node that a rarer event starts, or None."""
        from yaml.events import AliasEvent, DocumentStartEvent, MappingStartEvent, SequenceStartEvent

        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if isinstance(event, AliasEvent):
            self.sound = False
            self.fault("PB010", f"`*{event.anchor}` repeats another part of the file", mark, _REPEAT)
            return Scalar("", "", line, column)
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            if depth >= self.limits.depth:
                hint = "write one step, outcome or text after the other; quote a text that starts with a bracket"
                self.stop("PB006", f"more than {self.limits.depth} maps and lists inside each other", mark, hint)
            if is_key:
                self.sound = False
                self.fault("PB014", "a map or list cannot be a key", mark, "quote a text that starts with a bracket")
            self.properties(event)
            is_map = isinstance(event, MappingStartEvent)
            return Mapping(line, column, flow=bool(event.flow_style)) if is_map else Sequence(line, column)
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.stop("PB008", "a second document starts here", mark, "one document a file: delete the `---`")
            if event.tags or (event.version and event.version != (1, 2)):
                self.fault("PB020", "a `%` line changes how the file is read", mark, "delete it: this is YAML 1.2")
        return None

    def key(self, text: str, event: Any, within: Mapping) -> str:  # noqa: ANN401 - as above
        """The key's text, or "" where it is refused."""
        known = self.known.get(text)
        if known and text not in within.entries:
            return known
        mark = event.start_mark
        if text in within.entries:
            line, _ = within.key_position(text)
            hint = f"line {line} has it already: join the two, or rename one"
            self.fault("PB013", f"the key `{text}` stands twice", mark, hint)
            return ""
        if text == "<<" and not event.style:
            self.sound = False
            self.fault("PB011", "`<<` merges another part of the file", mark, _REPEAT)
            return ""
        if not text or not text.isascii():
            fault = key_fault(text, Span(self.source.file, mark.line + 1, mark.column + 1))
            if fault:
                self.source.diagnostics.append(fault)
                return ""
        self.known[text] = text
        return text

    def properties(self, event: Any) -> None:  # noqa: ANN401 - as above
        """Refuses a tag, an anchor, and the characters that an escape hides."""
        mark = event.start_mark
        if event.tag:
            hint = "delete it: what a value is follows from its place; quote a text that starts with `!`"
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.fault("PB012", f"`{tag}` is a tag", mark, hint)
        if event.anchor:
            self.fault("PB009", f"`&{event.anchor}` names a part of the file", mark, _REPEAT)
        if getattr(event, "style", "") == '"':
            node = Scalar(event.value, '"', mark.line + 1, mark.column + 1)
            for at in suspects(node.text):
                self.source.diagnostics.append(character(node.text[at], self.source.position(node, at)))

    def fault(self, code: str, message: str, mark: Any, hint: str) -> None:  # noqa: ANN401 - as above
        """Adds one diagnostic at the parser's mark (which counts from 0)."""
        span = Span(self.source.file, mark.line + 1, mark.column + 1)
        self.source.diagnostics.append(Diagnostic(code, message, span, hint))

    def stop(self, code: str, message: str, mark: Any, hint: str) -> NoReturn:  # noqa: ANN401 - as above
        """Adds one diagnostic, and ends reading."""
        self.fault(code, message, mark, hint)
        raise _Stopped
