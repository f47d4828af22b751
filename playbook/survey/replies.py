"""The templates that outcomes use, and what each of them says, as text with the place of every character."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from playbook.record import Record
from playbook.replies.style import fold, places
from playbook.replies.tags import Fault, cut
from playbook.replies.template import Choose, Include, Say, picked
from playbook.replies.wording import partial, template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from playbook.diagnostics import Span
    from playbook.protocol import Outcome, Pack, Side
    from playbook.replies.template import Part, Template

FOLDER = "templates/"


class Used(Record):
    """A template's file as an outcome uses it: on which side, in which locale, in which variant (or empty)."""

    outcome: Outcome
    side: str
    name: str
    locale: str
    variant: str
    path: str


def used(pack: Pack) -> Iterator[Used]:
    """Every file of a template that an outcome uses, once for each side of each outcome."""
    files = _by_stem(pack)
    for own in pack.protocols.values():
        for outcome in own.outcomes.values():
            for side in ("public", "private"):
                said: Side | None = getattr(outcome.reply, side)
                if said is None or said.template is None:
                    continue
                for locale in pack.locales:
                    for path in files.get((locale, own.id, said.template), ()):
                        variant = path.rpartition("/")[2].split(".", 1)[1].removesuffix("j2").rstrip(".")
                        yield Used(outcome, side, said.template, locale, variant, path)


def _by_stem(pack: Pack) -> Mapping[tuple[str, str, str], list[str]]:
    """The files of templates by locale, protocol and name."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for path in pack.files:
        parts = path.split("/")
        if path.startswith(FOLDER) and len(parts) == 4:  # noqa: PLR2004 - templates/locale/protocol/file
            found.setdefault((parts[1], parts[2], parts[3].split(".")[0]), []).append(path)
    return found


def closure(pack: Pack, path: str, read: dict[str, Template]) -> tuple[str, ...]:
    """A template's file and the partials in it, those that are there; they are added to what was `read`."""
    found: dict[str, None] = {}
    pending = [path]
    while pending:
        each = pending.pop()
        if each not in found and each in pack.files:
            found[each] = None
            if each not in read:
                read[each] = template(pack, each)
            pending += (partial(each, name) for name in _included(read[each].parts))
    return tuple(found)


def _included(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Include):
            yield part.name
        elif isinstance(part, Choose):
            for branch in part.branches:
                yield from _included(branch.parts)


def said(parts: tuple[Part, ...]) -> Iterator[Say]:
    """The names that parts of a template print, partials left out."""
    for part in parts:
        if isinstance(part, Say):
            yield part
        elif isinstance(part, Choose):
            for branch in part.branches:
                yield from said(branch.parts)


class Flat:
    """What a text says in one register: the words alone, and where each character of them stands in its source.

    A name that is printed stands as `¤`; the branches of an `if` follow one another, each as a sentence of its own.
    """

    def __init__(self, text: str, starts: list[int], places: list[int]) -> None:
        """Keep the pieces: each starts at one of `starts` in the text, and at one of `places` in the source."""
        self.text = text
        self._starts, self._places = starts, places

    def at(self, index: int) -> int:
        """Where a character of the text stands in the source."""
        piece = bisect_right(self._starts, index) - 1
        return self._places[piece] + index - self._starts[piece]


def flat(read: Template, register: str | None) -> Flat:
    """What a template says in a register; without one, what it says outside of `you(…)`."""
    pieces: list[str] = []
    starts: list[int] = []
    places: list[int] = []
    length = 0

    def add(piece: str, place: int) -> None:
        nonlocal length
        if piece:
            pieces.append(piece)
            starts.append(length)
            places.append(place)
            length += len(piece)

    try:
        tags, _ = cut(read.source)
    except Fault:
        return Flat("", [0], [0])
    before = 0
    for tag in tags:
        add(read.source[before : tag.at], before)
        if tag.opens == "{{":
            pick = picked(read.source[tag.start : tag.end])
            if pick is None:
                add("¤", tag.at)
            else:
                add("¤" if register is None else pick.tu if register == "tu" else pick.usted, tag.at)
        elif tag.word in ("elif", "else", "include"):
            add(" ; ", tag.at)
        before = tag.after
    add(read.source[before:], before)
    return Flat("".join(pieces), starts or [0], places or [0])


def place(read: Template, told: Flat, index: int) -> Span:
    """The place of a character of a flat text in the template's file."""
    return read.span(told.at(index))


class Spoken:
    """Words as somebody reads them, with the outcomes that say them; `span` gives the place of a character."""

    def __init__(self, outcomes: list[Outcome], locale: str, text: str, span: Callable[[int], Span]) -> None:
        """Fold the text, which phrases are looked for in."""
        self.outcomes, self.locale, self.text, self.span = outcomes, locale, text, span
        self.folded = f" {fold(text)} "

    def phrases(self, wanted: Iterable[str]) -> Iterator[tuple[str, Span]]:
        """Those of the folded phrases that stand here, each with its place, as often as they do."""
        standing = [each for each in wanted if f" {each} " in self.folded]
        if standing:
            yield from ((phrase, self.span(at)) for phrase, at in places(self.text, standing))
