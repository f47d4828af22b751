"""Dates, times and numbers as the reader of a reply writes them.

Spanish and English need no library: replies in them say "mañana a las 9:15" and "tomorrow at 09:15", which Babel has no
words for, and their few names stand here (a test holds them against Babel's). Any other locale, and any number of four
digits or more, is Babel's, imported only then.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from playbook.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime


class Spoken(Record):
    """How a language says dates: names, patterns, and the words around a time."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    """From Monday."""
    date: str
    year: str
    """What follows a date of another year than this one."""
    day: str
    """A day that is neither today nor tomorrow."""
    today: str
    tomorrow: str
    time: str
    at_one: str
    """Between a day and a time of one o'clock and something."""
    at: str


_SPOKEN = {
    "es": Spoken(
        tuple("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()),
        tuple("lunes martes miércoles jueves viernes sábado domingo".split()),
        "{day} de {month}",
        " de {year}",
        "el {weekday} {date}",
        "hoy",
        "mañana",
        "{hour}:{minute:02}",
        " a la ",
        " a las ",
    ),
    "en": Spoken(
        tuple("January February March April May June July August September October November December".split()),
        tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()),
        "{day} {month}",
        " {year}",
        "on {weekday} {date}",
        "today",
        "tomorrow",
        "{hour:02}:{minute:02}",
        " at ",
        " at ",
    ),
}
_GROUPED = 1000


def _spoken(locale: str) -> Spoken | None:
    return _SPOKEN.get(locale.replace("-", "_").split("_")[0])


def _babel(locale: str) -> str:
    """The nearest locale that Babel knows: `pt-BR` is `pt_BR`, `ca_XX` is `ca`; English for an unknown language."""
    from babel import UnknownLocaleError
    from babel.core import Locale

    for name in (locale, locale.replace("-", "_").split("_")[0]):
        try:
            return str(Locale.parse(name.replace("-", "_")))
        except (UnknownLocaleError, ValueError):
            continue
    return "en"


def number(value: int, locale: str) -> str:
    """A whole number with the locale's grouping and signs: 12500 is "12.500" in Spanish."""
    if 0 <= value < _GROUPED:
        return str(value)
    from babel.numbers import format_decimal

    return format_decimal(value, locale=_babel(locale))


def time(moment: datetime, locale: str) -> str:
    """The time of day: "16:40", in English "09:15", in other locales their short form."""
    words = _spoken(locale)
    if words is not None:
        return words.time.format(hour=moment.hour, minute=moment.minute)
    from babel.dates import format_time

    return format_time(moment.time(), "short", locale=_babel(locale))


def date_of(day: date, locale: str, today: date) -> str:
    """The date: "23 de noviembre", with the year where it is not this one; in other locales their long form."""
    words = _spoken(locale)
    if words is not None:
        found = words.date.format(day=day.day, month=words.months[day.month - 1])
        return found if day.year == today.year else found + words.year.format(year=day.year)
    from babel.dates import format_date

    return format_date(day, "long", locale=_babel(locale))


def when(moment: datetime, locale: str, now: datetime) -> str:
    """Day and time as one says them: "hoy a las 16:40", "tomorrow at 09:15", "el lunes 23 de noviembre a las 9:15".

    `moment` and `now` are read on the clock of `now`'s zone. In other locales: the full date and the short time.
    """
    moment = moment.astimezone(now.tzinfo)
    words = _spoken(locale)
    if words is None:
        return _in_full(moment, _babel(locale))
    return (
        _day(moment.date(), locale, now.date(), words)
        + (words.at_one if moment.hour == 1 else words.at)
        + time(moment, locale)
    )


def _in_full(moment: datetime, locale: str) -> str:
    from babel.dates import format_date, format_time, get_datetime_format

    joined = str(get_datetime_format("full", locale=locale)).replace("'", "")
    clock = format_time(moment.time(), "short", locale=locale)
    return joined.replace("{0}", clock).replace("{1}", format_date(moment, "full", locale=locale))


def _day(day: date, locale: str, today: date, words: Spoken) -> str:
    if day == today:
        return words.today
    if day == today + timedelta(days=1):
        return words.tomorrow
    return words.day.format(weekday=words.weekdays[day.weekday()], date=date_of(day, locale, today))
