"""How large the type of a chart may be: what is on it, in lines of text as wide as type can be.

Nobody knows with which font a page is printed. So letters are taken to be as wide as those of the widest common one,
and what fits by this count fits in print. Where it does not fit in type that is read at arm's length, something is
left out and named; only after that type becomes smaller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.chart.sheet import Card, Ending, Person, Sheet

READABLE = 8.5
"""The smallest type, in points, that is read at arm's length without effort."""
_LARGEST, _SMALLEST = 12.0, 6.0
LINE = 1.25
"""Height of a line, in type."""
MARGIN, GAP = 9.0, 5.0
"""Around the page and between columns, in millimetres."""
_POINT = 25.4 / 72
_WIDTHS = {"ijlíI.,:;'|·": 0.32, "ftr()[]!¡/-": 0.40, "ckszxvyJ¿?“”": 0.57, "mwMW@%—→…": 0.97}
"""Of letters in type, in the widest font that is common (DejaVu Sans)."""
_LETTERS = {letter: width for letters, width in _WIDTHS.items() for letter in letters}
_LOWER, _UPPER, _WHOLE = 0.63, 0.72, 1.0
_BOLD = 1.12
_AFTER, _AFTER_LINE, _HEADING, _AROUND = 0.45, 0.28, 1.9, 2.0
"""Lines left free after a card, after a line of a list, for a heading, and around the columns."""


class Layout(Record):
    """How a chart is set: type in points, columns, and which of the things that can be done without are on it."""

    size: float
    landscape: bool = False
    acting: bool = True
    company: bool = True
    fits: bool = True

    @property
    def columns(self) -> int:
        """Two on a page that stands, three on one that lies."""
        return 3 if self.landscape else 2

    @property
    def width(self) -> float:
        """Of a column, in millimetres."""
        return ((297 if self.landscape else 210) - 2 * MARGIN - (self.columns - 1) * GAP) / self.columns

    @property
    def height(self) -> float:
        """Of the page inside its margins, in millimetres."""
        return (210 if self.landscape else 297) - 2 * MARGIN


def layouts() -> Iterator[Layout]:
    """All that are tried, the best first: large type, all of it, a page that stands."""
    sizes = [_LARGEST - step / 2 for step in range(int((_LARGEST - _SMALLEST) * 2) + 1)]
    readable = [size for size in sizes if size >= READABLE]
    for acting, company in ((True, True), (False, True), (True, False), (False, False)):
        for size in readable:
            yield from (Layout(size, landscape, acting, company) for landscape in (False, True))
    for size in sizes[len(readable) :]:
        yield from (Layout(size, landscape, acting=False, company=False) for landscape in (False, True))


def layout(sheet: Sheet) -> Layout:
    """The best layout that fits by count; the last one, that does not, where none does."""
    last = Layout(_SMALLEST)
    for each in layouts():
        last = each
        if fits(sheet, each):
            return each
    return last._replace(fits=False)


def fits(sheet: Sheet, layout: Layout) -> bool:
    """Whether everything is on one page, by count."""
    room = layout.height / (layout.size * _POINT * LINE) - _head(sheet, layout)
    left, column = room, 1
    for need in _blocks(sheet, layout):
        if need > left:
            left, column = room, column + 1
        left -= need
        if need > room or column > layout.columns:
            return False
    return True


def _head(sheet: Sheet, layout: Layout) -> float:
    """Lines of what stands above and below the columns."""
    wide = layout.columns * layout.width
    about = rows(sheet.about, wide, layout.size * 0.9)
    return 1.8 * rows(sheet.title, wide, layout.size * 2, bold=True) + 0.9 * (about + 2) + _AROUND


def _blocks(sheet: Sheet, layout: Layout) -> Iterator[float]:
    """The lines of each block that stays together, headings with what follows them."""
    groups: list[list[float]] = [
        [_person(each, layout) for each in sheet.protocols],
        [_card(each, layout) for each in sheet.cards],
        [_ending(each, layout) for each in sheet.endings],
        [_person(each, layout) for each in sheet.people],
        [_line(each, layout) for each in sheet.red_lines],
        [_line(each, layout) for each in sheet.company] if layout.company else [],
    ]
    for group in groups:
        for at, need in enumerate(group):
            yield need + (0 if at else _HEADING)


def _card(card: Card, layout: Layout) -> float:
    head = rows(card.head, layout.width - 7, layout.size, bold=True)
    options = (f"{each.label} → {each.mark} {each.text}" for each in card.options)
    return head + sum(rows(each, layout.width - 7, layout.size) + 0.09 for each in options) + _AFTER


def _ending(ending: Ending, layout: Layout) -> float:
    first = rows(f"{ending.title} · {ending.lines[0]}", layout.width - 7, layout.size, bold=True)
    rest = shown(ending, layout)
    return first + (rows(" · ".join(rest), layout.width - 7, layout.size * 0.92) if rest else 0) + _AFTER


def shown(ending: Ending, layout: Layout) -> tuple[str, ...]:
    """What is said of an outcome below its title."""
    return ending.lines[1:] if layout.acting else ending.lines[1:-1] if len(ending.lines) > 1 else ()


def _person(person: Person, layout: Layout) -> float:
    return rows(" · ".join(person), layout.width, layout.size, bold=True) + _AFTER_LINE


def _line(text: str, layout: Layout) -> float:
    return rows(text, layout.width - 4, layout.size) + _AFTER_LINE


def rows(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """The lines that a text takes in so many millimetres."""
    room = width / (size * _POINT) / (_BOLD if bold else 1)
    count, used = 1, 0.0
    for word in text.split():
        length = _length(word)
        if used and used + 0.32 + length > room:
            count, used = count + 1, 0.0
        used += length + (0.32 if used else 0)
        while used > room:
            count, used = count + 1, used - room
    return count


def _length(word: str) -> float:
    return sum(_LETTERS.get(each) or _other(each) for each in word)


def _other(letter: str) -> float:
    return _WHOLE if letter >= "\u1100" else _UPPER if letter.isupper() else _LOWER
