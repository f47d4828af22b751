"""What a YAML file may not hold, whoever wrote it: characters that deceive, keys that look alike, more than its limits.

Nothing here parses: text, keys and the parser's complaints come in, diagnostics in our own words go out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playbook.diagnostics import Diagnostic, Span
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator


class Limits(Record):
    """How much of a YAML file is read; `CRISIS_PLAYBOOK_LIMITS` raises size and nodes for a pack that one trusts.

    `size` counts bytes, `depth` maps and lists inside each other, `nodes` values (a key belongs to its value),
    `faults` the characters that are complained about one by one.
    """

    size: int = 256 * 1024
    depth: int = 50
    nodes: int = 5_000
    faults: int = 20


# A line break that only some programs see as one, or a character that terminals obey.
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e01ef"
)
# The flags of England, Scotland and Wales are spelt with invisible tags, and matched so that they can be passed over.
_SUSPECT = (
    "(?P<flag>\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f)"
    f"|[{_CONTROL}{_BIDI}{_UNSEEN}\ud800-\udfff]|\r(?!\n)"
)  # fmt: skip
# Of all these, the few that Unicode calls letters or marks; the others are not printable. The last plane has only such.
_UNSEEN_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
_LAST_PLANE = "\U000e0000"
_PLAIN = bytes(range(32, 127)) + b"\t\n"
# A joiner makes one emoji of two, and shapes Arabic and Indic letters: there it is seen.
_JOINED = (
    "[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]\u200d[\u2190-\u2bff\U0001f000-\U0001faff]"
    "|[\u0600-\u0dff][\u200c\u200d][\u0600-\u0dff]"
)
_IS_BIDI = f"[{_BIDI}]"
_IS_UNSEEN = f"[{_UNSEEN}]"

_UTF16_32 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_BOM = b"\xef\xbb\xbf"


def decode(data: bytes, file: str, limits: Limits) -> tuple[str, list[Diagnostic]]:
    """The text of a file, without its byte order mark, and what is wrong with it before it is YAML at all.

    Each refused character is reported and replaced one for one, so that reading can go on and columns stay true; the
    text is empty where going on makes no sense (too large, not text in UTF-8, nothing there).
    """
    whole = Span(file)
    if len(data) > limits.size:
        message = f"the file is too large: it has more than {limits.size:,} bytes"
        return "", [Diagnostic("PB003", message, whole, "split it into several protocols, or share what they repeat")]
    if data.startswith(_UTF16_32) or (0 in data[:4] and len(data.replace(b"\0", b"")) <= len(data) * 3 // 4):
        return "", [Diagnostic("PB002", "the file is not in UTF-8, it looks like UTF-16", whole, "save it as UTF-8")]
    data = data.removeprefix(_BOM)
    if not data.strip():
        return "", [Diagnostic("PB004", "the file is empty", whole, "`playbook init` writes a starter pack")]
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode(errors="surrogateescape")
    if _is_plain(text):
        return text, []
    return _clean(text, file, limits)


def _clean(text: str, file: str, limits: Limits) -> tuple[str, list[Diagnostic]]:
    """The text with each refused character replaced, and the first `limits.faults` of them reported."""
    found: list[Diagnostic] = []
    clean = list(text)
    line, start = 1, 0
    for at in suspects(text):
        clean[at] = "\ufffd"
        if len(found) > limits.faults:
            continue
        line += text.count("\n", start, at)
        start = at
        span = Span(file, line, at - text.rfind("\n", 0, at))
        if len(found) == limits.faults:
            found.append(Diagnostic("PB016", "more characters like these follow", span, "mend the ones above first"))
        else:
            found.append(character(text[at], span))
    return "".join(clean), found


def _is_plain(text: str) -> bool:
    """Whether no character of `text` could be refused: nearly all is ASCII, which is passed over at once."""
    odd = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN).decode("utf-8", "surrogatepass")
    return odd.isprintable() and _UNSEEN_LETTERS.isdisjoint(odd) and max(odd, default="") < _LAST_PLANE


def suspects(text: str) -> Iterator[int]:
    """Where `text` holds a character that is refused: controls, bidirectional, invisible, no valid Unicode."""
    for match in re.finditer(_SUSPECT, text):
        at = match.start()
        if not match["flag"] and not re.fullmatch(_JOINED, text[max(at - 1, 0) : at + 2]):
            yield at


def character(char: str, span: Span) -> Diagnostic:
    """The complaint about one refused character."""
    code = f"U+{ord(char):04X}"
    if "\udc80" <= char <= "\udcff":
        byte = ord(char) - 0xDC00
        shown = bytes([byte]).decode("cp1252", "replace")
        meant = f"; in Windows-1252 the byte is `{shown}`" if shown.isprintable() and shown != "\ufffd" else ""
        return Diagnostic("PB001", f"the byte 0x{byte:02x} is not UTF-8", span, f"save the file as UTF-8{meant}")
    if re.match(_IS_BIDI, char):
        message = f"a character that turns the reading direction ({code}) makes a line look like another"
        return Diagnostic("PB017", message, span, "delete it: text in Arabic or Hebrew reads well without")
    if re.match(_IS_UNSEEN, char):
        return Diagnostic(
            "PB018", f"an invisible character ({code})", span, "delete it and type the text around it anew"
        )
    if char == "\r":
        message = "a carriage return without a line feed: programs disagree whether a line ends here"
        return Diagnostic("PB016", message, span, "save the file with line ends LF or CRLF")
    return Diagnostic("PB016", f"a control character ({code})", span, "delete it")


def key_fault(key: str, span: Span) -> Diagnostic | None:
    """What is wrong with a key that is not plain ASCII text, or None."""
    import unicodedata as unicode  # most files have no such key

    if not key:
        return Diagnostic("PB019", "a key without a name", span, "write `name: value`")
    for char in key:
        kind = unicode.category(char)
        if kind[0] == "C" or (kind[0] == "Z" and char != " ") or "\ufe00" <= char <= "\ufe0f":
            message = f"a key with an invisible or odd character (U+{ord(char):04X})"
            return Diagnostic("PB018", message, span, "delete the key and type it anew")
    plain = unicode.normalize("NFKC", key)
    if plain != key:
        message = f"the key `{key}` is written with characters that only look like its letters"
        return Diagnostic("PB015", message, span, f"write it as `{plain}`")
    # A letter's Unicode name starts with its script; Japanese mixes three of them by nature.
    scripts = {unicode.name(char, "?").split()[0]: char for char in reversed(key) if char.isalpha()}
    for japanese in ("HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"):
        if "CJK" in scripts or japanese not in scripts:
            scripts.pop(japanese, None)
    if len(scripts) < 2:  # noqa: PLR2004 - a mixture takes two
        return None
    odd = next(char for script, char in scripts.items() if script != "LATIN")
    message = f"the key `{key}` mixes alphabets: `{odd}` is {unicode.name(odd).lower()} (U+{ord(odd):04X})"
    return Diagnostic("PB015", message, span, "type the key anew in one alphabet")
