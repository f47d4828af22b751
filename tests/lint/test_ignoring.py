"""Comments that say what is intended."""

from __future__ import annotations

import pytest

from playbook.diagnostics import WARNING, Diagnostic, Span
from playbook.lint.ignoring import sift

CODES = ("PB601", "PB602")


def at(line: int, code: str = "PB601", file: str = "f") -> Diagnostic:
    return Diagnostic(code, "m", Span(file, line, 3), severity=WARNING)


def sifted(text: str, *findings: Diagnostic) -> list[str]:
    kept, ignored = sift(findings, {"f": text}, CODES)
    return [*(f"{each.span} {each.code} {each.message}" for each in kept), *["ignored"] * ignored]


@pytest.mark.parametrize(
    "text",
    [
        "a: b  # playbook: ignore PB601 -- it is meant\n",
        "a: b #playbook:ignore PB601 -- it is meant",
        "a: b # playbook: ignore PB602, PB601 -- both are meant",
        "{# playbook: ignore PB601 -- it is meant #}Hello",
        "Hello{#- playbook: ignore PB601 -- it is meant -#}",
    ],
)
def test_a_comment_ignores_what_is_found_on_its_line(text: str) -> None:
    assert "ignored" in sifted(text, at(1))
    assert not [each for each in sifted(text, at(1)) if "PB601 m" in each]


@pytest.mark.parametrize(
    "text",
    [
        "# playbook: ignore PB601 -- it is meant\na: b",
        "  # playbook: ignore PB601 -- it is meant\n  # playbook: ignore PB602 -- this as well\n  a: b",
        "{# playbook: ignore PB601 -- it is meant #}\nHello",
    ],
)
def test_a_comment_alone_ignores_what_is_found_on_the_next_line(text: str) -> None:
    last = text.count("\n") + 1
    assert sifted(text, at(last), at(last, "PB602"))[-1] == "ignored"
    assert not [each for each in sifted(text, at(last), at(last, "PB602")) if "PB601" in each]


def test_a_comment_ignores_nothing_on_other_lines_in_other_files_or_of_other_codes() -> None:
    text = "a: b  # playbook: ignore PB601 -- it is meant\nc: d\n"
    others = [at(2), at(1, "PB602"), at(1, file="g"), at(1, "PB030")]
    assert sifted(text, *others) == [
        "f:2:3 PB601 m",
        "f:1:3 PB602 m",
        "g:1:3 PB601 m",
        "f:1:3 PB030 m",
        "f:1:7 PB651 there is no PB601 to ignore here",
    ]


@pytest.mark.parametrize(
    "comment",
    [
        "# playbook: ignore",
        "# playbook: ignore PB601",
        "# playbook: ignore PB601 --",
        "# playbook: ignore PB601 -- ",
        "# playbook: ignore -- because",
        "# playbook: ignore everything -- because",
        "{# playbook: ignore PB601 -- #} reason",
    ],
)
def test_a_comment_without_a_code_or_a_reason_is_an_error_and_ignores_nothing(comment: str) -> None:
    assert sifted(comment, at(1)) == [
        "f:1:1 PB650 this comment ignores nothing: it needs a code and a reason",
        "f:1:3 PB601 m",
    ]


def test_what_leaves_no_pack_cannot_be_ignored() -> None:
    assert sifted("# playbook: ignore PB030 -- please\na", at(2, "PB030")) == [
        "f:1:1 PB650 PB030 cannot be ignored",
        "f:2:3 PB030 m",
    ]


def test_one_comment_may_ignore_several_findings_and_counts_once() -> None:
    assert sifted("a # playbook: ignore PB601 -- it is meant", at(1), at(1)._replace(message="n")) == ["ignored"]


def test_words_that_only_look_like_a_comment_are_none() -> None:
    assert sifted("a: b#playbook: ignore PB601 -- x\nwe say playbook: ignore it\n# playbook: ignored\n", at(1)) == [
        "f:1:3 PB601 m"
    ]


def test_what_has_no_place_is_kept() -> None:
    assert sift([Diagnostic("PB601", "m")], {}, CODES).kept == (Diagnostic("PB601", "m"),)
