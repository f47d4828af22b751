"""`playbook why`: what was decisive in a case, and the nearest answers that would lead elsewhere."""

from pathlib import Path
from typing import Annotated

import typer

from playbook.commands import offer_protocols


def run(  # noqa: PLR0917 - one for each option
    protocol: Annotated[
        str | None,
        typer.Argument(
            help="Where the case started. Left out: `intake`, as for `triage`.",
            show_default=False,
            autocompletion=offer_protocols,
        ),
    ] = None,
    pack: Annotated[Path | None, typer.Option(metavar="DIR", help="The pack's folder.", show_default=False)] = None,
    answers: Annotated[
        str | None,
        typer.Option("--answers", metavar="FILE", help="Answers as JSON; - reads standard input.", show_default=False),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="One answer; may be repeated.", show_default=False),
    ] = None,
    channel: Annotated[
        str | None, typer.Option(metavar="ID", help="Where the person wrote, such as x or email.", show_default=False)
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="OUTCOME", help="What would have to be so to end there.", show_default=False),
    ] = None,
    ui: Annotated[str | None, typer.Option(metavar="es|en", help="The language.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")] = False,
) -> None:
    """Tell why a case ended as it did: which answers decided, and what would have led elsewhere.

    Nothing is guessed: it is worked out over every answer, and walked through before it is told.

    Example: playbook why threat --answers case.json --to stand_firm
    """
    from playbook.desk.opening import Wishes
    from playbook.why.serving import serve

    given = tuple(set_ or ())
    wishes = Wishes(protocol, pack, answers, given, channel, ui=ui, no_input=True, as_json=as_json)
    if code := serve(wishes, to):
        raise typer.Exit(code)
