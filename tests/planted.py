"""The pack that ships with a breach of a red line planted in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p

if TYPE_CHECKING:
    from playbook.protocol import Action, Outcome, Pack, RedLine


def spoilt(outcome: Outcome, line: RedLine) -> Outcome:
    """The outcome with what the line speaks of and what it forbids, and without what it demands."""
    kept = tuple(mark for mark in outcome.marks if mark not in line.always)
    actions = tuple(
        each._replace(marks=tuple(mark for mark in each.marks if mark not in line.always)) for each in outcome.actions
    )
    return outcome._replace(marks=(*kept, *line.beside, *line.never), actions=actions)


def planted(pack: Pack, outcome: Outcome) -> Pack:
    """The pack with this outcome; what the pack and shared files add to it carries no marks."""
    protocol = pack.protocols[outcome.protocol]
    outcomes = {**protocol.outcomes, outcome.id: outcome}
    shared = {name: each._replace(actions=_unmarked(each.actions)) for name, each in pack.shared.items()}
    return pack._replace(
        actions=_unmarked(pack.actions),
        protocols={**pack.protocols, protocol.id: protocol._replace(outcomes=outcomes)},
        places={**pack.places, p.Target(protocol.id, outcome.id): outcome},
        shared=shared,
    )


def _unmarked(actions: tuple[Action, ...]) -> tuple[Action, ...]:
    return tuple(each._replace(marks=()) for each in actions)
