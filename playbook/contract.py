"""What a program sees: the JSON of `triage`, as `schema/triage.schema.json` describes it.

Names and shapes are a contract; `SCHEMA_VERSION` rises when they change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import answers
from playbook import protocol as p
from playbook.explain import explain
from playbook.redlines import crossed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from playbook.diagnostics import Diagnostic, Span
    from playbook.engine import Decided, Pending
    from playbook.explain import Explained
    from playbook.protocol import FollowUp, Pack, Question, Target, Text
    from playbook.replies.render import Reply
    from playbook.result import Deed, Result

    Json = dict[str, object]

SCHEMA_VERSION = 1


def failed(diagnostics: Iterable[Diagnostic]) -> Json:
    """A fault of input."""
    return {
        "schema_version": SCHEMA_VERSION,
        "status": "error",
        "diagnostics": [each.as_json() for each in diagnostics],
    }


def pending(state: Pending, locale: str, digest: str) -> Json:
    """A case that needs answers before its outcome: the next question, and all that may still be asked."""
    questions = {name: question(state.pack.questions[name], locale) for name in state.may_ask}
    return {
        **_head("pending", state.pack, state.protocol, digest),
        "stage": "outcome",
        "question": questions[state.question.id],
        "answers": said(state.answers),
        "may_still_ask": list(questions),
        "questions": list(questions.values()),
        "most_questions_left": state.most_questions_left,
        "possible_outcomes": [str(each) for each in state.possible_outcomes],
    }


def details(told: Result, missing: tuple[str, ...], digest: str, spoken: str | None = None) -> Json:
    """A case whose outcome is known, but not all that its actions and replies speak of; `spoken` as for `decided`."""
    questions = [question(told.decided.pack.questions[name], spoken or told.locale) for name in missing]
    return {
        **decided(told, digest, spoken),
        "status": "pending",
        "stage": "details",
        "question": questions[0],
        "may_still_ask": list(missing),
        "questions": questions,
        "most_questions_left": len(missing),
    }


def decided(told: Result, digest: str, spoken: str | None = None) -> Json:
    """A case that has ended. What is for the operator is in the language `spoken`, else in that of the reply."""
    case, say = told.decided, spoken or told.locale
    outcome = case.outcome
    return {
        **_head("decided", case.pack, case.protocol, digest),
        "answers": said(case.answers),
        "outcome": {
            "id": outcome.id,
            "protocol": outcome.protocol,
            "title": outcome.title.say(say),
            "level": outcome.level,
            "stance": outcome.stance,
            "marks": list(case.marks),
            "because": outcome.because.say(say),
            "source": _say(outcome.source, say),
        },
        "reply": _reply(told, say),
        "actions": [_action(each, say) for each in told.deeds],
        "approval": list(outcome.approval),
        "follow_up": _follow_up(told.follow_up, told, say),
        "avoid": [each.say.say(say) for each, applies in case.avoid if applies],
        "avoid_if": [
            {"say": each.say.say(say), "if": each.when.text}
            for each, applies in case.avoid
            if each.when and not applies
        ],
        "red_lines": [{"id": each.id, "because": each.because.say(say)} for each in crossed(case)],
        "trace": trace(case),
    }


def trace(case: Decided) -> list[Json]:
    """Every step of a case, and why each of its other branches was not taken."""
    return [_explained(each) for each in explain(case)]


def saved(told: Result, digest: str, spoken: str) -> Json:
    """A case for a file: as `decided`, without the answers to private questions; `left_out` names those."""
    questions = told.decided.pack.questions
    private = [name for name in told.decided.answers if questions[name].private]
    document = decided(told, digest, spoken)
    return {**_without(document, frozenset(private)), "left_out": private}


def _without(part: Json, private: frozenset[str]) -> Json:
    """A part of a document without private answers, wherever answers are named."""
    kept = dict(part)
    for name, each in part.items():
        if name in {"answers", "asked", "because"} and isinstance(each, dict):
            kept[name] = {key: answer for key, answer in each.items() if key not in private}
        elif isinstance(each, list):
            kept[name] = [_without(inner, private) if isinstance(inner, dict) else inner for inner in each]
    return kept


def question(asked: Question, locale: str) -> Json:
    """A question, its choices, and the JSON Schema of its answer."""
    choices = [
        {"id": each.id, "label": each.label.say(locale), "help": _say(each.help, locale)} for each in asked.choices
    ]
    return {
        "id": asked.id,
        "type": asked.kind,
        "ask": asked.ask.say(locale),
        "help": _say(asked.help, locale),
        "choices": choices,
        "unknown": asked.unknown,
        "private": asked.private,
        "schema": answers.schema(asked),
    }


def said(given: Mapping[str, p.Answer]) -> Json:
    """Answers as JSON holds them."""
    return {name: answers.as_json(answer) for name, answer in given.items()}


def _head(status: str, pack: Pack, protocol: str, digest: str) -> Json:
    about = {"id": protocol, "version": pack.protocols[protocol].version, "digest": digest}
    return {"schema_version": SCHEMA_VERSION, "status": status, "protocol": about}


def _say(text: Text | None, locale: str) -> str | None:
    return None if text is None else text.say(locale)


def _reply(told: Result, locale: str) -> Json:
    sides = (("public", told.public), ("private", told.private))
    own = {name: list(each.own_words) for name, each in sides if each and each.own_words}
    return {
        "public": _side(told.public),
        "private": _side(told.private),
        "own_words": own or None,
        "silence": _say(told.decided.outcome.reply.silence, locale),
        "due": told.answer_due.isoformat() if told.answer_due else None,
    }


def _side(reply: Reply | None) -> Json | None:
    if reply is None or reply.own_words:
        return None
    measure = reply.measure
    return {
        "text": reply.text,
        "parts": list(reply.parts),
        "locale": reply.locale,
        "fell_back": reply.fell_back,
        "channel": reply.channel,
        "variant": reply.variant,
        "length": measure.length if measure else None,
        "limit": measure.limit if measure else None,
        "unit": measure.unit if measure else None,
        "fits": measure is None or measure.fits or len(reply.parts) > 1,
        "missing": list(reply.missing),
    }


def _action(deed: Deed, locale: str) -> Json:
    action = deed.action
    return {
        "do": action.do.say(locale),
        "owner": action.owner,
        "within": str(action.within) if action.within else None,
        "due": deed.due.isoformat() if deed.due else None,
        "if": None if deed.applies or action.when is None else action.when.text,
    }


def _follow_up(follow_up: FollowUp | None, told: Result, locale: str) -> Json | None:
    if follow_up is None:
        return None
    return {
        "owner": follow_up.owner,
        "within": str(follow_up.within) if follow_up.within else None,
        "every": str(follow_up.every) if follow_up.every else None,
        "for": str(follow_up.lasting) if follow_up.lasting else None,
        "due": told.follow_up_due.isoformat() if told.follow_up_due else None,
        "check": follow_up.check.say(locale),
    }


def _explained(step: Explained) -> Json:
    """A step of the case, and why each of its other branches was not taken."""
    return {
        "protocol": step.protocol,
        "step": step.step,
        "asked": said(step.asked),
        "if": step.condition,
        "then": _target(step.then, step.protocol),
        "source": _source(step.span),
        "others": [
            {
                "if": each.condition,
                "then": _target(each.target, step.protocol),
                "why": each.why,
                "because": {reason.name: answers.as_json(reason.value) for reason in each.reasons},  # type: ignore[arg-type]
                "source": _source(each.span),
            }
            for each in step.others
        ],
    }


def _target(target: Target, protocol: str) -> str:
    return target.name if target.protocol == protocol else str(target)


def _source(span: Span) -> str:
    return f"{span.file}:{span.line}"
