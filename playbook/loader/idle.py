"""What a pack says in vain: steps and outcomes that nothing leads to, lines that never decide. Warnings: it works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.cascade import targets
from playbook.diagnostics import WARNING, Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.protocol import Line, Pack, Protocol, Target


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


def _repeated(lines: tuple[Line, ...]) -> Iterator[Diagnostic]:
    """The lines that say word for word what a line above them says: where that is not true, neither are they."""
    said: dict[str, Line] = {}
    for line in lines:
        text = " ".join(line.when.text.split()) if line.when else ""
        first = said.setdefault(text, line)
        if text and first is not line:
            message = f"this line never decides: line {first.span.line} of `{first.span.file}` says the same"
            yield Diagnostic("PB077", message, line.span, "leave one out", WARNING)
