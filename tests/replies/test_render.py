"""Replies: what is printed, where it falls back, how it fits its channel, and that answers are never templates."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.diagnostics import PlaybookError
from playbook.replies.render import LONGEST, Reply, plain, render, wanted
from tests.reply_world import NOW, PARCEL, PLAYBOOK, decided, world

if TYPE_CHECKING:
    from playbook.engine import Decided
    from playbook.protocol import Answer


def reply(case: Decided, locale: str = "es", channel: str | None = None, *, public: bool = False) -> Reply:
    said = case.outcome.reply
    side = said.public if public else said.private
    assert side is not None
    return render(case, side, locale, case.pack.channels[channel] if channel else None, NOW)


def printed(source: str, locale: str = "es", channel: str | None = None, **answers: Answer) -> str:
    return reply(decided(world({"parcel/dm": source, "en/parcel/dm": source}), **answers), locale, channel).text


@pytest.mark.parametrize(
    ("source", "es", "en"),
    [
        ("{{ name }}", "Ana", "Ana"),
        ("{{ fault }}", "nuestro", "ours"),
        ("{{ days }}", "12.500", "12,500"),
        ("{{ days|number }}", "12.500", "12,500"),
        ("{{ limits.price }}", "12.500", "12,500"),
        ("{{ brand.name }}", "Papel y Tinta", "Papel y Tinta"),
        ("{{ brand.signature }}", "El equipo", "The team"),
        ("{{ brand.contact.mail }}", "hola@example.org", "hola@example.org"),
        ("{{ due.answer|when }}", "hoy a las 16:40", "today at 16:40"),
        ("{{ due.answer|time }}", "16:40", "16:40"),
        ("{{ due.follow_up|date }}", "23 de noviembre", "23 November"),
        ("{{ due.follow_up|when }}", "mañana a las 12:45", "tomorrow at 12:45"),
        ("{{ you('te', 'le') }}", "te", "te"),
        ("{% include '_who' %}.", "quien: Ana.", "who: Ana."),
        ("{# nota #}  a  \n\n\n\n b", "a\n\n b", "a\n\n b"),
        ("{% if ours and delay == 'long' %}sí{% else %}no{% endif %}", "sí", "sí"),
        ("{% if urgent %}a{% elif not urgent %}b{% endif %}c", "c", "c"),
        ("{% if days < 5 %}a{% elif name is known %}b{% else %}c{% endif %}", "b", "b"),
    ],
)
def test_what_a_template_names_is_printed_in_the_readers_language(source: str, es: str, en: str) -> None:
    files = {"parcel/dm": source, "en/parcel/dm": source, "_who": "quien: {{ name }}\n", "en/_who": "who: {{ name }}\n"}
    case = decided(world(files), name="Ana", days=12500)
    assert reply(case, "es").text == es
    assert reply(case, "en").text == en
    assert reply(case, "es").missing == ()


def test_the_brand_may_say_usted() -> None:
    pack = world({"parcel/dm": "{{ you('te', 'le') }}"}, pack=PLAYBOOK.replace("register: tu", "register: usted"))
    assert reply(decided(pack)).text == "le"


def test_what_is_not_answered_stands_as_a_blank_with_its_name() -> None:
    case = decided(world({"parcel/dm": "{{ name }}, {{ order }}, {{ days }}, {{ order }}"}), name=" \u200b\n ")
    found = reply(case)
    assert found.text == "[Nombre], [Número de pedido], [¿Cuántos días?], [Número de pedido]"
    assert found.missing == ("name", "order", "days")


def test_dont_know_is_a_blank_as_well_and_no_condition_is_true_of_it() -> None:
    pack = world({"parcel/dm": "{{ fault }} {% if fault == 'us' %}a{% elif fault != 'us' %}b{% else %}c{% endif %}"})
    assert reply(decided(pack, fault=None)).text == "[¿De quién fue el error?] c"


def test_a_blank_text_is_not_known() -> None:
    assert printed("{% if name is known %}a{% else %}b{% endif %}", name=" ") == "b"


def test_a_deadline_without_end_is_a_blank() -> None:
    pack = world({"parcel/dm": "{{ due.follow_up|when }}"}, parcel=PARCEL.replace("within: 1d", "within: 9999wd"))
    found = reply(decided(pack))
    assert (found.text, found.missing) == ("[due.follow_up]", ("due.follow_up",))


def test_the_sooner_deadline_of_outcome_and_channel_is_named() -> None:
    assert printed("{{ due.answer|when }}", channel="quick") == "hoy a las 13:00"
    assert printed("{{ due.answer|when }}", channel="tiny") == "hoy a las 16:40"


def test_a_reply_is_written_for_the_channel_asked_for_whatever_the_cases_own() -> None:
    source = "{% if channel == 'quick' and channel.private %}en privado{% else %}fuera{% endif %} {{ channel }}"
    pack = world({"parcel/dm": source})
    case = decided(pack, channel="tiny")
    assert reply(case, channel="quick").text == "en privado Quick"
    assert reply(case).text == "fuera Tiny"
    assert reply(decided(pack), channel="quick").text == "en privado Quick"
    assert reply(decided(pack)).text.startswith("fuera [")


# --- files, locales, channels ---------------------------------------------------------------------

ROOT = Path(__file__).parents[2]
LONG = "Sentimos mucho lo que ha pasado. Te lo arreglamos hoy, sin coste."


def test_a_locale_without_a_template_takes_the_default_and_says_so() -> None:
    case = decided(world({"parcel/dm": "{{ brand.signature }}", "parcel/out": "", "en/parcel/out": "out"}))
    found = reply(case, "en")
    assert (found.text, found.locale, found.fell_back) == ("El equipo", "es", True)
    found = reply(case, "en", public=True)
    assert (found.text, found.locale, found.fell_back) == ("out", "en", False)


def test_without_a_channel_a_reply_is_not_measured() -> None:
    found = reply(decided(world({"parcel/dm": LONG})))
    assert (found.text, found.parts, found.channel, found.measure, found.variant) == (LONG, (LONG,), None, None, "")


def test_a_channels_own_template_comes_first() -> None:
    case = decided(world({"parcel/dm": "para todos", "parcel/dm.tiny": "para tiny", "parcel/dm.short": "corto"}))
    found = reply(case, channel="tiny")
    assert (found.text, found.variant, found.channel) == ("para tiny", "tiny", "tiny")
    assert found.measure is not None
    assert (found.measure.length, found.measure.fits) == (9, True)
    assert reply(case, channel="thready").text == "para todos"


def test_what_is_too_long_takes_the_short_variant() -> None:
    case = decided(
        world({"parcel/dm": LONG + "{{ name }}", "parcel/dm.short": "Te lo arreglamos. {{ order }}"}), order="7"
    )
    found = reply(case, channel="tiny")
    assert (found.text, found.parts, found.variant, found.missing) == (
        "Te lo arreglamos. 7",
        ("Te lo arreglamos. 7",),
        "short",
        (),
    )


def test_what_is_still_too_long_becomes_a_numbered_thread_where_there_are_threads() -> None:
    found = reply(decided(world({"parcel/dm": LONG})), channel="thready")
    assert found.text == LONG
    assert found.parts == ("1/2 Sentimos mucho lo que ha pasado.", "2/2 Te lo arreglamos hoy, sin coste.")


def test_nothing_is_ever_cut() -> None:
    found = reply(decided(world({"parcel/dm": LONG, "parcel/dm.short": LONG[:60]})), channel="tiny")
    assert (found.text, found.parts, found.variant) == (LONG[:60], (LONG[:60],), "short")
    assert found.measure is not None
    assert found.measure.over == 20
    word = "x" * 50
    assert reply(decided(world({"parcel/dm": word})), channel="thready").parts == (word,)


def test_own_words_are_points_and_no_text() -> None:
    pack = world({})
    quiet = pack.protocols["parcel"].outcomes["quiet"]
    case = decided(pack)._replace(outcome=quiet)
    found = reply(case, "en", "tiny")
    assert (found.text, found.parts, found.own_words, found.channel) == ("", (), ("Say you are sorry",), "tiny")
    assert reply(case).own_words == ("Di que lo sientes",)
    assert quiet.reply.private is not None
    assert wanted(case, quiet.reply.private, "es", None) == ()


# --- what cannot be rendered ----------------------------------------------------------------------


def refused(source: str, **partials: str) -> str:
    with pytest.raises(PlaybookError) as caught:
        reply(decided(world({"parcel/dm": source, **partials})))
    return str(caught.value)


def test_a_template_that_is_missing_everywhere_is_an_error() -> None:
    with pytest.raises(PlaybookError, match=r"^there is no file `templates/es/parcel/dm.j2`$"):
        reply(decided(world({})))
    with pytest.raises(PlaybookError, match=r"^there is no file `templates/es/parcel/dm.j2`$"):
        reply(decided(world({"en/parcel/dm": "only here"})))


def test_a_template_with_faults_is_never_rendered() -> None:
    assert refused("{{ 'a'*10**8 }} {{ nam }}") == "`'a'*10**8` cannot be printed"
    assert refused("{{ nam }} {{ nom }}") == "nothing is called `nam`; nothing is called `nom`"


def test_a_reply_that_comes_to_nothing_is_refused_as_silence_has_its_reason() -> None:
    with pytest.raises(PlaybookError) as stopped:
        printed("{% if ours %}{% else %}a{% endif %} {% if urgent %}b{% endif %}\n")
    (fault,) = stopped.value.diagnostics
    assert fault.code == "PB216"
    assert fault.message == "nothing is said: no branch of this reply is true of the case"
    assert str(fault.span) == "templates/es/parcel/dm.j2:1:1"
    assert printed("{% if urgent %}b{% endif %}", urgent=True) == "b"
    with pytest.raises(PlaybookError, match="nothing in this template to print"):
        printed(" \n")


def test_a_reply_without_end_is_refused() -> None:
    message = f"the reply has more than {LONGEST} characters"
    assert refused("x" * (LONGEST + 1)) == message
    many = {f"_p{number}": f"{{% include '_p{number + 1}' %}}" * 300 for number in range(1, 4)} | {"_p4": ""}
    assert refused("{% include '_p1' %}", **many) == "with its partials it has more than 100,000 characters"


def test_a_variant_that_no_channel_takes_does_not_keep_a_reply_from_being_written() -> None:
    assert reply(decided(world({"parcel/dm": "hola", "parcel/dm.nowhere": "x"}))).text == "hola"


def test_a_reply_in_spanish_or_english_loads_neither_jinja_nor_babel() -> None:
    program = (
        "import sys; from tests.reply_world import NOW, decided, world; from playbook.replies.render import render\n"
        "case = decided(world({'parcel/dm': '{{ due.answer|when }} {{ fault }}'}), days=3)\n"
        "render(case, case.outcome.reply.private, 'es', case.pack.channels['tiny'], NOW)\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'jinja2', 'markupsafe', 'babel', 'asyncio'}))"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.strip() == "[]"


# --- what is asked for ----------------------------------------------------------------------------


def asks(source: str, short: str | None = None, **answers: Answer) -> tuple[str, ...]:
    files = {"parcel/dm": source, "_p": "{{ name }}"} | ({} if short is None else {"parcel/dm.short": short})
    case = decided(world(files), **answers)
    side = case.outcome.reply.private
    assert side is not None
    return wanted(case, side, "es", case.pack.channels["tiny"])


def test_a_reply_asks_for_what_it_uses_in_reading_order() -> None:
    assert asks("{{ order }} {% include '_p' %} {{ order }} {{ brand.name }}") == ("order", "name")
    assert asks("{{ order }}", short="{{ name }} {{ order }}") == ("order", "name")
    assert asks("{% if delay == 'long' or urgent %}{{ name }}{% else %}{{ order }}{% endif %}") == (
        "days",
        "urgent",
        "name",
        "order",
    )
    assert asks("{% if channel.private %}{{ name }}{% endif %}hola") == ()


def test_what_cannot_come_any_more_is_not_asked() -> None:
    source = "{% if urgent %}{{ name }}{% elif ours %}{{ days }}{% else %}{{ order }}{% endif %}"
    assert asks(source, urgent=True) == ("name",)
    assert asks(source, urgent=False) == ("days",)
    assert asks(source) == ("urgent", "name", "days")


def test_a_template_with_faults_or_without_a_file_asks_for_nothing() -> None:
    assert asks("{{ nam }} {{ name }}") == ()
    case = decided(world({}))
    assert case.outcome.reply.private is not None
    assert wanted(case, case.outcome.reply.private, "es", None) == ()


# --- answers are data -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "{{ 7*7 }}",
        "{% if x %}",
        "{# x #}",
        "${x}",
        "[/red]",
        "<b>&amp;</b>",
        "%s %(x)s",
        "\\n\\1",
        "{0}",
        "👩‍💻 🇪🇸 ñ",
        "'\"",
    ],
)
def test_an_answer_is_printed_as_it_is_and_once(text: str) -> None:
    assert printed("A {{ name }} B {% if name is known %}{{ name }}{% endif %}", name=text) == f"A {text} B {text}"


def test_what_nobody_sees_is_taken_out_of_an_answer() -> None:
    assert plain("a\x1b[31mb\u202ec\u200bd\x00\x9b\ud800\u2066e\n\n f\tg\u2028h\x85i") == (
        r"a\x1b[31mb\u202ecd\x00\x9b\ud800\u2066e f g h i"
    )


@given(st.text(max_size=60))
def test_whatever_is_answered_appears_literally(text: str) -> None:
    shown = plain(text)
    expected = shown or "[Nombre]"
    assert printed("«{{ name }}»", name=text) == f"«{expected}»"
    assert plain(shown) == shown
    if text.isascii() and text.isprintable():
        assert shown == " ".join(text.split())
