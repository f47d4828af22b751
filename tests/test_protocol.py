from __future__ import annotations

import pytest

from playbook import protocol as p
from playbook.diagnostics import Span
from tests.worlds import pack, protocol


def test_words_are_said_in_the_locale_else_in_the_default_else_in_any() -> None:
    text = p.Text({"es": "hola", "en": "hello"}, "es")

    assert (text.say("en"), text.say("fr")) == ("hello", "hola")
    assert p.Text({"en": "hello"}, "es").say("fr") == "hello"
    assert p.Text({}, "es").say("es") == ""


@pytest.mark.parametrize(("text", "minutes"), [("20m", 20), ("20min", 20), ("4h", 240), ("2d", 2880), ("2wd", 2880)])
def test_a_duration_has_a_length(text: str, minutes: int) -> None:
    found = p.duration(text)

    assert found is not None
    assert found.minutes == minutes
    assert str(found) == text.replace("20m", "20min").replace("minin", "min")


def test_what_is_no_duration_has_none() -> None:
    assert p.duration("0h") is None
    assert p.duration("soon") is None


def test_a_condition_rests_on_questions_through_its_facts_each_once() -> None:
    own = pack(
        protocol(
            "questions:\n  a: {ask: A, yes_no: true}\n  b: {ask: B, yes_no: true}\n  c: {ask: C, yes_no: true}\n"
            "facts:\n  low: a or b\n  mid: low and c\n  high: mid or low or a\n"
            "steps:\n  s: {check: [{when: c and high, then: out}, {then: out}]}\n",
            outcomes="out",
        )
    )
    step = own.protocols["p"].steps["s"]
    assert isinstance(step, p.Check)
    when = step.lines[0].when
    assert when is not None

    assert p.rests_on(when, own.facts) == ("c", "a", "b")
    assert p.rests_on(when, own.facts, {"low"}) == ("c", "low", "a")
    assert own.facts["high"].values == ()
    assert own.facts["high"].names == ("mid", "low", "a")


def test_a_passed_step_knows_its_line() -> None:
    here = Span("f", 3)
    target = p.Target("p", "x")
    check = p.Check.of("s", here, (p.Line(None, target, here, unknown=True), p.Line(None, target, here)))

    assert check.last_resort == 0
    assert p.Passed("p", check, 1).way == check.lines[1]
    ask = p.Ask("s", here, "q", {"yes": p.Edge(target, here)})
    assert (p.Passed("p", ask, "yes").then, p.Passed("p", ask, "yes").span) == (target, here)
