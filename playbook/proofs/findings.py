"""What proofs come to, as data: what was looked at, what holds, and what does not, each with its smallest case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playbook.diagnostics import Diagnostic, Span
    from playbook.protocol import Answer, AtMost, Target

PROVED, BROKEN, UNDECIDED = "proved", "broken", "undecided"
IN_VAIN = ("PB552", "PB553", "PB554")
"""What is only looked for where the whole pack is there."""


class Example(Record):
    """A case that shows something, walked by the engine: where it starts, what was answered and where it ends."""

    name: str
    protocol: str
    answers: Mapping[str, Answer]
    outcome: Target


class Finding(Record):
    """Something that does not hold: what and where, and the cases that show it."""

    fault: Diagnostic
    examples: tuple[Example, ...] = ()


class Extent(Record):
    """How much a proof went over; `ways` is None where there were too many to tell apart."""

    ways: int | None
    combinations: int

    def __add__(self, other: Extent) -> Extent:  # type: ignore[override] # extents are summed, not joined
        """Both together."""
        ways = None if self.ways is None or other.ways is None else self.ways + other.ways
        return Extent(ways, self.combinations + other.combinations)


NOTHING = Extent(0, 0)


class Progress(Record):
    """How far a proof got that was not ended: what it was doing, and how much of that was done."""

    doing: str
    done: int = 0
    of: int = 0
    what: str = "steps"


class Start(Record):
    """The cases that start in one protocol: how many there are, or how far the proof got."""

    protocol: str
    extent: Extent | None
    reached: Progress | None = None
    late: bool = False
    """Whether it was the time that was up; else it was too large."""


class Length(Record):
    """A promise of how many questions a case takes at most, with how many the longest takes; None if not decided."""

    protocol: str
    promised: AtMost
    questions: int | None


class Line(Record):
    """A red line, with how it came out."""

    name: str
    span: Span
    status: str
    extent: Extent
    spoken_of: bool
    """Whether there is a case that it may speak of."""


class Report(Record):
    """All that was proved of a pack, and all that was not."""

    starts: tuple[Start, ...]
    lines: tuple[Line, ...]
    worse: tuple[str, ...]
    """The questions of which it holds that a worse answer never leads to a lower level, as far as was decided."""
    whole: bool
    """Whether lines and questions in vain were looked for: only where the whole pack is there, and decided."""
    findings: tuple[Finding, ...]
    left_out: tuple[str, ...] = ()
    """The protocols that could not be read."""
    lengths: tuple[Length, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether all that was to be proved was decided."""
        return not self.left_out and all(each.extent is not None for each in self.starts)

    @property
    def status(self) -> str:
        """How all of it came out. What is not decided comes first: a finding may be told, and more may be hidden."""
        if not self.decided:
            return UNDECIDED
        return BROKEN if self.findings else PROVED

    @property
    def exit_code(self) -> int:
        """The process's exit code that tells of it."""
        return {PROVED: 0, BROKEN: 1, UNDECIDED: 2}[self.status]
