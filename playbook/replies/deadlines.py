"""When things are due: moments from durations, by the clock or in working days.

Pure: `now` is handed in, aware of its zone. Minutes and hours are time that passes, also over the night when clocks
change; days keep the reading of the clock; working days skip those on which nobody works. Where a pack says from when
to when its people work, what is given in hours, days or working days waits for the next opening, and what is given in
minutes never waits: an emergency is due at night too.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from playbook.protocol import duration
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playbook.channels import Channel
    from playbook.protocol import Duration, Outcome, Pack

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FURTHEST = 3660
_QUARTER = timedelta(minutes=15)


class WorkingDays(Record):
    """Which days count: `days` of the week (Monday is 0), without the `holidays`; and `hours`, from when to when."""

    days: frozenset[int] = frozenset(range(5))
    holidays: frozenset[date] = frozenset()
    hours: tuple[time, time] | None = None
    """None: at any hour."""

    def include(self, day: date) -> bool:
        """Whether people work on that day."""
        return day.weekday() in self.days and day not in self.holidays

    def open_at(self, moment: datetime) -> bool:
        """Whether the hours hold that moment, by the clock of its zone; both ends are in them."""
        return self.hours is None or self.hours[0] <= moment.time() <= self.hours[1]


MONDAY_TO_FRIDAY = WorkingDays()


def working_days(days: Iterable[str], holidays: Iterable[str] = ()) -> WorkingDays:
    """The days as a pack writes them: `mon` to `sun`, and holidays as `2026-12-25`. Else ValueError."""
    return WorkingDays(
        frozenset(_DAYS.index(day) for day in days), frozenset(date.fromisoformat(day) for day in holidays)
    )


def due(now: datetime, within: Duration, working: WorkingDays = MONDAY_TO_FRIDAY) -> datetime | None:
    """The moment `within` from `now`, in `now`'s zone; None past the end of the calendar, working days past ten years.

    The first working day counted is the first one after today: from Friday at 16:00, as from Saturday at 16:00,
    `1wd` is Monday at 16:00. Outside the hours of `working` it moves to the next opening, except for minutes.
    """
    try:
        moment = _by_the_clock(now, within, working)
        return moment if moment is None or within.unit == "min" else _opening(moment, within, working)
    except OverflowError:
        return None


def promised(now: datetime, within: Duration, working: WorkingDays = MONDAY_TO_FRIDAY) -> datetime | None:
    """As `due`, at the next quarter of an hour or at an opening: what people are told. Minutes stay as they are."""
    moment = due(now, within, working)
    if moment is None or within.unit == "min" or (working.hours and moment.time() == working.hours[0]):
        return moment
    try:
        rounded = _quarter(moment)
        if within.unit == "wd" and not working.include(rounded.date()):
            return moment  # the last minutes before a day off: Friday at 23:50 is no Saturday
        return _opening(rounded, within, working)
    except OverflowError:
        return None


def _by_the_clock(now: datetime, within: Duration, working: WorkingDays) -> datetime | None:
    if within.unit in ("min", "h"):
        return (now.astimezone(UTC) + timedelta(minutes=within.minutes)).astimezone(now.tzinfo)
    if within.unit == "d":
        return _real(now + timedelta(days=within.amount))
    day = _nth_working_day(now.date(), within.amount, working)
    return None if day is None else _real(datetime.combine(day, now.timetz()))


def _opening(moment: datetime, within: Duration, working: WorkingDays) -> datetime | None:
    """`moment`, or the next opening where it is outside the hours; None where that is more than ten years off."""
    if working.hours is None or working.open_at(moment):
        return moment
    for ahead in range(_FURTHEST):
        day = moment.date() + timedelta(days=ahead)
        if within.unit == "wd" and not working.include(day):
            continue
        for fold in (0, 1):  # where clocks are put back, an hour comes twice, and its first coming may be past
            opening = _real(datetime.combine(day, working.hours[0].replace(fold=fold), moment.tzinfo))
            if working.open_at(opening) and opening.astimezone(UTC) >= moment.astimezone(UTC):
                return opening
    return None


def _quarter(moment: datetime) -> datetime:
    """The next quarter of an hour on the clock, or `moment` where it is one."""
    since = timedelta(minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond)
    return (moment.astimezone(UTC) + -since % _QUARTER).astimezone(moment.tzinfo)


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
    """When the first answer is due: the sooner of what the outcome and the channel say; None where neither does.

    At any hour: whoever writes it is there already.
    """
    expected = duration(channel.answer_within) if channel and channel.answer_within else None
    return sooner(outcome.answer_within, expected, now, working(pack)._replace(hours=None))


def follow_up_by(pack: Pack, outcome: Outcome, now: datetime) -> datetime | None:
    """When somebody looks again, for the first time, as replies promise it; None where nobody does."""
    within = outcome.follow_up and (outcome.follow_up.within or outcome.follow_up.every)
    return promised(now, within, working(pack)) if within else None


def working(pack: Pack) -> WorkingDays:
    """When the people of a pack work: Monday to Friday, at any hour, where it does not say."""
    hours = pack.hours
    if hours is None:
        return MONDAY_TO_FRIDAY
    days = working_days(hours.days, hours.holidays)
    if hours.opens is None or hours.closes is None:
        return days
    return days._replace(hours=(time.fromisoformat(hours.opens), time.fromisoformat(hours.closes)))
