"""Boxes of answers in words that a reviewer can read: `«Whose error was it?» is “Ours”, and …`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.record import Record
from playbook.regions.space import NOT_ASKED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playbook.changes.covering import Box
    from playbook.regions.joint import Side
    from playbook.regions.space import Axis

DONT_KNOW = "don't know"


class Manner(Record):
    """How the words of a pack are set apart, in one language."""

    locale: str
    question: Callable[[str], str] = "«{}»".format
    answer: Callable[[str], str] = "“{}”".format

    def ask(self, question: p.Question) -> str:
        """A question."""
        return self.question(question.ask.say(self.locale))

    def say(self, text: p.Text) -> str:
        """An answer."""
        return self.answer(text.say(self.locale))


def phrase(space: Side, box: Box, manner: Manner) -> str:
    """A box as a condition; empty where it holds in every case."""
    axes = {space.at[level].level: space.at[level] for level in sorted(box)}
    return " and ".join(part for axis in axes.values() for part in _said(axis, box, manner))


def _said(axis: Axis, box: Box, manner: Manner) -> Iterator[str]:
    about = manner.ask(axis.question)
    if axis.level in box:
        yield f"{about} {_asked(axis, box[axis.level], manner)}"
    levels = [level for level in range(axis.level + 1, axis.end) if level in box]
    if not levels:
        return
    ticked = [axis.question.choices[level - axis.level - 1] for level in levels if 1 in box[level]]
    others = [axis.question.choices[level - axis.level - 1] for level in levels if 1 not in box[level]]
    if len(others) == len(axis.question.choices):
        yield f"{about} has none of its choices"
        return
    parts = [f"includes {' and '.join(manner.say(each.label) for each in ticked)}"] if ticked else []
    parts += [f"does not include {' or '.join(manner.say(each.label) for each in others)}"] if others else []
    yield f"{about} {' and '.join(parts)}"


def _asked(axis: Axis, values: frozenset[int], manner: Manner) -> str:
    answered = values - {NOT_ASKED}
    unasked = " or is not asked" if NOT_ASKED in values else ""
    if not answered:
        return "is not asked"
    if len(answered) == axis.width - 1:
        return "is asked"  # it is never all: a box does not speak of what does not matter
    return _answers(axis, answered, manner) + unasked


def _answers(axis: Axis, values: frozenset[int], manner: Manner) -> str:
    """Some of the answers to a question; what is left out is named where that is shorter."""
    known = sorted(values - {axis.unknown})
    unsure = [manner.answer(DONT_KNOW)] if axis.unknown in values else []
    if axis.question.kind == p.NUMBER:
        told = [*_stretches(axis, known)]
        return " or ".join([*told, *(f"is {each}" for each in unsure)])
    if axis.question.kind == p.MANY:
        return f"is {unsure[0]}" if unsure else "is answered"
    others = [at for at in range(1, len(axis.answers) + 1) if at not in values]
    if len(others) == 1 and len(known) > 1 and (unsure or not axis.question.unknown):
        return f"is not {label(axis, others[0], manner)}"
    return "is " + " or ".join([*(label(axis, at, manner) for at in known), *unsure])


def label(axis: Axis, value: int, manner: Manner) -> str:
    """An answer by its value, as people know it."""
    answer = axis.answers[value - 1]
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return next((manner.say(each.label) for each in axis.question.choices if each.id == answer), str(answer))


def _stretches(axis: Axis, values: list[int]) -> Iterator[str]:
    """Neighbouring stretches of a number as one."""
    question, runs = axis.question, list[list[int]]()
    for at in values:
        if runs and runs[-1][1] == at - 1:
            runs[-1][1] = at
        else:
            runs.append([at, at])
    for first, last in runs:
        low, high = bounds(axis, first)[0], bounds(axis, last)[1]
        if low == high:
            yield f"is {low:,}"
        elif high == question.high:
            yield f"is {low:,} or more"
        elif low == question.low:
            yield f"is {high:,} or less"
        else:
            yield f"is {low:,} to {high:,}"


def bounds(axis: Axis, value: int) -> tuple[int, int]:
    """The smallest and the largest number of a stretch."""
    ends = [each for each in axis.answers if isinstance(each, int)]
    at = value - 1
    if axis.question.worse == "lower":
        return (ends[at - 1] + 1 if at else axis.question.low), ends[at]
    return ends[at], (ends[at + 1] - 1 if at + 1 < len(ends) else axis.question.high)
