"""`playbook new`: a protocol, a scenario or a pack to start from."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Kind = Literal["protocol", "scenario", "pack"]


def run(
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help="protocol, scenario or pack.", show_default=False)],
    name: Annotated[
        str | None,
        typer.Argument(
            help="The protocol's id; for a pack its folder. Left out: new_protocol, crisis-playbook, the only one.",
            show_default=False,
        ),
    ] = None,
    pack: Annotated[Path | None, typer.Option(metavar="DIR", help="The pack's folder.", show_default=False)] = None,
    given: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="KEY=VALUE", help="An answer of the scenario; may be repeated.", show_default=False
        ),
    ] = None,
    locales: Annotated[str, typer.Option(metavar="LIST", help="The languages of a new pack.")] = "es,en",
) -> None:
    """Write something new that passes lint, test and verify at once, with comments that say what to change.

    Nothing that is there is overwritten. A scenario is added to its file: without answers, it is a case that no
    scenario comes through.

    Example: playbook new protocol refund
    """
    import os
    import sys

    from playbook import pack as packs
    from playbook.desk.opening import now, settings
    from playbook.scaffold import serving
    from playbook.terminal import put, safe

    if kind == "pack":
        root = Path(name or "crisis-playbook")
        made = serving.new_pack(root, [each.strip() for each in locales.split(",")], now().date())
    elif kind == "protocol":
        root = packs.find(pack, os.environ)
        made = serving.new_protocol(root, name or "new_protocol", now().date())
    else:
        root = packs.find(pack, os.environ)
        path, text = serving.new_scenario(root, name, settings(given or ()))
        made = [path] if path else []
        if not path:
            put(sys.stdout, safe(text))
            put(sys.stderr, "this could not be added to the scenarios that are there: paste it into their list\n")
    put(sys.stdout, safe("".join(f"{root / each}\n" for each in made)))
