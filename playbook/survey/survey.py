"""The survey of a pack: everything that several rules want to know of it, found out once, when it is first wanted."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook import shape as s
from playbook.cascade import deciding
from playbook.conditions import expression as ex
from playbook.conditions.condition import Kind, Scope, atoms
from playbook.loader.opening import PACK_FILE, SHARED
from playbook.record import Record
from playbook.replies.template import Choose
from playbook.survey import conditions, replies
from playbook.survey.places import Places
from playbook.survey.replies import Spoken
from playbook.survey.texts import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from playbook.conditions.condition import Atom
    from playbook.protocol import Action, Line, Outcome, Pack, RedLine
    from playbook.replies.template import Asked, Part, Template
    from playbook.source import Source
    from playbook.survey.conditions import Stated
    from playbook.survey.replies import Used
    from playbook.survey.texts import Worded


class Cascade(Record):
    """Lines of which the first that is true decides, and the numbers of those that decide in some case."""

    lines: tuple[Line, ...]
    decide: frozenset[int]


class Survey:
    """What is read of a pack without fault, and the day on which it is looked at."""

    def __init__(self, pack: Pack, sources: Mapping[str, Source], today: date) -> None:
        """Look at nothing yet; `sources` are the files of YAML as they were read."""
        self.pack = pack
        self.today = today
        self.sources = sources
        self.places = Places(sources)

    @cached_property
    def idle(self) -> tuple[str, ...]:
        """The shared files that no protocol uses."""
        used = {name for own in self.pack.protocols.values() for name in own.use}
        return tuple(f"{SHARED}{name}.yaml" for name in self.pack.shared if name not in used)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes of all protocols."""
        return tuple(each for own in self.pack.protocols.values() for each in own.outcomes.values())

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """Every action that is written anywhere."""
        parts: tuple[Pack | p.Shared | p.Protocol, ...] = (
            self.pack,
            *self.pack.shared.values(),
            *self.pack.protocols.values(),
        )
        own = tuple(each for part in parts for each in part.actions)
        return own + tuple(each for outcome in self.outcomes for each in outcome.actions)

    @cached_property
    def red_lines(self) -> tuple[RedLine, ...]:
        """Every red line, of the pack and of its protocols."""
        own = tuple(each for part in self.pack.protocols.values() for each in part.red_lines.values())
        return (*self.pack.red_lines.values(), *own)

    @cached_property
    def stated(self) -> tuple[Stated, ...]:
        """Every condition of the YAML."""
        return tuple(conditions.stated(self.pack))

    @cached_property
    def texts(self) -> tuple[Worded, ...]:
        """Every text for people in the YAML."""
        found: list[Worded] = []
        for path, source in self.sources.items():
            shape = s.PACK if path == PACK_FILE else s.SHARED if path.startswith(SHARED) else s.PROTOCOL
            found += texts(source, shape)
        return tuple(found)

    def worded(self, suspect: Callable[[str], object]) -> Iterator[Worded]:
        """The texts of those files in which something is suspect, or may be behind an escape."""
        files = {path for path, source in self.sources.items() if "\\" in source.text or suspect(source.text)}
        return (each for each in self.texts if each.source.file in files)

    @cached_property
    def replies(self) -> tuple[Used, ...]:
        """The files of templates as outcomes use them."""
        return tuple(replies.used(self.pack))

    @cached_property
    def templates(self) -> dict[str, Template]:
        """The templates and partials that are read for some reply, by their files."""
        found: dict[str, Template] = {}
        for path in {each.path: None for each in self.replies}:
            replies.closure(self.pack, path, found)
        return found

    @cached_property
    def spoken(self) -> tuple[Spoken, ...]:
        """What outcomes say: each file of their templates and partials once, and their own words."""
        return (*self._templates_spoken(), *self._own_words())

    def _templates_spoken(self) -> Iterator[Spoken]:
        saying: dict[str, dict[p.Target, Outcome]] = {}
        for each in self.replies:
            for path in replies.closure(self.pack, each.path, self.templates):
                saying.setdefault(path, {})[p.Target(each.outcome.protocol, each.outcome.id)] = each.outcome
        for path, outcomes in saying.items():
            read = self.templates[path]
            told = replies.flat(read, self.pack.register)
            locale = path.split("/")[1]
            yield Spoken([*outcomes.values()], locale, told.text, partial(replies.place, read, told))

    def _own_words(self) -> Iterator[Spoken]:
        for outcome in self.outcomes:
            for side in (outcome.reply.public, outcome.reply.private):
                if side is not None and side.own_words:
                    for source, locale, node in self.places.points(side.span, self.pack.locales[0]):
                        yield Spoken([outcome], locale, node.text, partial(source.position, node))

    @cached_property
    def asked(self) -> frozenset[str]:
        """The questions that some step asks."""
        steps = (step for own in self.pack.protocols.values() for step in own.steps.values())
        return frozenset(step.question for step in steps if isinstance(step, p.Ask))

    @cached_property
    def said(self) -> frozenset[str]:
        """The names that some template prints."""
        return frozenset(say.name for each in self.templates.values() for say in replies.said(each.parts))

    @cached_property
    def atoms(self) -> tuple[Atom, ...]:
        """The comparisons of all conditions, those of templates too."""
        asked = [each for read in self.templates.values() for each in _asked(read.parts)]
        expressions = [*(each.condition.expression for each in self.stated), *(each.expression for each in asked)]
        return tuple(atom for each in expressions for atom in atoms(each))

    @cached_property
    def cascades(self) -> tuple[Cascade, ...]:
        """The checks, first lines and facts with rules, those left out that have too many cases to look at."""
        found = []
        for lines in self._lines():
            decide = deciding(self.pack, lines)
            if decide is not None:
                found.append(Cascade(lines, frozenset(decide)))
        return tuple(found)

    def _lines(self) -> Iterator[tuple[Line, ...]]:
        """Lines of which the last always decides; those of `first` end where the protocol itself would start."""
        nowhere = p.Target("", "")
        for shared in self.pack.shared.values():
            if shared.first:
                yield (*shared.first, p.Line(None, nowhere, shared.span))
        for own in self.pack.protocols.values():
            yield from (step.lines for step in own.steps.values() if isinstance(step, p.Check))
        for fact in self.pack.facts.values():
            if fact.rules and not self.wordy(fact.names):
                yield tuple(p.Line(rule.when, nowhere, rule.span) for rule in fact.rules)

    def wordy(self, names: Iterable[str]) -> bool:
        """Whether names rest on a text, of which only `is known` can be said."""
        pending, seen = [*names], set[str]()
        while pending:
            name = pending.pop()
            if name in seen:
                continue
            seen.add(name)
            if name in self.pack.facts:
                pending += self.pack.facts[name].names
            elif self.pack.questions[name].kind == p.TEXT:
                return True
        return False

    @cached_property
    def spoken_of(self) -> frozenset[str]:
        """The questions and facts that a condition or a template speaks of."""
        return frozenset(atom.name for atom in self.atoms) | self.said

    @cached_property
    def limits(self) -> frozenset[str]:
        """The limits that a condition or a template names."""
        named = {atom.constant.limit for atom in self.atoms if isinstance(atom, ex.Compare) and atom.constant.limit}
        return frozenset(named | {each.removeprefix("limits.") for each in self.said if each.startswith("limits.")})


def _asked(parts: tuple[Part, ...]) -> Iterator[Asked]:
    for part in parts:
        if isinstance(part, Choose):
            for branch in part.branches:
                if branch.condition is not None:
                    yield branch.condition
                yield from _asked(branch.parts)


def channel_scope(pack: Pack) -> Scope:
    """What may be said of the channel alone."""
    scope = Scope({})
    channels = pack.channels.values()
    properties = {
        "private": frozenset(each.id for each in channels if each.private),
        "theirs": frozenset(each.id for each in channels if each.theirs),
    }
    scope.kinds[p.CHANNEL] = Kind(p.CHOICE, tuple(pack.channels), properties=properties)
    return scope
