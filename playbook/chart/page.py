"""A chart as a page of HTML that needs nothing else: no script, no link, no picture, and print rules for A4.

Whatever is the pack's is escaped; the only markup is ours.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from playbook.chart.layout import GAP, LINE, MARGIN, shown
from playbook.pictures.looks import ALARM, FILLS, INK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playbook.chart.layout import Layout
    from playbook.chart.sheet import Card, Ending, Option, Person, Sheet
    from playbook.words import Words

_LEVELS = "\n".join(
    f".l{level} {{ background: {fill}; border-color: {line}; }}" for level, (fill, line) in enumerate(FILLS)
)
_STYLE = f"""
@page {{ size: A4; margin: {MARGIN}mm; }}
@page lying {{ size: A4 landscape; margin: {MARGIN}mm; }}
* {{ box-sizing: border-box; margin: 0; padding: 0; }}
body {{ font-family: Helvetica, Arial, "Liberation Sans", "DejaVu Sans", sans-serif; color: {INK}; background: #fff;
  -webkit-print-color-adjust: exact; print-color-adjust: exact; }}
.chart {{ line-height: {LINE}; break-after: page; overflow-wrap: break-word; }}
.chart:last-child {{ break-after: auto; }}
.lying {{ page: lying; }}
header {{ border-bottom: 0.7mm solid {INK}; margin-bottom: 0.5em; padding-bottom: 0.2em; }}
h1 {{ font-size: 2em; line-height: 1.1; }}
header p, footer {{ font-size: 0.9em; }}
.columns {{ column-gap: {GAP}mm; }}
h2 {{ font-size: 1em; background: {INK}; color: #fff; padding: 0.1em 0.5em; margin: 0.4em 0; break-after: avoid;
  break-inside: avoid; }}
.block {{ break-inside: avoid; position: relative; padding-left: 7mm; margin-bottom: 0.5em; }}
.mark {{ position: absolute; left: 0; top: 0; min-width: 5.4mm; text-align: center; font-weight: bold; }}
.step > .mark {{ border: 0.35mm solid {INK}; border-radius: 1.2mm; }}
.option {{ padding-left: 3mm; text-indent: -3mm; margin-top: 0.1em; }}
.to {{ font-weight: bold; white-space: nowrap; }}
.go {{ border: 0.25mm solid {INK}; border-radius: 1mm; padding: 0 0.9mm; }}
.end {{ border: 0.25mm solid {INK}; padding: 0 0.9mm; }}
.ending > .mark {{ border: 0.35mm solid {INK}; }}
.more {{ font-size: 0.92em; }}
.person {{ padding-left: 0; margin-bottom: 0.3em; }}
.reach {{ font-weight: bold; }}
.red {{ padding-left: 4mm; margin-bottom: 0.3em; }}
.red::before {{ content: "■"; color: {ALARM}; position: absolute; left: 0; }}
footer {{ border-top: 0.25mm solid {INK}; margin-top: 0.5em; padding-top: 0.2em; }}
{_LEVELS}
@media screen {{ body {{ background: #ddd; }}
  .chart {{ background: #fff; margin: 6mm auto; padding: {MARGIN}mm; width: 210mm; min-height: 297mm; }}
  .lying {{ width: 297mm; min-height: 210mm; }} }}
"""


def page(sheets: Iterable[tuple[Sheet, Layout]], words: Words) -> str:
    """A document with a chart on each page."""
    drawn = list(sheets)
    title = " · ".join(sheet.title for sheet, _ in drawn)
    head = f'<meta charset="utf-8">\n<title>{escape(title)}</title>\n<style>{_STYLE}</style>'
    body = "\n".join(_chart(sheet, layout, words) for sheet, layout in drawn)
    locale = escape(drawn[0][0].locale.replace("_", "-"))
    return f'<!DOCTYPE html>\n<html lang="{locale}">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'


def _chart(sheet: Sheet, layout: Layout, words: Words) -> str:
    lying = " lying" if layout.landscape else ""
    rows = [
        f'<main class="chart{lying}" style="font-size: {layout.size:g}pt">',
        f"<header><h1>{escape(sheet.title)}</h1><p>{escape(sheet.about)}</p></header>",
        f'<div class="columns" style="columns: {layout.columns}">',
        *_part(sheet.headings[0], map(_person, sheet.protocols)),
        *_part(sheet.headings[1], map(_card, sheet.cards)),
        *_part(sheet.headings[2], (_ending(each, layout) for each in sheet.endings)),
        *_part(sheet.headings[3], map(_person, sheet.people)),
        *_part(sheet.headings[4], map(_red, sheet.red_lines)),
        *_part(sheet.headings[5], map(_red, sheet.company if layout.company else ())),
        "</div>",
        *[f"<footer>{escape(each)}</footer>" for each in foot(sheet, layout, words)],
        "</main>",
    ]
    return "\n".join(rows)


def foot(sheet: Sheet, layout: Layout, words: Words) -> list[str]:
    """The last line, where there is something to say: where to start, and what is left out."""
    left = left_out(sheet, layout, words)
    parts = [words("chart_start", protocol=sheet.protocol)] if sheet.protocol else []
    parts += [words("chart_left_out", what="; ".join(left))] if left else []
    return [" · ".join(parts)] if parts else []


def left_out(sheet: Sheet, layout: Layout, words: Words) -> list[str]:
    """What the layout has no room for."""
    found = [words("chart_left_acting")] if sheet.endings and not layout.acting else []
    return found + ([words("chart_left_company", n=len(sheet.company))] if sheet.company and not layout.company else [])


def _part(heading: str, blocks: Iterable[str]) -> Iterator[str]:
    """A heading and its blocks; nothing where there are none."""
    for at, block in enumerate(blocks):
        if not at:
            yield f"<h2>{escape(heading)}</h2>"
        yield block


def _card(card: Card) -> str:
    options = "".join(f'<p class="option">{_option(each)}</p>' for each in card.options)
    return f'<div class="block step"><span class="mark">{card.mark}</span><b>{escape(card.head)}</b>{options}</div>'


def _option(option: Option) -> str:
    """An option: a card's number in a round frame, an outcome's letter in a square one of its level."""
    frame = "go" if option.level is None else f"end l{option.level}"
    mark = f'→&nbsp;<span class="{frame}">{option.mark}</span>' if option.mark else "→"
    text = f" {escape(option.text)}" if option.text else ""
    return f'{escape(option.label)} <span class="to">{mark}</span>{text}'


def _ending(ending: Ending, layout: Layout) -> str:
    rest = " · ".join(shown(ending, layout))
    more = f'<p class="more">{escape(rest)}</p>' if rest else ""
    mark = f'<span class="mark l{ending.level}">{ending.mark}</span>'
    return f'<div class="block ending">{mark}<b>{escape(ending.title)}</b> · {escape(ending.lines[0])}{more}</div>'


def _person(person: Person) -> str:
    reach = f' <span class="reach">{escape(person.reach)}</span>' if person.reach else ""
    who = f" · {escape(person.who)}" if person.who else ""
    return f'<p class="block person"><b>{escape(person.title)}</b>{who}{" ·" if reach else ""}{reach}</p>'


def _red(text: str) -> str:
    return f'<p class="block red">{escape(text)}</p>'
