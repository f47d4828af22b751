"""Answers as they arrive (typed, from JSON, from a scenario) and as they are kept: checked against their question.

An `Answer` is a choice's id, True or False, a whole number, the ticked ids in their declared order, a text, or None for
"don't know".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.diagnostics import Diagnostic, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playbook.protocol import Answer, Pack, Question

YES = frozenset(("yes", "y", "true", "sí", "si", "s"))
NO = frozenset(("no", "n", "false"))
_SHOWN = 60
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}\Z")


class Refused(Exception):  # noqa: N818 - it is caught at once and becomes a diagnostic or a line under the prompt
    """An answer that its question does not take: what is wrong, and what it would take."""

    def __init__(self, message: str, hint: str | None) -> None:
        """Keep both."""
        super().__init__(message)
        self.message, self.hint = message, hint


def accept(question: Question, raw: object) -> Answer:
    """The answer that `raw` (as JSON would give it) is to `question`. Raises Refused."""
    if raw is None:
        if not question.unknown:
            raise Refused(f'`{question.id}` does not take "don\'t know"', wanted(question))
        return None
    if question.kind == p.CHOICE:
        return _one_of(question, raw)
    if question.kind == p.MANY:
        return _ticks(question, raw)
    if question.kind == p.YES_NO:
        return _yes_no(question, raw)
    if question.kind == p.NUMBER:
        return _number(question, raw)
    return _text(question, raw)


def parse(question: Question, typed: str) -> Answer:
    """The answer that a typed text is: ticks are joined by commas, `unknown` is "don't know". Raises Refused."""
    text = typed.strip()
    if question.kind != p.TEXT and text in ("unknown", "null"):
        return accept(question, None)
    if question.kind == p.MANY:
        parts = [part.strip() for part in text.split(",") if part.strip()]
        return accept(question, [] if parts == ["none"] else parts)
    if question.kind == p.NUMBER and _WHOLE.match(text):
        return accept(question, int(text))
    return accept(question, typed if question.kind == p.TEXT else text)


def read(pack: Pack, raw: Mapping[str, object]) -> tuple[dict[str, Answer], list[Diagnostic]]:
    """All answers of `raw` that their questions take, and one diagnostic for each that they do not."""
    answers: dict[str, Answer] = {}
    found: list[Diagnostic] = []
    for name, value in raw.items():
        question = pack.questions.get(name)
        if question is None:
            message = f"no question is called `{_shown(name)}`"
            found.append(Diagnostic("PB300", message, hint=did_you_mean(name, pack.questions)))
            continue
        try:
            answers[name] = parse(question, value) if isinstance(value, str) else accept(question, value)
        except Refused as fault:
            found.append(Diagnostic("PB301", fault.message, hint=fault.hint))
    return answers, found


def as_json(answer: Answer) -> object:
    """The answer as JSON holds it."""
    return list(answer) if isinstance(answer, tuple) else answer


def schema(question: Question) -> dict[str, object]:
    """The JSON Schema of an answer to `question`."""
    found: dict[str, object]
    if question.kind == p.CHOICE:
        return {"enum": [*question.ids, *([None] if question.unknown else [])]}
    if question.kind == p.MANY:
        found = {"type": "array", "items": {"enum": list(question.ids)}, "uniqueItems": True}
    elif question.kind == p.YES_NO:
        found = {"type": "boolean"}
    elif question.kind == p.NUMBER:
        found = {"type": "integer", "minimum": question.low, "maximum": question.high}
    else:
        found = {"type": "string", "minLength": 1, "maxLength": question.longest}
    if question.unknown:
        found["type"] = [found["type"], "null"]
    return found


def wanted(question: Question) -> str:
    """What `question` takes, in words."""
    if question.kind == p.CHOICE:
        words = "one of " + ", ".join(f"`{each}`" for each in question.ids)
    elif question.kind == p.MANY:
        words = "any of " + ", ".join(f"`{each}`" for each in question.ids) + ", or none"
    elif question.kind == p.YES_NO:
        words = "`yes` or `no`"
    elif question.kind == p.NUMBER:
        words = f"a whole number from {question.low} to {question.high}"
    else:
        words = f"a text of at most {question.longest} characters"
    return f'{words}; null for "don\'t know"' if question.unknown else words


def _refuse(question: Question, raw: object) -> Refused:
    return Refused(f"`{question.id}` does not take `{_shown(raw)}`", wanted(question))


def _shown(raw: object) -> str:
    """What was given, on a line, whatever it was: also half characters and numbers too long to be written out."""
    try:
        text = f"{raw}"
    except (ValueError, RecursionError):
        return "…"
    text = " ".join(text.encode("utf-8", "backslashreplace").decode().split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _one_of(question: Question, raw: object) -> str:
    if not isinstance(raw, str):
        raise _refuse(question, raw)
    if raw not in question.ids:
        hint = did_you_mean(raw, question.ids)
        raise Refused(_refuse(question, raw).message, hint if hint and hint.startswith("did") else wanted(question))
    return raw


def _ticks(question: Question, raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list | tuple) or not all(isinstance(each, str) for each in raw):
        raise _refuse(question, raw)
    for each in raw:
        if each not in question.ids:
            raise _refuse(question, each)
    return tuple(each for each in question.ids if each in raw)


def _yes_no(question: Question, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    word = raw.lower() if isinstance(raw, str) else None
    if word in YES:
        return True
    if word in NO:
        return False
    raise _refuse(question, raw)


def _number(question: Question, raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not question.low <= raw <= question.high:
        raise _refuse(question, raw)
    return raw


def _text(question: Question, raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise _refuse(question, raw)
    if any("\ud800" <= char <= "\udfff" for char in raw):
        raise Refused(f"`{question.id}` holds half a character", "type the text anew")
    if len(raw) > question.longest:
        over = len(raw) - question.longest
        message = f"`{question.id}` takes at most {question.longest} characters: this has {over} too many"
        raise Refused(message, wanted(question))
    return raw
