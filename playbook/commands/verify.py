"""`playbook verify`: what can be proved of a pack over all answers."""

from pathlib import Path
from typing import Annotated

import typer


def _protocols(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    from playbook import completing

    return completing.protocols(ctx.params, incomplete)


def run(
    protocols: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PROTOCOL]...", help="Left out: all of them.", show_default=False, autocompletion=_protocols
        ),
    ] = None,
    pack: Annotated[Path | None, typer.Option(metavar="DIR", help="The pack's folder.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")] = False,
) -> None:
    """Prove red lines, and that nothing is in vain, over every answer; else show the smallest case.

    Exit code 0: all of it is proved. 1: something does not hold. 2: something could not be decided.

    Example: playbook verify threat
    """
    import os
    import sys

    from playbook import contract
    from playbook import pack as packs
    from playbook.formats import github
    from playbook.output import put_json
    from playbook.proofs import telling
    from playbook.proofs.verifying import proved
    from playbook.report import tell
    from playbook.terminal import put, safe

    root = packs.find(pack, os.environ)
    loaded = packs.loadable(root, protocols or None)
    report = proved(loaded, protocols or None)
    if as_json:
        put_json(telling.as_json(report, loaded.diagnostics) if report else contract.failed(loaded.diagnostics))
        raise typer.Exit(report.exit_code if report else 2)
    tell(loaded.diagnostics)
    text = "".join(f"{safe(line)}\n" for line in telling.told(report)) if report else ""
    if github.wanted(os.environ):
        faults = (*loaded.diagnostics, *(each.fault for each in (report.findings if report else ())))
        text = github.quoted(text) + github.annotated(faults, packs.folder(root, os.environ))
    put(sys.stdout, text)
    raise typer.Exit(report.exit_code if report else 2)
