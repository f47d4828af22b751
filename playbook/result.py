"""What a decided case comes to, for one channel, language and moment: replies, actions with owners, deadlines.

Pure: the moment is handed in. The doors print it (`screen`) or hand it to a program (`contract`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.record import Record
from playbook.replies.deadlines import answer_by, due, follow_up_by, working
from playbook.replies.render import render, wanted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from playbook.channels import Channel
    from playbook.engine import Decided
    from playbook.protocol import Action, FollowUp, Pack, Side
    from playbook.replies.render import Reply

COMPANIONS = {"facebook": "messenger"}
"""The private channel beside a public one, where it is not called `<public>_message`."""


class Deed(Record):
    """An action and when it is due; where `applies` is False its condition is not decided yet."""

    action: Action
    due: datetime | None
    applies: bool


class Result(Record):
    """A decided case as it is told. A side that is None is silence there."""

    decided: Decided
    locale: str
    channel: Channel | None
    now: datetime
    """When it was decided: deadlines count from here."""
    seen: datetime
    """When it is told: what "today" means, and what is overdue."""
    public: Reply | None
    private: Reply | None
    answer_due: datetime | None
    deeds: tuple[Deed, ...]
    follow_up: FollowUp | None
    follow_up_due: datetime | None

    @property
    def missing(self) -> tuple[str, ...]:
        """The questions whose texts are blank in a reply: it is not ready to send."""
        sides = [each for each in (self.public, self.private) if each]
        return tuple(dict.fromkeys(name for each in sides for name in each.missing))


def sides(decided: Decided, channel: Channel | None) -> tuple[Side | None, Side | None]:
    """The public and the private side that are told on `channel`: a private one takes the private, else the public."""
    reply = decided.outcome.reply
    if channel is not None and channel.private:
        return None, reply.private or reply.public
    return reply.public, reply.private


def companion(pack: Pack, channel: Channel | None) -> Channel | None:
    """The private channel that belongs to a public one, if the pack has it; a private one is its own."""
    if channel is None or channel.private:
        return channel
    return pack.channels.get(COMPANIONS.get(channel.id, f"{channel.id}_message"))


def open_details(decided: Decided, channel: Channel | None, locale: str) -> tuple[str, ...]:
    """The questions that actions, avoids and replies still need, in the order to ask them."""
    public, private = sides(decided, channel)
    beside = companion(decided.pack, channel)
    names = [*decided.undecided]
    for side, where in ((public, channel), (private, beside)):
        if side is not None:
            names.extend(wanted(decided, side, locale, where))
    return tuple(name for name in dict.fromkeys(names) if name not in decided.env)


def result(
    decided: Decided, channel: Channel | None, locale: str, now: datetime, seen: datetime | None = None
) -> Result:
    """Tell `decided` on `channel` (None: any) in `locale`, decided at `now` (aware of its zone).

    `seen` is the moment at which it is told, where that is later. No answer is due where nothing is said.

    Raises PlaybookError where a template of the outcome cannot be used.
    """
    pack, outcome = decided.pack, decided.outcome
    public, private = sides(decided, channel)
    beside = companion(pack, channel)
    seen = seen or now
    return Result(
        decided=decided,
        locale=locale,
        channel=channel,
        now=now,
        seen=seen,
        public=render(decided, public, locale, channel, now, seen=seen) if public else None,
        private=render(decided, private, locale, beside, now, seen=seen) if private else None,
        answer_due=answer_by(pack, outcome, channel, now) if public or private else None,
        deeds=tuple(_deeds(decided, now)),
        follow_up=outcome.follow_up,
        follow_up_due=follow_up_by(pack, outcome, now),
    )


def _deeds(decided: Decided, now: datetime) -> Iterator[Deed]:
    days = working(decided.pack)
    for action, applies in decided.actions:
        yield Deed(action, due(now, action.within, days) if action.within else None, applies)
