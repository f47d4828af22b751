"""The verbs, one file each."""

import typer


def offer_protocols(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """What the Tab key offers where a protocol is named."""
    from playbook import completing

    return completing.protocols(ctx.params, incomplete)
