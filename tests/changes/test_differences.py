"""How a difference is told: its kinds, and which way it leans."""

from __future__ import annotations

import pytest

from playbook.changes import differing as d
from playbook.changes.differing import Deed, Difference
from playbook.changes.versions import enough, least, suggested
from playbook.protocol import Target

SOON: Deed = ("shop", "1h", (), True, "")
LATE: Deed = ("shop", "1d", (), True, "")
NEVER: Deed = ("shop", "", (), True, "")
OTHER: Deed = ("boss", "1h", (), True, "")


def fields(name: str, before: tuple[str, ...], after: tuple[str, ...]) -> Difference:
    return Difference(fields=((name, before, after),))


@pytest.mark.parametrize(
    ("told", "direction"),
    [
        (Difference(levels=(2, 1), fewer=(SOON,)), d.MILDER),
        (Difference(levels=(1, 3)), d.STRICTER),
        (Difference(Target("p", "a"), Target("p", "b")), d.SIDEWAYS),
        (fields(d.APPROVAL, ("a",), ("a", "b")), d.STRICTER),
        (fields(d.APPROVAL, ("a", "b"), ("b",)), d.MILDER),
        (fields(d.APPROVAL, ("a",), ("b",)), d.SIDEWAYS),
        (fields(d.DEADLINE, ("1h",), ("2h",)), d.MILDER),
        (fields(d.DEADLINE, ("1d",), ("2h",)), d.STRICTER),
        (fields(d.DEADLINE, ("1d",), ("24h",)), d.SIDEWAYS),
        (fields(d.DEADLINE, (), ("2h",)), d.STRICTER),
        (fields(d.DEADLINE, ("2h",), ()), d.MILDER),
        (fields(d.FOLLOW_UP, (), ("shop", "1d")), d.STRICTER),
        (fields(d.FOLLOW_UP, ("shop", "1d"), ()), d.MILDER),
        (fields(d.FOLLOW_UP, ("shop", "1d"), ("boss", "1d")), d.SIDEWAYS),
        (fields(d.STANCE, ("deny",), ("rebuild",)), d.SIDEWAYS),
        (Difference(fewer=(SOON,)), d.MILDER),
        (Difference(more=(SOON,)), d.STRICTER),
        (Difference(fewer=(SOON,), more=(LATE,)), d.MILDER),
        (Difference(fewer=(LATE,), more=(SOON,)), d.STRICTER),
        (Difference(fewer=(SOON,), more=(NEVER,)), d.MILDER),
        (Difference(fewer=(SOON,), more=(OTHER,)), d.SIDEWAYS),
        (Difference(fewer=(SOON,), fields=((d.APPROVAL, (), ("a",)),)), d.SIDEWAYS),
        (Difference(asked=frozenset("q")), d.SIDEWAYS),
    ],
)
def test_a_difference_leans_the_way_that_all_of_it_leans(told: Difference, direction: str) -> None:
    assert told.direction == direction


def test_the_kinds_of_a_difference_are_named() -> None:
    told = Difference(Target("p", "a"), Target("p", "b"), (1, 2), asked=frozenset("q"))
    assert told.kinds == (d.OUTCOME, d.LEVEL, d.ASKED)
    assert fields(d.MARKS, (), ("x",))._replace(more=(SOON,)).kinds == (d.ACTIONS, d.MARKS)


def test_a_version_is_raised_by_what_the_change_asks_for() -> None:
    rises = [
        suggested(breaking=True, behaviour=True, words=True),
        suggested(breaking=False, behaviour=True, words=True),
        suggested(breaking=False, behaviour=False, words=True),
        suggested(breaking=False, behaviour=False, words=False),
    ]
    assert [least("1.2.3", each) for each in rises] == ["2.0.0", "1.3.0", "1.2.4", "1.2.3"]
    assert enough("1.9.0", "1.10.0", rises[1])
    assert not enough("1.10.0", "1.9.0", rises[3])
