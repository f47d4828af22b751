"""A case without a person at the keys: standard output is data, standard error is messages."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook import screen
from playbook.asking.prompts import Row
from playbook.desk.lines import text
from playbook.desk.opening import digest, now
from playbook.engine import Pending, walk
from playbook.output import put_json
from playbook.redlines import crossed
from playbook.result import open_details, result
from playbook.terminal import put

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playbook.channels import Channel
    from playbook.desk.opening import Case, Wishes
    from playbook.engine import Decided
    from playbook.protocol import Question
    from playbook.result import Result

DONE, FINDINGS, MISSING_ANSWERS = 0, 1, 4


def answer(case: Case, wishes: Wishes) -> int:
    """Print the outcome and exit 0 (1 where it crosses a red line), or what is still to be answered and exit 4."""
    state = walk(case.pack, case.protocol, case.answers)
    if isinstance(state, Pending):
        return lacking(case, state, as_json=wishes.as_json)
    told = _told(case, state)
    missing = () if wishes.skip_details else details(state, told)
    if wishes.as_json:
        from playbook import contract

        seal = digest(case)
        spoken = case.words.locale
        put_json(contract.details(told, missing, seal, spoken) if missing else contract.decided(told, seal, spoken))
    else:
        put_rows(screen.rows(told, case.words)[1:])  # the first is a blank one
        if missing:
            put_rows([Row("")])
            _put_question(case, case.pack.questions[missing[0]], missing, len(missing))
    if missing:
        return MISSING_ANSWERS
    return FINDINGS if crossed(state) else DONE


def lacking(case: Case, state: Pending, *, as_json: bool) -> int:
    """Print what is still to be answered before the outcome, and exit 4."""
    if as_json:
        from playbook import contract

        put_json(contract.pending(state, case.words.locale, digest(case)))
    else:
        _put_question(case, state.question, state.may_ask, state.most_questions_left)
    return MISSING_ANSWERS


def _told(case: Case, state: Decided) -> Result:
    try:
        return result(state, channel_of(state), case.locale, now())
    except OSError:
        digest(case)  # raises, and names each file that cannot be read
        raise


def channel_of(state: Decided) -> Channel | None:
    """The channel of a case, where it was answered."""
    return state.pack.channels.get(str(state.answers.get(p.CHANNEL, "")))


def details(state: Decided, told: Result) -> tuple[str, ...]:
    """What actions and replies still need; first of all the channel, where something is said."""
    spoken = state.outcome.reply.public or state.outcome.reply.private
    first = (p.CHANNEL,) if spoken and told.channel is None else ()
    return tuple(dict.fromkeys((*first, *open_details(state, told.channel, told.locale))))


def put_rows(rows: Iterable[Row]) -> None:
    """Print rows as plain lines, replies untouched by indents or wrapping."""
    put(sys.stdout, text(rows))


def _put_question(case: Case, question: Question, may_ask: tuple[str, ...], most: int) -> None:
    """Say on standard output what to answer next, and how."""
    words = case.words
    rows = [Row(words("missing", n=most)), Row(f"{question.id}: {question.ask.say(words.locale)}")]
    rows += [Row(f"{each.id}: {each.label.say(words.locale)}", indent=2) for each in question.choices]
    rows.append(Row(_how(case, question)))
    others = [name for name in may_ask if name != question.id]
    if others:
        rows.append(Row(words("missing_more", names=", ".join(others))))
    put_rows(rows)


def _how(case: Case, question: Question) -> str:
    """How to give an answer on the command line: an example, and what else would do."""
    words, values = case.words, {"low": question.low, "high": question.high, "most": question.longest}
    others = {p.YES_NO: "yes", p.NUMBER: question.low, p.TEXT: "'…'"}
    example = question.ids[0] if question.choices else others[question.kind]
    takes = [words(f"takes_{question.kind}", **values)] if question.kind != p.CHOICE else []
    takes += [words("takes_unknown")] if question.unknown else []
    said = f" ({'; '.join(takes)})" if takes else ""
    return words("missing_how", name=question.id, value=example) + said
