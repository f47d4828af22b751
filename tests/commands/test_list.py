from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from playbook.commands.list import run
from playbook.diagnostics import PlaybookError
from tests.shelf import WORLD, write

if TYPE_CHECKING:
    from pathlib import Path


def test_it_prints_a_table_in_the_interfaces_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(write(WORLD, tmp_path), ui="es")
    assert capsys.readouterr().out == (
        "Protocolo  Título             Versión  Responsable  Preguntas (máx.)  Desenlaces\n"
        "parcel     Paquete perdido    1.0.0    Comunidad                   4           2\n"
        "safety     Señales de alarma  2.0.0    Tienda                      1           3\n"
    )


def test_the_titles_may_be_in_another_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(write(WORLD, tmp_path), locale="es", ui="en")
    heading, first, _ = capsys.readouterr().out.splitlines()
    assert heading.startswith("Protocol  Title")
    assert "Paquete perdido" in first


def test_programs_get_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(write(WORLD, tmp_path), locale="en", as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["schema_version"], told["pack"]) == (1, str(tmp_path))
    assert told["protocols"][0] == {
        "id": "parcel",
        "title": "Lost parcel",
        "version": "1.0.0",
        "owner": "Community",
        "questions": 4,
        "outcomes": 2,
        "review_by": "2030-01-31",
    }


def test_a_language_the_pack_does_not_have_is_said_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(write(WORLD, tmp_path), locale="fr")
    out, errors = capsys.readouterr()
    assert "Lost parcel" in out
    assert "this pack has no texts in `fr`" in errors


def test_a_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match=r"has no `playbook\.yaml`"):
        run(tmp_path)
