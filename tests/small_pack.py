"""A small pack for tests of the conversation: every kind of question, two branches, a detail of each sort."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from playbook.loader import load

if TYPE_CHECKING:
    from playbook.protocol import Pack

PLAYBOOK = """
brand:
  name: Papel y Tinta
  signature: El equipo de Papel y Tinta
  contact:
    mail: hola@example.org
register: tu
locales: [es, en]
roles:
  community:
    title: {es: Comunidad, en: Community}
    who: Ana
    reach: ana@example.org
  logistics:
    title: {es: Logística, en: Logistics}
    who: Leo
    reach: leo@example.org
marks:
  concession: {es: Se concede algo, en: Something is conceded}
stances:
  rebuild: {es: Reparar, en: Rebuild}
"""
PARCEL = """
protocol: parcel
version: 1.0.0
title: {es: Paquete perdido, en: Lost parcel}
owner: community
questions:
  fault:
    ask:
      es: ¿De quién fue el error?
      en: Whose error was it?
    help:
      es: Mira el seguimiento antes de responder.
      en: Look at the tracking first.
    choices:
      customer:
        es: Del cliente
        en: The customer's
      carrier:
        label:
          es: Del transportista
          en: The carrier's
        help:
          es: También si lo dejó en un punto de recogida sin avisar.
          en: Also when it was left at a pick-up point without notice.
      us:
        es: Nuestro
        en: Ours
    unknown: true
  days_late:
    ask:
      es: ¿Cuántos días de retraso?
      en: How many days late?
    number: {min: 0, max: 365}
    unknown: true
  offered:
    ask:
      es: ¿Ya le hemos ofrecido una solución?
      en: Have we offered a solution already?
    yes_no: true
  extras:
    ask:
      es: ¿Qué llevaba el paquete?
      en: What was in the parcel?
    choices:
      gift:
        es: Un regalo
        en: A gift
      fragile:
        es: Algo frágil
        en: Something fragile
      letter:
        es: Una carta
        en: A letter
    many: true
    unknown: true
  wants_refund:
    ask:
      es: ¿Pide que le devuelvas el dinero?
      en: Do they ask for their money back?
    yes_no: true
    unknown: true
  order_ref:
    ask:
      es: Número de pedido
      en: Order number
    text: {max: 40}
steps:
  whose:
    ask: fault
    then:
      customer: explain
      carrier: offer
      us: late
      unknown: late
  offer:
    ask: offered
    then: late
  late:
    check:
      - when: days_late >= 10 and extras.gift
        then: make_right
      - unknown: make_right
      - then: apologise
outcomes:
  explain:
    title: {es: Explicar, en: Explain}
    level: 1
    because: {es: El error no fue nuestro, en: The error was not ours}
    reply:
      silence: {es: Nada que decir, en: Nothing to say}
  apologise:
    title: {es: Pedir disculpas, en: Apologise}
    level: 2
    because: {es: Llega tarde, en: It is late}
    reply:
      silence: {es: Nada que decir, en: Nothing to say}
    actions:
      - when: wants_refund
        do: {es: Devolver el dinero, en: Refund}
        owner: logistics
        within: 4h
      - when: offered and extras.fragile
        do: {es: Embalar mejor, en: Pack better}
        owner: logistics
        within: 4h
  make_right:
    title: {es: Compensar, en: Make it right}
    level: 3
    because: {es: Es grave y nuestro, en: It is serious and ours}
    reply:
      silence: {es: Nada que decir, en: Nothing to say}
"""
FILES = {"playbook.yaml": PLAYBOOK.encode(), "protocols/parcel.yaml": PARCEL.encode()}


@cache
def small_pack() -> Pack:
    loaded = load(FILES)
    assert loaded.pack is not None, loaded.diagnostics
    return loaded.pack
