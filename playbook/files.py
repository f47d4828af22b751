"""The files of a pack as they stand in a folder on disk, listed and read only where somebody looks.

A pack may come from anyone. So nothing is followed that leads elsewhere (symbolic links, `..`), nothing is opened that
could hang (pipes, devices), and no file is read further than the limit for YAML.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from typing import TYPE_CHECKING

from playbook.diagnostics import Diagnostic, Span
from playbook.loader.opening import PACK_FILE, PROTOCOLS, SHARED, SNAPSHOTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playbook.source.guard import Limits

TEMPLATES = "templates/"
MOST_ENTRIES = 10_000
"""How many files and folders are looked at in one pack."""
DEEPEST = 10
"""Folders inside one another."""
_ENDINGS = {PROTOCOLS: (".yaml", SNAPSHOTS), SHARED: (".yaml",)}
_LINK = "it is a symbolic link, which a pack may not hold"


class Files(Mapping[str, bytes]):
    """The files of a pack by their path relative to `root`: a folder is listed when first asked for, a file read so.

    Only `playbook.yaml`, `protocols/*.yaml`, `protocols/*.snapshots.md`, `protocols/shared/*.yaml` and
    `templates/**/*.j2` are part of it. `faults` are what was refused on the way; all of them, once all has been listed.
    Looking a file up raises KeyError where it is not part of the pack, OSError (its `strerror` says why) where it
    cannot be read. A file above `limits.size` bytes comes one byte longer than that: so whoever parses it sees that it
    is too long.
    """

    def __init__(self, root: Path, limits: Limits) -> None:
        """Open the folder `root`."""
        self.root, self._folder = root, os.fspath(root)
        self.limits = limits
        self.faults: list[Diagnostic] = []
        self._left = MOST_ENTRIES
        self._kept: dict[str, bytes] = {}
        self._listed: dict[str, tuple[dict[str, None], tuple[str, ...]]] = {}
        """Of each folder that was looked into, its files and its folders."""

    def __getitem__(self, path: str) -> bytes:
        if path not in self._kept:
            if path not in self:
                raise KeyError(path)
            self._kept[path] = self._read(path)
        return self._kept[path]

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and path in self.inside(path[: path.rfind("/") + 1])

    def __iter__(self) -> Iterator[str]:
        folders = ["", PROTOCOLS, SHARED, TEMPLATES]
        while folders:
            folder = folders.pop(0)
            yield from self.inside(folder)
            folders += self._listed[folder][1]

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def about(self, path: str) -> os.stat_result | None:
        """What the disk tells of a listed file without reading it; None where it is no ordinary file."""
        try:
            found = os.lstat(self._at(path))
        except OSError:
            return None
        return found if stat.S_ISREG(found.st_mode) else None

    def inside(self, folder: str) -> dict[str, None]:
        """The paths of the files directly in a folder (`templates/es/`), by name; none outside of a pack."""
        if folder not in self._listed:
            self._listed[folder] = self._found(folder)
        return self._listed[folder][0]

    def _found(self, folder: str) -> tuple[dict[str, None], tuple[str, ...]]:
        if not folder:
            return (dict.fromkeys([PACK_FILE]) if os.path.lexists(self._at(PACK_FILE)) else {}), ()
        deep = folder.startswith(TEMPLATES) and not {"", ".", ".."}.intersection(folder[:-1].split("/"))
        ending = (".j2",) if deep else _ENDINGS.get(folder)
        if ending is None:
            return {}, ()
        if folder.count("/") > DEEPEST:
            self._refuse(folder.rstrip("/"), f"it stands in more than {DEEPEST} folders")
            return {}, ()
        files: dict[str, None] = {}
        folders = []
        for entry in self._entries(folder):
            if deep and entry.is_dir():
                folders.append(f"{folder}{entry.name}/")
            elif entry.name.endswith(ending):
                files[folder + entry.name] = None
        return files, tuple(folders)

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
