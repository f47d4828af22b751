"""`playbook triage`: be led through a case."""

from pathlib import Path
from typing import Annotated

import typer

from playbook.commands import offer_protocols


def _channels(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    from playbook import completing

    return completing.channels(ctx.params, incomplete)


def _locales(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    from playbook import completing

    return completing.locales(ctx.params, incomplete)


def run(  # noqa: PLR0917 - one for each option
    protocol: Annotated[
        str | None,
        typer.Argument(
            help="Where the case starts. Left out: `intake`, which finds the right one.",
            show_default=False,
            autocompletion=offer_protocols,
        ),
    ] = None,
    pack: Annotated[
        Path | None, typer.Option("--pack", metavar="DIR", help="The folder of the pack.", show_default=False)
    ] = None,
    answers: Annotated[
        str | None,
        typer.Option("--answers", metavar="FILE", help="Answers as JSON; - reads standard input.", show_default=False),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="One answer; may be repeated.", show_default=False),
    ] = None,
    channel: Annotated[
        str | None,
        typer.Option(
            "--channel",
            metavar="ID",
            help="Where the person wrote, such as x or email.",
            show_default=False,
            autocompletion=_channels,
        ),
    ] = None,
    locale: Annotated[
        str | None,
        typer.Option(
            "--locale", metavar="LANG", help="The language of the reply.", show_default=False, autocompletion=_locales
        ),
    ] = None,
    ui: Annotated[
        str | None, typer.Option("--ui", metavar="es|en", help="The language of the questions.", show_default=False)
    ] = None,
    resume: Annotated[
        str | None, typer.Option("--resume", metavar="FILE", help="Go on with a paused case.", show_default=False)
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Numbered prompts, for screen readers and simple terminals.")
    ] = False,
    no_input: Annotated[
        bool, typer.Option("--no-input", help="Never ask: with an answer missing, say which and exit 4.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output; never asks.")] = False,
    skip_details: Annotated[
        bool, typer.Option("--skip-details", help="Do without what only completes actions and replies.")
    ] = False,
) -> None:
    """Be led through a case, to a reply, actions and reasons.

    Example: playbook triage --locale es
    """
    from playbook.desk import serve
    from playbook.desk.opening import Wishes

    wishes = Wishes(
        protocol=protocol,
        pack=pack,
        answers=answers,
        given=tuple(set_ or ()),
        channel=channel,
        locale=locale,
        ui=ui,
        resume=resume,
        plain=plain,
        no_input=no_input or as_json,
        as_json=as_json,
        skip_details=skip_details,
    )
    raise typer.Exit(serve(wishes))
