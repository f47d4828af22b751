"""From the files of a pack to its words: everything checked, every fault located, all of them at once.

`load` reads playbook.yaml, the shared files, and the protocols asked for with all that they lead into.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import ERROR, Diagnostic, Span
from playbook.loader.assembly import assemble
from playbook.loader.opening import PACK_FILE, PROTOCOLS, Opening, stems
from playbook.record import Record
from playbook.source import read
from playbook.source.guard import Limits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from playbook.loader.opening import Reading
    from playbook.protocol import Pack
    from playbook.source import Source


class Loaded(Record):
    """A pack, or None where something in it is wrong, and every fault that was found.

    `sources` are the files as they were read, by their path: where each thing stands.
    """

    pack: Pack | None
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, Source] = {}


def protocol_ids(files: Iterable[str]) -> tuple[str, ...]:
    """The ids of all protocols of a pack, by the names of its files."""
    return tuple(sorted(stems(files, PROTOCOLS)))


def load(
    files: Mapping[str, bytes],
    only: Collection[str] | None = None,
    limits: Limits | None = None,
    reading: Reading = read,
) -> Loaded:
    """The pack in `files` (content by path relative to it); of its protocols `only` these and what they lead into.

    Never raises for what the files hold. The protocols that are not needed are not opened. Whoever loads several packs
    with the same files in them may give a `reading` that keeps what it has read.
    """
    opening = Opening(files, limits or Limits(), reading)
    root = opening.source(PACK_FILE)
    if root is None:
        return Loaded(None, tuple(opening.found))
    pack, faults = assemble(opening, root, only)
    every = dict.fromkeys([*opening.found, *faults])
    found = sorted(every, key=lambda each: (each.span or Span(""), each.code, each.message))
    broken = any(each.severity == ERROR for each in found)
    return Loaded(None if broken else pack, tuple(found), opening.sources)
