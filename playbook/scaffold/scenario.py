"""A new scenario: a case with its answers, and what the protocol comes to, for the author to judge."""

from __future__ import annotations

import json
import re
from itertools import chain, count
from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.engine import asked
from playbook.scaffold import texts

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from playbook.engine import Decided
    from playbook.protocol import Answer


_PLAIN = re.compile(r"[a-z][a-z0-9_]*(;? [a-z0-9_]+| \[\]| \[[a-z0-9_]+\]| \([0-9]+\))*")
"""What needs no quotes; ids that YAML reads as something else are words of the language, and so no ids."""


def block(ended: Decided, name: str, locales: Sequence[str]) -> str:
    """The scenario as an item of a list, its comment in the first locale."""
    return "".join(f"{line}\n" for line in _lines(ended, name, texts.WORDS["expected"][texts.language(locales[0])]))


def name(ended: Decided, taken: Container[str]) -> str:
    """A name that no other scenario has, made of the answers: the author has a better one."""
    stem = "; ".join(f"{key} {value(each)}" for key, each in _own(ended).items()) or "nothing is asked"
    names = chain((stem,), (f"{stem} ({number})" for number in count(2)))
    return next(each for each in names if each not in taken)


def _own(ended: Decided) -> dict[str, Answer]:
    """The answers that the protocol is not given, in the order in which they are asked; others come last."""
    given, answers = ended.pack.protocols[ended.protocol].given, ended.answers
    order = dict.fromkeys((*asked(ended.pack, ended.protocol, answers), *answers))
    return {key: answers[key] for key in order if key not in given or given[key] != answers[key]}


def _lines(ended: Decided, name: str, comment: str) -> Iterator[str]:
    own, questions = _own(ended), asked(ended.pack, ended.protocol, ended.answers)
    yield f"  - name: {_quoted(name)}"
    if p.CHANNEL in own:
        yield f"    channel: {own.pop(p.CHANNEL)}"
    yield f"    answers: {{{', '.join(f'{key}: {value(each)}' for key, each in own.items())}}}"
    yield f"    expect: # {comment}"
    other = "" if ended.outcome.protocol == ended.protocol else f"{ended.outcome.protocol}."
    yield f"      outcome: {other}{ended.outcome.id}"
    yield f"      level: {ended.outcome.level}"
    yield f"      asked: [{', '.join(questions)}]"


def value(answer: Answer) -> str:
    """An answer as YAML writes it."""
    if isinstance(answer, tuple):
        return f"[{', '.join(answer)}]"
    if answer is None:
        return "null"
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return _quoted(answer) if isinstance(answer, str) else str(answer)


def _quoted(text: str) -> str:
    """A text as it is where nothing in it can be taken for YAML, else in quotes."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
