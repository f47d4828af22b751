"""How long a text is, by the unit a channel counts in.

Each unit is a pure function from a text to a whole number. Latin text is counted with the standard library alone; what
needs Unicode's tables of graphemes and emoji loads the `regex` package when such a text comes.

Sources: X: configuration version 3 of twitter-text; Mastodon and Threads: their posting guides; SMS: 3GPP TS 23.038
(alphabet) and TS 23.040 (joined messages); graphemes: Unicode Standard Annex 29.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from playbook.channels.links import links
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import regex

LINK_LENGTH = 23
"""What a link counts on X and on Mastodon, however long it is."""

# Compiled when a text needs them: most have no mention.
_REMOTE_MENTION = r"(?i)(?<![=/\w])(@[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)@\w+(?:[.-]+\w+)*"
_HANDLE = r"@(\w+)(?:\s+|\Z)"

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENDED = frozenset("\f^{}\\[~]|€")


class Sms(Record):
    """How a text travels by SMS: in how many `segments`, in which `encoding`, and which characters forced UCS-2."""

    segments: int
    encoding: str
    forced_by: tuple[str, ...]


@cache
def _emoji() -> regex.Pattern[str]:
    """One emoji as it is seen: flag, keycap, or pictographs with skin tone, variation or tags, joined by ZWJ."""
    import regex

    one = (
        r"(?:\p{Emoji_Modifier_Base}\p{Emoji_Modifier}"
        r"|(?=\p{Emoji})(?![©®™♟](?!\uFE0F))\p{Extended_Pictographic}(?:\uFE0F|(?!\uFE0E)))"
        r"(?:[\U000E0020-\U000E007E]+\U000E007F)?"
    )
    return regex.compile(
        rf"[\U0001F1E6-\U0001F1FF]{{1,2}}|[0-9#*]\uFE0F?\u20E3|{one}(?:\u200D{one})*|\p{{Emoji_Modifier}}"
    )


def lead(text: str, mentions: Collection[str]) -> int:
    """Where `text` goes on after those of `mentions` that stand at its start.

    X puts the handles of those whom a reply answers in front of it by itself, and does not count them.
    """
    if not text.startswith("@"):
        return 0
    handles = {mention.removeprefix("@").casefold() for mention in mentions}
    handle, at = re.compile(_HANDLE), 0
    while (match := handle.match(text, at)) and match[1].casefold() in handles:
        at = match.end()
    return at


def _weighted(text: str) -> int:
    """X's count: NFC first, a link 23, an emoji sequence 2, then one or two for each code point by its range.

    Any well-formed sequence counts as one emoji, also one that no font draws as one.
    """
    if not _is_plain(text):
        from unicodedata import normalize

        text = normalize("NFC", text)
    total = at = 0
    for start, end in links(text):
        total += _weight(text[at:start]) + LINK_LENGTH
        at = end
    return total + _weight(text[at:])


def _weight(text: str) -> int:
    emoji = 0
    if any(char > "\u10ff" and _joins(char) for char in text):
        text, emoji = _emoji().subn("", text)
    return 2 * emoji + len(text) + sum(char > "\u10ff" and _is_heavy(char) for char in text)


def _is_heavy(char: str) -> bool:
    """Whether this one, above U+10FF, weighs 200 on X and not 100."""
    return not ("\u2000" <= char <= "\u200d" or "\u2010" <= char <= "\u201f" or "\u2032" <= char <= "\u2037")


def _joins(char: str) -> bool:
    """What can make several code points one emoji: without it an emoji is one code point and heavy as it is."""
    return (
        char in "\u200d\ufe0f\u20e3"
        or "\U0001f1e6" <= char <= "\U0001f1ff"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
    )


def _graphemes(text: str) -> int:
    """Characters as a reader sees them (extended grapheme clusters)."""
    if _is_plain(text):
        return len(text) - text.count("\r\n")
    import regex

    return len(regex.findall(r"\X", text))


def _is_plain(text: str) -> bool:
    """Whether it is Latin, punctuation and money: composed, and each a grapheme of its own, but for CR LF."""
    return all(
        char <= "\u02ff"
        or "\u2010" <= char <= "\u2027"
        or "\u2030" <= char <= "\u205e"
        or "\u20a0" <= char <= "\u20bf"
        or char == "\u2122"
        for char in text
    )


def _mastodon(text: str) -> int:
    """Graphemes; a link with its scheme is 23, and of `@user@server` only `@user` counts."""
    for start, end in reversed(links(text, bare=False)):
        text = text[:start] + "x" * LINK_LENGTH + text[end:]
    if text.count("@") > 1:
        text = re.sub(_REMOTE_MENTION, r"\1", text)
    return _graphemes(text)


def _emoji_bytes(text: str) -> int:
    """Characters, but for emoji, which count as many as they have bytes in UTF-8."""
    if not any(char > "\u2037" and _may_be_emoji(char) for char in text):
        return len(text)
    found = _emoji().findall(text)
    return len(text) + sum(_utf8(emoji) - len(emoji) for emoji in found)


def _may_be_emoji(char: str) -> bool:
    return char in "\u203c\u2049\u20e3\u2122\u2139\ufe0f" or "\u2190" <= char <= "\u3299" or char >= "\U0001f000"


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _utf8(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def sms(text: str) -> Sms:
    """How `text` travels by SMS.

    GSM-7 holds 160 septets, 153 in each joined part (`€ ^ { } [ ] ~ |`, the backslash and the form feed take two); one
    character outside its alphabet makes the whole text UCS-2: 70 units, 67 in each joined part. Neither an escape nor a
    surrogate pair is split between two parts. In Spanish `ñ ü é à` are in the alphabet, `á í ó ú` are not.
    """
    forced_by = tuple(dict.fromkeys(char for char in text if char not in _GSM and char not in _GSM_EXTENDED))
    if forced_by:
        costs, alone, joined, encoding = [_utf16(char) for char in text], 70, 67, "UCS-2"
    else:
        costs, alone, joined, encoding = [1 + (char in _GSM_EXTENDED) for char in text], 160, 153, "GSM-7"
    if sum(costs) <= alone:
        return Sms(min(len(costs), 1), encoding, forced_by)
    segments, room = 1, joined
    for cost in costs:
        if cost > room:
            segments, room = segments + 1, joined
        room -= cost
    return Sms(segments, encoding, forced_by)


def _segments(text: str) -> int:
    return sms(text).segments


_COUNTERS: dict[str, Callable[[str], int]] = {
    "characters": len,
    "utf16": _utf16,
    "utf8": _utf8,
    "graphemes": _graphemes,
    "weighted": _weighted,
    "mastodon": _mastodon,
    "emoji_bytes": _emoji_bytes,
    "segments": _segments,
}
UNITS = tuple(_COUNTERS)
"""Code points; UTF-16 units; UTF-8 bytes; graphemes; X's weighted count; Mastodon's; Threads'; SMS segments."""


def count(text: str, unit: str, mentions: Collection[str] = ()) -> int:
    """How long `text` is in `unit`, one of `UNITS`; `mentions` as in `lead`, in X's count alone.

    Raises:
        KeyError: there is no such unit.
    """
    if unit == "weighted" and mentions:
        text = text[lead(text, mentions) :]
    return _COUNTERS[unit](text)
