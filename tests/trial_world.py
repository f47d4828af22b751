"""A small pack with everything that a run of scenarios can come to: two protocols, first lines, numbers, red lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.loader import load
from playbook.scenarios.trial import Trial, attempt
from playbook.source.guard import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from playbook.protocol import Pack

PLAYBOOK = """\
brand: {name: Acme, signature: {en: The team, es: El equipo}}
locales: [en, es]
roles:
  team: {title: Team}
marks: {refund: we pay back, apology: we say sorry}
limits:
  serious: {value: 8, because: the contract says so}
red_lines:
  sorry_for_our_own:
    because: it was us
    when: fault == 'us'
    always: [apology]
"""
FLAGS = """\
questions:
  fault: {ask: Whose?, choices: {us: Ours, them: Theirs}, unknown: true}
  alarm: {ask: Danger?, yes_no: true}
first:
  - {when: alarm, then: safety.call}
"""
PARCEL = """\
protocol: parcel
version: 1.0.0
title: Parcel
owner: team
use: [flags]
questions:
  days: {ask: How late?, number: {min: 0, max: 30}}
  worth: {ask: How much?, number: {min: 0, max: 100}}
  ref: {ask: Which?, text: {max: 20}}
steps:
  whose: {ask: fault, then: {us: late, them: explain, unknown: late}}
  late: {ask: days, then: how_late}
  how_late:
    check:
      - when: days >= limits.serious
        then: repay
      - then: explain
outcomes:
  repay:
    title: Repay
    level: 2
    because: B
    marks: [apology]
    answer_within: 1h
    reply: {public: repay, private: repay_dm}
    actions:
      - {when: worth > 50, do: Pay, owner: team, within: 1h, marks: [refund]}
  explain:
    title: Explain
    level: 1
    because: B
    marks: [apology]
    reply: {public: explain}
"""
SAFETY = """\
protocol: safety
version: 1.0.0
title: Safety
owner: team
use: [flags]
steps:
  look: {check: [{then: quiet}]}
outcomes:
  call:
    title: Call
    level: 3
    because: B
    marks: [apology]
    reply: {private: {own_words: [Say who you are, Listen]}}
  quiet: {title: Quiet, level: 0, because: B, marks: [apology], reply: {silence: S}}
"""
TEMPLATES = {
    "en/parcel/repay": "Sorry about {{ ref }}.\nWe pay you back {{ due.answer | when }}.",
    "es/parcel/repay": "Perdona lo de {{ ref }}.",
    "en/parcel/repay_dm": "Hello.",
    "es/parcel/repay_dm": "Hola.",
    "en/parcel/explain": "Thank you.",
    "es/parcel/explain": "Gracias.",
}
SCENARIOS = """\
scenarios:
  - name: eight days late
    channel: x
    answers: {alarm: no, fault: us, days: 8, worth: 51, ref: A-1}
    expect:
      outcome: repay
      path: [whose, late, how_late]
      asked: [alarm, fault, days]
      red_lines: []
      reply:
        en: {contains: [A-1], snapshot: true, channels: {email: {snapshot: true, lacks: [Thank you]}}}
        es: {snapshot: true}
"""
SAFETY_SCENARIOS = """\
scenarios:
  - {name: danger, answers: {alarm: yes}, expect: {outcome: call, path: []}}
  - {name: no danger, answers: {alarm: no}, expect: {outcome: quiet, path: [look]}}
"""
SNAPSHOTS = """\
# parcel

Replies as the scenarios expect them, written by `playbook test --update`. Read what changes here.

## eight days late

### en

    public:
    Sorry about A-1.
    We pay you back today at 13:00.

    private:
    Hello.

### en on email

    private:
    Hello.

### es

    public:
    Perdona lo de A-1.

    private:
    Hola.
"""
FILES = {
    "playbook.yaml": PLAYBOOK,
    "protocols/shared/flags.yaml": FLAGS,
    "protocols/parcel.yaml": PARCEL,
    "protocols/safety.yaml": SAFETY,
    "protocols/parcel.scenarios.yaml": SCENARIOS,
    "protocols/safety.scenarios.yaml": SAFETY_SCENARIOS,
    "protocols/parcel.snapshots.md": SNAPSHOTS,
    **{f"templates/{path}.j2": text for path, text in TEMPLATES.items()},
}


def pack(changed: Mapping[str, str | None] | None = None) -> Pack:
    """The pack, with other texts for these files; None leaves one out."""
    files = {**FILES, **(changed or {})}
    loaded = load({path: text.encode() for path, text in files.items() if text is not None})
    assert loaded.pack is not None, loaded.diagnostics
    return loaded.pack


def trial(
    changed: Mapping[str, str | None] | None = None,
    *protocols: str,
    update: bool = False,
    fail_under: int | None = None,
) -> Trial:
    """A run of the scenarios of these protocols, or of all."""
    known = pack(changed)
    chosen = protocols or tuple(known.protocols)
    return attempt(known, chosen, Limits(), update=update, fail_under=fail_under)


def write(folder: Path, changed: Mapping[str, str | None] | None = None) -> Path:
    """The pack in a folder."""
    for path, text in {**FILES, **(changed or {})}.items():
        if text is not None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    return folder
