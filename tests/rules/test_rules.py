"""What rules say besides the examples of their pages: the edges of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from playbook.loader import load
from playbook.rules import RULES
from playbook.survey.survey import Survey
from tests.random_packs import packs
from tests.rule_world import BASE, TODAY, laid, survey

if TYPE_CHECKING:
    from datetime import date

PARCEL, PACK = "protocols/parcel.yaml", "playbook.yaml"
EXPLAIN = "templates/en/parcel/explain.j2"
SPANISH = "templates/es/parcel/explain.j2"


def found(pieces: dict[str, str], code: str, today: date = TODAY) -> list[str]:
    """What one rule finds in the pack with these pieces: place and message."""
    looked = survey(laid(pieces), today)
    rule = next(each for each in RULES if each.code == code)
    return [f"{each.span} {each.severity} {each.message}" for each in rule.check(looked)]


@given(packs())
def test_no_rule_fails_on_any_pack(pack: object) -> None:
    looked = Survey(pack, {}, TODAY)  # type: ignore[arg-type] # a pack, drawn
    for rule in RULES:
        assert all(each.code == rule.code for each in rule.check(looked))


@pytest.mark.parametrize(
    ("day", "severity"),
    [("2026-11-24", ""), ("2026-11-23", "warning"), ("2026-08-26", "warning"), ("2026-08-25", "error")],
)
def test_a_review_is_past_the_day_after_and_an_error_ninety_days_later(day: str, severity: str) -> None:
    told = found({PARCEL: f"review_by: {day}\n"}, "PB620")
    assert told == ([f"{PARCEL}:5:1 {severity} it was to be read again by {day}"] if severity else [])


def test_a_pack_without_days_to_review_is_not_told_of_them() -> None:
    files = {**BASE, PARCEL: BASE[PARCEL].replace("review_by: 2027-05-31\n", "")}
    assert [each for rule in RULES for each in rule.check(survey(files))] == []


def test_a_name_or_a_single_word_needs_no_translation() -> None:
    assert found({PARCEL: "title: Parcel\n", PACK: "roles:\n  team:\n    who: Ana y Leo\n"}, "PB610") == []
    assert found({PARCEL: "title: Paquete perdido\n"}, "PB610") == [
        f"{PARCEL}:3:1 warning this text is not there in `en`"
    ]


def test_texts_are_looked_for_in_choices_facts_and_points_too() -> None:
    pieces = {
        PARCEL: (
            "questions:\n  fault:\n    choices:\n      us:\n        label: {es: Sí}\n        help: {es: Mira}\n"
            "      customer: {es: No}\nfacts:\n  serious:\n    when: days > 8\n    title: {es: grave}\n"
            "  size:\n    - {when: serious, is: big, title: {es: muy grave}}\n    - {is: small}\n"
            "outcomes:\n  explain:\n    avoid:\n      - {es: Nunca}\n      - {say: {es: Jamás}, when: size == 'big'}\n"
            "    reply:\n      public: {own_words: [{es: Punto}]}\n"
        )
    }
    assert len(found(pieces, "PB610")) == 8


def test_phrases_are_found_in_the_points_of_own_words_at_their_place() -> None:
    points = "outcomes:\n  explain:\n    reply:\n      public:\n        own_words:\n"
    words = '          - {es: Saluda, en: "We are  sorry\\n            if it hurt"}\n          - Lamentamos si duele\n'
    told = found({PARCEL: points + words}, "PB612")
    assert [each.partition(" ")[2] for each in told] == [
        "warning `sorry if` is an apology with a condition",
        "warning `lamentamos si` is an apology with a condition",
    ]
    assert told[0].startswith(f"{PARCEL}:40:39 ")


def test_an_apology_that_the_packs_list_has_is_told_once() -> None:
    style = "style:\n  en:\n    - {avoid: we are sorry if, because: B}\n    - {avoid: any trouble, because: B}\n"
    pieces = {PACK: style, EXPLAIN: "We are sorry if it hurt. Sorry for any trouble. We apologise if it was us."}
    assert len(found(pieces, "PB611")) == 2
    assert [each.split("`")[1] for each in found(pieces, "PB612")] == ["sorry for any", "apologise if"]


def test_a_phrase_reaches_through_you_and_not_over_branches() -> None:
    style = "style:\n  es:\n    - {avoid: como ya te hemos dicho, because: regaña}\n"
    one = "Como ya {{ you('te', 'le') }} hemos dicho."
    two = "{% if order is known %}como ya{% else %}te hemos dicho{% endif %}"
    assert found({PACK: style, SPANISH: f"Hola.\n{one}"}, "PB611") == [
        f"{SPANISH}:2:1 warning `como ya te hemos dicho` is on the list of what to avoid"
    ]
    assert found({PACK: style, SPANISH: two}, "PB611") == []


@pytest.mark.parametrize(
    ("register", "text", "told"),
    [
        ("tu", "Hola. Escríbanos.", ["`Escríbanos` is usted, and the pack says tú"]),
        ("usted", "Hola. Escríbenos.", ["`Escríbenos` is tú, and the pack says usted"]),
        ("tu", "Le escribimos sobre su caso.", []),
        ("tu", "{{ you('escríbanos', 'escríbenos') }}", ["the two sides of a `you(…)` are exchanged"]),
        (
            "tu",
            "{% if order is known %}{{ you('te', 'te') }}{% endif %}.",
            ["the two sides of a `you(…)` are exchanged"],
        ),
    ],
)
def test_registers_are_not_mixed(register: str, text: str, told: list[str]) -> None:
    pieces = {PACK: f"register: {register}\n", SPANISH: text}
    assert [each.split(" warning ")[1] for each in found(pieces, "PB614")] == told


def test_links_are_looked_for_in_texts_and_templates() -> None:
    pieces = {
        PACK: "brand:\n  contact:\n    web: http://a.example\n    safe: https://a.example\n",
        EXPLAIN: "a\nb http://b.example/x. c",
    }
    assert found(pieces, "PB615") == [
        f"{EXPLAIN}:2:3 warning `http://b.example/x.` is not https",
        f"{PACK}:5:10 warning `http://a.example` is not https",
    ]


@pytest.mark.parametrize(
    ("text", "blanks"),
    [
        ("{{ order }}", 1),
        ("{% if order is known and serious %}{{ order }}{% endif %}.", 0),
        ("{% if order is known or serious %}{{ order }}{% endif %}.", 1),
        ("{% if order is unknown %}a{% else %}{{ order }}{% endif %}", 0),
        ("{% if order is unknown or serious %}a{% elif serious %}b{{ order }}{% else %}{{ order }}{% endif %}", 0),
        ("{% if order is unknown and serious %}a{% else %}{{ order }}{% endif %}", 1),
        (
            "{% if serious %}{% include '_it' %}{% elif order is known %}{% include '_it' %}{% else %}.{% endif %}",
            1,
        ),
        ("{{ days }}", 0),
    ],
)
def test_a_text_that_is_asked_for_first_leaves_no_blank(text: str, blanks: int) -> None:
    assert len(found({EXPLAIN: text, "templates/en/_it.j2": "{{ order }}"}, "PB616")) == blanks


def test_a_short_variant_must_fit_as_well() -> None:
    board = "channels:\n  board:\n    name: Board\n    limits: [{count: 60, unit: characters}]\n"
    long = "x" * 61
    short = {EXPLAIN: long, EXPLAIN.replace(".j2", ".short.j2"): "y" * 62}
    assert found({PACK: board, EXPLAIN: long}, "PB617") == [
        f"{EXPLAIN}:1:1 warning on Board this can come to 61 of 60 characters"
    ]
    assert found({PACK: board, **short}, "PB617") == [
        f"{EXPLAIN.replace('.j2', '.short.j2')}:1:1 warning on Board this can come to 62 of 60 characters"
    ]
    own = {EXPLAIN: long, EXPLAIN.replace(".j2", ".board.j2"): "y"}
    assert found({PACK: board, **own}, "PB617") == []
    assert found({PACK: board.replace("name: Board", "name: Board\n    thread: true"), EXPLAIN: long}, "PB617") == []


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("{% if serious %}aaaa{% else %}a{% endif %}{% if serious %}b{% else %}bbbbbbbb{% endif %}", 9),
        ("{% if serious %}aaaa{% elif fault == 'us' %}aaaaaa{% endif %}b", 7),
        ("{% if channel == 'board' %}aa{% else %}aaaaaaaaaa{% endif %}", 2),
        ("{{ order }}{{ fault }}{{ days }}{{ limits.serious }}", 20 + 14 + 2 + 1),
        ("{{ brand.name }} {{ brand.signature }} {{ brand.contact.web }} {{ due.follow_up|time }}", 6 + 15 + 3 + 5 + 3),
        ("{% include '_order' %}", 22),
    ],
)
def test_the_longest_reading_is_worked_out(text: str, length: int) -> None:
    board = "brand:\n  contact: {web: www}\nchannels:\n  board: {name: Board, limits: [{count: 1, unit: characters}]}\n"
    told = [each for each in found({PACK: board, EXPLAIN: text}, "PB617") if each.startswith(EXPLAIN)]
    assert told == [f"{EXPLAIN}:1:1 warning on Board this can come to {length} of 1 characters"]


def test_with_many_conditions_the_longest_branches_are_taken_together() -> None:
    board = "channels:\n  board: {name: Board, limits: [{count: 9, unit: characters}]}\n"
    text = "".join(f"{{% if days > {number} %}}a{{% else %}}bb{{% endif %}}" for number in range(1, 9))
    told = [each for each in found({PACK: board, EXPLAIN: text}, "PB617") if each.startswith(EXPLAIN)]
    assert told == [f"{EXPLAIN}:1:1 warning on Board this can come to 16 of 9 characters"]


@pytest.mark.parametrize(("unit", "length"), [("weighted", 30), ("segments", 1), ("utf8", 60), ("utf16", 30)])
def test_a_reply_is_counted_as_its_channel_counts(unit: str, length: int) -> None:
    board = f"channels:\n  board: {{name: Board, limits: [{{count: 1, unit: {unit}}}]}}\n"
    told = [each for each in found({PACK: board, EXPLAIN: "ñ" * 30}, "PB617") if each.startswith(EXPLAIN)]
    over = [f"{EXPLAIN}:1:1 warning on Board this can come to {length} of 1 {unit}"]
    assert told == (over if length > 1 else [])


def test_rules_of_a_fact_with_too_many_cases_are_left_alone() -> None:
    signs = "questions:\n  signs:\n    ask: {es: A, en: B}\n    many: true\n    choices:\n"
    signs += "".join(f"      s{letter}: {{es: A, en: B}}\n" for letter in "abcdefghijkm")
    when = " and ".join(f"signs.s{letter}" for letter in "abcdefghijkm")
    facts = f"facts:\n  odd:\n    - {{when: {when}, is: a}}\n    - {{when: {when}, is: b}}\n    - {{is: c}}\n"
    assert found({PARCEL: signs + facts}, "PB631") == []


LINES = "steps:\n  size:\n    check:\n"


@pytest.mark.parametrize(
    ("lines", "never", "always"),
    [
        (["days > 8 and days < 8", ""], ["`days > 8 and days < 8` is never true"], 0),
        (["days > 8", "days > 9", ""], ["this line never decides: the lines above take every such case"], 0),
        (["days > 8", "not days > 8", ""], [], 1),
        (["days > 8", "unknown", ""], ["this line never decides: nothing above it can be undecided"], 0),
        (["days > 8", "days > 4", ""], [], 0),
    ],
)
def test_lines_that_are_idle_are_told_with_the_reason(lines: list[str], never: list[str], always: int) -> None:
    places = ("make_right", "apologise", "explain")
    text = "".join(
        f"      - then: {place}\n"
        if not line
        else f"      - unknown: {place}\n"
        if line == "unknown"
        else f"      - when: {line}\n        then: {place}\n"
        for line, place in zip(lines, places, strict=False)
    )
    pieces = {PARCEL: LINES + text}
    assert [each.split(" warning ")[1] for each in found(pieces, "PB631")] == never
    assert len(found(pieces, "PB632")) == always


def test_first_lines_and_rules_of_facts_are_looked_at_too() -> None:
    pieces = {
        "protocols/shared/flags.yaml": (
            "questions:\n  fire: {ask: {es: Fuego, en: Fire}, yes_no: true}\n"
            "first:\n  - {when: fire, then: parcel.make_right}\n"
            "  - {when: fire and fire is known, then: parcel.explain}\n"
            "  - {when: not fire, then: parcel.explain}\n"
        ),
        PARCEL: "use: [flags]\nfacts:\n  odd:\n"
        "    - {when: days > 5, is: a}\n    - {when: days > 6, is: b}\n    - {is: c}\n",
    }
    assert [each.partition(" ")[0] for each in found(pieces, "PB631")] == [
        "protocols/shared/flags.yaml:5:6",
        f"{PARCEL}:24:8",
    ]
    assert [each.partition(" ")[0] for each in found(pieces, "PB632")] == ["protocols/shared/flags.yaml:6:6"]


def test_a_settled_condition_is_told_where_it_stands_and_once() -> None:
    action = "  - when: {when}\n    do: {{es: A, en: B}}\n    owner: team\n    within: 1h\n"
    pieces = {
        PARCEL: "facts:\n  odd: days > 8 and days < 8\nactions:\n"
        + action.format(when="odd")
        + action.format(when="not odd")
        + action.format(when="serious or not serious")
        + action.format(when="order is known")
        + "avoid:\n  - {when: days < 3 and days > 3, say: A}\n"
    }
    assert [each.split(" ", 2)[2] for each in found(pieces, "PB633")] == [
        "`days > 8 and days < 8` is never true",
        "`serious or not serious` is always true",
        "`days < 3 and days > 3` is never true",
    ]


def test_a_red_flag_needs_approval_at_any_level_and_silence_at_none() -> None:
    flags = "questions:\n  fire: {ask: {es: A, en: B}, yes_no: true}\nfirst:\n  - {when: fire, then: parcel.explain}\n"
    pieces = {"protocols/shared/flags.yaml": flags, PARCEL: "use: [flags]\n"}
    assert found(pieces, "PB625") == [
        f"{PARCEL}:32:3 warning `explain` is a red flag, and goes out without anybody's approval"
    ]
    silent = "outcomes:\n  make_right:\n    approval: []\n    reply:\n      silence: {es: A, en: B}\n      # \n"
    quiet = laid({PARCEL: silent})
    quiet[PARCEL] = quiet[PARCEL].replace("      public: make_right\n", "")
    rule = next(each for each in RULES if each.code == "PB625")
    assert list(rule.check(survey(quiet))) == []


@pytest.mark.parametrize(
    ("one", "other"), [("fault_x", "faultx"), ("odd0", "oddo"), ("a1", "al"), ("turn", "tum"), ("vvin", "win")]
)
def test_ids_that_look_alike_are_told(one: str, other: str) -> None:
    facts = f"facts:\n  {one}: serious\n  {other}: serious\n"
    assert [each.split(" warning ")[1] for each in found({PARCEL: facts}, "PB640")] == [f"`{other}` looks like `{one}`"]


def test_choices_and_places_are_held_against_each_other_too() -> None:
    pieces = {
        PARCEL: "questions:\n  fault:\n    choices:\n      u_s: {es: A, en: B}\nsteps:\n  whose:\n    then: size\n"
    }
    assert [each.split(" warning ")[1] for each in found(pieces, "PB640")] == ["`u_s` looks like `us`"]
    size = "steps:\n  si_ze:\n    ask: fault\n    then: apologise\n"
    assert [each.split(" warning ")[1] for each in found({PARCEL: size}, "PB640")] == ["`si_ze` looks like `size`"]


def test_a_promise_with_an_owner_is_none() -> None:
    assert found({EXPLAIN: "We will call you."}, "PB613") == []


def test_a_question_that_leads_apart_in_one_place_is_asked_for_a_reason() -> None:
    steps = (
        "questions:\n  angry: {ask: {es: A, en: B}, yes_no: true}\nsteps:\n  size:\n    check:\n      - when: serious\n"
        "        then: mood\n      - then: again\n  mood: {ask: angry, then: apologise}\n"
        "  again: {ask: angry, then: {yes: explain, no: EDGE}}\n"
    )
    assert found({PARCEL: steps.replace("EDGE", "apologise")}, "PB634") == []
    assert len(found({PARCEL: steps.replace("EDGE", "explain")}, "PB634")) == 2


HARD = (
    "{{ you('Te', 'Le') }} comunicamos fehacientemente que, habiéndose circunstanciado administrativamente la "
    "responsabilidad correspondiente al transportista internacionalmente establecido, procederemos "
    "inmediatamente a la regularización extraordinaria de cuantas circunstancias extraordinariamente "
    "desfavorables se hubiesen ocasionado durante la tramitación administrativa del procedimiento."
)


def test_a_pack_says_how_easy_its_replies_must_be_and_short_ones_are_left_out() -> None:
    long = HARD + " Gracias. Adiós. Ya. Sí. No. Bien. Tú y yo. De a dos en dos."
    (told,) = found({SPANISH: long}, "PB657")
    assert told.startswith(f"{SPANISH}:1:1 warning this is hard to read: ")
    assert found({SPANISH: long, PACK: "reading_ease: {es: 0}\n"}, "PB657") == []
    assert found({SPANISH: HARD[:200]}, "PB657") == []
    assert found({PACK: "locales: [es, en, de]\n", "templates/de/parcel/explain.j2": "Donau " * 60}, "PB657") == []
    easy = "Tu pedido va en camino. " * 12
    assert found({SPANISH: easy}, "PB657") == []
    assert len(found({SPANISH: easy, PACK: "reading_ease: {es: 100}\n"}, "PB657")) == 1


@pytest.mark.parametrize(
    ("value", "code"),
    [("x", "PB032"), ("{fr: 50}", "PB034"), ("{es: many}", "PB032"), ("{es: 101}", "PB032"), ("{es: [1]}", "PB032")],
)
def test_a_number_for_reading_that_is_none_is_refused(value: str, code: str) -> None:
    files = {path: text.encode() for path, text in laid({PACK: f"reading_ease: {value}\n"}).items()}
    assert [each.code for each in load(files).diagnostics] == [code]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Write to ana@b.example.", ["an e-mail address"]),
        ("Call 612 345 678 or +34 912-345-678.", ["a phone number"] * 2),
        ("Pay ES91 2100 0418 4502 0005 1332.", ["a bank account"]),
        ("Pay ES92 2100 0418 4502 0005 1332.", []),
        ("Card 4111 1111 1111 1111.", ["a card number"]),
        ("Card 4111 1111 1111 1112.", []),
        ("DNI 12345678Z, NIE X1234567L.", ["an identity number"] * 2),
        ("DNI 12345678A.", []),
        ("Call 900 123 456, our number.", []),
        ("Order 12, on 24/11/2026 at 22:30, 600 users.", []),
    ],
)
def test_what_identifies_somebody_is_found_in_public_replies(text: str, told: list[str]) -> None:
    brand = {PACK: "brand:\n  contact:\n    phone: 900 123 456\n"}
    assert [each.partition("` is ")[2] for each in found({**brand, EXPLAIN: text}, "PB660")] == told


def test_personal_data_may_stand_in_a_private_reply_and_is_found_in_public_points() -> None:
    private = "outcomes:\n  explain:\n    reply:\n      private: dm\n"
    files = {PARCEL: private, "templates/en/parcel/dm.j2": "a@b.example", "templates/es/parcel/dm.j2": "Hola"}
    assert found(files, "PB660") == []
    points = "outcomes:\n  explain:\n    reply:\n      public:\n        own_words: [{es: Hola, en: Ask a@b.example}]\n"
    (told,) = found({PARCEL: points}, "PB660")
    assert told == f"{PARCEL}:39:40 warning `a@b.example` is an e-mail address"


def test_words_of_two_alphabets_are_found_in_texts_and_templates() -> None:
    pieces = {PARCEL: "title: {es: Paquеte, en: Parcel}\n", EXPLAIN: "Пакет, 5 μm, Ω. Your pаrcel."}  # noqa: RUF001
    assert [each.split(" ")[0] for each in found(pieces, "PB661")] == [f"{EXPLAIN}:1:22", f"{PARCEL}:3:13"]


def test_what_stands_in_a_shared_file_that_nobody_uses_is_not_told_again() -> None:
    shared = "questions:\n  spare:\n    ask: {es: A, en: B}\n    yes_no: true\nfacts:\n  idle: spare\n"
    pieces = {"protocols/shared/case.yaml": shared}
    assert found(pieces, "PB601") == found(pieces, "PB602") == []
    assert found(pieces, "PB659") == ["protocols/shared/case.yaml:1:1 warning no protocol uses this file"]
    assert found({**pieces, PARCEL: "use: [case]\n"}, "PB659") == []


def test_a_reply_that_is_too_long_says_how_much_room_each_text_has() -> None:
    board = "channels:\n  board:\n    name: {es: T, en: Board}\n    limits:\n      - {count: 40, unit: characters}\n"
    looked = survey(laid({PACK: board, EXPLAIN: "{{ order }} and {{ order }}: we have looked."}))
    rule = next(each for each in RULES if each.code == "PB617")
    told = next(each for each in rule.check(looked) if str(each.span).startswith(EXPLAIN))
    assert told.message == "on Board this can come to 62 of 40 characters"
    assert told.hint == ("say less, or write a variant `.short.j2`; `order` has room for 9 of its 20 characters")
    looked = survey(laid({PACK: board, EXPLAIN: "{{ order }} " + "we have looked at it" * 3}))
    told = next(each for each in rule.check(looked) if str(each.span).startswith(EXPLAIN))
    assert told.hint == "say less, or write a variant `.short.j2`"


def test_a_template_of_two_outcomes_is_measured_once() -> None:
    board = "channels:\n  board:\n    name: {es: T, en: Board}\n    limits:\n      - {count: 70, unit: characters}\n"
    pieces = {PACK: board, PARCEL: "outcomes:\n  apologise:\n    reply:\n      public: explain\n", EXPLAIN: "a" * 80}
    assert len(found(pieces, "PB617")) == 1
