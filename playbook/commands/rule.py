"""`playbook rule`: the page of a code: a fault, or a rule of `playbook lint`."""

import sys
from typing import Annotated

import typer


def _codes(incomplete: str) -> list[tuple[str, str]]:
    from playbook.lint import pages

    return [(each.code, each.title) for each in pages.every() if each.code.startswith(incomplete.upper())]


def run(
    code: Annotated[
        str | None, typer.Argument(help="A code, or a rule's name.", show_default=False, autocompletion=_codes)
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="List all codes.")] = False,
) -> None:
    """Explain a code: what it does, why it matters, an example, and what to write instead.

    Example: playbook rule PB012
    """
    from playbook.lint import pages
    from playbook.terminal import put

    put(sys.stdout, pages.listed() if every or code is None else pages.page(code))
