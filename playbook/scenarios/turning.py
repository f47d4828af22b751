"""Where a case turned: the line of its path that led away from where it was expected to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.cascade import targets
from playbook.protocol import Check, Outcome, Target

if TYPE_CHECKING:
    from playbook.engine import Decided, Pending
    from playbook.protocol import Pack, Passed


def turned(case: Pending | Decided, wanted: Target) -> Passed | None:
    """The step of a path whose line led to where `wanted` is out of reach; None where none did.

    Out of reach is what no line leads to, whatever is answered.
    """
    able = _leading_to(case.pack, wanted)
    for passed in case.path:
        if passed.then not in able:
            return passed if able.intersection(targets(passed.step)) else None
    return None


def strayed(case: Pending | Decided, wanted: tuple[Target, ...]) -> Passed | None:
    """The step after which a path goes on otherwise than `wanted`; None where it starts otherwise, or goes on alike."""
    before: Passed | None = None
    rest = iter(wanted)
    for passed in case.path:
        if not is_entry(case.pack, passed) and place(passed) != next(rest, None):
            return before
        before = passed
    return before if next(rest, None) is not None else None


def steps(case: Pending | Decided) -> tuple[Target, ...]:
    """The steps that a case went through; the first lines of shared files are not among them."""
    return tuple(place(passed) for passed in case.path if not is_entry(case.pack, passed))


def place(passed: Passed) -> Target:
    """Where a step stands."""
    return Target(passed.protocol, passed.step.id)


def is_entry(pack: Pack, passed: Passed) -> bool:
    """Whether a step is made of the first lines of shared files, and not one of the protocol's own."""
    return passed.step is pack.protocols[passed.protocol].entry


def line_of(passed: Passed) -> str:
    """The line that decided, in words: `line 2` of a check, the answer of a step that asks."""
    if isinstance(passed.step, Check):
        return f"line {int(passed.taken) + 1}"
    return f"`{passed.taken or 'any answer'}`"


def told(passed: Passed) -> str:
    """The line that decided, its step and where it stands: what a finding says of it."""
    return f"{line_of(passed)} of `{place(passed)}`, {passed.span}"


def _leading_to(pack: Pack, wanted: Target) -> frozenset[Target]:
    """Every place from which lines lead to `wanted`, itself included."""
    found = {wanted}
    grown = True
    while grown:
        grown = False
        for where, step in reversed([*pack.places.items()]):  # lines lead on, so one pass finds nearly all
            if where not in found and not isinstance(step, Outcome) and found.intersection(targets(step)):
                found.add(where)
                grown = True
    return frozenset(found)
