from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import cascade
from tests.worlds import OUTCOME, loaded, protocol

if TYPE_CHECKING:
    import pytest


def test_a_check_of_too_many_sorts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cascade, "MOST_CASES", 1)
    lines = "".join(f"      - {{when: days == {at}, then: out}}\n" for at in range(40))
    text = (
        "questions:\n  days: {ask: Q, number: {min: 0, max: 99}, unknown: true}\n"
        f"steps:\n  s:\n    check:\n{lines}      - unknown: out\n      - then: out\noutcomes:\n  out: {OUTCOME}\n"
    )
    assert "PB069" in [each.code for each in loaded(protocol(text)).diagnostics]
