"""`playbook lint`: find what a careful reviewer would find."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Form = Literal["human", "plain", "json", "github", "sarif", "junit", "gitlab"]


def run(  # noqa: PLR0917 - one for each option
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders to tell of. Left out: the whole pack.", show_default=False),
    ] = None,
    pack: Annotated[Path | None, typer.Option(metavar="DIR", help="The pack's folder.", show_default=False)] = None,
    form: Annotated[
        Form | None,
        typer.Option("--format", help="How to tell it. Left out: human; github in its jobs.", show_default=False),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it there.", show_default=False)
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Tell only what is not in this file.", show_default=False)
    ] = None,
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="Write all that is found into the baseline.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what is safe to mend, then tell the rest.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and write nothing.")] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Remember nothing of earlier runs.")] = False,
    base: Annotated[
        str | None,
        typer.Option(metavar="REVISION", help="Find versions that were not raised since then.", show_default=False),
    ] = None,
) -> None:
    """Look through a pack for faults: in its structure, its conditions, its words and its care.

    Exit code 1 where there is an error, with --strict also where there is a warning, with --diff where it shows one.

    `playbook rule CODE` explains a finding.

    Example: playbook lint protocols/threat.yaml
    """
    from playbook.lint.serving import Wishes, serve

    wishes = Wishes(
        tuple(paths or ()), pack, form, output, baseline, write_baseline, strict, fix, diff, not no_cache, base
    )
    if code := serve(wishes):
        raise typer.Exit(code)
