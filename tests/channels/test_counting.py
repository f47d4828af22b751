from __future__ import annotations

import re
import subprocess
import sys
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.channels.counting import UNITS, Sms, count, lead, sms

FAMILY = "👨‍👩‍👧‍👦"
WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            ["hola", "https://luna.example/ayuda", "luna.com/a?b=c", "señal", "e\u0301", "👍🏽", FAMILY, "1️⃣", "文"]
        ),
        st.text(min_size=1, max_size=8).filter(lambda word: not any(char.isspace() for char in word)),
    ),
    max_size=8,
).map(" ".join)
ANY_TEXT = st.one_of(WORDS, st.text(max_size=60))


class TestX:
    @pytest.mark.parametrize(
        ("point", "weight"),
        [
            (0x0000, 1), (0x10FF, 1), (0x1100, 2),
            (0x1FFF, 2), (0x2000, 1), (0x200C, 1), (0x200E, 2),
            (0x200F, 2), (0x2010, 1), (0x201F, 1), (0x2020, 2),
            (0x2031, 2), (0x2032, 1), (0x2037, 1), (0x2038, 2),
        ],
    )  # fmt: skip
    def test_the_ends_of_each_range_weigh_as_configured(self, point: int, weight: int) -> None:
        assert count(chr(point), "weighted") == weight

    def test_a_zero_width_joiner_alone_weighs_one(self) -> None:
        assert count("a\u200db", "weighted") == 3

    def test_spanish_counts_one_for_each_letter_sign_and_quotation_mark(self) -> None:
        assert (
            count("¿Qué pasó, señora? «Ya está» — “sí”…", "weighted") == len("¿Qué pasó, señora? «Ya está» — “sí”…") + 1
        )

    def test_an_ellipsis_and_a_euro_sign_are_outside_the_light_ranges(self) -> None:
        assert (count("…", "weighted"), count("€", "weighted")) == (2, 2)

    def test_text_is_composed_before_it_is_counted(self) -> None:
        assert count("A\u0301B", "weighted") == 2

    def test_composition_may_also_make_a_text_longer(self) -> None:
        assert count("A\ufb2c", "weighted") == 4

    def test_cjk_letters_count_two(self) -> None:
        assert count("故人西辞", "weighted") == 8

    @pytest.mark.parametrize(
        "emoji",
        [
            "👾", "☺", "☺️", "🙋🏽", "☝🏽", "👨‍🎤", FAMILY, "👩🏽‍⚕️", "🏳️‍🌈", "❤️‍🔥", "🇪🇸", "1⃣", "1️⃣", "#️⃣", "©️",
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        ],
    )  # fmt: skip
    def test_an_emoji_sequence_counts_two(self, emoji: str) -> None:
        assert count(emoji, "weighted") == 2
        assert count(f"a{emoji}b{emoji}", "weighted") == 6

    def test_a_copyright_sign_without_variation_is_a_letter(self) -> None:
        assert count("© 2026 🇪🇸", "weighted") == 1 + 6 + 2

    def test_a_text_variation_keeps_its_own_weight(self) -> None:
        assert count("☺\ufe0e 👍🏽", "weighted") == 2 + 2 + 1 + 2

    def test_a_variation_selector_on_a_letter_is_no_emoji(self) -> None:
        assert count("a\ufe0f", "weighted") == 3

    def test_a_hundred_and_forty_families_fill_a_post(self) -> None:
        assert count(FAMILY * 140, "weighted") == 280

    @pytest.mark.parametrize(
        ("text", "length"),
        [
            ("Hi http://test.co", 26),
            ("http://test.co", 23),
            ("https://www.twitter.com/aloha " * 10, 240),
            ("H🐱☺" + FAMILY, 7),
            ("🙋🏽👨‍🎤", 4),
            ("ABC\u202a\uffffABC\ufffe", 12),
            ("randomurl" * 7 + "s.com", 68),
            ("\u2066\u202ahttp://foobar.پاکستان/\u202c\u2069", 31),
            ("Unicode 10.0 emoji: 🤪; 🧕; 🧕🏾; 🏴󠁧󠁢󠁥󠁮󠁧󠁿", 34),
        ],
    )
    def test_published_cases_come_out_as_published(self, text: str, length: int) -> None:
        assert count(text, "weighted") == length

    def test_a_link_counts_23_short_or_long(self) -> None:
        assert count("luna.es", "weighted") == count("https://luna.es/" + "a" * 300, "weighted") == 23

    def test_the_mentions_that_x_adds_to_a_reply_count_nothing(self) -> None:
        assert count("@luna @Soporte hola", "weighted", ["@Luna", "soporte"]) == 4

    def test_a_mention_further_on_or_of_someone_else_counts(self) -> None:
        assert count("@luna hola @luna", "weighted", ["luna"]) == 10
        assert count("@otra hola", "weighted", ["luna"]) == 10

    def test_a_longer_handle_is_another_handle(self) -> None:
        assert lead("@lunara hola", ["luna"]) == 0

    def test_mentions_are_free_on_x_alone(self) -> None:
        assert count("@luna hola", "characters", ["luna"]) == 10

    @given(ANY_TEXT)
    def test_composed_and_decomposed_text_count_the_same(self, text: str) -> None:
        assert count(text, "weighted") == count(normalize("NFC", text), "weighted")
        assert count(normalize("NFD", text), "weighted") == count(normalize("NFC", normalize("NFD", text)), "weighted")

    @given(ANY_TEXT, ANY_TEXT)
    def test_two_texts_with_a_space_between_count_as_the_two_and_the_space(self, one: str, other: str) -> None:
        assert count(f"{one} {other}", "weighted") == count(one, "weighted") + 1 + count(other, "weighted")


class TestOtherUnits:
    def test_every_unit_counts_nothing_in_an_empty_text(self) -> None:
        assert {unit: count("", unit) for unit in UNITS} == dict.fromkeys(UNITS, 0)

    def test_an_unknown_unit_is_refused(self) -> None:
        with pytest.raises(KeyError):
            count("hola", "words")

    def test_the_same_text_is_as_long_as_its_unit_is_small(self) -> None:
        counted = {unit: count(f"né {FAMILY}", unit) for unit in ("graphemes", "characters", "utf16", "utf8")}
        assert counted == {"graphemes": 4, "characters": 10, "utf16": 14, "utf8": 29}

    def test_a_carriage_return_and_line_feed_are_one_grapheme(self) -> None:
        assert count("a\r\nb", "graphemes") == 3

    def test_a_letter_and_its_combining_accent_are_one_grapheme(self) -> None:
        assert count("e\u0301", "graphemes") == 1

    def test_threads_counts_an_emoji_by_its_bytes_and_the_rest_by_characters(self) -> None:
        assert count("señal … 👍", "emoji_bytes") == 8 + 4
        assert count("👍🏽 ❤️", "emoji_bytes") == 8 + 1 + 6

    def test_mastodon_counts_a_link_with_its_scheme_23_and_one_without_as_text(self) -> None:
        assert count("https://luna.example.com/" + "a" * 90 + " y luna.com", "mastodon") == 23 + 11

    def test_mastodon_counts_of_a_remote_mention_only_the_name(self) -> None:
        assert count("@luna@social.example.org hola", "mastodon") == len("@luna hola")
        assert count("luna@example.org", "mastodon") == len("luna@example.org")

    @pytest.mark.parametrize("unit", UNITS)
    def test_a_lone_surrogate_is_counted_and_not_refused(self, unit: str) -> None:
        assert count("a\ud800b.com http://\ud800.com", unit) > 0

    @given(ANY_TEXT, ANY_TEXT)
    def test_a_word_more_never_makes_a_text_shorter(self, one: str, other: str) -> None:
        for unit in UNITS:
            assert count(f"{one} {other}", unit) >= count(one, unit)


class TestSms:
    @pytest.mark.parametrize(
        ("text", "segments"),
        [
            ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3),
            ("€" * 80, 1), ("€" * 81, 2), ("á" * 70, 1), ("á" * 71, 2), ("á" * 134, 2), ("á" * 135, 3),
        ],
    )  # fmt: skip
    def test_parts_fill_to_the_standard(self, text: str, segments: int) -> None:
        assert sms(text).segments == count(text, "segments") == segments

    def test_an_escaped_character_is_not_split_between_two_parts(self) -> None:
        assert sms("a" * 152 + "€" + "a" * 151).segments == 2
        assert sms("a" * 152 + "€" + "a" * 152).segments == 3

    def test_a_surrogate_pair_is_not_split_between_two_parts(self) -> None:
        assert sms("a" * 66 + "👍" + "a" * 65).segments == 2
        assert sms("a" * 66 + "👍" + "a" * 66).segments == 3

    def test_spanish_that_gsm_can_write_stays_gsm(self) -> None:
        assert sms("¿Qué? ¡Mañana, à las 9! Ñandú ü".replace("ú", "u")) == Sms(1, "GSM-7", ())

    def test_the_accents_that_force_ucs_2_are_named_once_each_in_order(self) -> None:
        assert sms("Está aquí, María: así o según") == Sms(1, "UCS-2", ("á", "í", "ú"))


@pytest.mark.parametrize(
    ("text", "loaded"),
    [("¿Qué pasó? «Nada» — 3 €… https://luna.com/ayuda", False), ("de acuerdo 👍", True)],
)
def test_regex_is_loaded_only_for_text_that_needs_it(text: str, loaded: bool) -> None:  # noqa: FBT001 - a table's column
    code = (
        "import sys; from playbook.channels.counting import UNITS, count\n"
        f"for unit in UNITS: count({text!r}, unit)\n"
        "print('regex' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(loaded)


def test_a_reply_in_latin_letters_compiles_no_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    re.purge()
    monkeypatch.setattr("re._compiler.compile", refuse)
    for unit in UNITS:
        assert count("«Lo sentimos», Ana… Está en https://luna.com/ayuda — o en hola@luna.com. 9 €", unit, ["ana"]) > 0
