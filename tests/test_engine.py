from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook import protocol as p
from playbook.conditions import expression as ex
from playbook.conditions.condition import Need, holds
from playbook.engine import Decided, Pending, asked, decide, walk
from tests.random_packs import VALUES, complete, packs, partial
from tests.worlds import OUTCOME, PLAYBOOK, pack, protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playbook.conditions.condition import Condition
    from playbook.protocol import Answer, Pack

random = settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])


# -- an engine of its own, for complete answers: as plain as it can be


def said(pack_: Pack, condition: Condition, answers: Mapping[str, Answer]) -> bool | None:
    def of(part: ex.Expression) -> bool | None:
        if isinstance(part, ex.Not):
            inner = of(part.part)
            return None if inner is None else not inner
        if isinstance(part, ex.And | ex.Or):
            order = [False, None, True] if isinstance(part, ex.And) else [True, None, False]
            return min((of(each) for each in part.parts), key=order.index)
        value = fact(pack_, part.name, answers) if part.name in pack_.facts else answers[part.name]
        if value is None and not isinstance(part, ex.Known):
            return None
        return holds(part, condition.scope)(value)

    return of(condition.expression)


def fact(pack_: Pack, name: str, answers: Mapping[str, Answer]) -> object:
    own = pack_.facts[name]
    if own.condition:
        return said(pack_, own.condition, answers)
    for rule in own.rules:
        verdict = said(pack_, rule.when, answers) if rule.when else True
        if verdict is not False:
            return rule.value if verdict else None
    raise AssertionError(name)


def line_of(pack_: Pack, lines: tuple[p.Line, ...], answers: Mapping[str, Answer]) -> p.Line:
    unsure = False
    for line in lines:
        verdict = said(pack_, line.when, answers) if line.when else (unsure if line.unknown else True)
        if verdict:
            return line
        unsure = unsure or verdict is None
    raise AssertionError(lines)


def outcome_of(pack_: Pack, start: str, answers: Mapping[str, Answer]) -> tuple[p.Target, set[str]]:
    """Where complete answers lead, and the questions of the ask steps on the way."""
    answers = {**pack_.protocols[start].given, **answers}
    place: object = pack_.protocols[start].entry or pack_.places[pack_.protocols[start].start]
    met: set[str] = set()
    while not isinstance(place, p.Outcome):
        if isinstance(place, p.Check):
            target = line_of(pack_, place.lines, answers).target
        else:
            assert isinstance(place, p.Ask)
            met.add(place.question)
            answer = answers[place.question]
            names: dict[object, str] = {True: "yes", False: "no", None: "unknown"}
            target = place.always.target if place.always else place.edges[names.get(answer, str(answer))].target
        place = pack_.places[target]
    return p.Target(place.protocol, place.id), met


def ended(state: Pending | Decided) -> p.Target:
    assert isinstance(state, Decided)
    return p.Target(state.outcome.protocol, state.outcome.id)


@random
@given(packs(), complete)
def test_complete_answers_lead_where_the_plainest_reading_of_the_language_says(
    own: Pack, answers: dict[str, Answer]
) -> None:
    for start in ("a", "b"):
        expected, met = outcome_of(own, start, answers)
        state = walk(own, start, answers)
        assert ended(state) == expected
        assert met - set(own.protocols[start].given) <= set(asked(own, start, answers))


@random
@given(packs(), complete, partial)
def test_answering_the_pending_question_goes_on_and_ends_in_time(
    own: Pack, answers: dict[str, Answer], before: dict[str, Answer]
) -> None:
    answers = {**answers, **own.protocols["a"].given, **before}
    given_ = dict(before)
    state = walk(own, "a", given_)
    left = state.most_questions_left if isinstance(state, Pending) else 0
    possible = state.possible_outcomes if isinstance(state, Pending) else (ended(state),)
    may_ask = state.may_ask if isinstance(state, Pending) else ()
    while isinstance(state, Pending):
        name = state.question.id
        assert name not in given_
        assert name == state.may_ask[0]
        assert name in may_ask
        assert set(state.may_ask) <= set(may_ask)
        assert set(state.possible_outcomes) <= set(possible)
        assert state.most_questions_left <= left
        assert left >= 1
        left, possible, may_ask = state.most_questions_left - 1, state.possible_outcomes, state.may_ask
        given_[name] = answers[name]
        state = walk(own, "a", given_)
    assert ended(state) in possible
    assert ended(state) == outcome_of(own, "a", answers)[0]


@random
@given(packs(), complete, st.permutations(sorted(VALUES)))
def test_the_order_of_the_answers_does_not_matter(own: Pack, answers: dict[str, Answer], order: list[str]) -> None:
    shuffled = {name: answers[name] for name in order}
    first, second = walk(own, "a", answers), walk(own, "a", shuffled)

    assert ended(first) == ended(second)
    assert first.path == second.path
    assert asked(own, "a", answers) == asked(own, "a", shuffled)


@random
@given(packs(), partial)
def test_an_unanswered_case_is_pending_on_one_of_its_unanswered_questions(
    own: Pack, answers: dict[str, Answer]
) -> None:
    for start in ("a", "b"):
        state = walk(own, start, answers)
        if isinstance(state, Pending):
            assert state.question.id not in {**own.protocols[start].given, **answers}
        assert dict(state.answers) == {**own.protocols[start].given, **answers}


@random
@given(packs(), complete, complete)
def test_what_was_not_asked_does_not_matter_and_answers_of_branches_left_come_back(
    own: Pack, answers: dict[str, Answer], others: dict[str, Answer]
) -> None:
    needed = {name: answers[name] for name in asked(own, "a", answers)}
    channel = {"channel": answers["channel"]}
    there = walk(
        own, "a", {**others, **channel, **needed, **{name: answers[name] for name in own.protocols["a"].given}}
    )

    assert ended(there) == ended(walk(own, "a", answers))
    assert [each.then for each in there.path] == [each.then for each in walk(own, "a", answers).path]
    for name in needed:
        turned = {**answers, name: others[name]}
        assert ended(walk(own, "a", {**turned, name: answers[name]})) == ended(there)


@random
@given(packs(), complete)
def test_no_question_is_asked_whose_answer_cannot_matter_where_every_other_is_given(
    own: Pack, answers: dict[str, Answer]
) -> None:
    for name in VALUES:
        rest = {key: value for key, value in answers.items() if key != name}
        state = walk(own, "b", rest)
        if isinstance(state, Decided):
            assert {ended(walk(own, "b", {**rest, name: value})) for value in VALUES[name]} == {ended(state)}


@random
@given(packs(), complete, partial)
def test_actions_apply_where_their_condition_is_true_and_are_undecided_where_it_may_be(
    own: Pack, answers: dict[str, Answer], some: dict[str, Answer]
) -> None:
    needed = {name: answers[name] for name in (*asked(own, "a", answers), "channel")}
    needed |= {name: answers[name] for name in own.protocols["a"].given}
    state = walk(own, "a", {**answers, **some})
    short = walk(own, "a", needed)
    assert isinstance(state, Decided)
    assert isinstance(short, Decided)
    whole = {**answers, **some}
    expected = [
        each
        for each in own.protocols[state.outcome.protocol].actions
        if each.when and said(own, each.when, whole) is not False
    ]
    assert [action for action, _ in state.actions] == expected
    for action, applies in state.actions:
        assert action.when is not None
        assert (said(own, action.when, whole) is True) is applies
    assert state.undecided == ()
    assert bool(short.undecided) == any(
        isinstance(short.verdict(each.when), Need)
        for each in own.protocols[short.outcome.protocol].actions
        if each.when
    )


@random
@given(packs(), complete)
def test_no_detail_is_asked_that_was_not_announced_and_never_more_than_were(
    own: Pack, answers: dict[str, Answer]
) -> None:
    given_ = {name: answers[name] for name in (*asked(own, "a", answers), "channel")}
    state = walk(own, "a", given_)
    assert isinstance(state, Decided)
    announced = state.undecided
    came = []
    while state.undecided:
        came.append(state.undecided[0])
        assert len(state.undecided) <= len(announced) - len(came) + 1
        given_[came[-1]] = answers[came[-1]]
        state = walk(own, "a", given_)
        assert isinstance(state, Decided)
    assert set(came) <= set(announced)


# -- one thing at a time

QUESTIONS = """\
questions:
  a: {ask: A, yes_no: true, unknown: true}
  b: {ask: B, yes_no: true}
  c: {ask: C, yes_no: true, unknown: true}
"""


def check(*lines: str) -> Pack:
    body = "".join(f"      - {{{line}}}\n" for line in lines)
    return pack(protocol(f"{QUESTIONS}steps:\n  s:\n    check:\n{body}", outcomes="x y z"))


def pending(state: Pending | Decided) -> str:
    return state.question.id if isinstance(state, Pending) else state.outcome.id


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, "a"),
        ({"a": True}, "b"),
        ({"a": False}, "c"),
        ({"a": None}, "c"),
        ({"a": None, "c": True}, "y"),
        ({"a": None, "c": False}, "b"),
        ({"a": None, "c": False, "b": False}, "z"),
        ({"a": None, "c": False, "b": True}, "x"),
        ({"a": None, "c": None}, "x"),
        ({"a": False, "c": None}, "x"),
        ({"a": False, "c": False}, "z"),
    ],
)
def test_whether_a_line_was_unknown_is_asked_only_where_it_decides(answers: dict[str, Answer], expected: str) -> None:
    own = check("when: a and b, then: x", "when: c, then: y", "unknown: x", "then: z")

    assert pending(walk(own, "p", answers)) == expected


def test_below_the_last_resort_nobody_asks_whether_a_line_is_false_or_unknown() -> None:
    own = check("when: a, then: x", "unknown: y", "when: c is unknown and b, then: y", "then: z")

    assert pending(walk(own, "p", {"a": False, "c": True})) == "z"


def test_a_second_unknown_line_catches_what_stands_between_the_two() -> None:
    own = check("when: a, then: x", "unknown: y", "when: c, then: x", "unknown: z", "unknown: x", "then: x")

    assert pending(walk(own, "p", {"a": None})) == "y"
    assert pending(walk(own, "p", {"a": False, "c": None})) == "z"
    assert pending(walk(own, "p", {"a": False, "c": False})) == "x"


def test_given_answers_count_where_the_case_starts_and_yield_to_others() -> None:
    files = {
        "protocols/p.yaml": protocol(
            QUESTIONS + "steps:\n  s: {ask: b, then: {yes: q, no: out}}\n", outcomes="out"
        ).replace("questions:", "use: [s]\nquestions:"),
        "protocols/q.yaml": protocol(
            "use: [s]\ngiven: {d: one}\nsteps:\n  t: {ask: d, then: {one: first, two: second}}\n", "q", "first second"
        ),
        "protocols/shared/s.yaml": "questions: {d: {ask: D, choices: {one: A, two: B}}}\n",
    }
    own = pack(files)

    assert pending(walk(own, "q", {})) == "first"
    assert walk(own, "q", {}).answers == {"d": "one"}
    assert pending(walk(own, "q", {"d": "two"})) == "second"
    assert pending(walk(own, "p", {"b": True})) == "d"
    assert asked(own, "q", {"d": "two"}) == ()
    assert asked(own, "p", {"b": True, "d": "two"}) == ("b", "d")
    assert asked(own, "p", {"d": "two"}) == ()


def test_the_channel_is_asked_where_a_condition_needs_it_and_not_among_the_questions_where_it_is_known() -> None:
    own = check("when: channel.private, then: x", "when: b, then: y", "then: z")

    assert pending(walk(own, "p", {})) == "channel"
    assert asked(own, "p", {"channel": "x", "b": True}) == ("b",)


FOUR = {
    "playbook.yaml": PLAYBOOK + "actions: [{do: pack, owner: team}]\navoid: [{say: pack, when: flag}]\n",
    "protocols/shared/s.yaml": (
        "questions:\n  flag: {ask: F, yes_no: true, unknown: true}\n  late: {ask: L, yes_no: true}\n"
        "actions: [{do: shared, owner: team, when: flag}]\n"
    ),
    "protocols/p.yaml": protocol(
        "use: [s]\nactions: [{do: own, owner: team, when: not late, marks: [refund]}]\navoid: [own]\n"
        "questions:\n  go: {ask: G, yes_no: true}\nsteps:\n  s: {ask: go, then: out}\n"
    )
    + f"outcomes:\n  out: {OUTCOME[:-1]}, marks: [concession], avoid: [out], actions: "
    "[{do: outcome, owner: team, when: flag and late, marks: [concession]}]}\n",
}


@pytest.mark.parametrize(
    ("answers", "actions", "marks", "undecided"),
    [
        ({}, "pack shared? own? outcome?", ("concession",), ("flag", "late")),
        ({"flag": True}, "pack shared own? outcome?", ("concession",), ("late",)),
        ({"flag": False}, "pack own?", ("concession",), ("late",)),
        ({"flag": None}, "pack shared? own? outcome?", ("concession",), ("late",)),
        ({"flag": None, "late": False}, "pack shared? own", ("concession", "refund"), ()),
        ({"flag": True, "late": True}, "pack shared outcome", ("concession",), ()),
    ],
)
def test_actions_and_avoids_add_up_over_four_levels(
    answers: dict[str, Answer], actions: str, marks: tuple[str, ...], undecided: tuple[str, ...]
) -> None:
    files = {path: text for path, text in FOUR.items() if path != "playbook.yaml"}
    state = walk(pack(files, playbook=FOUR["playbook.yaml"]), "p", {"go": True, **answers})

    assert isinstance(state, Decided)
    assert " ".join(each.do.say("en") + ("" if applies else "?") for each, applies in state.actions) == actions
    assert state.marks == marks
    assert state.undecided == undecided
    assert [each.say.say("en") for each, applies in state.avoid if applies][-2:] == ["own", "out"]


def test_the_trace_names_the_line_that_decided_and_where_it_led() -> None:
    body = (
        QUESTIONS + "steps:\n  s: {ask: a, then: {yes: t, no: x, unknown: x}}\n  t: {ask: b, then: u}\n"
        "  u:\n    check:\n      - {when: c, then: y}\n      - {unknown: x}\n      - {then: x}\n"
    )
    own = pack(protocol(body, outcomes="x y"))
    state = walk(own, "p", {"a": True, "b": False, "c": None})

    assert [(each.step.id, each.taken, str(each.then), each.span.line) for each in state.path] == [
        ("s", "yes", "p.t", 10),
        ("t", "", "p.u", 11),
        ("u", 1, "p.x", 15),
    ]
    assert state.path[2].protocol == "p"


def test_a_check_is_decided_alone_too() -> None:
    step = check("when: b, then: x", "then: y").places[p.Target("p", "s")]

    assert isinstance(step, p.Check)
    assert decide(step, {"b": False}) == 1
    assert isinstance(decide(step, {}), Need)
