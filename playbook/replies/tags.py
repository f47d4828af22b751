"""A template's source, cut into its tags and the texts between them."""

from __future__ import annotations

import re
from functools import lru_cache

from playbook.conditions.expression import LONGEST
from playbook.record import Record

LONGEST_TAG = LONGEST + 100
"""Most characters between the braces of a tag; comments may be longer."""


class Fault(Exception):  # noqa: N818 - it is caught at once and becomes a diagnostic
    """What is wrong with a template: `at` counts characters from 0."""

    def __init__(self, code: str, message: str, at: int, hint: str | None = None) -> None:
        """Keep the four."""
        super().__init__(message)
        self.code, self.message, self.at, self.hint = code, message, at, hint


class Tag(Record):
    """A tag or comment: what opens it, its keyword (empty outside of `{% %}`), where its body starts and ends."""

    opens: str
    word: str
    at: int
    start: int
    end: int
    strips_left: bool
    strips_right: bool

    @property
    def after(self) -> int:
        """Where the text goes on."""
        return self.end + (len("-%}") if self.strips_right else len("%}"))

    @property
    def steps_aside(self) -> bool:
        """Whether a line of nothing but such tags goes away."""
        return self.opens == "{#" or self.word in ("if", "elif", "else", "endif")


_OPENS = re.compile(r"(\{\{|\{%|\{#)(-?)")
_ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
# A string may hold the braces that would close the tag, as in Jinja. A group is matched by the end alone.
_INSIDE = {
    "{{": re.compile(r"""'[^'\n]*'|"[^"\n]*"|(-?)\}\}|\{[{%#]|[^'"{}-]+|.""", re.DOTALL),
    "{%": re.compile(r"""'[^'\n]*'|"[^"\n]*"|(-?)%\}|\{[{%#]|[^'"{%-]+|.""", re.DOTALL),
    "{#": re.compile(r"(-?)#\}|[^#-]+|.", re.DOTALL),
}
# Nearly all tags hold names and strings and no other brace: these end where they first can.
_PLAIN = {
    "{{": re.compile(r"""(?:[^'"{}-]|'[^'\n]*'|"[^"\n]*"|-(?!\}\}))*+(-?)\}\}"""),
    "{%": re.compile(r"""(?:[^'"{%-]|'[^'\n]*'|"[^"\n]*"|-(?!%\})|%(?!\}))*+(-?)%\}"""),
}
_STRAY = re.compile(r"[}%#]\}")
_WORD = re.compile(r"[ \t\n]*([A-Za-z0-9_]*)")
_BLANK = re.compile(r"[ \t]*\Z")
_LINE_STARTS = re.compile(r"\n[ \t]*\Z")
_LINE_ENDS = re.compile(r"[ \t]*\n")


@lru_cache(maxsize=10_000)  # as many files as a pack may have
def cut(source: str) -> tuple[tuple[Tag, ...], tuple[str, ...]]:
    """The tags of `source`, and the texts before, between and after them as they print. Raises Fault."""
    tags: list[Tag] = []
    texts: list[str] = []
    at = 0
    while (match := _OPENS.search(source, at)) is not None:
        texts.append(_text(source, at, match.start()))
        tags.append(_closed(source, match))
        at = tags[-1].after
    texts.append(_text(source, at, len(source)))
    return tuple(tags), tuple(_trimmed(tags, texts))


def _text(source: str, start: int, end: int) -> str:
    stray = _STRAY.search(source, start, end)
    if stray is not None:
        opening = "{" + stray[0][0].replace("}", "{")
        raise Fault("PB203", f"`{stray[0]}` closes nothing", stray.start(), f"open it with `{opening}`, or delete it")
    return source[start:end]


def _closed(source: str, match: re.Match[str]) -> Tag:
    """The tag that `match` opens, up to where it is closed."""
    opens, start = match[1], match.end()
    plain = _PLAIN[opens].match(source, start) if opens in _PLAIN else None
    if plain is not None and plain.start(1) - start <= LONGEST_TAG:
        return _tag(source, match, plain)
    for piece in _INSIDE[opens].finditer(source, start):
        if piece[1] is not None:
            return _tag(source, match, piece)
        if piece[0] in _ENDS or (opens != "{#" and piece.end() - start > LONGEST_TAG):
            break
    raise Fault("PB203", f"`{opens}` is not closed", match.start(), f"close it with `{_ENDS[opens]}`")


def _tag(source: str, opens: re.Match[str], ends: re.Match[str]) -> Tag:
    """The tag between what opens it and what ends it, whose group 1 is its last `-`."""
    start, end = opens.end(), ends.start(1)
    word = _WORD.match(source, start, end)
    keyword = word[1] if word is not None and opens[1] == "{%" else ""
    return Tag(opens[1], keyword, opens.start(), start, end, bool(opens[2]), bool(ends[1]))


def _trimmed(tags: list[Tag], texts: list[str]) -> list[str]:
    """The texts without the lines that only hold tags that step aside, and without what `-` takes."""
    trimmed = texts[:]
    for first, last, end in _lines(tags, texts):
        trimmed[first] = trimmed[first].rstrip(" \t")
        trimmed[first + 1 : last + 1] = [""] * (last - first)
        trimmed[last + 1] = trimmed[last + 1][end:]
    for index, tag in enumerate(tags):
        if tag.strips_left:
            trimmed[index] = trimmed[index].rstrip()
        if tag.strips_right:
            trimmed[index + 1] = trimmed[index + 1].lstrip()
    return trimmed


def _lines(tags: list[Tag], texts: list[str]) -> list[tuple[int, int, int]]:
    """The runs of tags that alone fill a line: the first, the last, and how much of the text behind ends the line."""
    found = []
    at = 0
    while at < len(tags):
        first = last = at
        while last + 1 < len(tags) and tags[last + 1].steps_aside and _BLANK.match(texts[last + 1]):
            last += 1
        at = last + 1
        starts = _LINE_STARTS.search(texts[first]) or (first == 0 and _BLANK.match(texts[0]))
        ends = _LINE_ENDS.match(texts[at]) or (at == len(tags) and _BLANK.match(texts[at]))
        if tags[first].steps_aside and starts and ends:
            found.append((first, last, ends.end()))
    return found
