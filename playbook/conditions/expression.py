"""The condition language, read: a small part of Jinja's expression syntax, and nothing else.

Whatever this parser accepts, Jinja reads alike (a property test holds it to that). It is our own because columns must
be exact and because Jinja's accepts too much: it joins `'us' 'carrier'` over a lost comma.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NoReturn

from playbook.conditions.tokens import LONGEST, SyntaxFault, Token, cut, whole
from playbook.record import Record

DEEPEST = 50
"""Most parentheses and `not`s inside one another."""


class Name(Record):
    """A yes-or-no question or fact, standing alone."""

    name: str
    at: int


class Tick(Record):
    """`q.part`: a tick of a `many`, or a property of the channel."""

    name: str
    part: str
    at: int
    part_at: int


class Word(Record):
    """A quoted id."""

    id: str
    at: int


class OneOf(Record):
    """`q == 'id'` and `q in ['x', 'y']`; `negated` for `!=` and `not in`."""

    name: str
    words: tuple[Word, ...]
    negated: bool
    at: int


class Constant(Record):
    """A whole number, or the name of one of the pack's limits."""

    value: int | None
    limit: str | None
    at: int


class Compare(Record):
    """A number against a constant; `op` is one of `< <= > >= == !=`."""

    name: str
    op: str
    constant: Constant
    at: int


class Known(Record):
    """`q is known`, or `q is unknown` where `known` is False."""

    name: str
    known: bool
    at: int


class Not(Record):
    """Negation."""

    part: Expression
    at: int


class And(Record):
    """True where every part is."""

    parts: tuple[Expression, ...]
    at: int


class Or(Record):
    """True where any part is."""

    parts: tuple[Expression, ...]
    at: int


Expression = Name | Tick | OneOf | Compare | Known | Not | And | Or

__all__ = ["DEEPEST", "LONGEST", "SyntaxFault", "parse"]
_COMPARISONS = frozenset(("<", "<=", ">", ">=", "==", "!="))
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
# Jinja knows three of its words in both spellings.
_KEYWORDS = frozenset("and or not in is if else true false none True False None".split())
_SHOUTED = frozenset(("AND", "OR", "NOT", "IN", "IS"))
_YES_NO, _NOTHING = frozenset("true false True False".split()), frozenset("none None null unknown".split())


def _alone(name: str) -> str:
    return f"a yes-or-no question stands alone: `{name}` or `not {name}`"


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Read a condition. Raises SyntaxFault with the place of the first thing that does not belong."""
    if len(text) > LONGEST:
        raise SyntaxFault(f"a condition has at most {LONGEST} characters", LONGEST, "split it into facts")
    return _Parser(cut(text)).whole()


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
        self.index += 1
        return self.tokens[self.index - 1]

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
            before = self.tokens[self.index - 1].text
            shouted = next((each for each in (before, self.here.text) if each in _SHOUTED), None)
            hint = f"write `{shouted.lower()}`" if shouted else "parts are joined by `and` or `or`"
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
            message = f"more than {DEEPEST} parentheses and `not`s inside one another"
            raise SyntaxFault(message, self.here.at, "split it into facts")

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
        return self.about(self.name("a question or a fact"), at)

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
        if self.here.text in ("known", "unknown"):
            return Known(name, known=self.next().text == "known", at=at)
        if self.here.text in _YES_NO:
            self.refuse("`known` or `unknown`", _alone(name))
        if self.here.text == "not":
            self.refuse("`known` or `unknown`", f"write `{name} is known` for `is not unknown`")
        return self.refuse("`known` or `unknown`", f"write `{name} is unknown` or `{name} is known`")

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
            hints = {"name": f"put it in quotes: `'{token.text}'`", "number": "numbers are compared: `1 <= name < 5`"}
            self.refuse("an id in quotes", hints.get(token.kind))
        inner = self.next().text[1:-1]
        # Not a regular expression: compiling one would be felt at start-up.
        if not (inner.isascii() and inner.isidentifier() and inner.islower() and inner[0] != "_"):
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
            self.refuse("a whole number or `limits.<name>`", "write `!=`" if (op, token.text) == ("<", ">") else None)
        if token.text in _YES_NO:
            self.refuse("an id in quotes", _alone(name))
        if token.text in _NOTHING:
            self.refuse("an id in quotes", f"write `{name} is {'unknown' if op == '==' else 'known'}`")
        return OneOf(name, (self.word(),), op == "!=", at)

    def constant(self) -> Constant:
        token = self.next()
        if token.kind == "number":
            return Constant(whole(token), None, token.at)
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
        second_at, second = self.here.at, self.direction("`<`, `<=`, `>` or `>=`")
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
