"""What stands on a chart: steps as numbered cards, outcomes by letter, people, red lines. Words only, no layout.

A tree drawn as boxes and arrows would be small print on a page of A4. A step only leads on, so as cards in the order of
the file it is followed by going on to a higher number, and each card can be read from where one stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import graph
from playbook.engine import levels
from playbook.pictures.picture import arrows
from playbook.record import Record
from playbook.saying import describe
from playbook.screen import span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playbook.graph import Graph, Node
    from playbook.protocol import Action, Outcome, Pack, Protocol, Text
    from playbook.words import Words

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Option(Record):
    """An answer, or a condition, and the card, outcome or protocol that it leads to."""

    label: str
    mark: str
    """The number of a card, the letter of an outcome; empty for another protocol."""
    text: str = ""
    level: int | None = None


class Card(Record):
    """One step."""

    mark: str
    head: str
    options: tuple[Option, ...]


class Ending(Record):
    """One outcome; `lines` say by when to answer, who approves and who acts."""

    mark: str
    title: str
    level: int
    lines: tuple[str, ...]


class Person(Record):
    """A role, who that is, and how to reach them."""

    title: str
    who: str
    reach: str


class Sheet(Record):
    """All of a chart. `red_lines` are the protocol's own, `company` those of playbook.yaml."""

    locale: str
    title: str
    about: str
    protocol: str
    """Empty for the pack's own chart."""
    headings: tuple[str, ...]
    """Over protocols, cards, outcomes, people, red lines, and those of the company."""
    people: tuple[Person, ...]
    company: tuple[str, ...]
    protocols: tuple[Person, ...] = ()
    cards: tuple[Card, ...] = ()
    endings: tuple[Ending, ...] = ()
    red_lines: tuple[str, ...] = ()


def sheet(pack: Pack, protocol: str, locale: str, words: Words) -> Sheet:
    """What stands on the chart of a protocol, in `locale`."""
    own = pack.protocols[protocol]
    asked = tuple(f"«{_said(each.ask, words.locale)}»" for each in pack.questions.values())
    drawn = graph.of(pack, protocol, locale, words, told=lambda when: _told(describe(when, pack, words), asked, words))
    marks = _marks(drawn)
    cards = tuple(_cards(drawn, marks, asked, words))
    outcomes = own.outcomes.items()
    ends = tuple(_ending(pack, each, marks[f"{graph.OUTCOME}:{name}"], locale, words) for name, each in outcomes)
    about = [pack.brand.name, f"{own.id} {own.version}", words("chart_owner", role=_role(pack, own.owner, locale))]
    about += [words("chart_review", date=own.review_by)] if own.review_by else []
    people = tuple(_people(pack, own, locale))
    red = tuple(_said(each.because, locale) for each in own.red_lines.values())
    company = tuple(_said(each.because, locale) for each in pack.red_lines.values() if own.id not in each.exceptions)
    title = _said(own.title, locale)
    return Sheet(locale, title, " · ".join(about), own.id, _headings(words), people, company, (), cards, ends, red)


def company(pack: Pack, locale: str, words: Words) -> Sheet:
    """What stands on the chart of the pack itself: its protocols, everyone, and the red lines that hold in all."""
    start = "playbook triage"
    known = tuple(
        Person(
            _said(each.title, locale), words("chart_owner", role=_role(pack, each.owner, locale)), f"{start} {each.id}"
        )
        for each in pack.protocols.values()
    )
    people = tuple(_person(pack, each, locale) for each in pack.roles)
    lines = tuple(_said(each.because, locale) for each in pack.red_lines.values())
    name = " ".join(pack.brand.name.split())
    return Sheet(locale, name, words("chart_all"), "", _headings(words), people, lines, known)


def _headings(words: Words) -> tuple[str, ...]:
    return tuple(words(f"chart_{each}") for each in ("protocols", "tree", "outcomes", "people", "red_lines", "company"))


def _told(said: str, asked: Iterable[str], words: Words) -> str:
    """A condition in words, without "is known and" where the rest is only true of what is known."""
    said = " ".join(said.split())
    for each in asked:
        head, found, rest = said.partition(f"{words('said_known', what=each)} {words('said_and')} {each} ")
        if found and head.count("(") == head.count(")"):  # inside of brackets it may be denied
            said = f"{head}{each} {rest}"
    return said


def _marks(drawn: Graph) -> dict[str, str]:
    """A number for each step and a letter for each outcome, in the order of the file."""
    steps = [node.id for node in drawn.nodes if node.kind in {graph.FIRST, graph.ASK, graph.CHECK}]
    ends = [node.id for node in drawn.nodes if node.kind == graph.OUTCOME]
    return {each: str(at) for at, each in enumerate(steps, 1)} | {each: _letter(at) for at, each in enumerate(ends)}


def _letter(at: int) -> str:
    """A to Z, then AA to ZZ."""
    tens, ones = divmod(at, len(_ALPHABET))
    return (_ALPHABET[(tens - 1) % len(_ALPHABET)] if tens else "") + _ALPHABET[ones]


def _cards(drawn: Graph, marks: dict[str, str], asked: tuple[str, ...], words: Words) -> Iterator[Card]:
    nodes = {node.id: node for node in drawn.nodes}
    leaving: dict[str, list[Option]] = {}
    for each in arrows(drawn, words):
        leaving.setdefault(each.source, []).append(_option(each.label, nodes[each.target], marks))
    for name, options in leaving.items():
        head, rest = _shared(nodes[name].label, options, asked, words)
        yield Card(marks[name], head, tuple(rest))


def _option(label: str, node: Node, marks: dict[str, str]) -> Option:
    if node.kind in {graph.OUTCOME, graph.PROTOCOL}:
        return Option(label, marks.get(node.id, ""), node.label, node.level)
    return Option(label, marks[node.id])


def _shared(head: str, options: list[Option], asked: tuple[str, ...], words: Words) -> tuple[str, list[Option]]:
    """What a check's options say, with a question that all their conditions are about said once, over them."""
    unknown, otherwise = words("graph_unknown"), words("graph_otherwise")
    about = next((each for each in asked if options[0].label.startswith(f"{each} ")), None)
    if about is None:
        return head, options
    short = [each._replace(label=each.label.replace(f"{about} ", "")) for each in options]
    for each, before in zip(short, options, strict=True):
        plain = each.label in {unknown, otherwise, f"{unknown} / {otherwise}"}
        if "«" in each.label or not (plain or before.label.startswith(about)):
            return head, options
    return f"{head}: {about}", short


def _ending(pack: Pack, outcome: Outcome, mark: str, locale: str, words: Words) -> Ending:
    lines = []
    if outcome.answer_within:
        lines.append(words("chart_within", span=span(outcome.answer_within, words)))
    if outcome.approval:
        lines.append(words("chart_approval", roles=", ".join(_role(pack, each, locale) for each in outcome.approval)))
    acting = [
        f"{_role(pack, owner, locale)} ({span(action.within, words)})" if action.within else _role(pack, owner, locale)
        for owner, action in _first(outcome.actions).items()
    ]
    if acting:
        lines.append(words("chart_acting", roles=", ".join(acting)))
    return Ending(mark, _said(outcome.title, locale), outcome.level, (words(f"level_{outcome.level}"), *lines))


def _first(actions: Iterable[Action]) -> dict[str, Action]:
    """By owner, of the actions of every case the one that is due first."""
    found: dict[str, Action] = {}
    for each in actions:
        if each.when is None and (each.owner not in found or _due(each) < _due(found[each.owner])):
            found[each.owner] = each
    return found


def _due(action: Action) -> float:
    return action.within.minutes if action.within else float("inf")


def _people(pack: Pack, own: Protocol, locale: str) -> Iterator[Person]:
    """Whoever has something to do in a case that ends here: the owner first, then in the order of playbook.yaml."""
    called = {own.owner}
    for outcome in own.outcomes.values():
        called.update(outcome.approval)
        called.update(action.owner for level in levels(pack, outcome) for action in level.actions)
        called.update({outcome.follow_up.owner} if outcome.follow_up else ())
    for name in (own.owner, *(each for each in pack.roles if each in called and each != own.owner)):
        yield _person(pack, name, locale)


def _person(pack: Pack, name: str, locale: str) -> Person:
    role = pack.roles[name]
    return Person(_said(role.title, locale), _said(role.who, locale), _said(role.reach, locale))


def _role(pack: Pack, name: str, locale: str) -> str:
    return _said(pack.roles[name].title, locale)


def _said(text: Text | None, locale: str) -> str:
    return " ".join(text.say(locale).split()) if text else ""
