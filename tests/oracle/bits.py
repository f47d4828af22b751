"""Bits for z3: what is so of a case, what is said of it so far, and which questions are answered.

Bits that are the same in every case stay plain `True` and `False`, so that formulas only have what may differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import z3

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    Bit: TypeAlias = Any  # bool or z3.BoolRef; z3 carries no types
    Needs: TypeAlias = dict[str, Bit]

_CTX = z3.main_ctx()


def both(*bits: Bit) -> Bit:
    """All of them."""
    return _joined(z3.Z3_mk_and, bits, idle=True)


def any_(*bits: Bit) -> Bit:
    """Any of them."""
    return _joined(z3.Z3_mk_or, bits, idle=False)


def no(bit: Bit) -> Bit:
    """The opposite."""
    return not bit if isinstance(bit, bool) else z3.BoolRef(z3.Z3_mk_not(_CTX.ref(), bit.as_ast()), _CTX)


def _joined(make: Callable[..., Any], bits: tuple[Bit, ...], *, idle: bool) -> Bit:
    """Bits as one. Straight to z3's own interface: what `z3.And` looks at first takes most of the time otherwise."""
    open_: dict[int, z3.BoolRef] = {}
    for each in bits:
        if isinstance(each, bool):
            if each is not idle:
                return not idle
        else:
            open_[each.as_ast().value] = each
    if len(open_) < 2:
        return next(iter(open_.values()), idle)
    parts = (z3.Ast * len(open_))(*(each.as_ast() for each in open_.values()))
    return z3.BoolRef(make(_CTX.ref(), len(open_), parts), _CTX)


class Verdict(NamedTuple):
    """Whether something is so, whether it is not, and which question must be asked to tell: one of these, always."""

    yes: Bit
    no: Bit
    needs: Needs


class Settled(NamedTuple):
    """Which value something has, whether that is unknown, and which question must be asked to tell."""

    values: dict[object, Bit]
    unknown: Bit
    needs: Needs

    def among(self, wanted: Callable[[object], bool]) -> Bit:
        """Whether it is one of these values."""
        return any_(*(bit for value, bit in self.values.items() if wanted(value)))


class Asked:
    """Which questions are answered so far."""

    def __init__(self, bits: Mapping[str, Bit], *, otherwise: bool = False) -> None:
        self.bits, self.otherwise = bits, otherwise
        self.facts: dict[str, Settled] = {}

    def __getitem__(self, name: str) -> Bit:
        return self.bits.get(name, self.otherwise)

    def with_(self, needs: Needs) -> Asked:
        return Asked({**self.bits, **{name: any_(self[name], bit) for name, bit in needs.items()}})


def first(parts: list[Verdict]) -> Verdict:
    """All of them: false where any is, else the first need."""
    never = any_(*(each.no for each in parts))
    needs: Needs = {}
    before: Bit = no(never)
    for each in parts:
        for name, bit in each.needs.items():
            needs[name] = any_(needs.get(name, False), both(before, bit))
        before = both(before, each.yes)
    return Verdict(both(*(each.yes for each in parts)), never, needs)
