"""Luna's e-reader, as it is worked through in the wizard: three cases, in both languages, by a real process."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from playbook import scenarios
from tests.at_the_keys import END, ENTER, NOW, Person
from tests.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from playbook.protocol import Answer

MENU = {"es": "¿Qué hacemos?", "en": "What next?"}
REVIEW = {"es": "Todo bien, terminar", "en": "All good, finish"}
OF = {"es": "de", "en": "of"}
COPIED = {"es": "Copiado", "en": "Copied"}
DONE = {"es": "Hecho.", "en": "Done."}
PARTS = {
    "es": ["Contesta antes de: hoy a las", "RESPUESTA P", "ACCIONES", "SEGUIMIENTO", "EVITA", "POR QUÉ"],
    "en": ["Answer by: today at", " REPLY", "ACTIONS", "FOLLOW-UP", "AVOID", "WHY"],
}
"""What a result shows, in its order."""


TO_A_PROGRAM = "playbook triage threat --json --skip-details"


def told_to_a_program(folder: Path, answers: Mapping[str, Answer], locale: str) -> Any:  # noqa: ANN401 - JSON
    """What the same case comes to without a person at the keys."""
    done = subprocess.run(
        [sys.executable, "-m", *f"{TO_A_PROGRAM} --ui {locale} --locale {locale} --answers -".split()],
        input=json.dumps(answers),
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env={"CRISIS_PLAYBOOK_NOW": NOW, "TZ": "Europe/Madrid", "LANG": "C.UTF-8"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("name", "locale", "outcome", "sentence"),
    [
        (
            "Luna pide ayuda en público y la empresa reacciona bien",
            "es",
            "Asumir el error y arreglarlo · nivel 2, elevado",
            "El error ha sido nuestro: te pedimos perdón. Lo corregimos sin coste para ti.",
        ),
        (
            "Luna asks for help in public and the company reacts well",
            "en",
            "Own the error and put it right · level 2, elevated",
            "And for the time this has taken you, your account now has 15% off your next order.",
        ),
        (
            "Luna amenaza antes de que le ofrezcamos solución",
            "es",
            "Poner ya la solución sobre la mesa · nivel 2, elevado",
            "Tienes por privado una solución concreta y sin coste. Si dices que sí, sale ya",
        ),
        (
            "Luna threatens before we have offered a solution",
            "en",
            "Put the solution on the table now · level 2, elevated",
            "the e-reader you ordered leaves today and we collect the other one from your door",
        ),
        (
            "Luna amenaza con la solución ya ofrecida",
            "es",
            "Mantener la respuesta · nivel 2, elevado",
            "La oferta sigue en pie: te enviamos el lector que pediste y recogemos el otro en tu casa.",
        ),
        (
            "Luna threatens with the solution already on offer",
            "en",
            "Stand by the answer · level 2, elevated",
            "That offer stands: we send the e-reader you ordered and collect the other one from your door.",
        ),
    ],
)
def test_luna(name: str, locale: str, outcome: str, sentence: str, tmp_path: Path) -> None:
    scenario = next(each for each in scenarios.read(shipped(), "threat").scenarios if each.name == name)
    answers = {**scenario.answers, "channel": scenario.channel}
    decided = told_to_a_program(tmp_path, answers, locale)
    with Person(tmp_path, "triage", "threat", "--ui", locale, "--locale", locale, rows=40) as luna:
        asked = luna.answer_all(shipped(), answers, locale, MENU[locale])
        assert asked[:5] == ["channel", "flags", "demand", "fault", "reaction"]

        said = luna.said
        result = said[said.rindex("■") :]
        assert result.startswith(f"■ {outcome}")
        at = [result.index(part) for part in PARTS[locale]]
        assert at == sorted(at)
        shown = decided["reply"]["public"] or decided["reply"]["private"]
        assert f"{shown['length']} {OF[locale]} {shown['limit']}" in result
        for action in decided["actions"]:
            assert in_words(action["do"]) in in_words(result)
        for text in (side["text"] for side in (decided["reply"]["public"], decided["reply"]["private"]) if side):
            assert in_words(text) in in_words(result)
        assert sentence in in_words(result)

        luna.press(ENTER, COPIED[locale])
        assert luna.copied == [shown["text"]]
        luna.see(MENU[locale])
        luna.press(END + ENTER, REVIEW[locale])
        luna.press(ENTER, DONE[locale])
        assert luna.end() == 0
    assert not list((tmp_path / "home").rglob("*.json")), "a finished case leaves nothing behind"


def in_words(text: str) -> str:
    """A text as its words, however it is wrapped or set off."""
    return re.sub(r"[\s│]+", " ", text).strip()
