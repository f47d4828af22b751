from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playbook.diagnostics import Diagnostic, Span
from playbook.proofs import findings as f
from playbook.proofs.telling import scenario, told
from playbook.protocol import Target

if TYPE_CHECKING:
    from playbook.protocol import Answer

REPORT = f.Report(starts=(), lines=(), worse=(), whole=False, findings=())
SPAN = Span("protocols/p.yaml", 3, 5)


@pytest.mark.parametrize(
    ("answer", "written"),
    [
        (None, "null"),
        (True, "yes"),
        (False, "no"),
        (12, "12"),
        ("us", "us"),
        ("null", '"null"'),
        ("some text", '"some text"'),
        ((), "[]"),
        (("fire", "true"), '[fire, "true"]'),
    ],
)
def test_an_answer_is_written_so_that_it_is_read_as_it_was(answer: Answer, written: str) -> None:
    example = f.Example("n", "p", {"q": answer}, Target("p", "a"))
    assert list(scenario(example)) == ["- name: n", f"  answers: {{q: {written}}}", "  expect: {outcome: a}"]


def test_the_channel_stands_beside_the_answers_and_an_outcome_elsewhere_with_its_protocol() -> None:
    example = f.Example("n", "p", {"channel": "x", "q": 1}, Target("q", "a"))
    assert list(scenario(example)) == ["- name: n", "  channel: x", "  answers: {q: 1}", "  expect: {outcome: q.a}"]


def test_what_holds_of_the_whole_pack_is_told_once() -> None:
    assert list(told(REPORT._replace(worse=("n", "m"), whole=True))) == [
        "proved: a worse answer never leads to a lower level, for `n`, `m`",
        "proved: no line, step, outcome or question is in vain",
    ]


@pytest.mark.parametrize(("count", "said"), [(1, "1 other finding"), (2, "2 other findings")])
def test_a_finding_without_a_case_is_told_with_its_place_and_its_cure(count: int, said: str) -> None:
    finding = f.Finding(Diagnostic("PB553", "no case takes this line of `p.s`", SPAN, "leave it out"))
    assert list(told(REPORT._replace(findings=(finding,) * count, whole=True))) == [
        *("", "protocols/p.yaml:3:5: error: no case takes this line of `p.s` [PB553]", "  hint: leave it out") * count,
        "",
        said,
    ]


def test_red_lines_that_hold_and_that_do_not_are_counted() -> None:
    every = [
        f.Line(name, SPAN, status, f.Extent(1, 1), spoken_of=True)
        for name, status in (("a", f.PROVED), ("b", f.BROKEN))
    ]
    finding = f.Finding(Diagnostic("PB551", "a case crosses the red line `b`", SPAN, "change it"))
    lines = list(told(REPORT._replace(lines=tuple(every), findings=(finding,))))
    assert lines[0] == "proved: `a`, over 1 way / 1 combination"
    assert lines[-1] == "1 of 2 red lines proved, 1 broken"
