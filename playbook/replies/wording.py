"""Where the words of a reply are: its files, and the names that they may speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.conditions.condition import Condition, Kind, Scope, settle_rules
from playbook.record import Record
from playbook.replies.template import read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playbook.protocol import Fact, Outcome, Pack, Question
    from playbook.replies.template import Asked, Template

SHORT = "short"
"""The variant that is taken where the reply is too long for its channel."""


class Found(Record):
    """The files of a reply: `path` first, of a `variant` (a channel, or empty), and the short one."""

    locale: str
    path: str
    variant: str
    short: str | None


def find(pack: Pack, outcome: Outcome, name: str, locale: str, channel: str | None) -> Found | None:
    """The template `name` of an outcome in `locale`, else in the pack's default locale; None where it has no file."""
    for each in dict.fromkeys((locale, pack.locales[0])):
        stem = f"templates/{each}/{outcome.protocol}/{name}"
        short = f"{stem}.{SHORT}.j2"
        for path, variant in ((f"{stem}.{channel}.j2", channel or ""), (f"{stem}.j2", "")):
            if path in pack.files:
                return Found(each, path, variant, short if short in pack.files else None)
    return None


def template(pack: Pack, path: str) -> Template:
    """The template in a file of the pack."""
    return read(path, pack.files[path])


def partial(path: str, name: str) -> str:
    """The path of a partial that the template at `path` includes: it stands in the folder of the same locale."""
    return "/".join((*path.split("/")[:2], f"{name}.j2"))


class Names(Record):
    """What the templates of a protocol may speak of."""

    questions: Mapping[str, Question]
    facts: Mapping[str, Fact]
    scope: Scope


def names(pack: Pack, protocol: str) -> Names:
    """The questions and facts of a protocol and of the shared files it uses, with the channel."""
    own = pack.protocols[protocol]
    parts: tuple[p.Shared | p.Protocol, ...] = (*(pack.shared[each] for each in own.use), own)
    questions = {name: each for part in parts for name, each in part.questions.items()}
    facts = {name: each for part in parts for name, each in part.facts.items()}
    scope = Scope({name: limit.value for name, limit in pack.limits.items()})
    for name, question in questions.items():
        scope.kinds[name] = Kind(question.kind, question.ids, question.low, question.high)
    for name, fact in facts.items():
        scope.kinds[name] = Kind(p.CHOICE, fact.values) if fact.rules else Kind(p.YES_NO)
        rules = tuple((rule.when, rule.value) for rule in fact.rules)
        scope.settlers[name] = settle_rules(rules) if fact.condition is None else fact.condition.value
    channels = pack.channels.values()
    properties = {
        "private": frozenset(each.id for each in channels if each.private),
        "theirs": frozenset(each.id for each in channels if each.theirs),
    }
    scope.kinds[p.CHANNEL] = Kind(p.CHOICE, tuple(pack.channels), properties=properties)
    questions[p.CHANNEL] = pack.questions[p.CHANNEL]
    return Names(questions, facts, scope)


def condition(asked: Asked, scope: Scope) -> Condition:
    """The condition of a branch."""
    return Condition(asked.text, asked.expression, scope)
