"""Sets of answers as boxes hold what conditions say, and are met, parted and held against one another as sets are."""

from __future__ import annotations

import random
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.regions.boxes import Boxes
from playbook.regions.diagram import Spent
from playbook.regions.tree import Tree, conditions
from tests.lined_packs import FEW, lined_packs
from tests.random_packs import QUESTIONS, complete
from tests.worlds import pack as packed
from tests.worlds import protocol

if TYPE_CHECKING:
    from playbook.protocol import Answer, Pack

SMALL = packed(protocol(QUESTIONS + "steps:\n  s: {ask: kind, then: o}\n", outcomes="o"))


def boxes_of(pack: Pack, most: int = 10_000) -> Boxes:
    return Boxes(Tree(pack).saying, most)


def some(boxes: Boxes, seed: int, count: int, wide: float = 0.7) -> list[int]:
    """Boxes drawn at random: each level has all its answers, or some."""
    chance = random.Random(seed)  # noqa: S311 - nothing is secret
    found = []
    for _ in range(count):
        box = 0
        for field in boxes.fields:
            bits = [1 << at for at in range(field.bit_length()) if field >> at & 1]
            box |= field if chance.random() < wide else sum(chance.sample(bits, chance.randint(1, len(bits))))
        found.append(box)
    return found


@settings(max_examples=FEW)
@given(lined_packs(), st.lists(complete, min_size=1, max_size=9))
def test_a_condition_is_true_and_false_where_its_boxes_are(pack: Pack, cases: list[dict[str, Answer]]) -> None:
    boxes = boxes_of(pack)
    for answers in cases:
        point = boxes.pinned(boxes.space.given(answers))
        for condition in conditions(pack):
            for verdict in (True, False):
                inside = any(box & point == point for box in boxes.when(condition, true=verdict))
                assert inside is (condition.value({**answers}) is verdict)


@given(st.integers(0, 999), st.integers(0, 40))
def test_what_is_left_of_a_box_is_all_of_it_that_no_other_has_and_nothing_twice(seed: int, count: int) -> None:
    boxes = boxes_of(SMALL)
    box, *others = some(boxes, seed, count + 1)
    left = [*boxes.without(box, others)]
    assert not [1 for one, other in combinations(left, 2) if boxes.alive(one & other)]
    assert all(each & box == each and boxes.alive(each) for each in left)
    for point in some(boxes, seed + 1, 50, 0):
        lone = sum(point & field & -(point & field) for field in boxes.fields)
        inside = lone & box == lone and not any(lone & other == lone for other in others)
        assert inside is any(lone & each == lone for each in left)


@pytest.mark.parametrize("wide", [0.2, 0.9])
@pytest.mark.parametrize("count", [5, 60])
def test_boxes_overlap_where_each_pair_says_so(count: int, wide: float) -> None:
    boxes = boxes_of(SMALL)
    every = some(boxes, count, count, wide)
    pairs = {(one, two) for one, two in combinations(range(count), 2) if boxes.alive(every[one] & every[two])}
    found = boxes.overlapping([(box, at) for at, box in enumerate(every)])
    assert found.keys() == pairs
    assert all(boxes.alive(box) and box & every[one] & every[two] == box for (one, two), box in found.items())


def test_boxes_that_were_written_as_a_tree_are_parted_as_that_tree() -> None:
    boxes = boxes_of(SMALL, 400)  # each against each of them would be more
    kind, days = (boxes.space.axes[name].level for name in ("kind", "days"))
    fields = boxes.fields[kind], boxes.fields[boxes.space.axes["plain"].level], boxes.fields[days]
    leaves = [boxes.all]
    for field in fields:
        bits = [1 << at for at in range(field.bit_length()) if field >> at & 1]
        leaves = [leaf & ~field | bit for leaf in leaves for bit in bits]
    every = [(leaf, at) for at, leaf in enumerate(leaves)]
    assert boxes.overlapping(every) == {}
    assert boxes.overlapping([*every, (leaves[3], len(leaves))]).keys() == {(3, len(leaves))}


def test_boxes_of_one_number_do_not_overlap_with_themselves_and_equal_ones_do() -> None:
    boxes = boxes_of(SMALL)
    assert boxes.overlapping([(boxes.all, 1)] * 20) == {}
    assert boxes.overlapping([(boxes.all, at) for at in range(20)]).keys() == {*combinations(range(20), 2)}


def test_a_box_is_told_by_its_mildest_answers() -> None:
    boxes = boxes_of(SMALL)
    space = boxes.space
    answers: dict[str, Answer] = {"kind": "two", "firm": False, "days": None, "ticks": ("right",)}
    box = boxes.pinned(space.given(answers))
    assert space.case(boxes.answers(box)) == answers
    kind = space.axes["kind"]
    assert boxes.answers(boxes.all & ~boxes.value(kind.level, 1)) == {kind.level: 2}


def test_where_too_many_boxes_are_looked_at_nothing_is_said() -> None:
    boxes = boxes_of(SMALL, 100)
    with pytest.raises(Spent):
        list(boxes.without(boxes.all, some(boxes, 1, 101)))
