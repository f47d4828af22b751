"""Boxes of answers as a reviewer reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playbook.changes.phrases import Manner, phrase
from playbook.regions.diagram import Diagrams
from playbook.regions.joint import Side, sides
from tests.worlds import pack, protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

QUESTIONS = """\
questions:
  whose: {{ask: Whose?, choices: {{us: Ours, them: Theirs, nobody: Nobody's}}, unknown: true}}
  sure: {{ask: Sure?, yes_no: true}}
  days: {{ask: Days?, number: {{min: 0, max: 60}}, unknown: true{worse}}}
  seen: {{ask: Seen?, choices: {{ad: An ad, post: A post}}, many: true, unknown: true}}
steps:
  one:
    check:
      - {{when: "days >= 10 and days < 20 and days != 40", then: end}}
      - {{unknown: end}}
      - {{then: end}}
"""


def space(worse: str = "") -> Side:
    read = pack(protocol(QUESTIONS.format(worse=worse), outcomes="end"))
    return sides(read, read, Diagrams())[1]


def said(of: Side, name: str, values: Iterable[int], tick: int = 0) -> str:
    box = {of.axes[name].level + tick: frozenset(values)}
    return phrase(of, box, Manner("en"))


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        ("whose", {1}, "«Whose?» is “Ours”"),
        ("whose", {1, 4}, "«Whose?» is “Ours” or “don't know”"),
        ("whose", {1, 3, 4}, "«Whose?» is not “Theirs”"),
        ("whose", {1, 3}, "«Whose?» is “Ours” or “Nobody's”"),
        ("whose", {0}, "«Whose?» is not asked"),
        ("whose", {0, 2}, "«Whose?» is “Theirs” or is not asked"),
        ("whose", {1, 2, 3, 4}, "«Whose?» is asked"),
        ("sure", {1}, "«Sure?» is yes"),
        ("sure", {2}, "«Sure?» is no"),
        ("days", {1}, "«Days?» is 9 or less"),
        ("days", {2}, "«Days?» is 10 to 19"),
        ("days", {2, 3}, "«Days?» is 10 to 39"),
        ("days", {4}, "«Days?» is 40"),
        ("days", {1, 3, 4, 5}, "«Days?» is 9 or less or is 20 or more"),
        ("days", {5, 6}, "«Days?» is 41 or more or is “don't know”"),
        ("seen", {1}, "«Seen?» is answered"),
        ("seen", {2}, "«Seen?» is “don't know”"),
    ],
)
def test_what_a_question_is_answered_is_said_as_short_as_it_can_be(name: str, values: set[int], words: str) -> None:
    assert said(space(), name, values) == words


def test_ticks_are_said_together() -> None:
    of = space()
    level = of.axes["seen"].level
    yes, no = frozenset((1,)), frozenset((0,))
    manner = Manner("en", "<{}>".format, "[{}]".format)
    assert phrase(of, {level + 1: yes}, manner) == "<Seen?> includes [An ad]"
    assert (
        phrase(of, {level + 1: yes, level + 2: no}, manner) == "<Seen?> includes [An ad] and does not include [A post]"
    )
    assert phrase(of, {level + 1: no, level + 2: no}, manner) == "<Seen?> has none of its choices"
    assert phrase(of, {}, manner) == ""


def test_stretches_have_the_same_ends_where_lower_is_worse() -> None:
    of = space(", worse: lower")
    assert [said(of, "days", {at}) for at in (1, 2, 5)] == [
        "«Days?» is 9 or less",
        "«Days?» is 10 to 19",
        "«Days?» is 41 or more",
    ]
