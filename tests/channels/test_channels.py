from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import channels
from playbook.channels import Channel, Limit, catalogue, counting, measure, shipped, thread
from playbook.protocol import Text

DATA = json.loads(Path(channels.__file__).with_name("channels.json").read_text("utf-8"))["channels"]
NUMBER = re.compile(r"\A(\d+)/(\d+) ")
PLAIN = Text({"en": "Test"}, "en")


def channel(*limits: tuple[int, str], threads: bool = True) -> Channel:
    return Channel("test", PLAIN, thread=threads, limits=tuple(Limit(*limit) for limit in limits))


def bodies(parts: tuple[str, ...] | None) -> list[str]:
    assert parts is not None
    return [NUMBER.sub("", part) for part in parts]


class TestShipped:
    def test_every_channel_of_the_plan_ships_in_the_order_of_the_file(self) -> None:
        expected = (
            "x x_message threads bluesky mastodon instagram instagram_message facebook messenger tiktok youtube"
            " linkedin reddit google_review google_play app_store trustpilot whatsapp sms email web_chat phone"
        )
        assert list(shipped()) == expected.split()

    @pytest.mark.parametrize("name", DATA)
    def test_the_file_has_the_fields_and_types_of_a_channel(self, name: str) -> None:
        fields = DATA[name]
        assert fields.keys() - {"private", "theirs", "thread", "note"} == {
            "name", "limits", "answer_within", "source", "checked", "certain",
        }  # fmt: skip
        assert fields.keys() - {"id"} <= set(Channel._fields)
        assert all(type(fields.get(flag, False)) is bool for flag in ("private", "theirs", "thread", "certain"))
        assert all(set(fields[text]) == {"es", "en"} for text in ("name", "note") if text in fields)
        assert all(type(limit["count"]) is int and limit["count"] > 0 for limit in fields["limits"])
        assert all(limit["unit"] in counting.UNITS for limit in fields["limits"])

    @pytest.mark.parametrize("found", shipped().values(), ids=lambda found: found.id)
    def test_a_limit_has_its_source_and_the_day_it_was_checked(self, found: Channel) -> None:
        assert found.checked is not None
        assert date.fromisoformat(found.checked) >= date(2026, 11, 1)
        assert (found.source is not None) == bool(found.limits)
        assert found.certain or found.note is not None

    @pytest.mark.parametrize("found", shipped().values(), ids=lambda found: found.id)
    def test_the_time_to_answer_is_a_duration_of_the_language(self, found: Channel) -> None:
        assert found.answer_within is None or re.fullmatch(r"[1-9]\d*(min|h|d|wd)", found.answer_within)

    def test_only_networks_of_public_posts_have_threads(self) -> None:
        assert {name for name, found in shipped().items() if found.thread} == {"x", "threads", "bluesky", "mastodon"}

    def test_nothing_said_in_private_can_be_removed_by_us(self) -> None:
        assert all(found.theirs for found in shipped().values() if found.private)

    def test_a_name_is_said_in_both_languages(self) -> None:
        assert shipped()["email"].name.say("es") == "Correo electrónico"
        assert shipped()["email"].name.say("en") == "E-mail"

    def test_what_ships_cannot_be_changed_by_accident(self) -> None:
        with pytest.raises(TypeError):
            shipped()["x"] = shipped()["sms"]  # type: ignore[index] # what the test is about

    def test_a_pack_may_replace_any_field(self) -> None:
        own = shipped()["mastodon"]._replace(limits=(Limit(5000, "mastodon"),))
        assert measure("a" * 600, own).fits
        assert not measure("a" * 600, shipped()["mastodon"]).fits


class TestMeasure:
    def test_a_text_that_fits_says_how_much_of_the_limit_it_takes(self) -> None:
        found = measure("a" * 231, shipped()["x"])
        assert (found.length, found.limit, found.unit, found.over, found.fits) == (231, 280, "weighted", 0, True)

    def test_a_text_too_long_says_by_how_much(self) -> None:
        found = measure("a" * 291, shipped()["x"])
        assert (found.length, found.over, found.fits) == (291, 11, False)

    def test_the_automatic_mentions_of_a_reply_are_free(self) -> None:
        assert measure("@luna " + "a" * 280, shipped()["x"], ["luna"]).fits
        assert not measure("@luna " + "a" * 280, shipped()["x"]).fits

    def test_of_several_limits_the_tightest_is_shown(self) -> None:
        assert measure("a" * 100, shipped()["bluesky"]).unit == "graphemes"
        family = measure("👨‍👩‍👧‍👦" * 130, shipped()["bluesky"])
        assert (family.unit, family.limit, family.over) == ("utf8", 3000, 250)

    def test_without_a_known_limit_everything_fits(self) -> None:
        found = measure("é" * 9000, shipped()["trustpilot"])
        assert (found.length, found.limit, found.unit, found.fits) == (9000, None, "graphemes", True)

    def test_an_uncertain_limit_says_so(self) -> None:
        assert measure("a", shipped()["x"]).certain
        assert not measure("a", shipped()["app_store"]).certain

    def test_a_review_is_counted_in_bytes(self) -> None:
        assert measure("ñ" * 2049, shipped()["google_review"]).over == 2

    def test_an_sms_says_its_encoding_and_what_forced_it(self) -> None:
        found = measure("Tu pedido llegará mañana. " * 8, shipped()["sms"])
        assert (found.length, found.limit, found.over) == (4, 3, 1)
        assert (found.encoding, found.forced_by) == ("UCS-2", ("á",))
        assert measure("hola", shipped()["x"]).encoding is None

    def test_a_limit_of_nothing_is_exceeded_by_anything(self) -> None:
        assert measure("hola", channel((0, "characters"))).over == 4


class TestThread:
    def test_a_text_that_fits_is_one_part_without_a_number(self) -> None:
        assert thread("Hola.", channel((10, "characters"))) == ("Hola.",)

    def test_a_channel_without_threads_has_none(self) -> None:
        assert thread("Hola a todos", channel((8, "characters"), threads=False)) is None

    def test_a_word_that_fits_in_no_part_is_not_cut(self) -> None:
        assert thread("Hola " + "a" * 300, shipped()["x"]) is None

    def test_parts_end_with_words_when_nothing_better_does(self) -> None:
        assert thread("uno dos tres cuatro", channel((12, "characters"))) == ("1/3 uno dos", "2/3 tres", "3/3 cuatro")

    def test_a_part_ends_with_a_sentence_rather_than_a_word(self) -> None:
        parts = thread("Lo sentimos mucho. ¿Nos escribes hoy?", channel((28, "characters")))
        assert parts == ("1/2 Lo sentimos mucho.", "2/2 ¿Nos escribes hoy?")

    def test_a_part_ends_with_a_paragraph_rather_than_a_sentence(self) -> None:
        parts = thread("Hola, Luna. Gracias.\n\nMira. Ya está. Va de camino.", channel((40, "characters")))
        assert bodies(parts) == ["Hola, Luna. Gracias.", "Mira. Ya está. Va de camino."]

    def test_a_line_ends_a_part_as_a_sentence_does(self) -> None:
        assert bodies(thread("- uno dos\n- tres cuatro", channel((18, "characters")))) == ["- uno dos", "- tres cuatro"]

    def test_a_greeting_is_not_left_alone_in_a_part(self) -> None:
        parts = bodies(
            thread("Hola.\n\n" + "Sentimos lo ocurrido con tu pedido y lo arreglamos hoy. " * 8, shipped()["x"])
        )
        assert parts[0].startswith("Hola.\n\nSentimos")

    @pytest.mark.parametrize(
        "text", ["Hable con la Sra. López mañana", "A los 3 seg. 40 salen", "Es el núm. uno de ellos"]
    )
    def test_an_abbreviation_ends_no_sentence(self, text: str) -> None:
        stop = text.index(". ") + 1
        assert text[:stop] not in bodies(thread(text, channel((len(text) - 2, "characters"))))

    def test_what_a_no_break_space_joins_stays_together(self) -> None:
        assert bodies(thread("cuesta 1\u00a0000\u00a0€ hoy", channel((16, "characters")))) == [
            "cuesta",
            "1\u00a0000\u00a0€ hoy",
        ]

    def test_a_link_is_kept_whole(self) -> None:
        link = "https://luna.example.com/ayuda?pedido=1#estado"
        parts = bodies(thread(f"{'Te contamos. ' * 20} {link} {'Gracias a ti. ' * 10}", shipped()["x"]))
        assert sum(link in part for part in parts) == 1

    def test_the_automatic_mention_stays_in_front_of_the_first_number(self) -> None:
        parts = thread("@luna " + "Lo sentimos. " * 40, shipped()["x"], ["luna"])
        assert parts is not None
        assert parts[0].startswith("@luna 1/2 Lo")
        assert parts[1].startswith("2/2 Lo")

    def test_numbers_of_two_digits_are_counted_too(self) -> None:
        limited = channel((9, "characters"))
        parts = thread("cinco " * 12, channel((11, "characters")))
        assert parts is not None
        assert parts[-1] == "12/12 cinco"
        assert thread("cinco " * 12, limited) is None
        assert len(bodies(thread("cinco " * 9, limited))) == 9

    def test_mentions_that_alone_are_too_long_make_no_thread(self) -> None:
        assert thread("@luna ", channel((3, "characters")), ["luna"]) is None

    @given(
        st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=30),
        st.sampled_from([" ", "\n", "\n\n", ". ", "? "]),
        st.sampled_from([(20, "characters"), (30, "weighted"), (40, "utf8"), (25, "graphemes"), (26, "mastodon")]),
    )
    def test_parts_fit_are_numbered_and_joined_give_the_text_back(
        self, words: list[str], between: str, limit: tuple[int, str]
    ) -> None:
        text, limited = between.join(words), channel(limit)
        parts = thread(text, limited)
        if parts is None or parts == (text,):
            return
        assert all(measure(part, limited).fits for part in parts)
        assert [part.split(" ")[0] for part in parts] == [f"{at}/{len(parts)}" for at in range(1, len(parts) + 1)]
        rest = text.strip()
        for body in bodies(parts):
            assert rest.startswith(body)
            rest = re.sub(r"\A" + catalogue._GAP, "", rest[len(body) :])
        assert not rest

    @given(st.lists(st.sampled_from(["hola", "¿y?", "Sí.", "👍🏽", "luna.com/a", "é"]), min_size=1, max_size=60))
    def test_short_words_always_become_a_thread_on_x(self, words: list[str]) -> None:
        assert thread(" ".join(words), channel((40, "weighted"))) is not None
