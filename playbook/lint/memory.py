"""What was found in a pack before, so that the same pack is not looked through again: a file in the user's cache.

What is kept stands under a digest of everything that it depends on: each file of the pack, the day, the limits, this
program and what it reads with. So it can only save time. It is data and no code; what is not whole, not ours, or not as
we write it is passed over; where nothing can be kept, nothing is.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playbook.diagnostics import Diagnostic, Span
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

APP = "crisis-playbook"
VARIABLE = "CRISIS_PLAYBOOK_CACHE"
"""The environment variable that names the folder to keep it in."""
MOST, LARGEST = 32, 4_000_000
"""How many packs are kept, and the most bytes of one."""
_ENDING = ".lint.json"


class Kept(Record):
    """What was found, and which of it can be mended; the texts it stands in."""

    findings: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    ignored: int
    whole: bool
    fixable: frozenset[Diagnostic]


def folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    """The user's folder of caches, by `CRISIS_PLAYBOOK_CACHE` or the platform's rule. It may not exist yet.

    None where nobody has a home: the current folder may belong to a stranger's pack.
    """
    if environ.get(VARIABLE):
        return Path(environ[VARIABLE])
    home = Path(environ.get("HOME") or environ.get("USERPROFILE") or "")
    if platform == "win32":
        found = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / APP / "cache"
    elif platform == "darwin":
        found = home / "Library" / "Caches" / APP
    else:
        given = Path(environ.get("XDG_CACHE_HOME", ""))
        found = (given if given.is_absolute() else home / ".cache") / APP
    return found if found.is_absolute() else None


def digest(files: Mapping[str, bytes], about: tuple[object, ...]) -> str | None:
    """What a verdict on these files depends on, as one word; None where one of them cannot be read."""
    from hashlib import sha256

    hashed = sha256(repr((about, *_program())).encode(errors="surrogatepass"))
    try:
        for path in files:
            data = files[path]
            hashed.update(f"\0{path}\0{len(data)}\0".encode(errors="surrogateescape"))
            hashed.update(data)
    except OSError:
        return None
    return hashed.hexdigest()


def _program() -> Iterator[object]:
    """This program and what it reads with: their versions, and each of our files by its size and time."""
    from importlib.util import find_spec

    yield sys.version
    for name in ("yaml", "jinja2", "regex"):
        spec = find_spec(name)
        if spec is not None and spec.origin:
            found = os.stat(spec.origin)  # noqa: PTH116 - a Path for each would double what it costs
            yield name, spec.origin, found.st_size, found.st_mtime_ns
    pending = [os.path.dirname(os.path.dirname(__file__))]  # noqa: PTH120 - as above
    while pending:
        with os.scandir(pending.pop()) as entries:
            for each in sorted(entries, key=lambda entry: entry.name):
                if each.is_dir(follow_symlinks=False):
                    pending += [each.path] if each.name != "__pycache__" else []
                else:
                    found = each.stat()
                    yield each.path, found.st_size, found.st_mtime_ns


def recall(place: Path, mark: str) -> Kept | None:
    """What is kept under a digest; None where there is nothing, or nothing that can be trusted."""
    import json

    try:
        data = json.loads(_read(place, f"{mark}{_ENDING}"))
        if data["mark"] != mark or data["sum"] != _sum(data["kept"]):
            return None
        kept = data["kept"]
        findings = tuple(_diagnostic(each) for each in kept["findings"])
        fixable = frozenset(findings[index] for index in kept["fixable"])
        texts = {str(path): str(text) for path, text in kept["texts"].items()}
        return Kept(findings, texts, int(kept["ignored"]), bool(kept["whole"]), fixable)
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None


def keep(place: Path, mark: str, kept: Kept) -> None:
    """Keep what was found, and no more than the last few packs; where that cannot be done, nothing happens."""
    import contextlib
    import json

    found = {
        "findings": [[*each[:2], each.span and [*each.span], *each[3:]] for each in kept.findings],
        "fixable": [index for index, each in enumerate(kept.findings) if each in kept.fixable],
        "texts": dict(kept.texts),
        "ignored": kept.ignored,
        "whole": kept.whole,
    }
    data = json.dumps({"mark": mark, "sum": _sum(found), "kept": found})
    if len(data) <= LARGEST:
        with contextlib.suppress(OSError):
            _write(place, f"{mark}{_ENDING}", data)


def _diagnostic(each: Any) -> Diagnostic:  # noqa: ANN401 - whatever it is: it comes apart as it should, or raises
    code, message, place, hint, severity = each
    if not all(isinstance(text, str) for text in (code, message, severity, hint or "")):
        raise TypeError
    if place is None:
        return Diagnostic(code, message, None, hint, severity)
    file, line, column = place
    return Diagnostic(code, message, Span(str(file), int(line), int(column)), hint, severity)


def _sum(kept: object) -> str:
    import json
    from hashlib import sha256

    return sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()


def _read(place: Path, name: str) -> bytes:
    """A file that is ours alone. Raises OSError where there is none."""
    if not _is_ours(os.lstat(place)):
        raise OSError(0, "not ours")
    handle = os.open(place / name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or not _is_ours(found) or found.st_size > LARGEST:
            raise OSError(0, "not ours")
        return file.read()


def _is_ours(found: os.stat_result) -> bool:
    """Whether nobody else can write it; where a system has no such owners, it is taken to be so."""
    own = getattr(os, "getuid", lambda: found.st_uid)()
    return found.st_uid == own and (os.name == "nt" or not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH))


def _write(place: Path, name: str, data: str) -> None:
    import tempfile

    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _is_ours(os.lstat(place)):
        return
    handle, temporary = tempfile.mkstemp(prefix=".", dir=place)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(data)
        os.replace(temporary, place / name)  # noqa: PTH105 - both as they are
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    kept = sorted(place.glob(f"*{_ENDING}"), key=lambda each: each.lstat().st_mtime_ns, reverse=True)
    for each in kept[MOST:]:
        each.unlink(missing_ok=True)
