"""The result as rows: literal screens in both languages."""

from __future__ import annotations

import pytest

from playbook import screen
from playbook.asking.prompts import DIM, STRONG, Row
from playbook.protocol import Duration, duration
from playbook.words import Words
from tests.result_world import told

ES, EN = Words("es"), Words("en")
OURS = {"fault": "us", "days": 9}


def drawn(rows: list[Row]) -> str:
    """Rows as they stand on a screen that is wide enough."""
    return "\n".join(" " * row.indent + row.text for row in rows)


def test_a_whole_result_in_spanish() -> None:
    assert drawn(screen.rows(told("wall", "es", **OURS, order_ref="A-1", wants_refund=True), ES)) == (
        """
■ Arreglarlo · nivel 3, crisis
El error es nuestro (Manual)

Contesta antes de: hoy a las 13:10
Antes de publicar, visto bueno de: Dirección, Comunidad

RESPUESTA PÚBLICA · El muro · hilo de 2

1/2 Lo sentimos, el error ha sido nuestro.

2/2 Hoy mismo sale otro paquete.

RESPUESTA PRIVADA · Mensaje del muro · 19 de 60 caracteres

Hola: A-1 sale hoy.

ACCIONES
  ▸ Guardar una captura
    Comunidad
  ▸ Devolver el dinero
    Dirección · antes de: el martes 24 de noviembre a las 12:40
  ▸ Enviar otro
    Logística · antes de: hoy a las 16:40

SEGUIMIENTO
  Comunidad · cada 30 minutos durante 2 horas: Que haya salido

EVITA
  ✗ La ironía
  ✗ Hablar de fechas
  ✗ Hablar de vales

POR QUÉ
  · ¿De quién fue el error? Nuestro  protocols/parcel.yaml:32
  · «¿Cuántos días?» ≥ 4  protocols/parcel.yaml:39"""
    )


def test_a_result_with_details_open_in_english() -> None:
    assert drawn(screen.rows(told("board", "en", **OURS), EN)) == (
        """
■ Make it right · level 3, crisis
The error is ours (Handbook)

Answer by: today at 13:40
Before posting, approval of: Management, Community

PUBLIC REPLY · Board · 65 of 20 characters
Too long by 45 characters. Nothing was cut.

We are sorry, the mistake was ours.

Another parcel leaves today.

PRIVATE REPLY
Not ready to send. Missing: «Order number?»

Hello: [Order number?] leaves today.

ACTIONS
  ▸ Keep a screenshot
    Community
  ▸ Send another
    Logistics · due today at 16:40
  ▹ If «Do they want the money?» yes: Pay the money back
    Management · due on Tuesday 24 November at 12:40

FOLLOW-UP
  Community · every 30 minutes for 2 hours: That it has left

AVOID
  ✗ Irony
  ✗ Talking of dates
  ✗ If «Do they want the money?» yes: Talking of vouchers

WHY
  · Whose error was it? Ours  protocols/parcel.yaml:32
  · «How many days?» ≥ 4  protocols/parcel.yaml:39"""
    )


def test_silence_is_told_with_its_reason() -> None:
    assert drawn(screen.rows(told(None, "en", fault="customer"), EN)) == (
        """
■ Keep quiet · level 0, watch
It is not about us

NO REPLY
Nobody expects an answer

ACTIONS
  ▸ Keep a screenshot
    Community

AVOID
  ✗ Irony

WHY
  · Whose error was it? The customer's  protocols/parcel.yaml:34"""
    )


def test_own_words_are_points_and_a_side_that_is_left_out_is_said_to_be() -> None:
    assert drawn(screen.rows(told("board", "es", fault="carrier"), ES)) == (
        """
■ Escuchar · nivel 2, elevado
Hace falta una persona

En público no se contesta

RESPUESTA PRIVADA
Con tus palabras, sin plantilla. Que quede claro:
  · Di tu nombre
  · Pregunta cómo está

ACCIONES
  ▸ Guardar una captura
    Comunidad

SEGUIMIENTO
  Comunidad · el martes 24 de noviembre a las 12:45: Si ha contestado

EVITA
  ✗ La ironía

POR QUÉ
  · ¿De quién fue el error? Del transportista  protocols/parcel.yaml:33"""
    )


def test_on_a_private_channel_nothing_is_said_of_the_public_side() -> None:
    shown = drawn(screen.rows(told("wall_message", "es", fault="nobody"), ES))
    assert "RESPUESTA PRIVADA · Mensaje del muro · 21 de 60 caracteres" in shown
    assert "público" not in shown


def test_where_only_the_public_side_is_told_it_says_so() -> None:
    assert "Nothing is said in private" in drawn(screen.rows(told("wall", "en", fault="nobody"), EN))


def test_a_reply_in_another_language_says_so() -> None:
    shown = drawn(screen.rows(told("wall", "ca", fault="nobody"), EN))
    assert "There is no template in “ca”: this is “es”" in shown


def test_an_unknown_answer_is_told_as_such() -> None:
    shown = drawn(screen.why(told("wall", "en", fault="us", days=None).decided, EN))
    assert shown == (
        """
WHY
  · Whose error was it? Ours  protocols/parcel.yaml:32
  · «How many days?» ≥ 4 is not known  protocols/parcel.yaml:40"""
    )


def test_a_line_that_takes_all_the_rest_needs_no_reason() -> None:
    assert drawn(screen.why(told("wall", "en", fault="us", days=1).decided, EN)).endswith(
        "Ours  protocols/parcel.yaml:32"
    )


def test_what_cannot_wait_is_shown_first_and_only_what_is_sure() -> None:
    assert drawn(screen.first(told("wall", "en", **OURS), EN)) == (
        """
■ Make it right · level 3, crisis
The error is ours (Handbook)

Answer by: today at 13:10
Before posting, approval of: Management, Community

ACTIONS
  ▸ Keep a screenshot
    Community
  ▸ Send another
    Logistics · due today at 16:40"""
    )


def test_without_any_action_there_is_no_heading_for_them() -> None:
    shown = told("wall", "en", fault="customer")._replace(deeds=())
    assert "ACTIONS" not in drawn(screen.rows(shown, EN))


def test_without_anything_to_avoid_there_is_no_heading_for_it() -> None:
    shown = told("wall", "en", fault="customer")
    pack = shown.decided.pack._replace(avoid=())
    shown = shown._replace(decided=shown.decided._replace(pack=pack))
    assert "AVOID" not in drawn(screen.rows(shown, EN))


def test_rows_say_how_they_are_drawn() -> None:
    styles = [(row.style, row.indent) for row in screen.rows(told("wall", "es", fault="nobody"), ES)]
    assert styles == [
        ("", 0),
        ("level1", 0),
        ("", 0),
        ("", 0),
        (STRONG, 0),
        ("", 0),
        (STRONG, 0),
        ("", 0),
        (screen.REPLY, 0),
        ("", 0),
        (DIM, 0),
        ("", 0),
        (STRONG, 0),
        ("", 2),
        (DIM, 4),
        ("", 0),
        (STRONG, 0),
        ("", 2),
        ("", 0),
        (STRONG, 0),
        (DIM, 2),
    ]


def test_remarks_tell_of_limits_that_are_not_certain_and_of_dear_letters() -> None:
    shown = told("board", "en", fault="nobody")
    assert shown.public is not None
    assert shown.public.measure is not None
    measure = shown.public.measure._replace(certain=False, unit="segments", forced_by=("ú", "¿"), over=2)
    assert screen.remarks(shown.public._replace(measure=measure), shown, EN) == [
        "Perhaps too long: 2 SMS over a limit that is not confirmed",
        "These letters make the SMS dearer: ú ¿",
    ]


def test_a_channel_without_a_limit_is_only_named() -> None:
    shown = told("wall", "en", fault="nobody")
    assert shown.public is not None
    assert shown.public.measure is not None
    endless = shown.public._replace(measure=shown.public.measure._replace(limit=None))
    assert screen.counted(endless, shown, EN) == ["The wall"]


@pytest.mark.parametrize(
    ("text", "es", "en"),
    [
        ("1min", "1 minuto", "1 minute"),
        ("20min", "20 minutos", "20 minutes"),
        ("1h", "1 hora", "1 hour"),
        ("4h", "4 horas", "4 hours"),
        ("1d", "1 día", "1 day"),
        ("2d", "2 días", "2 days"),
        ("1wd", "1 día laborable", "1 working day"),
        ("2wd", "2 días laborables", "2 working days"),
    ],
)
def test_a_time_span_is_said_in_words(text: str, es: str, en: str) -> None:
    span = duration(text)
    assert isinstance(span, Duration)
    assert (screen.span(span, ES), screen.span(span, EN)) == (es, en)
    assert screen.span(None, ES) == ""


def test_a_reply_in_another_language_than_the_interface_says_which() -> None:
    def head(locale: str, words: Words) -> str:
        shown = screen.rows(told("wall", locale, **OURS), words)
        return next(row.text for row in shown if row.text.startswith(("PUBLIC", "RESPUESTA P")))

    assert head("es", EN).startswith("PUBLIC REPLY · in Spanish · The wall")
    assert head("en", ES).startswith("RESPUESTA PÚBLICA · en inglés · El muro")
    assert head("en", EN).startswith("PUBLIC REPLY · The wall")
    assert screen.language("ca", EN) == "ca"
