"""A small pack for tests of results: an outcome with everything, one in one's own words, one of silence."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from playbook.engine import Decided, walk
from playbook.loader import load
from playbook.result import Result, result

if TYPE_CHECKING:
    from playbook.protocol import Pack

NOW = datetime(2026, 11, 20, 12, 40, tzinfo=ZoneInfo("Europe/Madrid"))
"""A Friday."""
PLAYBOOK = """
brand:
  name: Papel y Tinta
  signature: {es: El equipo, en: The team}
locales: [es, en, ca]
roles:
  community: {title: {es: Comunidad, en: Community}}
  logistics: {title: {es: Logística, en: Logistics}}
  management: {title: {es: Dirección, en: Management}}
marks:
  remedy: Se arregla
  refund: Se devuelve
  apology: Se pide perdón
stances:
  rebuild: Reparar
channels:
  wall:
    name: {es: El muro, en: The wall}
    thread: true
    limits: [{count: 60, unit: characters}]
    answer_within: 30min
  wall_message:
    name: {es: Mensaje del muro, en: Wall message}
    private: true
    limits: [{count: 60, unit: characters}]
  board:
    name: {es: Tablón, en: Board}
    limits: [{count: 20, unit: characters}]
hours:
  days: [mon, tue, wed, thu, fri]
  holidays: [2026-11-23]
actions:
  - do: {es: Guardar una captura, en: Keep a screenshot}
    owner: community
avoid:
  - {es: La ironía, en: Irony}
"""
PARCEL = """
protocol: parcel
version: 1.2.0
title: {es: Paquete, en: Parcel}
owner: community
questions:
  fault:
    ask: {es: ¿De quién fue el error?, en: Whose error was it?}
    choices:
      us: {es: Nuestro, en: Ours}
      carrier: {es: Del transportista, en: The carrier's}
      customer: {es: Del cliente, en: The customer's}
      nobody: {es: De nadie, en: Nobody's}
    unknown: true
  days:
    ask: {es: ¿Cuántos días?, en: How many days?}
    number: {min: 0, max: 365}
    unknown: true
  wants_refund:
    ask: {es: ¿Quiere el dinero?, en: Do they want the money?}
    yes_no: true
  order_ref:
    ask: {es: ¿Número de pedido?, en: Order number?}
    text: {max: 40}
    private: true
facts:
  late: days >= 4
steps:
  whose:
    ask: fault
    then:
      us: how_late
      carrier: listen
      customer: quiet
      nobody: thank
      unknown: listen
  how_late:
    check:
      - {when: late, then: make_right}
      - {unknown: make_right}
      - {then: thank}
outcomes:
  make_right:
    title: {es: Arreglarlo, en: Make it right}
    level: 3
    stance: rebuild
    marks: [apology]
    because: {es: El error es nuestro, en: The error is ours}
    source: {es: Manual, en: Handbook}
    reply: {public: sorry, private: sorry_dm}
    answer_within: 1h
    actions:
      - when: wants_refund
        do: {es: Devolver el dinero, en: Pay the money back}
        owner: management
        within: 1wd
        marks: [refund]
      - do: {es: Enviar otro, en: Send another}
        owner: logistics
        within: 4h
        marks: [remedy]
    approval: [management, community]
    follow_up:
      owner: community
      every: 30min
      for: 2h
      check: {es: Que haya salido, en: That it has left}
    avoid:
      - when: late
        say: {es: Hablar de fechas, en: Talking of dates}
      - when: wants_refund
        say: {es: Hablar de vales, en: Talking of vouchers}
  listen:
    title: {es: Escuchar, en: Listen}
    level: 2
    because: {es: Hace falta una persona, en: It takes a person}
    reply:
      private:
        own_words:
          - {es: Di tu nombre, en: Say your name}
          - {es: Pregunta cómo está, en: Ask how they are}
    follow_up:
      owner: community
      within: 1wd
      check: {es: Si ha contestado, en: Whether they answered}
  quiet:
    title: {es: Callar, en: Keep quiet}
    level: 0
    because: {es: No va con nosotros, en: It is not about us}
    reply:
      silence: {es: Nadie espera respuesta, en: Nobody expects an answer}
  thank:
    title: {es: Dar las gracias, en: Give thanks}
    level: 1
    because: {es: Es amable, en: It is kind}
    reply: {public: thanks}
"""
TEMPLATES = {
    "es/parcel/sorry": "Lo sentimos, el error ha sido nuestro.\n\nHoy mismo sale otro paquete.",
    "en/parcel/sorry": "We are sorry, the mistake was ours.\n\nAnother parcel leaves today.",
    "es/parcel/sorry_dm": "Hola: {{ order_ref }} sale hoy.",
    "en/parcel/sorry_dm": "Hello: {{ order_ref }} leaves today.",
    "es/parcel/thanks": "¡Gracias por decirlo!",
    "en/parcel/thanks": "Thank you for saying so!",
}


@cache
def pack() -> Pack:
    files = {"playbook.yaml": PLAYBOOK, "protocols/parcel.yaml": PARCEL}
    files |= {f"templates/{path}.j2": text for path, text in TEMPLATES.items()}
    loaded = load({path: text.encode() for path, text in files.items()})
    assert loaded.pack is not None, loaded.diagnostics
    return loaded.pack


def decided(**answers: Any) -> Decided:  # noqa: ANN401 - answers of every kind
    case = walk(pack(), "parcel", answers)
    assert isinstance(case, Decided)
    return case


def told(channel: str | None = None, locale: str = "es", /, **answers: Any) -> Result:  # noqa: ANN401 - as above
    return result(decided(**answers), pack().channels[channel] if channel else None, locale, NOW)
