"""What lines are to the cases that come to them. That z3 has the same is held in `test_three_agree.py`."""

from __future__ import annotations

import pytest

from playbook.protocol import Target
from playbook.regions.diagram import Spent
from playbook.regions.lines import look
from playbook.regions.tree import Tree
from tests.regions.test_tree import rejoining
from tests.worlds import pack as packed
from tests.worlds import protocol

QUESTIONS = """\
questions:
  days: {ask: D, number: {min: 0, max: 60}}
  ours: {ask: O, yes_no: true, unknown: true}
  kind: {ask: K, choices: {one: A, two: B, three: C}}
"""


def checked(*lines: str, outcomes: str = "a b c d") -> Tree:
    text = "".join(f"      - {{{each}}}\n" for each in lines)
    return Tree(packed(protocol(f"{QUESTIONS}steps:\n  s:\n    check:\n{text}", outcomes=outcomes)))


def test_a_line_whose_cases_lines_above_it_take_is_shadowed_and_one_that_cannot_be_true_is_not() -> None:
    tree = checked(
        "when: days >= 30, then: a",
        "when: days >= 10, then: b",
        "when: days >= 20, then: c",
        "when: days < 5 and days > 7, then: c",
        "then: d",
    )
    looked = look(tree, "p")
    place = Target("p", "s")
    assert looked.taken == {(place, 0), (place, 1), (place, 4)}
    assert looked.shadowed == {(place, 2)}
    assert [(each.first, each.second) for each in looked.overlaps] == [(0, 1), (0, 2), (1, 2)]


def test_lines_that_lead_to_the_same_may_stand_in_any_order_and_are_not_told() -> None:
    tree = checked(
        "when: days >= 30, then: a", "when: kind == 'one', then: a", "when: ours, then: b", "unknown: c", "then: d"
    )
    looked = look(tree, "p")
    assert [(each.first, each.second) for each in looked.overlaps] == [(0, 2), (1, 2)]
    assert look(tree, "p", overlaps=False).overlaps == ()
    assert len(looked.taken) == 5


def test_an_unknown_line_takes_what_a_line_above_leaves_undecided() -> None:
    tree = checked("when: ours and days > 9, then: a", "unknown: b", "when: ours is unknown, then: c", "then: d")
    place = Target("p", "s")
    assert look(tree, "p").taken == {(place, 0), (place, 1), (place, 2), (place, 3)}


def test_ways_that_rejoin_are_one_again() -> None:
    tree = Tree(rejoining(40))
    assert len(look(tree, "p", most=41).taken) == 80
    with pytest.raises(Spent):
        look(tree, "p", most=39)
