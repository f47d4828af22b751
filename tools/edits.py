"""Every edit of one place of a pack: what a hand that slips would change in a condition, target, choice or number.

Edits are of the text of a file, so that what is told of one has its line, and whatever reads packs judges it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.conditions import expression as ex
from playbook.conditions.condition import atoms
from playbook.conditions.tokens import cut
from playbook.loader.opening import PACK_FILE, PROTOCOLS, SHARED
from playbook.source.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Files

    from playbook.loader import Loaded
    from playbook.protocol import Pack
    from playbook.source import Source
    from playbook.source.nodes import Node

CONDITION, TARGET, CHOICE, NUMBER, TIME, LINE, CLAIM = (
    "condition",
    "target",
    "choice",
    "number",
    "time limit",
    "condition of a red line",
    "what is worse",
)
KINDS = (CONDITION, TARGET, CHOICE, NUMBER, TIME, LINE, CLAIM)
CLAIMS = (LINE, CLAIM)
"""The kinds that change what is claimed of cases, and no case."""
_TURNED = {
    "and": "or",
    "or": "and",
    "==": "!=",
    "!=": "==",
    "<": "<=",
    "<=": "<",
    ">": ">=",
    ">=": ">",
    "known": "unknown",
    "unknown": "known",
}
_WORSE = {
    "later": "earlier",
    "earlier": "later",
    "higher": "lower",
    "lower": "higher",
    "yes": "no",
    "no": "yes",
}
_TIMES = {"within", "answer_within", "every", "for"}
_HIGHEST = 3


@dataclass(frozen=True, order=True)
class Edit:
    """One edit: in `file`, from the character `start` on, `old` becomes `new`."""

    file: str
    line: int
    column: int
    start: int
    old: str
    new: str
    kind: str
    where: str

    def __str__(self) -> str:
        change = f"`{self.old}` → `{self.new}`" if self.new else f"without `{self.old.strip()}`"
        return f"{self.file}:{self.line}:{self.column}: {change} ({self.where})"

    def made(self, files: Files[str, bytes]) -> dict[str, bytes]:
        """The files with it made."""
        text = files[self.file].decode()
        found = text[self.start : self.start + len(self.old)]
        if found != self.old:
            raise ValueError(str(self), found)
        return {**files, self.file: (text[: self.start] + self.new + text[self.start + len(self.old) :]).encode()}


def edits(loaded: Loaded) -> list[Edit]:
    """Every edit of a pack that was read, in the order of its files."""
    pack = loaded.pack
    if pack is None:
        raise ValueError(loaded.diagnostics)
    found: set[Edit] = set()
    for path, source in loaded.sources.items():
        if path == PACK_FILE or path.startswith((PROTOCOLS, SHARED)):
            found.update(_File(pack, source).every())
    return sorted(found)


class _File:
    """One file of a pack."""

    def __init__(self, pack: Pack, source: Source) -> None:
        self.pack, self.source, self.path = pack, source, source.file
        stem = self.path.rpartition("/")[2].removesuffix(".yaml")
        self.protocol = pack.protocols.get(stem) if not self.path.startswith(SHARED) else None

    def every(self) -> Iterator[Edit]:  # noqa: C901, PLR0912 - a line for each key of a file
        root = self.source.node
        if not isinstance(root, Mapping):
            return
        for name, node in root.entries.items():
            if name == "limits" and self.path == PACK_FILE:
                for limit, each in entries(node):
                    yield from self.number(dict(entries(each))["value"], f"the limit {limit}")
            elif name in ("steps", "first", "actions", "avoid"):
                yield from self.deep(node, name)
            elif name == "outcomes":
                for outcome, each in entries(node):
                    yield from self.deep(each, outcome)
            elif name == "facts":
                for fact, each in entries(node):
                    yield from self.fact(fact, each)
            elif name == "red_lines":
                for line, each in entries(node):
                    when = dict(entries(each)).get("when")
                    if when:
                        yield from self.condition(when, line, LINE)
            elif name == "questions":
                for question, each in entries(node):
                    yield from self.question(question, dict(entries(each)), each)

    def deep(self, node: Node, where: str) -> Iterator[Edit]:
        """Whatever steps, outcomes, actions and avoids hold, by its keys."""
        if isinstance(node, Sequence):
            for each in node.items:
                yield from self.deep(each, where)
        for name, each in entries(node):
            inner = name if where == "steps" else where
            if name == "when":
                yield from self.condition(each, where, CONDITION)
            elif name in ("then", "unknown"):
                yield from self.targets(each, where, [*self.beside(node)])
            elif name in _TIMES:
                yield from self.time(each, where)
            elif name == "level":
                level = int(text_of(each))
                new = level - 1 if level == _HIGHEST else level + 1
                yield from self.edit(each, 0, text_of(each), str(new), NUMBER, f"level of {where}")
            else:
                yield from self.deep(each, inner)

    def beside(self, node: Node) -> Iterator[str]:
        """The targets of a step's answers, or of the lines around one."""
        for name, each in entries(node):
            if name in ("then", "unknown"):
                yield from [text_of(each)] if isinstance(each, Scalar) else map(text_of, dict(entries(each)).values())

    def targets(self, node: Node, where: str, beside: list[str]) -> Iterator[Edit]:
        if isinstance(node, Scalar):
            yield from self.target(node, where, beside)
        for _, each in entries(node):
            yield from self.target(each, where, beside)

    def target(self, node: Node, where: str, beside: list[str]) -> Iterator[Edit]:
        """Another target in its place: one that stands beside it, else the next outcome."""
        own = text_of(node)
        others = [each for each in beside if each != own]
        if not others and self.protocol:
            ends = [*self.protocol.outcomes]
            at = ends.index(own) + 1 if own in ends else 0
            others = [each for each in (*ends[at:], *ends[:at]) if each != own]
        if not others:
            others = [each for each in self.pack.protocols if each != own.partition(".")[0]]
        if others:
            yield from self.edit(node, 0, own, others[0], TARGET, where)

    def fact(self, name: str, node: Node) -> Iterator[Edit]:
        if isinstance(node, Scalar):
            yield from self.condition(node, name, CONDITION)
        when = dict(entries(node)).get("when")
        if when:
            yield from self.condition(when, name, CONDITION)
        rules = [dict(entries(each)) for each in node.items] if isinstance(node, Sequence) else []
        values = list(dict.fromkeys(text_of(each["is"]) for each in rules))
        for rule in rules:
            if "when" in rule:
                yield from self.condition(rule["when"], name, CONDITION)
            own = text_of(rule["is"])
            if len(values) > 1:
                yield from self.edit(rule["is"], 0, own, after(own, values), CHOICE, name)

    def question(self, name: str, fields: dict[str, Node], node: Node) -> Iterator[Edit]:
        for choice, _ in entries(fields.get("choices", node)) if "choices" in fields else ():
            line, column = fields["choices"].key_position(choice)  # type: ignore[union-attr] # choices are a map
            yield self.at(line, column, choice, f"{choice}_x", CHOICE, name)
        for range_ in (fields.get("number"), fields.get("text")):
            for end, each in entries(range_) if range_ else ():
                yield from self.number(each, f"{end} of {name}")
        if "unknown" in fields:
            yield from self.edit(fields["unknown"], 0, "true", "false", CHOICE, name)
        worse = fields.get("worse")
        if worse and text_of(worse) in _WORSE:
            yield from self.edit(worse, 0, text_of(worse), _WORSE[text_of(worse)], CLAIM, name)

    def condition(self, node: Node, where: str, kind: str) -> Iterator[Edit]:
        """Each word, operator and number of a condition turned, each list shortened, each bare name denied."""
        text = text_of(node)
        tokens, expression = cut(text), ex.parse(text)
        negated = {each.at for each in tokens if each.text == "not"}
        for each in tokens:
            if each.kind == "name" and each.text == "in":
                before = text[: each.at].rstrip()
                if not before.endswith("not"):
                    yield from self.edit(node, each.at, "in", "not in", kind, where)
            elif each.at in negated:
                yield from self.edit(node, each.at, "not ", "", kind, where)
            elif each.text in _TURNED and (each.kind == "op" or each.text in ("and", "or")):
                yield from self.edit(node, each.at, each.text, _TURNED[each.text], kind, where)
            elif each.kind == "number":
                yield from self.edit(node, each.at, each.text, str(int(each.text) + 1), kind, where)
        for atom in atoms(expression):
            yield from self.atom(node, text, atom, where, kind)

    def atom(self, node: Node, text: str, atom: object, where: str, kind: str) -> Iterator[Edit]:
        if isinstance(atom, ex.Known):
            at = text.index("unknown" if not atom.known else "known", atom.at)
            old = "known" if atom.known else "unknown"
            yield from self.edit(node, at, old, _TURNED[old], kind, where)
        elif isinstance(atom, ex.Name):
            yield from self.edit(node, atom.at, atom.name, f"not {atom.name}", kind, where)
        elif isinstance(atom, ex.Tick):
            ids = [each for each in self.words(atom.name) if each != atom.part]
            if ids and atom.part != "none":
                yield from self.edit(
                    node, atom.part_at, atom.part, after(atom.part, self.words(atom.name)), kind, where
                )
            yield from self.edit(node, atom.at, atom.name, f"not {atom.name}", kind, where)
        elif isinstance(atom, ex.OneOf):
            named = [each.id for each in atom.words]
            others = [each for each in self.words(atom.name) if each not in named]
            for word in atom.words:
                if others:
                    yield from self.edit(node, word.at + 1, word.id, others[0], kind, where)

    def words(self, name: str) -> tuple[str, ...]:
        """The ids that a question, or a fact with rules, may come to."""
        fact = self.pack.facts.get(name)
        if fact is not None:
            return tuple(dict.fromkeys(rule.value for rule in fact.rules))
        if name == p.CHANNEL:
            return ("private", "theirs")
        return self.pack.questions[name].ids

    def number(self, node: Node, where: str) -> Iterator[Edit]:
        yield from self.edit(node, 0, text_of(node), str(int(text_of(node)) + 1), NUMBER, where)

    def time(self, node: Node, where: str) -> Iterator[Edit]:
        text = text_of(node)
        digits = text.rstrip("abcdefghijklmnopqrstuvwxyz")
        yield from self.edit(node, 0, text, f"{int(digits) + 1}{text[len(digits) :]}", TIME, where)

    def edit(self, node: Node, offset: int, old: str, new: str, kind: str, where: str) -> Iterator[Edit]:  # noqa: PLR0913, PLR0917 - the parts of an edit
        """An edit within a scalar, where the file has it as it is meant."""
        if (isinstance(node, Scalar) and not node.style) or isinstance(node, Scalar):
            place = self.source.position(node, offset)
            yield self.at(place.line, place.column, old, new, kind, where)

    def at(self, line: int, column: int, old: str, new: str, kind: str, where: str) -> Edit:  # noqa: PLR0913, PLR0917 - the parts of an edit
        start = self.source.starts[line - 1] + column - 1
        return Edit(self.path, line, column, start, old, new, kind, where)


def entries(node: Node | None) -> Iterator[tuple[str, Node]]:
    """What a map holds; nothing where it is none."""
    if isinstance(node, Mapping):
        yield from node.entries.items()


def text_of(node: Node) -> str:
    """The text of a scalar; ValueError where it is none."""
    if not isinstance(node, Scalar):
        raise TypeError(node)
    return node.text


def after(own: str, others: tuple[str, ...] | list[str]) -> str:
    """The one that follows, or the first behind the last."""
    return others[(others.index(own) + 1) % len(others)]
