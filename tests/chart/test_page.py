from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from playbook.chart.layout import Layout
from playbook.chart.page import foot, left_out, page
from playbook.chart.sheet import company, sheet
from playbook.words import words
from tests.picture_world import EVIL, PICTURED
from tests.shelf import loaded

EN, ES = words("en"), words("es")
PACK = loaded(PICTURED)
CHART = sheet(PACK, "parcel", "en", EN)
WHOLE, BARE = Layout(10), Layout(10, acting=False, company=False)


class Reader(HTMLParser):
    """Collects the tags and attributes of a page, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_everything_on_the_chart_is_on_the_page() -> None:
    said = " ".join(Reader(page([(CHART, WHOLE)], EN)).words.split())
    for each in (
        "Lost parcel",
        "The tree",
        "3Whose error was it?",
        "Outcomes",
        "AExplain · routineanswer within 2 hours · approval: Shop · acting: Community (1 hour), Shop",
        "Who is called",
        "Community · Ana · ana@example.org",
        "Red lines of this protocol Our own line.",
        "Red lines of the company Nobody is bought.",
        "Start at 1. Step by step: playbook triage parcel",
    ):
        assert each in said, said


def test_a_heading_without_anything_below_it_is_left_out() -> None:
    safety = Reader(page([(sheet(PACK, "safety", "en", EN), BARE)], EN)).words
    assert "Red lines" not in safety.partition("Start at 1")[0].partition("Who is called")[2]
    assert "Protocols" not in safety


def test_what_is_left_out_is_named() -> None:
    assert left_out(CHART, WHOLE, EN) == []
    assert foot(CHART, BARE, EN) == [
        (
            "Start at 1. Step by step: playbook triage parcel · "
            "Does not fit here: who acts in each outcome; the company's red lines (2): playbook show"
        )
    ]
    assert left_out(CHART._replace(company=(), endings=()), BARE, EN) == []


def test_the_chart_of_the_company_starts_nowhere() -> None:
    whole = company(PACK, "es", ES)
    assert foot(whole, WHOLE, ES) == []
    said = page([(whole, WHOLE)], ES)
    assert "<footer" not in said
    assert "playbook triage safety" in said


@pytest.mark.parametrize("evil", [EVIL, '"><img src=x onerror=alert(1)>', "</style><script>x</script>", "&lt;b&gt;"])
def test_words_of_a_pack_are_text_and_nothing_else(evil: str) -> None:
    ending = CHART.endings[0]._replace(title=evil, lines=(evil, evil))
    card = CHART.cards[0]._replace(head=evil, options=(CHART.cards[0].options[0]._replace(label=evil, text=evil),))
    person = CHART.people[0]._replace(title=evil, who=evil, reach=evil)
    chart = CHART._replace(
        title=evil, about=evil, cards=(card,), endings=(ending,), people=(person,), red_lines=(evil,), company=(evil,)
    )
    read = Reader(page([(chart, WHOLE)], EN))
    assert read.tags <= set("html head meta title style body main header h1 p div h2 span b footer".split())
    assert read.attributes <= {"lang", "charset", "class", "style"}
    assert read.words.count(" ".join(evil.split())) >= 11


def test_the_page_needs_nothing_else() -> None:
    text = page([(CHART, WHOLE), (CHART, Layout(9, landscape=True))], EN)
    assert not re.search(r"url\(|@import|https?:|<script|src=|href=", text)
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">')


def test_pages_stand_or_lie_and_have_their_type() -> None:
    text = page([(CHART, WHOLE), (CHART, Layout(8.5, landscape=True))], EN)
    assert '<main class="chart" style="font-size: 10pt">' in text
    assert '<main class="chart lying" style="font-size: 8.5pt">' in text
    assert 'style="columns: 2"' in text
    assert 'style="columns: 3"' in text


def test_a_person_may_have_no_name_and_no_number() -> None:
    person = CHART.people[0]
    shown = page([(CHART._replace(people=(person._replace(who="", reach=""),)), WHOLE)], EN)
    assert '<p class="block person"><b>Community</b></p>' in shown
