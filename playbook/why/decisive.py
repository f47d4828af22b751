"""Which answers of a case were decisive: the fewest that lead where it ended by themselves, whatever the others are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.record import Record
from playbook.regions.diagram import BOTTOM, Spent
from playbook.why.situation import Sort, merged

if TYPE_CHECKING:
    from playbook.protocol import Answer, Question, Target
    from playbook.why.situation import Situation

    Fewest = tuple[int, tuple[int, ...]]

MOST_SETS = 50_000
"""How many sets of open cases are looked at before it counts as too large."""


class Turn(Record):
    """Other answers to a question, all else being equal, and where they may lead."""

    sorts: tuple[Sort, ...]
    outcomes: tuple[Target, ...]


class Weight(Record):
    """An answer that the case needed, and what it weighed."""

    question: Question
    answer: Answer
    decisive: bool
    """Whether it is one of the fewest that lead here, whatever the others are."""
    counts: tuple[str, ...]
    """Of a decisive `many`, the choices of which it counted whether they are ticked."""
    turns: tuple[Turn, ...]
    """Where other answers would have led; those that lead here too come last."""
    same: bool
    """Whether the last of these lead here too."""


def weights(situation: Situation) -> tuple[Weight, ...]:
    """What each answer weighed that a case needed, in the order in which they were asked."""
    names = situation.needed(situation.answers)
    kept = frozenset(_fewest(situation, names))
    return tuple(_weight(situation, name, kept) for name in names)


def _weight(situation: Situation, name: str, kept: frozenset[int]) -> Weight:
    axis, answer = situation.space.axes[name], situation.answers[name]
    question, levels = axis.question, situation.levels(name)
    counts: tuple[str, ...] = ()
    if question.kind == p.MANY and answer is not None:
        counts = tuple(each for level, each in zip(levels[1:], question.ids, strict=True) if level in kept)
    decisive = not kept.isdisjoint(levels)
    turns = _turns(situation, name) if decisive else ()
    same = any(each.outcomes == (situation.outcome,) for each in turns)
    return Weight(question, answer, decisive, counts, turns, same)


def _turns(situation: Situation, name: str) -> tuple[Turn, ...]:
    """Where other answers to a question would have led, all else being equal."""
    question, answer = situation.space.axes[name].question, situation.answers[name]
    around, found = situation.around(name, situation.answers), dict[tuple[p.Target, ...], list[Sort]]()
    for sort, values in situation.sorts(name, answer):
        itself = sort.answer == answer or (
            question.kind == p.NUMBER and answer is not None and sort.low == answer == sort.high
        )
        if not itself or question.kind == p.NUMBER:
            found.setdefault(situation.reached(situation.graph.fixed(around, values)), []).append(sort)
    here = (situation.outcome,)
    turns = [Turn(merged(question, sorts), outcomes) for outcomes, sorts in found.items()]
    return tuple(sorted(turns, key=lambda each: each.outcomes == here))


def _kept(situation: Situation, name: str) -> range:
    """The levels by which an answer can be kept: who does not know what to tick has ticked nothing and left nothing."""
    levels = situation.levels(name)
    return levels if situation.answers[name] is not None else levels[:1]


def _fewest(situation: Situation, names: tuple[str, ...]) -> tuple[int, ...]:
    """The fewest levels whose values lead where the case ended, whatever the others are."""
    graph, at, values = situation.graph, situation.space.at, situation.values
    fixable = {level for name in names for level in _kept(situation, name)}
    region = graph.where(situation.ends, graph.leaf(situation.outcome))
    made: dict[frozenset[int], Fewest | None] = {}

    def look(nodes: frozenset[int]) -> Fewest | None:
        """Of cases of which each may still be so: the fewest levels that keep all of them."""
        if 0 in nodes:
            return None
        if nodes not in made:
            if len(made) >= MOST_SETS:
                raise Spent
            made[nodes] = chosen(nodes)
        return made[nodes]

    def chosen(nodes: frozenset[int]) -> Fewest | None:
        level = min((graph.level[each] for each in nodes), default=BOTTOM)
        if level == BOTTOM:
            return 0, ()
        here = [each for each in nodes if graph.level[each] == level]
        rest = nodes.difference(here)
        first = int(at[level].level == level)  # what is not asked here is asked elsewhere: any answer counts
        free = look(frozenset((*rest, *(kid for each in here for kid in graph.kids[each][first:]))) - {1})
        if level not in fixable or (free is not None and not free[0]):
            return free
        fixed = look(frozenset((*rest, *(graph.kids[each][values[level]] for each in here))) - {1})
        if fixed is None or (free is not None and free[0] <= fixed[0] + 1):
            return free
        return fixed[0] + 1, (level, *fixed[1])

    found = look(frozenset((region,)) - {1})
    if found is None:  # pragma: no cover - all answers together lead there, or the diagrams were wrong
        raise AssertionError(situation.answers)
    return found[1]
