"""Answers why a case ended as it did: all that is told of it, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.diagnostics import Diagnostic, PlaybookError, did_you_mean
from playbook.record import Record
from playbook.regions.diagram import Spent
from playbook.why.decisive import weights
from playbook.why.nearest import nearest, possible
from playbook.why.situation import Situation

if TYPE_CHECKING:
    from playbook.engine import Decided
    from playbook.protocol import Outcome, Pack, Target
    from playbook.why.decisive import Weight
    from playbook.why.nearest import Nearest


class Explained(Record):
    """Why a case ended as it did."""

    case: Decided
    weights: tuple[Weight, ...]
    possible: tuple[Target, ...]
    """Every outcome that answers lead to from the same start."""
    wanted: Target | None
    outcome: Outcome | None
    """The outcome that is wanted."""
    nearest: Nearest | None
    """The nearest case with it, or with any other outcome; None where no answers lead there, or these do."""

    @property
    def there(self) -> bool:
        """Whether the case ends in the wanted outcome."""
        return self.wanted == p.Target(self.case.outcome.protocol, self.case.outcome.id)

    def title(self, locale: str) -> str:
        """What the wanted outcome is called."""
        return self.outcome.title.say(locale) if self.outcome else ""


def explained(case: Decided, wanted: Target | None = None, outcome: Outcome | None = None) -> Explained:
    """Why a case ended as it did, and how it would have come to `wanted`.

    Raises:
        PlaybookError: the protocol is too large to tell.
    """
    try:
        situation = Situation(case)
        there = wanted == situation.outcome
        found = None if there else nearest(situation, wanted)
        return Explained(case, weights(situation), possible(situation), wanted, outcome, found)
    except (Spent, RecursionError):
        message = f"`{case.protocol}` is too large to tell what was decisive"
        raise PlaybookError([Diagnostic("PB558", message, hint="start in a protocol further down")]) from None


def named(pack: Pack, protocol: str, name: str) -> Target:
    """The outcome that a name means: of this protocol, or the only one that is called so.

    Raises:
        PlaybookError: there is none, or there are several.
    """
    own = {each: p.Target(protocol, each) for each in pack.protocols[protocol].outcomes}
    every: dict[str, Target] = {}
    several: dict[str, list[str]] = {}
    for one in pack.protocols.values():
        for each in one.outcomes:
            every[f"{one.id}.{each}"] = p.Target(one.id, each)
            several.setdefault(each, []).append(f"{one.id}.{each}")
    found = own.get(name) or every.get(name)
    if found is not None:
        return found
    called = several.get(name, [])
    if len(called) == 1:
        return every[called[0]]
    if called:
        listed = ", ".join(f"`{each}`" for each in called)
        raise PlaybookError(
            [Diagnostic("PB557", f"several outcomes are called `{name}`", hint=f"name one of {listed}")]
        )
    hint = did_you_mean(name, [*every] if "." in name else [*several])
    raise PlaybookError([Diagnostic("PB557", f"no outcome is called `{name}`", hint=hint)])
