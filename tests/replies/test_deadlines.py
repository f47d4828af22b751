"""Deadlines, over nights when clocks change and over weekends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.channels import Channel
from playbook.diagnostics import Span
from playbook.protocol import Brand, Duration, FollowUp, Hours, Outcome, Pack, Text
from playbook.replies.deadlines import MONDAY_TO_FRIDAY, WorkingDays, answer_by, due, follow_up_by, working_days

MADRID = ZoneInfo("Europe/Madrid")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=MADRID)


def said(now: str, amount: int, unit: str) -> str:
    moment = due(at(now), Duration(amount, unit))
    assert moment is not None
    return moment.strftime("%a %Y-%m-%d %H:%M %z")


@pytest.mark.parametrize(
    ("now", "amount", "unit", "expected"),
    [
        ("2026-11-22 12:40", 20, "min", "Sun 2026-11-22 13:00 +0100"),
        ("2026-11-22 22:40", 4, "h", "Mon 2026-11-23 02:40 +0100"),
        ("2026-11-22 12:40", 2, "d", "Tue 2026-11-24 12:40 +0100"),
    ],
)
def test_minutes_hours_and_days_go_by_the_clock(now: str, amount: int, unit: str, expected: str) -> None:
    assert said(now, amount, unit) == expected


def test_hours_are_time_that_passes_also_over_the_night_when_clocks_change() -> None:
    assert said("2026-10-24 20:00", 24, "h") == "Sun 2026-10-25 19:00 +0100"
    assert said("2026-03-28 20:00", 24, "h") == "Sun 2026-03-29 21:00 +0200"
    assert said("2026-10-25 01:30", 90, "min") == "Sun 2026-10-25 02:00 +0100"


def test_days_keep_the_reading_of_the_clock() -> None:
    assert said("2026-10-24 20:00", 1, "d") == "Sun 2026-10-25 20:00 +0100"


def test_a_moment_that_the_clocks_skip_comes_as_much_later() -> None:
    assert said("2026-03-28 02:30", 1, "d") == "Sun 2026-03-29 03:30 +0200"


@pytest.mark.parametrize(
    ("now", "amount", "expected"),
    [
        ("2026-11-19 16:00", 1, "Fri 2026-11-20 16:00 +0100"),
        ("2026-11-20 16:00", 1, "Mon 2026-11-23 16:00 +0100"),
        ("2026-11-21 16:00", 1, "Mon 2026-11-23 16:00 +0100"),
        ("2026-11-20 16:00", 6, "Mon 2026-11-30 16:00 +0100"),
        ("2026-11-21 16:00", 0, "Sat 2026-11-21 16:00 +0100"),
    ],
)
def test_working_days_skip_the_weekend(now: str, amount: int, expected: str) -> None:
    assert said(now, amount, "wd") == expected


def test_working_days_are_those_of_the_pack() -> None:
    working = working_days(["mon", "sat"], ["2026-11-23"])
    assert due(at("2026-11-20 16:00"), Duration(2, "wd"), working) == at("2026-11-28 16:00")


def test_a_weekday_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="tuple"):
        working_days(["monday"])


def test_a_pack_in_which_nobody_ever_works_has_no_deadline_in_working_days() -> None:
    assert due(at("2026-11-20 16:00"), Duration(1, "wd"), WorkingDays(frozenset())) is None


def test_a_deadline_past_the_end_of_the_calendar_is_none() -> None:
    assert due(at("2026-11-20 16:00"), Duration(10**9, "d")) is None
    assert due(at("2026-11-20 16:00"), Duration(10**12, "min")) is None


def outcome(answer_within: Duration | None = None, follow_up: FollowUp | None = None) -> Outcome:
    words = Text({}, "en")
    return Outcome("end", "case", Span(""), words, 1, words, answer_within=answer_within, follow_up=follow_up)


def pack(hours: Hours | None = None) -> Pack:
    brand = Brand("", Text({}, "en"), {})
    return Pack(brand, "tu", ("en",), {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, hours=hours)


def channel(answer_within: str | None) -> Channel:
    return Channel("x", Text({}, "en"), answer_within=answer_within)


@pytest.mark.parametrize(
    ("own", "theirs", "hours"),
    [
        (Duration(1, "d"), channel("1h"), 1),
        (Duration(1, "h"), channel("1d"), 1),
        (Duration(1, "h"), channel(None), 1),
        (Duration(1, "h"), None, 1),
        (None, channel("1h"), 1),
        (Duration(10**9, "d"), channel("1h"), 1),
        (None, channel(None), None),
        (None, None, None),
    ],
)
def test_the_sooner_of_what_outcome_and_channel_say_holds(
    own: Duration | None, theirs: Channel | None, hours: int | None
) -> None:
    now = at("2026-11-22 12:00")
    expected = None if hours is None else now + timedelta(hours=hours)
    assert answer_by(pack(), outcome(own), theirs, now) == expected


def test_somebody_looks_again_within_a_time_or_every_so_often() -> None:
    now, words = at("2026-11-20 12:00"), Text({}, "en")
    once = FollowUp("us", words, Span(""), within=Duration(1, "wd"))
    often = FollowUp("us", words, Span(""), every=Duration(20, "min"), lasting=Duration(2, "h"))
    assert follow_up_by(pack(), outcome(follow_up=once), now) == at("2026-11-23 12:00")
    assert follow_up_by(pack(Hours(("sat",))), outcome(follow_up=once), now) == at("2026-11-21 12:00")
    assert follow_up_by(pack(), outcome(follow_up=often), now) == at("2026-11-20 12:20")
    assert follow_up_by(pack(), outcome(), now) is None


@given(
    st.datetimes(datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2099-01-01")),
    st.integers(0, 2000),
    st.sampled_from(["min", "h", "d", "wd"]),
)
def test_a_deadline_is_never_before_now_and_elapsed_time_is_exact(naive: datetime, amount: int, unit: str) -> None:
    now = naive.replace(tzinfo=MADRID)
    moment = due(now, Duration(amount, unit))
    assert moment is not None
    assert moment.tzinfo is MADRID
    assert moment.astimezone(UTC) >= now.astimezone(UTC)
    if unit in ("min", "h"):
        assert moment.astimezone(UTC) - now.astimezone(UTC) == timedelta(minutes=Duration(amount, unit).minutes)
    if unit == "wd" and amount:
        assert MONDAY_TO_FRIDAY.include(moment.date())
