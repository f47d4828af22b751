"""`playbook chart`: a protocol on one page, for the wall."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from playbook.commands import offer_protocols

Form = Literal["html", "pdf"]


def run(  # noqa: PLR0917 - one for each option
    protocols: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PROTOCOL]...", help="Left out: all of them.", show_default=False, autocompletion=offer_protocols
        ),
    ] = None,
    pack: Annotated[Path | None, typer.Option(metavar="DIR", help="The pack's folder.", show_default=False)] = None,
    form: Annotated[
        Form | None,
        typer.Option("--format", help="What to write. Left out: by the file's name, else html.", show_default=False),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it there.", show_default=False)
    ] = None,
    locale: Annotated[
        str | None, typer.Option(metavar="LANG", help="The chart's language.", show_default=False)
    ] = None,
    ui: Annotated[
        str | None, typer.Option(metavar="es|en", help="The language without --locale.", show_default=False)
    ] = None,
) -> None:
    """Print protocols for the wall, a page of A4 each: the tree, who is called, the red lines.

    What has no room is named, on the page and here; nothing is cut.

    Example: playbook chart threat -o threat.html
    """
    from playbook.chart.serving import Wishes, serve

    serve(Wishes(tuple(protocols or ()), pack, form, output, locale, ui))
