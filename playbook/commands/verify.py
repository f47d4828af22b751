"""`playbook verify`: what can be proved of a pack over all answers."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from playbook.commands import offer_protocols

Form = Literal["human", "plain", "json", "github", "sarif", "junit", "gitlab"]


def run(  # noqa: PLR0917 - one for each option
    protocols: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PROTOCOL]...", help="Left out: all of them.", show_default=False, autocompletion=offer_protocols
        ),
    ] = None,
    pack: Annotated[Path | None, typer.Option(metavar="DIR", help="The pack's folder.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    form: Annotated[
        Form | None,
        typer.Option("--format", help="How to tell it. Left out: human; github in its jobs.", show_default=False),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it there.", show_default=False)
    ] = None,
    within: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", min=0, help="Decide nothing more after that time.", show_default=False),
    ] = None,
) -> None:
    """Prove red lines, and that nothing is in vain, over every answer; else show the smallest case.

    Exit code 0: all of it is proved. 1: something does not hold. 2: something could not be decided.

    Example: playbook verify threat
    """
    from playbook.proving.serving import Wishes, serve

    wishes = Wishes(tuple(protocols or ()), pack, "json" if as_json else form, output, within)
    if code := serve(wishes):
        raise typer.Exit(code)
