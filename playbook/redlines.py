"""Red lines held against one case that has ended.

Whether a protocol can ever cross a line is a question about all cases; this is the last look at one of them, before
anything is posted. It errs on the safe side: a line that could not be decided counts as crossed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.engine import Decided
    from playbook.protocol import RedLine


def crossed(case: Decided) -> tuple[RedLine, ...]:
    """The lines that a case crosses: those of the pack first, then those of the protocols it went through.

    A line speaks about the truth. So its condition must be false by the answers themselves to leave the case alone: a
    question that was not asked, or answered "don't know", may have any answer. Marks of an action that is not decided
    yet count where they would cross a line, or be what it speaks of, and not where a line demands them.
    """
    sure = frozenset(case.marks)
    perhaps = sure.union(mark for action, _ in case.actions for mark in action.marks)
    return tuple(
        line
        for line in lines(case)
        if perhaps.issuperset(line.beside)
        and not (perhaps.isdisjoint(line.never) and sure.issuperset(line.always))
        and (line.when is None or line.when.is_false(dict(case.env)) is not True)
    )


def lines(case: Decided) -> Iterator[RedLine]:
    """The lines held against a case. One of the pack lapses where both ends of the case are excepted from it."""
    ends = {case.protocol, case.outcome.protocol}
    for line in case.pack.red_lines.values():
        if not ends <= line.exceptions.keys():
            yield line
    for name in dict.fromkeys((case.protocol, *(passed.then.protocol for passed in case.path))):
        yield from case.pack.protocols[name].red_lines.values()
