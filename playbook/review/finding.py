"""The two versions that are compared: folders, files or git revisions, and what in them is not the same."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from playbook import pack as packs
from playbook.diagnostics import Diagnostic, PlaybookError
from playbook.files import TEMPLATES, Files
from playbook.loader import protocol_ids
from playbook.loader.opening import PACK_FILE, PROTOCOLS, SHARED
from playbook.record import Record
from playbook.revisions import Overlay, Repository, Tree, changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Content = Mapping[str, bytes]

_ID = re.compile(rb"^protocol:[ ]*['\"]?([a-z][a-z0-9_]*)", re.MULTILINE)
_COMMENT = re.compile(rb"""(?:^|(?<=\s))#[^'"\n]*$""", re.MULTILINE)
"""A comment for sure: where a quote follows, a `#` may stand in a text."""
WORKING = "the working tree"


class Version(Record):
    """One side of a comparison: what to call it, and the files of the pack."""

    name: str
    files: Content


class Versions(Record):
    """Both sides, and the files that are not the same in both."""

    base: Version
    head: Version
    changed: tuple[str, ...]

    def close(self) -> None:
        """Let go of what files are read with."""
        for each in (self.base.files, self.head.files):
            if isinstance(each, Tree):
                each.close()


def versions(base: str | None, head: str | None, option: Path | None) -> Versions:
    """What is to be compared: by default the working tree with where it left the main branch.

    Raises:
        PlaybookError: one of them is not there, or cannot be read.
    """
    if "" in (base, head):
        hint = "leave it out, or name a revision, a folder or a file"
        raise PlaybookError([Diagnostic("PB561", "an empty name is no revision, folder or file", hint=hint)])
    if base is not None and _is_folder(base) and head is not None and _is_folder(head):
        return _both(_folder(base), _folder(head))
    if head is not None and _is_folder(head):
        option = Path(head)
    elif base is not None and _is_folder(base) and head is None and option is None:
        return _both(_folder(base), _working(packs.find(None, os.environ)))
    root = packs.find(option, os.environ)
    after = _working(root) if head is None or _is_folder(head) else _side(head, root, None)
    if base is None:
        repository = Repository(root)
        main, commit = repository.fork()
        name = f"{main} at {commit[:9]}"
        return _both(Version(name, repository.files(commit, after.files)), after)
    return _both(_side(base, root, after), after)


def _both(base: Version, head: Version) -> Versions:
    return Versions(base, head, changed(base.files, head.files))


def _is_folder(name: str) -> bool:
    return os.path.isfile(os.path.join(name, PACK_FILE))  # noqa: PTH113, PTH118 - no fault of a name that cannot be


def _folder(name: str) -> Version:
    return Version(name, Files(Path(name), packs.limits(os.environ)))


def _working(root: Path) -> Version:
    return Version(WORKING, Files(root, packs.limits(os.environ)))


def _side(name: str, root: Path, beside: Version | None) -> Version:
    """A side by what it was called: a folder, a file that stands for one protocol, else a revision."""
    if _is_folder(name):
        return _folder(name)
    path = Path(name)
    if os.path.isfile(name):  # noqa: PTH113 - as above
        return _file(path, beside or _working(root))
    if os.path.isdir(name):  # noqa: PTH112 - as above
        hint = "name the folder that `playbook.yaml` stands in"
        raise PlaybookError([Diagnostic("PB565", f"`{name}` is a folder without a pack", hint=hint)])
    repository = Repository(root)
    return Version(name, repository.files(name, beside.files if beside else None))


def _file(path: Path, within: Version) -> Version:
    """A pack in which a file takes the place of the protocol that it is of."""
    data = path.read_bytes()
    found = _ID.search(data)
    if found is None:
        hint = "a protocol says `protocol: id` on a line of its own"
        raise PlaybookError([Diagnostic("PB565", f"`{path}` is no protocol", hint=hint)])
    return Version(str(path), Overlay(within.files, f"{PROTOCOLS}{found[1].decode()}.yaml", data))


class Affected(Record):
    """What the changed files bear on, of the protocols of either version."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    """The protocols that may behave otherwise, by their names then and now."""
    templates: Mapping[str, tuple[str, ...]]
    """The templates that differ, by their protocol; empty for those of all."""
    pack: bool
    """Whether playbook.yaml differs."""


def affected(found: Versions) -> Affected:
    """The protocols whose own file differs, or one that they use; all where it is playbook.yaml."""
    every = [protocol_ids(each.files) for each in (found.base, found.head)]
    pack = PACK_FILE in found.changed
    names = {each.removeprefix(PROTOCOLS).removesuffix(".yaml") for each in found.changed if each.startswith(PROTOCOLS)}
    shared = [each.removeprefix(SHARED).removesuffix(".yaml") for each in found.changed if each.startswith(SHARED)]
    for side, version in enumerate((found.base, found.head)):
        names |= {each for each in every[side] if pack or any(_speaks(version, each, name) for name in shared)}
    templates: dict[str, tuple[str, ...]] = {}
    for path in found.changed:
        if path.startswith(TEMPLATES):
            folder, slash, _ = path.removeprefix(TEMPLATES).partition("/")[2].partition("/")
            key = folder if slash else ""
            templates[key] = (*templates.get(key, ()), path)
    names |= templates.keys()
    old, new = (tuple(each for each in side if each in names) for side in every)
    return Affected(old, new, templates, pack)


def _speaks(version: Version, protocol: str, name: str) -> bool:
    """Whether a protocol may use a shared file: whether its text has the name anywhere."""
    text = _text(version, f"{PROTOCOLS}{protocol}.yaml", name.encode())
    return re.search(rb"\b%s\b" % re.escape(name.encode()), text) is not None


def _text(version: Version, path: str, needed: bytes) -> bytes:
    """A file without its comments; empty where it does not hold what is looked for, or cannot be read."""
    try:
        data = version.files[path]
    except OSError:
        return b""
    return _COMMENT.sub(b"", data) if needed in data else b""


def entries(versions_: Iterable[Version], protocol: str) -> tuple[str, ...]:
    """The places of a protocol that other files may lead to; an empty name where one may lead to its first step."""
    place, start = _leads(protocol)
    own = f"{PROTOCOLS}{protocol}.yaml"
    told: dict[str, None] = {}
    for version in versions_:
        for path in version.files:
            if path.startswith(PROTOCOLS) and path.endswith(".yaml") and path != own and ".scenarios." not in path:
                text = _text(version, path, protocol.encode())
                told.update(dict.fromkeys(each.decode() for each in place.findall(text)))
                told.update({"": None} if start.search(text) else {})
    return tuple(told)


def _leads(protocol: str) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """How a text may lead to a place of a protocol, and how to its first step."""
    name = re.escape(protocol.encode())
    place = re.compile(rb"(?<![\w.])%s\.([a-z][a-z0-9_]*)" % name)
    return place, re.compile(rb"\bprotocol['\"]?\s*:\s*['\"]?%s\b" % name)


def leading(found: Versions, protocols: Iterable[str]) -> tuple[str, ...]:
    """The protocols of both versions that may lead into one of these, directly or not, the nearest first."""
    old, new = (protocol_ids(each.files) for each in (found.base, found.head))
    both = (found.base, found.head)
    texts = {
        each: b"\n".join(_text(side, f"{PROTOCOLS}{each}.yaml", b"") for side in both) for each in new if each in old
    }
    told: dict[str, None] = {}
    pending = sorted(protocols)
    for name in pending:
        needed, patterns = name.encode(), _leads(name)
        for each, text in texts.items():
            if each not in (*told, name) and needed in text and any(one.search(text) for one in patterns):
                told[each] = None
                pending.append(each)
    return tuple(told)


def lined(version: Version) -> bool:
    """Whether a file of the pack may have a red line."""
    files = (each for each in version.files if each == PACK_FILE or each.startswith(PROTOCOLS))
    return any(_text(version, each, b"red_lines") for each in files)
