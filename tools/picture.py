"""Screens of a terminal -> one animated SVG.

No script and no outside font; a reader who wants no motion sees the last screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyte.screens import Char

WIDTH, HEIGHT, FONT = 8.4, 18, 14  # of one cell, and of its letter, in pixels
LETTERS = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace"
EDGE, BAR = 14, 30  # around the screen, and above it for the title
PAPER, INK, FRAME = "#16181d", "#d8dce4", "#262a32"
COLOURS = {
    "default": INK,
    "black": "#3b4048",
    "red": "#f2777a",
    "green": "#8fc98b",
    "brown": "#e8c06a",
    "blue": "#7fb2e5",
    "magenta": "#cf9ddb",
    "cyan": "#6cc4c4",
    "white": "#d8dce4",
    "brightblack": "#7c8492",
    "brightred": "#ff9a9c",
    "brightgreen": "#aee0aa",
    "brightbrown": "#f5d78e",
    "brightblue": "#a5cdf5",
    "brightmagenta": "#e2bdeb",
    "bfightmagenta": "#e2bdeb",  # as pyte spells it
    "brightcyan": "#94dede",
    "brightwhite": "#ffffff",
}


@dataclass(frozen=True)
class Cell:
    """One character, with its colours (`#rrggbb`) and weight. An empty `text` is the right half of a wide one."""

    text: str
    ink: str
    paper: str
    bold: bool
    italic: bool
    underlined: bool

    @classmethod
    def of(cls, char: Char) -> Cell:
        """The cell that pyte's `char` shows."""
        ink = COLOURS.get(char.fg, f"#{char.fg}")
        paper = PAPER if char.bg == "default" else COLOURS.get(char.bg, f"#{char.bg}")
        if char.reverse:
            ink, paper = paper, ink
        return cls(char.data, ink, paper, char.bold, char.italics, char.underscore)

    @property
    def style(self) -> tuple[str, bool, bool, bool]:
        """What neighbours must share to be drawn as one run."""
        return self.ink, self.bold, self.italic, self.underlined


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Frame:
    """A whole screen, where its cursor is (column, row) if it shows, and for how many seconds it stands."""

    rows: tuple[Row, ...]
    cursor: tuple[int, int] | None
    seconds: float

    def text(self) -> str:
        """The screen as plain lines."""
        return "\n".join("".join(cell.text for cell in row).rstrip() for row in self.rows).rstrip()


def picture(title: str, frames: list[Frame]) -> str:
    """One SVG that shows `frames` in turn, and only the last of them where motion is not wanted."""
    columns, lines = len(frames[0].rows[0]), len(frames[0].rows)
    width, height = round(columns * WIDTH + 2 * EDGE), lines * HEIGHT + BAR + EDGE
    numbers: dict[Row, int] = {}
    for frame in frames:
        for row in frame.rows:
            if draw(row):
                numbers.setdefault(row, len(numbers))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<desc>{escape(frames[-1].text())}</desc>",
        f"<style>{style(frames)}</style>",
        f'<rect width="{width}" height="{height}" rx="8" fill="{PAPER}"/>',
        f'<path d="M0 {BAR - 4}V8a8 8 0 0 1 8-8H{width - 8}a8 8 0 0 1 8 8V{BAR - 4}z" fill="{FRAME}"/>',
        f'<text x="{width / 2:g}" y="18" text-anchor="middle" fill="#9aa1ad">{escape(title)}</text>',
        "<defs>",
        *(f'<g id="r{number}">{draw(row)}</g>' for row, number in numbers.items()),
        "</defs>",
        f'<g transform="translate({EDGE} {BAR})">',
        *(show(number, frame, numbers, last=frame is frames[-1]) for number, frame in enumerate(frames)),
        "</g>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def style(frames: list[Frame]) -> str:
    """The rules that show each frame in its time, for ever."""
    total = sum(frame.seconds for frame in frames)
    rules = [
        f"text{{font:{FONT}px {LETTERS};white-space:pre}}",
        ".b{font-weight:bold}.i{font-style:italic}.u{text-decoration:underline}",
        ".f{visibility:hidden}.last{visibility:visible}",
    ]
    timed, start = [], 0.0
    for number, frame in enumerate(frames):
        end = start + frame.seconds
        timed.append(f"#f{number}{{animation:k{number} {total:g}s step-end infinite}}")
        states = {0.0: "hidden", start / total * 100: "visible"}
        if end < total:
            states[end / total * 100] = "hidden"
        steps = "".join(f"{percent:.3f}%{{visibility:{state}}}" for percent, state in sorted(states.items()))
        rules.append(f"@keyframes k{number}{{{steps}}}")
        start = end
    if len(frames) > 1:
        rules.append(f"@media (prefers-reduced-motion:no-preference){{{''.join(timed)}}}")
    return "\n".join(rules)


def show(number: int, frame: Frame, numbers: dict[Row, int], *, last: bool) -> str:
    """The group of one frame: its rows, each drawn once for all frames, and the cursor."""
    rows = "".join(
        f'<use href="#r{numbers[row]}" y="{line * HEIGHT}"/>' for line, row in enumerate(frame.rows) if row in numbers
    )
    cursor = ""
    if frame.cursor:
        x, y = frame.cursor
        place = f'x="{x * WIDTH:g}" y="{y * HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        cursor = f'<rect {place} fill="{INK}" opacity=".45"/>'
    return f'<g id="f{number}" class="f{" last" if last else ""}">{rows}{cursor}</g>'


def draw(row: Row) -> str:
    """A row's coloured ground, then its text in runs; nothing for an empty row."""
    places = list(enumerate(row))
    grounds, runs = [], []
    for paper, group in groupby(places, key=lambda place: place[1].paper):
        if paper != PAPER:
            cells = list(group)
            x, width = cells[0][0] * WIDTH, len(cells) * WIDTH
            grounds.append(f'<rect x="{x:g}" width="{width:g}" height="{HEIGHT}" fill="{paper}"/>')
    for _, group in groupby(places, key=lambda place: place[1].style):
        cells = list(group)
        while cells and not cells[-1][1].text.strip():
            cells.pop()
        while cells and not cells[0][1].text.strip():
            cells.pop(0)
        if cells:
            runs.append(run(cells[0][0], [cell for _, cell in cells]))
    return "".join(grounds) + "".join(runs)


def run(column: int, cells: list[Cell]) -> str:
    """Cells of one style as one text, stretched to the grid whatever font the reader has."""
    first = cells[0]
    marks = (("b", first.bold), ("i", first.italic), ("u", first.underlined))
    names = " ".join(name for name, on in marks if on)
    weight = f' class="{names}"' if names else ""
    text = escape("".join(cell.text for cell in cells), quote=False)
    length = len(cells) * WIDTH
    return (
        f'<text x="{column * WIDTH:g}" y="{HEIGHT - 5}" textLength="{length:g}"'
        f' lengthAdjust="spacingAndGlyphs" fill="{first.ink}"{weight}>{text}</text>'
    )
