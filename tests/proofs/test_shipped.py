"""The red lines of the pack that ships: the same verdicts as holding them against every case one by one."""

from __future__ import annotations

import pytest

from playbook.proofs.findings import BROKEN
from playbook.proofs.verifying import verify
from tests import test_red_lines as planted
from tests.everycase import EveryCase
from tests.shipped import every_case, shipped


def test_the_same_red_lines_are_crossed() -> None:
    brute = {each.line for each in EveryCase(shipped()).crossed(every_case())}
    report = verify(shipped(), shipped().protocols, whole=True)
    assert {each.name for each in report.lines} == planted.LINES.keys()
    assert {each.name for each in report.lines if each.status == BROKEN} == brute
    crossings = [each for each in report.findings if each.fault.code == "PB551"]
    assert [len(each.examples) for each in crossings] == [1] * len(brute)


@pytest.mark.parametrize("name", planted.LINES)
def test_a_planted_breach_is_found_with_as_few_answers(name: str) -> None:
    line, every = planted.LINES[name], EveryCase(shipped())
    victim = next(
        case.outcome
        for case in every_case()
        if case.protocol == case.outcome.protocol and planted._speaks(every, name, line, case)
    )
    spoilt = planted._spoilt(victim, line)
    spoilt = spoilt._replace(marks=(*spoilt.marks, *line.beside))
    broken, start = planted._with(shipped(), spoilt), victim.protocol
    cases = [each._replace(pack=broken) for each in every_case() if each.protocol == start]
    cases = [each._replace(outcome=spoilt) if each.outcome is victim else each for each in cases]
    (breach,) = EveryCase(broken).crossed(cases, name)
    report = verify(broken, (start,), whole=False)
    assert name in [each.name for each in report.lines if each.status == BROKEN]
    (found,) = [each for each in report.findings if f"`{name}`" in each.fault.message]
    assert len(found.examples[0].answers) == len(breach.case.answers) - len(broken.protocols[start].given)
