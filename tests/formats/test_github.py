"""Annotations of GitHub: one line each, and nothing that a pack says is taken for a command."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.diagnostics import WARNING, Diagnostic, Span
from playbook.formats.github import annotated, quoted, wanted

SPAN = Span("protocols/a.yaml", 3, 7)


@pytest.mark.parametrize(
    ("finding", "folder", "line"),
    [
        (Diagnostic("PB1", "wrong", SPAN), "", "::error file=protocols/a.yaml,line=3,col=7,title=PB1::wrong"),
        (Diagnostic("PB1", "wrong", SPAN), ".", "::error file=protocols/a.yaml,line=3,col=7,title=PB1::wrong"),
        (Diagnostic("PB1", "wrong", SPAN), "x/y", "::error file=x/y/protocols/a.yaml,line=3,col=7,title=PB1::wrong"),
        (Diagnostic("PB1", "wrong", severity=WARNING), "x", "::warning title=PB1::wrong"),
        (Diagnostic("PB1", "100 %", SPAN._replace(file="a,b:c.yaml"), "a\r\nb"), "",
         "::error file=a%2Cb%3Ac.yaml,line=3,col=7,title=PB1::100 %25%0Aa%0D%0Ab"),
    ],
)  # fmt: skip
def test_a_finding_is_an_annotation_at_its_line(finding: Diagnostic, folder: str, line: str) -> None:
    assert annotated([finding], folder) == f"{line}\n"


@given(st.text(), st.text())
def test_whatever_a_finding_says_it_is_one_line(message: str, hint: str) -> None:
    written = annotated([Diagnostic("PB1", message, SPAN, hint)])
    assert written.count("\n") == 1
    assert "\r" not in written


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_cannot_end_its_own_quotation(text: str) -> None:
    start, _, rest = quoted(text).partition("\n")
    mark = start.removeprefix("::stop-commands::")
    assert rest == f"{text}::{mark}::\n"
    assert mark not in text


def test_a_job_is_known_by_its_variable() -> None:
    assert wanted({"GITHUB_ACTIONS": "true"})
    assert not wanted({"GITHUB_ACTIONS": "false"})
    assert not wanted({})


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    """An annotation as the runner reads a command: `::name key=value,key=value::message`, with its escapes undone.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    assert line.startswith("::")
    head, _, message = line[2:].partition("::")
    name, _, rest = head.partition(" ")
    pairs = (each.partition("=")[::2] for each in rest.split(","))
    return name, {key: undone(value, "%3A", ":", "%2C", ",") for key, value in pairs}, undone(message)


def undone(text: str, *more: str) -> str:
    escapes = ("%0D", "\r", "%0A", "\n", *more, "%25", "%")
    for written, meant in zip(escapes[::2], escapes[1::2], strict=True):
        text = text.replace(written, meant)
    return text


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(NAMES, st.text(st.characters(exclude_categories=["Cs"])), st.integers(1, 999), st.integers(1, 999))
def test_what_the_runner_reads_is_what_was_found(file: str, message: str, line: int, column: int) -> None:
    written = annotated([Diagnostic("PB1", message, Span(file, line, column))])
    assert parsed(written.removesuffix("\n")) == (
        "error",
        {"file": file, "line": str(line), "col": str(column), "title": "PB1"},
        message,
    )
