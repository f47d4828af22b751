"""How long cases take at most: the promise, its form, and the longest case as by looking at every one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from playbook.diagnostics import Span
from playbook.engine import Pending, walk
from playbook.proofs import findings as f
from playbook.proofs.longest import lengths, replayed
from playbook.proofs.telling import as_json, told
from playbook.proofs.verifying import Budget, verify
from playbook.protocol import AtMost
from playbook.regions.diagram import Diagrams
from playbook.regions.tree import Tree
from tests.everycase import EveryCase
from tests.random_packs import packs
from tests.worlds import faults, pack, protocol

if TYPE_CHECKING:
    from playbook.engine import Decided
    from playbook.protocol import Pack

BOTH = (AtMost(1, Span("p")), AtMost(1, Span("p"), here=True))


def counted(pack_: Pack, case: Decided) -> tuple[int, int]:
    """How many questions a case takes, and how many of them in the protocol in which it starts."""
    known = dict(pack_.protocols[case.protocol].given)
    every = here = 0
    while isinstance(state := walk(pack_, case.protocol, known), Pending):
        every += 1
        here += state.place.protocol == case.protocol
        known[state.question.id] = case.answers[state.question.id]
    return every, here


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(packs())
def test_the_longest_case_is_as_long_as_the_longest_of_all(pack: Pack) -> None:
    tree = Tree(pack._replace(protocols={name: own._replace(at_most=BOTH) for name, own in pack.protocols.items()}))
    for start in pack.protocols:
        found = lengths(tree, tree.cases(start), start, Diagrams())
        every = [counted(pack, each) for each in EveryCase(pack).cases(start)]
        assert [each.questions for each in found] == [max(one for one, _ in every), max(other for _, other in every)]
        for each in found:
            replayed(tree.pack, each)


LONG = {
    "protocols/p.yaml": protocol(
        """\
        at_most: AT_MOST
        questions: {a: {ask: A, yes_no: true}, b: {ask: B, yes_no: true, worse: yes}}
        steps:
          s: {ask: a, then: {yes: t, no: out}}
          t: {ask: b, then: {yes: {protocol: r}, no: {protocol: r}}}
        """,
        outcomes="out",
    ),
    "protocols/r.yaml": protocol(
        "questions: {c: {ask: C, yes_no: true}}\nsteps: {s: {ask: c, then: {yes: end, no: end}}}\n", "r", "end"
    ),
}


def promising(text: str) -> dict[str, str]:
    return {path: each.replace("AT_MOST", text) for path, each in LONG.items()}


@pytest.mark.parametrize("text", ["3 questions", "2 questions here", "[2 questions here, 3 questions]", "9 questions"])
def test_a_promise_that_is_kept_is_proved(text: str) -> None:
    found = pack(promising(text))
    report = verify(found, ["p"], whole=False)
    assert (report.status, report.findings) == (f.PROVED, ())


@pytest.mark.parametrize(
    ("text", "message", "hint", "case"),
    [
        (
            "2 questions",
            "a case that starts in `p` takes 3 questions, and not at most 2",
            "ask less, or promise `3 questions`",
            {"a": True, "b": False, "c": True},
        ),
        (
            "1 question here",
            "a case in `p` itself takes 2 questions, and not at most 1",
            "ask less, or promise `2 questions here`",
            {"a": True, "b": False, "c": True},
        ),
    ],
)
def test_a_promise_that_is_not_is_broken_by_the_longest_case(
    text: str, message: str, hint: str, case: dict[str, bool]
) -> None:
    report = verify(pack(promising(text)), ["p", "r"], whole=False)
    (finding,) = report.findings
    assert (finding.fault.code, finding.fault.message, finding.fault.hint) == ("PB556", message, hint)
    assert finding.fault.span == Span("protocols/p.yaml", 5, 10)
    (example,) = finding.examples
    assert (example.answers, str(example.outcome)) == (case, "r.end")
    assert report.exit_code == 1
    assert [each["status"] for each in as_json(report, ())["at_most"]] == ["broken"]  # type: ignore[attr-defined]


def test_promises_are_told_with_what_the_longest_case_takes() -> None:
    report = verify(pack(promising("[2 questions here, 4 questions]")), ["p"], whole=False)
    assert [each for each in told(report) if "asks" in each] == [
        "proved: `p` asks at most 2 questions by itself",
        "proved: `p` asks at most 4 questions until a case ends (3)",
    ]


def test_a_promise_of_a_protocol_that_is_too_large_is_not_decided() -> None:
    report = verify(pack(promising("4 questions")), ["p"], whole=False, budget=Budget(looks=5))
    assert "not decided: `p` asks at most 4 questions until a case ends" in list(told(report))
    assert as_json(report, ())["at_most"] == [
        {"protocol": "p", "status": "undecided", "promised": 4, "here": False, "longest": None}
    ]


FORM = "is not a number of questions | `8 questions`, or `4 questions here`"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("8", f"protocols/p.yaml:5:10 PB036 `8` {FORM}"),
        ("none", f"protocols/p.yaml:5:10 PB036 `none` {FORM}"),
        ("[1 question, 0 questions]", f"protocols/p.yaml:5:23 PB036 `0 questions` {FORM}"),
        ("[1 question, 2 questions]", "protocols/p.yaml:5:23 PB036 this is promised twice | leave one out"),
    ],
)
def test_a_promise_that_cannot_be_read_is_refused_with_its_place(text: str, fault: str) -> None:
    assert faults(promising(text)) == [fault]
