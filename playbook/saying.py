"""Conditions in people's words: `days_late >= 4 and not gift` as the questions and labels that the operator knows."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.conditions import expression as ex

if TYPE_CHECKING:
    from playbook.conditions.condition import Condition
    from playbook.protocol import Fact, Pack
    from playbook.words import Words

_SIGNS = {"<=": "≤", ">=": "≥", "==": "=", "!=": "≠"}


def describe(condition: Condition, pack: Pack, words: Words) -> str:
    """`condition` in the interface's language, in one line."""
    return _say(condition.expression, pack, words)


def _say(part: ex.Expression, pack: Pack, words: Words) -> str:
    match part:
        case ex.And() | ex.Or():
            return _joined(part, pack, words)
        case ex.Not():
            return _not(part.part, pack, words)
        case ex.Name():
            fact = pack.facts.get(part.name)
            if fact is not None and fact.title is not None:
                return fact.title.say(words.locale)
            if fact is not None and fact.condition is not None:
                return _say(fact.condition.expression, pack, words)
            return f"{_about(part.name, pack, words)} {words('yes').lower()}"
        case ex.Known():
            return words("said_known" if part.known else "said_unknown", what=_about(part.name, pack, words))
        case ex.Tick():
            label = words("none_ticked") if part.part == "none" else _label(part.name, part.part, pack, words)
            return f"{_about(part.name, pack, words)} {label}"
        case ex.OneOf():
            return _one_of(part, pack, words)
        case _:
            constant = part.constant.value if part.constant.limit is None else pack.limits[part.constant.limit].value
            return f"{_about(part.name, pack, words)} {_SIGNS.get(part.op, part.op)} {constant}"


def _joined(part: ex.And | ex.Or, pack: Pack, words: Words) -> str:
    said = []
    for each in part.parts:
        text = _say(each, pack, words)
        said.append(f"({text})" if isinstance(each, ex.And | ex.Or) else text)
    return f" {words('said_and' if isinstance(part, ex.And) else 'said_or')} ".join(said)


def _not(part: ex.Expression, pack: Pack, words: Words) -> str:
    if isinstance(part, ex.Name) and part.name in pack.questions:
        return f"{_about(part.name, pack, words)} {words('no').lower()}"
    return words("said_not", what=_say(part, pack, words))


def _one_of(part: ex.OneOf, pack: Pack, words: Words) -> str:
    fact = pack.facts.get(part.name)
    said = _of_fact(fact, {word.id for word in part.words}, pack, words) if fact is not None else None
    if said is not None:
        return words("said_not", what=said) if part.negated else said
    labels = f" {words('said_or')} ".join(_label(part.name, word.id, pack, words) for word in part.words)
    about = _about(part.name, pack, words)
    return f"{about} {words('said_other_than', what=labels)}" if part.negated else f"{about} {labels}"


def _of_fact(fact: Fact, values: set[str], pack: Pack, words: Words) -> str | None:
    """When a fact has one of these values: their titles, else what its first rules say where those alone give them."""
    titles = {rule.value: rule.title.say(words.locale) for rule in reversed(fact.rules) if rule.title is not None}
    if values <= titles.keys():
        return f" {words('said_or')} ".join(titles[value] for value in fact.values if value in values)
    leading = list(takewhile(lambda rule: rule.value in values, fact.rules))
    if len(leading) < sum(rule.value in values for rule in fact.rules):
        return None  # a later rule gives one of them too: it has the value only where those between are not true
    said = [_say(rule.when.expression, pack, words) for rule in leading if rule.when is not None]
    return f" {words('said_or')} ".join(said) if said and len(said) == len(leading) else None


def _about(name: str, pack: Pack, words: Words) -> str:
    question = pack.questions.get(name)
    return f"«{question.ask.say(words.locale)}»" if question else f"{name}:"


def _label(name: str, choice: str, pack: Pack, words: Words) -> str:
    if name == p.CHANNEL and choice in ("private", "theirs"):
        return words(f"said_{choice}")
    question = pack.questions.get(name)
    choices = question.choices if question else ()
    return next((each.label.say(words.locale) for each in choices if each.id == choice), choice)
