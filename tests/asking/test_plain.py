from __future__ import annotations

import io
import os
import pty
import sys

import pytest

from playbook.asking import plain
from playbook.asking import prompts as p
from playbook.asking.plain import Plain
from playbook.asking.sheets import question_sheet
from playbook.words import words
from tests.small_pack import small_pack
from tests.test_terminal import Screen

QUESTIONS = small_pack().questions


class Session:
    """A plain prompter fed with lines; what it printed is `shown`."""

    def __init__(self, *lines: str | BaseException, ui: str = "es", pasted: int = 0, coding: str = "utf-8") -> None:
        self.lines, self.pasted = list(lines), pasted
        self.screen = Screen(coding)
        self.plain = Plain(words(ui), self.screen, self.line, self.waiting)

    def line(self) -> str:
        if not self.lines:
            raise EOFError
        following = self.lines.pop(0)
        if isinstance(following, BaseException):
            raise following
        return following

    def waiting(self) -> bool:
        self.pasted -= 1
        return self.pasted >= 0

    @property
    def shown(self) -> str:
        return self.screen.getvalue()


def prompt(name: str, **more: object) -> p.Prompt:
    return p.Prompt(QUESTIONS[name], "Pregunta 1 · como mucho 3 más", **more)  # type: ignore[arg-type]


def test_a_question_is_printed_whole_with_its_commands_below() -> None:
    session = Session("3")
    assert session.plain.ask(prompt("fault")) == p.Given("us")
    assert session.shown == (
        "\n"
        "Pregunta 1 · como mucho 3 más\n"
        "¿De quién fue el error?\n"
        "Mira el seguimiento antes de responder.\n"
        " 1. Del cliente\n"
        " 2. Del transportista\n"
        "    También si lo dejó en un punto de recogida sin avisar.\n"
        " 3. Nuestro\n"
        "(número; x no lo sé; ? por qué; a atrás; r revisar; p pausa)\n"
        "> "
    )


def test_a_detail_says_its_level_in_words_and_how_to_skip() -> None:
    session = Session("", ui="en")
    assert session.plain.ask(prompt("wants_refund", skippable=True, level=3, back=False, review=False)) == p.Skip()
    assert "[crisis] Pregunta" in session.shown
    assert "(y or n; x don't know; Enter or - skip; -- skip all; ? why; p pause)" in session.shown


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ("?", p.Why()),
        ("por qué", p.Why()),
        ("b", p.Back()),
        ("a", p.Back()),
        ("Atrás", p.Back()),
        ("/back", p.Back()),
        ("p", p.Pause()),
        ("pausa", p.Pause()),
        ("r", p.Review()),
        ("x", p.Given(None)),
    ],
)
def test_commands_are_words(typed: str, reply: p.Reply) -> None:
    assert Session(typed).plain.ask(prompt("days_late")) == reply


def test_a_command_that_is_not_offered_is_no_command() -> None:
    session = Session("b", "-", "r", "4")
    assert session.plain.ask(prompt("days_late", back=False, review=False)) == p.Given(4)
    assert session.shown.count("Hace falta un número entero de 0 a 365") == 3


def test_in_a_text_only_a_slash_makes_a_command() -> None:
    assert Session("p").plain.ask(prompt("order_ref")) == p.Given("p")
    assert Session("/p").plain.ask(prompt("order_ref")) == p.Pause()
    assert Session("/--").plain.ask(prompt("order_ref", skippable=True)) == p.SkipAll()
    assert Session("/etc").plain.ask(prompt("order_ref")) == p.Given("/etc")
    unsure = p.Prompt(QUESTIONS["order_ref"]._replace(unknown=True), "")
    assert Session("/x").plain.ask(unsure) == p.Given(None)
    assert Session("/x").plain.ask(prompt("order_ref")) == p.Given("/x")


def test_the_answer_before_is_one_enter_away() -> None:
    session = Session("", ui="en")
    assert session.plain.ask(prompt("fault", offered=("us",))) == p.Given("us")
    assert "Enter = Ours" in session.shown


def test_nothing_typed_and_nothing_offered_asks_again() -> None:
    session = Session("", "n")
    assert session.plain.ask(prompt("offered")) == p.Given(False)  # noqa: FBT003 - the answer
    assert "Responde s o n" in session.shown


def test_a_half_typed_text_that_is_too_long_is_not_taken_by_enter() -> None:
    session = Session("", "A-1")
    assert session.plain.ask(prompt("order_ref", offered=("a" * 50,))) == p.Given("A-1")


def test_several_lines_end_with_a_dot() -> None:
    session = Session("/m", "uno", "dos", ".")
    assert session.plain.ask(prompt("order_ref")) == p.Given("uno\ndos")
    assert "Un punto solo en una línea termina" in session.shown


def test_pasted_lines_belong_together() -> None:
    assert Session("uno", "dos", "tres", pasted=2).plain.ask(prompt("order_ref")) == p.Given("uno\ndos\ntres")


@pytest.mark.parametrize("end", [EOFError(), KeyboardInterrupt()])
def test_the_end_of_input_and_ctrl_c_are_a_pause(end: BaseException) -> None:
    assert Session(end).plain.ask(prompt("fault")) == p.Pause()
    assert Session(end).plain.choose(p.Menu("?", (p.Option("a"),))) == p.Pause()


def test_bytes_that_are_no_text_are_asked_for_again() -> None:
    broken = UnicodeDecodeError("utf-8", b"\xf1", 0, 1, "invalid")
    session = Session(broken, "4")
    assert session.plain.ask(prompt("days_late")) == p.Given(4)
    assert "No se ha podido leer" in session.shown
    assert Session(broken, "1").plain.choose(p.Menu("?", (p.Option("a"),))) == p.Given(0)


def test_a_terminal_that_sends_an_older_encoding_is_understood() -> None:
    assert Session("\udcd1u\udcf1ez").plain.ask(prompt("order_ref")) == p.Given("Ñuñez")


def test_what_the_encoding_lacks_is_written_another_way() -> None:
    session = Session("1", coding="ascii")
    session.plain.ask(prompt("fault"))
    assert session.shown.isascii()
    assert "De quien fue el error?" in session.shown


def test_outside_text_cannot_steer_the_terminal() -> None:
    evil = QUESTIONS["fault"].ask._replace(by_locale={"es": "a\x1b[2Jb\n[red]{{ x }}"})
    session = Session("1")
    session.plain.ask(p.Prompt(QUESTIONS["fault"]._replace(ask=evil), "x"))
    assert "a\\x1b[2Jb\n[red]{{ x }}\n" in session.shown


def test_twenty_columns_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    session = Session("3")
    session.plain.ask(prompt("fault", skippable=True))
    assert max(len(line) for line in session.shown.splitlines()) < 20


MENU = p.Menu("Tus respuestas", (p.Option("Seguir"), p.Option("Canal", "X"), p.Option("Cambiar")), "Elige", picked=1)


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ("", p.Given(1)),
        ("3", p.Given(2)),
        ("seg", p.Given(0)),
        ("b", p.Back()),
        ("a", p.Back()),
        ("atrás", p.Back()),
        ("/pausa", p.Pause()),
    ],
)
def test_a_menu_takes_a_number_or_a_name(typed: str, reply: p.Reply) -> None:
    session = Session(typed)
    assert session.plain.choose(MENU) == reply
    assert "\nTus respuestas\nElige\n 1. Seguir\n 2. Canal: X\n 3. Cambiar\n" in session.shown
    assert "(número; Intro = 2; a atrás; p pausa)" in session.shown


def test_a_menu_without_a_way_back_refuses_it() -> None:
    session = Session("b", "ca", "1")
    assert session.plain.choose(MENU._replace(back=False, help="")) == p.Given(0)
    assert session.shown.count("Elige por su número, de 1 a 3") == 2


def test_lines_come_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("hola\r\n"))
    assert plain.typed_line() == "hola"
    with pytest.raises(EOFError):
        plain.typed_line()
    assert plain.more_waiting() is False


def test_a_paste_is_seen_waiting_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    master, slave = pty.openpty()
    with os.fdopen(slave) as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        assert plain.more_waiting() is False
        os.write(master, b"uno\n")
        assert plain.more_waiting() is True
    os.close(master)
    assert plain.more_waiting() is False


def test_rows_are_wrapped_under_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "22")
    session = Session()
    session.plain.tell([p.Row("una línea que no cabe", indent=2), p.Row("")])
    assert session.shown == "  una línea que no\n    cabe\n\n"


def test_beside_an_entry_stands_no_colon_before_a_count_or_after_a_question() -> None:
    session = Session("1")
    options = (p.Option("Copiar la pública", "· 62 de 280 "), p.Option("¿De quién fue?", "Nuestro"))
    session.plain.choose(p.Menu("¿Qué hacemos?", options))
    assert " 1. Copiar la pública · 62 de 280\n 2. ¿De quién fue? Nuestro\n" in session.shown


@pytest.mark.parametrize(("longest", "offered"), [(40, False), (120, False), (121, True)])
def test_several_lines_are_offered_only_where_they_make_sense(*, longest: int, offered: bool) -> None:
    asked = p.Prompt(small_pack().questions["order_ref"]._replace(longest=longest), "", skippable=True)
    session = Session("A-1")
    session.plain.ask(asked)
    assert ("varias líneas" in session.shown) is offered
    assert ("Alt+Intro" in question_sheet(asked, words("es"), 200).keys) is offered
    assert "Intro o /- saltar" in session.shown
