"""Reads values of one file by their shape, gathering every fault with its place."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from playbook import shape as s
from playbook.condition import Condition, check
from playbook.diagnostics import Diagnostic, Span, did_you_mean
from playbook.expression import SyntaxFault, parse
from playbook.protocol import RESERVED, Avoid, Duration, Side, Target, Text
from playbook.nodes import Mapping, Scalar, Sequence, as_bool, as_int, is_null

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from playbook.condition import Scope
    from playbook.nodes import Node
    from playbook.source import Source

BAD = object()
"""What a value is that was refused: its diagnostic has been gathered."""
LONGEST_ID = 60
_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_DURATION = re.compile(r"([1-9][0-9]{0,4}) ?(min|m|h|d|wd)\Z")
_VERSION = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_WORSE = ("later", "earlier", "higher", "lower", "yes", "no", "more")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HIGHEST_LEVEL = 3
_WORDS = {Mapping: "a map", Sequence: "a list", Scalar: "a single value"}


class Vocabulary(NamedTuple):
    """The names that playbook.yaml gives."""

    locales: tuple[str, ...]
    roles: Collection[str]
    marks: Collection[str]
    stances: Collection[str]


class Reader:
    """One file being read: its source, the names it may use, and what was found wrong."""

    def __init__(self, source: Source, vocabulary: Vocabulary, scope: Scope) -> None:
        """Start with nothing found."""
        self.source = source
        self.vocabulary = vocabulary
        self.scope = scope
        self.found: list[Diagnostic] = []
        self.plain: dict[str, Callable[[Node], object]] = {
            s.TEXT: self.text,
            s.STRING: self.string,
            s.WHOLE: self.whole,
            s.FLAG: self.flag,
            s.DATE: self.date,
            s.URL: self.url,
            s.VERSION: lambda node: self.matching(node, _VERSION, "a version", "three numbers: `1.2.0`"),
            s.DURATION: self.duration,
            s.CONDITION: self.condition,
            s.ROLE: lambda node: self.one_of(node, self.vocabulary.roles, "role"),
            s.MARK: lambda node: self.one_of(node, self.vocabulary.marks, "mark"),
            s.STANCE: lambda node: self.one_of(node, self.vocabulary.stances, "stance"),
            s.LEVEL: self.level,
            s.ID: self.id,
            s.TARGET: lambda node: node,
            s.WORSE: lambda node: self.one_of(node, _WORSE, "order"),
            s.RAW: lambda node: node,
            s.AVOID: self.avoid,
            s.SIDE: self.side,
            s.DAY: lambda node: self.one_of(node, _DAYS, "weekday"),
        }

    # -- finding fault

    def span(self, node: Node) -> Span:
        """Where a value stands."""
        return Span(self.source.file, node.line, node.column)

    def key_span(self, mapping: Mapping, name: str) -> Span:
        """Where a key of a map stands."""
        return Span(self.source.file, *mapping.key_position(name))

    def refuse(self, code: str, message: str, span: Span, hint: str | None = None) -> object:
        """Gather a fault; BAD, to be returned in the value's place."""
        self.found.append(Diagnostic(code, message, span, hint))
        return BAD

    # -- containers

    def read(self, node: Node, reads: s.Reads) -> object:
        """The value of `node`, or BAD."""
        if isinstance(reads, str):
            return self.plain[reads](node)
        if isinstance(reads, s.Several):
            return self.several(node, reads.of)
        if isinstance(reads, s.Named):
            return self.named(node, reads.of)
        if reads is s.REPLY:
            return self.saying(node)
        return self.made(node, reads)

    def several(self, node: Node, of: s.Reads) -> object:
        """A tuple of those that could be read."""
        if not isinstance(node, Sequence):
            return self.unlike(node, "a list")
        reads = s.AVOID if of is s.AVOIDED else of
        values = [self.read(item, reads) for item in node.items]
        return tuple(value for value in values if value is not BAD)

    def named(self, node: Node, of: s.Reads) -> object:
        """Those that could be read, by their ids."""
        if not isinstance(node, Mapping):
            return self.unlike(node, "a map from ids")
        found = {}
        for name, child in node.entries.items():
            good = self.good_id(name, self.key_span(node, name))
            value = self.read(child, of)
            if good and value is not BAD:
                found[name] = value
        return found

    def fields(self, node: Node, shape: s.Shape, *, word: str | None = None) -> dict[str, Node] | None:
        """The values of a map by their keys, once unknown and missing keys have been told; None where it is no map."""
        if not isinstance(node, Mapping):
            self.unlike(node, f"a map with {', '.join(f'`{name}`' for name in shape.names[:4])}")
            return None
        word = word or shape.word
        for name in node.entries:
            if name not in shape.names:
                hint = did_you_mean(name, shape.names) or "known: " + ", ".join(f"`{each}`" for each in shape.names)
                self.refuse("PB030", f"`{name}` is no key of a {word}", self.key_span(node, name), hint)
        missing = [f"`{key.name}`" for key in shape.keys if key.required and key.name not in node.entries]
        if missing:
            self.refuse("PB031", f"this {word} lacks {' and '.join(missing)}", self.span(node))
        return {name: child for name, child in node.entries.items() if name in shape.names}

    def record(self, node: Node, shape: s.Shape, *, only: Collection[str] | None = None, word: str | None = None) -> dict[str, object] | None:
        """The fields that a map of this shape fills; None where a required one is missing or was refused."""
        children = self.fields(node, shape, word=word)
        if children is None:
            return None
        values: dict[str, object] = {}
        whole = True
        for key in shape.keys:
            if key.name not in children or (only is not None and key.name not in only):
                whole = whole and not (key.required and only is None)
                continue
            value = self.read(children[key.name], key.reads)
            if value is not BAD:
                values[key.field or key.name] = value
            elif key.required:
                whole = False
        return values if whole else None

    def made(self, node: Node, shape: s.Shape) -> object:
        """What the shape makes of a map, or its plain fields."""
        values = self.record(node, shape)
        if values is None:
            return BAD
        if shape.makes is None:
            return values
        if shape is s.SOURCE:
            values.setdefault("url", None)
        return shape.makes(**values, span=self.span(node))

    # -- single values

    def unlike(self, node: Node, wanted: str) -> object:
        """Refuse a value of another make."""
        hint = "put it under the key, one a line" if isinstance(node, Scalar) else None
        return self.refuse("PB032", f"{_WORDS[type(node)]} stands where {wanted} should", self.span(node), hint)

    def scalar(self, node: Node, wanted: str) -> Scalar | None:
        """A single value that is not empty, or None with the fault gathered."""
        if not isinstance(node, Scalar):
            self.unlike(node, wanted)
            return None
        if is_null(node) or not node.text.strip():
            self.refuse("PB033", f"this is empty, {wanted} should stand here", self.span(node))
            return None
        return node

    def string(self, node: Node) -> object:
        """Any text on its own."""
        scalar = self.scalar(node, "a text")
        return BAD if scalar is None else scalar.text.strip()

    def text(self, node: Node) -> object:
        """Words for people: one text in the default locale, or one for each locale."""
        default = self.vocabulary.locales[0]
        if not isinstance(node, Mapping):
            words = self.string(node)
            return Text({default: words}, default) if isinstance(words, str) else BAD
        values: dict[str, str] = {}
        for locale, child in node.entries.items():
            if locale not in self.vocabulary.locales:
                self.refuse("PB034", f"`{locale}` is no locale of this pack", self.key_span(node, locale), did_you_mean(locale, self.vocabulary.locales))
                continue
            words = self.string(child)
            if isinstance(words, str):
                values[locale] = words
        if default not in node.entries:
            return self.refuse("PB035", f"this text lacks the default locale `{default}`", self.span(node), f"add `{default}:`")
        return Text(values, default) if default in values else BAD

    def whole(self, node: Node) -> object:
        """A whole number."""
        value = as_int(node) if isinstance(node, Scalar) else None
        if value is None or abs(value) >= 10**15:
            return self.refuse("PB036", f"{self.shown(node)} is no whole number", self.span(node))
        return value

    def level(self, node: Node) -> object:
        """0 to 3."""
        value = self.whole(node)
        if isinstance(value, int) and not 0 <= value <= _HIGHEST_LEVEL:
            return self.refuse("PB036", f"`{value}` is no level", self.span(node), "0 watch, 1 routine, 2 elevated, 3 crisis")
        return value

    def flag(self, node: Node) -> object:
        """True or false."""
        value = as_bool(node) if isinstance(node, Scalar) else None
        if value is None:
            return self.refuse("PB036", f"{self.shown(node)} is neither `true` nor `false`", self.span(node))
        return value

    def shown(self, node: Node) -> str:
        """The user's words in backticks, or what stands there."""
        if not isinstance(node, Scalar):
            return _WORDS[type(node)]
        text = " ".join(node.text.split())
        return f"`{text[:39]}…`" if len(text) > 40 else f"`{text}`"  # noqa: PLR2004 - a message is a line

    def matching(self, node: Node, pattern: re.Pattern[str], wanted: str, hint: str) -> object:
        """A single value of this form."""
        scalar = self.scalar(node, wanted)
        if scalar is None:
            return BAD
        if not pattern.match(scalar.text):
            return self.refuse("PB036", f"{self.shown(node)} is not {wanted}", self.span(node), hint)
        return scalar.text

    def date(self, node: Node) -> object:
        """A day, as text."""
        text = self.matching(node, _DATE, "a date", "year-month-day: `2027-05-31`")
        if isinstance(text, str):
            try:
                date.fromisoformat(text)
            except ValueError:
                return self.refuse("PB036", f"`{text}` is not a date", self.span(node), "no calendar has that day")
        return text

    def url(self, node: Node) -> object:
        """A web address."""
        return self.matching(node, re.compile(r"https://[^\s<>\"]+\Z"), "an https address", "it starts with `https://`")

    def duration(self, node: Node) -> object:
        """A time span."""
        text = self.matching(node, _DURATION, "a duration", "`20min`, `4h`, `2d`, or `2wd` in working days")
        match = _DURATION.match(text) if isinstance(text, str) else None
        return Duration(int(match[1]), "min" if match[2] == "m" else match[2]) if match else BAD

    def good_id(self, name: str, span: Span) -> bool:
        """Whether `name` may be an id."""
        if not _ID.match(name) or len(name) > LONGEST_ID:
            self.refuse("PB037", f"`{name[:40]}` is no id", span, "ids are lower-case letters, digits and `_`, and start with a letter")
        elif name in RESERVED:
            self.refuse("PB037", f"`{name}` is a word of the language", span, "choose another id")
        else:
            return True
        return False

    def id(self, node: Node) -> object:
        """An id."""
        scalar = self.scalar(node, "an id")
        if scalar is None or not self.good_id(scalar.text, self.span(scalar)):
            return BAD
        return scalar.text

    def one_of(self, node: Node, known: Collection[str], word: str) -> object:
        """One of the known names."""
        scalar = self.scalar(node, f"a {word}")
        if scalar is None:
            return BAD
        if scalar.text not in known:
            return self.refuse("PB038", f"no {word} is called {self.shown(node)}", self.span(node), did_you_mean(scalar.text, known))
        return scalar.text

    # -- the pack's own

    def condition(self, node: Node) -> object:
        """A condition whose names and comparisons are right."""
        if not isinstance(node, Scalar):
            hint = "a condition that starts with a bracket needs double quotes around it"
            return self.refuse("PB080", f"{_WORDS[type(node)]} stands where a condition should", self.span(node), hint)
        if node.style in ("|", ">"):
            return self.refuse("PB080", "a condition is written on one line or in quotes", self.span(node), "leave out the `|` or `>`")
        try:
            expression = parse(node.text)
        except SyntaxFault as fault:
            return self.refuse("PB081", fault.message, self.source.position(node, fault.at), fault.hint)
        faults = check(expression, self.scope)
        for each in faults:
            self.refuse("PB082", each.message, self.source.position(node, each.at), each.hint)
        return BAD if faults else Condition(node.text, expression, self.scope)

    def avoid(self, node: Node) -> object:
        """What to avoid: words alone, or with a condition."""
        if isinstance(node, Mapping) and ("say" in node.entries or "when" in node.entries):
            return self.made(node, s.AVOIDED)
        words = self.text(node)
        return Avoid(words, self.span(node)) if isinstance(words, Text) else BAD

    def side(self, node: Node) -> object:
        """What is said on one side."""
        if isinstance(node, Mapping):
            values = self.record(node, s.OWN_WORDS)
            if values is None:
                return BAD
            points = values["own_words"]
            if not points:
                return self.refuse("PB039", "`own_words` names no points", self.span(node), "say what to make clear")
            return Side(None, points, self.span(node))  # type: ignore[arg-type]
        name = self.id(node)
        return Side(name, (), self.span(node)) if isinstance(name, str) else BAD

    def saying(self, node: Node) -> object:
        """What an outcome says, or why it says nothing."""
        values = self.record(node, s.REPLY)
        if values is None:
            return BAD
        spoken = isinstance(node, Mapping) and bool({"public", "private"} & set(node.entries))
        if not spoken and "silence" not in values:
            return self.refuse("PB039", "nothing is said, and no reason given", self.span(node), "add `silence:` with the reason")
        if spoken and "silence" in values:
            return self.refuse("PB039", "`silence` gives the reason for saying nothing, but something is said", self.span(node))
        from playbook.protocol import Saying

        return Saying(**values)  # type: ignore[arg-type]


__all__ = ["BAD", "Reader", "Target", "Vocabulary"]
