"""The channels: how long a reply may be on each, whether it fits, and how it becomes a numbered thread.

What ships stands in `channels.json`, with its source and the day it was checked; a pack may change any of it.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from playbook.channels.counting import count, lead, sms
from playbook.protocol import Text
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping


class Limit(Record):
    """At most `count` of `unit`, one of `counting.UNITS`."""

    count: int  # type: ignore[assignment] # the word of the language; nobody counts the items of a limit
    unit: str


class Channel(Record):
    """A place where people write to us and we answer."""

    id: str
    name: Text
    private: bool = False
    """Only the person reads it."""
    theirs: bool = False
    """What others write there cannot be removed by us."""
    thread: bool = False
    """A long reply may be a numbered thread."""
    limits: tuple[Limit, ...] = ()
    """All of them hold; none: no limit is known."""
    answer_within: str | None = None
    """How soon people expect an answer, such as `1h`."""
    source: str | None = None
    checked: str | None = None
    """The day the limits were looked up, as `2026-11-22`."""
    certain: bool = True
    """False where the platform itself does not say so: too long is then a warning."""
    note: Text | None = None


class Measure(Record):
    """How long a text is on a channel, by the limit that it comes closest to or exceeds most."""

    length: int
    limit: int | None
    """None where no limit is known."""
    unit: str
    over: int
    """By how much it is too long, in `unit`."""
    certain: bool
    encoding: str | None = None
    """For SMS, `GSM-7` or `UCS-2`."""
    forced_by: tuple[str, ...] = ()
    """For SMS, the characters that made it UCS-2."""

    @property
    def fits(self) -> bool:
        """Whether it can be sent as it is."""
        return not self.over


class _Break(Record):
    """A place where a text may be divided: a part ends at `end`, the next starts at `start`."""

    end: int
    start: int
    rank: int


_WORD, _SENTENCE, _PARAGRAPH, _END = range(4)
# Compiled when a reply becomes a thread: few do. A no-break space keeps what it joins in one part.
_GAP = r"[^\S\xa0\u2007\u202f]+"
_STOP = r"[.!?…][\"'»”’)\]]*\Z"
# Their full stop ends no sentence, though a capital follows.
_ABBREVIATED = frozenset(
    "D. Dª. Dña. Dr. Dra. Sr. Sra. Srta. Ud. Uds. Vd. EE. UU. núm. n.º art. Mr. Mrs. Ms. Dr. St. No.".split()
)


@cache
def shipped() -> Mapping[str, Channel]:
    """The channels that ship, by id, in the order in which they are offered."""
    data = json.loads(Path(__file__).with_name("channels.json").read_bytes())
    return MappingProxyType({name: _channel(name, fields) for name, fields in data["channels"].items()})


def _channel(name: str, fields: dict[str, object]) -> Channel:
    texts = {key: Text(MappingProxyType(value), "en") for key, value in fields.items() if isinstance(value, dict)}
    limits = tuple(Limit(**limit) for limit in fields["limits"])  # type: ignore[attr-defined] # a list, a test holds
    return Channel(id=name, **{**fields, **texts, "limits": limits})  # type: ignore[arg-type] # as above


def measure(text: str, channel: Channel, mentions: Collection[str] = ()) -> Measure:
    """How long `text` is on `channel`.

    `mentions` are the handles that X puts at the start of a reply by itself; there they count nothing. Without a known
    limit the length is in graphemes.
    """
    if not channel.limits:
        return Measure(count(text, "graphemes"), None, "graphemes", 0, channel.certain)
    lengths = {limit: count(text, limit.unit, mentions) for limit in channel.limits}
    limit, length = max(lengths.items(), key=lambda found: found[1] / max(found[0].count, 1))
    encoding, forced_by = (sms(text).encoding, sms(text).forced_by) if limit.unit == "segments" else (None, ())
    return Measure(length, limit.count, limit.unit, max(length - limit.count, 0), channel.certain, encoding, forced_by)


def thread(text: str, channel: Channel, mentions: Collection[str] = ()) -> tuple[str, ...] | None:
    """`text` as parts that each fit, numbered `1/3 …`; alone and without a number where it fits as it is.

    Parts end where a paragraph, else a sentence, else a word ends; nothing is cut and only the space between two parts
    goes. Mentions at the start stay in front of the first number. None where the channel has no threads or one word is
    too long.
    """
    if measure(text, channel, mentions).fits:
        return (text,)
    if not channel.thread:
        return None
    start = lead(text, mentions)
    front, body, total = text[:start], text[start:].strip(), 2

    def fits(part: str) -> bool:
        return measure(part, channel, mentions).fits

    # A longer total makes longer numbers, and so perhaps more parts: until it holds.
    while len(parts := _divide(front, body, total, fits)) > total:
        total = len(parts)
    return tuple(_numbered(front, at, len(parts), part) for at, part in enumerate(parts, 1)) or None


def _numbered(front: str, at: int, total: int, part: str) -> str:
    return f"{front if at == 1 else ''}{at}/{total} {part}"


def _divide(front: str, body: str, total: int, fits: Callable[[str], bool]) -> list[str]:
    """`body` in parts that fit with their number out of `total`; none at all where one word is too long."""
    breaks, parts, at = list(_breaks(body)), list[str](), 0
    while breaks:
        start = _numbered(front, len(parts) + 1, total, "")
        fitting = _fitting(start, body[at:], [gap.end - at for gap in breaks], fits)
        if not fitting:
            return []
        best = _best(breaks[:fitting], at)
        parts.append(body[at : breaks[best].end])
        at = breaks[best].start
        del breaks[: best + 1]
    return parts


def _fitting(start: str, rest: str, ends: list[int], fits: Callable[[str], bool]) -> int:
    """How many of the `ends` leave a part that fits: a longer part never counts less, as every end is at a space."""
    return bisect_left(ends, 1, key=lambda end: not fits(start + rest[:end]))


def _best(breaks: list[_Break], at: int) -> int:
    """The break to take of those that fit: the end, else the best kind that leaves no half-empty part, its last one."""
    enough = (breaks[-1].end - at) / 2
    _, best = max((gap.rank, place) for place, gap in enumerate(breaks) if gap.rank == _END or gap.end - at >= enough)
    return best


def _breaks(body: str) -> Iterator[_Break]:
    """Where `body` may be divided, in order, its end included."""
    word = 0
    for gap in re.finditer(_GAP, body):
        yield _Break(gap.start(), gap.end(), _rank(gap, body[word : gap.start()]))
        word = gap.end()
    yield _Break(len(body), len(body), _END)


def _rank(gap: re.Match[str], word: str) -> int:
    """What ends at `gap`, after `word`: a paragraph, a sentence or a line, or only the word."""
    lines = gap[0].count("\n")
    if lines:
        return _PARAGRAPH if lines > 1 else _SENTENCE
    following = gap.string[gap.end()]
    ends = re.search(_STOP, word) and word not in _ABBREVIATED and not (following.islower() or following.isdigit())
    return _SENTENCE if ends else _WORD
