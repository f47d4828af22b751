"""Where cases go, what they ask and which red lines they cross, told to z3: a bit for each thing that may be so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from playbook import protocol as p
from tests.oracle.bits import Asked, Verdict, any_, both, first, no

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from playbook.conditions.condition import Condition
    from playbook.protocol import Outcome, Pack, RedLine, Step, Target
    from tests.oracle.bits import Bit, Needs
    from tests.oracle.meaning import Oracle

START = ""
"""The name of the place where the first lines of a protocol stand."""


class Course(NamedTuple):
    """What comes of the cases that start in one protocol."""

    ends: dict[Target, Bit]
    """By outcome, whether a case ends there."""
    asked: dict[str, Bit]
    """By question, whether it is asked."""
    lines: dict[tuple[Target, str | int], Bit]
    """By place and line (as `Passed.taken`), whether it is taken."""
    known: dict[Target, Asked]
    """By outcome, what is answered there."""
    through: dict[str, Bit]
    """By protocol, whether a case comes through it."""


def course(oracle: Oracle, protocol: str) -> Course:
    """The cases that start in a protocol."""
    return _Course(oracle, protocol).followed()


class _Course:
    def __init__(self, oracle: Oracle, protocol: str) -> None:
        self.oracle, self.pack, self.protocol = oracle, oracle.pack, protocol
        self.came: dict[Target, list[tuple[Bit, Asked]]] = {}
        self.asked: dict[str, Bit] = {}
        self.lines: dict[tuple[Target, str | int], Bit] = {}
        self.ends: dict[Target, Bit] = {}
        self.known: dict[Target, Asked] = {}
        self.through: dict[str, Bit] = {}

    def followed(self) -> Course:
        own = self.pack.protocols[self.protocol]
        start = p.Target(self.protocol, START) if own.entry else own.start
        self.came[start] = [(True, Asked(dict.fromkeys(own.given, True)))]
        for place in self.in_order(start):
            came = self.came.get(place, [])
            here, asked = any_(*(bit for bit, _ in came)), merged(came)
            self.through[place.protocol] = any_(self.through.get(place.protocol, False), here)
            step = self.at(place)
            if isinstance(step, p.Outcome):
                self.ends[place], self.known[place] = here, asked
            elif isinstance(step, p.Ask):
                self.ask(place, step, here, asked)
            else:
                self.check(place, step, here, asked)
        return Course(self.ends, self.asked, self.lines, self.known, self.through)

    def at(self, place: Target) -> Step | Outcome:
        entry = self.pack.protocols[place.protocol].entry
        return entry if place.name == START and entry else self.pack.places[place]

    def in_order(self, start: Target) -> list[Target]:
        """Every place that cases may come to, each before those it leads to."""
        done: dict[Target, None] = {}

        def look(place: Target) -> None:
            if place not in done:
                step = self.at(place)
                if isinstance(step, p.Check):
                    leads: Iterable[Target] = [line.target for line in step.lines]
                elif isinstance(step, p.Ask):
                    leads = [step.always.target] if step.always else [each.target for each in step.edges.values()]
                else:
                    leads = ()
                for each in leads:
                    look(each)
                done[place] = None

        look(start)
        return [*reversed(done)]

    def ask(self, place: Target, step: p.Ask, here: Bit, asked: Asked) -> None:
        self.needed(here, {step.question: no(asked[step.question])})
        asked = asked.with_({step.question: True})
        if step.always:
            self.lead(place, "", step.always.target, here, asked)
            return
        oracle, question = self.oracle, self.pack.questions[step.question]
        known, value = oracle.known[question.id], oracle.value[question.id]
        for name, edge in step.edges.items():
            if name == p.UNKNOWN:
                bit = no(known)
            elif question.kind == p.YES_NO:
                bit = both(known, value if name == "yes" else no(value))
            else:
                bit = both(known, value == question.ids.index(name))
            self.lead(place, name, edge.target, both(here, bit), asked)

    def check(self, place: Target, step: p.Check, here: Bit, asked: Asked) -> None:
        doubtful: list[Condition] = []
        for index, line in enumerate(step.lines):
            if line.when is None and not line.unknown:
                self.lead(place, index, line.target, here, asked)
                return
            if line.when is not None:
                doubtful.append(line.when)
                verdict, asked = self.asking(here, asked, doubtful[-1:], self.true)
            else:
                verdict, asked = self.asking(here, asked, doubtful, self.unsure)
            self.lead(place, index, line.target, both(here, verdict.yes), asked)
            here = both(here, verdict.no)

    def true(self, conditions: list[Condition], asked: Asked) -> Verdict:
        return self.oracle.said(conditions[0].expression, asked, of=True)

    def unsure(self, conditions: list[Condition], asked: Asked) -> Verdict:
        """Whether any is not false, none of them being true."""
        false = first([self.oracle.said(each.expression, asked, of=False) for each in conditions])
        return Verdict(false.no, false.yes, false.needs)

    def asking(
        self, here: Bit, asked: Asked, conditions: list[Condition], look: Callable[[list[Condition], Asked], Verdict]
    ) -> tuple[Verdict, Asked]:
        """Ask until there is a verdict: as often as there are questions, at most."""
        for _ in {name for each in conditions for name in p.rests_on(each, self.pack.facts)}:
            needs = {name: bit for name, bit in look(conditions, asked).needs.items() if bit is not False}
            if not needs:
                break
            self.needed(here, needs)
            asked = asked.with_(needs)
        return look(conditions, asked), asked

    def needed(self, here: Bit, needs: Needs) -> None:
        for name, bit in needs.items():
            self.asked[name] = any_(self.asked.get(name, False), both(here, bit))

    def lead(self, place: Target, taken: str | int, to: Target, bit: Bit, asked: Asked) -> None:
        self.lines[place, taken] = bit
        if bit is not False:
            self.came.setdefault(to, []).append((bit, asked))


def merged(came: list[tuple[Bit, Asked]]) -> Asked:
    """What is answered where several ways meet."""
    if len(came) == 1:
        return came[0][1]
    names = {name for _, asked in came for name in asked.bits}
    found: dict[str, Bit] = {}
    for name in names:
        bits = [asked[name] for _, asked in came]
        sure = all(each is True for each in bits)
        found[name] = True if sure else any_(*(both(bit, asked[name]) for bit, asked in came))
    return Asked(found)


def crossed(oracle: Oracle, protocol: str, course: Course) -> dict[str, Bit]:
    """Each red line, by its name with its protocol's before it: whether a case that starts in `protocol` crosses it."""
    pack = oracle.pack
    found: dict[str, Bit] = {}
    marks = {place: _marks(oracle, pack.places[place], asked) for place, asked in course.known.items()}
    for owner, line in _lines(pack):
        so = True if line.when is None else oracle.so(line.when.expression)
        ends = []
        for place, bit in course.ends.items():
            if owner or not {protocol, place.protocol} <= {*line.exceptions}:
                ends.append(both(bit, _wrong(line, *marks[place])))
        here = course.through.get(owner, False) if owner else True
        found[f"{owner}.{line.id}" if owner else line.id] = both(any_(*ends), so, here)
    return found


def _lines(pack: Pack) -> Iterator[tuple[str, RedLine]]:
    yield from (("", line) for line in pack.red_lines.values())
    for own in pack.protocols.values():
        yield from ((own.id, line) for line in own.red_lines.values())


def _wrong(line: RedLine, possible: dict[str, Bit], sure: dict[str, Bit]) -> Bit:
    """Whether a case with these marks has some that a red line forbids, or may lack some that it demands."""
    forbidden = [possible.get(mark, False) for mark in line.never]
    lacking = [no(sure.get(mark, False)) for mark in line.always]
    return both(any_(*forbidden, *lacking), *(possible.get(mark, False) for mark in line.beside))


def _marks(oracle: Oracle, outcome: Any, asked: Asked) -> tuple[dict[str, Bit], dict[str, Bit]]:  # noqa: ANN401 - no step
    """The marks that a case with this outcome may end with, and those it does."""
    pack, own = oracle.pack, oracle.pack.protocols[outcome.protocol]
    parts: list[Any] = [pack, *(pack.shared[name] for name in own.use), own, outcome]
    possible: dict[str, Bit] = dict.fromkeys(outcome.marks, True)
    sure = dict(possible)
    for action in (each for part in parts for each in part.actions):
        when = None if action.when is None else oracle.valued(action.when, asked)
        for mark in action.marks:
            possible[mark] = any_(possible.get(mark, False), True if when is None else no(when.values[False]))
            sure[mark] = any_(sure.get(mark, False), True if when is None else when.values[True])
    return possible, sure
