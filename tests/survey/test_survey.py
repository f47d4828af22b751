"""A pack looked through: places, texts, templates as text."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from playbook.diagnostics import Span
from playbook.replies.style import fold, found, places
from playbook.replies.template import read
from playbook.survey.places import Places
from playbook.survey.replies import flat, place
from tests.rule_world import BASE, survey
from tests.small_pack import small_pack

FILE = "protocols/parcel.yaml"
PIECES = (
    "Hola ", "¿qué?", "\n", "{{ you('tú', 'usted') }}", "{{ order }}", "{% if serious %}", "{% else %}", "{% endif %}",
    "{% include '_order' %}", "{# nada #}", "sentimos si",
)  # fmt: skip
sources = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(sources)
def test_every_character_of_a_flat_text_stands_where_it_is_said_to(source: str) -> None:
    template = read("templates/es/p/a.j2", source.encode())
    told = flat(template, None)
    for index, letter in enumerate(told.text):
        at = told.at(index)
        assert letter in "¤;" or template.source[at : at + 1] in (letter, "{")


@given(sources)
def test_registers_differ_only_in_what_you_says(source: str) -> None:
    template = read("templates/es/p/a.j2", source.encode())
    tu, usted = (flat(template, register).text for register in ("tu", "usted"))
    assert tu.replace("tú", "usted") == usted


@given(sources)
def test_the_place_of_a_word_outside_of_tags_is_exact(source: str) -> None:
    template = read("templates/es/p/a.j2", source.encode())
    told = flat(template, None)
    at = told.text.find("sentimos")
    if at >= 0:
        span = place(template, told, at)
        line = template.source.split("\n")[span.line - 1]
        assert line[span.column - 1 :].startswith("sentimos")


letters = st.text(st.sampled_from("aáAß .,;ñ\n¿İ̈"), max_size=30)


@given(letters, st.sampled_from(("a", "a a", "ss", "ñ", "á a", "n a")))
def test_a_phrase_has_a_place_exactly_where_the_list_finds_it(text: str, phrase: str) -> None:
    pack = small_pack()._replace(style={"es": ((phrase, "w"),)})
    told = list(places(text, [fold(phrase)]))
    assert bool(told) == bool(found(text, pack, "es"))
    for _, at in told:
        first = unicodedata.normalize("NFD", text[at].casefold())[0]
        assert first == fold(phrase)[0]


def test_a_template_that_cannot_be_cut_says_nothing() -> None:
    told = flat(read("templates/es/p/a.j2", b"Hola {{ a"), "tu")
    assert (told.text, told.at(0)) == ("", 0)


def test_the_places_of_keys_are_found_and_the_nearest_where_there_is_none() -> None:
    known = survey(BASE).places
    assert known.key(FILE, "questions", "days") == Span(FILE, 12, 3)
    assert known.key(FILE, "questions", "no") == Span(FILE, 6, 1)
    assert known.key("no.yaml", "questions") == Span("no.yaml")
    assert known.head(Span(FILE, 13, 5)) == Span(FILE, 12, 3)
    assert known.head(Span(FILE, 1, 2)) == Span(FILE, 1, 2)
    assert known.within(Span(FILE, 13, 5), "number") == Span(FILE, 16, 5)
    assert known.within(Span(FILE, 13, 5), "no") == Span(FILE, 13, 5)
    assert known.within(Span("no.yaml"), "no") == Span("no.yaml")
    assert Places({}).head(Span("f")) == Span("f")
