"""A small pack on disk with every kind of question and two replies, and the real program to try it with."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MORTAL = """\
import ctypes, os, sys
for capability in (1, 2):  # to pass over the permissions of files, to read all of them
    assert ctypes.CDLL(None).prctl(24, capability, 0, 0, 0) == 0  # never to have it again
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Gives up what sets the superuser apart where files are read (Linux), and runs a command."""
NOW = "2026-11-22T12:40:00+01:00"
PLAYBOOK = """\
brand: {name: Papel y Tinta, signature: {es: El equipo, en: The team}}
locales: [es, en]
roles:
  community: {title: {es: Comunidad, en: Community}}
  boss: {title: {es: Dirección, en: Management}}
style:
  en: [{avoid: sorry if, because: it doubts them}]
  es: [{avoid: lamentamos si, because: lo pone en duda}]
"""
PARCEL = """\
protocol: parcel
version: 1.0.0
title: {es: Paquete, en: Parcel}
owner: community
questions:
  fault:
    ask: {es: ¿De quién fue el error?, en: Whose error was it?}
    choices:
      customer: {es: Del cliente, en: The customer's}
      us: {es: Nuestro, en: Ours}
    unknown: true
  days: {ask: {es: ¿Cuántos días de retraso?, en: How many days late?}, number: {min: 0, max: 90}}
  refund: {ask: {es: ¿Pide el dinero?, en: Do they want their money?}, yes_no: true, unknown: true}
  inside:
    ask: {es: ¿Qué llevaba?, en: What was in it?}
    choices:
      gift: {es: Un regalo, en: A gift}
      glass: {es: Cristal, en: Glass}
    many: true
  order: {ask: {es: Número de pedido, en: Order number}, text: {max: 40}, private: true}
steps:
  whose: {ask: fault, then: {customer: explain, us: late, unknown: late}}
  late:
    check:
      - {when: days >= 10 and inside.gift, then: sorry}
      - {then: sorry}
outcomes:
  explain:
    title: {es: Explicar, en: Explain}
    level: 1
    because: {es: No fue nuestro, en: Not ours}
    reply: {silence: {es: Nada que decir, en: Nothing to say}}
  sorry:
    title: {es: Pedir perdón, en: Apologise}
    level: 2
    because: {es: Fue nuestro, en: It was ours}
    reply: {public: sorry, private: sorry_private}
    answer_within: 1h
    approval: [boss]
    actions:
      - {do: {es: Devuelve el dinero, en: Pay back}, when: refund, owner: boss, within: 4h}
      - {do: {es: Busca el paquete, en: Find the parcel}, owner: community, within: 2h}
    follow_up: {owner: community, within: 24h, check: {es: Que ha llegado, en: That it arrived}}
    avoid: [{es: Excusas, en: Excuses}]
"""
FILES = {
    "playbook.yaml": PLAYBOOK,
    "protocols/parcel.yaml": PARCEL,
    "templates/es/parcel/sorry.j2": "Perdona por el retraso. Te escribimos {{ due.follow_up|when }}.\n",
    "templates/en/parcel/sorry.j2": "We apologise for the delay. We write to you {{ due.follow_up|when }}.\n",
    "templates/es/parcel/sorry_private.j2": "Perdona.\n\nTu pedido {{ order }} sale hoy.\n",
    "templates/en/parcel/sorry_private.j2": "We apologise.\n\nYour order {{ order }} leaves today.\n",
}
CASE = ("--set", "fault=us", "--set", "days=3", "--set", "inside=glass", "--set", "refund=no", "--set", "order=A-1")
"""A whole case on the command line, but for the channel."""


def write(folder: Path, *changes: Mapping[str, str | bytes | None]) -> Path:
    """The pack in `folder`, with other files in place of some; None leaves one out."""
    files: dict[str, str | bytes | None] = {}
    for each in (FILES, *changes):
        files.update(each)
    for path, content in files.items():
        if content is not None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def run(
    folder: Path,
    *arguments: str,
    typed: str | bytes = "",
    coding: str = "utf-8",
    who: str = "",
    **env: str,
) -> subprocess.CompletedProcess[str]:
    """The real program in `folder`; `typed` is its standard input, which is no terminal.

    `who` is `mortal`: what may not be read is not read, also where the superuser runs the tests.
    """
    before = ["-c", MORTAL, sys.executable] if who == "mortal" and os.name != "nt" and os.geteuid() == 0 else []
    own = {"CRISIS_PLAYBOOK_NOW": NOW, "HOME": str(folder), **env}
    given = typed.encode() if isinstance(typed, str) else typed
    done = subprocess.run(
        [sys.executable, *before, "-m", "playbook", *arguments],
        input=given,
        capture_output=True,
        cwd=folder,
        env={**os.environ, **own},
        check=False,
        timeout=60,
    )
    out, err = done.stdout.decode(coding), done.stderr.decode(coding)
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)
