"""`playbook why`: what it prints, and its exit codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest
import typer

from playbook.commands.why import run
from playbook.diagnostics import PlaybookError
from tests.shelf import write
from tools import documents

if TYPE_CHECKING:
    from pathlib import Path

PLAYBOOK = """\
brand: {name: Papel y Tinta, signature: El equipo}
register: tu
locales: [es, en]
roles: {shop: {title: {es: Tienda, en: Shop}}}
limits: {many: {value: 5000, because: Desde aquí se nota.}}
"""
CASE = """\
questions:
  flags:
    ask: {es: ¿Ves alguna señal?, en: Do you see any sign?}
    many: true
    choices:
      fire: {es: Fuego, en: Fire}
      press: {es: Prensa, en: Press}
      minor: {es: Un menor, en: A minor}
first:
  - {when: flags.fire, then: danger.fire}
"""
PARCEL = """\
protocol: parcel
version: 1.0.0
title: {es: Paquete perdido, en: Lost parcel}
owner: shop
use: [case]
questions:
  fault:
    ask: {es: ¿De quién fue el error?, en: Whose error was it?}
    choices:
      theirs: {es: Suyo, en: Theirs}
      ours: {es: Nuestro, en: Ours}
    unknown: true
  followers:
    ask: {es: ¿Cuántos le siguen?, en: How many follow them?}
    number: {min: 0, max: 90000}
    worse: higher
  gift:
    ask: {es: ¿Era un regalo?, en: Was it a gift?}
    yes_no: true
facts: {loud: followers >= limits.many}
steps:
  whose: {ask: fault, then: {theirs: size, ours: present, unknown: size}}
  present: {ask: gift, then: repair}
  size:
    check:
      - {when: loud, then: explain_to_all}
      - {then: explain}
outcomes:
  explain: {title: {es: Explicar, en: Explain}, level: 1, because: sí, reply: {silence: sí}}
  explain_to_all: {title: {es: Explicar a todos, en: Explain to all}, level: 2, because: sí, reply: {silence: sí}}
  repair: {title: {es: Reparar, en: Repair}, level: 2, because: sí, source: {es: Ley, en: Law}, reply: {silence: sí}}
"""
DANGER = """\
protocol: danger
version: 1.0.0
title: {es: Peligro, en: Danger}
owner: shop
use: [case]
steps: {s: {check: [{then: calm}]}}
outcomes:
  fire: {title: {es: Fuego, en: Fire}, level: 3, because: sí, reply: {silence: sí}}
  calm: {title: {es: Calma, en: Calm}, level: 0, because: sí, reply: {silence: sí}}
"""
WORLD = {
    "playbook.yaml": PLAYBOOK,
    "protocols/shared/case.yaml": CASE,
    "protocols/parcel.yaml": PARCEL,
    "protocols/danger.yaml": DANGER,
}
LOUD = ("flags=press", "fault=theirs", "followers=8000")


@pytest.fixture
def world(tmp_path: Path) -> Path:
    return write(WORLD, tmp_path)


def told(
    capsys: pytest.CaptureFixture[str], world: Path, *given: str, start: str = "parcel", **more: str | bool | None
) -> tuple[int, str]:
    code = 0
    try:
        run(start, world, set_=[*given], **more)  # type: ignore[arg-type] # options by their names
    except typer.Exit as ended:
        code = ended.exit_code
    return code, capsys.readouterr().out


def test_a_case_is_told_with_what_decided_it_and_what_is_nearest(
    world: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, world, *LOUD, ui="en") == (
        0,
        """\
■ Explain to all · level 2, elevated
sí

WHAT DECIDED
These answers lead here by themselves, whatever the others are. Below each, where another one would lead:
  · Do you see any sign? Press (all that counts: without “Fire”)
      with “Fire” → Fire (crisis)
      without “Press” or with “A minor” → the same
  · Whose error was it? Theirs
      Ours → Repair (elevated)
      I don't know → the same
  · How many follow them? 8,000
      up to 4,999 → Explain (routine)
      5,000 or more → the same

THE NEAREST OTHER OUTCOME
To get “Explain” (routine), this would have to be so:
  · How many follow them? up to 4,999 (not: 8,000)

WHY
  · Whose error was it? Theirs  protocols/parcel.yaml:22
  · «How many follow them?» ≥ 5000  protocols/parcel.yaml:26
""",
    )


def test_it_speaks_spanish_and_names_what_did_not_matter(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = told(capsys, world, "flags=none", "fault=ours", "gift=no", ui="es")
    assert code == 0
    assert out.startswith("■ Reparar · nivel 2, elevado\nsí (Ley)\n\nLO QUE DECIDIÓ\n")
    assert (
        """
      Suyo o No lo sé → Explicar (rutina) o Explicar a todos (elevado)

LO QUE NO PESÓ
Todas estas podrían ser otras a la vez: el desenlace sería el mismo
  · ¿Era un regalo? No

EL OTRO DESENLACE MÁS CERCANO
Para llegar a «Fuego» (crisis) tendría que ser:
  · ¿Ves alguna señal? con «Fuego» (ahora: Ninguna)
"""
        in out
    )


def elsewhere(capsys: pytest.CaptureFixture[str], world: Path, to: str) -> list[str]:
    code, out = told(capsys, world, *LOUD, ui="en", to=to)
    assert code == 0
    return out.partition("TO GET ANOTHER OUTCOME\n")[2].partition("\n\n")[0].splitlines()


def test_an_outcome_that_is_wanted_is_told_with_what_would_be_asked_besides(
    world: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert elsewhere(capsys, world, "repair") == [
        "To get “Repair” (elevated), this would have to be so:",
        "  · Whose error was it? Ours (not: Theirs)",
        "And this would be asked besides:",
        "  · Was it a gift? Yes or No",
    ]


def test_an_outcome_of_another_protocol_is_found_by_its_name(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert elsewhere(capsys, world, "fire") == elsewhere(capsys, world, "danger.fire")
    assert elsewhere(capsys, world, "fire")[1] == "  · Do you see any sign? with “Fire” (now: Press)"


def test_where_no_answers_lead_it_is_said_plainly(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert elsewhere(capsys, world, "calm") == ["No answers at all lead from “Lost parcel” to “Calm”"]


def test_where_the_case_ends_already_it_is_said(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert elsewhere(capsys, world, "explain_to_all") == ["This case already ends in “Explain to all”"]


def test_where_all_answers_lead_to_one_outcome_there_is_no_other(
    world: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = DANGER.replace("use: [case]\n", "")
    write({"protocols/danger.yaml": text}, world)
    (world / "protocols/parcel.yaml").unlink()
    _, out = told(capsys, world, start="danger", ui="en")
    assert "WHAT DECIDED\nNo answer did: all of them lead to this outcome\n" in out
    assert "THE NEAREST OTHER OUTCOME\nThere is none: all answers lead to this one\n" in out


@pytest.mark.parametrize(
    ("to", "message", "hint"),
    [
        ("explian", "no outcome is called `explian`", "did you mean `explain`?"),
        ("parcel.fire", "no outcome is called `parcel.fire`", "did you mean `parcel.repair`?"),
    ],
)
def test_an_outcome_that_does_not_exist_is_refused_with_the_nearest(
    to: str, message: str, hint: str, world: Path
) -> None:
    with pytest.raises(PlaybookError) as refused:
        run("parcel", world, set_=[*LOUD], to=to)
    (fault,) = refused.value.diagnostics
    assert (fault.code, fault.message, fault.hint, refused.value.exit_code) == ("PB557", message, hint, 2)


def test_a_name_that_several_outcomes_have_is_refused(world: Path) -> None:
    for name in ("one", "two"):
        write({f"protocols/{name}.yaml": DANGER.replace("danger", name).replace("fire:", "twice:")}, world)
    with pytest.raises(PlaybookError) as refused:
        run("parcel", world, set_=[*LOUD], to="twice")
    (fault,) = refused.value.diagnostics
    assert (fault.code, fault.hint) == ("PB557", "name one of `one.twice`, `two.twice`")


def test_a_pack_with_a_broken_protocol_elsewhere_still_tells_why(
    world: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write({"protocols/broken.yaml": "protocol: broken\n"}, world)
    assert elsewhere(capsys, world, "repair")[1] == "  · Whose error was it? Ours (not: Theirs)"
    with pytest.raises(PlaybookError, match="no outcome is called `brok`"):
        run("parcel", world, set_=[*LOUD], to="brok")


def test_an_answer_that_does_not_exist_is_refused_as_by_triage(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = told(capsys, world, "fault=theis", as_json=True)
    assert (code, json.loads(out)["diagnostics"][0]["hint"]) == (2, "did you mean `theirs`?")
    with pytest.raises(PlaybookError, match="`fault` does not take `theis`"):
        run("parcel", world, set_=["fault=theis"])


@pytest.mark.parametrize("as_json", [False, True])
def test_with_answers_missing_it_is_told_which_as_by_triage(
    world: Path, capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    code, out = told(capsys, world, "flags=none", ui="en", as_json=as_json)
    assert code == 4
    if as_json:
        assert json.loads(out)["question"]["id"] == "fault"
    else:
        assert "fault: Whose error was it?" in out


@pytest.mark.parametrize("to", [None, "repair", "calm", "explain_to_all"])
def test_the_json_is_as_its_schema_describes_it(
    world: Path, capsys: pytest.CaptureFixture[str], to: str | None
) -> None:
    code, out = told(capsys, world, *LOUD, ui="en", to=to, as_json=True)
    document = json.loads(out)
    jsonschema.validate(document, documents.why())
    assert (code, document["status"], document["outcome"]["name"]) == (0, "explained", "parcel.explain_to_all")
    assert (document["wanted"] or {}).get("name", "").partition(".")[2] == (to or "")
    assert bool(document["nearest"]) == (to not in {"calm", "explain_to_all"})


def test_stretches_of_numbers_are_told_by_their_ends(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = told(capsys, world, *LOUD, as_json=True)
    document = json.loads(out)
    (change,) = document["nearest"]["changes"]
    assert change["any_of"] == [{"answer": 0, "min": 0, "max": 4999}]
    assert document["nearest"]["answers"] == {"flags": ["press"], "fault": "theirs", "followers": 0}
    jsonschema.validate(document, documents.why())


def test_answers_come_from_a_file_as_for_triage(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = world / "answers.json"
    path.write_text(json.dumps({"flags": ["press"], "fault": None, "followers": 12}), encoding="utf-8")
    code, out = told(capsys, world, answers=str(path), ui="en")
    assert code == 0
    assert out.startswith("■ Explain · level 1, routine\n")
