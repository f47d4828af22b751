"""When things are due: moments from durations, by the clock or in working days.

Pure: `now` is handed in, aware of its zone. Minutes and hours are time that passes, also over the night when clocks
change; days keep the reading of the clock; working days skip those on which nobody works.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from playbook.protocol import duration
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playbook.channels import Channel
    from playbook.protocol import Duration, Outcome, Pack

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FURTHEST = 3660


class WorkingDays(Record):
    """Which days count: `days` of the week (Monday is 0), without the `holidays`."""

    days: frozenset[int] = frozenset(range(5))
    holidays: frozenset[date] = frozenset()

    def include(self, day: date) -> bool:
        """Whether people work on that day."""
        return day.weekday() in self.days and day not in self.holidays


MONDAY_TO_FRIDAY = WorkingDays()


def working_days(days: Iterable[str], holidays: Iterable[str] = ()) -> WorkingDays:
    """The days as a pack writes them: `mon` to `sun`, and holidays as `2026-12-25`. Else ValueError."""
    return WorkingDays(
        frozenset(_DAYS.index(day) for day in days), frozenset(date.fromisoformat(day) for day in holidays)
    )


def due(now: datetime, within: Duration, working: WorkingDays = MONDAY_TO_FRIDAY) -> datetime | None:
    """The moment `within` from `now`, in `now`'s zone; None past the end of the calendar, working days past ten years.

    The first working day counted is the first one after today: from Friday at 16:00, as from Saturday at 16:00,
    `1wd` is Monday at 16:00.
    """
    try:
        if within.unit in ("min", "h"):
            return (now.astimezone(UTC) + timedelta(minutes=within.minutes)).astimezone(now.tzinfo)
        if within.unit == "d":
            return _real(now + timedelta(days=within.amount))
        day = _nth_working_day(now.date(), within.amount, working)
        return None if day is None else _real(datetime.combine(day, now.timetz()))
    except OverflowError:
        return None


def _nth_working_day(day: date, amount: int, working: WorkingDays) -> date | None:
    """The `amount`-th working day after `day`; None where that is more than ten years off."""
    last = day + timedelta(days=_FURTHEST)
    while amount and day < last:
        day += timedelta(days=1)
        amount -= working.include(day)
    return None if amount else day


def _real(moment: datetime) -> datetime:
    """`moment`, or, where the clocks skip it, the moment as much later as they skip."""
    return moment.astimezone(UTC).astimezone(moment.tzinfo)


def sooner(
    first: Duration | None, second: Duration | None, now: datetime, working: WorkingDays = MONDAY_TO_FRIDAY
) -> datetime | None:
    """The sooner of two deadlines from `now`, of those there are."""
    moments = (due(now, each, working) for each in (first, second) if each is not None)
    return min((moment for moment in moments if moment is not None), default=None)


def answer_by(pack: Pack, outcome: Outcome, channel: Channel | None, now: datetime) -> datetime | None:
    """When the first answer is due: the sooner of what the outcome and the channel say; None where neither does."""
    expected = duration(channel.answer_within) if channel and channel.answer_within else None
    return sooner(outcome.answer_within, expected, now, working(pack))


def follow_up_by(pack: Pack, outcome: Outcome, now: datetime) -> datetime | None:
    """When somebody looks again, for the first time; None where nobody does."""
    within = outcome.follow_up and (outcome.follow_up.within or outcome.follow_up.every)
    return due(now, within, working(pack)) if within else None


def working(pack: Pack) -> WorkingDays:
    """The working days of a pack: Monday to Friday where it does not say."""
    return working_days(pack.hours.days, pack.hours.holidays) if pack.hours else MONDAY_TO_FRIDAY
