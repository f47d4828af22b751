"""Records behave as the named tuples that type checkers take them for."""

from __future__ import annotations

import copy
import pickle
from functools import cached_property
from typing import NamedTuple

import pytest

from playbook.record import Record


class Point(Record):
    """A place."""

    x: int
    y: int = 2
    z: int = 3

    @property
    def total(self) -> int:
        """All together."""
        return self.x + self.y + self.z


class Peer(NamedTuple):
    x: int
    y: int = 2
    z: int = 3


class Cached(Point):
    @cached_property
    def once(self) -> list[int]:
        return [self.x]


@pytest.mark.parametrize(
    ("values", "named"),
    [((1,), {}), ((1, 5), {}), ((1, 5, 6), {}), ((), {"x": 1}), ((1,), {"z": 7}), ((), {"z": 0, "x": 9})],
)
def test_it_is_made_as_a_named_tuple_is(values: tuple[int, ...], named: dict[str, int]) -> None:
    ours, theirs = Point(*values, **named), Peer(*values, **named)
    assert tuple(ours) == tuple(theirs)
    assert ours._asdict() == theirs._asdict()
    assert repr(ours) == repr(theirs).replace("Peer", "Point")
    assert hash(ours) == hash(theirs)
    assert (ours.x, ours.y, ours.z) == (theirs.x, theirs.y, theirs.z)


@pytest.mark.parametrize(
    ("values", "named"), [((), {}), ((1, 2, 3, 4), {}), ((1,), {"x": 2}), ((1,), {"w": 2}), ((1, 2, 3, 4), {"x": 1})]
)
def test_what_fits_no_field_or_leaves_one_empty_is_refused(values: tuple[int, ...], named: dict[str, int]) -> None:
    with pytest.raises(TypeError, match="Point"):
        Point(*values, **named)


def test_it_is_frozen_replaced_copied_and_matched() -> None:
    point = Point(1)
    with pytest.raises(AttributeError):
        point.x = 2  # type: ignore[misc]
    assert point._replace(y=9) == Point(1, 9)
    assert point.total == 6
    assert copy.copy(point) == point == pickle.loads(pickle.dumps(point))  # noqa: S301 - our own bytes
    match point:
        case Point(1, y=2):
            pass
        case _:
            pytest.fail("a class pattern by place and by name")


def test_a_class_of_a_record_has_its_fields_and_may_keep_what_it_derived() -> None:
    cached = Cached(4)
    assert cached == (4, 2, 3)
    assert cached.once is cached.once
