"""A pack for pictures: red lines that bar some outcomes, a scenario, words that try to be markup."""

from __future__ import annotations

from tests.shelf import PARCEL, WORLD

EVIL = '"] --> x; <script>alert(1)</script> & #quot; \\\\N **b** [l](https://e.example) %%{init}%%'

RED = """
marks: {gift: A gift is made., sorry: We say sorry., call: We call.}
red_lines:
  no_gifts: {because: {es: No se compra a nadie., en: Nobody is bought.}, when: danger, never: [gift]}
  always_sorry: {because: Sorry comes first., when: danger, always: [sorry]}
  not_here: {because: Not in these., never: [gift], except: {parcel: It is fine here., safety: Here too.}}
"""
OUTCOMES = """outcomes:
  explain:
    title: {es: Explicarlo, en: Explain}
    level: 1
    because: sí
    reply: {silence: sí}
    answer_within: 2h
    approval: [shop]
    actions:
      - {do: Write., owner: community, within: 1d}
      - {do: Call., owner: community, within: 1h}
      - {do: Look., owner: shop}
      - {do: Perhaps., owner: shop, within: 20min, when: angry, marks: [gift]}
    follow_up: {owner: community, check: Done?, within: 1d}
  repair: {title: {es: Repararlo, en: Repair}, level: 2, because: sí, reply: {silence: sí}, marks: [gift, sorry]}
red_lines:
  own: {because: Our own line., with: [gift], never: [call]}
"""
SCENARIOS = """
scenarios:
  - name: theirs and calm
    answers: {danger: false, days: 2, fault: theirs, angry: false}
    expect: {outcome: explain, red_lines: []}
"""
PICTURED = {
    **WORLD,
    "playbook.yaml": WORLD["playbook.yaml"] + RED,
    "protocols/parcel.yaml": PARCEL[: PARCEL.index("outcomes:")] + OUTCOMES,
    "protocols/parcel.scenarios.yaml": SCENARIOS,
}
