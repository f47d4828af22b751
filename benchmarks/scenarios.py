"""How long `playbook test` takes for a thousand scenarios in two locales, beside Jinja rendering the same replies.

Whole processes. Ours reads the YAML of the pack and of the scenarios, walks every case, renders its replies, holds what
is expected against them and measures the coverage. Plain Jinja is handed the answers as JSON and which template each
reply takes; it only renders, and looks for the same phrases.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROTOCOLS, EACH = 5, 200
SERIOUS = 8
ROUNDS = 7
LIMIT = 3.0
LOCALES = ("es", "en")
PLAYBOOK = """\
brand: {name: Acme, signature: {es: El equipo, en: The team}}
locales: [es, en]
roles: {team: {title: {es: Equipo, en: Team}}}
"""
PROTOCOL = """\
protocol: {name}
version: 1.0.0
title: {{es: Paquete, en: Parcel}}
owner: team
questions:
  {name}_fault: {{ask: {{es: F, en: F}}, choices: {{us: {{es: N, en: O}}, them: {{es: E, en: T}}}}}}
  {name}_days: {{ask: {{es: D, en: D}}, number: {{min: 0, max: 365}}}}
  {name}_ref: {{ask: {{es: R, en: R}}, text: {{max: 40}}}}
steps:
  whose: {{ask: {name}_fault, then: {{us: late, them: explain}}}}
  late: {{ask: {name}_days, then: how}}
  how: {{check: [{{when: {name}_days >= 8, then: repay}}, {{then: explain}}]}}
outcomes:
  repay: {{title: {{es: P, en: P}}, level: 2, because: {{es: B, en: B}}, reply: {{public: repay}}}}
  explain: {{title: {{es: E, en: E}}, level: 1, because: {{es: B, en: B}}, reply: {{public: explain}}}}
"""
REPLIES = {
    "es": "Sentimos lo de tu pedido {{ NAME_ref }}.\n{% if NAME_fault == 'us' %}Fue error nuestro, y van ya "
    "{{ NAME_days }} días.{% else %}Lo miramos contigo ahora.{% endif %}\n\nVERB\n{{ brand.signature }}, "
    "{{ brand.name }}",
    "en": "We are sorry about your order {{ NAME_ref }}.\n{% if NAME_fault == 'us' %}It was our mistake, and it has "
    "been {{ NAME_days }} days.{% else %}Let us look at it with you.{% endif %}\n\nVERB\n{{ brand.signature }}, "
    "{{ brand.name }}",
}
VERBS = {
    ("es", "repay"): "Te devolvemos el dinero hoy.",
    ("en", "repay"): "We pay you back today.",
    ("es", "explain"): "Te contamos qué ha pasado.",
    ("en", "explain"): "We will tell you what happened.",
}
PLAIN = """
import json, sys
from jinja2 import Environment, FileSystemLoader
env = Environment(loader=FileSystemLoader(sys.argv[1] + "/templates"), auto_reload=False)
with open(sys.argv[1] + "/replies.json", encoding="utf-8") as file:
    replies = json.load(file)
for template, values, phrase in replies:
    assert phrase in env.get_template(template).render(values)
"""


def write(folder: Path) -> None:
    """The pack, its scenarios, and the same replies as plain Jinja takes them."""
    replies: list[object] = []
    texts = {"playbook.yaml": PLAYBOOK}
    for name in (f"p{number}" for number in range(PROTOCOLS)):
        texts[f"protocols/{name}.yaml"] = PROTOCOL.format(name=name)
        for (locale, template), verb in VERBS.items():
            text = REPLIES[locale].replace("NAME", name).replace("VERB", verb)
            texts[f"templates/{locale}/{name}/{template}.j2"] = text
        texts[f"protocols/{name}.scenarios.yaml"] = "scenarios:\n" + "".join(
            scenario(name, number, replies) for number in range(EACH)
        )
    texts["replies.json"] = json.dumps(replies)
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def scenario(name: str, number: int, replies: list[object]) -> str:
    """One scenario as YAML; its replies are added to those for plain Jinja."""
    fault, days = ("us", "them")[number % 5 == 0], number % 17
    outcome = "repay" if fault == "us" and days >= SERIOUS else "explain"
    values = {f"{name}_fault": fault, f"{name}_days": days, f"{name}_ref": f"A-{number}"}
    expected = ""
    for locale in LOCALES:
        verb = VERBS[locale, outcome]
        brand = {"name": "Acme", "signature": {"es": "El equipo", "en": "The team"}[locale]}
        replies.append([f"{locale}/{name}/{outcome}.j2", {**values, "brand": brand}, verb])
        expected += f"        {locale}: {{contains: [{verb}]}}\n"
    answers = ", ".join(f"{key}: {value}" for key, value in values.items())
    return (
        f"  - name: case {number}\n    channel: x\n    answers: {{{answers}}}\n"
        f"    expect:\n      outcome: {outcome}\n      reply:\n{expected}"
    )


def took(command: list[str], env: dict[str, str]) -> float:
    """Seconds of one process, which must end well."""
    start = time.perf_counter()
    done = subprocess.run(command, env=env, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout.decode() + done.stderr.decode())
    return time.perf_counter() - start


def main() -> int:
    """Measure in turn, so that a machine that drifts drifts for all; print the best of each."""
    env = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    with tempfile.TemporaryDirectory() as name:
        write(Path(name))
        ways = {
            "plain Jinja, from JSON": [sys.executable, "-c", PLAIN, name],
            "playbook test": [sys.executable, "-m", "playbook", "test", "--pack", name],
        }
        best = dict.fromkeys(ways, float("inf"))
        for _ in range(ROUNDS):
            for way, command in ways.items():
                best[way] = min(best[way], took(command, env))
    print(f"{f'{PROTOCOLS * EACH:,} scenarios, {len(LOCALES)} locales, whole process':<46}{'s':>8}{'ratio':>8}")
    peer, mine = best.values()
    for way, value in best.items():
        print(f"{way:<46}{value:>8.3f}{value / peer:>8.2f}")
    verdict = "" if mine / peer <= LIMIT else "  MISSED"
    print(f"playbook test / plain Jinja: {mine / peer:.2f} (at most {LIMIT:.1f}){verdict}")
    return 0 if mine / peer <= LIMIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
