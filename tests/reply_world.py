"""A small pack for tests of replies: every kind of question, two sides, partials, channels short and long."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from playbook.engine import Decided, walk
from playbook.loader import load

if TYPE_CHECKING:
    from playbook.protocol import Answer, Pack

NOW = datetime(2026, 11, 22, 12, 40, tzinfo=ZoneInfo("Europe/Madrid"))
PLAYBOOK = """
brand:
  name: Papel y Tinta
  signature: {es: El equipo, en: The team}
  contact:
    mail: hola@example.org
register: tu
locales: [es, en]
roles:
  us: {title: Nosotros}
limits:
  price: {value: 12500, because: lo que cuesta}
channels:
  tiny:
    name: Tiny
    limits: [{count: 40, unit: characters}]
  thready:
    name: Thready
    thread: true
    limits: [{count: 40, unit: characters}]
  quick:
    name: Quick
    private: true
    answer_within: 20min
"""
PARCEL = """
protocol: parcel
version: 1.0.0
title: Paquete
owner: us
use: [who]
questions:
  fault:
    ask: {es: ¿De quién fue el error?, en: Whose error was it?}
    choices:
      us: {es: nuestro, en: ours}
      carrier: {es: del transportista, en: "the carrier's"}
    unknown: true
  days:
    ask: {es: ¿Cuántos días?, en: How many days?}
    number: {min: 0, max: 20000}
  urgent:
    ask: ¿Corre prisa?
    yes_no: true
  extras:
    ask: ¿Qué llevaba?
    choices: {gift: Regalo, card: Tarjeta}
    many: true
  order:
    ask: {es: Número de pedido, en: Order number}
    text: {max: 400}
    private: true
facts:
  ours: fault == 'us'
  delay:
    - {when: days >= 10, is: long}
    - {is: short}
  secret: order is known
steps:
  start:
    ask: fault
    then: sorry
outcomes:
  sorry:
    title: Perdón
    level: 1
    because: porque sí
    reply:
      public: out
      private: dm
    answer_within: 4h
    follow_up: {owner: us, within: 1d, check: mirar}
  quiet:
    title: Nada
    level: 0
    because: porque sí
    reply:
      private: {own_words: [{es: Di que lo sientes, en: Say you are sorry}]}
"""
WHO = """
questions:
  name:
    ask: {es: Nombre, en: Name}
    text: {max: 400}
"""
FILES = {"playbook.yaml": PLAYBOOK, "protocols/parcel.yaml": PARCEL, "protocols/shared/who.yaml": WHO}


def world(templates: dict[str, str], pack: str = PLAYBOOK, parcel: str = PARCEL) -> Pack:
    """The pack with these templates, by their path below `templates/es` or, from `en/…`, below `templates`."""
    paths = {path if path.startswith("en/") else f"es/{path}": text for path, text in templates.items()}
    files = {**FILES, "playbook.yaml": pack, "protocols/parcel.yaml": parcel}
    files |= {f"templates/{path}.j2": text for path, text in paths.items()}
    loaded = load({path: text.encode() for path, text in files.items()})
    assert loaded.pack is not None, loaded.diagnostics
    return loaded.pack


def decided(pack: Pack, **answers: Answer) -> Decided:
    """The case that ends in `sorry`."""
    case = walk(pack, "parcel", {"fault": "us", **answers})
    assert isinstance(case, Decided)
    return case
