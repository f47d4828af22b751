"""Conditions in people's words: `days_late >= 4 and not gift` as the questions and labels that the operator knows."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.conditions import expression as ex
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playbook.conditions.condition import Condition
    from playbook.protocol import Fact, Pack
    from playbook.words import Words

_SIGNS = {"<=": "≤", ">=": "≥", "==": "=", "!=": "≠"}


class Said(Record):
    """Words for a condition; `joint` where they are several, joined by "and" or "or"."""

    text: str
    joint: bool = False


def describe(condition: Condition, pack: Pack, words: Words) -> str:
    """`condition` in the interface's language, in one line."""
    return _say(condition.expression, pack, words).text


def _say(part: ex.Expression, pack: Pack, words: Words) -> Said:
    match part:
        case ex.And() | ex.Or():
            return _joined("said_and" if isinstance(part, ex.And) else "said_or", part.parts, pack, words)
        case ex.Not():
            return _not(part.part, pack, words)
        case ex.Name():
            return _named(part, pack, words)
        case ex.Known():
            return Said(words("said_known" if part.known else "said_unknown", what=_about(part.name, pack, words)))
        case ex.Tick():
            label = words("none_ticked") if part.part == "none" else _label(part.name, part.part, pack, words)
            return Said(f"{_about(part.name, pack, words)} {label}")
        case ex.OneOf():
            return _one_of(part, pack, words)
        case _:
            constant = part.constant.value if part.constant.limit is None else pack.limits[part.constant.limit].value
            return Said(f"{_about(part.name, pack, words)} {_SIGNS.get(part.op, part.op)} {constant}")


def _joined(joint: str, parts: Sequence[ex.Expression], pack: Pack, words: Words) -> Said:
    """Parts joined by a word, in brackets where they are joint themselves, be it only by what a fact stands for."""
    if len(parts) == 1:
        return _say(parts[0], pack, words)
    said = [_say(each, pack, words) for each in parts]
    texts = [f"({each.text})" if each.joint else each.text for each in said]
    return Said(f" {words(joint)} ".join(texts), joint=True)


def _named(part: ex.Name, pack: Pack, words: Words) -> Said:
    fact = pack.facts.get(part.name)
    if fact is not None and fact.title is not None:
        return Said(fact.title.say(words.locale))
    if fact is not None and fact.condition is not None:
        return _say(fact.condition.expression, pack, words)
    return Said(f"{_about(part.name, pack, words)} {words('yes').lower()}")


def _not(part: ex.Expression, pack: Pack, words: Words) -> Said:
    if isinstance(part, ex.Name) and part.name in pack.questions:
        return Said(f"{_about(part.name, pack, words)} {words('no').lower()}")
    return Said(words("said_not", what=_say(part, pack, words).text))


def _one_of(part: ex.OneOf, pack: Pack, words: Words) -> Said:
    fact = pack.facts.get(part.name)
    said = _of_fact(fact, {word.id for word in part.words}, pack, words) if fact is not None else None
    if said is not None:
        return Said(words("said_not", what=said.text)) if part.negated else said
    labels = f" {words('said_or')} ".join(_label(part.name, word.id, pack, words) for word in part.words)
    about = _about(part.name, pack, words)
    return Said(f"{about} {words('said_other_than', what=labels)}" if part.negated else f"{about} {labels}")


def _of_fact(fact: Fact, values: set[str], pack: Pack, words: Words) -> Said | None:
    """When a fact has one of these values: their titles, else what its first rules say where those alone give them."""
    titles = {rule.value: rule.title.say(words.locale) for rule in reversed(fact.rules) if rule.title is not None}
    if values <= titles.keys():
        wanted = [titles[value] for value in fact.values if value in values]
        return Said(f" {words('said_or')} ".join(wanted), joint=len(wanted) > 1)
    leading = list(takewhile(lambda rule: rule.value in values, fact.rules))
    if len(leading) < sum(rule.value in values for rule in fact.rules):
        return None  # a later rule gives one of them too: it has the value only where those between are not true
    parts = [rule.when.expression for rule in leading if rule.when is not None]
    return _joined("said_or", parts, pack, words) if parts and len(parts) == len(leading) else None


def _about(name: str, pack: Pack, words: Words) -> str:
    question = pack.questions.get(name)
    return f"«{question.ask.say(words.locale)}»" if question else f"{name}:"


def _label(name: str, choice: str, pack: Pack, words: Words) -> str:
    if name == p.CHANNEL and choice in ("private", "theirs"):
        return words(f"said_{choice}")
    question = pack.questions.get(name)
    choices = question.choices if question else ()
    return next((each.label.say(words.locale) for each in choices if each.id == choice), choice)
