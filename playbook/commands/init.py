"""`playbook init`: a pack of one's own to start from."""

from pathlib import Path
from typing import Annotated

import typer


def run(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The new folder.")] = Path("crisis-playbook"),
) -> None:
    """Copy the pack that ships into a new folder, to change the brand, the words and the protocols.

    Example: playbook init our-playbook
    """
    import sys

    from playbook import pack as packs
    from playbook.scaffold import writing
    from playbook.terminal import put, safe

    writing.folder(folder, {**packs.files_of(packs.shipped()), **packs.schemas()})
    put(sys.stdout, safe(f"{folder}/playbook.yaml\n"))
    put(sys.stdout, safe(f"Change `brand` there first, then: playbook triage --pack {folder}\n"))
