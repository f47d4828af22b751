"""What one edit does to a text, and where there is none because something could be lost."""

from __future__ import annotations

import pytest

from playbook.diagnostics import Diagnostic, Span
from playbook.lint.mending import File, chosen, mend, mended, same
from playbook.source import Limits, read


def after(text: str, code: str, line: int, column: int, message: str = "") -> str | None:
    """The text once a finding at a place of it is mended; None where it cannot be."""
    source = read(text.encode(), "f.yaml", Limits())
    file = File(text, source.node if not source.diagnostics else None)
    edit = mend(file, Diagnostic(code, message, Span("f.yaml", line, column)))
    return None if edit is None else mended(text, [edit])


def test_what_has_no_place_or_no_mend_is_left() -> None:
    assert mend(File("a", None), Diagnostic("PB615", "m")) is None
    assert after("a: b\n", "PB621", 1, 1) is None


@pytest.mark.parametrize(
    ("text", "column", "wanted"),
    [
        ("a: http://b.example\n", 4, "a: https://b.example\n"),
        ("a: HTTP://b.example\n", 4, "a: HTTPS://b.example\n"),
        ("a: https://b.example\n", 4, None),
        ("a: shttp://b.example\n", 4, None),
    ],
)
def test_a_link_becomes_secure(text: str, column: int, wanted: str | None) -> None:
    assert after(text, "PB615", 1, column) == wanted


@pytest.mark.parametrize(
    ("text", "column", "message", "wanted"),
    [
        ("a: x\u200by\n", 5, "an invisible character (U+200B)", "a: xy\n"),
        ("a: x\u202ey\n", 5, "turns (U+202E)", "a: xy\n"),
        ('a: "x\\u200by"\n', 6, "an invisible character (U+200B)", None),
        ("a: x\x07y\n", 5, "a control character (U+0007)", None),
        ("a: x", 9, "an invisible character (U+200B)", None),
    ],
)
def test_a_character_that_nobody_sees_goes(text: str, column: int, message: str, wanted: str | None) -> None:
    assert after(text, "PB018", 1, column, message) == wanted


@pytest.mark.parametrize(
    ("key", "wanted"),
    [("lаte", "late"), ("ｏwner", "owner"), ("лate", None), ("lаte days", None)],  # noqa: RUF001 - as they are meant
)
def test_a_key_in_letters_that_look_like_latin_ones_is_written_in_these(key: str, wanted: str | None) -> None:
    mended_ = after(f"{key}: b\n", "PB015", 1, 1, f"the key `{key}` mixes alphabets")
    assert mended_ == (f"{wanted}: b\n" if wanted else None)


@pytest.mark.parametrize(
    ("word", "wanted"),
    [("раrcel", "parcel"), ("жparcel", None)],  # noqa: RUF001 - as they are meant
)
def test_a_word_in_letters_that_look_like_latin_ones_is_written_in_these(word: str, wanted: str | None) -> None:
    assert after(f"a: {word}\n", "PB661", 1, 4, f"`{word}` mixes") == (f"a: {wanted}\n" if wanted else None)
    assert after("a: parcel\n", "PB661", 1, 4, f"`{word}` mixes") is None


def test_a_protocol_without_a_version_gets_its_first_with_the_line_ends_of_its_file() -> None:
    lacks = "this protocol lacks `version`"
    assert after("protocol: a\ntitle: T\n", "PB031", 1, 1, lacks) == "protocol: a\nversion: 1.0.0\ntitle: T\n"
    assert after("protocol: a\r\ntitle: T\r\n", "PB031", 1, 1, lacks) == (
        "protocol: a\r\nversion: 1.0.0\r\ntitle: T\r\n"
    )
    assert after("protocol: a # old\ntitle: T\n", "PB031", 1, 1, lacks) is None
    assert after("protocol: a\ntitle: T\n", "PB031", 1, 1, "this protocol lacks `title`") is None


@pytest.mark.parametrize(
    ("text", "line", "column", "wanted"),
    [
        ("a: b  # playbook: ignore PB601 -- why\n", 1, 7, "a: b\n"),
        ("a: b  # playbook: ignore PB601 -- why", 1, 7, "a: b"),
        ("a: b  # playbook: ignore PB601, PB602 -- why\r\n", 1, 7, "a: b  # playbook: ignore PB602 -- why\r\n"),
        ("x: y\n  # playbook: ignore PB601 -- why\na: b\n", 2, 3, "x: y\na: b\n"),
        ("{# playbook: ignore PB601 -- why #}\nHello\n", 1, 1, "Hello\n"),
        ("Hello {# playbook: ignore PB601 -- why #}you\n", 1, 7, "Hello you\n"),
        ("{# playbook: ignore PB601 -- why\n#}Hello\n", 1, 1, None),
        ("a: b\n", 1, 1, None),
    ],
)
def test_a_comment_that_ignores_nothing_goes(text: str, line: int, column: int, wanted: str | None) -> None:
    assert after(text, "PB651", line, column, "there is no PB601 to ignore here") == wanted


TWO = "facts:\n  one: a\n  two:\n    - {is: x}\n\n# on\nsteps: {a: b}\n"


@pytest.mark.parametrize(
    ("text", "line", "column", "wanted"),
    [
        (TWO, 2, 3, TWO.replace("  one: a\n", "")),
        (TWO, 3, 3, "facts:\n  one: a\n\n# on\nsteps: {a: b}\n"),
        ("a: b\nfacts:\n  one: a", 3, 3, "a: b\n"),
        ("facts:\n  one: a\n", 2, 3, None),
        ("x:\n  - facts:\n      one: a\n      two: b\n", 3, 7, "x:\n  - facts:\n      two: b\n"),
        ("x:\n  - one: a\n    two: b\n", 2, 5, None),
        ("x:\n  - one: a\n", 2, 5, None),
        ("facts: {one: a, two: b}\n", 1, 9, None),
        ("facts:\n  one: a  # why\n  two: b\n", 2, 3, None),
        ("facts:\n  # why\n  one: a\n  two: b\n", 3, 3, None),
        ("facts:\n  one: {carries: [a]}\n  two: b\n", 2, 3, None),
        ("facts:\n  one: a\n", 9, 9, None),
        ("one: a\n", 1, 1, None),
        ("- a\n", 1, 1, None),
    ],
)
def test_a_declaration_goes_with_what_is_below_it_unless_a_comment_would_be_lost(
    text: str, line: int, column: int, wanted: str | None
) -> None:
    assert after(text, "PB602", line, column) == wanted


def test_a_file_that_cannot_be_read_keeps_its_declarations() -> None:
    assert after("a: b: c\n", "PB602", 1, 1) is None


def test_of_edits_that_overlap_or_would_empty_a_map_one_is_made() -> None:
    file = File(TWO, read(TWO.encode(), "f", Limits()).node)
    both = [mend(file, Diagnostic("PB602", "", Span("f", line, 3))) for line in (2, 3)]
    assert mended(TWO, chosen(each for each in both if each)) == TWO.replace("  one: a\n", "")
    link = mend(File("http://a", None), Diagnostic("PB615", "", Span("f", 1, 1)))
    assert link
    assert mended("http://a", chosen([link, link])) == "https://a"
    assert len(chosen([link._replace(start=0, end=6), link])) == 1


@pytest.mark.parametrize(
    ("before", "now", "is_same"),
    [
        ("a: [b, c]", "a: [b, c]", True),
        ("a: [b, c]", "a: [b]", False),
        ("a: [b, c]", "a: [b, d]", False),
        ("a: [b, c]", "a: b", False),
        ("a: {b: c}", "a: b", False),
        ("a: b", "a: {b: c}", False),
        ("a: {b: c, d: e}", "a: {d: e, b: c}", False),
        ("a: b", "a: b\nversion: 1.0.0", True),
        ("a: b", "a: b\nc: d", False),
        ("a: see http://x, лate", "a: see https://x, лate", True),
        ("a: раrcel", "a: parcel", True),  # noqa: RUF001 - as it is meant
    ],
)
def test_two_readings_are_compared(before: str, now: str, *, is_same: bool) -> None:
    old, new = (read(each.encode(), "f", Limits()).node for each in (before, now))
    assert old
    assert same(old, new, ()) is is_same
    assert not same(old, None, ())
