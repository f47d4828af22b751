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
    from playbook.diagnostics import Diagnostic, PlaybookError
    from playbook.terminal import put, safe

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PlaybookError(
            [Diagnostic("PB410", f"`{folder}` is there already and not empty", hint="name a new folder")]
        )
    files = {**packs.files_of(packs.shipped()), **packs.schemas()}
    try:
        for path, content in files.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
    except OSError as fault:
        message = f"cannot write to `{folder}`: {(fault.strerror or 'it failed').lower()}"
        raise PlaybookError([Diagnostic("PB411", message)]) from None
    put(sys.stdout, safe(f"{folder}/playbook.yaml\n"))
    put(sys.stdout, safe(f"Change `brand` there first, then: playbook triage --pack {folder}\n"))
