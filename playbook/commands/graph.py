"""`playbook graph`: a picture of a protocol."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from playbook.commands import offer_protocols

Form = Literal["mermaid", "dot", "svg", "png"]


def run(  # noqa: PLR0917 - one for each option
    protocol: Annotated[
        str | None,
        typer.Argument(help="Left out: all of the pack.", show_default=False, autocompletion=offer_protocols),
    ] = None,
    pack: Annotated[Path | None, typer.Option(metavar="DIR", help="The pack's folder.", show_default=False)] = None,
    form: Annotated[
        Form | None,
        typer.Option("--format", help="What to draw. Left out: by the file's name, else mermaid.", show_default=False),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it there.", show_default=False)
    ] = None,
    depth: Annotated[
        int, typer.Option(metavar="N", min=0, help="Draw what is in the protocols it leads into, N deep.")
    ] = 0,
    collapse: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PROTOCOL",
            help="Keep this one a single box; may be repeated.",
            show_default=False,
            autocompletion=offer_protocols,
        ),
    ] = None,
    coverage: Annotated[bool, typer.Option("--coverage", help="Colour it by what the scenarios come through.")] = False,
    locale: Annotated[
        str | None, typer.Option(metavar="LANG", help="The labels' language.", show_default=False)
    ] = None,
    ui: Annotated[
        str | None, typer.Option(metavar="es|en", help="The language without --locale.", show_default=False)
    ] = None,
) -> None:
    """Draw a protocol: Mermaid and DOT as text, SVG and PNG with Graphviz.

    Other protocols that it leads into are single boxes. Without a protocol, which leads into which.

    Example: playbook graph threat -o threat.svg --coverage
    """
    from playbook.pictures.serving import Wishes, serve

    serve(Wishes(protocol, pack, form, output, depth, tuple(collapse or ()), coverage, locale, ui))
