"""What git noted of the files of a working tree when it last read them: those that were not touched need not be read.

Git keeps the size, the times and the number of each file beside the name of its content. Whoever writes to a file
changes one of them. What was written as late as the notes themselves is not relied on, as git does not either.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playbook.files import Files

    Stamp = tuple[int, int, int, int]

_NOTE = re.compile(
    rb"\d{6} ([0-9a-f]+) ([0-3])\t([^\0]+)\0"
    rb"  ctime: (\d+):(\d+)\n  mtime: (\d+):(\d+)\n  dev: \d+\tino: (\d+)\n"
    rb"  uid: \d+\tgid: \d+\n  size: (\d+)\tflags: [0-9a-f]+\n"
)
"""An entry as `git ls-files -s -z --debug` lists it; where some git lists them otherwise, none is found."""
_SECOND = 1_000_000_000
_HALF = 0xFFFF_FFFF
"""Git keeps the lower half of sizes and numbers."""


def stamp(size: int, changed: int, written: int, number: int) -> Stamp:
    """What tells whether a file was touched; the times in nanoseconds."""
    return size & _HALF, changed, written, number & _HALF


def stamped(found: os.stat_result) -> Stamp:
    """The stamp of a file on disk."""
    return stamp(found.st_size, found.st_ctime_ns, found.st_mtime_ns, found.st_ino)


def untouched(files: Files, notes: Mapping[str, tuple[str, Stamp]]) -> Mapping[str, str]:
    """The names of the contents of files that have the stamp they had then, by their paths."""
    about = ((path, files.about(path)) for path in files if path in notes)
    return {path: notes[path][0] for path, found in about if found and stamped(found) == notes[path][1]}


def noted(listed: bytes, until: int) -> Mapping[str, tuple[str, Stamp]]:
    """The name of each file's content and its stamp then, by its path; of those last written before `until`."""
    found = {}
    for name, stage, path, changed, more, written, rest, number, size in _NOTE.findall(listed):
        at = int(written) * _SECOND + int(rest)
        if stage == b"0" and at < until:
            then = stamp(int(size), int(changed) * _SECOND + int(more), at, int(number))
            found[os.fsdecode(path)] = (name.decode(), then)
    return found
