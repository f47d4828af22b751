"""The pack that ships, its scenarios, and every way its replies may read."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from playbook import protocol as p
from playbook import scenarios
from playbook.pack import read_pack
from playbook.replies.render import render
from playbook.replies.template import Choose, Include
from playbook.replies.wording import condition, names, partial, template
from tests.everycase import EveryCase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.channels import Channel
    from playbook.engine import Decided
    from playbook.protocol import Answer, Outcome, Pack
    from playbook.replies.render import Reply
    from playbook.replies.template import Part
    from playbook.scenarios import Ran

ROOT = Path(__file__).parent.parent
MADRID = ZoneInfo("Europe/Madrid")
MORNING = datetime(2026, 11, 23, 9, 10, tzinfo=MADRID)
YEAR_END = datetime(2026, 12, 30, 22, 30, tzinfo=MADRID)
"""From here a moment takes many words: "el lunes 4 de enero de 2027 a las 22:30"."""
TELLING = {"x", "facebook", "tiktok", "messenger", "email"}
"""Channels that show every variant of a template. Whether the longest words fit is looked at on all of them."""


@cache
def shipped() -> Pack:
    loaded = read_pack(ROOT)
    assert loaded.pack is not None, loaded.diagnostics
    return loaded.pack


@cache
def ran() -> tuple[Ran, ...]:
    """Every scenario of the pack, run."""
    read = [scenarios.read(shipped(), each) for each in shipped().protocols]
    return tuple(scenarios.run(shipped(), each, MORNING) for one in read for each in one.scenarios)


@cache
def every_case() -> tuple[Decided, ...]:
    return tuple(EveryCase(shipped()).cases())


SITUATIONS = [
    pytest.param((register, locale), id=f"{register} {locale}", marks=pytest.mark.xdist_group(f"{register} {locale}"))
    for locale in ("es", "en")
    for register in ("tu", "usted")
]
"""How a reply may be written. What looks at the same one runs in one process: writing all of them takes a while."""


class Written(NamedTuple):
    """A reply as it reads in one situation."""

    outcome: Outcome
    side: str
    locale: str
    channel: Channel
    texts: str
    """`longest`, `shortest` or `none`: what was answered to the questions that only fill replies."""
    reply: Reply

    def __str__(self) -> str:
        place = f"{self.outcome.protocol}.{self.outcome.id}"
        return f"{place} {self.side} {self.locale} on {self.channel.id} ({self.texts}): {self.reply.text!r}"


@cache
def written(register: str, locale: str) -> tuple[Written, ...]:
    """Every reply of the pack in every situation that its templates can tell apart, where its channel lets it stand."""
    return tuple(_written(shipped()._replace(register=register), locale))


def _written(pack: Pack, locale: str) -> Iterator[Written]:
    for case, (kind, texts) in product(_told_apart(), fillings(pack).items()):
        filled = case._replace(pack=pack, answers={**texts, **case.answers})
        for name, side in case.outcome.reply._asdict().items():
            if not isinstance(side, p.Side) or side.template is None:
                continue
            for channel in _where(pack, name, case.outcome):
                if kind != "longest" and channel.id not in TELLING:
                    continue
                now = YEAR_END if kind == "longest" else MORNING
                reply = render(filled, side, locale, channel, now)
                yield Written(case.outcome, name, locale, channel, kind, reply)


def _where(pack: Pack, side: str, outcome: Outcome) -> Iterator[Channel]:
    """The channels on which a side is told."""
    for channel in pack.channels.values():
        if side == "public":
            if not channel.private or outcome.reply.private is None:
                yield channel
        elif channel.private:
            yield channel


def fillings(pack: Pack) -> dict[str, dict[str, Answer]]:
    """Answers to the questions that only fill replies: the longest that fit, the shortest, none at all."""
    longest = {each.id: ("ñandú " * each.longest)[: each.longest - 1] + "ú" for each in _texts(pack)}
    return {"longest": dict(longest), "shortest": {each.id: "a" for each in _texts(pack)}, "none": {}}


def _texts(pack: Pack) -> list[p.Question]:
    return [each for each in pack.questions.values() if each.kind == p.TEXT]


@cache
def _branches() -> dict[tuple[str, str], frozenset[str]]:
    """The questions on which the templates of each outcome branch, texts and the channel left out."""
    pack, found = shipped(), {}
    for protocol, outcome in ((one.id, each) for one in pack.protocols.values() for each in one.outcomes.values()):
        asked: set[str] = set()
        for path in pack.files:
            for side in (outcome.reply.public, outcome.reply.private):
                if side and side.template and f"/{protocol}/{side.template}." in path:
                    asked.update(_asked(pack, protocol, path, template(pack, path).parts))
        found[protocol, outcome.id] = frozenset(asked - {each.id for each in _texts(pack)} - {p.CHANNEL})
    return found


def _asked(pack: Pack, protocol: str, path: str, parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Include):
            inner = partial(path, part.name)
            yield from _asked(pack, protocol, inner, template(pack, inner).parts)
        elif isinstance(part, Choose):
            for branch in part.branches:
                if branch.condition is not None:
                    yield from p.rests_on(condition(branch.condition, names(pack, protocol).scope), pack.facts)
                yield from _asked(pack, protocol, path, branch.parts)


def _told_apart() -> list[Decided]:
    """One case for each outcome and each set of answers that its templates can tell apart."""
    found: dict[object, Decided] = {}
    for case in every_case():
        outcome = case.outcome
        known = tuple(
            (name, case.answers.get(name, "not asked")) for name in sorted(_branches()[outcome.protocol, outcome.id])
        )
        found.setdefault((outcome.protocol, outcome.id, known), case)
    return list(found.values())
