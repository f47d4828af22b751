"""What is printed, measured by the library that sets it: a page each, and our count of lines on the safe side."""

from __future__ import annotations

import sys
from io import BytesIO

import pypdfium2
import pytest
from weasyprint import HTML

from playbook.chart import pdf
from playbook.chart.layout import Layout, layout
from playbook.chart.page import page
from playbook.chart.pdf import printed
from playbook.chart.sheet import sheet
from playbook.diagnostics import PlaybookError
from playbook.words import words
from tests.chart.test_layout import lined
from tests.picture_world import PICTURED
from tests.shelf import loaded
from tests.shipped import shipped

ES = words("es")
SMALL = sheet(loaded(PICTURED), "parcel", "es", ES)
A4 = (595, 842)


def pages(made: bytes) -> list[tuple[int, int]]:
    document = pypdfium2.PdfDocument(BytesIO(made))
    return [(round(each.get_width()), round(each.get_height())) for each in document]


def test_each_chart_is_a_page_of_a4_that_stands_or_lies() -> None:
    made, set_as = printed([SMALL, SMALL], ES)
    assert pages(made) == [A4, A4]
    assert set_as == [Layout(12), Layout(12)]


def test_what_fits_by_count_fits_in_print() -> None:
    chart = sheet(shipped(), "intake", "es", ES)
    counted = layout(chart)
    assert counted.fits
    assert len(HTML(string=page([(chart, counted)], ES)).render().pages) == 1


def test_a_page_that_lies_is_one_in_print() -> None:
    document = HTML(string=page([(SMALL, Layout(9, landscape=True))], ES)).render()
    assert [(round(each.width), round(each.height)) for each in document.pages] == [(1123, 794)]


def test_what_is_too_long_goes_on_on_the_next_page_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    worst = Layout(12, landscape=True, acting=False, company=False)
    monkeypatch.setattr(pdf, "layouts", lambda: iter([worst]))
    monkeypatch.setattr(pdf, "layout", lambda _: worst._replace(fits=False))
    made, (chosen,) = printed([lined(24)], ES)
    assert len(pages(made)) > 1
    assert chosen == worst._replace(fits=False)
    text = "".join(each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(BytesIO(made)))
    assert text.count("palabra") == 24 * 25


def test_without_the_extra_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(PlaybookError) as fault:
        printed([SMALL], ES)
    assert (fault.value.diagnostics[0].code, fault.value.exit_code) == ("PB433", 2)


def test_a_chart_cannot_ask_for_anything() -> None:
    with pytest.raises(ValueError, match="asks for nothing"):
        pdf._nothing("file:///etc/passwd")
