"""All that a reviewer is told of a changed protocol: what it does to cases, its red lines, words and version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.changes.comparing import Comparison
from playbook.changes.lines import BROKEN, DROPPED, Turned, turned
from playbook.changes.phrases import phrase
from playbook.changes.versions import NONE, enough, suggested
from playbook.changes.wording import Reworded, about, parts, reworded
from playbook.engine import Decided, walk
from playbook.protocol import Outcome, Target
from playbook.record import Record
from playbook.regions.diagram import Diagrams, Spent
from playbook.regions.tree import Tree, begin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from playbook.changes.comparing import Compared, Region
    from playbook.changes.meaning import Names
    from playbook.changes.phrases import Manner
    from playbook.protocol import Answer, Pack, Protocol

CHANGED, SAME, WORDS, NEW, GONE, UNDECIDED = "changed", "same", "words", "new", "gone", "undecided"


class Told(Record):
    """A region as it is told: when it holds, and its smallest case in both versions, walked by the engine."""

    region: Region
    when: tuple[str, ...]
    """One of these holds; none where it is so in every case."""
    answers: Mapping[str, Answer]
    cases: tuple[Decided, Decided]


class Entered(Record):
    """What changes of the cases that come to a place from other protocols; empty where they start there."""

    place: str
    compared: Compared
    told: tuple[Told, ...]


class Outcomes(Record):
    """The outcomes of a protocol that are new, gone or called otherwise."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()


class Reviewed(Record):
    """A protocol that may have changed, with all that did."""

    protocol: str
    status: str
    was: str | None = None
    """Its name in the old version, where that is another."""
    entered: tuple[Entered, ...] = ()
    """From its start first; then from the places where others lead in, where something else changes there."""
    outcomes: Outcomes = Outcomes()
    lines: tuple[Turned, ...] = ()
    words: tuple[Reworded, ...] = ()
    templates: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    versions: tuple[str, str] = ("", "")
    rise: str = NONE
    """How much the version ought to be raised."""
    reached: str = ""
    """How far it got, where it is not decided."""

    @property
    def raised(self) -> bool:
        """Whether the version was raised enough."""
        return self.status in (NEW, GONE, UNDECIDED) or enough(*self.versions, self.rise)

    @property
    def broken(self) -> bool:
        """Whether a red line is newly broken."""
        return any(each.status == BROKEN for each in self.lines)


class Reviewing:
    """Two versions of a pack, of which protocols are reviewed one after the other."""

    def __init__(self, base: Pack, head: Pack, names: Names, manner: Manner, diagrams: Callable[[], Diagrams]) -> None:
        """`diagrams` makes an empty one, with the budget of one protocol."""
        self.packs, self.names, self.manner, self.diagrams = (base, head), names, manner, diagrams
        self.stage = ""

    def review(self, old: str, new: str, entries: Iterable[str] = (), templates: tuple[str, ...] = ()) -> Reviewed:
        """A protocol, by its old name and its new one.

        Args:
            old: Its name in the old version.
            new: Its name in the new version.
            entries: The places where others lead in.
            templates: Those of its replies that differ.
        """
        before, after = self.packs[0].protocols[old], self.packs[1].protocols[new]
        found = Reviewed(
            new,
            SAME,
            old if old != new else None,
            outcomes=self._outcomes(before, after),
            words=tuple(reworded(parts(before), parts(after), self.manner.locale)),
            templates=templates,
            about=about(before, after),
            versions=(before.version, after.version),
        )
        try:
            entered, lines = self._compared(old, new, entries)
        except (Spent, RecursionError):
            return found._replace(status=UNDECIDED, reached=self.stage)
        found = found._replace(entered=entered, lines=lines)
        changes = bool(entered or lines or any(found.outcomes))
        words = bool(found.words or found.templates or found.about)
        breaking = bool(
            found.outcomes.removed or found.outcomes.renamed or any(each.compared.asked for each in entered)
        )
        rise = suggested(breaking=breaking, behaviour=changes, words=words)
        return found._replace(status=CHANGED if changes else WORDS if words else SAME, rise=rise)

    def _outcomes(self, before: Protocol, after: Protocol) -> Outcomes:
        renamed = {place.name: new.name for place, new in self.names.outcomes.items() if place.protocol == before.id}
        return Outcomes(
            tuple(each for each in after.outcomes if each not in before.outcomes and each not in renamed.values()),
            tuple(each for each in before.outcomes if each not in after.outcomes and each not in renamed),
            tuple(renamed.items()),
        )

    def _compared(self, old: str, new: str, entries: Iterable[str]) -> tuple[tuple[Entered, ...], tuple[Turned, ...]]:
        base, head = self.packs
        self.stage = "putting the steps of both versions together"
        pairs = [self._places(old, new, name) for name in entries]
        pairs = [pair for pair in pairs if pair[0] in base.places and pair[1] in head.places]
        comparison = Comparison(base, head, self.names, self.diagrams(), pairs)
        given = base.protocols[old].given, head.protocols[new].given
        starts = begin(base, old), begin(head, new)
        found = []
        told_of: set[object] = set()
        unlike = comparison.unlike(starts, given)
        if unlike:
            self.stage = "following the ways through both versions"
            found.append(self._entered(comparison, "", starts, given))
            told_of.update(each.difference for each in found[0].compared.regions)
        for places in pairs:
            self.stage = f"following the ways from `{places[1]}`, where others lead in"
            if not comparison.same(places, ({}, {})):
                each = self._entered(comparison, str(places[1]), places, ({}, {}))
                if not told_of.issuperset(region.difference for region in each.compared.regions):
                    found.append(each)
        # Where other answers are given, a line may turn in cases that come to the same.
        return tuple(found), self._turned(comparison, (old, new), unlike if given[0] == given[1] else None)

    def led(self, protocol: str) -> Reviewed:
        """A protocol of which no file changed, as it leads into others that did: only its red lines are held."""
        before, after = (pack.protocols[protocol] for pack in self.packs)
        found = Reviewed(protocol, SAME, versions=(before.version, after.version))
        self.stage = "putting the steps of both versions together"
        try:
            comparison = Comparison(*self.packs, self.names, self.diagrams())
            starts = begin(self.packs[0], protocol), begin(self.packs[1], protocol)
            unlike = comparison.unlike(starts, (before.given, after.given))
            lines = self._turned(comparison, (protocol, protocol), unlike)
        except (Spent, RecursionError):
            return found._replace(status=UNDECIDED, reached=self.stage)
        # A line that is gone is told where it stood.
        lines = tuple(each for each in lines if each.status != DROPPED)
        return found._replace(status=CHANGED if lines else SAME, lines=lines)

    def _turned(self, comparison: Comparison, protocols: tuple[str, str], unlike: int | None) -> tuple[Turned, ...]:
        self.stage = "holding red lines against both versions"
        if any(space.refused for space in comparison.spaces):
            # What may be so is not what only the other version would take for an answer.
            trees = Tree(self.packs[0], self.diagrams()), Tree(self.packs[1], self.diagrams())
            return tuple(turned(trees, protocols))
        return tuple(turned(comparison.trees, protocols, unlike))

    def _places(self, old: str, new: str, name: str) -> tuple[Target, Target]:
        """A place in both versions by its name; without one, the first step."""
        if name:
            return Target(old, name), Target(new, name)
        return self.packs[0].protocols[old].start, self.packs[1].protocols[new].start

    def _entered(
        self,
        comparison: Comparison,
        place: str,
        starts: tuple[Target, Target],
        given: tuple[Mapping[str, Answer], Mapping[str, Answer]],
    ) -> Entered:
        compared = comparison.compare(starts, given)
        told = tuple(self._told(comparison, each, starts, given, entered=bool(place)) for each in compared.regions)
        return Entered(place, compared, told)

    def _told(
        self,
        comparison: Comparison,
        region: Region,
        starts: tuple[Target, Target],
        given: tuple[Mapping[str, Answer], Mapping[str, Answer]],
        *,
        entered: bool,
    ) -> Told:
        when = tuple(phrase(comparison.spaces[1], box, self.manner) for box in region.boxes)
        cases = []
        for side in (0, 1):
            pack = self.packs[side]
            if entered:
                pack = _from(pack, starts[side])
            own = comparison.spaces[side].own(region.smallest)
            answers = {name: each for name, each in own.items() if name not in given[side]}
            cases.append(_walked(pack, starts[side], answers))
        _agree(region, cases[0], cases[1], self.names)
        answers = comparison.spaces[0].own(region.smallest) | comparison.spaces[1].own(region.smallest)
        return Told(region, tuple(each for each in when if each), answers, (cases[0], cases[1]))


def _walked(pack: Pack, start: Target, answers: dict[str, Answer]) -> Decided:
    """The case that starts at a place of a pack, walked by the engine."""
    place = pack.places.get(start)
    if isinstance(place, Outcome):
        return Decided(pack, start.protocol, answers, place, (), {**answers})
    case = walk(pack, start.protocol, answers)
    if isinstance(case, Decided):  # pragma: no branch - else it is a fault of ours
        return case
    raise AssertionError(start, answers)  # pragma: no cover - as above


def _from(pack: Pack, place: Target) -> Pack:
    """A pack in which a protocol starts at another of its steps, with nothing given."""
    own = pack.protocols[place.protocol]
    steps = {place.name: own.steps[place.name], **own.steps} if place.name in own.steps else own.steps
    return pack._replace(protocols={**pack.protocols, own.id: own._replace(entry=None, given={}, steps=steps)})


def _agree(region: Region, before: Decided, after: Decided, names: Names) -> None:
    """Make sure that the engine sees the difference that is told."""
    told = region.difference
    old = names.place(Target(before.outcome.protocol, before.outcome.id))
    new = Target(after.outcome.protocol, after.outcome.id)
    ends = (told.before, told.after) if told.before else (new, new)
    if ends != (old, new):  # pragma: no cover - a fault of ours
        message = f"the engine ends elsewhere: {ends}, {old}, {new}"
        raise AssertionError(message)
