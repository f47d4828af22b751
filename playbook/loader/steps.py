"""Steps and where they lead: targets, lines, and what makes a tree of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from playbook import protocol as p
from playbook import shape as s
from playbook.condition import Condition
from playbook.diagnostics import did_you_mean
from playbook.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from playbook.diagnostics import Span
    from playbook.loader.reader import Reader
    from playbook.nodes import Node


class Outline(NamedTuple):
    """The names in a protocol's file, known before its parts are read."""

    id: str
    steps: tuple[str, ...]
    outcomes: tuple[str, ...]


def outline(name: str, node: Node | None) -> Outline:
    """The names of a protocol's steps and outcomes, whatever else is wrong with it."""
    entries = node.entries if isinstance(node, Mapping) else {}
    names = []
    for key in ("steps", "outcomes"):
        part = entries.get(key)
        names.append(tuple(part.entries) if isinstance(part, Mapping) else ())
    return Outline(name, *names)


class Tree:
    """Reads the steps of one protocol (or the `first` lines of a shared file) against the names of all."""

    def __init__(self, reader: Reader, here: Outline | None, outlines: dict[str, Outline], known: frozenset[str]) -> None:
        """`outlines` are the protocols that were read, `known` the ids of all that exist."""
        self.reader = reader
        self.here = here
        self.outlines = outlines
        self.known = known
        self.leads: dict[str, Span] = {}
        """The other protocols that are led into, and where first."""

    def target(self, node: Node, after: int) -> p.Target | None:
        """Where `node` leads; a step of the same protocol must stand below step number `after`."""
        reader = self.reader
        span = reader.span(node)
        if isinstance(node, Mapping):
            if tuple(node.entries) != ("protocol",):
                reader.refuse("PB050", "a map stands where a target should", span, "write the target's name, or `{protocol: name}`")
                return None
            node = node.entries["protocol"]
            span = reader.span(node)
        scalar = reader.scalar(node, "a target")
        if scalar is None:
            return None
        protocol, dot, name = scalar.text.partition(".")
        if dot:
            return self.elsewhere(protocol, name, span)
        if self.here and protocol in self.here.outcomes:
            return p.Target(self.here.id, protocol)
        if self.here and protocol in self.here.steps:
            return self.below(protocol, after, span)
        if protocol in self.known:
            return self.elsewhere(protocol, None, span)
        names = [*(self.here.steps + self.here.outcomes if self.here else ()), *self.known]
        reader.refuse("PB051", f"no step, outcome or protocol is called `{scalar.text}`", span, did_you_mean(scalar.text, names))
        return None

    def below(self, name: str, after: int, span: Span) -> p.Target | None:
        assert self.here is not None
        if self.here.steps.index(name) <= after:
            where = "is this step itself" if self.here.steps.index(name) == after else "stands above this step"
            hint = "a step only ever leads on, so that no case goes in a circle: move the target below"
            self.reader.refuse("PB052", f"`{name}` {where}", span, hint)
            return None
        return p.Target(self.here.id, name)

    def elsewhere(self, protocol: str, name: str | None, span: Span) -> p.Target | None:
        """A place in another protocol: its start where `name` is None."""
        if protocol not in self.known:
            self.reader.refuse("PB051", f"no protocol is called `{protocol}`", span, did_you_mean(protocol, self.known))
            return None
        if self.here is None or protocol != self.here.id:
            self.leads.setdefault(protocol, span)
        outline_ = self.outlines.get(protocol)
        if outline_ is None:
            return None
        if name is None:
            return p.Target(protocol, outline_.steps[0]) if outline_.steps else None
        if name not in outline_.steps and name not in outline_.outcomes:
            hint = did_you_mean(name, outline_.steps + outline_.outcomes)
            self.reader.refuse("PB051", f"`{protocol}` has no step or outcome `{name}`", span, hint)
            return None
        return p.Target(protocol, name)

    def steps(self, node: Node | None) -> dict[str, p.Step]:
        """The steps by id, in file order."""
        found: dict[str, p.Step] = {}
        if not isinstance(node, Mapping):
            if node is not None:
                self.reader.unlike(node, "a map of steps")
            return found
        if not node.entries:
            self.reader.refuse("PB053", "there are no steps", self.reader.span(node), "a protocol starts with its first step")
        for index, (name, child) in enumerate(node.entries.items()):
            self.unique(name, self.reader.key_span(node, name))
            step = self.step(name, child, index)
            if step is not None:
                found[name] = step
        return found

    def unique(self, name: str, span: Span) -> None:
        """Refuse a step's name that is also an outcome's or a protocol's."""
        if not self.reader.good_id(name, span):
            return
        if self.here and name in self.here.outcomes:
            self.reader.refuse("PB054", f"`{name}` is a step and an outcome", span, "rename one: a target must be one of them")
        elif name in self.known:
            self.reader.refuse("PB054", f"`{name}` is a step and a protocol", span, "rename the step: a target must be one of them")

    def step(self, name: str, node: Node, index: int) -> p.Step | None:
        reader = self.reader
        children = reader.fields(node, s.STEP)
        if children is None:
            return None
        if ("ask" in children) == ("check" in children):
            reader.refuse("PB053", f"`{name}` needs either `ask` or `check`", reader.span(node))
            return None
        if "check" in children:
            if "then" in children:
                reader.refuse("PB053", "`then` belongs to the lines of the check", reader.span(children["then"]))
            return p.Check(name, reader.span(node), self.lines(children["check"], index, closed=True))
        if "then" not in children:
            reader.refuse("PB053", f"`{name}` asks but leads nowhere", reader.span(node), "add `then:` with a target for each answer")
            return None
        return self.ask(name, node, children, index)

    def ask(self, name: str, node: Node, children: dict[str, Node], index: int) -> p.Ask | None:
        reader = self.reader
        asked = reader.scalar(children["ask"], "a question's id")
        if asked is None:
            return None
        kind = reader.scope.kinds.get(asked.text)
        if kind is None or asked.text in reader.scope.settlers:
            asked_about = [each for each in reader.scope.kinds if each not in reader.scope.settlers]
            reader.refuse("PB055", f"no question is called `{asked.text}`", reader.span(asked), did_you_mean(asked.text, asked_about))
            return None
        if kind.kind == p.TEXT:
            hint = "texts are asked after the outcome, by the replies that use them"
            reader.refuse("PB055", f"`{asked.text}` is a text: no step asks for it", reader.span(asked), hint)
            return None
        then = children["then"]
        if isinstance(then, Scalar) or (isinstance(then, Mapping) and tuple(then.entries) == ("protocol",)):
            target = self.target(then, index)
            return p.Ask(name, reader.span(node), asked.text, {}, p.Edge(target, reader.span(then))) if target else None
        if kind.kind == "broken":
            return None
        if kind.kind in (p.NUMBER, p.MANY):
            hint = "name one target, and branch on it with `check` there"
            reader.refuse("PB056", f"`{asked.text}` has too many answers for a line each", reader.span(then), hint)
            return None
        return self.branches(name, node, asked.text, then, index)

    def branches(self, name: str, node: Node, question: str, then: Node, index: int) -> p.Ask | None:
        reader = self.reader
        if not isinstance(then, Mapping):
            reader.unlike(then, "a map from answers to targets")
            return None
        kind = reader.scope.kinds[question]
        wanted = [*(("yes", "no") if kind.kind == p.YES_NO else kind.ids)]
        if question in self.unsure:
            wanted.append(p.UNKNOWN)
        edges = {}
        for answer, child in then.entries.items():
            word = {"true": "yes", "false": "no"}.get(answer, answer) if kind.kind == p.YES_NO else answer
            if word not in wanted:
                span = reader.key_span(then, answer)
                reader.refuse("PB056", f"`{question}` is never answered `{answer}`", span, did_you_mean(answer, wanted))
                continue
            target = self.target(child, index)
            if target is not None:
                edges[word] = p.Edge(target, reader.span(child))
        missing = [each for each in wanted if each not in then.entries and not (kind.kind == p.YES_NO and {"yes": "true", "no": "false"}.get(each) in then.entries)]
        if missing:
            shown = ", ".join(f"`{each}`" for each in missing)
            reader.refuse("PB057", f"no line for {shown}", reader.span(then), "every answer needs its line, `unknown` too where it may be given")
        return p.Ask(name, reader.span(node), question, edges) if len(edges) == len(wanted) else None

    unsure: frozenset[str] = frozenset()
    """The questions that may be answered "don't know"."""

    def lines(self, node: Node, index: int, *, closed: bool) -> tuple[p.Line, ...]:
        """The lines of a check; a `closed` one ends with a line that always decides."""
        reader = self.reader
        if not isinstance(node, Sequence):
            reader.unlike(node, "a list of lines")
            return ()
        found = []
        for number, item in enumerate(node.items):
            line = self.line(item, index, last=closed and number == len(node.items) - 1)
            if line is not None:
                found.append(line)
        if not node.items:
            reader.refuse("PB058", "this check has no lines", reader.span(node))
        return tuple(found)

    def line(self, item: Node, index: int, *, last: bool) -> p.Line | None:
        reader = self.reader
        children = reader.fields(item, s.LINE)
        if children is None:
            return None
        span = reader.span(item)
        keys = frozenset(children)
        if last and keys != {"then"}:
            reader.refuse("PB058", "the last line may not decide", span, "end with a line that is only `then:`")
        elif not last and keys == {"then"}:
            reader.refuse("PB058", "this line always decides: those below it are never reached", span, "give it a `when`, or move it to the end")
            return None
        elif not last and keys not in ({"when", "then"}, {"unknown"}):
            reader.refuse("PB058", "a line is `when` with `then`, or `unknown` alone", span)
            return None
        when = reader.condition(children["when"]) if "when" in children else None
        leads = children.get("then") or children.get("unknown")
        target = self.target(leads, index) if leads else None
        if target is None or (when is not None and not isinstance(when, Condition)):
            return None
        return p.Line(when, target, span, unknown=keys == {"unknown"})
