from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic, Span
from playbook.report import SHOWN, tell, told

if TYPE_CHECKING:
    import pytest


def test_a_diagnostic_says_where_what_and_how_to_mend_it() -> None:
    found = Diagnostic(
        "PB030", "`titel` is no key of a protocol", Span("protocols/x.yaml", 3, 1), "did you mean `title`?"
    )
    assert told(found) == (
        "protocols/x.yaml:3:1: error: `titel` is no key of a protocol [PB030]\n  hint: did you mean `title`?"
    )


def test_place_and_cure_may_be_missing() -> None:
    assert told(Diagnostic("PB402", "something", severity=WARNING)) == "warning: something [PB402]"


def test_nothing_in_it_can_fake_a_line_or_move_the_cursor() -> None:
    found = Diagnostic("PB301", "a\nerror: b\x1b[2J\u202e", hint="c\r\nd")
    assert told(found) == "error: a\\x0aerror: b\\x1b[2J\\u202e [PB301]\n  hint: c\\x0d\\x0ad"


def test_more_than_a_screenful_is_only_counted(capsys: pytest.CaptureFixture[str]) -> None:
    tell([Diagnostic("PB301", str(number)) for number in range(SHOWN + 7)])
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == SHOWN + 1
    assert lines[-1] == "… and 7 more"
