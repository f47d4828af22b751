"""`playbook diff`: what a change does to cases."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Form = Literal["human", "markdown", "json"]


def run(  # noqa: PLR0917 - one for each option
    base: Annotated[
        str | None,
        typer.Argument(
            help="A revision, folder or file. Left out: where the main branch was left.", show_default=False
        ),
    ] = None,
    head: Annotated[
        str | None,
        typer.Argument(metavar="[HEAD]", help="As BASE. Left out: the working tree, as it is.", show_default=False),
    ] = None,
    pack: Annotated[Path | None, typer.Option(metavar="DIR", help="The pack's folder.", show_default=False)] = None,
    protocol: Annotated[
        list[str] | None, typer.Option(metavar="PROTOCOL", help="Only this one; may be repeated.", show_default=False)
    ] = None,
    form: Annotated[
        Form | None, typer.Option("--format", help="How to tell it. Left out: human.", show_default=False)
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it there.", show_default=False)
    ] = None,
    seconds: Annotated[int, typer.Option(metavar="N", min=1, help="How long it may take.")] = 60,
) -> None:
    """Tell what a change does to cases: which of them end otherwise, and how, over all answers.

    Exit code 0: it is told. 1: a red line is newly broken, or a version is not raised enough. 2: something could not
    be compared.

    Example: playbook diff HEAD~1 --format markdown
    """
    from playbook.review.serving import Wishes, serve

    if code := serve(Wishes(base, head, pack, tuple(protocol or ()), form, output, seconds)):
        raise typer.Exit(code)
