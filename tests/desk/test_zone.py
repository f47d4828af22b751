"""The machine's own zone: the same as the zone's published rules, at every half hour of a year."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from playbook.desk.zone import Local

if TYPE_CHECKING:
    from collections.abc import Iterator

YEAR = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def zone(request: pytest.FixtureRequest) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield str(request.param)
    time.tzset()


@pytest.mark.parametrize(
    "zone", ["Europe/Madrid", "America/Santiago", "America/New_York", "Asia/Kolkata", "UTC"], indirect=True
)
def test_every_moment_of_a_year_reads_as_the_zone_s_rules_say(zone: str) -> None:
    published, own = ZoneInfo(zone), Local()
    for half_hours in range(365 * 48):
        moment = YEAR + timedelta(minutes=30 * half_hours)
        ours, theirs = moment.astimezone(own), moment.astimezone(published)
        assert (ours.isoformat(), ours.fold, ours.tzname()) == (theirs.isoformat(), theirs.fold, theirs.tzname())
        assert ours.astimezone(UTC) == moment


@pytest.mark.parametrize("zone", ["Europe/Madrid"], indirect=True)
def test_a_day_later_is_the_same_reading_on_the_other_side_of_a_change(zone: str) -> None:
    assert zone
    evening = datetime(2026, 10, 24, 12, 40, tzinfo=Local())
    assert (evening.isoformat(), evening.dst()) == ("2026-10-24T12:40:00+02:00", timedelta(hours=1))
    assert ((evening + timedelta(days=1)).isoformat(), (evening + timedelta(days=1)).dst()) == (
        "2026-10-25T12:40:00+01:00",
        timedelta(),
    )


def test_what_the_machine_cannot_tell_has_today_s_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    today = datetime.now(Local()).utcoffset()

    def refused(_wall: object) -> float:
        raise OverflowError

    monkeypatch.setattr(time, "mktime", refused)
    assert Local().utcoffset(None) == Local().utcoffset(datetime(1, 1, 1)) == today  # noqa: DTZ001 - a reading of a wall
