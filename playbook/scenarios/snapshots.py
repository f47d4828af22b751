"""Replies as they were when an author last said that they are right, kept beside the scenarios that expect them.

A file of them is Markdown, to be read in a review: a heading for each scenario, one for each locale (and channel), and
the reply indented below it. Nothing of a reply is changed, so that what is compared is what a customer would read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.loader.opening import PROTOCOLS, SNAPSHOTS
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playbook.protocol import Pack
    from playbook.scenarios.cases import Reading

HEAD = "Replies as the scenarios expect them, written by `playbook test --update`. Read what changes here."
NAME, WHERE, INDENT, ON = "## ", "### ", "    ", " on "


class Stored(Record):
    """The snapshots of a protocol: each reply by what it is of; `why` says why they cannot be read, if so."""

    texts: Mapping[Reading, str]
    why: str = ""


def path_of(protocol: str) -> str:
    """The file that keeps the snapshots of a protocol."""
    return f"{PROTOCOLS}{protocol}{SNAPSHOTS}"


def read(pack: Pack, protocol: str, largest: int) -> Stored:
    """The snapshots of a protocol; none where it has no file."""
    path = path_of(protocol)
    if path not in pack.files:
        return Stored({})
    try:
        data = pack.files[path]
    except OSError as fault:
        return Stored({}, (fault.strerror or "it failed").lower())
    if len(data) > largest:
        return Stored({}, f"it has more than {largest:,} bytes")
    try:
        return Stored(parsed(data.decode("utf-8-sig")))
    except UnicodeDecodeError:
        return Stored({}, "it is not UTF-8")


def parsed(text: str) -> dict[Reading, str]:
    """The replies in a file's text. Never raises: what is none is passed over, and then fails as missing."""
    found: dict[Reading, list[str]] = {}
    name = ""
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.startswith(NAME):
            name, lines = line[len(NAME) :], []
        elif line.startswith(WHERE):
            locale, _, channel = line[len(WHERE) :].partition(ON)
            lines = found.setdefault((name, locale, channel), [])
        elif line.startswith(INDENT):
            lines.append(line[len(INDENT) :])
        else:
            lines.append("")
    return {key: snapshot("\n".join(each)) for key, each in found.items()}


def snapshot(text: str) -> str:
    """A reply as it can be kept: line ends as in the file, no empty lines around it."""
    return text.replace("\r\n", "\n").strip("\n")


def written(protocol: str, texts: Mapping[Reading, str]) -> str:
    """The text of a file that keeps these replies, in the order given."""
    parts = [f"# {protocol}\n\n{HEAD}\n"]
    last = None
    for (name, locale, channel), text in texts.items():
        if name != last:
            parts.append(f"{NAME}{name}\n")
            last = name
        indented = "\n".join(f"{INDENT}{line}" if line else "" for line in text.split("\n"))
        parts.append(f"{WHERE}{locale}{ON if channel else ''}{channel}\n\n{indented}\n")
    return "\n".join(parts)
