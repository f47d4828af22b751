"""Steps, and the lines of a check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook import shape as s
from playbook.conditions.condition import BROKEN, Condition, atoms
from playbook.loader.targets import Targets, is_entry
from playbook.source.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Container

    from playbook.loader.reader import Reader
    from playbook.source.nodes import Node

_BOTH = {"true": "yes", "false": "no"}
"""YAML's own words for the answers to a yes-or-no question."""


class Tree:
    """Reads the steps of one protocol, or the `first` lines of a shared file."""

    def __init__(self, reader: Reader, targets: Targets, unsure: Container[str] = ()) -> None:
        """`unsure` are the questions that may be answered "don't know"."""
        self.reader = reader
        self.targets = targets
        self.unsure = unsure

    def steps(self, node: Node | None) -> dict[str, p.Step]:
        """The steps by id, in file order."""
        reader = self.reader
        found: dict[str, p.Step] = {}
        if not isinstance(node, Mapping):
            if node is not None:
                reader.unlike(node, "a map of steps")
            return found
        if not node.entries:
            reader.refuse("PB053", "there are no steps", reader.span(node), "a protocol starts with its first step")
        for index, (key, child) in enumerate(node.pairs()):
            if reader.good_id(key.text, reader.span(key)):
                self.targets.refuse_ambiguous(key)
            step = self.step(key.text, child, index)
            if step is not None:
                found[key.text] = step
        return found

    def step(self, name: str, node: Node, index: int) -> p.Step | None:
        """One step; `index` is its number."""
        reader = self.reader
        children = reader.fields(node, s.STEP)
        if children is None:
            return None
        whole = reader.whole_keys(node, s.STEP)
        if "check" in children:
            if "ask" in children:
                reader.refuse("PB053", f"`{name}` both asks and checks", reader.span(node), "make two steps of it")
            elif "then" in children:
                hint = "give each line of the check its own"
                reader.refuse("PB053", "`then` belongs to the lines of the check", reader.span(children["then"]), hint)
            return p.Check.of(name, reader.span(node), self.lines(children["check"], index, closed=True))
        if "ask" not in children:
            if whole:
                hint = "`ask` a question, or `check` what is known"
                reader.refuse("PB053", f"`{name}` needs either `ask` or `check`", reader.span(node), hint)
            self.tried(children.get("then"), index)
            return None
        if "then" not in children and whole:
            hint = "add `then:` with a target for each answer"
            reader.refuse("PB053", f"`{name}` asks but leads nowhere", reader.span(node), hint)
        return self.ask(name, node, children, index)

    def tried(self, then: Node | None, index: int) -> None:
        """Look for faults in targets whose question is not known."""
        if isinstance(then, Mapping) and not is_entry(then):
            for child in then.entries.values():
                self.targets.target(child, index)
        elif then is not None:
            self.targets.target(then, index)

    def ask(self, name: str, node: Node, children: dict[str, Node], index: int) -> p.Ask | None:
        """A step that asks."""
        reader = self.reader
        then = children.get("then")
        asked = self.question(children["ask"])
        if asked is None or then is None:
            self.tried(then, index)
            return None
        if isinstance(then, Scalar) or is_entry(then):
            target = self.targets.target(then, index)
            return p.Ask(name, reader.span(node), asked, {}, p.Edge(target, reader.span(then))) if target else None
        kind = reader.scope.kinds.get(asked, BROKEN)
        if kind is BROKEN:
            self.tried(then, index)
            return None
        if kind.kind in (p.NUMBER, p.MANY):
            hint = "name one target, and branch on it with `check` there"
            message = f"`{asked}` has too many answers for a line each"
            reader.refuse("PB056", message, reader.span(then), hint)
            return None
        return self.branches(name, node, asked, then, index)

    def question(self, node: Node) -> str | None:
        """The question that a step asks."""
        reader = self.reader
        asked = reader.scalar(node, "a question's id")
        if asked is None:
            return None
        kinds = reader.scope.kinds
        if asked.text in reader.derived:
            hint = "`check` it: facts follow from answers"
            reader.refuse("PB055", f"`{asked.text}` is a fact: it is never asked", reader.span(asked), hint)
        elif asked.text not in kinds and not reader.scope.partial:
            hint_ = reader.near(asked.text, [each for each in kinds if each not in reader.derived])
            reader.refuse("PB055", f"no question is called `{asked.text}`", reader.span(asked), hint_)
        elif kinds.get(asked.text, BROKEN).kind == p.TEXT:
            hint = "texts are asked after the outcome, by the replies that use them"
            reader.refuse("PB055", f"`{asked.text}` is a text: no step asks for it", reader.span(asked), hint)
        else:
            return asked.text
        return None

    def branches(self, name: str, node: Node, question: str, then: Node, index: int) -> p.Ask | None:
        """A step with a line for each answer."""
        reader = self.reader
        if not isinstance(then, Mapping):
            reader.unlike(then, "a map from answers to targets")
            return None
        kind = reader.scope.kinds[question]
        wanted = [*(("yes", "no") if kind.kind == p.YES_NO else kind.ids)]
        if question in self.unsure:
            wanted.append(p.UNKNOWN)
        met: set[str] = set()
        edges = {}
        for key, child in then.pairs():
            word = _BOTH.get(key.text, key.text) if kind.kind == p.YES_NO else key.text
            if word not in wanted:
                hint = reader.near(key.text, wanted)
                if word == p.UNKNOWN:
                    hint = f"leave it out, or add `unknown: true` to `{question}`"
                reader.refuse("PB056", f"`{question}` is never answered `{key.text}`", reader.span(key), hint)
            elif word in met:
                reader.refuse("PB056", f"`{key.text}` has its line already", reader.span(key), "leave one out")
            met.add(word)
            target = self.targets.target(child, index)
            if target is not None:
                edges[word] = p.Edge(target, reader.span(child))
        missing = [f"`{each}`" for each in wanted if each not in met]
        if missing and met <= set(wanted) and not reader.cut_short(then):
            hint = "every answer needs its line, `unknown` too where it may be given"
            reader.refuse("PB057", f"no line for {', '.join(missing)}", reader.span(then), hint)
        return p.Ask(name, reader.span(node), question, edges)

    def lines(self, node: Node, index: int, *, closed: bool) -> tuple[p.Line, ...]:
        """The lines of a check; a `closed` one ends with a line that always decides."""
        reader = self.reader
        if not isinstance(node, Sequence):
            reader.unlike(node, "a list of lines")
            return ()
        if not node.items:
            reader.refuse(
                "PB058", "this check has no lines", reader.span(node), "end it with a line that is only `then:`"
            )
        found = []
        for number, item in enumerate(node.items):
            line = self.line(item, index, last=closed and number == len(node.items) - 1)
            if line is not None:
                found.append(line)
        return tuple(found)

    def line(self, item: Node, index: int, *, last: bool) -> p.Line | None:
        """One line of a check."""
        reader = self.reader
        children = reader.fields(item, s.LINE)
        if children is None:
            return None
        if reader.whole_keys(item, s.LINE):
            self.refuse_line(item, frozenset(children), last=last)
        when = reader.condition(children["when"]) if "when" in children else None
        if isinstance(when, Condition):
            self.refuse_texts(children["when"], when)
        targets = [self.targets.target(children[key], index) for key in ("then", "unknown") if key in children]
        if not targets or targets[0] is None or not (when is None or isinstance(when, Condition)):
            return None
        return p.Line(when, targets[0], reader.span(item), unknown="unknown" in children)

    def refuse_texts(self, node: Node, when: Condition) -> None:
        """Refuse a line that a text would decide: then a step would have to ask for it."""
        reader = self.reader
        for atom in atoms(when.expression):
            if atom.name in reader.wordy and isinstance(node, Scalar):
                message = f"`{atom.name}` is a text, or rests on one: no line is decided by it"
                span = reader.source.position(node, atom.at)
                reader.refuse("PB082", message, span, "texts are asked after the outcome, by the replies that use them")

    def refuse_line(self, item: Node, keys: frozenset[str], *, last: bool) -> None:
        """Refuse a line of a form that does not fit its place."""
        reader = self.reader
        span = reader.span(item)
        if last and keys != {"then"}:
            reader.refuse("PB058", "the last line may not decide", span, "end with a line that is only `then:`")
        elif not last and keys == {"then"}:
            message = "this line always decides: those below it are never reached"
            reader.refuse("PB058", message, span, "give it a `when`, or move it to the end")
        elif not last and keys not in ({"when", "then"}, {"unknown"}):
            hint = "`- {when: …, then: target}`, or `- unknown: target`"
            reader.refuse("PB058", "a line is `when` with `then`, or `unknown` alone", span, hint)
