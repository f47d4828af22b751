"""Corners that no sitting reaches: completion of `show`, and a moment that is not there."""

from __future__ import annotations

from types import SimpleNamespace

from playbook import screen
from playbook.commands import show
from playbook.words import Words
from tests.result_world import told
from tests.shipped import shipped


def test_show_completes_the_protocols_of_the_pack() -> None:
    assert shipped()
    found = show._protocols(SimpleNamespace(params={"pack": None}), "thr")  # type: ignore[arg-type]
    assert [name for name, _ in found] == ["threat"]


def test_a_deadline_that_is_not_there_is_not_told() -> None:
    assert screen.when(None, told("wall", "en", fault="customer"), Words("en")) == ""
