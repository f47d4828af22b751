"""A case without a person at the keys: standard output is data, standard error is messages."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from playbook import contract, screen
from playbook.answers import wanted
from playbook.desk.opening import digest, now
from playbook.engine import Pending, walk
from playbook.prompts import Row
from playbook.protocol import CHANNEL
from playbook.result import open_details, result
from playbook.terminal import put, safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playbook.channels import Channel
    from playbook.desk.opening import Case, Wishes
    from playbook.diagnostics import Diagnostic
    from playbook.engine import Decided
    from playbook.protocol import Question
    from playbook.result import Result

DONE, MISSING_ANSWERS = 0, 4


def answer(case: Case, wishes: Wishes) -> int:
    """Print the outcome and exit 0, or what is still to be answered and exit 4."""
    state = walk(case.pack, case.protocol, case.answers)
    if isinstance(state, Pending):
        if wishes.as_json:
            put_json(contract.pending(state, case.words.locale, digest(case)))
        else:
            _put_question(case, state.question, state.may_ask, state.most_questions_left)
        return MISSING_ANSWERS
    told = result(state, channel_of(state), case.locale, now())
    missing = () if wishes.skip_details else details(state, told)
    if wishes.as_json:
        seal = digest(case)
        put_json(contract.details(told, missing, seal) if missing else contract.decided(told, seal))
    else:
        put_rows(screen.rows(told, case.words))
        if missing:
            _put_question(case, case.pack.questions[missing[0]], missing, len(missing))
    return MISSING_ANSWERS if missing else DONE


def channel_of(state: Decided) -> Channel | None:
    """The channel of a case, where it was answered."""
    return state.pack.channels.get(str(state.answers.get(CHANNEL, "")))


def details(state: Decided, told: Result) -> tuple[str, ...]:
    """What actions and replies still need; first of all the channel, where something is said."""
    spoken = state.outcome.reply.public or state.outcome.reply.private
    first = (CHANNEL,) if spoken and told.channel is None else ()
    return (*first, *open_details(state, told.channel, told.locale))


def failure(diagnostics: Iterable[Diagnostic]) -> dict[str, object]:
    """A fault as a program sees it."""
    return contract.failed(diagnostics)


def put_json(document: dict[str, object]) -> None:
    """Print one JSON object."""
    import json

    print(json.dumps(document, ensure_ascii=not _writes_unicode(), indent=2))


def put_rows(rows: Iterable[Row]) -> None:
    """Print rows as plain lines, replies untouched by indents or wrapping."""
    for row in rows:
        lines = safe(row.text).split("\n")
        put(sys.stdout, "".join(f"{' ' * row.indent if row.style != screen.REPLY else ''}{line}\n" for line in lines))


def _writes_unicode() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def _put_question(case: Case, question: Question, may_ask: tuple[str, ...], most: int) -> None:
    """Say on standard output what to answer next, and how."""
    words = case.words
    rows = [Row(words("missing", n=most)), Row(f"{question.id}: {question.ask.say(words.locale)}")]
    rows += [Row(f"{each.id}: {each.label.say(words.locale)}", indent=2) for each in question.choices]
    value = question.ids[0] if question.choices else "…"
    rows.append(Row(words("missing_how", name=question.id, value=value, takes=wanted(question))))
    others = [name for name in may_ask if name != question.id]
    if others:
        rows.append(Row(words("missing_more", names=", ".join(others))))
    put_rows(rows)
