"""The pack of `result_world` with a file of scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.loader import load
from tests.result_world import PARCEL, PLAYBOOK, TEMPLATES

if TYPE_CHECKING:
    from playbook.protocol import Pack

FILE = "protocols/parcel.scenarios.yaml"
GOOD = """
scenarios:
  - name: nine days late and ours
    channel: wall
    answers: {fault: us, days: 9, order_ref: A-1, wants_refund: yes}
    expect:
      outcome: make_right
      level: 3
      asked: [fault, days]
      marks: {has: [apology, refund], lacks: []}
      actions:
        - {owner: logistics, within: 4h}
        - {owner: management, do: devolver}
        - {owner: community}
      avoid: [Ironía, dates]
      reply:
        es: {contains: [ERROR HA SIDO, A-1], lacks: [molestias]}
        en: {contains: [leaves today], lacks: [inconvenience]}
"""


def with_scenarios(text: str, parcel: str = PARCEL, **templates: str) -> Pack:
    files = {"playbook.yaml": PLAYBOOK, "protocols/parcel.yaml": parcel, FILE: text}
    files |= {f"templates/{path}.j2": body for path, body in {**TEMPLATES, **templates}.items()}
    loaded = load({path: body.encode() for path, body in files.items()})
    assert loaded.pack is not None, loaded.diagnostics
    return loaded.pack
