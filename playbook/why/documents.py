"""Why a case ended as it did, for programs: `schema/why.schema.json` describes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import contract
from playbook import protocol as p
from playbook.answers import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playbook.protocol import Outcome, Question, Target
    from playbook.why.answering import Explained
    from playbook.why.decisive import Weight
    from playbook.why.nearest import Change
    from playbook.why.situation import Sort

    Json = dict[str, object]

SCHEMA_VERSION = 1


def document(told: Explained, digest: str, locale: str) -> Json:
    """All of it; words for people are in `locale`."""
    case = told.case
    about = {"id": case.protocol, "version": case.pack.protocols[case.protocol].version, "digest": digest}
    because = {"because": case.outcome.because.say(locale)}
    return {
        "schema_version": SCHEMA_VERSION,
        "status": "explained",
        "protocol": about,
        "answers": contract.said(case.answers),
        "outcome": {**_outcome(case.outcome, locale), **because},
        "weights": [_weight(each, locale) for each in told.weights],
        "possible_outcomes": [str(each) for each in told.possible],
        "wanted": _wanted(told, locale),
        "nearest": _nearest(told, locale),
        "trace": contract.trace(case),
    }


def _outcome(outcome: Outcome, locale: str) -> Json:
    place = p.Target(outcome.protocol, outcome.id)
    return {"name": str(place), "title": outcome.title.say(locale), "level": outcome.level}


def _weight(weight: Weight, locale: str) -> Json:
    return {
        **_asked(weight.question, locale),
        "answer": as_json(weight.answer),
        "decisive": weight.decisive,
        "counts": list(weight.counts),
        "others": [
            {"answers": _sorts(weight.question, each.sorts), "outcomes": _names(each.outcomes)} for each in weight.turns
        ],
    }


def _asked(question: Question, locale: str) -> Json:
    return {"question": question.id, "ask": question.ask.say(locale)}


def _names(outcomes: Iterable[Target]) -> list[str]:
    return [str(each) for each in outcomes]


def _sorts(question: Question, sorts: Iterable[Sort]) -> list[Json]:
    """Answers; a stretch of numbers by its ends, beside one of them."""
    return [
        {"answer": as_json(each.answer)}
        | ({"min": each.low, "max": each.high} if question.kind == p.NUMBER and each.answer is not None else {})
        for each in sorts
    ]


def _wanted(told: Explained, locale: str) -> Json | None:
    if told.outcome is None:
        return None
    return {**_outcome(told.outcome, locale), "possible": told.wanted in told.possible, "reached": told.there}


def _nearest(told: Explained, locale: str) -> Json | None:
    nearest = told.nearest
    if nearest is None:
        return None
    outcome = told.case.pack.protocols[nearest.outcome.protocol].outcomes[nearest.outcome.name]
    return {
        "outcome": _outcome(outcome, locale),
        "changes": [{**_change(each, locale), "before": as_json(each.before)} for each in nearest.changes],
        "asked": [_change(each, locale) for each in nearest.asked],
        "answers": contract.said(nearest.answers),
    }


def _change(change: Change, locale: str) -> Json:
    told = {**_asked(change.question, locale), "answer": as_json(change.answer)}
    return {**told, "any_of": _sorts(change.question, change.sorts)}
