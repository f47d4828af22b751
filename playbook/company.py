"""Who we are, in words: roles, the brand, limits and working hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playbook.text import Text


class Role(Record):
    """A function of the company that owns actions."""

    id: str
    title: Text
    who: Text | None
    reach: Text | None


class Brand(Record):
    """Who speaks: the name, the signature under a reply, and how to reach us."""

    name: str
    signature: Text
    contact: Mapping[str, Text]


class Limit(Record):
    """A number that trees compare with, and why it is that number."""

    value: int
    because: Text


class Hours(Record):
    """When we work: on `days` from `mon` to `sun`, less the `holidays` (ISO dates), from `opens` to `closes`."""

    days: tuple[str, ...]
    holidays: tuple[str, ...] = ()
    opens: str | None = None
    """By the clock, `09:00`; None, as `closes` then is, where deadlines fall at any hour."""
    closes: str | None = None
