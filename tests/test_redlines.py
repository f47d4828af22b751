"""Red lines held against one case that has ended."""

from __future__ import annotations

import pytest

from playbook.engine import Decided, walk
from playbook.loader import load
from playbook.redlines import crossed
from tests.shipped import every_case

PACK = """
brand: {name: N, signature: S}
locales: [en]
roles: {team: {title: The team}}
marks: {remedy: put right, refund: money back, apology: sorry}
red_lines:
  pay: {because: ours to pay, when: fault == 'us', always: [remedy]}
  spare: {because: not while we look, when: fault is unknown, never: [refund], except: {start: it asks, end: it knows}}
"""
SHARED = """
questions:
  fault: {ask: Whose?, choices: {them: Theirs, us: Ours}, unknown: true}
  paid: {ask: Paid?, yes_no: true}
"""
START = """
protocol: start
version: 1.0.0
title: T
owner: team
use: [common]
steps:
  first: {ask: paid, then: {yes: end, no: done}}
outcomes:
  done: {title: D, level: 0, because: B, reply: {silence: s}, marks: [remedy]}
red_lines:
  sorry: {because: always say so, always: [apology]}
"""
END = """
protocol: end
version: 1.0.0
title: T
owner: team
use: [common]
steps:
  look: {ask: fault, then: {them: no, us: yes_, unknown: yes_}}
outcomes:
  no: {title: N, level: 0, because: B, reply: {silence: s}, marks: [apology]}
  yes_: {title: Y, level: 0, because: B, reply: {silence: s}, marks: [apology], actions: [
    {do: pay, owner: team, when: paid, marks: [remedy, refund]}]}
red_lines:
  never_free: {because: not before we know, when: fault == 'them', never: [refund]}
"""


def case(start: str = "start", **answers: object) -> Decided:
    files = {
        "playbook.yaml": PACK,
        "protocols/shared/common.yaml": SHARED,
        "protocols/start.yaml": START,
        "protocols/end.yaml": END,
    }
    loaded = load({path: text.encode() for path, text in files.items()})
    assert loaded.pack is not None, loaded.diagnostics
    state = walk(loaded.pack, start, answers)  # type: ignore[arg-type]
    assert isinstance(state, Decided)
    return state


@pytest.mark.parametrize(
    ("answers", "lines"),
    [
        ({"start": "end", "fault": "them"}, []),
        ({"start": "end", "fault": "us", "paid": True}, []),
        # Demanded of the truth, and the action that has it may yet not apply.
        ({"start": "end", "fault": "us"}, ["pay"]),
        ({"start": "end", "fault": "us", "paid": False}, ["pay"]),
        # "Don't know": the error may be theirs, and then no money may go back.
        ({"start": "end", "fault": None, "paid": True}, ["never_free"]),
        ({"start": "end", "fault": None, "paid": False}, ["pay"]),
        # Undecided, it might apply: what is forbidden counts, what is demanded does not.
        ({"start": "end", "fault": None}, ["pay", "never_free"]),
        # Never asked: anything may be true. The protocol's own line holds for all that goes through it.
        ({"paid": False}, ["sorry"]),
        ({"paid": False, "fault": "us"}, ["sorry"]),
        ({"paid": True, "fault": "us"}, []),
        ({"paid": True, "fault": None}, ["never_free"]),
    ],
)
def test_a_line_is_crossed_unless_the_answers_say_it_is_not(answers: dict[str, object], lines: list[str]) -> None:
    assert [line.id for line in crossed(case(**answers))] == lines  # type: ignore[arg-type]


def test_a_line_of_the_pack_lapses_only_where_both_ends_of_a_case_are_excepted() -> None:
    led = case(paid=True, fault=None)
    assert "spare" not in [line.id for line in crossed(led)]
    line = led.pack.red_lines["spare"]
    half = {name: why for name, why in line.exceptions.items() if name == "start"}
    pack = led.pack._replace(red_lines={"spare": line._replace(exceptions=half)})
    assert [each.id for each in crossed(Decided(*led._replace(pack=pack)))] == ["spare", "never_free"]


@pytest.mark.parametrize(
    ("beside", "answers", "lines"),
    [
        ((), {"paid": True, "fault": "us"}, ["spare"]),
        (("refund",), {"paid": True, "fault": "us"}, ["spare"]),
        (("refund", "apology"), {"paid": True, "fault": "us"}, ["spare"]),
        # That action does not apply, and so the case does not end with its mark.
        (("refund",), {"start": "end", "paid": False, "fault": "us"}, []),
        # It may apply.
        (("refund",), {"start": "end", "fault": "us"}, ["spare"]),
    ],
)
def test_a_line_may_speak_only_of_cases_that_end_with_certain_marks(
    beside: tuple[str, ...], answers: dict[str, object], lines: list[str]
) -> None:
    ended = case(**answers)  # type: ignore[arg-type]
    line = ended.pack.red_lines["spare"]._replace(when=None, exceptions={}, beside=beside, never=("apology",))
    changed = Decided(*ended._replace(pack=ended.pack._replace(red_lines={"spare": line})))
    assert [each.id for each in crossed(changed) if each.id == "spare"] == lines


def test_no_case_of_the_pack_that_ships_is_reported() -> None:
    assert [(line.id, case.answers) for case in every_case() for line in crossed(case)] == []
