from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from playbook import graph
from playbook.diagnostics import PlaybookError
from playbook.pictures import graphviz
from playbook.pictures.dot import dot
from playbook.pictures.graphviz import drawn
from playbook.pictures.picture import Arrow, Box, Picture, picture
from playbook.words import words
from tests.picture_world import EVIL
from tests.shelf import shelf

if TYPE_CHECKING:
    from pathlib import Path

EN = words("en")
PNG = b"\x89PNG\r\n"


@pytest.fixture
def no_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without the program `dot`; what a test puts into the folder is found."""
    monkeypatch.setenv("PATH", f"{tmp_path}")
    return tmp_path


def program(folder: Path, script: str) -> None:
    place = folder / "dot"
    place.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    place.chmod(0o755)


@pytest.mark.usefixtures("no_program")
def test_the_extra_draws_where_there_is_no_program() -> None:
    text = dot(picture(graph.of(shelf(), "safety", "en", EN), shelf(), EN))
    svg = drawn(text, "svg")
    assert svg.startswith(b"<svg ")
    labels = ["".join(each.itertext()) for each in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314 - ours
    assert {"Call (crisis)", " 1 · danger ".strip()} <= {label.strip() for label in labels}
    assert drawn(text, "png").startswith(PNG)


@pytest.mark.usefixtures("no_program")
def test_hostile_words_are_text_in_the_svg_and_nothing_else() -> None:
    boxes = (Box("ask:a", "ask", EVIL, None, "x"), Box("ask:b", "ask", "B", None, "x"))
    svg = drawn(dot(Picture("x", EVIL, boxes, (Arrow("ask:a", "ask:b", EVIL),))), "svg").decode()
    tags = {each.tag.rpartition("}")[2] for each in ET.fromstring(svg).iter()}  # noqa: S314 - ours
    assert tags <= {"svg", "g", "title", "polygon", "path", "text"}
    assert not re.search(r"<script|href=|<a ", svg)
    assert "<!DOCTYPE" not in svg


def test_the_program_is_asked_first_and_gets_the_drawing_as_data(no_program: Path) -> None:
    program(no_program, 'echo "<?xml?> <svg>$* $(/bin/cat)</svg>"')
    assert drawn("digraph {}", "svg") == b"<svg>-Tsvg -Gdpi=72 digraph {}</svg>\n"
    assert drawn("digraph {}", "png").startswith(b"<?xml?> <svg>-Tpng -Gdpi=144")


@pytest.mark.usefixtures("no_program")
def test_the_extra_loads_nothing_from_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pygraphviz.py").write_text("raise SystemExit('taken over')", encoding="utf-8")
    monkeypatch.delenv("PYTHONPATH", raising=False)  # a path that whoever runs it has asked for is their own
    monkeypatch.chdir(tmp_path)
    assert drawn("digraph {}", "png").startswith(PNG)


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("echo 'Error: Bad Graph.' >&2; exit 1", "error: bad graph"),
        ("exit 3", "exit code 3"),
        ("exec /bin/sleep 5", "it took more than 0.2 seconds"),
    ],
)
def test_a_program_that_fails_is_told(script: str, why: str, no_program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphviz, "TIMEOUT", 0.2)
    program(no_program, script)
    if "sleep" not in script:
        monkeypatch.setattr(graphviz, "TIMEOUT", 30)
    with pytest.raises(PlaybookError) as fault:
        drawn("digraph {}", "svg")
    assert fault.value.diagnostics[0].code == "PB423"
    assert fault.value.diagnostics[0].message == f"Graphviz could not draw it: {why}"


def test_a_program_that_cannot_be_started_is_told(no_program: Path) -> None:
    program(no_program, "")
    (no_program / "dot").write_text("#!/nothing/there\n", encoding="utf-8")
    with pytest.raises(PlaybookError, match="no such file"):
        drawn("digraph {}", "svg")


@pytest.mark.usefixtures("no_program")
def test_a_drawing_that_the_extra_cannot_read_is_told() -> None:
    with pytest.raises(PlaybookError, match="Graphviz could not draw it: "):
        drawn("digraph {", "svg")


@pytest.mark.usefixtures("no_program")
def test_without_either_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    with pytest.raises(PlaybookError) as fault:
        drawn("digraph {}", "svg")
    (said,) = fault.value.diagnostics
    assert (said.code, fault.value.exit_code) == ("PB422", 2)
    assert "crisis-playbook[svg]" in str(said.hint)
