"""How long a text is, by the unit a channel counts in.

Each unit is a pure function from a text to a whole number. Latin text is counted with the standard library alone; what
needs Unicode's tables of graphemes and emoji loads the `regex` package when such a text comes.

Sources: X: twitter-text configuration version 3 and its published grammar of links; Mastodon and Threads: their posting
guides; SMS: 3GPP TS 23.038 (alphabet) and TS 23.040 (joined messages); graphemes: Unicode Standard Annex 29.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import regex

LINK_LENGTH = 23
"""What a link counts on X and on Mastodon, however long it is."""

# X's published grammar of links, from the same pieces. Both cases are spelled out: folding these ranges costs 20 ms.
_BAD = r"\ufffe\ufeff\uffff"
_APART = r"!'#%&()*+,\\./:;<=>?@\[\]^{|}~$"
_SPACES = r"\t-\r \x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_TURNS = r"\u202a-\u202e\u061c\u200e\u200f\u2066-\u2069"
_ACCENTED = (
    r"\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b\u02bb"
    r"\u0300-\u036f\u1e00-\u1eff"
)
_OUTSIDE = _APART + _SPACES + _TURNS + _BAD
_INNER = rf"[^{_OUTSIDE}]"
_LETTER = rf"[^{_OUTSIDE}_-]"
_NAMED = rf"{_LETTER}(?:[^{_OUTSIDE}_]*{_LETTER})?\."
_PATH = rf"[a-zA-Z\u0400-\u04ff0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{_ACCENTED}]"
_NESTED = rf"(?>\((?:{_PATH}+|{_PATH}*\({_PATH}+\){_PATH}*)\))"
_PATH_END = rf"(?:[+\-a-zA-Z\u0400-\u04ff0-9=_#/{_ACCENTED}]|{_NESTED})"
_QUERY = r"\?[a-zA-Z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-zA-Z0-9\-_&=#/]"
_SHORTENED = re.compile(rf"https?://t\.co/([a-z0-9]+)(?:{_QUERY})?", re.IGNORECASE)
_LONGEST_URL, _LONGEST_LABEL, _LONGEST_SLUG = 4096, 63, 40
_MOST_LABELS = 16
"""Of a host name, before its last two. X has no such bound; without one, `a.a.a.…` costs the square of its length."""

_MAY_LINK = re.compile(r"\.[^\W\d_]")
_REMOTE_MENTION = re.compile(r"(?<![=/\w])(@[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)@\w+(?:[.-]+\w+)*", re.IGNORECASE)
_HANDLE = re.compile(r"@(\w+)(?:\s+|\Z)")

_LIGHT = re.compile("[\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]+")
"""X's code points of weight 100 of 100; every other one weighs 200."""
_JOINED = re.compile("[\u200d\ufe0f\u20e3\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
"""What can make several code points one emoji: without them an emoji is one code point and weighs 200 as it is."""
_MAY_BE_EMOJI = re.compile("[\u203c\u2049\u20e3\u2122\u2139\u2190-\u3299\ufe0f\U0001f000-\U0010ffff]")
_ONE_EACH = re.compile("[\0-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2122]*")
"""Texts whose graphemes are their code points, but for CR LF."""

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
def _top_level() -> str:
    """The endings a link may have, as a pattern that branches on the first letter: a flat list is far slower."""
    from pathlib import Path

    lines = Path(__file__).with_name("link_endings.txt").read_text("utf-8").splitlines()
    names: dict[str, list[str]] = {}
    for name in " ".join(line for line in lines if not line.startswith("#")).split():
        names.setdefault(name[0], []).append(name[1:])
    branches = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in names.items())
    return rf"(?i:(?:{branches})(?=[^0-9a-zA-Z@+-]|\Z)|xn--[\-0-9a-z]+)"


@cache
def _url() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<before>[^A-Za-z0-9@\uff20$#\uff03{_BAD}]|\A)"
        r"(?P<url>(?P<scheme>(?i:https?)://)?"
        rf"(?P<domain>(?:{_LETTER}(?:{_INNER}*{_LETTER})?\.){{0,{_MOST_LABELS}}}{_NAMED}{_top_level()})"
        rf"(?::[0-9]+)?(?P<path>/(?:(?:{_PATH}|{_NESTED})*{_PATH_END})?)?(?:{_QUERY})?)"
    )


@cache
def _ascii_domain() -> re.Pattern[str]:
    return re.compile(rf"(?:[\-a-zA-Z0-9{_ACCENTED}]+\.)+{_top_level()}")


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


def links(text: str, *, bare: bool = True) -> list[tuple[int, int]]:
    """Where the links of `text` start and end, as X finds them.

    Covered: `http://` and `https://` with any host name, port, path with one level of parentheses, query and fragment;
    with `bare` also names without scheme, in ASCII and accented Latin, such as `example.com/help`; a `t.co` link ends
    with its slug. Not links: what follows `@`, `$`, `#` or a Latin letter, an e-mail address, a label over 63 bytes.
    The known endings stand in `link_endings.txt`: every country's, the generic ones in use and the commonest in other
    scripts. One that is not there, such as a brand's own, makes no link.
    """
    if not _MAY_LINK.search(text):
        return []
    return [span for match in _url().finditer(text) for span in _spans(match, bare=bare)]


def _spans(match: re.Match[str], *, bare: bool) -> list[tuple[int, int]]:
    """The links in one match: one with a scheme, else the ASCII names in it, the last one with its path."""
    scheme, domain, url = match["scheme"], match["domain"], match["url"]
    if not _is_host(domain) or len(scheme or "https://") + len(url) > _LONGEST_URL:
        return []
    start, end = match.span("url")
    if scheme:
        shortened = _SHORTENED.match(url)
        if shortened is None:
            return [(start, end)]
        return [] if len(shortened[1]) > _LONGEST_SLUG else [(start, start + shortened.end())]
    if not bare or match["before"] in {"-", "_", ".", "/"}:
        return []
    spans = [(start + name.start(), start + name.end()) for name in _ascii_domain().finditer(domain)]
    if spans and match["path"]:
        spans[-1] = (spans[-1][0], end)
    return spans


def _is_host(domain: str) -> bool:
    """Whether each label can be written in the domain name system; a label that claims to be punycode must be ASCII."""
    if domain.startswith("xn--") and not _ascii_domain().search(domain):
        return False
    return all(
        (len(label) if label.isascii() else len("xn--") + len(label.encode("punycode"))) <= _LONGEST_LABEL
        for label in domain.split(".")
    )


def lead(text: str, mentions: Collection[str]) -> int:
    """Where `text` goes on after those of `mentions` that stand at its start.

    X puts the handles of those whom a reply answers in front of it by itself, and does not count them.
    """
    handles = {mention.removeprefix("@").casefold() for mention in mentions}
    at = 0
    while (match := _HANDLE.match(text, at)) and match[1].casefold() in handles:
        at = match.end()
    return at


def _weighted(text: str) -> int:
    """X's count: NFC first, a link 23, an emoji sequence 2, then one or two for each code point by its range.

    Any well-formed sequence counts as one emoji, also one that no font draws as one.
    """
    if not text.isascii():
        from unicodedata import normalize

        text = normalize("NFC", text)
    total = at = 0
    for start, end in links(text):
        total += _weight(text[at:start]) + LINK_LENGTH
        at = end
    return total + _weight(text[at:])


def _weight(text: str) -> int:
    emoji = 0
    if _JOINED.search(text):
        text, emoji = _emoji().subn("", text)
    return 2 * emoji + len(text) + len(_LIGHT.sub("", text))


def _graphemes(text: str) -> int:
    """Characters as a reader sees them (extended grapheme clusters)."""
    if _ONE_EACH.fullmatch(text):
        return len(text) - text.count("\r\n")
    import regex

    return len(regex.findall(r"\X", text))


def _mastodon(text: str) -> int:
    """Graphemes; a link with its scheme is 23, and of `@user@server` only `@user` counts."""
    for start, end in reversed(links(text, bare=False)):
        text = text[:start] + "x" * LINK_LENGTH + text[end:]
    return _graphemes(_REMOTE_MENTION.sub(r"\1", text))


def _emoji_bytes(text: str) -> int:
    """Characters, but for emoji, which count as many as they have bytes in UTF-8."""
    if not _MAY_BE_EMOJI.search(text):
        return len(text)
    found = _emoji().findall(text)
    return len(text) + sum(_utf8(emoji) - len(emoji) for emoji in found)


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
