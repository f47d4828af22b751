from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playbook import protocol as p
from playbook.engine import Pending, walk
from playbook.forecast import WIDEST, Forecast
from tests.worlds import pack, protocol

if TYPE_CHECKING:
    from playbook.protocol import Answer, Pack

HEAD = """\
questions:
  a: {ask: A, yes_no: true, unknown: true}
  b: {ask: B, yes_no: true}
  c: {ask: C, yes_no: true}
  d: {ask: D, yes_no: true, unknown: true}
facts:
  f: a or b
"""


def tree(steps: str) -> Pack:
    return pack(protocol(f"{HEAD}steps:\n{steps}", outcomes="x y z"))


def state(own: Pack, answers: dict[str, Answer]) -> Pending:
    found = walk(own, "p", answers)
    assert isinstance(found, Pending)
    return found


def seen(own: Pack, answers: dict[str, Answer]) -> tuple[str, int, str]:
    found = state(own, answers)
    return " ".join(found.may_ask), found.most_questions_left, " ".join(each.name for each in found.possible_outcomes)


CHECK = "  s: {check: [{when: a and b, then: x}, {unknown: y}, {when: c, then: x}, {then: z}]}\n"


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, ("a b c", 3, "x y z")),
        ({"a": True}, ("b c", 2, "x z")),
        ({"a": None}, ("b c", 2, "x y z")),
        ({"a": False}, ("c", 1, "x z")),
        ({"b": False}, ("c", 1, "x z")),
        ({"b": True}, ("a c", 2, "x y z")),
    ],
)
def test_what_may_come_shrinks_with_every_answer(answers: dict[str, Answer], expected: tuple[str, int, str]) -> None:
    assert seen(tree(CHECK), answers) == expected


def test_a_line_that_is_true_hides_what_stands_below_it() -> None:
    own = tree(
        "  s: {ask: c, then: t}\n  t: {check: [{when: a, then: x}, {unknown: x}, {when: b, then: y}, {then: z}]}\n"
    )

    assert seen(own, {"a": True}) == ("c", 1, "x")
    assert seen(own, {"a": False, "b": True}) == ("c", 1, "y")
    assert seen(own, {"a": None}) == ("c", 1, "x")


def test_an_answer_that_was_given_leaves_one_way() -> None:
    own = tree("  s: {ask: c, then: t}\n  t: {ask: a, then: {yes: x, no: y, unknown: z}}\n")

    assert seen(own, {"a": None}) == ("c", 1, "z")
    assert seen(own, {}) == ("c a", 2, "x y z")


def test_questions_of_a_fact_that_is_settled_are_not_asked_any_more() -> None:
    steps = (
        "  s: {check: [{when: f, then: t}, {unknown: x}, {then: t}]}\n"
        "  t: {check: [{when: f and c, then: x}, {unknown: y}, {then: z}]}\n"
    )

    assert seen(tree(steps), {}) == ("a b c", 3, "x y z")
    assert seen(tree(steps), {"a": True}) == ("c", 1, "x z")


def test_ways_that_join_again_count_the_longest_one() -> None:
    steps = (
        "  s: {ask: a, then: {yes: t, no: u, unknown: u}}\n  t: {ask: b, then: u}\n"
        "  u: {ask: c, then: {yes: v, no: x}}\n  v: {ask: b, then: y}\n"
    )

    assert seen(tree(steps), {}) == ("a b c", 3, "x y")
    assert seen(tree(steps), {"a": False}) == ("c b", 2, "x y")


def test_first_lines_count_with_what_comes_after_them() -> None:
    own = pack(
        {
            "protocols/shared/s.yaml": HEAD + "first:\n  - {when: b, then: q.out}\n  - {when: c, then: q.out}\n",
            "protocols/p.yaml": protocol("use: [s]\nsteps:\n  s: {ask: d, then: x}\n", outcomes="x"),
            "protocols/q.yaml": protocol("use: [s]\nsteps:\n  t: {ask: d, then: out}\n", "q", "out"),
        }
    )

    assert seen(own, {}) == ("b c d", 3, "x out")
    assert seen(own, {"c": True}) == ("b", 1, "out")
    assert seen(own, {"b": False, "c": False}) == ("d", 1, "x")


def test_more_ways_than_are_kept_are_joined_and_never_fewer_questions_promised() -> None:
    count = WIDEST + 8
    questions = "".join(f"  q{n}: {{ask: Q, yes_no: true}}\n" for n in range(count))
    choices = ", ".join(f"c{n}: C" for n in range(count))
    then = ", ".join(f"c{n}: s{n}" for n in range(count))
    steps = f"  start: {{ask: which, then: {{{then}}}}}\n" + "".join(
        f"  s{n}: {{ask: q{n}, then: x}}\n" for n in range(count)
    )
    own = pack(
        protocol(f"questions:\n  which: {{ask: W, choices: {{{choices}}}}}\n{questions}steps:\n{steps}", outcomes="x")
    )
    found = state(own, {})

    assert 2 <= found.most_questions_left <= count + 1
    assert len(found.may_ask) == count + 1


def test_a_forecast_is_made_once_and_leaves_the_case_as_it_is() -> None:
    own = tree(CHECK)
    found = state(own, {"a": True})
    before = dict(found.env)

    assert found.forecast is found.forecast
    assert found.env == before


def test_a_long_protocol_is_looked_through_without_recursion() -> None:
    steps = "".join(f"  s{n}: {{check: [{{when: b, then: s{n + 1}}}, {{then: x}}]}}\n" for n in range(1500))
    own = pack(protocol(f"{HEAD}steps:\n{steps}  s1500: {{ask: c, then: y}}\n", outcomes="x y"))
    first = own.places[own.protocols["p"].start]
    assert not isinstance(first, p.Outcome)

    assert Forecast(own, first, {}).most == 2
