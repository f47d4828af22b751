"""X's grammar of links as it is published, as patterns: what `playbook.channels.links` is held against."""

from __future__ import annotations

import re
from pathlib import Path

from playbook.channels import links

LINES = Path(links.__file__).with_name("link_endings.txt").read_text("utf-8").splitlines()
ENDINGS = " ".join(line for line in LINES if not line.startswith("#")).split()

BAD = r"\ufffe\ufeff\uffff"
OUTSIDE = (
    r"!'#%&()*+,\\./:;<=>?@\[\]^{|}~$"
    r"\t-\r \x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    r"\u202a-\u202e\u061c\u200e\u200f\u2066-\u2069" + BAD
)
ACCENTED = (
    r"\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b\u02bb"
    r"\u0300-\u036f\u1e00-\u1eff"
)
LETTER = rf"[^{OUTSIDE}_-]"
ENDING = rf"(?i:(?:{'|'.join(ENDINGS)})(?=[^0-9a-zA-Z@+-]|\Z)|xn--[\-0-9a-z]+)"
PATH = rf"[a-zA-Z\u0400-\u04ff0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{ACCENTED}]"
NESTED = rf"(?>\((?:{PATH}+|{PATH}*\({PATH}+\){PATH}*)\))"
PATH_END = rf"(?:[+\-a-zA-Z\u0400-\u04ff0-9=_#/{ACCENTED}]|{NESTED})"
QUERY = r"\?[a-zA-Z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-zA-Z0-9\-_&=#/]"
URL = re.compile(
    rf"(?P<before>[^A-Za-z0-9@\uff20$#\uff03{BAD}]|\A)"
    r"(?P<url>(?P<scheme>(?i:https?)://)?"
    rf"(?P<host>(?:{LETTER}(?:[^{OUTSIDE}]*{LETTER})?\.){{0,16}}{LETTER}(?:[^{OUTSIDE}_]*{LETTER})?\.{ENDING})"
    rf"(?::[0-9]+)?(?P<path>/(?:(?:{PATH}|{NESTED})*{PATH_END})?)?(?:{QUERY})?)"
)
NAME = re.compile(rf"(?:[\-a-zA-Z0-9{ACCENTED}]+\.)+{ENDING}")
SHORTENED = re.compile(rf"https?://t\.co/([a-z0-9]+)(?:{QUERY})?", re.IGNORECASE)


def published(text: str, *, bare: bool = True) -> list[tuple[int, int]]:
    """What `links` should find in `text`."""
    return [span for match in URL.finditer(text) for span in _spans(match, bare=bare)]


def _spans(match: re.Match[str], *, bare: bool) -> list[tuple[int, int]]:
    scheme, host, url = match["scheme"], match["host"], match["url"]
    start, end = match.span("url")
    if not _is_host(host) or len(scheme or "https://") + len(url) > 4096:
        return []
    if scheme:
        short = SHORTENED.match(url)
        if short is None:
            return [(start, end)]
        return [] if len(short[1]) > 40 else [(start, start + short.end())]
    if not bare or match["before"] in {"-", "_", ".", "/"}:
        return []
    spans = [(start + name.start(), start + name.end()) for name in NAME.finditer(host)]
    if spans and match["path"]:
        spans[-1] = (spans[-1][0], end)
    return spans


def _is_host(host: str) -> bool:
    if host.startswith("xn--") and not NAME.search(host):
        return False
    return all(
        (len(label) if label.isascii() else len("xn--" + label.encode("punycode").decode())) <= 63
        for label in host.split(".")
    )
