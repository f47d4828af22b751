"""A condition's text, cut into its smallest pieces."""

from __future__ import annotations

import re

from playbook.record import Record

LONGEST = 2000
"""Most characters of a condition."""
_DIGITS = 15


class SyntaxFault(Exception):  # noqa: N818 - it is caught at once and becomes a diagnostic
    """What is wrong with a condition: `at` counts characters from 0."""

    def __init__(self, message: str, at: int, hint: str | None = None) -> None:
        """Keep the three."""
        super().__init__(message)
        self.message, self.at, self.hint = message, at, hint


class Token(Record):
    """A piece of a condition: its kind (`name`, `word`, `number`, `op`, `end`), text and place."""

    kind: str
    text: str
    at: int


_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<word>'[^'\n]*'|\"[^\"\n]*\")"
    r"|(?P<number>-?[0-9]+(?:\.[0-9]+)?)|(?P<op>==|!=|<=|>=|[<>()\[\],.])"
)
_QUOTES = "use straight quotes: `'`"
_SUMS = "conditions do not reckon: put the number into `limits`"
_HINTS = {
    "=": "equality is written `==`",
    "&": "write `and`",
    "|": "write `or`",
    "!": "write `not`",
    "'": "the quote is not closed",
    '"': "the quote is not closed",
    **dict.fromkeys("‘’“”«»", _QUOTES),
    **dict.fromkeys("+-*/%", _SUMS),
}


def cut(text: str) -> list[Token]:
    """Cut `text` into tokens, with an `end` last. Raises SyntaxFault at a character that begins none."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            char = text[at]
            hint = "names have only the letters a to z, digits and `_`" if char.isalnum() else _HINTS.get(char)
            raise SyntaxFault(f"`{char}` has no meaning in a condition", at, hint)
        kind = match.lastgroup or ""
        if kind != "space":
            found.append(Token(kind, match.group(), at))
        at = match.end()
    found.append(Token("end", "", len(text)))
    return found


def whole(token: Token) -> int:
    """The whole number that a token writes. Raises SyntaxFault."""
    digits = token.text.lstrip("-")
    if "." in digits:
        raise SyntaxFault(f"`{token.text}` is no whole number", token.at, "count in a smaller unit")
    if len(digits) > _DIGITS:
        raise SyntaxFault(f"a number has at most {_DIGITS} digits", token.at)
    if len(digits) > 1 and digits[0] == "0":
        raise SyntaxFault(f"`{token.text}` starts with a zero", token.at, f"write `{int(token.text)}`")
    return int(token.text)
