"""Words for people, by locale, and time spans as people write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping


class Text(Record):
    """Words for people, by locale."""

    by_locale: Mapping[str, str]
    default: str

    def say(self, locale: str) -> str:
        """The words in `locale`, else in the pack's default locale, else in any."""
        found = self.by_locale.get(locale) or self.by_locale.get(self.default)
        return found if found is not None else next(iter(self.by_locale.values()), "")


class Duration(Record):
    """A time span: `amount` of `min`, `h`, `d` (by the clock) or `wd` (working days)."""

    amount: int
    unit: str

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    @property
    def minutes(self) -> int:
        """Its length in minutes, a working day counted as a day: for comparing, not for deadlines."""
        return self.amount * {"min": 1, "h": 60, "d": 1440, "wd": 1440}[self.unit]


_DURATION = re.compile(r"([1-9][0-9]{0,4}) ?(min|m|h|d|wd)\Z")


def duration(text: str) -> Duration | None:
    """The time span that `20min`, `20m`, `4h`, `2d` or `2wd` writes; None for anything else."""
    match = _DURATION.match(text)
    return Duration(int(match[1]), "min" if match[2] == "m" else match[2]) if match else None
