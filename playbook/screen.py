"""The result of a case as rows for a screen: outcome, replies to paste, actions, follow-up, what to avoid, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.asking.prompts import DIM, STRONG, Row, label
from playbook.protocol import Check
from playbook.redlines import crossed
from playbook.replies import localise
from playbook.saying import describe
from playbook.words import LOCALES

if TYPE_CHECKING:
    from datetime import datetime

    from playbook.engine import Decided, Passed
    from playbook.protocol import Avoid, Duration
    from playbook.replies.render import Reply
    from playbook.result import Deed, Result
    from playbook.words import Words

REPLY = "reply"
"""The style of a reply's own lines: shown as they are, never wrapped or indented, so that they can be copied."""


def rows(told: Result, words: Words, *, exported: bool = False) -> list[Row]:
    """The whole result, from what is needed first to what is needed last; `exported`: without private answers."""
    return [
        *_outcome(told, words),
        *_red_lines(told, words),
        *_replies(told, words),
        *_actions(told, words),
        *_care(told, words),
        *why(told.decided, words, exported=exported),
    ]


def first(told: Result, words: Words) -> list[Row]:
    """What cannot wait until the details are known: the outcome, by when to answer, who must agree, what to do."""
    sure = told._replace(deeds=tuple(each for each in told.deeds if each.applies))
    return [*_outcome(told, words), *_red_lines(told, words), *_before(told, words), *_actions(sure, words)]


def _red_lines(told: Result, words: Words) -> list[Row]:
    """The red lines that the case crosses: the protocol is wrong somewhere, and nothing may be posted by it."""
    lines = crossed(told.decided)
    found = [Row(words("result_red_line", because=line.because.say(words.locale)), "level3") for line in lines]
    return [Row(""), *found] if found else []


def _outcome(told: Result, words: Words) -> list[Row]:
    outcome = told.decided.outcome
    level = words("result_level", level=outcome.level, word=words(f"level_{outcome.level}"))
    because = outcome.because.say(words.locale)
    source = f" ({outcome.source.say(words.locale)})" if outcome.source else ""
    return [
        Row(""),
        Row(f"■ {outcome.title.say(words.locale)} · {level}", f"level{outcome.level}"),
        Row(because + source),
    ]


def _before(told: Result, words: Words) -> list[Row]:
    found: list[Row] = []
    if told.answer_due:
        found += [Row(""), Row(words("result_answer_by", when=when(told.answer_due, told, words)), STRONG)]
    if told.decided.outcome.approval:
        roles = ", ".join(_role(each, told, words) for each in told.decided.outcome.approval)
        found.append(Row(words("result_approval", roles=roles), STRONG))
    return found


def _replies(told: Result, words: Words) -> list[Row]:
    outcome = told.decided.outcome
    found = _before(told, words)
    if told.public is None and told.private is None:
        silence = outcome.reply.silence.say(words.locale) if outcome.reply.silence else ""
        return [*found, Row(""), Row(words("result_silence"), STRONG), Row(silence)]
    for name, reply in (("public", told.public), ("private", told.private)):
        if reply is not None:
            found += [Row(""), *_reply(name, reply, told, words)]
        elif not (told.channel and told.channel.private):
            found += [Row(""), Row(words(f"result_no_{name}"), DIM)]
    return found


def _reply(name: str, reply: Reply, told: Result, words: Words) -> list[Row]:
    if reply.own_words:
        points = [Row(f"· {each}", indent=2) for each in reply.own_words]
        return [Row(words(f"result_{name}"), STRONG), Row(words("result_own_words")), *points]
    head = " · ".join((words(f"result_{name}"), *spoken(reply, words), *counted(reply, told, words)))
    found = [Row(head, STRONG), *(Row(each, DIM) for each in remarks(reply, told, words))]
    for part in reply.parts:
        found += [Row(""), *(Row(line, REPLY) for line in part.split("\n"))]
    return found


def spoken(reply: Reply, words: Words) -> list[str]:
    """The language of a reply, where it is not that of the interface: "in Spanish"."""
    return [] if reply.locale == words.locale else [words("result_in", language=language(reply.locale, words))]


def language(code: str, words: Words) -> str:
    """The name of a language; of one without a name here, its code."""
    return words(f"language_{code}") if code in LOCALES else code


def counted(reply: Reply, told: Result, words: Words) -> list[str]:
    """Where a reply goes and how long it is there: "X", "231 of 280"."""
    channel = told.decided.pack.channels.get(reply.channel or "")
    found = [channel.name.say(words.locale)] if channel else []
    measure = reply.measure
    if measure is not None and measure.limit is not None:
        if len(reply.parts) > 1:
            found.append(words("result_thread", count=len(reply.parts)))
        else:
            found.append(
                words("result_count", length=measure.length, limit=measure.limit, unit=words(f"unit_{measure.unit}"))
            )
    return found


def remarks(reply: Reply, told: Result, words: Words) -> list[str]:
    """What must be known before a reply is sent: blanks, its length, its language."""
    found = []
    if reply.missing:
        asks = ", ".join(f"«{told.decided.pack.questions[name].ask.say(words.locale)}»" for name in reply.missing)
        found.append(words("result_not_ready", asks=asks))
    if reply.fell_back:
        found.append(words("result_fell_back", wanted=told.locale, used=reply.locale))
    measure = reply.measure
    if measure is not None and measure.over and len(reply.parts) == 1:
        key = "result_over" if measure.certain else "result_over_perhaps"
        found.append(words(key, over=measure.over, unit=words(f"unit_{measure.unit}")))
    if measure is not None and measure.forced_by:
        found.append(words("result_sms", letters=" ".join(measure.forced_by)))
    return found


def _actions(told: Result, words: Words) -> list[Row]:
    if not told.deeds:
        return []
    found = [Row(""), Row(words("result_actions"), STRONG)]
    for deed in sorted(told.deeds, key=lambda each: not each.applies):
        found += _deed(deed, told, words)
    return found


def _deed(deed: Deed, told: Result, words: Words) -> list[Row]:
    action = deed.action
    do = action.do.say(words.locale)
    if not deed.applies and action.when is not None:
        condition = describe(action.when, told.decided.pack, words)
        do = f"▹ {words('result_if', condition=condition)} {do}"
    else:
        do = f"▸ {do}"
    by = f" · {words('result_by', when=when(deed.due, told, words))}" if deed.due else ""
    return [Row(do, indent=2), Row(f"{_role(action.owner, told, words)}{by}", DIM, 4)]


def _care(told: Result, words: Words) -> list[Row]:
    found: list[Row] = []
    follow_up = told.follow_up
    if follow_up is not None:
        due = f" · {when(told.follow_up_due, told, words)}" if told.follow_up_due and not follow_up.every else ""
        again = words("result_every", every=span(follow_up.every, words)) if follow_up.every else ""
        lasting = words("result_for", lasting=span(follow_up.lasting, words)) if follow_up.lasting else ""
        found += [Row(""), Row(words("result_follow_up"), STRONG)]
        who = f"{_role(follow_up.owner, told, words)}{due}{again}{lasting}"
        found.append(Row(f"{who}: {follow_up.check.say(words.locale)}", indent=2))
    avoid = sorted(told.decided.avoid, key=lambda each: not each[1])
    if avoid:
        said = [Row(f"✗ {_where(each, told, words)}{each.say.say(words.locale)}", indent=2) for each, _ in avoid]
        found += [Row(""), Row(words("result_avoid"), STRONG), *said]
    return found


def _where(avoid: Avoid, told: Result, words: Words) -> str:
    """The condition of what is to be avoided, where it is not decided: in doubt it is still told."""
    if avoid.when is None or told.decided.verdict(avoid.when) is True:
        return ""
    return words("result_if", condition=describe(avoid.when, told.decided.pack, words)) + " "


def why(case: Decided, words: Words, *, exported: bool = False) -> list[Row]:
    """The steps that led here, each with its answer (`exported`: unless it is private) and its line."""
    found = [Row(""), Row(words("result_why"), STRONG)]
    for passed in case.path:
        place = f"  {passed.span.file}:{passed.span.line}"
        if isinstance(passed.step, Check):
            found += [Row(f"· {each}{place}", DIM, 2) for each in _decided_by(case, passed, words)]
        else:
            question = case.pack.questions[passed.step.question]
            hidden = exported and question.private
            answer = "…" if hidden else label(question, case.answers[question.id], words)
            found.append(Row(f"· {question.ask.say(words.locale)} {answer}{place}", DIM, 2))
    return found


def _decided_by(case: Decided, passed: Passed, words: Words) -> list[str]:
    """Why a line of a check was taken: its condition, or what above it is not known; nothing for all the rest."""
    lines, at = passed.step.lines, int(passed.taken)  # type: ignore[union-attr] # only asked of checks
    when = lines[at].when
    if when is not None:
        return [describe(when, case.pack, words)]
    doubtful = [each.when for each in lines[:at] if each.when is not None and case.verdict(each.when) is None]
    return [words("said_unknown", what=describe(each, case.pack, words)) for each in doubtful if lines[at].unknown]


def _role(name: str, told: Result, words: Words) -> str:
    return told.decided.pack.roles[name].title.say(words.locale)


def when(moment: datetime, told: Result, words: Words) -> str:
    """A moment as one says it where the case is told, and whether it is past."""
    said = localise.when(moment, words.locale, told.seen)
    return f"{said} ({words('overdue')})" if moment < told.seen else said


def span(duration: Duration | None, words: Words) -> str:
    """A time span in words."""
    if duration is None:
        return ""
    return words(f"span_{duration.unit}{'' if duration.amount == 1 else 's'}", n=duration.amount)
