from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from playbook.commands.show import Form, run
from playbook.diagnostics import PlaybookError
from playbook.pictures import mermaid
from tests.shelf import WORLD, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write(WORLD, tmp_path)


def test_a_protocol_is_drawn_as_a_tree(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("safety", pack, ui="en")
    assert capsys.readouterr().out == (
        "Red flags · safety 2.0.0\n"
        "\n"
        "Before anything else\n"
        "├─ danger → [look]\n"
        "└─ otherwise → [quiet]\n"
        "\n"
        "By what is known already  [look]\n"
        "└─ always → ● Call (crisis)\n"
        "\n"
        "By what is known already  [quiet]\n"
        "└─ always → ● Nothing (watch)\n"
        "\n"
        "● Beside (elevated)\n"
    )


def test_the_whole_drawing_is_in_the_language_of_its_labels(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("safety", pack, locale="es", ui="en")
    assert "└─ siempre → ● Llamar (crisis)\n" in capsys.readouterr().out


def test_a_language_that_the_interface_does_not_speak_takes_the_interfaces_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = {path: text.replace(", en: ", ", pt: ").replace(", en]", ", pt]") for path, text in WORLD.items()}
    run("safety", write(world, tmp_path), locale="pt", ui="es")
    assert "└─ siempre → ● Call (crisis)\n" in capsys.readouterr().out


def test_lines_are_folded_only_on_a_terminal(
    pack: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    run("parcel", pack, ui="es")
    assert max(map(len, capsys.readouterr().out.splitlines())) > 40
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    run("parcel", pack, ui="es")
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 40


@pytest.mark.parametrize(
    ("form", "begins"), [("mermaid", "flowchart TD\n"), ("dot", 'digraph "parcel" {\n'), ("json", "{\n")]
)
def test_other_formats_are_pure_data(form: Form, begins: str, pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("parcel", pack, form, locale="es")
    out, errors = capsys.readouterr()
    assert out.startswith(begins)
    assert "¿Cuántos días?" in out
    assert errors == ""


def test_the_json_can_be_read(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("parcel", pack, "json")
    assert json.loads(capsys.readouterr().out)["protocol"] == "parcel"


def test_a_mermaid_drawing_that_viewers_refuse_comes_with_a_warning(
    pack: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mermaid, "MOST_EDGES", 3)
    run("parcel", pack, "mermaid")
    out, errors = capsys.readouterr()
    assert out.startswith("flowchart TD\n")
    assert "warning: this drawing has 10 edges" in errors
    run("parcel", pack, "dot")
    assert capsys.readouterr().err == ""


def test_without_a_protocol_the_pack_is_shown(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(pack=pack, ui="es")
    assert capsys.readouterr().out.startswith("Papel y Tinta\nIdiomas de las respuestas: es, en\n\nProtocolos\n")
    run(pack=pack, form="dot", ui="es")
    assert '"protocol:parcel" -> "protocol:safety"' in capsys.readouterr().out


def test_a_protocol_that_is_not_there_is_refused_with_the_nearest(pack: Path) -> None:
    with pytest.raises(PlaybookError) as fault:
        run("parcels", pack)
    assert fault.value.diagnostics[0].message == "no protocol is called `parcels`"
    assert "`parcel`" in str(fault.value.diagnostics[0].hint)
