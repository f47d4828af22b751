"""A case to start from: the answers that somebody named, and the plainest for every other question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.engine import Decided, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playbook.protocol import Answer, Pack, Question

MOST_WALKS = 2_000
"""How many cases are tried before it is given up."""


def case(pack: Pack, protocol: str, named: Mapping[str, Answer], outcome: str | None = None) -> Decided | None:
    """The first case with the answers `named` that ends in `outcome` of this protocol; None where none was found.

    Without an outcome any case will do.

    For what is not named, nothing ticked comes before ticks, no before yes, and what is known before "don't know".
    """
    budget = iter(range(MOST_WALKS))
    return next((each for each in _cases(pack, protocol, dict(named), budget) if _fits(each, outcome)), None)


def _fits(ended: Decided, outcome: str | None) -> bool:
    return outcome is None or (ended.outcome.protocol, ended.outcome.id) == (ended.protocol, outcome)


def _cases(pack: Pack, protocol: str, answers: dict[str, Answer], budget: Iterator[int]) -> Iterator[Decided]:
    if next(budget, None) is None:
        return
    state = walk(pack, protocol, answers)
    if isinstance(state, Decided):
        yield state
        return
    for answer in plainest(state.question):
        yield from _cases(pack, protocol, {**answers, state.question.id: answer}, budget)


def plainest(question: Question) -> tuple[Answer, ...]:
    """Answers to a question, the plainest first."""
    unknown: tuple[Answer, ...] = (None,) if question.unknown else ()
    if question.kind == p.MANY:
        return ((), *((name,) for name in question.ids), *unknown)
    if question.kind == p.YES_NO:
        return (False, True, *unknown)
    if question.kind == p.NUMBER:
        return (*dict.fromkeys((question.low, question.high)), *unknown)
    return (*question.ids, *unknown)
