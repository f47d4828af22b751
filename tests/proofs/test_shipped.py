"""The red lines of the pack that ships: proved, and a breach of each found with its smallest case.

The same verdicts as by holding them against every case one by one. All of it is done in one pass over the cases, in one
process; and with one diagram, which marks do not change.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest

from playbook.proofs import red_lines
from playbook.proofs.findings import PROVED
from playbook.proofs.verifying import verify
from playbook.regions.tree import Tree
from playbook.regions.truth import Truth
from tests.everycase import EveryCase
from tests.planted import planted, spoilt
from tests.shipped import every_case, shipped

if TYPE_CHECKING:
    from playbook.engine import Decided
    from playbook.protocol import Outcome, Pack, RedLine
    from playbook.regions.tree import Cases

pytestmark = pytest.mark.xdist_group("red lines that ship")
LINES: dict[str, RedLine] = {red_lines.named(owner, line): line for owner, line in red_lines.lines(shipped())}


def test_no_case_crosses_a_red_line() -> None:
    breaches = EveryCase(shipped()).crossed(every_case())
    assert not breaches, "\n".join(map(str, breaches))
    report = verify(shipped(), shipped().protocols, whole=True)
    assert {each.name: each.status for each in report.lines} == dict.fromkeys(LINES, PROVED)
    assert report.status == PROVED, report.findings


class Proof(NamedTuple):
    """All that is built once."""

    tree: Tree
    truth: Truth
    cases: dict[str, Cases]


@cache
def proof() -> Proof:
    tree = Tree(shipped())
    return Proof(tree, Truth(tree.saying), {})


@cache
def victims() -> dict[str, Outcome]:
    """For each red line, the first outcome of a case that it speaks of."""
    every = EveryCase(shipped())
    found: dict[str, Outcome] = {}
    for case in every_case():
        if case.protocol == case.outcome.protocol and len(found) < len(LINES):
            for name, line in every.lines(case):
                if name not in found and every.truth(line, case) is not None:
                    found[name] = case.outcome
    return found


@cache
def starting(protocol: str) -> tuple[Decided, ...]:
    return tuple(each for each in every_case() if each.protocol == protocol)


def alone(pack: Pack, name: str) -> Pack:
    """A pack with only one of its red lines."""
    common = {each: line for each, line in pack.red_lines.items() if each == name}
    owned = {
        own.id: own._replace(
            red_lines={each: line for each, line in own.red_lines.items() if f"{own.id}.{each}" == name}
        )
        for own in pack.protocols.values()
    }
    return pack._replace(red_lines=common, protocols=owned)


@pytest.mark.parametrize("name", LINES)
def test_a_planted_breach_is_found_with_its_smallest_case(name: str) -> None:
    line, victim = LINES[name], victims()[name]
    bad = spoilt(victim, line)
    broken, start = planted(shipped(), bad), victim.protocol
    ours = [each._replace(pack=broken) for each in starting(start)]
    cases = [each._replace(outcome=bad) if each.outcome is victim else each for each in ours]
    (breach,) = EveryCase(broken).crossed(cases, name)
    tree, truth, built = proof()
    if start not in built:
        built[start] = tree.cases(start)
    tree.pack = alone(broken, name)
    (held,) = red_lines.held(tree, truth, start, built[start])
    tree.pack = shipped()
    found = tree.space.smallest(held.crossed)
    assert found is not None
    answers = {each: found[each] for each in found if each not in broken.protocols[start].given}
    assert len(answers) == len(breach.case.answers) - len(broken.protocols[start].given)
    red_lines.replayed(broken, start, answers, line)
