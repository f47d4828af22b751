from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook import cascade
from playbook.conditions.condition import Need
from playbook.diagnostics import ERROR
from playbook.protocol import Check
from tests.random_packs import ATOMS, QUESTIONS, VALUES, conditions
from tests.worlds import OUTCOME, faults, loaded, protocol

HEAD = """\
questions:
  a: {ask: A, yes_no: true, unknown: true}
  b: {ask: B, yes_no: true, unknown: true}
  c: {ask: C, yes_no: true}
  k: {ask: K, choices: {one: A, two: B, three: C}, unknown: true}
  n: {ask: N, number: {min: 0, max: 20}, unknown: true}
  m: {ask: M, choices: {u: U, v: V, w: W}, many: true, unknown: true}
"""


def told(steps: str, head: str = HEAD) -> list[str]:
    """What is told of the slides, without file and hint."""
    return [line.split(" ", 1)[1].split(" |")[0] for line in faults(protocol(f"{head}steps:\n{steps}", outcomes="x y"))]


def check(*lines: str) -> str:
    return "  s:\n    check:\n" + "".join(f"      - {{{line}}}\n" for line in lines)


def slide(where: str) -> str:
    return f"PB068 where {where}, this line cannot be decided, and a later line would decide"


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        (("when: a, then: x", "then: y"), ['`a` is "don\'t know"']),
        (("when: a and b, then: x", "then: y"), ['`b` is "don\'t know" and `a` is `yes`']),
        (("when: c and k == 'one', then: x", "then: y"), ['`k` is "don\'t know" and `c` is `yes`']),
        (("when: k == 'two' and n < 5, then: x", "then: y"), ['`n` is "don\'t know" and `k` is `two`']),
        (("when: n > 5 and m.u, then: x", "then: y"), ['`m` is "don\'t know" and `n` is `6`']),
        (("when: m.u and a, then: x", "then: y"), ['`a` is "don\'t know" and `m` is `u`']),
        (("when: m.none and a, then: x", "then: y"), ['`a` is "don\'t know" and `m` is `none`']),
        (("when: not m.none and not m.u and a, then: x", "then: y"), ['`a` is "don\'t know" and `m` is `v`']),
        (("when: not c and a, then: x", "then: y"), ['`a` is "don\'t know" and `c` is `no`']),
        (("when: a and (b or not b), then: x", "then: y"), ['`b` is "don\'t know" and `a` is `yes`']),
        (("when: a, then: x", "when: b, then: x", "then: y"), ['`a` is "don\'t know"', '`b` is "don\'t know"']),
        (("when: a, then: x", "unknown: y", "when: b, then: x", "then: y"), ['`b` is "don\'t know"']),
        (("when: m.none, then: x", "then: y"), ['`m` is "don\'t know"']),
    ],
)
def test_a_line_that_may_be_unknown_is_told_with_a_case(lines: tuple[str, ...], where: list[str]) -> None:
    assert told(check(*lines)) == [slide(each) for each in where]


def test_two_unknown_answers_are_told_together() -> None:
    assert told(check("when: a is unknown and b is unknown and (a or b), then: x", "then: y")) == [
        'PB068 where `a` and `b` are "don\'t know", this line cannot be decided, and a later line would decide'
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("when: a, then: x", "unknown: y", "then: y"),
        ("when: a is known and a, then: x", "then: y"),
        ("when: a is unknown, then: x", "when: a, then: x", "then: y"),
        ("when: c, then: x", "then: y"),
        ("when: a, then: x", "when: b, then: x", "unknown: y", "then: y"),
        ("when: k is unknown or k == 'one', then: x", "then: y"),
        ("when: channel.private, then: x", "then: y"),
    ],
)
def test_a_check_that_says_what_becomes_of_not_knowing_is_let_be(lines: tuple[str, ...]) -> None:
    assert told(check(*lines)) == []


def test_what_is_known_for_sure_on_every_way_need_not_be_said_again() -> None:
    ask = "  r: {ask: a, then: {yes: s, no: s, unknown: x}}\n"
    assert told(ask + check("when: a, then: x", "then: y")) == []
    assert told(ask.replace("unknown: x", "unknown: s") + check("when: a, then: x", "then: y")) != []
    assert told("  r: {ask: a, then: s}\n" + check("when: a, then: x", "then: y")) != []
    known = "  r: {check: [{when: a, then: x}, {unknown: x}, {then: s}]}\n"
    assert told(known + check("when: a, then: x", "then: y")) == []
    detour = "  q: {ask: c, then: {yes: r, no: s}}\n" + ask
    assert told(detour + check("when: a, then: x", "then: y")) != []


def test_facts_are_looked_through() -> None:
    head = HEAD + "facts:\n  f: [{when: n > 5, is: high}, {is: low}]\n  g: f == 'high'\n"

    assert told(check("when: g and g, then: x", "then: y"), head) == [slide('`n` is "don\'t know"')]
    assert told(check("when: g is known and g, then: x", "then: y"), head) == []


def test_a_step_that_nothing_leads_to_is_let_be() -> None:
    assert told("  r: {ask: c, then: x}\n" + check("when: a, then: x", "then: y")) == []


def test_where_another_protocol_leads_in_nothing_is_known_for_sure() -> None:
    shared = HEAD
    steps = "use: [s]\nsteps:\n  r: {ask: a, then: {yes: s, no: s, unknown: x}}\n" + check(
        "when: a, then: x", "then: y"
    )
    files = {"protocols/shared/s.yaml": shared, "protocols/p.yaml": protocol(steps, outcomes="x y")}
    assert loaded(files).pack is not None

    for way in (
        "{check: [{when: c, then: p.s}, {then: o}]}",
        "{ask: c, then: {yes: p.s, no: o}}",
        "{ask: c, then: p.s}",
    ):
        entered = {**files, "protocols/q.yaml": protocol(f"use: [s]\nsteps:\n  t: {way}\n", "q", "o")}
        assert [each.code for each in loaded(entered).diagnostics] == ["PB068"]


def test_first_lines_may_not_slide_either_and_are_told_once() -> None:
    files = {
        "protocols/shared/s.yaml": HEAD + "first:\n  - {when: a, then: p.x}\n",
        "protocols/p.yaml": protocol("use: [s]\nsteps:\n  t: {ask: c, then: x}\n", outcomes="x"),
        "protocols/q.yaml": protocol("use: [s]\nsteps:\n  t: {ask: c, then: x}\n", "q", "x"),
    }
    assert [line.split(" |")[0] for line in faults(files)] == [
        "protocols/shared/s.yaml:9:5 " + slide('`a` is "don\'t know"')
    ]


def test_a_check_with_too_many_cases_is_refused_rather_than_looked_at_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cascade, "MOST_CASES", 5)
    assert told(check("when: k == 'one' and n > 3 and m.u, then: x", "unknown: y", "then: y")) == [
        "PB069 this check has too many cases to look at"
    ]
    monkeypatch.setattr(cascade, "MOST_TICKS", 1)
    monkeypatch.setattr(cascade, "MOST_CASES", 5000)
    assert told(check("when: m.u and m.v, then: x", "unknown: y", "then: y")) == [
        "PB069 this check has too many cases to look at"
    ]


def test_a_check_of_questions_that_are_always_known_may_have_as_many_cases_as_it_likes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cascade, "MOST_CASES", 5)
    questions = "questions:\n" + "".join(f"  q{n}: {{ask: Q, yes_no: true}}\n" for n in range(4))
    lines = [f"when: q{n} and q{(n + 1) % 4}, then: x" for n in range(4)]
    assert told(check(*lines, "then: y"), questions) == []


def test_a_check_of_many_questions_is_looked_at_without_recursion() -> None:
    questions = "questions:\n" + "".join(f"  q{n}: {{ask: Q, yes_no: true}}\n" for n in range(1200))
    lines = [f"when: q{n}, then: x" for n in range(1200)]

    assert told(check(*lines, "then: y"), questions) == []


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.lists(conditions(ATOMS), min_size=1, max_size=3), st.booleans())
def test_what_slides_is_what_brute_force_finds(conditions_: list[str], caught: bool) -> None:  # noqa: FBT001 - drawn
    lines = [f'when: "{each}", then: x' for each in conditions_] + (["unknown: x"] if caught else [])
    text = protocol(QUESTIONS + "steps:\n" + check(*lines, "then: y"), outcomes="x y")
    found = loaded(text)
    told_ = [each for each in found.diagnostics if each.code == "PB068"]
    assert len(told_) == len([each for each in found.diagnostics if each.severity == ERROR])
    assert not (caught and told_)
    if caught:
        return
    # The same check with its last resort always loads; its conditions are asked about every complete case.
    whole = loaded(text.replace("      - {then: y}", "      - {unknown: y}\n      - {then: y}")).pack
    assert whole is not None
    step = whole.protocols["p"].steps["s"]
    assert isinstance(step, Check)
    expected: set[int] = set()
    for answers in complete_cases({name for each in conditions_ for name in re.findall("[a-z]+", each)} & set(VALUES)):
        for line in step.lines:
            verdict = line.when.value(dict(answers)) if line.when else True
            assert not isinstance(verdict, Need)
            if verdict is True:
                break
            if verdict is None:
                expected.add(line.span.line)
    assert {each.span.line for each in told_ if each.span} == expected


def complete_cases(names: set[str]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = [{}]
    for name in sorted(names):
        found = [{**each, name: value} for each in found for value in VALUES[name]]
    return found


def test_a_check_of_too_many_sorts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cascade, "MOST_CASES", 1)
    lines = "".join(f"      - {{when: days == {at}, then: out}}\n" for at in range(40))
    text = (
        "questions:\n  days: {ask: Q, number: {min: 0, max: 99}, unknown: true}\n"
        f"steps:\n  s:\n    check:\n{lines}      - unknown: out\n      - then: out\noutcomes:\n  out: {OUTCOME}\n"
    )
    assert "PB069" in [each.code for each in loaded(protocol(text)).diagnostics]
