"""Lines of one check that are both true of some case are told once, each with such a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from hypothesis import given, settings

from playbook.engine import walk
from playbook.proofs import overlapping
from playbook.proofs.overlapping import overlaps, shadowed
from playbook.proofs.telling import as_json
from playbook.proofs.verifying import verify
from playbook.protocol import Target
from playbook.regions.diagram import Spent
from tests.lined_packs import FEW, lined_packs
from tests.worlds import pack as packed
from tests.worlds import protocol

if TYPE_CHECKING:
    import pytest

    from playbook.protocol import Line, Pack

SHARED = (
    "questions:\n  days: {ask: D, number: {min: 0, max: 60}, worse: lower}\n  ours: {ask: O, yes_no: true}\n"
    "  loud: {ask: L, yes_no: true}\nfirst:\n  - {when: loud, then: p.x}\n  - {when: loud and ours, then: p.y}\n"
)
STEPS = """\
use: [s]
steps:
  a: {ask: ours, then: {yes: t, no: t}}
  t:
    check:
      - {when: days > 30, then: x}
      - {when: days > 20 and ours, then: y}
      - {when: days > 40, then: y}
      - {when: days < 30 and loud, then: x}
      - {then: z}
"""


def small() -> Pack:
    files = {"protocols/shared/s.yaml": SHARED, "protocols/p.yaml": protocol(STEPS, outcomes="x y z")}
    return packed({**files, "protocols/q.yaml": protocol("use: [s]\nsteps:\n  a: {ask: ours, then: p.t}\n", "q", "x")})


def test_each_overlap_is_told_once_with_a_case() -> None:
    pack = small()
    found = overlaps(pack, pack.protocols)
    told = [(str(each.place), each.first.when, each.second.when, dict(each.answers)) for each in found.every]
    assert [(place, one and one.text, two and two.text, answers) for place, one, two, answers in told] == [
        ("p.", "loud", "loud and ours", {"loud": True, "ours": True}),
        ("p.t", "days > 30", "days > 20 and ours", {"loud": False, "ours": True, "days": 60}),
        ("p.t", "days > 30", "days > 40", {"loud": False, "ours": True, "days": 60}),
    ]


def test_programs_are_told_where_both_lines_stand_and_lead() -> None:
    pack = small()
    told = as_json(verify(pack, pack.protocols, whole=True), (), overlaps(pack, ["p"]))["overlaps"]
    assert isinstance(told, dict)
    assert told["left_out"] == []
    assert told["lines"][0]["step"] is None
    assert told["lines"][1] == {
        "protocol": "p",
        "step": "p.t",
        "first": {"file": "protocols/p.yaml", "line": 10, "column": 9, "then": "p.x"},
        "second": {"file": "protocols/p.yaml", "line": 11, "column": 9, "then": "p.y"},
        "answers": {"loud": False, "ours": True, "days": 60},
    }


ABOVE = """\
questions:
  days: {ask: D, number: {min: 0, max: 9}, unknown: true}
  ours: {ask: O, yes_no: true, unknown: true}
  loud: {ask: L, yes_no: true}
steps:
  s:
    check:
      - {when: ours, then: z}
      - {unknown: z}
      - {when: days is known, then: z}
      - {when: loud, then: x}
      - {when: loud is known, then: y}
      - {when: days is known and days > 3, then: y}
      - {then: z}
"""


def text(line: Line) -> str:
    assert line.when is not None
    return line.when.text


def test_a_case_is_told_only_of_lines_whose_order_counts_where_no_line_above_takes_it() -> None:
    pack = packed(protocol(ABOVE, outcomes="x y z"))
    found = [(text(each.first), text(each.second), dict(each.answers)) for each in overlaps(pack, ["p"]).every]
    told = [each for each in found if each[0] == "loud"]
    assert told == [("loud", "loud is known", {"ours": False, "days": None, "loud": True})]


@settings(max_examples=FEW)
@given(lined_packs())
def test_both_lines_are_true_of_the_case_that_is_told(pack: Pack) -> None:
    for each in overlaps(pack, pack.protocols).every:
        case = walk(pack, each.protocol, each.answers)
        assert each.first.span in [passed.span for passed in case.path]
        for line in (each.first, each.second):
            assert line.when is not None
            assert line.when.is_true({**case.answers}) is True


def test_a_protocol_of_too_many_boxes_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def spent(*_: object, **__: object) -> NoReturn:
        raise Spent

    pack = small()
    assert shadowed(pack, pack.protocols) == {(Target("p", ""), 1), (Target("q", ""), 1), (Target("p", "t"), 2)}
    monkeypatch.setattr(overlapping, "look", spent)
    assert overlaps(pack, pack.protocols) == ((), ("p", "q"))
    assert shadowed(pack, pack.protocols) == set()


def test_a_line_in_vain_is_told_with_what_leaves_it_nothing() -> None:
    pack = small()
    found = verify(pack, pack.protocols, whole=True).findings
    told = [each.fault for each in found if each.fault.code == "PB553"]
    assert [(each.span and each.span.line, each.hint) for each in told] == [
        (7, "lines above it take all its cases: move it up, or leave it out"),
        (12, "lines above it take all its cases: move it up, or leave it out"),
        (13, "earlier answers leave it no case: leave it out, or mend those"),
    ]
