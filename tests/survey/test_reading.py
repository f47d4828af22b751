"""Syllables and ease of reading, held against published examples."""

from __future__ import annotations

import pytest

from playbook.survey.reading import ease, english, spanish

# As the Academy's dictionary and its Ortografía (2010) divide them: diphthongs, hiatuses, silent letters.
SPANISH = (
    "sol a-mi-go ciu-dad viu-da buey ley dí-a le-í a-e-ro-puer-to le-er U-ru-guay a-ve-ri-guáis pa-ís pro-hí-be "
    "pla-ya muy y que gue-rra pin-güi-no cons-truí hé-ro-e Ra-úl ve-hí-cu-lo o-í-a oi-go eu-ro-pe-o quie-ro"
)


@pytest.mark.parametrize("divided", SPANISH.split())
def test_spanish_syllables_are_as_the_academy_divides_them(divided: str) -> None:
    assert spanish(divided.replace("-", "")) == divided.count("-") + 1


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("cat", 1), ("table", 2), ("here", 1), ("asked", 1), ("wanted", 2), ("boxes", 2), ("names", 1)),
        *(("likely", 2), ("reply", 2), ("apologise", 4), ("sending", 2), ("customer's", 3), ("whole", 1), ("the", 1)),
        *(("mammal", 2), ("hybrid", 2), ("creature", 2), ("careful", 2), ("freely", 2), ("platypus", 3)),
        *(
            ("seemingly", 3),
            ("trying", 2),
            ("period", 3),
            ("nth", 1),
            ("being", 2),
            ("delicious", 3),
            ("question", 2),
            ("various", 3),
            ("shes", 1),
        ),
    ],
)
def test_english_syllables_are_right_for_most_words(word: str, count: int) -> None:
    assert english(word) == count


@pytest.mark.parametrize(
    ("text", "score"),
    [
        # The worked examples of "Flesch–Kincaid readability tests" in Wikipedia.
        ("The cat sat on the mat.", 116),
        ("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.", 37.5),
        ("This sentence, taken as a reading passage unto itself, is being used to prove a point.", 69),
    ],
)
def test_english_is_measured_as_published(text: str, score: float) -> None:
    found = ease(text, "en")
    assert found
    assert found.score == pytest.approx(score, abs=0.6)


def test_spanish_is_measured_by_its_formula() -> None:
    # 8 words in 2 sentences, 12 syllables: 206.835 - 62.3 * 12 / 8 - 8 / 2.
    found = ease("El gato duerme en casa. Hoy no sale.", "es")
    assert found
    assert (found.words, found.longest, round(found.score, 2)) == (8, 5, 109.39)


def test_addresses_are_not_read_and_digits_are_spoken() -> None:
    assert ease("Hola https://a.example/b?c=d hola@b.example @olmeda #hola.", "es") == ease("Hola.", "es")
    assert (found := ease("24", "es")) is not None
    assert round(found.score, 1) == round(206.835 - 62.3 * 2 - 1, 1)


@pytest.mark.parametrize(("text", "language"), [("Hallo.", "de"), ("", "es"), ("… !", "en")])
def test_there_is_no_measure_without_words_or_for_other_languages(text: str, language: str) -> None:
    assert ease(text, language) is None
