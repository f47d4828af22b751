"""Does what `playbook chart` asks for: reads the pack, sets the charts, writes them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from playbook import overview
from playbook import pack as packs
from playbook.chart.layout import READABLE, layout
from playbook.chart.page import left_out, page
from playbook.chart.sheet import company, sheet
from playbook.diagnostics import WARNING, Diagnostic, PlaybookError
from playbook.output import write, write_bytes
from playbook.record import Record
from playbook.report import tell
from playbook.words import LOCALES, interface_locale, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playbook.chart.layout import Layout
    from playbook.chart.sheet import Sheet
    from playbook.words import Words

HTML, PDF = "html", "pdf"
SUFFIXES = {".html": HTML, ".htm": HTML, ".pdf": PDF}


class Wishes(Record):
    """What the command line asks for."""

    protocols: tuple[str, ...] = ()
    pack: Path | None = None
    form: str | None = None
    output: Path | None = None
    locale: str | None = None
    ui: str | None = None


def serve(wishes: Wishes) -> None:
    """Do it. Raises PlaybookError where it cannot be done."""
    form = _form(wishes)
    interface = interface_locale(wishes.ui, os.environ)
    _, pack, warnings = packs.opened(wishes.pack, os.environ, list(wishes.protocols) or None)
    spoken, doubts = overview.locale_for(pack, wishes.locale, interface)
    tell([*warnings, *doubts])
    say = words(spoken if spoken in LOCALES else interface)
    names = dict.fromkeys(wishes.protocols) if wishes.protocols else pack.protocols
    sheets = [] if wishes.protocols else [company(pack, spoken, say)]
    sheets += [sheet(pack, each, spoken, say) for each in names]
    if form == PDF and wishes.output is not None:
        from playbook.chart.pdf import printed

        made, set_as = printed(sheets, say)
        write_bytes(made, wishes.output)
    else:
        set_as = [layout(each) for each in sheets]
        write(page(zip(sheets, set_as, strict=True), say), wishes.output)
    english = words("en")
    tell(doubt for each, chosen in zip(sheets, set_as, strict=True) for doubt in _doubts(each, chosen, english))


def _form(wishes: Wishes) -> str:
    """The format: as asked for, else by the file's name, else HTML."""
    form = wishes.form
    if form is None and wishes.output is not None:
        form = SUFFIXES.get(wishes.output.suffix.lower())
        if form is None:
            message = f"cannot tell the format from the name `{wishes.output}`"
            hint = f"end it in {', '.join(f'`{each}`' for each in SUFFIXES)}, or say `--format`"
            raise PlaybookError([Diagnostic("PB421", message, hint=hint)])
    if form == PDF and wishes.output is None:
        raise PlaybookError([Diagnostic("PB424", "a PDF is no text to print", hint="name a file: `-o FILE`")])
    return form or HTML


def _doubts(sheet: Sheet, chosen: Layout, say: Words) -> Iterator[Diagnostic]:
    """What a chart is not: whole, large enough to be read from a step away, on one page."""
    head = f"the chart of `{sheet.protocol or sheet.title}`"
    if not chosen.fits:
        message = f"{head} does not fit on one page, even in type of {chosen.size:g} points: it goes on on the next"
        yield Diagnostic("PB432", message, hint="a protocol that long is easier to follow in parts", severity=WARNING)
    if left := left_out(sheet, chosen, say):
        yield Diagnostic("PB430", f"{head} has no room for {'; '.join(left)}", severity=WARNING)
    if chosen.size < READABLE:
        message = f"{head} is set in type of {chosen.size:g} points, which is small for a wall"
        yield Diagnostic("PB431", message, hint="print it on A3: everything is larger by two fifths", severity=WARNING)
