"""Packs for tests: worlds are dicts from a path to its text, and what is left out is filled in here."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from playbook.diagnostics import ERROR
from playbook.loader import Loaded, load
from playbook.source.guard import Limits

if TYPE_CHECKING:
    from collections.abc import Collection

    from playbook.diagnostics import Diagnostic
    from playbook.protocol import Pack

PLAYBOOK = """\
brand: {name: Acme, signature: The Acme team}
locales: [en]
roles:
  team: {title: Team}
  boss: {title: Boss}
marks: {concession: we give something, refund: we pay back}
stances: {rebuild: put it right}
limits:
  serious: {value: 8, because: the contract says so}
"""
LARGE = Limits(size=10**7, nodes=10**6)
"""What a file may hold is tested with `source`."""
HEAD = """\
protocol: {id}
version: 1.0.0
title: T
owner: team
"""
OUTCOME = "{title: T, level: 1, because: B, reply: {silence: S}}"


def protocol(body: str, id_: str = "p", outcomes: str = "") -> str:
    """A protocol's text with its head, and a plain outcome for each of the names in `outcomes`."""
    text = HEAD.replace("{id}", id_) + dedent(body)
    plain = "".join(f"  {name}: {OUTCOME}\n" for name in outcomes.split())
    return text + ("outcomes:\n" + plain if plain else "")


def world(files: dict[str, str] | str, playbook: str = PLAYBOOK) -> dict[str, bytes]:
    """The files of a pack; a text alone is the protocol `p`."""
    texts = {"protocols/p.yaml": files} if isinstance(files, str) else files
    return {path: text.encode() for path, text in {"playbook.yaml": playbook, **texts}.items()}


def loaded(files: dict[str, str] | str, only: Collection[str] | None = None, playbook: str = PLAYBOOK) -> Loaded:
    """What loading gives."""
    return load(world(files, playbook), only, LARGE)


def pack(files: dict[str, str] | str, playbook: str = PLAYBOOK) -> Pack:
    """The pack, which must be without fault."""
    found = loaded(files, playbook=playbook)
    assert found.pack is not None, "\n".join(told(found.diagnostics))
    return found.pack


def told(diagnostics: Collection[Diagnostic]) -> list[str]:
    """Each diagnostic on a line: place, code, message and hint."""
    return [
        f"{each.span} {each.code} {each.message}" + (f" | {each.hint}" if each.hint else "") for each in diagnostics
    ]


def faults(files: dict[str, str] | str, playbook: str = PLAYBOOK) -> list[str]:
    """Every fault of a pack, on a line each; its warnings are left out."""
    return told([each for each in loaded(files, playbook=playbook).diagnostics if each.severity == ERROR])


def warnings(files: dict[str, str] | str, only: Collection[str] | None = None) -> list[str]:
    """Every warning about a pack without fault."""
    found = loaded(files, only)
    assert found.pack is not None
    return told(found.diagnostics)
