"""Finds a pack and reads its files: the only way from a folder on disk to the mapping that everything else works on.

A pack may come from anyone. So nothing is followed that leads elsewhere (symbolic links, `..`), nothing is opened that
could hang (pipes, devices), and no file is read further than the limit for YAML.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.diagnostics import Diagnostic, PlaybookError, Span
from playbook.loader import Loaded, load, protocol_ids
from playbook.loader.opening import PACK_FILE, PROTOCOLS, SHARED, SNAPSHOTS
from playbook.record import Record
from playbook.source.guard import Limits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from playbook.protocol import Pack

VARIABLE = "CRISIS_PLAYBOOK_PACK"
"""The environment variable that names a pack's folder."""
LIMITS = "CRISIS_PLAYBOOK_LIMITS"
"""The environment variable that has larger files read: `large`, for a pack of people one trusts."""
TIMES_LARGER = 10
TEMPLATES = "templates/"
SCHEMAS = "schema/"
JOBS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""The environment variables by which a job says where its repository is."""
MOST_ENTRIES = 10_000
"""How many files and folders are looked at in one pack."""
_LINK = "it is a symbolic link, which a pack may not hold"


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


class Files(Mapping[str, bytes]):
    """The files of a pack by their path relative to `root`: each read when first looked up, then kept.

    Only `playbook.yaml`, `protocols/*.yaml`, `protocols/*.snapshots.md`, `protocols/shared/*.yaml` and
    `templates/**/*.j2` are part of it. `faults` are what was refused on the way. Looking one up raises KeyError where
    it is not part of the pack, OSError (its `strerror` says why) where it cannot be read. A file above `limits.size`
    bytes comes one byte longer than that: so whoever parses it sees that it is too long.
    """

    def __init__(self, root: Path, limits_: Limits | None = None) -> None:
        """List the files of the folder `root`; none is opened yet. The limits are by default the environment's."""
        self.root, self._folder = root, os.fspath(root)
        self.limits = limits_ or limits(os.environ)
        self.faults: list[Diagnostic] = []
        self._left = MOST_ENTRIES
        self._kept: dict[str, bytes] = {}
        self._paths = dict.fromkeys(self._listed())

    def __getitem__(self, path: str) -> bytes:
        if path not in self._kept:
            if path not in self._paths:
                raise KeyError(path)
            self._kept[path] = self._read(path)
        return self._kept[path]

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def _listed(self) -> Iterator[str]:
        if os.path.lexists(self.root / PACK_FILE):
            yield PACK_FILE
        folders: list[tuple[str, str | tuple[str, ...], bool]] = [
            (PROTOCOLS, (".yaml", SNAPSHOTS), False),
            (SHARED, ".yaml", False),
            (TEMPLATES, ".j2", True),
        ]
        while folders:
            folder, ending, deep = folders.pop(0)
            for entry in self._entries(folder):
                path = folder + entry.name
                if deep and entry.is_dir():
                    folders.append((f"{path}/", ending, deep))
                elif entry.name.endswith(ending):
                    yield path

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        """What stands in a folder, by name; nothing where it is not there, or may not be looked into."""
        link = next((each for each in _downwards(folder) if os.path.islink(self._at(each))), None)  # noqa: PTH114 - as _at
        if link is not None:
            self._refuse(link, _LINK)
            return []
        try:
            with os.scandir(self._at(folder)) as entries:
                found = sorted((each for each, _ in zip(entries, range(self._left + 1), strict=False)), key=_name)
        except FileNotFoundError:
            return []
        except OSError as fault:
            self._refuse(folder.rstrip("/"), (fault.strerror or "it failed").lower())
            return []
        if len(found) > self._left:
            self._refuse(folder.rstrip("/"), f"the pack has more than {MOST_ENTRIES:,} files and folders")
            found = []
        self._left -= len(found)
        return found

    def _refuse(self, path: str, why: str) -> None:
        fault = Diagnostic("PB070", f"cannot read `{path}`: {why}", Span(path))
        if fault not in self.faults:
            self.faults.append(fault)

    def _read(self, path: str) -> bytes:
        """The content of a listed file. Its folders are no links, but the file itself may be one."""
        full = self._at(path)
        kind = os.lstat(full).st_mode
        if stat.S_ISLNK(kind):
            raise OSError(0, _LINK)
        if not stat.S_ISREG(kind):
            raise OSError(0, "it is a folder" if stat.S_ISDIR(kind) else "it is not an ordinary file")
        # Were it exchanged for a link or a pipe just now, these flags would refuse the one and not wait for the other.
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        handle = os.open(full, flags)
        try:
            return _up_to(handle, self.limits.size + 1)
        finally:
            os.close(handle)

    def _at(self, path: str) -> str:
        """Where a path of the pack stands on disk; a text, as a Path for each file would double what reading costs."""
        return f"{self._folder}{os.sep}{path}"


def _up_to(handle: int, most: int) -> bytes:
    """At most so many bytes of an open file, which may come in pieces."""
    found = os.read(handle, most)
    while len(found) < most and (more := os.read(handle, most - len(found))):
        found += more
    return found


def _downwards(folder: str) -> Iterator[str]:
    """A folder's path and those of the folders it stands in, the outermost first."""
    parts = folder.rstrip("/").split("/")
    return ("/".join(parts[: at + 1]) for at in range(len(parts)))


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def read_pack(root: Path, only: Collection[str] | None = None) -> Loaded:
    """The pack in `root`, of its protocols `only` these and what they lead into, with every fault that was found."""
    files = Files(root)
    loaded = load(files, only, files.limits)
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
    names = protocol_ids(Files(root)) if only is None else only
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
    own = {
        PACK_FILE,
        *(f"{PROTOCOLS}{name}.yaml" for name in reached),
        *(f"{SHARED}{name}.yaml" for name in pack.shared),
    }
    return tuple(sorted(path for path in pack.files if path in own or _speaks_for(path, reached)))


def _speaks_for(path: str, protocols: Collection[str]) -> bool:
    """Whether a file is a template of one of these protocols, or a partial that any may include."""
    inner = path.removeprefix(TEMPLATES).partition("/")[2]  # behind the locale
    folder, slash, _ = inner.partition("/")
    return path.startswith(TEMPLATES) and bool(inner) and (not slash or folder in protocols)


def digest(files: Mapping[str, bytes], paths: Iterable[str]) -> str:
    """`sha256:…` of these files' names and content: the same for the same files, in whatever order they are named."""
    from hashlib import sha256

    hashed = sha256()
    for path in sorted(set(paths)):
        data = files[path]
        hashed.update(f"{path}\0{len(data)}\0".encode(errors="surrogateescape") + data)
    return f"sha256:{hashed.hexdigest()}"
