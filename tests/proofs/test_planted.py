"""Faults planted in one rule of ten of a generated protocol: all are found, and nothing else is.

`make planted` does the same with 500 rules.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from playbook.engine import Decided, walk
from playbook.proofs.findings import PROVED
from playbook.proofs.verifying import verify
from tests.many_rules import Rules, generated, planted

if TYPE_CHECKING:
    from playbook.proofs.findings import Example, Report
    from playbook.protocol import Answer, Pack

RULES = int(os.environ.get("PLANTED_RULES", "40"))


def report(rules: Rules) -> tuple[Pack, dict[int, int], Report]:
    pack, places = rules.built()
    return pack, places, verify(pack, ["p"], whole=True)


def number(rules: Rules, answers: dict[str, Answer]) -> int:
    """The number of the rule in whose box these answers are."""
    for at, rule in enumerate(rules.rules):
        if all(low <= _place(answers[name]) < high for name, (low, high) in rule.box.parts.items()):
            return at
    raise AssertionError(answers)


def _place(answer: Answer) -> int:
    return int(answer.removeprefix("c")) if isinstance(answer, str) else int(answer)  # type: ignore[arg-type]


def case(pack: Pack, example: Example) -> dict[str, Answer]:
    ended = walk(pack, "p", example.answers)
    assert isinstance(ended, Decided)
    return dict(example.answers)


@pytest.mark.parametrize("seed", [1, 2])
def test_in_a_protocol_without_fault_nothing_is_found(seed: int) -> None:
    _, _, told = report(generated(RULES, seed))
    assert (told.status, told.findings) == (PROVED, ())
    assert {each.status for each in told.lines} == {PROVED}


@pytest.mark.parametrize("seed", [1, 2])
def test_every_planted_fault_is_found_and_nothing_else(seed: int) -> None:
    rules = planted(generated(RULES, seed), 0.1, seed)
    assert len(rules.gaps) == len(rules.milder) == round(RULES / 10)
    assert rules.overlaps
    while True:
        pack, places, told = report(rules)
        spans = [each.fault.span for each in told.findings if each.fault.code == "PB553"]
        assert {places[span.line] for span in spans if span} == {each + 1 for each in rules.overlaps}
        others = [each for each in told.findings if each.fault.code != "PB553"]
        codes = {each.fault.code for each in others}
        assert codes <= {"PB551", "PB555"}
        assert ("PB551" in codes) == bool(rules.gaps)
        assert "PB555" in codes or not rules.milder
        if not others:
            break
        before = rules
        for finding in others:
            # What falls through a gap may be milder too, or graver than what is worse.
            among = before.gaps if finding.fault.code == "PB551" else before.gaps | before.milder
            found = {number(rules, case(pack, each)) for each in finding.examples} & among
            assert found
            for each in found:
                rules = rules.mended(each)
