"""Outcomes and red lines, with the rules that reach over several of their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook import shape as s
from playbook.diagnostics import did_you_mean
from playbook.nodes import Mapping

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from playbook.diagnostics import Span
    from playbook.loader.reader import Reader
    from playbook.nodes import Node


def _each(reader: Reader, node: Node | None, word: str) -> Iterator[tuple[str, Span, Node]]:
    """The entries of a map whose keys are good ids."""
    if node is None:
        return
    if not isinstance(node, Mapping):
        reader.unlike(node, f"a map of {word}")
        return
    for name, child in node.entries.items():
        span = reader.key_span(node, name)
        if reader.good_id(name, span):
            yield name, span, child


def outcomes(reader: Reader, node: Node | None, protocol: str, protocols: Collection[str]) -> dict[str, p.Outcome]:
    """The outcomes of a protocol by id."""
    found: dict[str, p.Outcome] = {}
    for name, span, child in _each(reader, node, "outcomes"):
        if name in protocols:
            reader.refuse("PB054", f"`{name}` is an outcome and a protocol", span, "rename the outcome: a target must be one of them")
        values = reader.record(child, s.OUTCOME)
        if values is None:
            continue
        follow_up = values.get("follow_up")
        if isinstance(follow_up, p.FollowUp):
            _timed(reader, follow_up)
        found[name] = p.Outcome(id=name, protocol=protocol, span=reader.span(child), **values)  # type: ignore[arg-type]
    return found


def _timed(reader: Reader, follow_up: p.FollowUp) -> None:
    if (follow_up.within is None) == (follow_up.every is None):
        reader.refuse("PB060", "a follow-up has either `within` or `every`", follow_up.span, "`within: 24h`, or `every: 20min` with `for: 2h`")
    elif follow_up.lasting is not None and follow_up.every is None:
        reader.refuse("PB060", "`for` belongs to `every`", follow_up.span, "leave it out, or write `every`")


def red_lines(reader: Reader, node: Node | None, protocols: Collection[str] | None) -> dict[str, p.RedLine]:
    """The red lines by id. `protocols` are the ids that `except` may name; None where it may not stand."""
    found: dict[str, p.RedLine] = {}
    for name, span, child in _each(reader, node, "red lines"):
        values = reader.record(child, s.RED_LINE)
        if values is None or not isinstance(child, Mapping):
            continue
        if not {"never", "always"} & set(child.entries):
            reader.refuse("PB061", f"`{name}` forbids nothing and demands nothing", span, "add `never: [marks]` or `always: [marks]`")
        excepted = child.entries.get("except")
        if excepted is not None and protocols is None:
            reader.refuse("PB061", "`except` belongs to the red lines of playbook.yaml", reader.key_span(child, "except"))
        elif isinstance(excepted, Mapping):
            for protocol in excepted.entries:
                if protocol not in (protocols or ()):
                    hint = did_you_mean(protocol, protocols or ())
                    reader.refuse("PB051", f"no protocol is called `{protocol}`", reader.key_span(excepted, protocol), hint)
        found[name] = p.RedLine(id=name, span=span, **values)  # type: ignore[arg-type]
    return found
