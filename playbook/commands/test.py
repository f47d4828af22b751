"""`playbook test`: run the scenarios of a pack."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from playbook.commands import offer_protocols

Form = Literal["human", "plain", "json", "junit", "github"]


def run(  # noqa: PLR0917 - one for each option
    protocols: Annotated[
        list[str] | None,
        typer.Argument(help="Left out: all of the pack.", show_default=False, autocompletion=offer_protocols),
    ] = None,
    pack: Annotated[Path | None, typer.Option(metavar="DIR", help="The pack's folder.", show_default=False)] = None,
    form: Annotated[
        Form | None,
        typer.Option("--format", help="How to tell it. Left out: human; github in its jobs.", show_default=False),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it there.", show_default=False)
    ] = None,
    update: Annotated[bool, typer.Option("--update", help="Take the replies of snapshots as they read now.")] = False,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Write the fewest scenarios that cover what is missing.")
    ] = False,
    fail_under: Annotated[
        int | None,
        typer.Option(metavar="PERCENT", min=0, max=100, help="Fail where less is covered.", show_default=False),
    ] = None,
) -> None:
    """Run the scenarios of protocols, and say what none of them comes through.

    Exit code 1 where one does not hold, where a protocol has none, or less is covered than --fail-under asks for.

    Example: playbook test threat --fail-under 100
    """
    from playbook.trial.serving import Wishes, serve

    wishes = Wishes(tuple(protocols or ()), pack, form, output, update, suggest, fail_under)
    if code := serve(wishes):
        raise typer.Exit(code)
