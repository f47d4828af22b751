"""What a decided case comes to, for one channel, language and moment: replies, actions with owners and deadlines, reasons.

Pure: the moment is handed in. The doors print it (`screen`) or hand it to a program (`contract`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.deadlines import MONDAY_TO_FRIDAY, due, sooner, working_days
from playbook.protocol import duration
from playbook.record import Record
from playbook.render import render, wanted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from playbook.channels import Channel
    from playbook.deadlines import WorkingDays
    from playbook.engine import Decided
    from playbook.protocol import Action, FollowUp, Pack, Side
    from playbook.render import Reply

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
    """The public and the private side that are told on `channel`: a private one takes the private side, else the public one."""
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


def result(decided: Decided, channel: Channel | None, locale: str, now: datetime) -> Result:
    """Tell `decided` on `channel` (None: any) in `locale`, decided at `now` (aware of its zone).

    Raises PlaybookError where a template of the outcome cannot be used.
    """
    outcome = decided.outcome
    working = days_of(decided.pack)
    public, private = sides(decided, channel)
    beside = companion(decided.pack, channel)
    follow_up = outcome.follow_up
    expected = duration(channel.answer_within) if channel and channel.answer_within else None
    wait = (follow_up.within or follow_up.every) if follow_up else None
    return Result(
        decided=decided,
        locale=locale,
        channel=channel,
        now=now,
        public=render(decided, public, locale, channel, now) if public else None,
        private=render(decided, private, locale, beside, now) if private else None,
        answer_due=sooner(outcome.answer_within, expected, now, working),
        deeds=tuple(_deeds(decided.actions, now, working)),
        follow_up=follow_up,
        follow_up_due=due(now, wait, working) if wait else None,
    )


def days_of(pack: Pack) -> WorkingDays:
    """The pack's working days, or Monday to Friday."""
    return working_days(pack.hours.days, pack.hours.holidays) if pack.hours else MONDAY_TO_FRIDAY


def _deeds(actions: Iterable[tuple[Action, bool]], now: datetime, working: WorkingDays) -> Iterable[Deed]:
    for action, applies in actions:
        yield Deed(action, due(now, action.within, working) if action.within else None, applies)
