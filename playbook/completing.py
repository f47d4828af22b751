"""What the Tab key offers: names of the pack that would be used, with what they mean. Never an error: then nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.diagnostics import PlaybookError
from playbook.pack import find, read_pack
from playbook.terminal import safe
from playbook.words import interface_locale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playbook.protocol import Pack

    Offers = list[tuple[str, str]]


def protocols(given: Mapping[str, object], incomplete: str) -> Offers:
    """The pack's protocols with their titles; `given` are the options that stand before."""
    return [(name, said) for name, said in _named(given, "protocols", "title") if name.startswith(incomplete)]


def channels(given: Mapping[str, object], incomplete: str) -> Offers:
    """The pack's channels with their names."""
    return [(name, said) for name, said in _named(given, "channels", "name") if name.startswith(incomplete)]


def locales(given: Mapping[str, object], incomplete: str) -> Offers:
    """The languages of the pack's replies."""
    pack = _pack(given)
    return [(each, "") for each in (pack.locales if pack else ()) if each.startswith(incomplete)]


def _named(given: Mapping[str, object], what: str, called: str) -> Iterator[tuple[str, str]]:
    pack = _pack(given)
    language = interface_locale(None, os.environ)
    for each in getattr(pack, what).values() if pack else ():
        yield each.id, safe(getattr(each, called).say(language), keep="")


def _pack(given: Mapping[str, object]) -> Pack | None:
    named = given.get("pack")
    try:
        return read_pack(find(Path(str(named)) if named else None, os.environ)).pack
    except (PlaybookError, OSError):
        return None
