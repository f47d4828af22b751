"""`playbook list`: the protocols of a pack."""

from pathlib import Path
from typing import Annotated

import typer


def run(
    pack: Annotated[Path | None, typer.Option(metavar="DIR", help="The pack's folder.", show_default=False)] = None,
    locale: Annotated[
        str | None, typer.Option(metavar="LANG", help="The titles' language.", show_default=False)
    ] = None,
    ui: Annotated[str | None, typer.Option(metavar="es|en", help="The headings' language.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")] = False,
) -> None:
    """List the protocols of the pack: title, version, owner, how many questions at most, how many outcomes.

    Example: playbook list --locale en
    """
    import os
    import sys

    from playbook import overview
    from playbook.output import put_json
    from playbook.pack import opened
    from playbook.report import tell
    from playbook.terminal import put
    from playbook.words import interface_locale, words

    interface = interface_locale(ui, os.environ)
    root, found, warnings = opened(pack, os.environ)
    spoken, doubts = overview.locale_for(found, locale, interface)
    tell([*warnings, *doubts])
    rows = overview.summaries(found, spoken)
    if as_json:
        put_json({"schema_version": 1, "pack": str(root), "protocols": [each._asdict() for each in rows]})
    else:
        put(sys.stdout, "".join(f"{line}\n" for line in overview.table(rows, words(interface))))
