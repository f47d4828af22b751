"""The names that a condition may speak of, and what it says wrongly of them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from playbook.conditions import expression as ex
from playbook.diagnostics import did_you_mean
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, MutableMapping

Atom = ex.Name | ex.Tick | ex.OneOf | ex.Compare | ex.Known
Environment = dict[str, object]
"""Answers by question, with the facts that were settled so far."""
if TYPE_CHECKING:
    Settle = Callable[[Environment], object]


class Kind(Record):
    """What a name may be compared with: `kind` is a question's kind; `ids` its choices, `low` and `high` its range.

    `properties` are the ids for which `name.property` holds (the channel's). A fact is `yes_no`, with rules `choice`.
    """

    kind: str
    ids: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    properties: Mapping[str, frozenset[str]] = {}


MOST_HINTS = 100
"""For how many faults of a file a near name is looked for: each look costs as much as there are names."""
_GLANCE = 300
"""Most characters of a list of choices in a hint."""
BROKEN = Kind("broken")
"""Stands for a name whose declaration was refused, so that its users are not refused once more."""


class Scope:
    """The names that conditions may speak of. Facts are entered as they are declared and settled when first needed."""

    def __init__(self, limits: Mapping[str, int | None]) -> None:
        """Start without names; `limits` are the pack's numbers, None where one was refused."""
        self.kinds: MutableMapping[str, Kind] = {}
        self.settlers: MutableMapping[str, Settle] = {}
        self.limits = limits
        self.hints_left = MOST_HINTS
        self.partial = False
        """Whether names are missing because something else could not be read: then unknown names are let pass."""

    def near(self, name: str, known: Collection[str]) -> str | None:
        """A hint that names what `name` was probably meant to be."""
        self.hints_left -= 1
        return did_you_mean(name, known) if self.hints_left >= 0 else None


class Fault(Record):
    """What a condition says wrongly: `at` counts characters from its start."""

    message: str
    at: int
    hint: str | None = None


_SEVERAL = (ex.And, ex.Or)
COMPARE: dict[str, Callable[[int, int], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
}


def atoms(expression: ex.Expression) -> list[Atom]:
    """The comparisons of an expression, left to right."""
    found: list[Atom] = []
    pending = [expression]
    while pending:
        part = pending.pop()
        if isinstance(part, _SEVERAL):
            pending.extend(reversed(part.parts))
        elif isinstance(part, ex.Not):
            pending.append(part.part)
        else:
            found.append(part)
    return found


def number(constant: ex.Constant, limits: Mapping[str, int | None]) -> int | None:
    """The number that a constant stands for; None where its limit is not known."""
    return constant.value if constant.limit is None else limits.get(constant.limit)


def check(expression: ex.Expression, scope: Scope) -> list[Fault]:
    """Everything that an expression says wrongly of the names in `scope`, in the order of the text."""
    every = atoms(expression)
    found = [fault for atom in every for fault in _faults(atom, scope)]
    if not found:
        found = [fault for low, high in pairwise(every) for fault in _chain_faults(low, high, scope)]
    return sorted(found, key=lambda fault: fault.at)


def _faults(atom: Atom, scope: Scope) -> list[Fault]:
    kind = scope.kinds.get(atom.name, BROKEN if scope.partial else None)
    if kind is None:
        message = f"no question or fact is called `{atom.name}`"
        return [Fault(message, atom.at, scope.near(atom.name, scope.kinds))]
    if kind is BROKEN or isinstance(atom, ex.Known):
        return []
    match atom:
        case ex.Name():
            if kind.kind == "yes_no":
                return []
            return [Fault(f"`{atom.name}` is no yes-or-no question", atom.at, _ways(atom.name, kind))]
        case ex.Tick():
            return _tick_faults(atom, kind)
        case ex.OneOf():
            return _word_faults(atom, kind)
    return _number_faults(atom, kind, scope.limits)


def _ways(name: str, kind: Kind) -> str:
    """How `name` may be spoken of."""
    ways = {
        "choice": f"write `{name} == '{kind.ids[0] if kind.ids else 'id'}'`",
        "many": f"write `{name}.{kind.ids[0] if kind.ids else 'none'}`",
        "number": f"write `{name} < {kind.high}`",
        "yes_no": f"write `{name}` or `not {name}`",
    }
    return ways.get(kind.kind, "texts are not branched on; only `is known` may be said of them")


def _tick_faults(atom: ex.Tick, kind: Kind) -> list[Fault]:
    if kind.properties:
        known: tuple[str, ...] = tuple(kind.properties)
    elif kind.kind == "many":
        known = (*kind.ids, "none")
    else:
        return [Fault(f"`{atom.name}` has no parts", atom.at, _ways(atom.name, kind))]
    if atom.part in known:
        return []
    return [Fault(f"`{atom.name}` has no `{atom.part}`", atom.part_at, did_you_mean(atom.part, known))]


def _word_faults(atom: ex.OneOf, kind: Kind) -> list[Fault]:
    if kind.kind != "choice":
        return [Fault(f"`{atom.name}` is not compared with ids", atom.at, _ways(atom.name, kind))]
    found = []
    seen: set[str] = set()
    for word in atom.words:
        if word.id in seen:
            found.append(Fault(f"`{word.id}` is listed twice", word.at, "leave one out"))
        elif word.id not in kind.ids:
            message = f"`{atom.name}` has no choice `{word.id}`"
            found.append(Fault(message, word.at, did_you_mean(word.id, kind.ids) or _every(kind.ids)))
        seen.add(word.id)
    if not found and seen == set(kind.ids):
        verdict = "false" if atom.negated else "true"
        message = f"this can only be {verdict}: every choice of `{atom.name}` is listed"
        found.append(Fault(message, atom.at, f"write `{atom.name} is known`"))
    return found


def _every(ids: tuple[str, ...]) -> str | None:
    """All choices, in their order, where they can be read at a glance: those of `channel` can."""
    listed = ", ".join(f"`{each}`" for each in ids)
    return f"known: {listed}" if len(listed) <= _GLANCE else None


def _number_faults(atom: ex.Compare, kind: Kind, limits: Mapping[str, int | None]) -> list[Fault]:
    if kind.kind != "number":
        return [Fault(f"`{atom.name}` is no number", atom.at, _ways(atom.name, kind))]
    limit = atom.constant.limit
    if limit is not None and limit not in limits:
        return [Fault(f"no limit is called `{limit}`", atom.constant.at, did_you_mean(limit, limits))]
    constant = number(atom.constant, limits)
    if constant is None:
        return []
    nearest = min(max(constant, kind.low), kind.high)
    ends = {COMPARE[atom.op](value, constant) for value in (kind.low, kind.high, nearest)}
    if len(ends) > 1:
        return []
    verdict = "true" if ends.pop() else "false"
    hint = f"`{atom.name}` goes from {kind.low} to {kind.high}"
    return [Fault(f"`{atom.name} {atom.op} {constant}` can only be {verdict}", atom.at, hint)]


def _chain_faults(low: Atom, high: Atom, scope: Scope) -> list[Fault]:
    """What is wrong with a chain as a whole: its two comparisons share their name, and so its place."""
    if not isinstance(low, ex.Compare) or not isinstance(high, ex.Compare) or low.at != high.at:
        return []
    ends = number(low.constant, scope.limits), number(high.constant, scope.limits)
    if None in ends:
        return []
    # Whole numbers: beside `<` and `>` the constant itself does not count. An order is found by the operator's sign.
    left, right = (end + _INNER[atom.op] for end, atom in zip(ends, (low, high), strict=True) if end is not None)
    if (left <= right) if low.op in (">", ">=") else (left >= right):
        return []
    message = f"no number lies between {ends[0]} and {ends[1]} like this"
    return [Fault(message, low.at, "a chain goes from the smaller to the larger: `1 <= n < 5`")]


_INNER = {">": 1, ">=": 0, "<": -1, "<=": 0}
