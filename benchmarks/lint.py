"""How long `playbook lint` takes for generated protocols, beside yamllint and check-jsonschema on the same files.

Whole processes, in turn, in seconds of the processor: what else the machine does does not decide. yamllint reads the
YAML for style, check-jsonschema holds it against our schema; we do both, and walk every check, read every reply and ask
every rule. Then the same for more megabytes, to see that it grows as they do; and the pack that ships, beside
`pre-commit --version`, both where nothing is remembered of an earlier run and where it is.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SCHEMA = ROOT / "schema" / "protocol.schema.json"
MEGABYTE = 1_000_000
SIZES = (1, 3, 10)
STEPS, TEXTS = 24, 6
ROUNDS = 3
LIMITS = {"yamllint": 1 / 8, "check-jsonschema": 1 / 6}
MOST_GROWTH = 1.25
"""Seconds per megabyte at the largest size, against those at the smallest."""
MOST_START = 1.5
CALM = ("-d", "{extends: default, rules: {line-length: disable}}")
PLAYBOOK = """\
brand: {name: Acme, signature: {es: El equipo, en: The team}}
locales: [es, en]
roles: {team: {title: {es: Equipo, en: Team}}}
"""
HEAD = """\
---
# A protocol that somebody might have written, repeated.
protocol: {name}
version: 1.0.0
title: {{es: Paquete perdido, en: Lost parcel}}
owner: team
review_by: 2999-05-31
"""
QUESTION = """\
  {name}_q{at}:
    ask:
      es: ¿De quién fue el error número {at} en este pedido?
      en: Whose error was number {at} in this order?
    help:
      es: Mira el seguimiento antes de responder, y pregunta al almacén si no está claro.
      en: Look at the tracking before you answer, and ask the warehouse where it is not clear.
    choices:
      customer:
        es: Del cliente
        en: The customer's
      carrier:
        es: Del transportista
        en: The carrier's
      us:
        es: Nuestro
        en: Ours
    unknown: true
  {name}_n{at}:
    ask:
      es: ¿Con cuántos días de retraso va el pedido?
      en: How many days late is the order?
    number: {{min: 0, max: 365}}
"""
STEP = """\
  s{at}:
    ask: {name}_q{at}
    then: {{customer: {next}, carrier: c{at}, us: c{at}, unknown: {next}}}
  c{at}:
    check:
      - when: {name}_n{at} >= {limit} and {name}_q{at} == 'us'
        then: repay{at}
      - when: {name}_n{at} >= 4
        then: explain{at}
      - then: {next}
"""
OUTCOME = """\
  {word}{at}:
    title: {{es: {spanish}, en: {english}}}
    level: 2
    because:
      es: Tras {limit} días el contrato {at} dice que hay que responder por el pedido.
      en: After {limit} days contract {at} says that we answer for the order.
    source: {{es: Contrato del transportista {at}, en: Carrier contract {at}}}
    reply:
      public: {word}{reply}
    follow_up:
      owner: team
      within: 1wd
      check: {{es: Mira si ha llegado el pedido., en: See whether the order has arrived.}}
    actions:
      - do: {{es: Llama al transportista por el pedido., en: Call the carrier about the order.}}
        owner: team
        within: {limit}h
"""
WORDS = (("repay", "Devolver el dinero", "Pay back"), ("explain", "Explicar", "Explain"))
LAST = """\
  end:
    title: {es: Esperar, en: Wait}
    level: 0
    because: {es: Aún puede llegar., en: It may still come.}
    source: {es: Contrato, en: Contract}
    reply:
      silence: {es: Nadie pregunta nada., en: Nobody asks anything.}
    follow_up:
      owner: team
      within: 1wd
      check: {es: Mira si ha llegado., en: See whether it has arrived.}
"""
REPLIES = {
    "es": "Gracias por escribirnos. Hemos mirado tu pedido, y {% if NAME_nAT >= 8 %}va muy tarde{% else %}va tarde"
    "{% endif %}: volvemos a escribirte {{ due.follow_up|when }}.\n\n{{ brand.signature }}\n",
    "en": "Thank you for writing. We have looked at your order, and it is {% if NAME_nAT >= 8 %}very late{% else %}late"
    "{% endif %}: we write to you again {{ due.follow_up|when }}.\n\n{{ brand.signature }}\n",
}


def protocol(name: str) -> str:
    """One protocol as YAML."""
    numbers = range(STEPS)
    ahead = [*(f"s{at + 1}" for at in numbers[:-1]), "end"]
    parts = [HEAD.format(name=name), "questions:\n"]
    parts += [QUESTION.format(name=name, at=at) for at in numbers]
    parts += ["steps:\n"]
    parts += [STEP.format(name=name, at=at, next=ahead[at], limit=5 + at) for at in numbers]
    parts += ["outcomes:\n"]
    for at in numbers:
        for word, spanish, english in WORDS:
            parts.append(
                OUTCOME.format(word=word, at=at, spanish=spanish, english=english, limit=5 + at, reply=at % TEXTS)
            )
    return "".join((*parts, LAST))


def write(folder: Path, megabytes: int) -> list[str]:
    """A pack with so many megabytes of protocols; their paths."""
    (folder / "protocols").mkdir(parents=True)
    (folder / "playbook.yaml").write_text(PLAYBOOK, encoding="utf-8")
    paths: list[str] = []
    written = 0
    while written < megabytes * MEGABYTE:
        name = f"p{len(paths)}"
        text = protocol(name)
        paths.append(str(folder / "protocols" / f"{name}.yaml"))
        Path(paths[-1]).write_text(text, encoding="utf-8")
        written += len(text.encode())
        replies(folder, name)
    return paths


def replies(folder: Path, name: str) -> None:
    """The templates of a protocol."""
    for locale, text in REPLIES.items():
        inside = folder / "templates" / locale / name
        inside.mkdir(parents=True)
        for at in range(TEXTS):
            for word, *_ in WORDS:
                said = text.replace("NAME", name).replace("AT", str(at))
                (inside / f"{word}{at}.j2").write_text(said, encoding="utf-8")


def took(command: list[str], env: dict[str, str]) -> float:
    """Seconds of the processor for one process, which must end well: none of these waits for anything."""
    before = os.times()
    done = subprocess.run(command, env=env, capture_output=True, check=False)
    after = os.times()
    if done.returncode:
        raise SystemExit(f"{command[:3]}: {done.stdout.decode()[-2000:]}{done.stderr.decode()[-2000:]}")
    return after.children_user + after.children_system - before.children_user - before.children_system


def best(ways: dict[str, list[str]], env: dict[str, str], rounds: int = ROUNDS) -> dict[str, float]:
    """The fastest run of each, in turn."""
    found = dict.fromkeys(ways, float("inf"))
    for _ in range(rounds):
        for way, command in ways.items():
            found[way] = min(found[way], took(command, env))
    return found


def lint(*more: str) -> list[str]:
    """The command that lints, by this interpreter."""
    return [sys.executable, "-m", "playbook", "lint", *more]


def verdict(name: str, ratio: float, limit: float) -> bool:
    """Print a ratio beside its limit; whether it is kept."""
    print(f"{name}: {ratio:.3f} (at most {limit:.3f}){'' if ratio <= limit else '  MISSED'}")
    return ratio <= limit


def beside_peers(folder: Path, env: dict[str, str]) -> bool:
    """A megabyte, beside the others."""
    paths = write(folder / "1", 1)
    programs = Path(sys.executable).parent
    found = best(
        {
            "playbook lint": lint("--no-cache", "--pack", str(folder / "1")),
            "yamllint": [str(programs / "yamllint"), *CALM, *paths],
            "check-jsonschema": [str(programs / "check-jsonschema"), "--schemafile", str(SCHEMA), *paths],
        },
        env,
    )
    for name, seconds in found.items():
        print(f"{f'{name}, 1 MB, whole process':<46}{seconds:>8.2f} s")
    mine = found["playbook lint"]
    kept = [verdict(f"playbook lint / {name}", mine / found[name], limit) for name, limit in LIMITS.items()]
    return all(kept)


def growing(folder: Path, env: dict[str, str]) -> bool:
    """Seconds a megabyte at each size."""
    each: list[float] = []
    for size in SIZES:
        place = folder / f"of{size}"
        write(place, size)
        seconds = best({"lint": lint("--no-cache", "--pack", str(place))}, env, 2 if size > 1 else ROUNDS)["lint"]
        each.append(seconds / size)
        print(f"{f'playbook lint, {size} MB':<46}{seconds:>8.2f} s {each[-1]:>8.3f} s a megabyte")
    return verdict(f"a megabyte of {SIZES[-1]} / of {SIZES[0]}", each[-1] / each[0], MOST_GROWTH)


def shipped(env: dict[str, str]) -> bool:
    """The pack that ships: as for the first time, and again."""
    start = str(Path(sys.executable).parent / "pre-commit")
    pack = ("--pack", str(ROOT))
    took(lint(*pack), env)
    found = best(
        {"pre-commit --version": [start, "--version"], "first": lint("--no-cache", *pack), "again": lint(*pack)},
        env,
        7,
    )
    for name, seconds in found.items():
        print(f"{name:<46}{seconds * 1000:>8.0f} ms")
    peer = found["pre-commit --version"]
    kept = [
        verdict(f"the pack that ships, {each} / pre-commit", found[each] / peer, MOST_START)
        for each in ("again", "first")
    ]
    return all(kept)


def main() -> int:
    """Measure it all; 1 where a limit is missed."""
    with tempfile.TemporaryDirectory() as name:
        env = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": f"{name}/cache"}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        kept = [beside_peers(Path(name), env), growing(Path(name), env), shipped(env)]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    raise SystemExit(main())
