"""Deadlines, over nights when clocks change and over weekends."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.channels import Channel
from playbook.diagnostics import Span
from playbook.protocol import Brand, Duration, FollowUp, Hours, Outcome, Pack, Text
from playbook.replies.deadlines import (
    MONDAY_TO_FRIDAY,
    WorkingDays,
    answer_by,
    due,
    follow_up_by,
    promised,
    working,
    working_days,
)

MADRID = ZoneInfo("Europe/Madrid")
NINE_TO_NINE = WorkingDays(hours=(time(9), time(21)))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=MADRID)


def said(now: str, amount: int, unit: str, days: WorkingDays = MONDAY_TO_FRIDAY) -> str:
    return written(due(at(now), Duration(amount, unit), days))


def told(now: str, amount: int, unit: str, days: WorkingDays = MONDAY_TO_FRIDAY) -> str:
    return written(promised(at(now), Duration(amount, unit), days))


def written(moment: datetime | None) -> str:
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


@pytest.mark.parametrize(
    ("now", "amount", "unit", "expected"),
    [
        ("2026-11-22 22:01", 4, "h", "Mon 2026-11-23 09:00 +0100"),
        ("2026-11-23 03:00", 4, "h", "Mon 2026-11-23 09:00 +0100"),
        ("2026-11-20 18:00", 4, "h", "Sat 2026-11-21 09:00 +0100"),
        ("2026-11-22 22:01", 1, "d", "Tue 2026-11-24 09:00 +0100"),
        ("2026-11-22 08:59", 1, "d", "Mon 2026-11-23 09:00 +0100"),
        ("2026-11-20 22:01", 1, "wd", "Tue 2026-11-24 09:00 +0100"),
        ("2026-11-19 22:01", 1, "wd", "Mon 2026-11-23 09:00 +0100"),
        ("2026-11-19 07:30", 1, "wd", "Fri 2026-11-20 09:00 +0100"),
    ],
)
def test_outside_the_hours_a_deadline_waits_for_the_next_opening(
    now: str, amount: int, unit: str, expected: str
) -> None:
    assert said(now, amount, unit, NINE_TO_NINE) == expected
    assert told(now, amount, unit, NINE_TO_NINE) == expected


@pytest.mark.parametrize("now", ["2026-11-22 08:00", "2026-11-22 20:00", "2026-11-22 12:07"])
def test_within_the_hours_a_deadline_stays_and_both_ends_are_within(now: str) -> None:
    assert said(now, 1, "h", NINE_TO_NINE) == said(now, 1, "h")


def test_what_is_given_in_minutes_never_waits() -> None:
    assert said("2026-11-22 22:01", 240, "min", NINE_TO_NINE) == "Mon 2026-11-23 02:01 +0100"
    assert told("2026-11-22 22:01", 240, "min", NINE_TO_NINE) == "Mon 2026-11-23 02:01 +0100"


def test_the_next_opening_in_working_days_passes_over_holidays() -> None:
    days = NINE_TO_NINE._replace(holidays=frozenset((date(2026, 11, 24),)))
    assert said("2026-11-20 22:01", 1, "wd", days) == "Wed 2026-11-25 09:00 +0100"


def test_where_no_working_day_comes_after_there_is_no_opening() -> None:
    first = date(2026, 11, 24)
    days = NINE_TO_NINE._replace(holidays=frozenset(first + timedelta(days=ahead) for ahead in range(4000)))
    assert due(at("2026-11-20 16:00"), Duration(1, "wd"), days) == at("2026-11-23 16:00")
    assert due(at("2026-11-20 22:01"), Duration(1, "wd"), days) is None
    assert promised(at("2026-11-20 22:01"), Duration(1, "wd"), days) is None


def test_an_opening_that_the_clocks_skip_comes_as_much_later_or_the_day_after() -> None:
    long, short = (WorkingDays(hours=(time(2, 30), closes)) for closes in (time(4), time(3)))
    assert said("2026-03-28 22:00", 1, "h", long) == "Sun 2026-03-29 03:30 +0200"
    assert said("2026-03-28 22:00", 1, "h", short) == "Mon 2026-03-30 02:30 +0200"


def test_an_opening_that_comes_twice_is_the_one_that_is_not_past() -> None:
    days = WorkingDays(hours=(time(2, 30), time(4)))
    assert said("2026-10-25 00:10", 2, "h", days) == "Sun 2026-10-25 02:30 +0200"
    assert said("2026-10-25 00:10", 3, "h", days) == "Sun 2026-10-25 02:30 +0100"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-22 12:40", "Sun 2026-11-22 16:45 +0100"),
        ("2026-11-22 12:45", "Sun 2026-11-22 16:45 +0100"),
        ("2026-11-22 12:45:01", "Sun 2026-11-22 17:00 +0100"),
        ("2026-11-22 12:53", "Sun 2026-11-22 17:00 +0100"),
        ("2026-11-22 19:59", "Mon 2026-11-23 00:00 +0100"),
        ("2026-10-24 23:55", "Sun 2026-10-25 03:00 +0100"),
    ],
)
def test_what_is_promised_is_rounded_up_to_a_quarter_of_an_hour(now: str, expected: str) -> None:
    assert told(now, 4, "h") == expected


def test_a_promise_rounded_past_the_hours_waits_for_the_next_opening() -> None:
    days = WorkingDays(hours=(time(9, 10), time(20, 50)))
    assert told("2026-11-22 16:45", 4, "h", days) == "Sun 2026-11-22 20:45 +0100"
    assert told("2026-11-22 16:47", 4, "h", days) == "Mon 2026-11-23 09:10 +0100"
    assert told("2026-11-22 05:11", 4, "h", days) == "Sun 2026-11-22 09:15 +0100"


def test_a_promise_in_working_days_is_not_rounded_into_a_day_off() -> None:
    assert told("2026-11-19 23:50", 1, "wd") == "Fri 2026-11-20 23:50 +0100"
    assert told("2026-11-18 23:50", 1, "wd") == "Fri 2026-11-20 00:00 +0100"


def test_a_promise_past_the_end_of_the_calendar_is_none() -> None:
    last = datetime.max.replace(tzinfo=UTC)
    assert promised(last - timedelta(hours=1), Duration(1, "h")) is None
    assert promised(last, Duration(1, "h")) is None


def outcome(answer_within: Duration | None = None, follow_up: FollowUp | None = None) -> Outcome:
    words = Text({}, "en")
    return Outcome("end", "case", Span(""), words, 1, words, answer_within=answer_within, follow_up=follow_up)


def pack(hours: Hours | None = None) -> Pack:
    brand = Brand("", Text({}, "en"), {})
    return Pack(brand, "tu", ("en",), {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, hours=hours)


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


def test_the_hours_of_a_pack_move_follow_ups_and_no_answer() -> None:
    ours = pack(Hours(("mon",), (), "09:00", "21:00"))
    look = FollowUp("us", Text({}, "en"), Span(""), within=Duration(4, "h"))
    end, now = outcome(Duration(4, "h"), look), at("2026-11-22 22:01")
    assert follow_up_by(ours, end, now) == at("2026-11-23 09:00")
    assert follow_up_by(ours, end, at("2026-11-22 12:40")) == at("2026-11-22 16:45")
    assert answer_by(ours, end, None, now) == at("2026-11-23 02:01")
    assert answer_by(ours, outcome(), channel("4h"), now) == at("2026-11-23 02:01")
    assert due(now, Duration(4, "h"), working(ours)) == at("2026-11-23 09:00")


def test_without_from_and_to_a_pack_works_at_any_hour() -> None:
    assert working(pack()) == MONDAY_TO_FRIDAY
    assert working(pack(Hours(("mon",)))) == WorkingDays(frozenset((0,)))


def between(opens: time, closes: time) -> tuple[time, time]:
    return min(opens, closes), max(opens, closes)


WHOLE_MINUTES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
CLOCKS_CHANGE = [datetime.fromisoformat(day) for day in ("2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25")]
MOMENTS = st.one_of(
    st.datetimes(datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2099-01-01")),
    st.builds(
        lambda day, minutes, fold: (day + timedelta(minutes=minutes)).replace(fold=fold),
        st.sampled_from(CLOCKS_CHANGE),
        st.integers(0, 1439),
        st.integers(0, 1),
    ),
)


@given(
    MOMENTS,
    st.integers(1, 100),
    st.sampled_from(["min", "h", "d", "wd"]),
    st.tuples(WHOLE_MINUTES, WHOLE_MINUTES).filter(lambda ends: ends[0] != ends[1]).map(lambda ends: between(*ends)),
)
def test_within_the_hours_nothing_is_due_or_promised_earlier_than_without(
    naive: datetime, amount: int, unit: str, hours: tuple[time, time]
) -> None:
    now, within, days = naive.replace(tzinfo=MADRID), Duration(amount, unit), WorkingDays(hours=hours)
    plain, moved, word = due(now, within), due(now, within, days), promised(now, within, days)
    assert plain is not None
    assert moved is not None
    assert word is not None
    assert plain.astimezone(UTC) <= moved.astimezone(UTC) <= word.astimezone(UTC)
    if unit == "min":
        assert plain == moved == word
        return
    for each in (moved, word):
        assert days.open_at(each)
        assert unit != "wd" or days.include(each.date())
    assert due(moved, Duration(0, unit), days) == moved
    assert promised(word, Duration(0, unit), days) == word


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
