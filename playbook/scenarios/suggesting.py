"""The fewest scenarios that would come through what none comes through, found by walking every case.

Two cases that no condition tells apart count as one, so what is walked is finite. Where there are too many, those that
were walked have to do, and the suggestion says so.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.conditions import expression as ex
from playbook.conditions.condition import atoms
from playbook.engine import Decided, walk
from playbook.record import Record
from playbook.scenarios.coverage import BOUNDARIES, RED_LINES
from playbook.scenarios.fewest import fewest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playbook.conditions.condition import Condition
    from playbook.protocol import Answer, Question
    from playbook.scenarios.coverage import Ground, Item

MOST_WALKS = 10_000
"""How many cases of one protocol are walked, those on the way to an outcome counted too."""
MOST_TICKS = 6
"""How many ticks of one question are told apart in every combination."""


class Suggestion(Record):
    """A case by its answers, and what it comes through that no scenario does."""

    protocol: str
    answers: Mapping[str, Answer]
    items: tuple[Item, ...]


class Suggested(Record):
    """Suggestions; what no case comes through; and whether every case was walked, and no fewer would do."""

    suggestions: tuple[Suggestion, ...]
    left: tuple[Item, ...]
    every: bool
    fewest: bool


def suggest(ground: Ground, protocols: tuple[str, ...], missing: tuple[Item, ...], most: int = MOST_WALKS) -> Suggested:
    """The fewest cases that start in one of these protocols and come through what is `missing`."""
    number = {each.key: at for at, each in enumerate(missing)}
    found: dict[frozenset[int], tuple[str, Mapping[str, Answer]]] = {}
    # What only actions need leads along no other line: it matters to numbers and red lines.
    cases = _Cases(ground, most, details=any(each.kind in (BOUNDARIES, RED_LINES) for each in missing))
    for protocol in protocols:
        for case in cases.of(protocol):
            new = frozenset(number[key] for key in ground.touched(case) if key in number)
            if new and (new not in found or len(case.answers) < len(found[new][1])):
                found[new] = (protocol, case.answers)
    sets = [*found]
    chosen = fewest(sets)
    suggestions = tuple(_suggestion(ground, *found[sets[at]], sets[at], missing) for at in chosen.sets)
    covered = frozenset[int]().union(*sets)
    left = tuple(each for at, each in enumerate(missing) if at not in covered)
    return Suggested(suggestions, left, cases.every, chosen.fewest)


def _suggestion(
    ground: Ground, protocol: str, answers: Mapping[str, Answer], new: frozenset[int], missing: tuple[Item, ...]
) -> Suggestion:
    given = ground.pack.protocols[protocol].given
    own = {name: each for name, each in answers.items() if name not in given or given[name] != each}
    return Suggestion(protocol, own, tuple(missing[at] for at in sorted(new)))


class _Cases:
    """Every case of a protocol that some condition of the pack can tell from the others."""

    def __init__(self, ground: Ground, most: int, *, details: bool) -> None:
        self.pack, self.most, self.details = ground.pack, most, details
        self.every = True
        self.edges: dict[str, set[int]] = {}
        self.ticked: dict[str, set[str]] = {}
        for item in ground.comparisons:
            self.edges.setdefault(item.question, set()).update(item.sides)
        for condition in _conditions(ground):
            for atom in atoms(condition.expression):
                if isinstance(atom, ex.Tick):
                    self.ticked.setdefault(atom.name, set()).add(atom.part)
        self.sorts = {name: self._answers(each) for name, each in self.pack.questions.items()}

    def of(self, protocol: str) -> Iterator[Decided]:
        """The decided cases of one protocol, and these with what actions still need. A stack: protocols may be long."""
        stack: list[dict[str, Answer]] = [{}]
        left = self.most
        while stack:
            left -= 1
            if left < 0:
                self.every = False
                return
            answers = stack.pop()
            state = walk(self.pack, protocol, answers)
            if isinstance(state, Decided):
                yield state
                needed = state.undecided[:1] if self.details else ()
            else:
                needed = (state.question.id,)
            for name in needed:
                stack.extend({**answers, name: each} for each in reversed(self.sorts[name]))

    def _answers(self, question: Question) -> tuple[Answer, ...]:
        """One answer of each sort, "don't know" last."""
        unknown: tuple[Answer, ...] = (None,) if question.unknown else ()
        if question.kind == p.NUMBER:
            return (*sorted(self.edges.get(question.id, {question.low})), *unknown)
        if question.kind == p.MANY:
            return (*self._ticks(question), *unknown)
        known: dict[str, tuple[Answer, ...]] = {p.CHOICE: question.ids, p.YES_NO: (True, False), p.TEXT: ("…",)}
        return (*known[question.kind], *unknown)

    def _ticks(self, question: Question) -> tuple[Answer, ...]:
        ticked = self.ticked.get(question.id, set())
        told = [each for each in question.ids if each in ticked]
        others: list[Answer] = []
        others += [(each,) for each in question.ids if each not in ticked][:1]
        if len(told) > MOST_TICKS:
            self.every = False
            return ((), *((each,) for each in told), tuple(told), *others)
        return (*(part for size in range(len(told) + 1) for part in combinations(told, size)), *others)


def _conditions(ground: Ground) -> Iterator[Condition]:
    """Every condition that the ground speaks of, facts included."""
    yield from (when for when, _ in ground.tried)
    for fact in ground.pack.facts.values():
        yield from (each for each in (fact.condition, *(rule.when for rule in fact.rules)) if each is not None)
