"""YAML text -> guarded nodes with positions, from libyaml's events (the only module that knows PyYAML).

Every event passes the guard before anything is kept of it, so that a hostile file ends in a message: aliases are never
followed, nothing recurses, and reading stops at the limits. The long loop in `_Builder.build` is what makes reading
fast (`benchmarks/yaml_positions.py`).
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any, NoReturn

from playbook.diagnostics import Diagnostic, Span
from playbook.source.guard import Limits, character, decode, key_fault, suspects
from playbook.source.nodes import Mapping, Node, Scalar, Sequence, is_null, unpacked
from playbook.source.places import Source

if TYPE_CHECKING:
    from collections.abc import Callable

_DEFAULT = Limits()
__all__ = ["Limits", "Source", "read"]

_SPLIT = "split the file into several protocols, or share what they repeat"
_REPEAT = "write it out, or share it between protocols with `use`"


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
        self.refused = 0  # characters that an escape hid
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
            stop = getattr(error, "problem_mark", None)
            start = getattr(error, "context_mark", None) or stop
            opened, place = ((mark.line + 1, mark.column + 1) if mark else (1, 1) for mark in (start, stop))
            context, problem = (getattr(error, name, None) or "" for name in ("context", "problem"))
            # Newer versions of libyaml read a thousand brackets ahead, and give up before the guard sees one.
            if "maximum nesting depth" in problem:
                self.too_deep(stop)
                return
            from playbook.source.syntax import Complaint, explain

            complaint = Complaint(context, problem, opened, place)
            self.source.diagnostics.append(explain(complaint, text, self.source.file))
            return
        if isinstance(node, Scalar) and is_null(node):
            message, hint = "the file says nothing: it has only comments or a null", "start with `protocol: name`"
            self.source.diagnostics.append(Diagnostic("PB004", message, Span(self.source.file), hint))
        elif self.sound:
            self.source.node = node

    def build(self, get: Callable[[], Any]) -> Node:  # noqa: C901, PLR0912 - a call for each event would double the time
        """The document's root; an empty scalar where there is none."""
        from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

        within: Any = Sequence(1, 1)
        top, left, known, stack = within.items, self.limits.nodes, self.known, list[tuple[Any, str | None]]()
        name: str | None = ""  # the key whose value comes, "" where it was refused or in a list; None where a key comes
        while (event := get()) is not None:
            kind, mark = event.__class__, event.start_mark
            if kind is ScalarEvent:
                text, style = event.value, event.style
                if event.tag or event.anchor or (style == '"' and not text.isprintable()):
                    self.properties(event)
                if name is None:
                    name = known.get(text)
                    if name is None or name in within.entries:
                        name = self.key(text, event, within)
                    if name:
                        within.places.append(mark.line << 32 | mark.column)
                    continue
                node: Any = Scalar(text, style, mark.line + 1, mark.column + 1)
                if name and not text and not style:
                    self.alone(name, within.places[-1])
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                within, name = stack.pop()
                continue
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self.opening(event, len(stack), is_key=name is None)
                make = Mapping if kind is MappingStartEvent else Sequence
                node = make(mark.line + 1, mark.column + 1)
            elif (node := self.rare(event)) is None:
                continue
            if (left := left - 1) < 0:
                self.stop("PB007", f"more than {self.limits.nodes:,} values", mark, _SPLIT)
            if within.__class__ is Sequence:
                within.items.append(node)
            elif name:
                within.entries[name], name = node, None
            else:  # a map or list as a key is refused, and a refused key takes its value with it
                name = "" if name is None else None
            if kind is not ScalarEvent and node.__class__ is not Scalar:
                stack.append((within, name))
                within, name = node, None if kind is MappingStartEvent else ""
        return top[0] if top else Scalar("", "", 1, 1)

    def opening(self, event: Any, depth: int, *, is_key: bool) -> None:  # noqa: ANN401 - PyYAML's events share no type
        """Refuses a map or list that stands too deep, or as a key."""
        if depth >= self.limits.depth:
            self.too_deep(event.start_mark)
            raise _Stopped
        if is_key:
            self.sound = False
            hint = "quote a text that starts with a bracket"
            self.fault("PB014", "a map or list cannot be a key", event.start_mark, hint)
        if event.tag or event.anchor:
            self.properties(event)

    def too_deep(self, mark: Any) -> None:  # noqa: ANN401 - as above
        """Refuses more maps and lists inside each other than the guard allows."""
        hint = "write one step, outcome or text after the other; quote a text that starts with a bracket"
        self.fault("PB006", f"more than {self.limits.depth} maps and lists inside each other", mark, hint)

    def rare(self, event: Any) -> Node | None:  # noqa: ANN401 - as above
        """What stands for an alias; a stream's and a document's ends leave nothing behind."""
        from yaml.events import AliasEvent, DocumentStartEvent

        mark = event.start_mark
        if isinstance(event, AliasEvent):
            self.sound = False
            self.fault("PB010", f"`*{event.anchor}` repeats another part of the file", mark, _REPEAT)
            return Scalar("", "", mark.line + 1, mark.column + 1)
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.stop("PB008", "a second document starts here", mark, "one document a file: delete the `---`")
            if event.tags or (event.version and event.version != (1, 2)):
                self.fault("PB020", "a `%` line changes how the file is read", mark, "delete it: this is YAML 1.2")
        return None

    def key(self, text: str, event: Any, within: Mapping) -> str:  # noqa: ANN401 - as above
        """The key's text, or "" where it is refused."""
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

    def alone(self, key: str, place: int) -> None:
        """Refuses a key without its `:`, which a comma in a text inside `{…}` makes of the text's other half."""
        span = Span(self.source.file, *unpacked(place))
        if self.sound and not self.source.has_colon(key, span):
            hint = "a comma ends a value inside `{…}`: write one key a line, or quote the values"
            self.source.diagnostics.append(Diagnostic("PB021", f"the key `{key}` has no value", span, hint))

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
                if self.refused == self.limits.faults:
                    self.fault("PB016", "more characters like these follow", mark, "mend the ones above first")
                self.refused += 1
                if self.refused > self.limits.faults:
                    break
                self.source.diagnostics.append(character(node.text[at], self.source.position(node, at)))

    def fault(self, code: str, message: str, mark: Any, hint: str) -> None:  # noqa: ANN401 - as above
        """Adds one diagnostic at the parser's mark (which counts from 0)."""
        span = Span(self.source.file, mark.line + 1, mark.column + 1)
        self.source.diagnostics.append(Diagnostic(code, message, span, hint))

    def stop(self, code: str, message: str, mark: Any, hint: str) -> NoReturn:  # noqa: ANN401 - as above
        """Adds one diagnostic, and ends reading."""
        self.fault(code, message, mark, hint)
        raise _Stopped
