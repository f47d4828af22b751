"""Where steps lead: the names of steps, outcomes and protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.loader.strangers import hide_names
from playbook.record import Record
from playbook.shape import PROTOCOL
from playbook.source.nodes import Mapping, Node, Scalar

if TYPE_CHECKING:
    from playbook.diagnostics import Span
    from playbook.loader.reader import Reader

_LEADS_ON = "a step only ever leads on, so that no case goes in a circle: move the target below"


class Outline(Record):
    """The names in a protocol's file, known before its parts are read: steps with their numbers, and outcomes."""

    steps: dict[str, int]
    outcomes: frozenset[str]


def outline(node: Node | None) -> Outline | None:
    """The names of a protocol's steps and outcomes; None where they cannot be told."""
    if not isinstance(node, Mapping) or hide_names(node, PROTOCOL):
        return None
    steps, outcomes = (node.entries.get(key) for key in ("steps", "outcomes"))
    if not isinstance(steps, Mapping) or not (outcomes is None or isinstance(outcomes, Mapping)):
        return None
    order = {name: index for index, name in enumerate(steps.entries)}
    return Outline(order, frozenset(outcomes.entries if outcomes else ()))


def is_entry(node: Node) -> bool:
    """Whether a target is written as `{protocol: name}`."""
    return isinstance(node, Mapping) and tuple(node.entries) == ("protocol",)


class Targets:
    """Reads the targets of one file against the names of all."""

    def __init__(self, reader: Reader, id_: str, outlines: dict[str, Outline | None], known: frozenset[str]) -> None:
        """`id_` is the protocol (empty for a shared file), `outlines` those that were read, `known` all that exist."""
        self.reader = reader
        self.id = id_
        self.outlines = outlines
        self.known = known
        own = outlines.get(id_) if id_ else Outline({}, frozenset())
        self.partial = own is None
        """Whether names may be missing because a key was refused: then targets are let pass."""
        self.own = own or Outline({}, frozenset())
        self.leads: dict[str, Span] = {}
        """The other protocols that are led into, and where first."""

    def refuse_ambiguous(self, key: Scalar) -> None:
        """Refuse a step's name that is also an outcome's or a protocol's."""
        span = self.reader.span(key)
        if key.text in self.own.outcomes:
            hint = "rename one: a target must be one of them"
            self.reader.refuse("PB054", f"`{key.text}` is a step and an outcome", span, hint)
        elif key.text in self.known:
            hint = "rename the step: a target must be one of them"
            self.reader.refuse("PB054", f"`{key.text}` is a step and a protocol", span, hint)

    def target(self, node: Node, after: int) -> p.Target | None:
        """Where `node` leads; a step of the same protocol must stand below step number `after`."""
        if isinstance(node, Mapping):
            return self.entry(node)
        scalar = self.reader.scalar(node, "a target")
        if scalar is None:
            return None
        name = scalar.text
        first, dot, rest = name.partition(".")
        if dot:
            own = self.id and first == self.id
            return self.own_place(rest, name, after, scalar) if own else self.elsewhere(first, rest, scalar)
        if name in self.own.outcomes or name in self.own.steps:
            return self.own_place(name, name, after, scalar)
        if name in self.known:
            return self.elsewhere(name, None, scalar)
        if not self.partial:
            names = [*self.own.steps, *self.own.outcomes, *self.known]
            message = f"no step, outcome or protocol is called `{name}`"
            self.reader.refuse("PB051", message, self.reader.span(scalar), self.reader.near(name, names))
        return None

    def entry(self, node: Mapping) -> p.Target | None:
        """A target that is written as `{protocol: name}`."""
        if not is_entry(node):
            hint = "write the target's name, or `{protocol: name}`"
            self.reader.refuse("PB050", "a map stands where a target should", self.reader.span(node), hint)
            return None
        scalar = self.reader.scalar(node.entries["protocol"], "a protocol's id")
        return None if scalar is None else self.elsewhere(scalar.text, None, scalar)

    def own_place(self, name: str, written: str, after: int, node: Scalar) -> p.Target | None:
        """A step below, or an outcome, of the same protocol."""
        span = self.reader.span(node)
        if name in self.own.outcomes:
            return p.Target(self.id, name)
        if name not in self.own.steps:
            if not self.partial:
                hint = self.reader.near(name, [*self.own.steps, *self.own.outcomes])
                self.reader.refuse("PB051", f"`{self.id}` has no step or outcome `{name}`", span, hint)
            return None
        number = self.own.steps[name]
        if number <= after:
            where = "is this step itself" if number == after else "stands above this step"
            self.reader.refuse("PB052", f"`{written}` {where}", span, _LEADS_ON)
            return None
        return p.Target(self.id, name)

    def elsewhere(self, protocol: str, name: str | None, node: Scalar) -> p.Target | None:
        """A place in another protocol: its start where `name` is None."""
        span = self.reader.span(node)
        if protocol not in self.known:
            hint = self.reader.near(protocol, self.known)
            self.reader.refuse("PB051", f"no protocol is called `{protocol}`", span, hint)
            return None
        if protocol == self.id:
            self.reader.refuse("PB052", f"`{protocol}` is this protocol itself", span, _LEADS_ON)
            return None
        self.leads.setdefault(protocol, span)
        found = self.outlines.get(protocol)
        if found is None or (name is None and not found.steps):  # its own faults are told; this line has none
            return p.Target(protocol, name or "")
        if name is not None and name not in found.steps and name not in found.outcomes:
            hint = self.reader.near(name, [*found.steps, *found.outcomes])
            self.reader.refuse("PB051", f"`{protocol}` has no step or outcome `{name}`", span, hint)
            return None
        return p.Target(protocol, next(iter(found.steps)) if name is None else name)
