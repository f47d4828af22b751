"""A small world for drawings and packs: every kind of node, a step that two lead to, one that only others lead to."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from playbook.loader import load

if TYPE_CHECKING:
    from pathlib import Path

    from playbook.protocol import Pack

PLAYBOOK = """
brand:
  name: Papel y Tinta
  signature: El equipo
  contact: {mail: hola@example.org}
register: tu
locales: [es, en]
roles:
  community: {title: {es: Comunidad, en: Community}, who: Ana, reach: ana@example.org}
  shop: {title: {es: Tienda, en: Shop}}
limits:
  late: {value: 4, because: {es: Desde aquí se nota., en: From here on it shows.}}
"""
FLAGS = """
questions:
  danger: {ask: {es: ¿Hay peligro?, en: Is there danger?}, yes_no: true}
first:
  - {when: danger, then: safety.look}
"""
SAFETY = """
protocol: safety
version: 2.0.0
title: {es: Señales de alarma, en: Red flags}
owner: shop
use: [flags]
steps:
  quiet: {check: [{then: nothing}]}
  look: {check: [{then: call}]}
outcomes:
  nothing: {title: {es: Nada, en: Nothing}, level: 0, because: sí, reply: {silence: sí}}
  call: {title: {es: Llamar, en: Call}, level: 3, because: sí, reply: {silence: sí}}
  beside: {title: {es: Aparte, en: Beside}, level: 2, because: sí, reply: {silence: sí}}
"""
PARCEL = """
protocol: parcel
version: 1.0.0
title: {es: Paquete perdido, en: Lost parcel}
owner: community
review_by: 2030-01-31
use: [flags]
questions:
  days: {ask: {es: ¿Cuántos días?, en: How many days?}, number: {min: 0, max: 99}, unknown: true}
  fault:
    ask: {es: ¿De quién fue el error?, en: Whose error was it?}
    choices:
      theirs: {es: Suyo, en: Theirs}
      ours: {es: Nuestro, en: Ours}
      nobody: {es: De nadie, en: Nobody's}
    unknown: true
  angry: {ask: {es: ¿Viene con enfado?, en: Are they angry?}, yes_no: true}
steps:
  count: {ask: days, then: whose}
  whose:
    ask: fault
    then: {theirs: mood, ours: late, nobody: mood, unknown: safety.beside}
  mood:
    ask: angry
    then: {yes: late, no: explain}
  late:
    check:
      - {when: days >= limits.late, then: repair}
      - {unknown: repair}
      - {then: explain}
outcomes:
  explain: {title: {es: Explicarlo, en: Explain}, level: 1, because: sí, reply: {silence: sí}}
  repair: {title: {es: Repararlo, en: Repair}, level: 2, because: sí, reply: {silence: sí}}
"""
WORLD = {
    "playbook.yaml": PLAYBOOK,
    "protocols/parcel.yaml": PARCEL,
    "protocols/safety.yaml": SAFETY,
    "protocols/shared/flags.yaml": FLAGS,
    "templates/es/_greeting.j2": "Hola",
    "templates/es/parcel/explain.j2": "Verás",
    "templates/es/safety/call.j2": "Llamamos",
}


@cache
def shelf() -> Pack:
    """The world as a pack."""
    return loaded(WORLD)


def loaded(world: dict[str, str]) -> Pack:
    """A world as a pack; the test fails with every fault where it is none."""
    found = load({path: text.encode() for path, text in world.items()})
    assert found.pack is not None, found.diagnostics
    return found.pack


def write(world: dict[str, str], root: Path) -> Path:
    """Write a world into a folder."""
    for path, text in world.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return root
