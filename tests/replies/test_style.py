"""The list of phrases to avoid, held against texts."""

from __future__ import annotations

import pytest

from playbook.replies.style import found
from tests.small_pack import small_pack

WHY = "duda de lo que pasó"
PACK = small_pack()._replace(
    style={
        "es": (("lamentamos si", WHY), ("rogamos disculpe", "circular"), ("EE. UU.", "escribe el país")),
        "en": (("we're sorry if", "it doubts"),),
    }
)


@pytest.mark.parametrize(
    "text",
    [
        "Lamentamos si algo falló.",
        "De verdad: LAMENTAMOS   si algo falló",
        "Lamentamos\nsi algo falló",
        "«Lamentamos» si algo falló",
        "Lamentámos si algo falló",
        "lamentamos si",
    ],
)
def test_a_phrase_is_found_whatever_its_capitals_accents_and_spaces(text: str) -> None:
    assert found(text, PACK, "es") == (("lamentamos si", WHY),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Lo lamentamos. Si quieres, te llamamos.",
        "Lo lamentamos; si quieres, te llamamos.",
        "Lo lamentamos\n\nSi quieres, te llamamos.",
        "¿Lamentamos? ¿Si…?",
        "Lamentamos siempre un error.",
        "Lamentamos mucho si algo falló.",
    ],
)
def test_words_that_only_stand_near_each_other_are_no_phrase(text: str) -> None:
    assert found(text, PACK, "es") == ()


def test_a_phrase_with_stops_of_its_own_is_found() -> None:
    assert found("Enviamos a EE. UU. y a Canadá", PACK, "es") == (("EE. UU.", "escribe el país"),)


def test_every_phrase_is_told_in_the_order_of_the_list() -> None:
    assert [phrase for phrase, _ in found("Rogamos disculpe, lamentamos si…", PACK, "es")] == [
        "lamentamos si",
        "rogamos disculpe",
    ]


def test_the_apostrophe_may_be_curly() -> None:
    assert found("We’re sorry if it broke.", PACK, "en") == (("we're sorry if", "it doubts"),)


def test_each_language_has_its_own_list() -> None:
    assert found("lamentamos si", PACK, "en") == ()
    assert found("lamentamos si", PACK, "ca") == ()
