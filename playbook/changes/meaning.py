"""What ending in an outcome comes to, without its words: equal where nothing but texts, names of steps or lines differ.

A condition is there as the node of what it says, so two that are written otherwise and say the same are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.protocol import Target
from playbook.record import Record
from playbook.regions.saying import TRUE
from playbook.regions.tree import REFUSED, Ending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from playbook import protocol as p
    from playbook.conditions.condition import Condition
    from playbook.regions.tree import Tree


class Act(Record):
    """An action without its words; `when` is the node of its condition."""

    owner: str
    within: str
    marks: tuple[str, ...]
    when: int


class Meaning(Record):
    """An outcome without its words: under the name that it has in the new version, if it has one."""

    outcome: Target
    level: int
    stance: str
    marks: tuple[str, ...]
    said: tuple[str, ...]
    """Where something is said: `public`, `private`, or `silence`, where that is meant."""
    answer_within: str
    approval: tuple[str, ...]
    follow_up: tuple[str, ...]
    actions: tuple[Act, ...]
    avoid: tuple[int, ...]
    """The conditions of what to avoid."""


class Names(Record):
    """What has another name in the new version, by the old one."""

    questions: Mapping[str, str] = {}
    outcomes: Mapping[Target, Target] = {}
    protocols: Mapping[str, str] = {}
    steps: Mapping[Target, Target] = {}

    def place(self, old: Target) -> Target:
        """A place of the old version by the name that it would have in the new one."""
        found = self.outcomes.get(old) or self.steps.get(old)
        return found or Target(self.protocols.get(old.protocol, old.protocol), old.name)


class Reading:
    """The outcomes of one version as meanings."""

    def __init__(self, tree: Tree, named: Callable[[Target], Target], given: Mapping[str, p.Answer]) -> None:
        """Start with none; `named` gives the name that a place has in the new version."""
        self.tree, self.named = tree, named
        self.given = tree.space.given(given)
        self._whens: dict[Condition, int] = {}

    def ends(self, place: Target) -> int:
        """Where the cases lead that start at a place, as meanings; False for answers that are no case."""
        tree = self.tree
        known = sum(bit for name, bit in tree.space.bits.items() if tree.space.axes[name].level in self.given)
        ends = tree.built(place, known & tree.matter(place))
        return tree.diagrams.mapped(self.of, tree.diagrams.fixed(ends, self.given))

    def of(self, end: object) -> object:
        """What an ending comes to; where there is none, nothing."""
        if not isinstance(end, Ending) or end.outcome == REFUSED:
            return end and REFUSED
        return self._read(end.outcome)

    def _read(self, place: Target) -> Meaning:
        outcome: p.Outcome = self.tree.pack.places[place]  # type: ignore[assignment] # cases end in outcomes
        parts = levels(self.tree.pack, outcome)
        reply, after = outcome.reply, outcome.follow_up
        said = (("public", reply.public), ("private", reply.private), ("silence", reply.silence))
        return Meaning(
            self.named(place),
            outcome.level,
            outcome.stance or "",
            tuple(sorted(outcome.marks)),
            tuple(name for name, side in said if side),
            str(outcome.answer_within or ""),
            tuple(sorted(outcome.approval)),
            (after.owner, *(str(each or "") for each in (after.within, after.every, after.lasting))) if after else (),
            tuple(sorted(self.act(each) for part in parts for each in part.actions)),
            tuple(sorted(self.when(each.when) for part in parts for each in part.avoid)),
        )

    def act(self, action: p.Action) -> Act:
        """An action without its words."""
        marks = tuple(sorted(action.marks))
        return Act(action.owner, str(action.within or ""), marks, self.when(action.when))

    def when(self, condition: Condition | None) -> int:
        """What a condition says where this case starts."""
        if condition is None:
            return self.tree.diagrams.leaf(TRUE)
        if condition not in self._whens:
            said = self.tree.saying.condition(condition)
            self._whens[condition] = self.tree.diagrams.fixed(said, self.given)
        return self._whens[condition]


def levels(pack: p.Pack, outcome: p.Outcome) -> Iterable[p.Pack | p.Shared | p.Protocol | p.Outcome]:
    """The places from which the actions and avoids of an outcome add up."""
    own = pack.protocols[outcome.protocol]
    return (pack, *(pack.shared[name] for name in own.use), own, outcome)
