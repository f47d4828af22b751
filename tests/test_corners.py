"""A corner that no sitting reaches: completion of `show` and `verify`."""

from __future__ import annotations

from types import SimpleNamespace

from playbook.commands import show, verify
from tests.shipped import shipped


def test_show_completes_the_protocols_of_the_pack() -> None:
    assert shipped()
    found = show._protocols(SimpleNamespace(params={"pack": None}), "thr")  # type: ignore[arg-type]
    assert [name for name, _ in found] == ["threat"]


def test_verify_completes_the_protocols_of_the_pack() -> None:
    found = verify._protocols(SimpleNamespace(params={"pack": None}), "thr")  # type: ignore[arg-type]
    assert [name for name, _ in found] == ["threat"]
