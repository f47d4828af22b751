from __future__ import annotations

from playbook.overview import Summary, locale_for, rows, summaries, table
from playbook.words import words
from tests.shelf import SAFETY, WORLD, loaded, shelf

ES, EN = words("es"), words("en")
RED = "red_lines:\n  never_late: {because: {es: Por los de siempre., en: For the regulars.}, never: [gift]}\n"


def test_each_protocol_is_summed_up_in_the_language_asked_for() -> None:
    assert summaries(shelf(), "en") == [
        Summary("parcel", "Lost parcel", "1.0.0", "Community", 4, 2, "2030-01-31"),
        Summary("safety", "Red flags", "2.0.0", "Shop", 1, 3, None),
    ]


def test_a_protocol_that_asks_nothing_has_no_questions() -> None:
    quiet = SAFETY.replace("use: [flags]", "").replace("{check: [{then: call}]}", "{check: [{then: nothing}]}")
    assert (
        summaries(loaded({"playbook.yaml": WORLD["playbook.yaml"], "protocols/safety.yaml": quiet}), "es")[0].questions
        == 0
    )


def test_the_table_has_a_heading_and_numbers_to_the_right() -> None:
    assert table(summaries(shelf(), "es"), ES) == [
        "Protocolo  Título             Versión  Responsable  Preguntas (máx.)  Desenlaces",
        "parcel     Paquete perdido    1.0.0    Comunidad                   4           2",
        "safety     Señales de alarma  2.0.0    Tienda                      1           3",
    ]


def test_a_pack_at_a_glance() -> None:
    assert "\n".join(each.lead + each.text for each in rows(shelf(), "es", ES)) == (
        "Papel y Tinta\n"
        "Idiomas de las respuestas: es, en\n"
        "\n"
        "Protocolos\n"
        "  parcel  Paquete perdido · Comunidad · 1.0.0\n"
        "  safety  Señales de alarma · Tienda · 2.0.0\n"
        "\n"
        "Quién hace qué\n"
        "  community  Comunidad · Ana · ana@example.org\n"
        "  shop       Tienda\n"
        "\n"
        "Límites\n"
        "  late  4 · Desde aquí se nota.\n"
        "\n"
        "Para ver uno: playbook show parcel"
    )


def test_red_lines_are_shown_with_their_reason_and_folded_where_there_is_little_room() -> None:
    world = {**WORLD, "playbook.yaml": WORLD["playbook.yaml"] + "marks:\n  gift: {es: Regalo, en: Gift}\n" + RED}
    assert "\n".join(each.lead + each.text for each in rows(loaded(world), "en", EN, 30)).endswith(
        "Red lines\n  never_late\n    For the regulars.\n\nTo see one: playbook show\nparcel"
    )


def test_the_language_is_the_one_asked_for_then_the_interfaces_then_the_packs() -> None:
    only_spanish = shelf()._replace(locales=("es",))
    assert locale_for(shelf(), "en", "es") == ("en", [])
    assert locale_for(shelf(), None, "en") == ("en", [])
    assert locale_for(only_spanish, None, "en") == ("es", [])


def test_a_language_that_the_pack_does_not_have_is_said() -> None:
    shown, (doubt,) = locale_for(shelf(), "fr", "en")
    assert shown == "en"
    assert (doubt.code, doubt.severity) == ("PB402", "warning")
    assert doubt.message == "this pack has no texts in `fr`: they are shown in `en`"
