"""A small pack in which no rule finds anything, and pages of rules laid over it.

A block of a page is a piece of a file, named behind its fence: its keys are laid over those of the pack's file, map by
map; a template takes the place of the pack's. So a block shows what it is about, and nothing else.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from playbook.diagnostics import ERROR
from playbook.loader import load
from playbook.replies import vetting
from playbook.survey.survey import Survey
from tools.consoles import FENCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playbook.loader import Loaded

TODAY = date(2026, 11, 24)
PLAYBOOK = """\
brand:
  name: Olmeda
  signature: {es: El equipo de Olmeda, en: The Olmeda team}
register: tu
locales: [es, en]
roles:
  team:
    title: {es: Equipo, en: Team}
  boss:
    title: {es: Dirección, en: Management}
marks:
  refund: {es: Devolvemos dinero., en: We pay money back.}
stances:
  rebuild: {es: Asumir y reparar., en: Own it and repair.}
limits:
  serious:
    value: 8
    because: {es: Lo dice el contrato., en: The contract says so.}
"""
PARCEL = """\
protocol: parcel
version: 1.0.0
title: {es: Paquete perdido, en: Lost parcel}
owner: team
review_by: 2027-05-31
questions:
  fault:
    ask: {es: "¿De quién fue el error?", en: Whose error was it?}
    choices:
      us: {es: Nuestro, en: Ours}
      customer: {es: Del cliente, en: The customer's}
  days:
    ask:
      es: ¿Cuántos días?
      en: How many days?
    number: {min: 0, max: 60}
  order:
    ask: {es: Número de pedido, en: Order number}
    text: {max: 20}
facts:
  serious: days >= limits.serious
steps:
  whose:
    ask: fault
    then: {us: size, customer: explain}
  size:
    check:
      - when: serious
        then: make_right
      - then: apologise
outcomes:
  explain:
    title: {es: Explicar, en: Explain}
    level: 1
    because: {es: No fue nuestro., en: It was not ours.}
    source: {es: Contrato, en: Contract}
    reply:
      public: explain
    follow_up:
      owner: team
      within: 1wd
      check: {es: Mira si contesta., en: See whether they answer.}
    actions:
      - do: {es: Guarda el mensaje., en: Save the message.}
        owner: team
        within: 10min
  apologise:
    title: {es: Pedir perdón, en: Apologise}
    level: 2
    because: {es: Fue nuestro., en: It was ours.}
    source: {es: Contrato, en: Contract}
    reply:
      public: apologise
    follow_up:
      owner: team
      within: 1wd
      check: {es: Mira si ha llegado., en: See whether it has arrived.}
    actions:
      - do: {es: Envía otro., en: Send another one.}
        owner: team
        within: 4h
  make_right:
    title: {es: Compensar, en: Make it right}
    level: 3
    stance: rebuild
    marks: [refund]
    because: {es: Fue nuestro y grave., en: It was ours and serious.}
    source: {es: Contrato, en: Contract}
    reply:
      public: make_right
    approval: [boss]
    follow_up:
      owner: boss
      within: 4h
      check: {es: Mira si ha cobrado., en: See whether the money is there.}
    actions:
      - do: {es: Devuelve el dinero., en: Pay the money back.}
        owner: boss
        within: 1h
"""
TEMPLATES = {
    "es/_order": "{% if order is known %} ({{ order }}){% endif %}",
    "en/_order": "{% if order is known %} ({{ order }}){% endif %}",
    "es/parcel/explain": "Hemos mirado {{ you('tu', 'su') }} caso{% include '_order' %}.",
    "en/parcel/explain": "We have looked at your case{% include '_order' %}.",
    "es/parcel/apologise": "{{ you('Te', 'Le') }} pedimos perdón{% include '_order' %}.",
    "en/parcel/apologise": "We apologise{% include '_order' %}.",
    "es/parcel/make_right": "{{ you('Te', 'Le') }} devolvemos el dinero{% include '_order' %}.",
    "en/parcel/make_right": "Your money comes back{% include '_order' %}.",
}
BASE = {
    "playbook.yaml": PLAYBOOK,
    "protocols/parcel.yaml": PARCEL,
    **{f"templates/{path}.j2": text for path, text in TEMPLATES.items()},
}
MARK = re.compile(r"(?:#|\{#) ?(PB[0-9]{3})\b")


def blocks(page: str, chapter: str) -> dict[str, str]:
    """The blocks in a chapter of a page, by the files that they are pieces of."""
    text = page.partition(f"## {chapter}\n")[2].partition("\n## ")[0] + "\n"
    return {fence["title"]: fence["body"] for fence in FENCE.finditer(text)}


def laid(pieces: Mapping[str, str], base: Mapping[str, str] | None = None) -> dict[str, str]:
    """The pack with these pieces laid over it."""
    files = {**(BASE if base is None else base)}
    for path, piece in pieces.items():
        files[path] = over(files[path], piece) if path.endswith(".yaml") and path in files else piece
    return files


def over(below: str, above: str) -> str:
    """The text of a map with another laid over it, key by key, both in block style."""
    under, upper = _entries(below), _entries(above)
    found = {**under}
    for key, (head, inside) in upper.items():
        old = under.get(key)
        both = old is not None and _is_map(old[1]) and _is_map(inside)
        found[key] = (head, over(old[1], inside)) if both and old else (head, inside)
    return "".join(head + inside for head, inside in found.values())


def _is_map(inside: str) -> bool:
    return bool(inside.strip()) and not inside.lstrip().startswith("-")


def _entries(text: str) -> dict[str, tuple[str, str]]:
    """The keys of a map, each with its line and the lines below it; comments above belong to the key."""
    lines = text.splitlines(keepends=True)
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    found: dict[str, tuple[str, str]] = {}
    key, ahead = "", ""
    for line in lines:
        bare = line[indent:]
        if bare.startswith("#"):
            ahead += line
        elif bare[:1].strip():
            key = bare.partition(":")[0]
            found[key] = (ahead + line, "")
            ahead = ""
        else:
            head, inside = found[key]
            found[key] = (head, inside + line)
    return found


def read(files: Mapping[str, str]) -> Loaded:
    """The pack in these files, which must be without fault."""
    loaded = load({path: text.encode() for path, text in files.items()})
    assert loaded.pack is not None, loaded.diagnostics
    faults = [each for own in loaded.pack.protocols for each in vetting.check(loaded.pack, own)]
    assert not [each for each in faults if each.severity == ERROR], faults
    return loaded


def survey(files: Mapping[str, str], today: date = TODAY) -> Survey:
    """The survey of the pack in these files."""
    loaded = read(files)
    assert loaded.pack is not None
    return Survey(loaded.pack, loaded.sources, today)


def marked(files: Mapping[str, str]) -> list[tuple[str, int, str]]:
    """The lines that are marked with a code: file, line, code."""
    return [
        (path, number, match[1])
        for path, text in sorted(files.items())
        for number, line in enumerate(text.splitlines(), 1)
        for match in MARK.finditer(line)
    ]
