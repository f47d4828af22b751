"""A pack in a git repository of its own, to be edited, committed and compared."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from playbook.diagnostics import PlaybookError
from playbook.output import write
from playbook.review.serving import Wishes, serve

if TYPE_CHECKING:
    from pathlib import Path

PLAYBOOK = """\
brand: {name: Olmeda, signature: Olmeda}
locales: [en]
roles: {shop: {title: The shop}, boss: {title: The boss}}
marks: {refund: money goes back}
limits: {late: {value: 10, because: it is our word}}
red_lines:
  no_refund_for_a_threat:
    because: Paying for a threat teaches people to threaten
    when: threatens and not ours
    never: [refund]
"""
CASE = """\
questions:
  threatens: {ask: Do they threaten?, yes_no: true}
  ours: {ask: Was the error ours?, yes_no: true, unknown: true}
"""
PARCEL = """\
protocol: parcel
version: 1.0.0
title: Lost parcel
owner: shop
use: [case]
questions:
  days: {ask: How many days late is it?, number: {min: 0, max: 60}, worse: higher}
  item: {ask: What did they order?, choices: {book: A book, toy: A toy}}
steps:
  how_late: {ask: days, then: late}
  late:
    check:
      - {when: days >= limits.late, then: whose}
      - {then: reassure}
  whose: {ask: ours, then: {yes: pay, no: reassure, unknown: look}}
outcomes:
  reassure: {title: Reassure, level: 1, because: It is on its way, reply: {public: {own_words: [when it comes]}}}
  look:
    title: Look for it
    level: 1
    because: First we look
    reply: {public: look}
    actions:
      - {do: Search the depot, owner: shop, within: 4h}
      - {when: item == 'toy', do: Search the toys, owner: shop, within: 1d}
  pay:
    title: Pay it back
    level: 2
    because: Whoever waits need not look for what we lost
    marks: [refund]
    approval: [boss]
    reply: {private: {own_words: [that the money goes back]}}
"""
TOY = """\
protocol: toy
version: 1.0.0
title: Broken toy
owner: shop
use: [case]
steps:
  whose: {ask: ours, then: {yes: {protocol: parcel}, no: explain, unknown: parcel.whose}}
outcomes:
  explain: {title: Explain, level: 0, because: It is not ours, reply: {silence: nothing to say}}
"""
WORLD = {
    "playbook.yaml": PLAYBOOK,
    "protocols/shared/case.yaml": CASE,
    "protocols/parcel.yaml": PARCEL,
    "protocols/toy.yaml": TOY,
    "templates/en/parcel/look.j2": "We are looking for it.\n",
}


def git(folder: Path, *arguments: str) -> str:
    """What a git writes that knows of no settings."""
    settings = ("user.name=A", "user.email=a@example.org", "init.defaultBranch=main", "commit.gpgsign=false")
    command = ["git", *(part for each in settings for part in ("-c", each)), *arguments]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def put(files: dict[str, str], folder: Path) -> Path:
    """Write files into a folder."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        write(text, folder / path)
    return folder


def commit(folder: Path, message: str = "a change") -> str:
    """Commit all there is."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)
    return git(folder, "rev-parse", "HEAD")


def edit(folder: Path, path: str, old: str, new: str) -> None:
    """Exchange a text that is there once or more."""
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text, old
    (folder / path).write_text(text.replace(old, new), encoding="utf-8")


def told(capsys: pytest.CaptureFixture[str], wishes: Wishes) -> tuple[int, str, str]:
    """The exit code of a comparison, what it prints, and what it complains of."""
    code = serve(wishes)
    written = capsys.readouterr()
    return code, written.out, written.err


def refused(wishes: Wishes) -> list[tuple[str, str]]:
    """Codes and messages of a comparison that cannot be made."""
    with pytest.raises(PlaybookError) as fault:
        serve(wishes)
    assert fault.value.exit_code == 2
    return [(each.code, each.message) for each in fault.value.diagnostics]
