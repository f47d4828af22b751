"""The steps of a pack as diagrams, put together from the outcomes upwards: which answers lead where.

A place is built once, whatever leads to it, for each set of questions that may have been answered on the way there:
what is known is not asked again, and what is asked is part of a case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.cascade import targets
from playbook.record import Record
from playbook.regions.diagram import Diagrams
from playbook.regions.saying import Need, Saying
from playbook.regions.space import Space

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

    from playbook.conditions.condition import Condition
    from playbook.protocol import Outcome, Pack, Step, Target

FIRST = ""
"""The name of the place at which the first lines of a protocol stand."""
REFUSED = p.Target("", "")
"""Where a case ends with an answer that its question does not take in this version of a pack, as it does in another."""


class Ending(Record):
    """Where a case ends, and the protocols with red lines of their own that it went through."""

    outcome: Target
    through: frozenset[str]


class Move(Record):
    """One way on from a place: `where` are the answers that take it."""

    taken: str | int | None
    """The line, as `Passed.taken`; None where a question is asked, and the place stays the same."""
    where: int
    to: Target
    known: int
    """The questions that are known there, of those that still matter."""
    closed: int
    """Those that will not be asked any more."""


class Cases(Record):
    """All cases that start in a protocol."""

    ends: int
    """A diagram of their Ending, False for answers that are no case: too few, or more than are asked."""
    fixed: dict[int, int]
    """The values of levels that `ends` does not speak of: given, or never asked."""
    asked: int
    """The questions that may be asked."""


class Tree:
    """The places of a pack, in an order in which they only lead on."""

    def __init__(
        self, pack: Pack, diagrams: Diagrams | None = None, space: Space | None = None, also: Iterable[Target] = ()
    ) -> None:
        """Give the questions their order, by their first use, unless there is a space; nothing is built yet.

        `also` are places at which cases start besides.
        """
        self.pack = pack
        self.places = in_order(pack, also)
        self.space = space or Space(pack, spoken_of(pack, self.places), conditions(pack), diagrams or Diagrams())
        self.saying, self.diagrams = Saying(self.space), self.space.diagrams
        self.lined = frozenset(name for name, each in pack.protocols.items() if each.red_lines)
        self._decides: dict[Target, int] = {}
        self._matter: dict[Target, int] = {}
        self._moves: dict[tuple[Target, int], tuple[Move, ...]] = {}
        self._ends: dict[tuple[Target, int], int] = {}
        self._outcomes: dict[Target, int] = {}

    def at(self, place: Target) -> Step | Outcome:
        """What stands at a place."""
        return at(self.pack, place)

    def decides(self, place: Target) -> int:
        """Which line of a step decides, by the answers that there are."""
        if place not in self._decides:
            self._decides[place] = self.saying.step(self.at(place))  # type: ignore[arg-type] # no outcome decides
        return self._decides[place]

    def matter(self, place: Target) -> int:
        """The questions that may be looked at from a place on."""
        if place in self._matter:
            return self._matter[place]
        for each in reversed(self._below(place, self._matter)):
            step, found = self.at(each), 0
            if not isinstance(step, p.Outcome):
                found = self.space.mask(self.decides(each))
                for target in targets(step):
                    found |= self._matter[target]
            self._matter[each] = found
        return self._matter[place]

    def _below(self, place: Target, known: Container[Target]) -> list[Target]:
        """The places that a place leads to and that are not known yet, itself first, each before those it leads to."""
        found = reached(self.pack, place)
        return [each for each in self.places if each in found and each not in known]

    def moves(self, place: Target, known: int) -> tuple[Move, ...]:
        """The ways on from a place where these questions are known."""
        key = (place, known)
        if key not in self._moves:
            self._moves[key] = tuple(self._moved(place, known))
        return self._moves[key]

    def _moved(self, place: Target, known: int) -> Iterator[Move]:
        matter, graph = self.matter(place), self.diagrams
        decides = graph.fixed(self.decides(place), self.space.unasked(matter & ~known))
        for leaf in graph.leaves(decides):
            taken, where = graph.value[leaf], graph.where(decides, leaf)
            if isinstance(taken, Need):
                if known & self.space.bits[taken.question]:
                    continue  # it would be needed if it were not known
                now = known | self.space.bits[taken.question]
                if taken.question in self.space.refused:
                    there = graph.both(where, self.space.refusing(taken.question))
                    yield Move(None, there, REFUSED, 0, matter & ~now)
                yield Move(None, graph.both(where, self.space.answered(taken.question)), place, now, 0)
            elif taken is not False:
                to = way(self.at(place), taken).target
                yield Move(taken, where, to, known & self.matter(to), matter & ~known & ~self.matter(to))

    def cases(self, protocol: str) -> Cases:
        """The cases that start in a protocol."""
        start, given = begin(self.pack, protocol), self.space.given(self.pack.protocols[protocol].given)
        matter = self.matter(start)
        asked = self.space.levels(matter)
        pinned = self.space.pinned({level: value for level, value in given.items() if level in asked})
        ends = self.built(start, self.known(protocol) & matter)
        never = self.space.unasked(~matter)
        fixed = {level: value for level, value in {**never, **given}.items() if level not in asked}
        return Cases(self.diagrams.within(pinned, ends), fixed, matter & ~self.known(protocol))

    def so_far(self, protocol: str) -> tuple[int, int]:
        """How many of the places that cases from a protocol may come to are put together, and how many there are."""
        below = reached(self.pack, begin(self.pack, protocol))
        return len(below.intersection(place for place, _ in self._ends)), len(below)

    def known(self, protocol: str) -> int:
        """What a protocol is given."""
        return sum(self.space.bits[name] for name in self.pack.protocols[protocol].given)

    def built(self, start: Target, known: int) -> int:
        """The endings from a place on. A stack and no recursion: protocols may be long."""
        stack = [(start, known)]
        while stack:
            key = stack[-1]
            if key in self._ends:
                stack.pop()
            elif key[0] is REFUSED or isinstance(self.at(key[0]), p.Outcome):
                self._ends[key] = self.diagrams.leaf(Ending(key[0], self.lined & {key[0].protocol}))
            else:
                moves = self.moves(*key)
                missing = [(each.to, each.known) for each in moves if (each.to, each.known) not in self._ends]
                stack.extend(missing)
                if not missing:
                    self._ends[key] = self._together(key[0], moves)
        return self._ends[start, known]

    def _together(self, place: Target, moves: tuple[Move, ...]) -> int:
        graph, found = self.diagrams, 0
        for move in moves:
            ends = self._ends[move.to, move.known]
            if move.to.protocol != place.protocol:
                ends = graph.mapped(_through(self.lined & {place.protocol}), ends)
            ends = graph.within(self.space.pinned(self.space.unasked(move.closed)), ends)
            found = graph.union(found, graph.within(move.where, ends))
        return found

    def outcomes(self, protocol: str) -> int:
        """Where answers lead to that start in a protocol, whether or not all of them are asked; False where too few."""
        start = begin(self.pack, protocol)
        for place in reversed(self._below(start, self._outcomes)):
            step, found = self.at(place), 0
            if isinstance(step, p.Outcome):
                found = self.diagrams.leaf(place)
            else:
                decides = self.decides(place)
                for leaf in self.diagrams.leaves(decides):
                    taken = self.diagrams.value[leaf]
                    if not isinstance(taken, Need):
                        to = self._outcomes[way(step, taken).target]
                        found = self.diagrams.union(found, self.diagrams.within(self.diagrams.where(decides, leaf), to))
            self._outcomes[place] = found
        given = self.space.given(self.pack.protocols[protocol].given)
        return self.diagrams.fixed(self._outcomes[start], given)


def at(pack: Pack, place: Target) -> Step | Outcome:
    """What stands at a place of a pack."""
    entry = pack.protocols[place.protocol].entry
    return entry if place.name == FIRST and entry else pack.places[place]


def begin(pack: Pack, protocol: str) -> Target:
    """The place at which the cases of a protocol start."""
    own = pack.protocols[protocol]
    return p.Target(protocol, FIRST) if own.entry else own.start


def way(step: Step | Outcome, taken: object) -> p.Edge | p.Line:
    """The line of a step that was taken."""
    return p.Passed("", step, taken).way  # type: ignore[arg-type] # no outcome has lines


def ways(step: p.Step) -> Iterator[p.Edge | p.Line]:
    """Every line of a step."""
    if isinstance(step, p.Check):
        yield from step.lines
    else:
        yield from [step.always] if step.always else step.edges.values()


def _through(protocols: frozenset[str]) -> Callable[[object], object]:
    def ending(end: object) -> object:
        return end._replace(through=end.through | protocols) if isinstance(end, Ending) else end

    return ending


def reached(pack: Pack, place: Target) -> set[Target]:
    """The places that a place leads to, itself among them."""
    found, pending = {place}, [place]
    while pending:
        step = at(pack, pending.pop())
        new = set() if isinstance(step, p.Outcome) else set(targets(step)) - found
        found |= new
        pending.extend(new)
    return found


def in_order(pack: Pack, also: Iterable[Target] = ()) -> tuple[Target, ...]:
    """Every place at which a case may be, each before those it leads to; `also` are places at which some start."""
    done: dict[Target, None] = {}
    for start in (*(begin(pack, name) for name in reversed(tuple(pack.protocols))), *also):
        stack = [(start, False)]
        while stack:
            place, left = stack.pop()
            if left:
                done[place] = None
            elif place not in done:
                stack.append((place, True))
                step = at(pack, place)
                stack.extend((each, False) for each in (() if isinstance(step, p.Outcome) else targets(step)))
    return tuple(reversed(done))


def spoken_of(pack: Pack, places: Iterable[Target]) -> Iterator[str]:
    """The questions that steps speak of, left to right."""
    for place in places:
        step = at(pack, place)
        if isinstance(step, p.Ask):
            yield step.question
        elif isinstance(step, p.Check):
            for line in step.lines:
                yield from p.rests_on(line.when, pack.facts) if line.when else ()


def conditions(pack: Pack) -> Iterator[Condition]:
    """Every condition by which cases of a pack may differ."""
    levels: list[Pack | p.Shared | p.Protocol | Outcome] = [pack, *pack.shared.values(), *pack.protocols.values()]
    levels += [each for own in pack.protocols.values() for each in own.outcomes.values()]
    every: list[p.Action | p.Avoid | p.Rule | p.Line | p.RedLine] = []
    for part in levels:
        every += [*part.actions, *part.avoid]
        if isinstance(part, p.Pack | p.Protocol):
            every += part.red_lines.values()
        if isinstance(part, p.Protocol):
            every += part.first
            every += [line for step in part.steps.values() if isinstance(step, p.Check) for line in step.lines]
    for fact in pack.facts.values():
        every += fact.rules
        if fact.condition is not None:
            yield fact.condition
    yield from (each.when for each in every if each.when is not None)
