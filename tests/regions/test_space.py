from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playbook.regions.tree import Tree
from tests.worlds import pack, protocol

if TYPE_CHECKING:
    from playbook.protocol import Answer

NUMBER = """\
questions:
  n: {{ask: N, number: {{min: 0, max: 9}}, worse: {worse}}}
steps:
  s: {{ask: n, then: t}}
  t:
    check:
      - {{when: "{when}", then: a}}
      - {{then: b}}
"""


def stretches(when: str, worse: str = "higher") -> tuple[Answer, ...]:
    return Tree(pack(protocol(NUMBER.format(when=when, worse=worse), outcomes="a b"))).space.axes["n"].answers


@pytest.mark.parametrize(
    ("when", "lows"),
    [
        ("n < 3", (0, 3)),
        ("n <= 3", (0, 4)),
        ("n > 3", (0, 4)),
        ("n >= 3", (0, 3)),
        ("n == 3", (0, 3, 4)),
        ("n != 9", (0, 9)),
        ("2 <= n < 5 or n > limits.serious", (0, 2, 5, 9)),
    ],
)
def test_a_number_falls_into_stretches_that_conditions_tell_apart(when: str, lows: tuple[int, ...]) -> None:
    assert stretches(when) == lows


def test_the_mildest_of_a_stretch_is_its_highest_where_lower_is_worse() -> None:
    assert stretches("2 <= n < 5", "lower") == (1, 4, 9)


MANY = """\
questions:
  t: {{ask: T, choices: {{left: L, right: R, top: O}}, many: true{unknown}}}
  w: {{ask: W, yes_no: true, worse: {worse}}}
steps:
  s: {{ask: t, then: u}}
  u:
    check:
      - {{when: t is known and t.left, then: v}}
      - {{unknown: b}}
      - {{then: b}}
  v: {{ask: w, then: {{yes: a, no: a}}}}
"""


@pytest.mark.parametrize(("unknown", "others"), [("", 0), (", unknown: true", 1)])
def test_every_subset_is_a_combination_and_not_knowing_is_one_more(unknown: str, others: int) -> None:
    tree = Tree(pack(protocol(MANY.format(unknown=unknown, worse="yes"), outcomes="a b")))
    counts = {
        tree.diagrams.value[leaf].outcome.name: count for leaf, count in tree.space.counts(tree.cases("p").ends).items()
    }
    assert counts == {"a": 8, "b": 4 + others}


@pytest.mark.parametrize(("worse", "mildest"), [("yes", False), ("no", True)])
def test_the_smallest_case_has_the_fewest_answers_and_of_these_the_mildest(worse: str, *, mildest: bool) -> None:
    tree = Tree(pack(protocol(MANY.format(unknown="", worse=worse), outcomes="a b")))
    cases = tree.cases("p")
    leaves = {tree.diagrams.value[leaf].outcome.name: leaf for leaf in tree.diagrams.leaves(cases.ends) if leaf}
    smallest = {name: tree.space.smallest(tree.diagrams.where(cases.ends, leaf)) for name, leaf in leaves.items()}
    assert smallest == {"a": {"t": ("left",), "w": mildest}, "b": {"t": ()}}
    assert tree.space.smallest(0) is None
