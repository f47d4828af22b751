from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from playbook.commands import offer_protocols, show
from playbook.commands.graph import run
from playbook.diagnostics import PlaybookError
from playbook.pictures import mermaid
from tests.picture_world import PICTURED, SCENARIOS
from tests.shelf import write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write(PICTURED, tmp_path / "pack")


def refused(**wishes: object) -> tuple[str, str]:
    """The code and the hint of what a command is refused for."""
    with pytest.raises(PlaybookError) as fault:
        run(**wishes)  # type: ignore[arg-type]
    return fault.value.diagnostics[0].code, str(fault.value.diagnostics[0].hint)


@pytest.mark.parametrize("protocol", ["parcel", None])
@pytest.mark.parametrize("form", ["mermaid", "dot"])
def test_show_draws_the_same(
    form: show.Form, protocol: str | None, pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(protocol, pack, form, ui="es")  # type: ignore[arg-type]
    drawn = capsys.readouterr().out
    show.run(protocol, pack, form, ui="es")
    assert capsys.readouterr().out == drawn


def test_it_is_mermaid_unless_a_file_or_a_format_says_otherwise(
    pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("parcel", pack)
    assert capsys.readouterr().out.startswith("flowchart TD\n")
    begins = {"a.mmd": "flowchart", "a.GV": "digraph", "a.svg": "<svg", "a.txt": "digraph"}
    for name, start in begins.items():
        run("parcel", pack, "dot" if name == "a.txt" else None, tmp_path / name)
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
    run("parcel", pack, output=tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert capsys.readouterr().out == ""


def test_an_svg_may_be_printed_and_a_png_may_not(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("parcel", pack, "svg", locale="es")
    assert "¿Viene con enfado?" in capsys.readouterr().out
    assert refused(protocol="parcel", pack=pack, form="png") == ("PB424", "name a file: `-o FILE`")


def test_a_name_that_tells_no_format_is_refused(pack: Path, tmp_path: Path) -> None:
    code, hint = refused(protocol="parcel", pack=pack, output=tmp_path / "a.jpg")
    assert code == "PB421"
    assert "`.svg`" in hint


def test_a_file_that_cannot_be_written_is_told(pack: Path, tmp_path: Path) -> None:
    assert refused(protocol="parcel", pack=pack, output=tmp_path / "no" / "a.svg")[0] == "PB412"


def test_protocols_are_opened_so_deep_and_collapsed_again(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("parcel", pack, depth=1)
    assert "subgraph frame_safety" in capsys.readouterr().out
    run("parcel", pack, depth=1, collapse=["safety"])
    assert "protocol_safety[[" in capsys.readouterr().out
    run(pack=pack, depth=1)
    assert capsys.readouterr().out.count("subgraph frame_") == 2
    run(pack=pack, depth=1, collapse=["parcel"])
    assert "parcel" not in capsys.readouterr().out
    run(pack=pack)
    assert "protocol_parcel --> protocol_safety" in capsys.readouterr().out


@pytest.mark.parametrize(
    "wishes", [{"protocol": "parcels"}, {"collapse": ["parcels"]}, {"protocol": "parcels", "coverage": True}]
)
def test_a_protocol_that_is_not_there_is_refused_with_the_nearest(wishes: dict[str, object], pack: Path) -> None:
    assert refused(pack=pack, **wishes) == ("PB071", "did you mean `parcel`?")


def test_coverage_colours_by_what_the_scenarios_come_through(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("parcel", pack, coverage=True, ui="en")
    out, errors = capsys.readouterr()
    assert '  ask_whose -.->|"Nobody' in out
    assert '  ask_whose -->|"Theirs"| ask_mood' in out
    assert "outcome_repair" in out
    assert ":::missed" in out
    assert errors == "No scenario: 8 of 12 branches, 1 of 2 outcomes\n"


def test_scenarios_that_do_not_hold_are_told_of(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = SCENARIOS.replace("outcome: explain", "outcome: repair")
    (pack / "protocols/parcel.scenarios.yaml").write_text(wrong, encoding="utf-8")
    run("parcel", pack, coverage=True, ui="en")
    assert "[PB425]" in capsys.readouterr().err


def test_what_viewers_refuse_comes_with_a_warning(
    pack: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mermaid, "MOST_EDGES", 3)
    run("parcel", pack, depth=1)
    assert "hint: try `--collapse safety`; `--format dot` has no such limit" in capsys.readouterr().err


def test_a_language_that_the_interface_does_not_speak_takes_the_interfaces_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = {path: text.replace(", en: ", ", pt: ").replace(", en]", ", pt]") for path, text in PICTURED.items()}
    run("safety", write(world, tmp_path), locale="pt", ui="es")
    assert "Call (crisis)" in capsys.readouterr().out


def test_protocols_are_completed(pack: Path) -> None:
    assert [name for name, _ in offer_protocols(SimpleNamespace(params={"pack": pack}), "s")] == ["safety"]  # type: ignore[arg-type]
