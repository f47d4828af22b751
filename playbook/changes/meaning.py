"""What ending in an outcome comes to, without its words: equal where nothing but texts, names of steps or lines differ.

Of what is to be done or avoided the words count where both versions have them: then it is the same thing, and another
condition is a change of behaviour. Words that only one version has may be the same thing said otherwise.

A condition is there as the node of what it says, so two that are written otherwise and say the same are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.protocol import Outcome, Target
from playbook.record import Record
from playbook.regions.saying import TRUE
from playbook.regions.tree import REFUSED, Ending

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from playbook import protocol as p
    from playbook.conditions.condition import Condition
    from playbook.regions.tree import Tree


class Act(Record):
    """Something to be done or to be avoided; `when` is the node of its condition."""

    owner: str
    within: str
    marks: tuple[str, ...]
    when: int
    words: str
    """What it says, where both versions say so; else empty."""


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
    avoid: tuple[Act, ...]


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

    def __init__(
        self,
        tree: Tree,
        named: Callable[[Target], Target],
        given: Mapping[str, p.Answer],
        kept: Kept,
    ) -> None:
        """Start with none; `named` gives the name that a place has in the new version, `kept` what both say there."""
        self.tree, self.named, self.kept = tree, named, kept
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
        kept = self.kept.at(self.named(place))
        return Meaning(
            self.named(place),
            outcome.level,
            outcome.stance or "",
            tuple(sorted(outcome.marks)),
            tuple(name for name, side in said if side),
            str(outcome.answer_within or ""),
            tuple(sorted(outcome.approval)),
            (after.owner, *(str(each or "") for each in (after.within, after.every, after.lasting))) if after else (),
            tuple(sorted(self.act(each, kept) for part in parts for each in part.actions)),
            tuple(
                sorted(
                    Act("", "", (), self.when(each.when), _words(each.say, kept))
                    for part in parts
                    for each in part.avoid
                )
            ),
        )

    def act(self, action: p.Action, kept: Collection[str]) -> Act:
        """An action, with its words where they are kept."""
        marks = tuple(sorted(action.marks))
        words = _words(action.do, kept)
        return Act(action.owner, str(action.within or ""), marks, self.when(action.when), words)

    def when(self, condition: Condition | None) -> int:
        """What a condition says where this case starts."""
        if condition is None:
            return self.tree.diagrams.leaf(TRUE)
        if condition not in self._whens:
            said = self.tree.saying.condition(condition)
            self._whens[condition] = self.tree.diagrams.fixed(said, self.given)
        return self._whens[condition]


class Kept:
    """What both versions say is to be done or avoided where a case ends; looked at when it is asked for."""

    def __init__(self, base: p.Pack, head: p.Pack, names: Names) -> None:
        """Find what the outcomes of the new version were called."""
        self.packs = (base, head)
        self.olds = {new: old for old, new in names.outcomes.items()}
        self.protocols = {new: old for old, new in names.protocols.items()}
        self._found: dict[Target, Collection[str]] = {}

    def at(self, new: Target) -> Collection[str]:
        """What both say at an outcome, by its name in the new version."""
        if new not in self._found:
            old = self.olds.get(new) or Target(self.protocols.get(new.protocol, new.protocol), new.name)
            places = [pack.places.get(each) for pack, each in zip(self.packs, (old, new), strict=True)]
            both = [{*_said(pack, each)} for pack, each in zip(self.packs, places, strict=True) if each is not None]
            self._found[new] = both[0] & both[1] if len(both) == 2 else ()  # noqa: PLR2004 - both versions
        return self._found[new]


def _said(pack: p.Pack, place: p.Step | p.Outcome) -> Iterable[str]:
    for part in levels(pack, place) if isinstance(place, Outcome) else ():
        yield from (_saying(each.do) for each in part.actions)
        yield from (_saying(each.say) for each in part.avoid)


def _saying(text: p.Text) -> str:
    return repr(sorted(text.by_locale.items()))


def _words(text: p.Text, kept: Collection[str]) -> str:
    said = _saying(text)
    return said if said in kept else ""


def levels(pack: p.Pack, outcome: p.Outcome) -> Iterable[p.Pack | p.Shared | p.Protocol | p.Outcome]:
    """The places from which the actions and avoids of an outcome add up."""
    own = pack.protocols[outcome.protocol]
    return (pack, *(pack.shared[name] for name in own.use), own, outcome)
