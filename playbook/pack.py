"""Finds a pack and opens it: the only way from a folder on disk to the words that everything else works on."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.diagnostics import Diagnostic, PlaybookError
from playbook.files import TEMPLATES, Files
from playbook.loader import Loaded, load, protocol_ids
from playbook.loader.opening import PACK_FILE, PROTOCOLS, SHARED, inside
from playbook.record import Record
from playbook.source.guard import Limits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from playbook.protocol import Pack

VARIABLE = "CRISIS_PLAYBOOK_PACK"
"""The environment variable that names a pack's folder."""
LIMITS = "CRISIS_PLAYBOOK_LIMITS"
"""The environment variable that has larger files read: `large`, for a pack of people one trusts."""
TIMES_LARGER = 10
SCHEMAS = "schema/"
JOBS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""The environment variables by which a job says where its repository is."""


def find(option: Path | None, environ: Mapping[str, str], cwd: Path | None = None) -> Path:
    """The pack's folder: `option`, else what the environment names, else the nearest upwards, else the one that ships.

    Args:
        option: What `--pack` says.
        environ: The environment; an empty variable counts as none.
        cwd: Where to look upwards from, by default the current folder (passed over where that has been deleted).

    Raises:
        PlaybookError: what is named is no pack (PB072), or the one that ships is missing (PB073).
    """
    if option is not None:
        return _named(option, "--pack")
    if environ.get(VARIABLE):
        return _named(Path(environ[VARIABLE]), VARIABLE)
    try:
        here = cwd or Path.cwd()
    except OSError:
        return shipped()
    return next((each for each in (here, *here.parents) if _is_pack(each)), None) or shipped()


def shipped(module: str = __file__) -> Path:
    """The pack that ships: inside an installed package, beside it in a checkout. `module` is a file of the package.

    Raises:
        PlaybookError: it is in neither place (PB073).
    """
    package = Path(module).parent
    for each in (package / "_pack", package.parent):
        if _is_pack(each):
            return each
    hint = f"install it again, or name a pack with `--pack` or `{VARIABLE}`"
    raise PlaybookError([Diagnostic("PB073", "the pack that ships is missing from this installation", hint=hint)])


def schemas() -> dict[str, bytes]:
    """The JSON Schemas that the files of the pack that ships name for editors, by their path relative to it."""
    return {f"{SCHEMAS}{each.name}": each.read_bytes() for each in sorted((shipped() / SCHEMAS).glob("*.json"))}


def folder(root: Path, environ: Mapping[str, str]) -> str:
    """The pack's folder as its repository knows it: a job says where that is, else it is where one stands."""
    base = next((environ[each] for each in JOBS if environ.get(each)), None)
    return Path(os.path.relpath(root, base or Path.cwd())).as_posix()


def limits(environ: Mapping[str, str]) -> Limits:
    """How much is read of one file; ten times the bytes and values where the environment says `large`.

    Raises:
        PlaybookError: it says something else (PB078).
    """
    named, usual = environ.get(LIMITS), Limits()
    if named == "large":
        return usual._replace(size=usual.size * TIMES_LARGER, nodes=usual.nodes * TIMES_LARGER)
    if named:
        raise PlaybookError([Diagnostic("PB078", f"`{LIMITS}` is `{named}`", hint="it is `large`, or not set")])
    return usual


def _is_pack(folder: Path) -> bool:
    path = folder / PACK_FILE
    return os.path.lexists(path) and not path.is_dir()


def _named(folder: Path, by: str) -> Path:
    if _is_pack(folder):
        return folder
    if not os.path.lexists(folder):
        message, hint = f"there is no folder `{folder}`, which `{by}` names", None
    elif not folder.is_dir():
        message, hint = (
            f"`{folder}`, which `{by}` names, is no folder",
            "name the folder that `playbook.yaml` stands in",
        )
    else:
        message, hint = f"`{folder}`, which `{by}` names, has no `{PACK_FILE}`", "`playbook init` writes a starter pack"
    raise PlaybookError([Diagnostic("PB072", message, hint=hint)])


def files_of(root: Path) -> Files:
    """The files of the pack in `root`, with the limits of the environment."""
    return Files(root, limits(os.environ))


def read_pack(root: Path, only: Collection[str] | None = None) -> Loaded:
    """The pack in `root`, of its protocols `only` these and what they lead into, with every fault that was found."""
    return read(files_of(root), only)


def read(files: Files, only: Collection[str] | None = None, changed: Mapping[str, bytes] | None = None) -> Loaded:
    """As `read_pack`, from these files: whatever cannot be looked into among those that are needed is a fault too.

    Where something is to be `changed`, that takes the place of what is in the files.
    """
    loaded = load(files if changed is None else changed, only, files.limits)
    if only is None:
        len(files)  # looks everywhere
    elif loaded.pack is not None:
        for each in only:
            content(loaded.pack, each)
    if not files.faults:
        return loaded
    return loaded._replace(pack=None, diagnostics=(*files.faults, *loaded.diagnostics))


class Opened(Record):
    """A pack that can be worked with, the folder it is in, and the warnings about it."""

    root: Path
    pack: Pack
    warnings: tuple[Diagnostic, ...]


def opened(option: Path | None, environ: Mapping[str, str], only: Collection[str] | None = None) -> Opened:
    """The pack that a command works on.

    Raises:
        PlaybookError: there is none, or it cannot be used as it is (every fault found, exit code 2).
    """
    root = find(option, environ)
    loaded = read_pack(root, only)
    if loaded.pack is None:
        raise PlaybookError(loaded.diagnostics)
    return Opened(root, loaded.pack, loaded.diagnostics)


def loadable(root: Path, only: Collection[str] | None = None) -> Loaded:
    """The protocols of a pack that can be used, where others cannot, with every fault of all; None where none can.

    A protocol that leads into one that cannot be used cannot be used either.
    """
    loaded = read_pack(root, only)
    if loaded.pack is not None:
        return loaded
    names = protocol_ids(files_of(root)) if only is None else only
    good = [each for each in names if read_pack(root, [each]).pack is not None]
    return Loaded(read_pack(root, good).pack if good else None, loaded.diagnostics)


def content(pack: Pack, protocol: str) -> tuple[str, ...]:
    """All files that a case of `protocol` may depend on, sorted: the same however much of the pack was loaded."""
    from playbook.graph import targets

    reached = {protocol: None}
    pending = [protocol]
    while pending:
        for target in targets(pack.protocols[pending.pop()]):
            if target.protocol not in reached:
                reached[target.protocol] = None
                pending.append(target.protocol)
    speaks = [
        f"{TEMPLATES}{locale}/{name}" for locale in pack.locales for name in ("", *(f"{each}/" for each in reached))
    ]
    return tuple(
        sorted(
            {
                PACK_FILE,
                *(f"{PROTOCOLS}{name}.yaml" for name in reached),
                *(f"{SHARED}{name}.yaml" for name in pack.shared),
                *(path for folder in speaks for path in inside(pack.files, folder)),
            }
        )
    )


def digest(files: Mapping[str, bytes], paths: Iterable[str]) -> str:
    """`sha256:…` of these files' names and content: the same for the same files, in whatever order they are named."""
    from hashlib import sha256

    hashed = sha256()
    for path in sorted(set(paths)):
        data = files[path]
        hashed.update(f"{path}\0{len(data)}\0".encode(errors="surrogateescape") + data)
    return f"sha256:{hashed.hexdigest()}"
