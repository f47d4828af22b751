"""How a joint case differs: what is told of it, and whether the new version is milder, stricter or neither.

Cases that differ alike have equal differences, wherever they end, and are told together.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from playbook.changes.joining import SAME, Joint
from playbook.changes.meaning import Act, Meaning
from playbook.protocol import Target, duration
from playbook.record import Record
from playbook.regions.diagram import BOTTOM
from playbook.regions.saying import TRUE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from playbook.regions.diagram import Diagrams
    from playbook.regions.space import Space

MILDER, STRICTER, SIDEWAYS = "milder", "stricter", "sideways"
OUTCOME, LEVEL, ACTIONS, VISIBILITY, APPROVAL = "outcome", "level", "actions", "visibility", "approval"
ASKED, DEADLINE, FOLLOW_UP, STANCE, MARKS, AVOID = "asked", "answer_within", "follow_up", "stance", "marks", "avoid"
AFTERWARDS = "afterwards"
"""What applies is another by answers that are asked for after the outcome."""
Deed = tuple[str, str, tuple[str, ...], bool, str]
"""An action that applies: its owner, deadline and marks, whether it is sure to apply, and its words if both say so."""


class Difference(Record):
    """What is otherwise; only what differs is there."""

    before: Target | None = None
    after: Target | None = None
    """Another outcome; then nothing else is told, as it follows from that."""
    levels: tuple[int, int] | None = None
    fields: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()
    """Other things by their kind, as they were and as they are."""
    fewer: tuple[Deed, ...] = ()
    more: tuple[Deed, ...] = ()
    """Actions that no longer apply, and actions that do now."""
    asked: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()
    """Questions that are newly asked, and that are no longer."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """What kinds of things differ."""
        found = [OUTCOME] if self.before else []
        found += [LEVEL] if self.levels else []
        found += [ACTIONS] if self.fewer or self.more else []
        found += [name for name, _, _ in self.fields]
        return (*found, *([ASKED] if self.asked or self.dropped else ()))

    @property
    def direction(self) -> str:
        """Milder where the level is lower, stricter where it is higher; else by what speaks for one of them alone."""
        if self.levels is not None and self.levels[0] != self.levels[1]:
            return MILDER if self.levels[1] < self.levels[0] else STRICTER
        found = {each for each in self._leanings() if each}
        return found.pop() if len(found) == 1 else SIDEWAYS

    def _leanings(self) -> Iterable[str]:
        if self.before:
            yield SIDEWAYS
        for name, before, after in self.fields:
            yield _leaning(name, before, after)
        if self.fewer or self.more:
            yield _of_deeds(self.fewer, self.more)


def _leaning(name: str, before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """Which way a field leans: more approval and shorter deadlines are stricter."""
    if name == APPROVAL and set(before) != set(after):
        if set(before) < set(after):
            return STRICTER
        return MILDER if set(after) < set(before) else SIDEWAYS
    if name == DEADLINE:
        return _sooner(before[0] if before else "", after[0] if after else "")
    if name == FOLLOW_UP and not (before and after):
        return STRICTER if after else MILDER
    return SIDEWAYS


def _sooner(before: str, after: str) -> str:
    if not (before and after):
        return STRICTER if after else MILDER
    old, new = duration(before), duration(after)
    if old is None or new is None or old.minutes == new.minutes:
        return SIDEWAYS
    return STRICTER if new.minutes < old.minutes else MILDER


def _of_deeds(fewer: tuple[Deed, ...], more: tuple[Deed, ...]) -> str:
    """More to be done is stricter, less is milder; where only the deadline of one differs, it counts."""
    if not (fewer and more):
        return STRICTER if more else MILDER
    if len(fewer) == len(more) == 1 and (fewer[0][0], *fewer[0][2:]) == (more[0][0], *more[0][2:]):
        return _sooner(fewer[0][1], more[0][1])
    return SIDEWAYS


class Differing:
    """Joint cases on their way to what is told of them."""

    def __init__(self, space: Space, never: Mapping[int, int]) -> None:
        """`never` are the values of the levels that neither version asks for before the outcome."""
        self.space, self.graph, self.never = space, space.diagrams, never
        self.later: dict[Difference, int] = {}
        """Of what only differs by answers that are asked for after the outcome: the answers by which it does."""

    def differing(self, function: int) -> int:
        """Joint cases with their Difference for leaves, SAME where there is none; the refused ones stay as they are."""
        graph, found = self.graph, 0
        for leaf in graph.leaves(function):
            joint = graph.value[leaf]
            if isinstance(joint, Joint):
                found = graph.union(found, graph.within(graph.where(function, leaf), self._told(joint)))
        return found

    def _told(self, joint: Joint) -> int:
        """The Difference of cases that lead to the same two meanings, by what their actions rest on."""
        graph, before, after = self.graph, joint.before, joint.after
        if joint.refused or joint == SAME:
            return graph.leaf(joint)
        if not isinstance(before, Meaning) or not isinstance(after, Meaning):
            return graph.leaf(Difference(asked=joint.more, dropped=joint.less))
        told = Difference(levels=(before.level, after.level) if before.level != after.level else None)
        if before.outcome != after.outcome:
            return graph.leaf(told._replace(before=before.outcome, after=after.outcome))
        told = told._replace(fields=tuple(_fields(before, after)), asked=joint.more, dropped=joint.less)
        acts = _applying(graph, *_only(before.actions, after.actions))
        avoids = _applying(graph, *_only(before.avoid, after.avoid))
        found = graph.fixed(graph.join(_with_avoids, graph.mapped(_with_deeds(told), acts), avoids), self.never)
        for kind, part in ((ACTIONS, acts), (AVOID, avoids)):
            by_answers = graph.mapped(_unequal, part)
            if by_answers:
                afterwards = Difference(fields=((AFTERWARDS, (kind,), (kind,)),))
                self.later[afterwards] = graph.either(self.later.get(afterwards, 0), by_answers)
                perhaps = graph.fixed(self._completed(by_answers), self.never)
                found = graph.join(_unless_told(afterwards), found, perhaps)
        return found

    def _completed(self, region: int) -> int:
        """The cases that some answers to what was not asked bring into a set."""
        graph, made = self.graph, dict[int, int]()

        def look(node: int) -> int:
            level = graph.level[node]
            if level == BOTTOM:
                return node
            if node not in made:
                kids = [look(each) for each in graph.kids[node]]
                axis, any_ = self.space.at[level], 0
                if axis.level == level:
                    for each in kids[1:]:
                        any_ = graph.either(any_, graph.forgotten(each, range(axis.end, BOTTOM)))
                    kids[0] = any_
                made[node] = graph.node(level, kids)
            return made[node]

        return look(region)


def _fields(before: Meaning, after: Meaning) -> Iterable[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """What differs of an outcome itself."""
    for name, one, other in (
        (VISIBILITY, before.said, after.said),
        (APPROVAL, before.approval, after.approval),
        (DEADLINE, _one(before.answer_within), _one(after.answer_within)),
        (FOLLOW_UP, before.follow_up, after.follow_up),
        (STANCE, _one(before.stance), _one(after.stance)),
        (MARKS, before.marks, after.marks),
    ):
        if one != other:
            yield name, one, other


def _one(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _only(before: Iterable[Act], after: Iterable[Act]) -> tuple[list[Act], list[Act]]:
    """The actions that only one version has."""
    one, other = Counter(before), Counter(after)
    return [*(one - other).elements()], [*(other - one).elements()]


def _applying(graph: Diagrams, before: list[Act], after: list[Act]) -> int:
    """Those of these actions that apply in one version only, by the answers: pairs of tuples of Deeds."""
    found = graph.leaf(((), ()))
    for side, acts in enumerate((before, after)):
        for act in acts:
            found = graph.join(_adding(side, act), found, act.when)
    return graph.mapped(_less_common, found)


def _adding(side: int, act: Act) -> Callable[[object, object], object]:
    def added(found: tuple[tuple[Deed, ...], tuple[Deed, ...]], said: tuple[object, object]) -> object:
        if said[1] is True or (said[0] is False and said[1] is False):
            return found
        both = list(found)
        both[side] = (*both[side], (act.owner, act.within, act.marks, said == TRUE, act.words))
        return tuple(both)

    return added  # type: ignore[return-value] # leaves are what they are


def _less_common(found: tuple[tuple[Deed, ...], tuple[Deed, ...]]) -> object:
    one, other = Counter(found[0]), Counter(found[1])
    return tuple(sorted((one - other).elements())), tuple(sorted((other - one).elements()))


def _unequal(found: tuple[tuple[Deed, ...], tuple[Deed, ...]]) -> bool:
    return found != ((), ())


def _unless_told(afterwards: Difference) -> Callable[[object, object], object]:
    return lambda told, perhaps: afterwards if perhaps and told == SAME else told


def _with_deeds(told: Difference) -> Callable[[object], object]:
    return lambda found: told._replace(fewer=found[0], more=found[1])  # type: ignore[index] # a pair


def _with_avoids(told: Difference, found: tuple[tuple[Deed, ...], tuple[Deed, ...]]) -> object:
    """The avoids are only counted: how many applied, and how many do."""
    if found != ((), ()):
        told = told._replace(fields=(*told.fields, (AVOID, (str(len(found[0])),), (str(len(found[1])),))))
    return SAME if told == NOTHING else told


NOTHING = Difference()
