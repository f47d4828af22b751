"""What may still come in a case: the outcomes within reach, the questions on the way, and the most of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.conditions.condition import Need

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playbook.conditions.condition import Condition, Environment
    from playbook.protocol import Answer, Line, Outcome, Pack, Step, Target

WIDEST = 32
"""How many different sets of questions are kept for a place; beyond that they are joined, which only overstates."""
_KEYS: dict[object, str] = {None: p.UNKNOWN, True: "yes", False: "no"}
_NONE: frozenset[str] = frozenset()
_ENDS = frozenset((_NONE,))
if TYPE_CHECKING:
    # What stands at a place, top down: questions that may be asked, and then perhaps a way out.
    Plan = list[tuple[frozenset[str], Target | None]]
    Ways = frozenset[frozenset[str]]


def key(answer: Answer) -> str:
    """The name of the edge that an answer to a choice or yes-or-no question takes."""
    return answer if isinstance(answer, str) else _KEYS[answer]


class Forecast:
    """What may come from `step` on, with the answers in `env`: perhaps more than can come, never less."""

    def __init__(self, pack: Pack, step: Step, env: Environment) -> None:
        """Look ahead once."""
        self._pack = pack
        self._env = dict(env)
        self._asks: dict[str, None] = {}
        self._ways: dict[Target, Ways] = {}
        self._plans: dict[Target, Plan] = {}
        plan = self._plan(step)
        for _, target in plan:
            if target is not None:
                self._look(target)
        self.most = max(len(each) for each in self._through(plan))
        """The most questions that can still be asked before the outcome."""
        self.questions = tuple(self._asks)
        """Every question that may still be asked before the outcome, in the order of the ways."""
        reached = [each for each in pack.places if each in self._ways]
        self.outcomes = tuple(each for each in reached if isinstance(pack.places[each], p.Outcome))
        """Every outcome within reach, in the order of the files."""

    def _look(self, start: Target) -> None:
        """Work out the ways from `start` on. A stack and no recursion: protocols may be long."""
        stack = [start]
        while stack:
            target = stack[-1]
            plan = self._plans.get(target)
            if plan is None:
                plan = self._plans[target] = self._plan(self._pack.places[target])
                stack.extend(each for _, each in reversed(plan) if each is not None and each not in self._plans)
            else:
                stack.pop()
                if target not in self._ways:
                    self._ways[target] = self._through(plan)

    def _plan(self, place: Step | Outcome) -> Plan:
        if isinstance(place, p.Ask):
            return self._asked(place)
        return self._checked(place) if isinstance(place, p.Check) else []

    def _asked(self, place: p.Ask) -> Plan:
        edges = [place.always] if place.always else list(place.edges.values())
        if place.question not in self._env:
            self._asks[place.question] = None
            return [(frozenset((place.question,)), None), *((_NONE, edge.target) for edge in edges)]
        if place.always is None:
            answer: Answer = self._env[place.question]  # type: ignore[assignment] # under a question stands its answer
            edges = [place.edges[key(answer)]]
        return [(_NONE, edges[0].target)]

    def _checked(self, place: p.Check) -> Plan:
        found: Plan = []
        unsure = certain = False
        for index, line in enumerate(place.lines):
            if line.when is None:
                if not line.unknown or unsure:
                    found.append((_NONE, line.target))
                if certain:
                    break
                continue
            verdict = line.when.value(self._env) if index < place.last_resort else line.when.is_true(self._env)
            if verdict is True:
                found.append((_NONE, line.target))
                break
            if isinstance(verdict, Need):
                found.append(self._open(line, line.when))
                unsure = unsure or self._may_be_unknown(line.when)
            certain = certain or verdict is None
            unsure = unsure or certain
        return found

    def _open(self, line: Line, when: Condition) -> tuple[frozenset[str], Target | None]:
        """A line that is not decided yet: what it may ask, and where it leads if it may still become true."""
        names = [name for name in p.rests_on(when, self._pack.facts, self._env) if name not in self._env]
        self._asks.update(dict.fromkeys(names))
        return frozenset(names), None if when.is_true(self._env) is False else line.target

    def _may_be_unknown(self, when: Condition) -> bool:
        return any(
            self._env[name] is None if name in self._env else self._pack.questions[name].unknown
            for name in p.rests_on(when, self._pack.facts, self._env)
        )

    def _through(self, plan: Plan) -> Ways:
        """The sets of questions that the ways through a place may ask."""
        ways: Ways = frozenset()
        for own, target in reversed(plan):
            ways = _kept(
                own | each for part in (self._ways[target] if target is not None else (), ways) for each in part
            )
        return ways or _ENDS


def _kept(ways: Iterable[frozenset[str]]) -> Ways:
    """The sets that no other contains; too many are joined into one."""
    largest: list[frozenset[str]] = []
    for each in sorted(set(ways), key=len, reverse=True):
        if not any(each <= other for other in largest):
            largest.append(each)
    if len(largest) > WIDEST:
        largest = [*largest[: WIDEST - 1], _NONE.union(*largest[WIDEST - 1 :])]
    return frozenset(largest)
