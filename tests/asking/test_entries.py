from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.answers import accept
from playbook.asking.entries import Misread, find, read
from playbook.asking.prompts import Prompt, label
from playbook.asking.sheets import question_sheet
from playbook.words import words
from tests.small_pack import small_pack

QUESTIONS = small_pack().questions
ES, EN = words("es"), words("en")


@pytest.mark.parametrize(
    ("name", "typed", "answer"),
    [
        ("fault", "3", "us"),
        ("fault", "us", "us"),
        ("fault", "NUESTRO", "us"),
        ("fault", "transp", "carrier"),
        ("fault", "x", None),
        ("fault", "no lo sé", None),
        ("fault", "No lo se", None),
        ("offered", "s", True),
        ("offered", "sí", True),
        ("offered", "SI", True),
        ("offered", "yes", True),
        ("offered", "y", True),
        ("offered", "n", False),
        ("offered", "no", False),
        ("wants_refund", "no", False),
        ("wants_refund", "no sé", None),
        ("wants_refund", "x", None),
        ("days_late", " 15 ", 15),
        ("days_late", "+0", 0),
        ("days_late", "x", None),
        ("extras", "1, 3", ("gift", "letter")),
        ("extras", "3;1", ("gift", "letter")),
        ("extras", "frágil", ("fragile",)),
        ("extras", "0", ()),
        ("extras", "ninguna", ()),
        ("extras", "x", None),
        ("order_ref", "  A-12\r\nñandu\u0301 ", "A-12\nñandú"),
    ],
)
def test_what_people_type_is_understood(name: str, typed: str, answer: object) -> None:
    assert read(QUESTIONS[name], typed, ES) == answer


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("fault", "9", "Elige por su número, de 1 a 3"),
        ("fault", "del", "Elige por su número, de 1 a 3"),
        ("fault", "", "Elige por su número, de 1 a 3"),
        ("offered", "x", "Responde s o n"),
        ("offered", "quizá", "Responde s o n"),
        ("days_late", "366", "Hace falta un número entero de 0 a 365"),
        ("days_late", "-1", "Hace falta un número entero de 0 a 365"),
        ("days_late", "hola", "Hace falta un número entero de 0 a 365"),
        ("days_late", "1_0", "Hace falta un número entero de 0 a 365"),
        ("days_late", "1.5", "Hace falta un número entero de 0 a 365"),
        ("days_late", "²", "Hace falta un número entero de 0 a 365"),
        ("days_late", "+", "Hace falta un número entero de 0 a 365"),
        ("days_late", "9" * 5000, "Hace falta un número entero de 0 a 365"),
        ("extras", "1, 9", "Elige por su número, de 1 a 3"),
        ("extras", "", "Elige por su número, de 1 a 3"),
        ("extras", "1, x", "Elige por su número, de 1 a 3"),
        ("order_ref", " \n ", "Falta el texto"),
        ("order_ref", "a" * 43, "Sobran 3: caben 40 caracteres"),
    ],
)
def test_what_is_no_answer_says_what_would_be_one(name: str, typed: str, message: str) -> None:
    with pytest.raises(Misread) as fault:
        read(QUESTIONS[name], typed, ES)
    assert str(fault.value) == message


def test_a_whole_name_wins_over_one_that_only_begins_so() -> None:
    assert find("no", [["No"], ["No lo sé"]]) == (0,)
    assert find("no ", [["No"], ["No lo sé"]]) == (1,)
    assert find("n", [["No"], ["No lo sé"]]) == (0, 1)
    assert find("  ", [["No"]]) == ()


@given(st.sampled_from(sorted(QUESTIONS)), st.text())
def test_whatever_is_read_is_an_answer_its_question_takes(name: str, typed: str) -> None:
    try:
        answer = read(QUESTIONS[name], typed, EN)
    except Misread:
        return
    assert accept(QUESTIONS[name], answer) == answer


@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [
        ("fault", "us", "Ours"),
        ("fault", None, "I don't know"),
        ("offered", True, "Yes"),
        ("offered", False, "No"),
        ("days_late", 0, "0"),
        ("extras", ("gift", "letter"), "A gift, A letter"),
        ("extras", (), "None"),
        ("order_ref", "A-1", "A-1"),
    ],
)
def test_an_answer_is_shown_as_people_say_it(name: str, answer: object, said: str) -> None:
    assert label(QUESTIONS[name], answer, EN) == said  # type: ignore[arg-type]


# --- numbers in groups --------------------------------------------------------------------------------

MANY_DAYS = small_pack().questions["days_late"]._replace(low=-5_000, high=1_000_000_000)


@pytest.mark.parametrize("typed", ["2.300", "2,300", "2 300", "2\u00a0300", "2\u202f300", "2'300", "+2.300", "2300"])
def test_a_number_may_be_written_in_groups(typed: str) -> None:
    assert read(MANY_DAYS, typed, words("es")) == 2300
    assert read(MANY_DAYS, "1.000.000", words("en")) == 1_000_000
    assert read(MANY_DAYS, "-1.000", words("es")) == -1000


@pytest.mark.parametrize("typed", ["2.30", "2.3000", "23.00", ".300", "1.000,000", "2. 300", "1000.000", "2..300"])
def test_what_is_no_group_of_three_is_no_number(typed: str) -> None:
    with pytest.raises(Misread):
        read(MANY_DAYS, typed, words("es"))


@pytest.mark.parametrize(("ui", "most"), [("es", "de -5.000 a 1.000.000.000"), ("en", "from -5,000 to 1,000,000,000")])
def test_the_limits_of_a_number_are_said_in_groups(ui: str, most: str) -> None:
    with pytest.raises(Misread, match=most):
        read(MANY_DAYS, "x1", words(ui))
    assert most.lower() in question_sheet(Prompt(MANY_DAYS, ""), words(ui), 80).notes[0].lower()
