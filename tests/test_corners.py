"""A corner that no sitting reaches: completion where a protocol is named."""

from __future__ import annotations

from types import SimpleNamespace

from playbook.commands import offer_protocols
from tests.shipped import shipped


def test_the_protocols_of_the_pack_are_completed() -> None:
    assert shipped()
    found = offer_protocols(SimpleNamespace(params={"pack": None}), "thr")  # type: ignore[arg-type]
    assert [name for name, _ in found] == ["threat"]
