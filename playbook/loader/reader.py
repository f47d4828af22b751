"""Reads what has a shape: maps by their keys, lists, and the values that the pack's own words make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook import shape as s
from playbook.channels import counting
from playbook.conditions import expression as ex
from playbook.conditions.condition import BROKEN, Condition, check
from playbook.diagnostics import nearest
from playbook.loader.values import BAD, Values, Vocabulary
from playbook.source.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container

    from playbook.conditions.condition import Scope
    from playbook.source import Source
    from playbook.source.nodes import Node

__all__ = ["BAD", "Reader", "Vocabulary"]
_WORSE = ("later", "earlier", "higher", "lower", "yes", "no", "more")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMES = frozenset((s.ID, s.ROLE, s.MARK, s.PRINCIPLE, s.DAY, s.DATE))
"""What a list may hold once only."""


class Reader(Values):
    """One file being read: its source, the names it may use, and what was found wrong."""

    def __init__(self, source: Source, vocabulary: Vocabulary, scope: Scope) -> None:
        """Start with nothing found."""
        super().__init__(source, vocabulary)
        self.scope = scope
        self.derived: set[str] = set()
        """The names that are facts."""
        self.wordy: set[str] = set()
        """The texts, and the facts that rest on them: no line of a check is decided by them."""
        self.taken: set[str] = set()
        """The words of the language that were declared as ids: a condition that speaks of them cannot be read."""
        self.unreadable: frozenset[str] = frozenset()
        """The shared files that exist but could not be read."""
        self.depths: dict[str, int] = {}
        """How deep each fact rests on others."""
        self.plain: dict[str, Callable[[Node], object]] = {
            s.TEXT: self.text,
            s.STRING: self.string,
            s.WHOLE: self.whole,
            s.FLAG: self.flag,
            s.DATE: self.date,
            s.CLOCK: self.clock,
            s.URL: self.url,
            s.VERSION: self.version,
            s.DURATION: self.duration,
            s.CONDITION: self.condition,
            s.ROLE: lambda node: self.one_of(node, self.vocabulary.roles, "role"),
            s.MARK: lambda node: self.one_of(node, self.vocabulary.marks, "mark"),
            s.PRINCIPLE: lambda node: self.one_of(node, self.vocabulary.principles, "principle"),
            s.STANCE: lambda node: self.one_of(node, self.vocabulary.stances, "stance"),
            s.LEVEL: self.level,
            s.ID: self.id,
            s.TARGET: lambda node: node,
            s.WORSE: lambda node: self.one_of(node, _WORSE, "order"),
            s.RAW: lambda node: node,
            s.AT_MOST: self.at_most,
            s.AVOID: self.avoid,
            s.SIDE: self.side,
            s.DAY: lambda node: self.one_of(node, _DAYS, "weekday"),
            s.UNIT: lambda node: self.one_of(node, counting.UNITS, "unit"),
        }

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
        values: list[object] = []
        for item in node.items:
            value = self.read(item, reads)
            if reads in _NAMES and value in values and value is not BAD:
                self.refuse("PB036", f"{self.shown(item)} is listed twice", self.span(item), "leave one out")
            elif value is not BAD:
                values.append(value)
        return tuple(values)

    def named(self, node: Node, of: s.Reads) -> object:
        """Those that could be read, by their ids."""
        if not isinstance(node, Mapping):
            return self.unlike(node, "a map from ids")
        found = {}
        for key, child in node.pairs():
            good = self.good_id(key.text, self.span(key))
            value = self.read(child, of)
            if good and value is not BAD:
                found[key.text] = value
        return found

    def fields(self, node: Node, shape: s.Shape) -> dict[str, Node] | None:
        """The values of a map by their keys, once unknown and missing keys have been told; None where it is no map."""
        known = shape.names
        if not isinstance(node, Mapping):
            self.unlike(node, f"a map with {', '.join(f'`{name}`' for name in known[:4])}")
            return None
        lacking = {key.name for key in shape.keys if key.required and key.name not in node.entries}
        if not lacking and all(name in known for name in node.entries):
            return node.entries
        strangers = {key: nearest(key.text, known) for key, _ in node.pairs() if key.text not in known}
        lacking -= set(strangers.values())
        if len(lacking) == 1 and None in strangers.values():
            meant = lacking.pop()
            strangers = {key: close or meant for key, close in strangers.items()}
        for key, close in strangers.items():
            every = "known: " + names(known)
            hint = f"did you mean `{close}`?" if close else every
            self.refuse("PB030", f"`{key.text}` is no key of {_a(shape.word)}", self.span(key), hint)
        missing = [name for name in known if name in lacking]
        if missing and not self.cut_short(node):
            listed = " and ".join(f"`{name}`" for name in missing)
            self.refuse("PB031", f"this {shape.word} lacks {listed}", self.span(node))
        return {name: child for name, child in node.entries.items() if name in known}

    def forgive(self, name: str) -> None:
        """Let what speaks of a name pass that was refused as an id, also where it is written as it should be."""
        if name in p.RESERVED:
            self.taken.add(name)
            self.scope.kinds[name] = BROKEN
        for each in (name, name.lower().replace("-", "_")):
            self.scope.kinds.setdefault(each, BROKEN)

    def cut_short(self, node: Mapping) -> bool:
        """Whether a key of this map may have been refused before the map was built."""
        places = [each.span for each in self.source.diagnostics if each.span]
        return any(place.column == node.column and place.line >= node.line for place in places)

    def whole_keys(self, node: Node | None, shape: s.Shape) -> bool:
        """Whether a map has only keys that are known: then what it lacks was left out, and not misspelt."""
        return isinstance(node, Mapping) and node.entries.keys() <= set(shape.names) and not self.cut_short(node)

    def values(self, node: Node, shape: s.Shape, without: Container[str] = ()) -> dict[str, object]:
        """The fields that a map of this shape fills, as far as they could be read."""
        children = self.fields(node, shape) or {}
        keys = [key for key in shape.keys if key.name in children and key.name not in without]
        read = {key.field or key.name: self.read(children[key.name], key.reads) for key in keys}
        return {name: value for name, value in read.items() if value is not BAD}

    def record(self, node: Node, shape: s.Shape) -> dict[str, object] | None:
        """The fields that a map of this shape fills; None where a required one is missing or was refused."""
        values = self.values(node, shape)
        return values if all((key.field or key.name) in values for key in shape.keys if key.required) else None

    def made(self, node: Node, shape: s.Shape) -> object:
        """What the shape makes of a map, or its plain fields."""
        values = self.record(node, shape)
        if values is None:
            return BAD
        return values if shape.makes is None else shape.makes(**values, span=self.span(node))

    # -- the pack's own

    def condition(self, node: Node) -> object:
        """A condition whose names and comparisons are right."""
        if not isinstance(node, Scalar):
            hint = "a condition that starts with a bracket needs double quotes around it"
            return self.refuse("PB080", f"{self.shown(node)} stands where a condition should", self.span(node), hint)
        if node.style in ("|", ">"):
            hint = f"leave out the `{node.style}`"
            return self.refuse("PB080", "a condition is written on one line or in quotes", self.span(node), hint)
        try:
            expression = ex.parse(node.text)
        except ex.SyntaxFault as fault:
            if self.taken.intersection(node.text.replace("(", " ").replace(")", " ").split()):
                return BAD
            return self.refuse("PB081", fault.message, self.source.position(node, fault.at), fault.hint)
        faults = check(expression, self.scope)
        for each in faults:
            self.refuse("PB082", each.message, self.source.position(node, each.at), each.hint)
        return BAD if faults else Condition(node.text, expression, self.scope)

    def at_most(self, node: Node) -> object:
        """One promise of how long a case may take, or several: each kind once."""
        found: dict[bool, p.AtMost] = {}
        for item in node.items if isinstance(node, Sequence) else [node]:
            bound = self.bound(item)
            if isinstance(bound, p.AtMost):
                if bound.here in found:
                    self.refuse("PB036", "this is promised twice", self.span(item), "leave one out")
                found.setdefault(bound.here, bound)
        return tuple(found.values())

    def avoid(self, node: Node) -> object:
        """What to avoid: words alone, or with a condition."""
        if isinstance(node, Mapping) and ("say" in node.entries or "when" in node.entries):
            return self.made(node, s.AVOIDED)
        words = self.text(node)
        return p.Avoid(words, self.span(node)) if isinstance(words, p.Text) else BAD

    def side(self, node: Node) -> object:
        """What is said on one side."""
        if not isinstance(node, Mapping):
            name = self.id(node)
            return p.Side(name, (), self.span(node)) if isinstance(name, str) else BAD
        values = self.record(node, s.OWN_WORDS)
        if values is None:
            return BAD
        listed = node.entries["own_words"]
        if isinstance(listed, Sequence) and not listed.items:
            return self.refuse("PB039", "`own_words` names no points", self.span(listed), "say what to make clear")
        return p.Side(None, values["own_words"], self.span(node))  # type: ignore[arg-type] # the shape reads texts

    def saying(self, node: Node) -> object:
        """What an outcome says, or why it says nothing."""
        values = self.record(node, s.REPLY)
        if values is None or not isinstance(node, Mapping) or not self.whole_keys(node, s.REPLY):
            return BAD
        spoken = bool({"public", "private"} & set(node.entries))
        if not spoken and "silence" not in node.entries:
            hint = "add `silence:` with the reason"
            return self.refuse("PB039", "nothing is said, and no reason given", self.span(node), hint)
        if spoken and "silence" in node.entries:
            message = "`silence` gives the reason for saying nothing, but something is said"
            return self.refuse("PB039", message, self.key_span(node, "silence"), "leave it out")
        return p.Saying(**values)  # type: ignore[arg-type] # the shape declares what each field reads


def _a(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def names(known: Collection[str]) -> str:
    """The names in backticks, for a hint."""
    return ", ".join(f"`{each}`" for each in known)
