"""The words of a tree: targets, lines, edges, steps that ask or check, how many, and a step that was passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playbook.conditions.condition import Condition
    from playbook.diagnostics import Span


class Target(Record):
    """Where a line leads: a step or an outcome of a protocol."""

    protocol: str
    name: str

    def __str__(self) -> str:
        return f"{self.protocol}.{self.name}"


class Line(Record):
    """One line of a check. Without `when` it always decides; `unknown` lines decide where one above could not."""

    when: Condition | None
    target: Target
    span: Span
    unknown: bool = False


class Edge(Record):
    """Where one answer of an ask step leads."""

    target: Target
    span: Span


class Ask(Record):
    """A step that asks one question. `edges` by answer: a choice's id, `yes`, `no`, `unknown`; or `always` alone."""

    id: str
    span: Span
    question: str
    edges: Mapping[str, Edge]
    always: Edge | None = None


class Check(Record):
    """A step that goes on by what is known already: the first line that is true decides. Made with `Check.of`."""

    id: str
    span: Span
    lines: tuple[Line, ...]
    last_resort: int
    """The number of its last `unknown` line, -1 without one."""

    @classmethod
    def of(cls, name: str, span: Span, lines: tuple[Line, ...]) -> Check:
        """The check with these lines."""
        return cls(name, span, lines, max((index for index, line in enumerate(lines) if line.unknown), default=-1))


Step = Ask | Check


class AtMost(Record):
    """A promise: no case that starts in a protocol takes more questions before its outcome."""

    questions: int
    span: Span
    here: bool = False
    """Whether only those count that the protocol asks itself, before it leads on into another one."""


class Passed(Record):
    """A step that a case went through; `protocol` is where it stands."""

    protocol: str
    step: Step
    taken: str | int
    """The edge of an ask step (empty where all answers lead on alike), or the number of a check's line."""

    @property
    def way(self) -> Edge | Line:
        """The line that decided."""
        if isinstance(self.step, Check):
            return self.step.lines[int(self.taken)]
        return self.step.always or self.step.edges[str(self.taken)]

    @property
    def span(self) -> Span:
        """Where the line that decided stands."""
        return self.way.span

    @property
    def then(self) -> Target:
        """Where it led."""
        return self.way.target
