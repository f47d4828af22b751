"""The condition language, read: a small part of Jinja's expression syntax, and nothing else.

Whatever this parser accepts, Jinja reads alike (a property test holds it to that). It is our own because columns must be exact and
because Jinja's accepts too much: it joins `'us' 'carrier'` over a lost comma.
"""

from __future__ import annotations

import re
from typing import NamedTuple, NoReturn

LONGEST = 2000
"""Most characters of a condition."""
DEEPEST = 50
"""Most parentheses and `not`s inside one another."""
_DIGITS = 15


class Name(NamedTuple):
    """A yes-or-no question or fact, standing alone."""

    name: str
    at: int


class Tick(NamedTuple):
    """`q.part`: a tick of a `many`, or a property of the channel."""

    name: str
    part: str
    at: int
    part_at: int


class Word(NamedTuple):
    """A quoted id."""

    id: str
    at: int


class OneOf(NamedTuple):
    """`q == 'id'` and `q in ['x', 'y']`; `negated` for `!=` and `not in`."""

    name: str
    words: tuple[Word, ...]
    negated: bool
    at: int


class Constant(NamedTuple):
    """A whole number, or the name of one of the pack's limits."""

    value: int | None
    limit: str | None
    at: int


class Compare(NamedTuple):
    """A number against a constant; `op` is one of `< <= > >= == !=`."""

    name: str
    op: str
    constant: Constant
    at: int


class Known(NamedTuple):
    """`q is known`, or `q is unknown` where `known` is False."""

    name: str
    known: bool
    at: int


class Not(NamedTuple):
    """Negation."""

    part: Expression
    at: int


class And(NamedTuple):
    """True where every part is."""

    parts: tuple[Expression, ...]
    at: int


class Or(NamedTuple):
    """True where any part is."""

    parts: tuple[Expression, ...]
    at: int


Expression = Name | Tick | OneOf | Compare | Known | Not | And | Or


class SyntaxFault(Exception):  # noqa: N818 - it is caught at once and becomes a diagnostic
    """What is wrong with a condition: `at` counts characters from 0."""

    def __init__(self, message: str, at: int, hint: str | None = None) -> None:
        """Keep the three."""
        super().__init__(message)
        self.message, self.at, self.hint = message, at, hint


class Token(NamedTuple):
    """A piece of a condition: its kind (`name`, `word`, `number`, `op`, `end`), text and place."""

    kind: str
    text: str
    at: int


_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<word>'[^'\n]*'|"[^"\n]*")|(?P<number>-?[0-9]+(?:\.[0-9]+)?)"""
    r"|(?P<op>==|!=|<=|>=|[<>()\[\],.])"
)
_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_COMPARISONS = frozenset(("<", "<=", ">", ">=", "==", "!="))
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_KEYWORDS = frozenset("and or not in is if else true false none".split())
_HINTS = {
    "=": "equality is written `==`",
    "&": "write `and`",
    "|": "write `or`",
    "!": "write `not`",
    "‘": "use straight quotes: `'`",
    "’": "use straight quotes: `'`",
    "“": "use straight quotes: `'`",
    "”": "use straight quotes: `'`",
    "'": "the quote is not closed",
    '"': "the quote is not closed",
}


def tokens(text: str) -> list[Token]:
    """Cut `text` into tokens, with an `end` last. Raises SyntaxFault at a character that begins none."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            char = text[at]
            raise SyntaxFault(f"`{char}` has no meaning in a condition", at, _HINTS.get(char))
        kind = match.lastgroup or ""
        if kind != "space":
            found.append(Token(kind, match.group(), at))
        at = match.end()
    found.append(Token("end", "", len(text)))
    return found


def parse(text: str) -> Expression:
    """Read a condition. Raises SyntaxFault with the place of the first thing that does not belong."""
    if len(text) > LONGEST:
        raise SyntaxFault(f"a condition has at most {LONGEST} characters", LONGEST, "split it into facts")
    return _Parser(tokens(text)).whole()


class _Parser:
    """Recursive descent, one method a level of precedence: or, and, not, comparison."""

    def __init__(self, found: list[Token]) -> None:
        self.tokens = found
        self.index = 0
        self.depth = 0

    @property
    def here(self) -> Token:
        return self.tokens[self.index]

    def next(self) -> Token:
        token = self.tokens[self.index]
        self.index += 1
        return token

    def takes(self, kind: str, text: str) -> bool:
        """Step over the token if it is this one."""
        if self.here.kind == kind and self.here.text == text:
            self.index += 1
            return True
        return False

    def refuse(self, expected: str, hint: str | None = None) -> NoReturn:
        token = self.here
        if token.kind == "end":
            raise SyntaxFault(f"the condition ends where {expected} should follow", token.at, hint)
        raise SyntaxFault(f"`{token.text}` stands where {expected} should", token.at, hint)

    def whole(self) -> Expression:
        found = self.either()
        if self.here.kind != "end":
            upper = self.here.text in ("AND", "OR", "NOT", "IN", "IS")
            hint = f"write `{self.here.text.lower()}`" if upper else "parts are joined by `and` or `or`"
            self.refuse("`and`, `or` or the end", hint)
        return found

    def either(self) -> Expression:
        at = self.here.at
        parts = [self.both()]
        while self.takes("name", "or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Or(tuple(parts), at)

    def both(self) -> Expression:
        at = self.here.at
        parts = [self.negation()]
        while self.takes("name", "and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else And(tuple(parts), at)

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise SyntaxFault(f"more than {DEEPEST} parentheses and `not`s inside one another", self.here.at, "split it into facts")

    def negation(self) -> Expression:
        at = self.here.at
        if not self.takes("name", "not"):
            return self.comparison()
        self.deeper()
        part = self.negation()
        self.depth -= 1
        return Not(part, at)

    def comparison(self) -> Expression:
        at = self.here.at
        if self.takes("op", "("):
            self.deeper()
            inner = self.either()
            if not self.takes("op", ")"):
                self.refuse("`)`")
            self.depth -= 1
            return inner
        if self.here.kind == "number" or self.here.text == "limits":
            return self.chain(self.constant())
        name = self.name("a question or a fact")
        return self.about(name, at)

    def name(self, expected: str) -> str:
        token = self.here
        if token.kind == "word":
            self.refuse(expected, "the name stands first: `name == 'id'`")
        if token.kind != "name" or token.text in _KEYWORDS:
            self.refuse(expected)
        return self.next().text

    def about(self, name: str, at: int) -> Expression:
        """What is said of `name`."""
        if self.takes("op", "."):
            part = self.here
            if part.kind != "name":
                self.refuse("a choice's id")
            return Tick(name, self.next().text, at, part.at)
        if self.takes("name", "is"):
            return self.known(name, at)
        if self.here.text in ("in", "not") and self.here.kind == "name":
            negated = self.takes("name", "not")
            if not self.takes("name", "in"):
                self.refuse("`in`")
            return OneOf(name, self.words(), negated, at)
        if self.here.kind == "op" and self.here.text in _COMPARISONS:
            return self.against(name, self.next().text, at)
        return Name(name, at)

    def known(self, name: str, at: int) -> Known:
        if self.takes("name", "known"):
            return Known(name, known=True, at=at)
        if self.takes("name", "unknown"):
            return Known(name, known=False, at=at)
        hint = f"write `{name} is unknown` or `{name} is known`"
        self.refuse("`known` or `unknown`", hint)

    def words(self) -> tuple[Word, ...]:
        if not self.takes("op", "["):
            self.refuse("`[`", "write `name in ['x', 'y']`")
        found = [self.word()]
        while self.takes("op", ","):
            found.append(self.word())
        if not self.takes("op", "]"):
            self.refuse("`,` or `]`")
        return tuple(found)

    def word(self) -> Word:
        token = self.here
        if token.kind != "word":
            quoted = f"put it in quotes: `'{token.text}'`" if token.kind == "name" else None
            self.refuse("an id in quotes", quoted)
        inner = self.next().text[1:-1]
        if not _ID.match(inner):
            raise SyntaxFault(f"`{inner}` is no id", token.at, "ids are lower-case letters, digits and `_`")
        return Word(inner, token.at)

    def against(self, name: str, op: str, at: int) -> Expression:
        """`name op …`: an id in quotes, or a number."""
        token = self.here
        if token.kind == "number" or token.text == "limits":
            found = Compare(name, op, self.constant(), at)
            if self.here.kind == "op" and self.here.text in _COMPARISONS:
                self.refuse("`and`, `or` or the end", f"a chain has the name in the middle: `1 <= {name} < 5`")
            return found
        if op not in ("==", "!="):
            self.refuse("a whole number or `limits.<name>`")
        if token.text in ("true", "false"):
            self.refuse("an id in quotes", f"a yes-or-no question stands alone: `{name}` or `not {name}`")
        if token.text in ("none", "unknown"):
            self.refuse("an id in quotes", f"write `{name} is unknown`")
        return OneOf(name, (self.word(),), op == "!=", at)

    def constant(self) -> Constant:
        token = self.next()
        if token.kind == "number":
            return Constant(_whole(token), None, token.at)
        if not self.takes("op", "."):
            self.refuse("`.` and the limit's name", "write `limits.<name>`")
        if self.here.kind != "name":
            self.refuse("the limit's name")
        return Constant(None, self.next().text, token.at)

    def chain(self, low: Constant) -> Expression:
        """`1 <= n < 5`: constant, name, constant, in one direction."""
        first = self.direction("`<`, `<=`, `>` or `>=`")
        at = self.here.at
        name = self.name("a question's name")
        hint = f"with one constant the name stands first: `{name} {_FLIPPED[first]} …`"
        if self.here.kind != "op" or self.here.text not in _COMPARISONS:
            raise SyntaxFault("a chain is constant, name, constant", at, hint)
        second_at = self.here.at
        second = self.direction("`<`, `<=`, `>` or `>=`")
        if first[0] != second[0]:
            raise SyntaxFault("a chain goes in one direction", second_at, f"write `… {first} {name} {first} …`")
        if self.here.kind != "number" and self.here.text != "limits":
            self.refuse("a whole number or `limits.<name>`")
        high = self.constant()
        return And((Compare(name, _FLIPPED[first], low, at), Compare(name, second, high, at)), low.at)

    def direction(self, expected: str) -> str:
        if self.here.kind != "op" or self.here.text not in _FLIPPED:
            self.refuse(expected)
        return self.next().text


def _whole(token: Token) -> int:
    digits = token.text.lstrip("-")
    if "." in digits:
        raise SyntaxFault(f"`{token.text}` is no whole number", token.at, "count in a smaller unit")
    if len(digits) > 1 and digits[0] == "0":
        raise SyntaxFault(f"`{token.text}` starts with a zero", token.at, f"write `{int(digits)}`")
    if len(digits) > _DIGITS:
        raise SyntaxFault(f"a number has at most {_DIGITS} digits", token.at)
    return int(token.text)
