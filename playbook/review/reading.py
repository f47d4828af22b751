"""A version of a pack read for a comparison: as much of it as can be used, and why the rest cannot."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from playbook import pack as packs
from playbook import source
from playbook.diagnostics import ERROR, Diagnostic
from playbook.loader import load
from playbook.loader.opening import PACK_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playbook.loader.opening import Reading
    from playbook.protocol import Pack
    from playbook.review.finding import Version
    from playbook.source import Limits, Source


def once() -> Reading:
    """A reading that keeps what it has read: what both versions have alike is read for both."""
    known: dict[tuple[bytes, str, Limits], Source] = {}

    def reading(data: bytes, file: str, limits: Limits) -> Source:
        key = (data, file, limits)
        if key not in known:
            known[key] = source.read(data, file, limits)
        return known[key]

    return reading


def read(
    version: Version, wanted: Iterable[str], reading: Reading = source.read
) -> tuple[Pack | None, tuple[Diagnostic, ...]]:
    """The pack with these protocols, or with those of them that can be read, and why others cannot."""
    only = tuple(wanted)
    if PACK_FILE not in version.files or not only:
        return (None, ()) if PACK_FILE not in version.files else (_loaded(version, (), reading)[0], ())
    pack, faults = _loaded(version, only, reading)
    if pack is not None:
        return pack, ()
    good = [each for each in only if _loaded(version, (each,), reading)[0] is not None]
    bad = [each for each in only if each not in good]
    told = [
        Diagnostic(
            "PB566", f"`{each}` is not compared: it cannot be read in {version.name}", hint="see the faults below"
        )
        for each in bad
    ]
    return (_loaded(version, tuple(good), reading)[0] if good else None), (*told, *faults)


def _loaded(version: Version, only: tuple[str, ...], reading: Reading) -> tuple[Pack | None, tuple[Diagnostic, ...]]:
    loaded = load(version.files, only, packs.limits(os.environ), reading)
    faults = (*getattr(version.files, "faults", ()), *(each for each in loaded.diagnostics if each.severity == ERROR))
    return (None if faults else loaded.pack), faults
