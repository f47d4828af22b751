from __future__ import annotations

import re
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.channels import links as module
from playbook.channels.links import links
from tests.published_links import ENDINGS, published

PIECES = (
    "http:// https:// HTTP:// http\u017f:// // : . . . . @ / / ? # ( ) $ \uff20 \uff03 \ufeff á ñ Ø ÷ \u02bb ɓ \u0301 ḁ"
    " \u017f İ \u212a ϵ ß 中 みん な 👍🏽 \u200d \u200b \u2066 \ud800 é п – “ com es CO.uk io \u0131o みんな みんなで"
    " рф ελ xn-- xn--80ak XN--p1ai a.com. foo x bar notatld t.co/ t.co/abc https://t.co/ https://t.co/Ab1 T.CO/ a b"
    " c. 1 :80 :8080/ _ - -- _. -. ._ ! ' , ; % ~ & [ ] hola brand.es/ayuda hola@brand.es ?a=b (x) ((y)) /a_(b) /("
    " a.b.c.d.e.f.g. .みんな/x"
).split(" ")
LONG = ["a" * 63, "あ" * 20, "é" * 60, "z" * 40, "z" * 41, "a." * 16, "a." * 17, " ", "\n"]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES + LONG), st.characters()), max_size=12).map("".join)


def found(text: str, *, bare: bool = True) -> list[str]:
    return [text[start:end] for start, end in links(text, bare=bare)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Llega el 3.Ya está", []),
        ("ver luna.com, luna.co.uk y MLB.tv", ["luna.com", "luna.co.uk", "MLB.tv"]),
        ("(http://luna.com)", ["http://luna.com"]),
        ("HTTPS://LUNA.COM/A", ["HTTPS://LUNA.COM/A"]),
        ("http://luna.com/.", ["http://luna.com/"]),
        ("http://luna.com/a_(b)", ["http://luna.com/a_(b)"]),
        ("http://luna.com/a_(b_(c)) fin", ["http://luna.com/a_(b_(c))"]),
        ("http://luna.com:3000?a=b, y", ["http://luna.com:3000?a=b"]),
        ("test ELPAÍS.com", ["ELPAÍS.com"]),
        ("http://ああ.com", ["http://ああ.com"]),
        ("example.comてすとですtwitter.みんなです", ["example.com", "twitter.みんな"]),
        ("日本語example.com/path中国語", ["example.com/path"]),
        ("t.co/abcde", ["t.co/abcde"]),
        ("http://t.co/pbY2NfTZ's", ["http://t.co/pbY2NfTZ"]),
        ("http://t.co/" + "a" * 41, []),
        ("@test.com #test.com $test.com @http://test.com", []),
        ("nombre.apellido@luna.com", []),
        ("http://no-tld http://too-short.x http://a_b.com http://-a.com", []),
        ("http://domain.com-that", []),
        ("http:// luna.com/a", ["luna.com/a"]),
        ("ああ.com", []),
        ("ああ.com/a", []),
        ("./luna.com -luna.com", []),
        ("http://xn--はじめよう.com", []),
        ("http://xn--80ak6aa92e.com", ["http://xn--80ak6aa92e.com"]),
        ("http://" + "あ" * 60 + ".com", []),
        ("http://luna.com/" + "a" * 4100, []),
        (
            "http://luna.com/a_(b_()) http://luna.com/a() http://luna.com/a(b",
            ["http://luna.com/a_", "http://luna.com/a", "http://luna.com/a"],
        ),
        ("http://luna.com?.,! luna.com:y http://luna.com:80", ["http://luna.com", "luna.com", "http://luna.com:80"]),
        ("http://luna.com/ж–, http://luna.com/ɓḁ÷", ["http://luna.com/ж", "http://luna.com/ɓḁ"]),
        ("https://t.co/ https://t.co https://t.co/aB?c=d/é", ["https://t.co/", "https://t.co", "https://t.co/aB?c=d/"]),
        ("luna.xn--p1ai luna.xn-- luna..com .com a_b.com-", ["luna.xn--p1ai"]),
        ("luna.com.nada", ["luna.com"]),
        ("a.com.あ.みんな.b.es", ["a.com", "b.es"]),
        ("a.comé.es", ["a.comé.es"]),
        ("http\u017f://luna.\u0131o", ["http\u017f://luna.\u0131o"]),
        ("luna.com-http://sol.com luna.comあhttp://sol.com", ["http://sol.com", "luna.com", "http://sol.com"]),
        ("éa.com", ["a.com"]),
        ("é-a.com", ["é-a.com"]),
        ("a." * 17 + "com", ["a." * 17 + "com"]),
        ("a." * 18 + "com", []),
        ("_a.com/x,b.com", []),
        ("http://a-.com http://a_.com", []),
        ("http://luna.xn--https://sol.com", ["http://luna.xn--https"]),
        ("a.\u212aré.es", ["a.\u212ar", "é.es"]),
        ("https://t.co/" + "a" * 40, ["https://t.co/" + "a" * 40]),
        ("a" * 63 + ".com " + "a" * 64 + ".com", ["a" * 63 + ".com"]),
        ("http://" + "é" * 57 + ".com", ["http://" + "é" * 57 + ".com"]),
        ("http://" + "é" * 58 + ".com", []),
        ("http://luna.com/".ljust(4089, "a"), ["http://luna.com/".ljust(4089, "a")]),
        ("http://luna.com/".ljust(4090, "a"), []),
        ("luna.com/".ljust(4088, "a"), ["luna.com/".ljust(4088, "a")]),
        ("luna.com/".ljust(4089, "a"), []),
    ],
)
def test_links_are_found_where_x_finds_them(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_without_bare_only_links_with_a_scheme_are_found() -> None:
    assert found("luna.com y https://luna.com", bare=False) == ["https://luna.com"]


@given(TEXTS)
def test_links_are_those_of_the_published_patterns(text: str) -> None:
    assert links(text) == published(text)
    assert links(text, bare=False) == published(text, bare=False)


def test_an_ending_makes_a_link_where_its_pattern_does() -> None:
    for after in ("", "/a", "で", "x", "-", "."):
        for ending in ENDINGS:
            text = f"luna.{ending}{after} luna.{ending.upper()}{after}"
            assert links(text) == published(text)


def test_case_makes_no_difference_in_any_letter_of_an_ending() -> None:
    letters = sorted({letter for ending in ENDINGS for letter in ending})
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    for letter in letters:
        alike = re.findall(letter, every, re.IGNORECASE)
        assert {module._fold(one) for one in alike} == {letter}
    folded = "".join(module._fold(char) for char in every)
    assert len(folded) == len(every)
    likes = {char for char, like in zip(every, folded, strict=True) if like in letters}
    assert likes == set(re.findall(f"[{''.join(letters)}]", every, re.IGNORECASE))


SLOW = [
    "a." * 5000, "a.com." * 1600, "zq-" * 3300 + ".com", "a-" * 5000 + ".com", "_a" * 5000 + ".com",
    "a.com" + "." * 9990,
    "http://a.com/" + "(a" * 5000, "http://a.com/" + "(a)" * 3300, "http://a.com/" + "." * 9980, "a.co?" + "." * 9990,
    "a.co/(" * 1600, "a.co/(" + "x.co," * 2000, "á.みんな" * 1600, "http://" * 1400, "xn--" * 2500 + ".com",
    "".join(map(chr, range(0x4E00, 0x7500))) + ".com",
]  # fmt: skip


@pytest.mark.parametrize("text", SLOW, ids=lambda text: text[:16])
def test_ten_thousand_characters_made_to_be_slow_take_less_than_half_a_second(text: str) -> None:
    start = time.process_time()
    assert all(0 <= start < end <= len(text) for start, end in links(text))
    assert time.process_time() - start < 0.5


@given(TEXTS)
def test_links_stand_in_order_and_apart(text: str) -> None:
    ends = [at for link in links(text) for at in link]
    assert ends == sorted(ends)
