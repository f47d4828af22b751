from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from playbook import explain as e
from playbook.engine import Decided, asked, walk
from playbook.explain import Branch, Reason, explain, used
from tests.random_packs import complete, packs, partial
from tests.test_engine import random
from tests.worlds import pack, protocol

if TYPE_CHECKING:
    from playbook.protocol import Answer, Pack

YES, NO = True, False
BODY = """\
questions:
  a: {ask: A, yes_no: true, unknown: true}
  b: {ask: B, yes_no: true, unknown: true}
  n: {ask: N, number: {min: 0, max: 9}}
  k: {ask: K, choices: {one: A, two: B}}
facts:
  big: n > 5
steps:
  ask: {ask: k, then: {one: any, two: x}}
  any: {ask: n, then: check}
  check:
    check:
      - {when: a and b, then: x}
      - {when: not (a or big), then: x}
      - {unknown: x}
      - {when: n < 3 or big, then: y}
      - {when: n == 4, then: x}
      - {then: z}
"""


def own() -> Pack:
    return pack(protocol(BODY, outcomes="x y z"))


def told(branch: Branch) -> tuple[str, str, tuple[Reason, ...], str | None]:
    return (str(branch.target), branch.why, branch.reasons, branch.condition)


def test_an_ask_step_tells_the_answer_and_the_ways_for_others() -> None:
    state = walk(own(), "p", {"k": "one", "n": 7, "a": True, "b": False})
    first, second, _ = explain(state)

    assert (first.protocol, first.step, str(first.then), first.asked) == ("p", "ask", "p.any", {"k": "one"})
    assert [told(each) for each in first.others] == [("p.x", e.OTHER, (Reason("k", "one"),), "two")]
    assert (second.asked, second.others, second.condition) == ({"n": 7}, (), None)
    assert first.span.line == 13


def test_a_check_tells_for_each_line_why_it_did_not_decide() -> None:
    state = walk(own(), "p", {"k": "one", "n": 7, "a": True, "b": False})
    last = explain(state)[-1]

    assert [told(each) for each in last.others] == [
        ("p.x", e.FALSE, (Reason("b", NO),), "a and b"),
        ("p.x", e.FALSE, (Reason("a", YES),), "not (a or big)"),
        ("p.x", e.SURE, (), None),
        ("p.x", e.BELOW, (), "n == 4"),
        ("p.z", e.BELOW, (), None),
    ]
    assert (last.condition, str(last.then), last.span.line) == ("n < 3 or big", "p.y", 20)
    assert last.asked == {"a": True, "b": False, "n": 7}


def test_a_line_that_was_unknown_names_what_was_not_known() -> None:
    state = walk(own(), "p", {"k": "one", "n": 1, "a": None, "b": None})
    last = explain(state)[-1]

    assert [told(each) for each in last.others[:2]] == [
        ("p.x", e.UNKNOWN, (Reason("a", None), Reason("b", None)), "a and b"),
        ("p.x", e.UNKNOWN, (Reason("a", None),), "not (a or big)"),
    ]
    assert last.condition is None


@random
@given(packs(), complete, partial)
def test_every_branch_of_every_step_is_told_and_only_the_answers_that_counted(
    some: Pack, answers: dict[str, Answer], more: dict[str, Answer]
) -> None:
    answers = {**answers, **more}
    state = walk(some, "a", answers)
    assert isinstance(state, Decided)
    looked: dict[str, Answer] = {}
    for each, passed in zip(explain(state), state.path, strict=True):
        assert each.then == passed.then
        assert used(state, passed) == each.asked
        looked |= each.asked
        for branch in each.others:
            assert bool(branch.reasons) == (branch.why in (e.OTHER, e.FALSE, e.UNKNOWN))
            if branch.why == e.UNKNOWN:
                assert None in [reason.value for reason in branch.reasons]
    needed = set(asked(some, "a", answers))
    assert needed <= set(looked)
    assert {name: answers[name] for name in looked if name in answers}.items() <= answers.items()
