"""What a pack says in vain: steps and outcomes that nothing leads to, lines that never decide. Warnings: it works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.cascade import targets
from playbook.diagnostics import WARNING, Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.protocol import Action, Line, Outcome, Pack, Protocol, Question, RedLine, Target

    Carrier = Protocol | Question | Outcome | Action | RedLine


def warnings(pack: Pack, *, whole: bool) -> Iterator[Diagnostic]:
    """Every warning about the protocols of a pack without fault.

    What nothing leads to is only told where the `whole` pack is loaded: else a protocol that is not may lead there.
    """
    for own in pack.protocols.values():
        yield from _repeated(own.first)
        for step in own.steps.values():
            yield from _repeated(step.lines) if isinstance(step, p.Check) else ()
    if whole:
        reached = {target for own in pack.protocols.values() for target in _led(own)}
        for own in pack.protocols.values():
            yield from _lonely(own, reached)
        yield from _idle_principles(pack)


def _led(own: Protocol) -> Iterator[Target]:
    """Every place that a protocol leads to; it starts with its first step."""
    yield own.start
    yield from (line.target for line in own.first)
    for step in own.steps.values():
        yield from targets(step)


def _lonely(own: Protocol, reached: set[Target]) -> Iterator[Diagnostic]:
    for code, word, places in (("PB075", "step", own.steps), ("PB076", "outcome", own.outcomes)):
        for name, place in places.items():
            if p.Target(own.id, name) not in reached:
                message = f"nothing leads to the {word} `{name}`"
                yield Diagnostic(code, message, place.span, "lead to it, or delete it", WARNING)


def _idle_principles(pack: Pack) -> Iterator[Diagnostic]:
    """The principles that nothing carries out."""
    carried = {name for each in carriers(pack) for name in each.carries}
    for name, principle in pack.principles.items():
        if name not in carried:
            message = f"nothing carries out the principle `{name}`"
            hint = f"write `carries: [{name}]` where it is kept: in an outcome, an action, a question or a red line"
            yield Diagnostic("PB079", message, principle.span, hint, WARNING)


def carriers(pack: Pack) -> Iterator[Carrier]:
    """Everything in a pack that may carry out principles, in the order of its files."""
    parts: list[Pack | p.Shared | Protocol] = [pack, *pack.shared.values(), *pack.protocols.values()]
    for part in parts:
        if isinstance(part, p.Protocol):
            yield part
        yield from () if isinstance(part, p.Pack) else part.questions.values()
        yield from part.actions
        if isinstance(part, p.Protocol):
            for outcome in part.outcomes.values():
                yield outcome
                yield from outcome.actions
        yield from () if isinstance(part, p.Shared) else part.red_lines.values()


def _repeated(lines: tuple[Line, ...]) -> Iterator[Diagnostic]:
    """The lines that say word for word what a line above them says: where that is not true, neither are they."""
    said: dict[str, Line] = {}
    for line in lines:
        text = " ".join(line.when.text.split()) if line.when else ""
        first = said.setdefault(text, line)
        if text and first is not line:
            message = f"this line never decides: line {first.span.line} of `{first.span.file}` says the same"
            yield Diagnostic("PB077", message, line.span, "leave one out", WARNING)
