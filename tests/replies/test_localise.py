"""Dates, times and numbers as a reader of each language writes them."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel.dates import get_day_names, get_month_names

from playbook.replies import localise

MADRID = ZoneInfo("Europe/Madrid")
NOW = datetime(2026, 11, 22, 12, 40, tzinfo=MADRID)


@pytest.mark.parametrize(
    ("text", "es", "en"),
    [
        ("2026-11-22 16:40", "hoy a las 16:40", "today at 16:40"),
        ("2026-11-22 01:05", "hoy a la 1:05", "today at 01:05"),
        ("2026-11-23 09:15", "mañana a las 9:15", "tomorrow at 09:15"),
        ("2026-11-23 01:00", "mañana a la 1:00", "tomorrow at 01:00"),
        ("2026-11-30 13:05", "el lunes 30 de noviembre a las 13:05", "on Monday 30 November at 13:05"),
        ("2026-11-21 09:00", "el sábado 21 de noviembre a las 9:00", "on Saturday 21 November at 09:00"),
        (
            "2027-01-06 00:00",
            "el miércoles 6 de enero de 2027 a las 0:00",
            "on Wednesday 6 January 2027 at 00:00",
        ),
    ],
)
def test_a_moment_is_said_as_people_say_it(text: str, es: str, en: str) -> None:
    moment = datetime.fromisoformat(text).replace(tzinfo=MADRID)
    assert localise.when(moment, "es", NOW) == es
    assert localise.when(moment, "es-MX", NOW) == es
    assert localise.when(moment, "en", NOW) == en


def test_a_moment_is_read_on_the_clock_of_now() -> None:
    assert localise.when(datetime(2026, 11, 22, 23, 30, tzinfo=UTC), "es", NOW) == "mañana a las 0:30"


def test_the_night_when_clocks_change_does_not_move_tomorrow() -> None:
    now = datetime(2026, 10, 24, 23, 30, tzinfo=MADRID)
    assert localise.when(now + timedelta(days=1), "es", now) == "mañana a las 23:30"


def test_dates_and_times_stand_alone_as_well() -> None:
    today = NOW.date()
    assert localise.date_of(date(2026, 12, 1), "es", today) == "1 de diciembre"
    assert localise.date_of(date(2027, 12, 1), "es", today) == "1 de diciembre de 2027"
    assert localise.date_of(date(2026, 12, 1), "en", today) == "1 December"
    assert localise.time(NOW, "es") == "12:40"
    assert localise.time(NOW.replace(hour=9), "en") == "09:40"


def test_other_languages_are_those_of_babel() -> None:
    assert localise.when(NOW, "pt-BR", NOW) == "domingo, 22 de novembro de 2026 12:40"
    assert localise.date_of(NOW.date(), "ca", NOW.date()) == "22 de novembre del 2026"
    assert localise.time(NOW, "ca_ES") == "12:40"


def test_a_locale_that_babel_does_not_know_falls_back_to_its_language_and_then_to_english() -> None:
    assert localise.number(12500, "de_QQ") == "12.500"
    assert localise.number(12500, "xx") == "12,500"
    assert localise.number(12500, "") == "12,500"
    assert localise.number(12500, "not a locale") == "12,500"


@pytest.mark.parametrize(
    ("value", "locale", "expected"),
    [
        (0, "es", "0"),
        (999, "en", "999"),
        (12500, "es", "12.500"),
        (12500, "en", "12,500"),
        (-3, "es", "-3"),
        (1500, "es", "1.500"),
    ],
)
def test_numbers_are_grouped_as_the_reader_writes_them(value: int, locale: str, expected: str) -> None:
    assert localise.number(value, locale) == expected


@pytest.mark.parametrize("locale", ["es", "en"])
def test_the_names_written_here_are_those_of_babel(locale: str) -> None:
    words = localise._SPOKEN[locale]
    assert words.months == tuple(get_month_names("wide", locale=locale)[month] for month in range(1, 13))
    assert words.weekdays == tuple(get_day_names("wide", locale=locale)[day] for day in range(7))


def test_spanish_and_english_load_no_library() -> None:
    program = (
        "import sys; from datetime import datetime; from playbook.replies import localise as l\n"
        "now = datetime(2026, 11, 22, 12, 40)\n"
        "for x in ('es', 'en'): l.when(now, x, now), l.number(12, x), l.date_of(now.date(), x, now.date())\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'babel', 'jinja2'}))"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
