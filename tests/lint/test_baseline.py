"""The baseline: what was there before is known again, and what is new is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.diagnostics import Diagnostic, PlaybookError, Span
from playbook.formats.fingerprints import fingerprints
from playbook.lint.baseline import read, unknown, written

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {"f": "one\ntwo\n  three\n", "g": "four"}
lines = st.integers(0, 6)
findings = st.builds(
    lambda code, message, file, line: Diagnostic(code, message, Span(file, line) if file else None),
    st.sampled_from(("PB601", "PB602")),
    st.sampled_from(("a", "b")),
    st.sampled_from(("f", "g", "h", "")),
    lines,
)


@given(st.lists(findings, max_size=12))
def test_no_two_findings_have_the_same_fingerprint(found: list[Diagnostic]) -> None:
    assert len({*fingerprints(found, TEXTS)}) == len(found)


@given(st.lists(findings, max_size=12), st.integers(1, 5))
def test_a_finding_is_known_again_when_lines_come_in_above_it(found: list[Diagnostic], more: int) -> None:
    moved = [
        each._replace(span=each.span._replace(line=each.span.line + more)) if each.span else each for each in found
    ]
    texts = {file: "\n" * more + text for file, text in TEXTS.items()}
    inside = [at for at, each in enumerate(found) if each.span is None or each.span.line]
    before, after = fingerprints(found, TEXTS), fingerprints(moved, texts)
    if len(inside) == len(found):
        assert before == after


@given(st.lists(findings, max_size=12))
def test_what_is_written_is_read_and_leaves_nothing_new(found: list[Diagnostic]) -> None:
    import json

    marks = frozenset(each["fingerprint"] for each in json.loads(written(found, TEXTS))["findings"])
    assert unknown(found, TEXTS, marks) == ((), 0)
    assert unknown([], TEXTS, marks) == ((), len(found))
    assert unknown(found, TEXTS, frozenset()) == (tuple(found), 0)


def test_a_second_finding_of_the_same_kind_is_new() -> None:
    one = Diagnostic("PB601", "m", Span("f", 1))
    marks = frozenset(fingerprints([one], TEXTS))
    assert unknown([one, one], TEXTS, marks) == ((one,), 0)


def test_a_baseline_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "known.json"
    path.write_text(written([Diagnostic("PB601", "m", Span("f", 2, 5))], TEXTS), encoding="utf-8")
    assert path.read_text(encoding="utf-8").count("\n") == 3
    assert len(read(path)) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "cannot read `known.json`: no such file or directory"),
        ("{", "`known.json` is no baseline"),
        ("[]", "`known.json` is no baseline"),
        ("{}", "`known.json` is no baseline"),
        ('{"baseline": 1, "findings": [1]}', "`known.json` is no baseline"),
        ('{"baseline": 2, "findings": []}', "`known.json` is a baseline of another version"),
        ("[" * 100_000, "`known.json` is no baseline"),
    ],
)
def test_what_is_no_baseline_is_refused(
    text: str | None, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pathlib import Path as Path_

    monkeypatch.chdir(tmp_path)
    if text is not None:
        (tmp_path / "known.json").write_text(text, encoding="utf-8")
    with pytest.raises(PlaybookError) as fault:
        read(Path_("known.json"))
    assert [(each.code, each.message) for each in fault.value.diagnostics] == [("PB652", message)]
