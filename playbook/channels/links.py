"""Where the links of a text stand, as X finds them.

X publishes its grammar of links as patterns. Here the same grammar is written as code: to compile those patterns, with
every ending that a host name may have, takes longer than all the rest of a reply.

Source: the patterns of twitter-text 3.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_LOWER, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "0123456789"
_LATIN = _LOWER + _LOWER.upper() + _DIGITS
_SPACES = "\t\n\v\f\r \x85\xa0\u1680\u180e\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_TURNS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_BAD = "\ufffe\ufeff\uffff"
_APART = dict.fromkeys(map(ord, "!'#%&()*+,\\/:;<=>?@[]^{|}~$" + _SPACES + _TURNS + _BAD), " ")
"""What stands in no host name; everything else may."""
_BARRED = frozenset(_LATIN + "@\uff20$#\uff03" + _BAD)
"""Right after these no link starts."""
_FOLDED = {ord(char): like for char, like in zip("İıſϵᲀᲁᲂᲃᲄᲅ", "iisεвдостт", strict=True)}  # noqa: RUF001 - that is the point
"""Letters that differ from others by case alone, though `str.lower` keeps them apart."""

_ENDING_GOES_ON = frozenset(_LOWER + _DIGITS + "@+-")
_SLUG = frozenset(_LOWER + _DIGITS)
_PUNYCODE = _SLUG | {"-"}
_NAME = frozenset(_LATIN + "-")
_PATH = frozenset(_LATIN + "!*';:=+,.$/%#[]-_~@|&\u2013")
_NO_PATH_END = frozenset("!*';:,.$%[]~@|&\u2013")
_QUERY = frozenset(_LATIN + "!?*'@();:&=+$/%#[]-_.,~|")
_QUERY_END = frozenset(_LATIN + "-_&=#/")
_ACCENTED = frozenset("\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b\u02bb")

_HTTP, _HTTPS, _SHORTENER = "http://", "https://", "t.co/"
_LONGEST_URL, _LONGEST_LABEL, _LONGEST_SLUG = 4096, 63, 40
_MOST_LABELS = 17
"""Of a host name, before its ending. X has no such bound; without one, `a.a.a.…` costs the square of its length."""

Span = tuple[int, int]


class _Label(Record):
    """A part of a host name, up to its dot; `ending` is where an ending after that dot stops, 0 if there is none."""

    start: int
    dot: int
    ending: int


class _Match(Record):
    """What looks like a link: its start, where its host name starts and stops, where its path starts, and its end."""

    start: int
    host: int
    labels: Sequence[_Label]
    path: int
    end: int


def links(text: str, *, bare: bool = True) -> list[Span]:
    """Where the links of `text` start and end, as X finds them.

    Covered: `http://` and `https://` with any host name, port, path with one level of parentheses, query and fragment;
    with `bare` also names without scheme, in ASCII and accented Latin, such as `example.com/help`; a `t.co` link ends
    with its slug. Not links: what follows `@`, `$`, `#` or a Latin letter, an e-mail address, a label over 63 bytes.
    The known endings stand in `link_endings.txt`: every country's, the generic ones in use and the commonest in other
    scripts. One that is not there, such as a brand's own, makes no link.
    """
    return [span for match in _matches(text) for span in _spans(text, match, bare=bare)]


def _matches(text: str) -> Iterator[_Match]:
    """From left to right, each starting after a character that the one before it has left."""
    at = free = 0
    for piece in text.translate(_APART).split(" "):
        labels = _labels(text, at, piece)
        for first in range(len(labels)):
            if match := _match(text, labels, first, free):
                free = match.end + 1
                yield match
        at += len(piece) + 1


def _labels(text: str, at: int, piece: str) -> list[_Label]:
    """The labels of `piece`, which stands at `at`; none where no ending follows any of them."""
    labels = []
    for name, following in pairwise(piece.split(".")):
        dot = at + len(name)
        size = _ending(text[dot + 1 : dot + len(following) + 2]) if following else 0
        labels.append(_Label(at, dot, size and dot + 1 + size))
        at = dot + 1
    return labels if any(label.ending for label in labels) else []


def _ending(following: str) -> int:
    """How long the ending is with which `following` begins: a label and the character after it; 0: it has none."""
    if not following[0].isalpha():
        return 0
    endings, longest = _endings()
    folded = _fold(following)
    for size in range(min(longest, len(folded)), 0, -1):
        if folded[:size] in endings and folded[size : size + 1] not in _ENDING_GOES_ON:
            return size
    size = _run(folded, len("xn--"), _PUNYCODE.__contains__) if folded.startswith("xn--") else 0
    return size if size > len("xn--") else 0


@cache
def _endings() -> tuple[frozenset[str], int]:
    """The endings that a link may have, and the length of the longest."""
    lines = Path(__file__).with_name("link_endings.txt").read_text("utf-8").splitlines()
    endings = frozenset(" ".join(line for line in lines if not line.startswith("#")).split())
    return endings, max(map(len, endings))


def _fold(text: str) -> str:
    """`text` without the difference of case, as long as before."""
    return text.translate(_FOLDED).lower()


def _match(text: str, labels: Sequence[_Label], first: int, free: int) -> _Match | None:
    """The first link whose host name starts in the label `first`, not before `free`."""
    if (last := _last(text, labels, first)) is None:
        return None
    label = labels[first]
    # The last label may have no underscore in it.
    low = text.rfind("_", label.start, label.dot) + 1 if last == first else 0
    if (host := _start(text, max(label.start, free, low), label.dot)) is None:
        return None
    path = _port(text, labels[last].ending)
    end = _query(text, _path(text, path) if text.startswith("/", path) else path)
    return _Match(host - _scheme(text, host, free), host, labels[first : last + 1], path, end)


def _last(text: str, labels: Sequence[_Label], first: int) -> int | None:
    """The last label of the longest host name whose first one ends that of `first`."""
    last = None
    for at, (start, dot, ending) in enumerate(labels[first : first + _MOST_LABELS], first):
        if start == dot or text[dot - 1] in "_-" or (at > first and text[start] in "_-"):
            break
        if ending and (at == first or text.find("_", start, dot) < 0):
            last = at
    return last


def _start(text: str, low: int, high: int) -> int | None:
    """The first place from `low` on, before `high`, where a host name may start."""
    starts = (at for at in range(low, high) if text[at] not in "_-" and not (at and text[at - 1] in _BARRED))
    first = next(starts, None)
    # X's pattern looks first for a character before the link, even where the text could start with the link.
    return 1 if first == 0 and next(starts, None) == 1 else first


def _scheme(text: str, host: int, free: int) -> int:
    """How long the scheme before `host` is; 0: none, or none that may start there."""
    before = _fold(text[max(host - len(_HTTPS), 0) : host])
    size = next((len(scheme) for scheme in (_HTTPS, _HTTP) if before.endswith(scheme)), 0)
    start = host - size
    return 0 if start < free or (start and text[start - 1] in _BARRED) else size


def _run(text: str, at: int, belongs: Callable[[str], bool]) -> int:
    """Where the characters end that belong, from `at` on."""
    while at < len(text) and belongs(text[at]):
        at += 1
    return at


def _port(text: str, at: int) -> int:
    """Where the port ends that starts at `at`; `at` itself: none does."""
    end = _run(text, at + 1, _DIGITS.__contains__) if text.startswith(":", at) else 0
    return end if end > at + 1 else at


def _path(text: str, at: int) -> int:
    """Where the path ends whose slash stands at `at`: after a group in parentheses or a character that may end it."""
    end = at = at + 1
    while True:
        run = stop = _run(text, at, _in_path)
        while stop > at and text[stop - 1] in _NO_PATH_END:
            stop -= 1
        group = _group(text, run)
        end = group if group > run else stop if stop > at else end
        if group == run:
            return end
        at = group


def _in_path(char: str) -> bool:
    return char in _PATH or "\u0400" <= char <= "\u04ff" or _is_accented(char)


def _in_name(char: str) -> bool:
    return char in _NAME or _is_accented(char)


def _is_accented(char: str) -> bool:
    if char <= "\u024f":
        return char >= "\xc0" and char not in "\xd7\xf7"
    return "\u0300" <= char <= "\u036f" or "\u1e00" <= char <= "\u1eff" or char in _ACCENTED


def _group(text: str, at: int) -> int:
    """Where the group in parentheses ends that opens at `at`, with at most one inside it; `at` itself: none does."""
    if not text.startswith("(", at):
        return at
    close = _run(text, at + 1, _in_path)
    if text.startswith("(", close):
        inner = _run(text, close + 1, _in_path)
        if inner == close + 1 or not text.startswith(")", inner):
            return at
        close = _run(text, inner + 1, _in_path)
    return close + 1 if close > at + 1 and text.startswith(")", close) else at


def _query(text: str, at: int) -> int:
    """Where the query ends that starts at `at`; `at` itself: none does."""
    if not text.startswith("?", at):
        return at
    end = _run(text, at + 1, _QUERY.__contains__)
    while end > at + 1 and text[end - 1] not in _QUERY_END:
        end -= 1
    return end if end > at + 1 else at


def _spans(text: str, match: _Match, *, bare: bool) -> list[Span]:
    """The links in one match: one with a scheme, else the names in it, the last one with its path."""
    start, host, _, path, end = match
    scheme = text[start:host]
    if not _is_host(text, match) or len(scheme or _HTTPS) + end - start > _LONGEST_URL:
        return []
    if scheme:
        return _with_scheme(text, match)
    if not bare or text[max(start - 1, 0) : start] in {"-", "_", ".", "/"}:
        return []
    names = _names(text, match)
    if names and text.startswith("/", path):
        names[-1] = (names[-1][0], end)
    return names


def _with_scheme(text: str, match: _Match) -> list[Span]:
    """The whole link; one of X's shortener ends with its slug and query, and is none if the slug is too long."""
    folded = _fold(text[match.host : match.end])
    slug = _run(folded, len(_SHORTENER), _SLUG.__contains__) if folded.startswith(_SHORTENER) else 0
    if slug - len(_SHORTENER) > _LONGEST_SLUG:
        return []
    end = match.host + _query(folded, slug) if slug > len(_SHORTENER) else match.end
    return [(match.start, end)]


def _is_host(text: str, match: _Match) -> bool:
    """Whether each label can be written in the domain name system; a label that claims to be punycode must be ASCII."""
    host = text[match.host : match.labels[-1].ending]
    if host.startswith("xn--") and not _names(text, match):
        return False
    # Punycode is never shorter, and to write a long label in it is slow.
    return all(
        len(label) <= _LONGEST_LABEL and (label.isascii() or len(b"xn--" + label.encode("punycode")) <= _LONGEST_LABEL)
        for label in host.split(".")
    )


def _names(text: str, match: _Match) -> list[Span]:
    """The host names in one match that are written in ASCII and accented Latin alone."""
    labels, free, first = match.labels, match.host, 0
    heads = [_head(text, max(label.start, match.host), label.dot) for label in labels]
    names = []
    while first < len(labels):
        last = None
        for at in range(first, len(labels)):
            if at > first and heads[at] > labels[at].start:
                break
            if labels[at].ending:
                last = at
        start = max(heads[first], free)
        if last is not None and start < labels[first].dot:
            free = labels[last].ending
            names.append((start, free))
            first = last
        first += 1
    return names


def _head(text: str, low: int, dot: int) -> int:
    """Where the characters begin, not before `low`, that lead up to `dot` and may all stand in such a name."""
    while dot > low and _in_name(text[dot - 1]):
        dot -= 1
    return dot
