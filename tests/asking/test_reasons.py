from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.asking.reasons import reasons
from playbook.engine import walk
from playbook.words import words
from tests.small_pack import small_pack

if TYPE_CHECKING:
    import pytest

PACK = small_pack()


def lines(ui: str, question: str, before: tuple[str, ...], **answers: object) -> list[str]:
    state = walk(PACK, "parcel", answers)  # type: ignore[arg-type]
    return [" " * row.indent + row.text for row in reasons(state, PACK.questions[question], before, words(ui))]


def test_the_first_question_says_so_and_where_each_answer_leads() -> None:
    assert lines("en", "fault", ()) == [
        "",
        "Why this is asked",
        "This is the first question",
        "Where each answer leads:",
        "  The customer's → Explain (routine)",
        "  The carrier's →",
        "    Apologise (elevated)",
        "    Make it right (crisis)",
        "  Ours →",
        "    Apologise (elevated)",
        "    Make it right (crisis)",
        "  I don't know →",
        "    Apologise (elevated)",
        "    Make it right (crisis)",
        "Written in protocols/parcel.yaml:8",
    ]


def test_the_way_so_far_is_told_in_words() -> None:
    told = lines("es", "offered", ("fault",), fault="carrier")
    assert told[2:4] == ["Hasta aquí:", "  · ¿De quién fue el error?  Del transportista"]
    assert told[4] == "Por sí sola no descarta ningún desenlace: cuenta junto con lo que viene después"
    assert told[5:8] == ["Desenlaces aún posibles: 2", "    Pedir disculpas (elevado)", "    Compensar (crisis)"]


def test_a_number_tells_what_is_still_possible() -> None:
    told = lines("en", "days_late", ("fault",), fault="us")
    assert told[4:7] == ["Outcomes still possible: 2", "    Apologise (elevated)", "    Make it right (crisis)"]


def test_the_channel_has_reasons_of_its_own() -> None:
    assert lines("en", "channel", ())[-1].startswith("The channel sets how long the reply may be")


def test_a_detail_completes_what_is_decided() -> None:
    told = lines("en", "wants_refund", ("fault",), fault="us", days_late=1)
    assert told[-2] == "The outcome is settled; this completes the actions and the reply"


def test_a_question_looked_at_again_tells_its_place_only() -> None:
    told = lines("en", "fault", ("fault",), fault="us")
    assert told[-2:] == ["  · Whose error was it?  Ours", "Written in protocols/parcel.yaml:8"]


def test_many_outcomes_are_counted_and_not_all_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playbook.asking.reasons.SHOWN", 1)
    told = lines("en", "fault", ())
    assert told[4:8] == [
        "  The customer's → Explain (routine)",
        "  The carrier's →",
        "    Apologise (elevated)",
        "    and 1 more",
    ]
