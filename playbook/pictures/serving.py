"""Does what `playbook graph` asks for: reads the pack, draws the picture, writes it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from playbook import graph, overview
from playbook import pack as packs
from playbook.diagnostics import WARNING, Diagnostic, PlaybookError, did_you_mean
from playbook.output import write, write_bytes
from playbook.pictures import dot, mermaid
from playbook.pictures.picture import Missed, picture
from playbook.protocol import Target
from playbook.record import Record
from playbook.report import tell
from playbook.terminal import put
from playbook.words import LOCALES, interface_locale, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from playbook.graph import Graph
    from playbook.pictures.picture import Picture
    from playbook.protocol import Pack
    from playbook.words import Words

MERMAID, DOT, SVG, PNG = "mermaid", "dot", "svg", "png"
SUFFIXES = {".mmd": MERMAID, ".mermaid": MERMAID, ".dot": DOT, ".gv": DOT, ".svg": SVG, ".png": PNG}


class Wishes(Record):
    """What the command line asks for."""

    protocol: str | None = None
    pack: Path | None = None
    form: str | None = None
    output: Path | None = None
    depth: int = 0
    collapse: tuple[str, ...] = ()
    coverage: bool = False
    locale: str | None = None
    ui: str | None = None


def serve(wishes: Wishes) -> None:
    """Do it. Raises PlaybookError where it cannot be done."""
    form = _form(wishes)
    interface = interface_locale(wishes.ui, os.environ)
    _, pack, warnings = packs.opened(wishes.pack, os.environ, _needed(wishes))
    spoken, doubts = overview.locale_for(pack, wishes.locale, interface)
    tell([*warnings, *doubts])
    say = words(spoken if spoken in LOCALES else interface)
    drawn = _graph(pack, wishes, spoken, say)
    missed = _missed(pack) if wishes.coverage else None
    shown = picture(drawn, pack, say, missed)
    if missed:
        put(sys.stderr, f"{shown.note}\n")
    write_picture(shown, form, wishes.output)


def _form(wishes: Wishes) -> str:
    """The format: as asked for, else by the file's name, else Mermaid."""
    if wishes.form is None and wishes.output is not None:
        form = SUFFIXES.get(wishes.output.suffix.lower())
        if form is None:
            message = f"cannot tell the format from the name `{wishes.output}`"
            hint = f"end it in {', '.join(f'`{each}`' for each in SUFFIXES)}, or say `--format`"
            raise PlaybookError([Diagnostic("PB421", message, hint=hint)])
        return form
    if wishes.form == PNG and wishes.output is None:
        raise PlaybookError([Diagnostic("PB424", "a PNG is no text to print", hint="name a file: `-o FILE`")])
    return wishes.form or MERMAID


def _needed(wishes: Wishes) -> list[str] | None:
    """The protocol to load, with all that it leads into; all of the pack without one, or where scenarios are run."""
    return None if wishes.protocol is None or wishes.coverage else [wishes.protocol]


def _graph(pack: Pack, wishes: Wishes, locale: str, say: Words) -> Graph:
    closed = _known(wishes.collapse, pack.protocols)
    if wishes.protocol is not None:
        _known([wishes.protocol], pack.protocols)
        near = graph.within(pack, wishes.protocol, wishes.depth, closed)
        return graph.of(pack, wishes.protocol, locale, say, near)
    if wishes.depth == 0:
        return graph.between(pack, locale)
    return graph.whole(pack, locale, say, [each for each in pack.protocols if each not in closed])


def _known(names: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    faults = [
        Diagnostic("PB071", f"no protocol is called `{each}`", hint=did_you_mean(each, known))
        for each in names
        if each not in known
    ]
    if faults:
        raise PlaybookError(faults)
    return tuple(names)


def _missed(pack: Pack) -> Missed:
    """What none of the pack's scenarios comes through, as `playbook test` counts it."""
    from playbook.scenarios.coverage import LINES, OUTCOMES
    from playbook.scenarios.trial import attempt

    trial = attempt(pack, tuple(pack.protocols), packs.limits(os.environ))
    if trial.failed:
        message = "not every scenario holds: what they come through may not be what they should"
        tell([Diagnostic("PB425", message, hint="`playbook test` says which", severity=WARNING)])
    missing = trial.coverage.missing
    ends = (each.key[1] for each in missing if each.kind == OUTCOMES)
    lines = frozenset(each.span for each in missing if each.kind == LINES)
    return Missed(lines, frozenset(each for each in ends if isinstance(each, Target)))


def write_picture(shown: Picture, form: str, output: Path | None) -> None:
    """Write a picture to a file, or as text to standard output; warn of a Mermaid drawing that is too large."""
    if form == MERMAID:
        text = mermaid.mermaid(shown)
        write(text, output)
        tell(mermaid.too_large(shown, text))
    elif form == DOT:
        write(dot.dot(shown), output)
    else:
        from playbook.pictures.graphviz import drawn

        made = drawn(dot.dot(shown), form)
        if output is None:
            write(made.decode("utf-8"), None)
        else:
            write_bytes(made, output)
