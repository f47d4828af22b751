"""Charts as PDF, with WeasyPrint (the extra `pdf`), which also measures: a layout is taken when it is one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playbook.chart.layout import layout, layouts
from playbook.chart.page import page
from playbook.diagnostics import Diagnostic, PlaybookError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playbook.chart.layout import Layout
    from playbook.chart.sheet import Sheet
    from playbook.words import Words

_BOLDER = 2
"""Layouts before the one that fits by count that are tried too: the count is careful."""


def printed(sheets: Iterable[Sheet], words: Words) -> tuple[bytes, list[Layout]]:
    """A PDF with a page for each chart, and how each is set.

    Raises:
        PlaybookError: WeasyPrint, or what it stands on, is not there (PB433).
    """
    set_as: list[Layout] = []
    documents = []
    for sheet in sheets:
        document, chosen = _fitted(sheet, words)
        documents.append(document)
        set_as.append(chosen)
    pages = [each for document in documents for each in document.pages]
    return bytes(documents[0].copy(pages).write_pdf()), set_as


def _fitted(sheet: Sheet, words: Words) -> tuple[Any, Layout]:
    """A chart in the first layout that is one page, from a little before the one that fits by count on."""
    every = list(layouts())
    counted = layout(sheet)._replace(fits=True)
    for chosen in every[max(every.index(counted) - _BOLDER, 0) :]:
        document = _rendered(page([(sheet, chosen)], words))
        if len(document.pages) == 1:
            return document, chosen
    return document, chosen._replace(fits=False)


def _rendered(text: str) -> Any:  # noqa: ANN401 - WeasyPrint carries no types
    try:
        from weasyprint import HTML
    except (ImportError, OSError):
        message = "there is no WeasyPrint here, or not the Pango library that it stands on"
        hint = "`pip install 'crisis-playbook[pdf]'`, with Pango from your system; or write HTML, and print that"
        raise PlaybookError([Diagnostic("PB433", message, hint=hint)]) from None
    return HTML(string=text, url_fetcher=_nothing).render()


def _nothing(url: str, *_: object, **__: object) -> Any:  # noqa: ANN401 - it gives nothing
    """Fetch nothing: a chart needs nothing else, and must not be able to ask for it."""
    message = f"a chart asks for nothing: {url}"
    raise ValueError(message)
