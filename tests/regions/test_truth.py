"""Red lines speak about the truth: what may be so in a case, whatever was asked in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playbook.regions.tree import Tree
from playbook.regions.truth import Truth
from tests.regions.evaluated import value
from tests.worlds import pack, protocol

if TYPE_CHECKING:
    from playbook.conditions.condition import Condition
    from playbook.protocol import Answer, Pack

WORLD = """\
questions:
  fault: {ask: F, choices: {customer: C, us: U}, unknown: true}
  ticks: {ask: T, choices: {left: L, right: R}, many: true, unknown: true}
  n: {ask: N, number: {min: 0, max: 9}}
  words: {ask: W, text: {max: 9}}
steps:
  s: {ask: n, then: a}
red_lines:
  line: {because: B, when: "{when}", never: [refund]}
"""


def lined(when: str) -> tuple[Pack, Condition]:
    found = pack(protocol(WORLD.replace("{when}", when), outcomes="a"))
    condition = found.protocols["p"].red_lines["line"].when
    assert condition is not None
    return found, condition


@pytest.mark.parametrize(
    ("when", "answers", "so"),
    [
        ("fault == 'us'", {}, {"fault": "us"}),
        ("fault == 'us'", {"fault": None}, {"fault": "us"}),
        ("fault == 'us'", {"fault": "us"}, {}),
        ("fault == 'us'", {"fault": "customer"}, None),
        ("fault is unknown", {}, {"fault": None}),
        ("fault is unknown and fault == 'us'", {"fault": None}, {"fault": "us"}),
        ("fault is known", {"fault": None}, None),
        ("ticks.left and not ticks.right", {}, {"ticks": ("left",)}),
        ("ticks.left", {"ticks": None}, {"ticks": ("left",)}),
        ("ticks.left", {"ticks": ("right",)}, None),
        ("ticks.left and ticks.right", {"ticks": ("left", "right")}, {}),
        ("ticks.none and ticks is known", {"ticks": None}, None),
        ("n < 3 and fault == 'us'", {"n": 2}, {"fault": "us"}),
        ("n < 3", {"n": 7}, None),
        ("words is known", {}, {}),
        ("channel.private", {"channel": "x"}, None),
    ],
)
def test_what_may_be_so(when: str, answers: dict[str, Answer], so: dict[str, Answer] | None) -> None:
    found, condition = lined(when)
    tree = Tree(found)
    truth = Truth(tree.saying)
    assert value(tree.space, truth.may_hold(condition), answers) is (so is not None)
    if so is not None:
        assert truth.so(condition, answers) == so


def test_what_is_so_is_named_only_where_the_answers_leave_it_open() -> None:
    found, condition = lined("n < 3 and (fault == 'us' or ticks.left)")
    truth = Truth(Tree(found).saying)
    assert truth.so(condition, {"n": 1, "fault": "customer", "ticks": None}) == {"ticks": ("left",)}
