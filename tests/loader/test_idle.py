"""What a pack says in vain is warned of, and works all the same."""

from __future__ import annotations

from textwrap import dedent

from playbook.pack import read_pack, shipped
from tests.worlds import loaded, protocol, warnings

ASKS = "questions:\n  a: {ask: A, yes_no: true}\n"
LONELY = ASKS + "steps:\n  s: {ask: a, then: x}\n  t: {ask: a, then: {yes: x, no: y}}\n"


def test_a_step_and_an_outcome_that_nothing_leads_to_are_warned_of_at_their_place() -> None:
    assert warnings(protocol(LONELY, outcomes="x y z")) == [
        "protocols/p.yaml:9:6 PB075 nothing leads to the step `t` | lead to it, or delete it",
        "protocols/p.yaml:13:6 PB076 nothing leads to the outcome `z` | lead to it, or delete it",
    ]
    assert {each.severity for each in loaded(protocol(LONELY, outcomes="x y z")).diagnostics} == {"warning"}


def test_what_is_led_to_from_anywhere_in_the_pack_is_not_warned_of() -> None:
    whole = protocol(LONELY, outcomes="x y z")
    other = "use: [s]\nsteps:\n  u: {check: [{when: b, then: p.t}, {then: p}]}\n"
    shared = "questions:\n  b: {ask: B, yes_no: true}\nfirst: [{when: b, then: p.z}]\n"
    files = {
        "protocols/p.yaml": whole,
        "protocols/q.yaml": protocol(other, "q"),
        "protocols/shared/s.yaml": shared,
    }
    assert warnings(files) == []
    nobody = {**files, "protocols/q.yaml": protocol(other.replace("use: [s]\n", ASKS.replace("a:", "c:")), "q")}
    nobody["protocols/q.yaml"] = nobody["protocols/q.yaml"].replace("when: b", "when: c")
    assert [line.split()[1] for line in warnings(nobody)] == ["PB076"]


def test_of_a_part_of_a_pack_nothing_is_said_that_another_part_may_set_right() -> None:
    twice = "  v: {check: [{when: a, then: x}, {when: a, then: y}, {then: x}]}\n"
    repeated = protocol(LONELY + twice, outcomes="x y z")
    files = {"protocols/p.yaml": repeated, "protocols/q.yaml": "protocol: ["}
    assert [line.split()[1] for line in warnings(files, only=["p"])] == ["PB077"]


def test_a_line_that_is_repeated_word_for_word_never_decides() -> None:
    lines = """\
        steps:
          s:
            check:
              - {when: a  and not a, then: x}
              - {unknown: x}
              - {when: not a, then: x}
              - {when: a and not a, then: y}
              - {unknown: x}
              - {then: y}
        """
    (told,) = warnings(protocol("questions:\n  a: {ask: A, yes_no: true}\n" + dedent(lines), outcomes="x y"))
    line, hint = told.split(" | ")
    assert line == "protocols/p.yaml:13:9 PB077 this line never decides: line 10 of `protocols/p.yaml` says the same"
    assert hint == "leave one out"


def test_first_lines_that_two_shared_files_repeat_are_warned_of_once() -> None:
    shared = "questions:\n  b: {ask: B, yes_no: true}\nfirst: [{when: b, then: p.x}, {when: b, then: p.y}]\n"
    own = "use: [s]\n" + ASKS + "steps:\n  s: {ask: a, then: x}\n"
    files = {
        "protocols/shared/s.yaml": shared,
        "protocols/p.yaml": protocol(own, outcomes="x y"),
        "protocols/q.yaml": protocol(own.replace("a:", "c:").replace("ask: a", "ask: c"), "q", "x"),
    }
    assert [line.split(" ")[:2] for line in warnings(files)] == [["protocols/shared/s.yaml:3:31", "PB077"]]


def test_a_pack_with_faults_is_not_warned_about() -> None:
    found = loaded(protocol(LONELY.replace("yes: x", "yes: w"), outcomes="x y z"))
    assert [each.code for each in found.diagnostics] == ["PB051"]


def test_the_pack_that_ships_says_nothing_in_vain() -> None:
    assert read_pack(shipped()).diagnostics == ()
