from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from playbook.chart import layout, serving
from playbook.chart.layout import Layout
from playbook.commands import offer_protocols
from playbook.commands.chart import run
from playbook.diagnostics import PlaybookError
from tests.picture_world import PICTURED
from tests.shelf import write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write(PICTURED, tmp_path / "pack")


def test_a_chart_is_html_in_the_language_asked_for(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["parcel"], pack, locale="es", ui="en")
    out, errors = capsys.readouterr()
    assert "<h1>Paquete perdido</h1>" in out
    assert "<h2>A quién se llama</h2>" in out
    assert errors == ""


def test_without_a_protocol_there_are_all_and_what_holds_in_all(
    pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(pack=pack, output=tmp_path / "all.HTML", ui="en")
    text = (tmp_path / "all.HTML").read_text(encoding="utf-8")
    assert [each.partition("</h1>")[0] for each in text.split("<h1>")[1:]] == [
        "Papel y Tinta",
        "Lost parcel",
        "Red flags",
    ]
    assert capsys.readouterr().out == ""


def test_a_protocol_that_is_named_twice_is_there_once(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["safety", "parcel", "safety"], pack, ui="en")
    text = capsys.readouterr().out
    assert text.index("<h1>Red flags") < text.index("<h1>Lost parcel")
    assert text.count("<h1>") == 2


def test_a_pdf_needs_a_file(pack: Path, tmp_path: Path) -> None:
    with pytest.raises(PlaybookError) as fault:
        run(["parcel"], pack, "pdf")
    assert fault.value.diagnostics[0].code == "PB424"
    run(["parcel"], pack, output=tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_a_name_that_tells_no_format_is_refused_unless_one_is_named(pack: Path, tmp_path: Path) -> None:
    with pytest.raises(PlaybookError) as fault:
        run(["parcel"], pack, output=tmp_path / "a.doc")
    assert fault.value.diagnostics[0].code == "PB421"
    run(["parcel"], pack, "html", tmp_path / "a.doc")
    assert (tmp_path / "a.doc").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_protocol_that_is_not_there_is_refused_with_the_nearest(pack: Path) -> None:
    with pytest.raises(PlaybookError) as fault:
        run(["parcels"], pack)
    assert fault.value.diagnostics[0].hint == "did you mean `parcel`?"


def test_what_has_no_room_is_told(
    pack: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Layout(7, acting=False, company=False, fits=False)
    monkeypatch.setattr(serving, "layout", lambda _: small)
    run(["parcel"], pack, ui="es")
    out, errors = capsys.readouterr()
    assert "No cabe aquí: quién actúa en cada desenlace; las líneas rojas de la casa (2): playbook show" in out
    assert errors == (
        "warning: the chart of `parcel` does not fit on one page, even in type of 7 points: it goes on on the next "
        "[PB432]\n"
        "  hint: a protocol that long is easier to follow in parts\n"
        "warning: the chart of `parcel` has no room for who acts in each outcome; the company's red lines (2): "
        "playbook show [PB430]\n"
        "warning: the chart of `parcel` is set in type of 7 points, which is small for a wall [PB431]\n"
        "  hint: print it on A3: everything is larger by two fifths\n"
    )
    assert small.size < layout.READABLE


def test_protocols_are_completed(pack: Path) -> None:
    assert [name for name, _ in offer_protocols(SimpleNamespace(params={"pack": pack}), "s")] == ["safety"]  # type: ignore[arg-type]
