from __future__ import annotations

from string import Formatter

import pytest

from playbook.diagnostics import PlaybookError
from playbook.words import LOCALES, TABLE, interface_locale, words


def placeholders(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", TABLE)
def test_both_languages_say_it_with_the_same_blanks(key: str) -> None:
    texts = TABLE[key]
    assert len(texts) == len(LOCALES)
    assert all(text.strip() for text in texts)
    assert placeholders(texts[0]) == placeholders(texts[1])


def test_no_language_is_a_copy_of_the_other() -> None:
    same = [es for es, en in TABLE.values() if es == en]
    assert all(len(text.split()) <= 2 for text in same), same


def test_a_text_takes_its_values_as_they_are() -> None:
    assert words("es")("progress", n=3, more=4) == "Pregunta 3 · como mucho 4 más"
    assert words("en")("why_place", place="{x}") == "Written in {x}"


def test_a_language_we_do_not_have_is_refused_with_those_we_have() -> None:
    with pytest.raises(PlaybookError) as refused:
        words("fr")
    assert refused.value.diagnostics[0].message == "the interface has no language `fr`"
    assert refused.value.diagnostics[0].hint == "known: `en`, `es`"


@pytest.mark.parametrize(
    ("option", "environ", "locale"),
    [
        ("es", {"LANG": "en_GB.UTF-8"}, "es"),
        (None, {"LANG": "es_MX.UTF-8"}, "es"),
        (None, {"LANG": "es"}, "es"),
        (None, {"LANG": "es.UTF-8"}, "es"),
        (None, {"LANG": "es_ES", "LC_MESSAGES": "en_US"}, "en"),
        (None, {"LANG": "en_US", "LC_MESSAGES": "fr_FR", "LC_ALL": "es-ES"}, "es"),
        (None, {"LANG": "de_DE"}, "en"),
        (None, {"LC_ALL": "", "LANG": "es_ES"}, "es"),
        (None, {"LC_ALL": "C", "LANG": "es_ES"}, "en"),
        (None, {}, "en"),
    ],
)
def test_the_interface_speaks_the_language_asked_for(option: str | None, environ: dict[str, str], locale: str) -> None:
    assert interface_locale(option, environ) == locale
