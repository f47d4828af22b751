"""`playbook show`: a pack at a glance, or a protocol as a tree, as Mermaid, as DOT or as JSON."""

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from playbook.commands import offer_protocols

Form = Literal["tree", "mermaid", "dot", "json"]


def run(
    protocol: Annotated[
        str | None,
        typer.Argument(help="Left out: the pack at a glance.", show_default=False, autocompletion=offer_protocols),
    ] = None,
    pack: Annotated[Path | None, typer.Option(metavar="DIR", help="The pack's folder.", show_default=False)] = None,
    form: Annotated[Form, typer.Option("--format", help="How to draw it.")] = "tree",
    locale: Annotated[
        str | None, typer.Option(metavar="LANG", help="The labels' language.", show_default=False)
    ] = None,
    ui: Annotated[
        str | None, typer.Option(metavar="es|en", help="The language without --locale.", show_default=False)
    ] = None,
) -> None:
    """Show a protocol as a tree: what is asked, where each answer leads, and how grave each outcome is.

    A step that several answers lead to is drawn once, with its name in brackets, and named by it elsewhere.

    For pictures of all kinds, playbook graph.

    Example: playbook show threat
    """
    from playbook import drawing, graph, overview
    from playbook.output import put_json, put_pieces
    from playbook.pack import opened
    from playbook.report import tell
    from playbook.terminal import size
    from playbook.words import LOCALES, interface_locale, words

    interface = interface_locale(ui, os.environ)
    _, known, warnings = opened(pack, os.environ, None if protocol is None else [protocol])
    spoken, doubts = overview.locale_for(known, locale, interface)
    tell([*warnings, *doubts])
    say = words(spoken if spoken in LOCALES else interface)
    width = size()[0] if sys.stdout.isatty() else None
    if protocol is None and form == "tree":
        put_pieces(overview.rows(known, spoken, say, width))
        return
    drawn = graph.of(known, protocol, spoken, say) if protocol else graph.between(known, spoken)
    if form == "tree":
        put_pieces(drawing.tree(drawn, say, width))
    elif form == "json":
        put_json(graph.as_json(drawn, say))
    else:
        from playbook.pictures.picture import picture
        from playbook.pictures.serving import write_picture

        write_picture(picture(drawn, known, say), form, None)
