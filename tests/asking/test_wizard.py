from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from playbook.asking import prompts as p
from playbook.asking import wizard as module
from playbook.asking.wizard import Wizard
from playbook.words import words
from tests.small_pack import small_pack
from tests.wizard_desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playbook.protocol import Answer


QUESTIONS = small_pack().questions
ESC, ENTER, UP, DOWN, LEFT = "\x1b", "\r", "\x1b[A", "\x1b[B", "\x1b[D"
BACKSPACE, TAB, END, HOME, PAGE_UP, PAGE_DOWN = "\x7f", "\t", "\x1b[F", "\x1b[H", "\x1b[5~", "\x1b[6~"
CTRL_B, CTRL_C, CTRL_D, CTRL_P, CTRL_R, CTRL_X, F1 = "\x02", "\x03", "\x04", "\x10", "\x12", "\x18", "\x1bOP"
ALT_ENTER = "\x1b\r"


@pytest.fixture(name="desk")
def _desk() -> Iterator[Callable[..., Desk]]:
    with create_pipe_input() as keys:
        yield lambda **more: Desk(keys, **more)


def prompt(name: str, **more: object) -> p.Prompt:
    return p.Prompt(QUESTIONS[name], "Pregunta 2 · como mucho 3 más", **more)  # type: ignore[arg-type]


def test_a_choice_looks_like_this(desk: Callable[..., Desk]) -> None:
    made = desk()
    assert made.ask(prompt("fault"), DOWN, ENTER) == p.Given("carrier")
    assert made.last_sheet == [
        "",
        "  Pregunta 2 · como mucho 3 más",
        "  ¿De quién fue el error?",
        "  Mira el seguimiento antes de responder.",
        "",
        "   1  Del cliente",
        " » 2  Del transportista",
        "   3  Nuestro",
        "   x  No lo sé",
        "  También si lo dejó en un punto de recogida sin avisar.",
        "",
        "  ↑↓ Intro elegir · Esc atrás · ? por qué · ^R revisar · ^C pausa",
    ]
    assert made.screen == ["  ✓ ¿De quién fue el error?  Del transportista"]


@pytest.mark.parametrize(
    ("keys", "number"),
    [("2" + ENTER, 2), ("25" + ENTER, 25), (ENTER, 12), (BACKSPACE + ENTER, 1), (BACKSPACE + "5" + ENTER, 15)],
)
def test_a_number_that_is_offered_again_gives_way_to_one_that_is_typed(
    keys: str, number: int, desk: Callable[..., Desk]
) -> None:
    assert desk().ask(prompt("days_late", offered=(12,)), keys) == p.Given(number)


def test_a_number_in_english_looks_like_this(desk: Callable[..., Desk]) -> None:
    made = desk(ui="en")
    assert made.ask(prompt("days_late", offered=(12,), level=2), BACKSPACE, ENTER) == p.Given(1)
    assert made.last_sheet == [
        "",
        "  ● elevated · Pregunta 2 · como mucho 3 más",
        "  How many days late?",
        "",
        " »  1",
        "  From 0 to 365",
        "",
        "  Enter go on · ^X don't know · Esc back · ? why · ^R review · ^C pause",
    ]
    assert made.screen == ["  ✓ How many days late?  1"]


def test_ticks_look_like_this(desk: Callable[..., Desk]) -> None:
    made = desk()
    assert made.ask(prompt("extras"), " " + DOWN + DOWN + " ", ENTER) == p.Given(("gift", "letter"))
    assert made.last_sheet[3:] == [
        "",
        "   ● 1  Un regalo",
        "   ○ 2  Algo frágil",
        " » ● 3  Una carta",
        "   ○ x  No lo sé",
        "",
        "  Espacio marcar · Intro seguir · Esc atrás · ? por qué · ^R revisar · ^C pausa",
    ]


@pytest.mark.parametrize(
    ("name", "keys", "answer"),
    [
        ("fault", "3" + ENTER, "us"),
        ("fault", "23" + ENTER, "us"),
        ("fault", "NUES" + ENTER, "us"),
        ("fault", "x" + ENTER, None),
        ("fault", UP + ENTER, None),
        ("fault", DOWN + DOWN + DOWN + DOWN + ENTER, "customer"),
        ("fault", END + HOME + ENTER, "customer"),
        ("fault", PAGE_DOWN + ENTER, None),
        ("fault", PAGE_DOWN + PAGE_UP + ENTER, "customer"),
        ("fault", "del t" + ENTER, "carrier"),
        ("fault", "del tq" + BACKSPACE + ENTER, "carrier"),
        ("fault", "3" + BACKSPACE + ENTER, "us"),
        ("fault", "zz" + ENTER + ENTER, "customer"),
        ("fault", "\x1b[200~nues\x1b[201~" + ENTER, "us"),
        ("fault", "\x01" + ENTER, "customer"),
        ("offered", "s" + ENTER, True),
        ("offered", "sí" + ENTER, True),
        ("offered", "si" + ENTER, True),
        ("offered", "yes" + ENTER, True),
        ("offered", "Y" + ENTER, True),
        ("offered", "n" + ENTER, False),
        ("offered", "no" + ENTER, False),
        ("offered", "sn" + ENTER, False),
        ("wants_refund", "no" + ENTER, False),
        ("wants_refund", "no sé" + ENTER, None),
        ("wants_refund", "no lo" + ENTER, None),
        ("days_late", "15" + ENTER, 15),
        ("days_late", "400" + ENTER + BACKSPACE + ENTER, 40),
        ("days_late", CTRL_X, None),
        ("days_late", ALT_ENTER + "7" + ENTER, 7),
        ("extras", ENTER, ()),
        ("extras", "2 " + ENTER, ("fragile",)),
        ("extras", "  " + ENTER, ()),
        ("extras", " " + UP + " " + ENTER, None),
        ("extras", UP + " " + HOME + " " + ENTER, ("gift",)),
        ("extras", "ai" + ENTER, ()),
        ("order_ref", CTRL_X + "ñáó-1" + ENTER, "ñáó-1"),
        ("order_ref", ENTER + "A" + ENTER, "A"),
        ("order_ref", "uno" + ALT_ENTER + "dos" + ENTER, "uno\ndos"),
        ("order_ref", "\x1b[200~uno\r\ndos\ntres\x1b[201~" + ENTER, "uno\ndos\ntres"),
        ("order_ref", "¿qué?" + ENTER, "¿qué?"),
    ],
)
def test_keys_make_answers(desk: Callable[..., Desk], name: str, keys: str, answer: object) -> None:
    assert desk().ask(prompt(name), keys) == p.Given(answer)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["fault", "offered", "extras", "days_late", "order_ref"])
@pytest.mark.parametrize(
    ("keys", "reply"),
    [
        (CTRL_B, p.Back()),
        (LEFT, p.Back()),
        (ESC, p.Back()),
        ("?", p.Why()),
        (F1, p.Why()),
        (CTRL_R, p.Review()),
        (CTRL_C, p.Pause()),
        (CTRL_P, p.Pause()),
        (TAB, p.Skip()),
        (CTRL_D, p.SkipAll()),
    ],
)
def test_every_question_can_be_left_in_every_way(
    desk: Callable[..., Desk], name: str, keys: str, reply: p.Reply
) -> None:
    assert desk().ask(prompt(name, skippable=True), keys) == reply


def test_what_was_half_typed_is_told_on_leaving(desk: Callable[..., Desk]) -> None:
    assert desk().ask(prompt("order_ref"), "A-1" + CTRL_C) == p.Pause("A-1")


def test_a_door_that_is_shut_does_nothing(desk: Callable[..., Desk]) -> None:
    keys = CTRL_B + LEFT + CTRL_R + TAB + CTRL_D + "3" + ENTER
    assert desk().ask(prompt("fault", back=False, review=False), keys) == p.Given("us")


def test_a_detail_is_skipped_by_its_line_or_by_nothing_typed(desk: Callable[..., Desk]) -> None:
    made = desk()
    assert made.ask(prompt("offered", skippable=True), "-" + ENTER) == p.Skip()
    assert "   -  Saltar por ahora" in made.last_sheet
    assert made.screen == ["  – ¿Ya le hemos ofrecido una solución?  sin contestar"]
    assert made.ask(prompt("order_ref", skippable=True), ENTER) == p.Skip()


@pytest.mark.parametrize(
    ("name", "answer"),
    [("fault", "us"), ("fault", None), ("offered", False), ("extras", ("letter",)), ("extras", None)],
)
def test_the_answer_before_is_taken_again_by_enter(desk: Callable[..., Desk], name: str, answer: Answer) -> None:
    assert desk().ask(prompt(name, offered=(answer,)), ENTER) == p.Given(answer)


def test_don_t_know_before_leaves_an_entry_empty(desk: Callable[..., Desk]) -> None:
    assert desk().ask(prompt("days_late", offered=(None,)), "3" + ENTER) == p.Given(3)


def test_a_name_that_fits_nothing_is_said_and_enter_takes_no_line(desk: Callable[..., Desk]) -> None:
    made = desk()
    made.ask(prompt("fault"), "zz", CTRL_C)
    assert "  Ninguna empieza por «zz»" in made.last_sheet


def test_a_number_out_of_range_names_the_range(desk: Callable[..., Desk]) -> None:
    made = desk()
    made.ask(prompt("days_late"), "400" + ENTER, CTRL_C)
    assert "  Hace falta un número entero de 0 a 365" in made.last_sheet


def test_outside_text_cannot_steer_the_terminal(desk: Callable[..., Desk]) -> None:
    made = desk()
    evil = QUESTIONS["fault"].ask._replace(by_locale={"es": "a\x1b]52;c;eA==\x07b [red]{{ x }}"})
    made.ask(p.Prompt(QUESTIONS["fault"]._replace(ask=evil), "x"), ENTER)
    assert "\x1b]52" not in made.stream.getvalue()
    assert made.screen == ["  ✓ a\\x1b]52;c;eA==\\x07b [red]{{ x }}  Del cliente"]


def test_back_leaves_a_line_behind(desk: Callable[..., Desk]) -> None:
    made = desk()
    made.ask(prompt("fault"), CTRL_B)
    assert made.screen == ["  ↩ atrás"]


def test_long_answers_stand_below_their_question(desk: Callable[..., Desk]) -> None:
    made = desk(columns=44)
    made.ask(prompt("order_ref"), "uno" + ALT_ENTER + "dos" + ENTER)
    assert made.screen == ["  ✓ Número de pedido", "    uno", "    dos"]


def test_a_long_list_scrolls_and_says_how_to_find(desk: Callable[..., Desk]) -> None:
    made = desk(rows=15)
    assert made.ask(prompt("channel"), "what", ENTER) == p.Given("whatsapp")
    assert any("WhatsApp" in line for line in made.last_sheet)
    assert any("↑↓ Intro elegir · letras buscar" in line for line in made.last_sheet)
    assert len(made.last_sheet) <= 15


MENU = p.Menu("Tus respuestas", (p.Option("Seguir"), p.Option("Canal", "X", "Cambia el canal")), "Elige una", level=3)


def test_further_lines_stand_under_the_first(desk: Callable[..., Desk]) -> None:
    made = desk(columns=60)
    made.ask(prompt("order_ref"), "uno" + ALT_ENTER + "dos", CTRL_C)
    assert made.last_sheet[4:6] == [" »  uno", "    dos"]
    made.press("", CTRL_C)
    made.wizard.choose(p.Menu("?", (p.Option("Número", "uno\ndos"),)))
    assert made.last_sheet[-4:-2] == [" » 1  Número  uno", "      dos"]


def test_a_menu_looks_like_this(desk: Callable[..., Desk]) -> None:
    made = desk()
    made.press(DOWN, ENTER)
    assert made.wizard.choose(MENU) == p.Given(1)
    assert made.last_sheet == [
        "",
        "  ● crisis",
        "  Tus respuestas",
        "  Elige una",
        "",
        "   1  Seguir",
        " » 2  Canal  X",
        "  Cambia el canal",
        "",
        "  ↑↓ Intro elegir · Esc atrás · ^C pausa",
    ]


@pytest.mark.parametrize(("keys", "reply"), [(ESC, p.Back()), (CTRL_C, p.Pause())])
def test_a_menu_can_be_left(desk: Callable[..., Desk], keys: str, reply: p.Reply) -> None:
    made = desk()
    made.keys.send_text(keys)
    assert made.wizard.choose(MENU) == reply


def test_a_menu_without_a_way_back_has_none(desk: Callable[..., Desk]) -> None:
    made = desk()
    made.keys.send_text(CTRL_B + "2" + ENTER)
    assert made.wizard.choose(MENU._replace(back=False, level=None)) == p.Given(1)
    assert "Esc" not in made.stream.getvalue()


@pytest.mark.parametrize(("options", "told", "seen"), [(30, 1, True), (30, 3, True), (3, 1, True), (30, 23, False)])
def test_what_was_told_stays_in_sight_above_a_long_list(
    options: int, told: int, desk: Callable[..., Desk], *, seen: bool
) -> None:
    made = desk()
    made.wizard.tell([p.Row(f"porque sí {at}") for at in range(told)])
    made.keys.send_text(ENTER)
    made.wizard.choose(MENU._replace(options=tuple(p.Option(f"opción {at}") for at in range(options))))
    assert any("porque sí 0" in line for line in made.last_sheet) is seen
    assert any("opción 0" in line for line in made.last_sheet)


def test_rows_are_told_in_colour_only_where_it_is_wanted(desk: Callable[..., Desk]) -> None:
    made = desk()
    made.wizard.tell([p.Row("a\x1bb", "level3", 2), p.Row("")])
    assert made.screen == ["    a\\x1bb"]
    assert "\x1b[0;31;1m" in made.stream.getvalue()
    made.stream.truncate(0)
    made.wizard = Wizard(words("es"), colour=False, source=made.keys, sink=made.wizard.sink)
    made.wizard.tell([p.Row("a", "level3")])
    assert "\x1b[0;31" not in made.stream.getvalue()


def test_the_end_of_input_is_a_pause(desk: Callable[..., Desk]) -> None:
    made = desk()
    made.keys.close()
    assert made.wizard.ask(prompt("fault")) == p.Pause()


def test_the_terminal_is_never_asked_where_its_cursor_is(desk: Callable[..., Desk]) -> None:
    made = desk()
    made.ask(prompt("fault"), ENTER)
    assert "\x1b[6n" not in made.stream.getvalue()


def test_without_a_sink_the_terminal_is_drawn_on(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Vt100_Output(io.StringIO(), lambda: Size(24, 80))
    monkeypatch.setattr(module, "create_output", lambda: made)
    assert Wizard(words("en")).sink is made
