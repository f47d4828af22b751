"""What may still come in a case: the outcomes within reach, the questions on the way, and the most of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.condition import MISSING, Need

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.condition import Environment
    from playbook.protocol import Line, Outcome, Pack, Step, Target

WIDEST = 32
"""How many different sets of questions are kept for one place; beyond that they are joined, which may only overstate."""
_KEYS = {None: p.UNKNOWN, True: "yes", False: "no"}


class Forecast:
    """What may come from `place` on, with the answers in `env`; `first` are lines still to be tried before it."""

    def __init__(self, pack: Pack, place: Target, env: Environment, first: tuple[Line, ...] = ()) -> None:
        """Look ahead once."""
        self.pack = pack
        self.env = dict(env)
        self._sets: dict[Target, frozenset[frozenset[str]]] = {}
        self._reached: dict[Target, None] = {}
        self._asks: dict[str, None] = {}
        ways = self._of(place)
        for line in reversed(first):
            ways = self._through_line(line, ways)
        self.outcomes = tuple(each for each in pack.places if each in self._reached and isinstance(pack.places[each], p.Outcome))
        self.questions = tuple(self._asks)
        self.most = max(len(each) for each in ways)

    def _of(self, start: Target) -> frozenset[frozenset[str]]:
        """The sets of questions that the ways from `start` on may ask. Steps only lead on, so depth is bounded by their number."""
        stack = [start]
        while stack:
            target = stack[-1]
            if target in self._sets:
                stack.pop()
                continue
            place = self.pack.places[target]
            self._reached[target] = None
            following = () if isinstance(place, p.Outcome) else tuple(self._leads(place))
            waiting = [each for each in following if each not in self._sets]
            if waiting:
                stack.extend(reversed(waiting))
                continue
            self._sets[target] = self._joined(place)
            stack.pop()
        return self._sets[start]

    def _leads(self, place: Step) -> Iterator[Target]:
        if isinstance(place, p.Ask):
            if self.env.get(place.question, MISSING) is MISSING:
                self._asks[place.question] = None
            yield from self._edges(place)
        else:
            for line in place.lines:
                verdict = self._verdict(line)
                if verdict is not False:
                    yield line.target
                if verdict is True:
                    return

    def _edges(self, place: p.Ask) -> Iterator[Target]:
        answer = self.env.get(place.question, MISSING)
        if place.always:
            yield place.always.target
        elif answer is MISSING:
            yield from (edge.target for edge in place.edges.values())
        else:
            yield place.edges[answer if isinstance(answer, str) else _KEYS[answer]].target  # type: ignore[index]

    def _verdict(self, line: Line) -> object:
        """Whether a line is taken: True, False, or None where that is open."""
        if line.unknown:
            return None
        if line.when is None:
            return True
        verdict = line.when.is_true(self.env)
        if isinstance(verdict, Need):
            for name in p.rests_on(line.when, self.pack.facts):
                if name not in self.env:
                    self._asks[name] = None
            return None
        return verdict

    def _joined(self, place: Step | Outcome) -> frozenset[frozenset[str]]:
        if isinstance(place, p.Outcome):
            return frozenset((frozenset(),))
        if isinstance(place, p.Ask):
            own = frozenset((place.question,)) if place.question not in self.env else frozenset()
            return _kept(own | each for target in self._edges(place) for each in self._sets[target])
        ways: frozenset[frozenset[str]] = frozenset()
        for line in reversed(place.lines):
            ways = self._through_line(line, ways)
        return ways

    def _through_line(self, line: Line, below: frozenset[frozenset[str]]) -> frozenset[frozenset[str]]:
        """The ways through a line and those below it."""
        verdict = self._verdict(line)
        if verdict is False:
            return below
        taken = self._sets[line.target] if line.target in self._sets else self._of(line.target)
        if verdict is True:
            return taken
        names = () if line.when is None else p.rests_on(line.when, self.pack.facts)
        own = frozenset(name for name in names if name not in self.env)
        return _kept(own | each for each in (*taken, *below))


def _kept(ways: Iterator[frozenset[str]]) -> frozenset[frozenset[str]]:
    """The sets that no other contains; too many are joined into one."""
    largest: list[frozenset[str]] = []
    for each in sorted(set(ways), key=len, reverse=True):
        if not any(each <= other for other in largest):
            largest.append(each)
    if len(largest) > WIDEST:
        largest = [*largest[: WIDEST - 1], frozenset().union(*largest[WIDEST - 1 :])]
    return frozenset(largest)
