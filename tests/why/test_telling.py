"""How stretches of numbers and ticks are told, and what is too large to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playbook.diagnostics import PlaybookError
from playbook.engine import Decided, walk
from playbook.why.answering import explained
from playbook.why.telling import rows
from playbook.words import words
from tests.worlds import pack, protocol

if TYPE_CHECKING:
    from playbook.protocol import Answer

LOWER = """\
questions:
  stars: {ask: Stars?, number: {min: 1, max: 9}, worse: lower}
  ticks: {ask: Ticks?, choices: {a: A, b: B}, many: true, unknown: true}
steps:
  s: {ask: stars, then: t}
  t: {ask: ticks, then: u}
  u:
    check:
      - {when: stars < 2, then: low}
      - {when: stars == 5, then: five}
      - {when: ticks is unknown, then: open}
      - {when: 3 <= stars < 5, then: some}
      - {then: high}
"""


def told(**answers: Answer) -> list[str]:
    found = pack(protocol(LOWER, outcomes="low five open some high"))
    case = walk(found, "p", answers)
    assert isinstance(case, Decided)
    return [f"{' ' * each.indent}{each.text}" for each in rows(explained(case), words("en"))]


def test_numbers_that_lead_alike_are_told_as_stretches_also_where_lower_is_worse() -> None:
    lines = told(stars=7, ticks=("a",))
    at = lines.index("  · Stars? 7")
    assert lines[at + 1 : at + 5] == [
        "      1 → T (routine)",
        "      3 to 4 → T (routine)",
        "      5 → T (routine)",
        "      2 or 6 or more → the same",
    ]


def test_where_it_matters_only_that_something_is_known_no_tick_counts() -> None:
    assert "  · Ticks? A (no matter which)" in told(stars=7, ticks=("a",))


def test_where_nothing_is_known_each_tick_alone_is_told() -> None:
    lines = told(stars=7, ticks=None)
    assert lines[lines.index("  · Ticks? I don't know") + 1] == "      None or A or B → T (routine)"


def test_a_protocol_that_is_too_large_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playbook.why.decisive.MOST_SETS", 0)
    with pytest.raises(PlaybookError) as refused:
        told(stars=7, ticks=())
    (fault,) = refused.value.diagnostics
    assert (fault.code, fault.message) == ("PB558", "`p` is too large to tell what was decisive")
