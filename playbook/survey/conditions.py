"""Every condition of a pack, with its place and what it decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playbook.conditions.condition import Condition
    from playbook.diagnostics import Span
    from playbook.protocol import Action, Avoid, Line, Pack, RedLine

LINE, RULE, FACT, ACTION, AVOID, RED_LINE = "line", "rule", "fact", "action", "avoid", "red line"


class Stated(Record):
    """A condition: where what it decides stands (not the condition itself), and which kind of thing that is."""

    condition: Condition
    span: Span
    kind: str


def stated(pack: Pack) -> Iterator[Stated]:
    """All of them: those of playbook.yaml, of shared files, of protocols."""
    yield from _added(pack.actions, pack.avoid)
    yield from _forbidden(pack.red_lines.values())
    for shared in pack.shared.values():
        yield from _facts(shared)
        yield from _lines(shared.first)
        yield from _added(shared.actions, shared.avoid)
    for own in pack.protocols.values():
        yield from _facts(own)
        for step in own.steps.values():
            yield from _lines(step.lines) if isinstance(step, p.Check) else ()
        yield from _added(own.actions, own.avoid)
        for outcome in own.outcomes.values():
            yield from _added(outcome.actions, outcome.avoid)
        yield from _forbidden(own.red_lines.values())


def _facts(part: p.Shared | p.Protocol) -> Iterator[Stated]:
    for fact in part.facts.values():
        if fact.condition is not None:
            yield Stated(fact.condition, fact.span, FACT)
        yield from (Stated(rule.when, rule.span, RULE) for rule in fact.rules if rule.when)


def _lines(lines: tuple[Line, ...]) -> Iterator[Stated]:
    yield from (Stated(line.when, line.span, LINE) for line in lines if line.when)


def _added(actions: tuple[Action, ...], avoids: tuple[Avoid, ...]) -> Iterator[Stated]:
    yield from (Stated(each.when, each.span, ACTION) for each in actions if each.when)
    yield from (Stated(each.when, each.span, AVOID) for each in avoids if each.when)


def _forbidden(lines: Iterable[RedLine]) -> Iterator[Stated]:
    yield from (Stated(each.when, each.span, RED_LINE) for each in lines if each.when)
