"""Why a question is asked: the path that led here, and what each answer would decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.asking import prompts as p
from playbook.engine import Decided, Pending, walk
from playbook.protocol import CHANNEL, CHOICE, YES_NO, Target

if TYPE_CHECKING:
    from playbook.asking.prompts import Row
    from playbook.protocol import Answer, Question
    from playbook.words import Words

SHOWN = 3
"""Outcomes named for one answer before the rest is only counted."""


def reasons(state: Pending | Decided, question: Question, before: tuple[str, ...], words: Words) -> list[Row]:
    """The rows that explain `question`, with `before` answered on the way; `state` is where the case stands."""
    rows = [p.Row(""), p.Row(words("why"), p.STRONG)]
    rows += _path(state, before, words)
    if question.id == CHANNEL:
        return [*rows, p.Row(words("why_channel"))]
    if isinstance(state, Decided):
        rows.append(p.Row(words("why_details")))
    elif question.id == state.question.id:
        rows += _decides(state, words)
    return [*rows, p.Row(words("why_place", place=f"{question.span.file}:{question.span.line}"), p.DIM)]


def _path(state: Pending | Decided, before: tuple[str, ...], words: Words) -> list[Row]:
    if not before:
        return [p.Row(words("why_start"))]
    rows = [p.Row(words("why_path"), p.DIM)]
    for name in before:
        asked = state.pack.questions[name]
        said = p.label(asked, state.answers[name], words)
        rows.append(p.Row(f"· {asked.ask.say(words.locale)}  {said}", indent=2))
    return rows


def _decides(state: Pending, words: Words) -> list[Row]:
    ways = [(answer, _reached(state, answer)) for answer in _answers(state.question)]
    if len({found for _, found in ways}) <= 1:
        found = tuple(state.possible_outcomes)
        rows = [p.Row(words("why_same"))] if ways else []
        return [*rows, p.Row(words("why_open", count=len(found)), p.DIM), *_outcomes(state, found, 2 * SHOWN, words)]
    rows = [p.Row(words("why_decides"), p.DIM)]
    for answer, found in ways:
        said = f"{p.label(state.question, answer, words)} →"
        named = _outcomes(state, found, SHOWN, words)
        if len(named) == 1:
            rows.append(p.Row(f"{said} {named[0].text}", named[0].style, indent=2))
        else:
            rows += [p.Row(said, indent=2), *named]
    return rows


def _answers(question: Question) -> tuple[Answer, ...]:
    """The answers that can be told apart one by one."""
    found: tuple[Answer, ...] = {CHOICE: question.ids, YES_NO: (True, False)}.get(question.kind, ())
    return (*found, None) if found and question.unknown else found


def _reached(state: Pending, answer: Answer) -> tuple[Target, ...]:
    then = walk(state.pack, state.protocol, {**state.answers, state.question.id: answer})
    if isinstance(then, Decided):
        return (Target(then.outcome.protocol, then.outcome.id),)
    return tuple(then.possible_outcomes)


def _outcomes(state: Pending, found: tuple[Target, ...], shown: int, words: Words) -> list[Row]:
    rows = []
    for target in found[:shown]:
        outcome = state.pack.protocols[target.protocol].outcomes[target.name]
        said = f"{outcome.title.say(words.locale)} ({words(f'level_{outcome.level}')})"
        rows.append(p.Row(said, f"level{outcome.level}", indent=4))
    left = len(found) - shown
    return [*rows, p.Row(words("why_more", count=left), p.DIM, indent=4)] if left > 0 else rows
