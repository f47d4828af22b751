"""Reads single values of one file, gathering every fault with its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playbook.conditions.scope import MOST_HINTS
from playbook.diagnostics import Diagnostic, Span, did_you_mean
from playbook.protocol import RESERVED, Text, duration
from playbook.record import Record
from playbook.source.nodes import Mapping, Scalar, Sequence, as_bool, as_int, is_null

if TYPE_CHECKING:
    from collections.abc import Collection

    from playbook.source import Source
    from playbook.source.nodes import Node

BAD = object()
"""What a value is that was refused: its diagnostic has been gathered."""
LONGEST_ID = 60
_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_VERSION = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]\Z")
_HIGHEST_LEVEL = 3
_LARGEST = 10**15
_SHOWN = 40
_WORDS = {Mapping: "a map", Sequence: "a list", Scalar: "a single value"}


def is_id(name: str) -> bool:
    """Whether `name` may be an id."""
    return len(name) <= LONGEST_ID and _ID.match(name) is not None and name not in RESERVED


def is_clock(text: str) -> bool:
    """Whether `text` is a time of the day by a clock of 24 hours, with two digits each: `09:00`."""
    return _CLOCK.match(text) is not None


class Vocabulary(Record):
    """The names that playbook.yaml gives; None where they could not be read, and any may pass."""

    locales: tuple[str, ...] | None
    roles: Collection[str] | None
    marks: Collection[str] | None
    stances: Collection[str] | None
    principles: Collection[str] | None


class Values:
    """One file being read: its source, the names that playbook.yaml gives, and what was found wrong."""

    def __init__(self, source: Source, vocabulary: Vocabulary) -> None:
        """Start with nothing found."""
        self.source = source
        self.vocabulary = vocabulary
        self.found: list[Diagnostic] = []
        self.hints_left = MOST_HINTS

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

    def near(self, name: str, known: Collection[str]) -> str | None:
        """A hint that names what `name` was probably meant to be; a name that is known twice is named once."""
        self.hints_left -= 1
        return did_you_mean(name, set(known)) if self.hints_left >= 0 else None

    def unlike(self, node: Node, wanted: str) -> object:
        """Refuse a value of another make."""
        if isinstance(node, Scalar) and is_null(node):
            return self.refuse("PB033", f"this is empty, {wanted} should stand here", self.span(node))
        hint = "put it under the key, one a line" if isinstance(node, Scalar) else None
        return self.refuse("PB032", f"{_WORDS[type(node)]} stands where {wanted} should", self.span(node), hint)

    def shown(self, node: Node) -> str:
        """The user's words in backticks, or what stands there."""
        if not isinstance(node, Scalar):
            return _WORDS[type(node)]
        text = " ".join(node.text.split())
        return f"`{text[: _SHOWN - 1]}…`" if len(text) > _SHOWN else f"`{text}`"

    # -- words

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
        locales = self.vocabulary.locales
        if not isinstance(node, Mapping):
            default = locales[0] if locales else ""
            words = self.string(node)
            return Text({default: words}, default) if isinstance(words, str) else BAD
        said = self.said(node, locales or ())
        if said is not None:
            return said
        values: dict[str, str] = {}
        for key, child in node.pairs():
            if locales and key.text not in locales:
                message = f"`{key.text}` is no locale of this pack"
                self.refuse("PB034", message, self.span(key), self.near(key.text, locales))
                continue
            words = self.string(child)
            if isinstance(words, str):
                values[key.text] = words
        default = locales[0] if locales else next(iter(values), "")
        strange = locales and not set(locales).issuperset(node.entries)
        if default not in node.entries and not strange:
            message = f"this text lacks the default locale `{default}`"
            return self.refuse("PB035", message, self.span(node), f"add `{default}:`")
        return Text(values, default) if default in values else BAD

    def said(self, node: Mapping, locales: tuple[str, ...]) -> Text | None:
        """The words of a map without fault, as nearly all are: without looking for the place of each."""
        entries = node.entries
        words = {
            name: each.text.strip()
            for name, each in entries.items()
            if name in locales and isinstance(each, Scalar) and not is_null(each)
        }
        sound = len(words) == len(entries) and all(words.values()) and locales and locales[0] in words
        return Text(words, locales[0]) if sound else None

    def good_id(self, name: str, span: Span) -> bool:
        """Whether `name` may be an id."""
        if is_id(name):
            return True
        if name in RESERVED:
            self.refuse("PB037", f"`{name}` is a word of the language", span, "choose another id")
        else:
            hint = f"ids are lower-case letters, digits and `_`, start with a letter, and have at most {LONGEST_ID}"
            self.refuse("PB037", f"`{name[:_SHOWN]}` is no id", span, hint)
        return False

    def id(self, node: Node) -> object:
        """An id."""
        scalar = self.scalar(node, "an id")
        if scalar is None or not self.good_id(scalar.text, self.span(scalar)):
            return BAD
        return scalar.text

    def one_of(self, node: Node, known: Collection[str] | None, word: str) -> object:
        """One of the known names (any where they are not known)."""
        scalar = self.scalar(node, f"a {word}")
        if scalar is None:
            return BAD
        if known is not None and scalar.text not in known:
            hint = self.near(scalar.text, known)
            return self.refuse("PB038", f"no {word} is called {self.shown(node)}", self.span(node), hint)
        return scalar.text

    # -- forms

    def whole(self, node: Node) -> object:
        """A whole number."""
        value = as_int(node) if isinstance(node, Scalar) else None
        if value is None or abs(value) >= _LARGEST:
            hint = "leave out the quotes" if isinstance(node, Scalar) and node.text.isdigit() and node.style else None
            return self.refuse("PB036", f"{self.shown(node)} is no whole number", self.span(node), hint)
        return value

    def level(self, node: Node) -> object:
        """0 to 3."""
        value = as_int(node) if isinstance(node, Scalar) else None
        if value is None or not 0 <= value <= _HIGHEST_LEVEL:
            hint = "0 watch, 1 routine, 2 elevated, 3 crisis"
            return self.refuse("PB036", f"{self.shown(node)} is no level", self.span(node), hint)
        return value

    def flag(self, node: Node) -> object:
        """True or false."""
        value = as_bool(node) if isinstance(node, Scalar) else None
        if value is None:
            message = f"{self.shown(node)} is neither `true` nor `false`"
            return self.refuse("PB036", message, self.span(node), "write it plain, without quotes")
        return value

    def matching(self, node: Node, pattern: re.Pattern[str], wanted: str, hint: str) -> object:
        """A single value of this form."""
        scalar = self.scalar(node, wanted)
        if scalar is None:
            return BAD
        if not pattern.match(scalar.text):
            return self.refuse("PB036", f"{self.shown(node)} is not {wanted}", self.span(node), hint)
        return scalar.text

    def version(self, node: Node) -> object:
        """Three numbers."""
        return self.matching(node, _VERSION, "a version", "three numbers: `1.2.0`")

    def date(self, node: Node) -> object:
        """A day, as text."""
        text = self.matching(node, _DATE, "a date", "year-month-day: `2027-05-31`")
        if isinstance(text, str):
            from datetime import date

            try:
                date.fromisoformat(text)
            except ValueError:
                return self.refuse("PB036", f"`{text}` is not a date", self.span(node), "no calendar has that day")
        return text

    def clock(self, node: Node) -> object:
        """A time of the day, as text."""
        return self.matching(node, _CLOCK, "a clock time", "hours and minutes, two digits each: `09:00`, `21:30`")

    def url(self, node: Node) -> object:
        """A web address."""
        pattern = re.compile(r"https://[^\s<>\"]+\Z")
        return self.matching(node, pattern, "an https address", "it starts with `https://`")

    def duration(self, node: Node) -> object:
        """A time span."""
        scalar = self.scalar(node, "a duration")
        if scalar is None:
            return BAD
        found = duration(scalar.text)
        if found is None:
            hint = "`20min`, `4h`, `2d`, or `2wd` in working days"
            return self.refuse("PB036", f"{self.shown(node)} is not a duration", self.span(node), hint)
        return found
