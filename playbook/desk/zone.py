"""The machine's own zone with its rules, so that a deadline beyond a change of the clocks is right.

`datetime.now().astimezone()` keeps only the offset of today.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, tzinfo


class Local(tzinfo):
    """The zone that the machine is set to (`TZ`, else the system's), by the C library's rules."""

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """How far the clocks on the wall were, are or will be ahead of UTC."""
        return timedelta(seconds=_local(moment).tm_gmtoff)

    def dst(self, moment: datetime | None) -> timedelta:
        """Summer time counts as an hour; nothing here depends on how long it is."""
        return timedelta(hours=1 if _local(moment).tm_isdst > 0 else 0)

    def tzname(self, moment: datetime | None) -> str:
        """What the zone calls itself at that moment."""
        return _local(moment).tm_zone

    def fromutc(self, moment: datetime) -> datetime:
        """The same moment on the wall; the second of two equal readings has `fold` 1."""
        stamp = moment.replace(tzinfo=UTC).timestamp()
        wall = time.localtime(stamp)
        before = time.localtime(stamp - 3600)
        found = datetime(*wall[:6], moment.microsecond, tzinfo=self)
        return found.replace(fold=int(before[:6] == wall[:6]))


def _local(moment: datetime | None) -> time.struct_time:
    if moment is None:
        return time.localtime()
    wall = moment.replace(tzinfo=None)
    try:
        found = time.localtime(time.mktime((*wall.timetuple()[:8], -1)))
        if not moment.fold:
            return found
        later = time.localtime(time.mktime((*wall.timetuple()[:8], 0)))
    except (OverflowError, ValueError, OSError):  # beyond what the C library knows
        return time.localtime()
    return later if later[:6] == wall.timetuple()[:6] else found
