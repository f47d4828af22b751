"""Conditions with a meaning: checked against the names they speak of, and compiled to be asked "true?" and "false?".

Three-valued (Kleene): a condition is true, false or unknown. Asked over answers that are still incomplete, each of the two questions
gives True, False, or the `Need` of the first question (left to right) whose answer could still change it. A condition that is neither
true nor false is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from playbook import expression as ex
from playbook.diagnostics import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, MutableMapping

MISSING = object()
"""Stands for an answer that has not been given (None is "don't know")."""


class Need:
    """The question whose answer is missing."""

    __slots__ = ("question",)

    def __init__(self, question: str) -> None:
        """Name the question."""
        self.question = question


Environment = dict[str, object]
"""Answers by question, with the facts that were settled so far."""
Verdict = bool | Need
if TYPE_CHECKING:
    Test = Callable[[Environment], Verdict]
    Settle = Callable[[Environment], object]


class Kind(NamedTuple):
    """What a name may be compared with: `kind` is a question's kind; `ids` its choices, `low` and `high` its range.

    `properties` are the ids for which `name.property` holds (the channel's). A fact is `yes_no` or, with rules, `choice`.
    """

    kind: str
    ids: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    properties: Mapping[str, frozenset[str]] = {}


class Scope:
    """The names that conditions may speak of. Facts are entered as they are declared and settled when first needed."""

    def __init__(self, limits: Mapping[str, int]) -> None:
        """Start without names; `limits` are the pack's numbers."""
        self.kinds: MutableMapping[str, Kind] = {}
        self.settlers: MutableMapping[str, Settle] = {}
        self.limits = limits


class Fault(NamedTuple):
    """What a condition says wrongly: `at` counts characters from its start."""

    message: str
    at: int
    hint: str | None = None


class Condition:
    """A condition of the pack: its text as written, its expression, and its two questions."""

    __slots__ = ("_false", "_true", "expression", "scope", "text")

    def __init__(self, text: str, expression: ex.Expression, scope: Scope) -> None:
        """Keep the parts; compiling waits until it is first asked."""
        self.text = text
        self.expression = expression
        self.scope = scope
        self._true: Test | None = None
        self._false: Test | None = None

    def is_true(self, env: Environment) -> Verdict:
        """Whether it is true, or what must be asked to tell."""
        if self._true is None:
            self._true = _compile(self.expression, self.scope, positive=True)
        return self._true(env)

    def is_false(self, env: Environment) -> Verdict:
        """Whether it is false, or what must be asked to tell."""
        if self._false is None:
            self._false = _compile(self.expression, self.scope, positive=False)
        return self._false(env)

    def value(self, env: Environment) -> object:
        """True, False, None where it is unknown, or the Need of a question that could settle it."""
        yes = self.is_true(env)
        if yes is True:
            return True
        no = self.is_false(env)
        if no is True:
            return False
        if yes is False and no is False:
            return None
        return no if yes is False else yes

    @property
    def names(self) -> tuple[str, ...]:
        """The questions and facts it speaks of, left to right, each once."""
        return tuple(dict.fromkeys(atom.name for atom in atoms(self.expression)))

    def __repr__(self) -> str:
        return f"Condition({self.text!r})"


Atom = ex.Name | ex.Tick | ex.OneOf | ex.Compare | ex.Known


def atoms(expression: ex.Expression) -> list[Atom]:
    """The comparisons of an expression, left to right."""
    if isinstance(expression, ex.And | ex.Or):
        return [atom for part in expression.parts for atom in atoms(part)]
    return atoms(expression.part) if isinstance(expression, ex.Not) else [expression]


def settle_rules(rules: tuple[tuple[Condition | None, str], ...]) -> Settle:
    """How a fact with rules is settled: the first true rule's value; None where an unknown rule stands before any true one."""

    def settle(env: Environment) -> object:
        for condition, value in rules:
            verdict = True if condition is None else condition.value(env)
            if verdict is True:
                return value
            if verdict is not False:
                return verdict
        return None

    return settle


def check(expression: ex.Expression, scope: Scope) -> list[Fault]:
    """Everything that an expression says wrongly of the names in `scope`."""
    return [fault for atom in atoms(expression) for fault in _faults(atom, scope)]


def _faults(atom: Atom, scope: Scope) -> list[Fault]:
    kind = scope.kinds.get(atom.name)
    if kind is None:
        return [Fault(f"no question or fact is called `{atom.name}`", atom.at, did_you_mean(atom.name, scope.kinds))]
    match atom:
        case ex.Known():
            return []
        case ex.Name():
            return [] if kind.kind == "yes_no" else [Fault(f"`{atom.name}` is no yes-or-no question", atom.at, _ways(atom.name, kind))]
        case ex.Tick():
            return _tick_faults(atom, kind)
        case ex.OneOf():
            return _word_faults(atom, kind)
        case ex.Compare():
            return _number_faults(atom, kind, scope.limits)


def _ways(name: str, kind: Kind) -> str:
    """How `name` may be spoken of."""
    if kind.kind == "choice":
        return f"write `{name} == '{kind.ids[0]}'`" if kind.ids else f"write `{name} == 'id'`"
    if kind.kind == "many":
        return f"write `{name}.{kind.ids[0]}`" if kind.ids else f"write `{name}.none`"
    if kind.kind == "number":
        return f"write `{name} < {kind.high}`"
    if kind.kind == "yes_no":
        return f"write `{name}` or `not {name}`"
    return "texts are never branched on; only `is known` and `is unknown` may be said of them"


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
    found = [
        Fault(f"`{atom.name}` has no choice `{word.id}`", word.at, did_you_mean(word.id, kind.ids)) for word in atom.words if word.id not in kind.ids
    ]
    seen: set[str] = set()
    for word in atom.words:
        if word.id in seen:
            found.append(Fault(f"`{word.id}` is listed twice", word.at, "leave one out"))
        seen.add(word.id)
    if not found and seen == set(kind.ids):
        verdict = "false" if atom.negated else "true"
        found.append(Fault(f"this can only be {verdict}: every choice of `{atom.name}` is listed", atom.at, f"write `{atom.name} is known`"))
    return found


def _number_faults(atom: ex.Compare, kind: Kind, limits: Mapping[str, int]) -> list[Fault]:
    if kind.kind != "number":
        return [Fault(f"`{atom.name}` is no number", atom.at, _ways(atom.name, kind))]
    if atom.constant.limit is not None and atom.constant.limit not in limits:
        return [Fault(f"no limit is called `{atom.constant.limit}`", atom.constant.at, did_you_mean(atom.constant.limit, limits))]
    constant = _number(atom.constant, limits)
    if constant is None:
        return []
    ends = {_COMPARE[atom.op](value, constant) for value in (kind.low, kind.high, min(max(constant, kind.low), kind.high))}
    if len(ends) == 1:
        verdict = "true" if ends.pop() else "false"
        hint = f"`{atom.name}` goes from {kind.low} to {kind.high}"
        return [Fault(f"`{atom.name} {atom.op} {constant}` can only be {verdict}", atom.at, hint)]
    return []


def _number(constant: ex.Constant, limits: Mapping[str, int]) -> int | None:
    return constant.value if constant.limit is None else limits.get(constant.limit)


def _less(left: int, right: int) -> bool:
    return left < right


_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "<": _less,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
}


def _compile(expression: ex.Expression, scope: Scope, *, positive: bool) -> Test:
    """A closure that tells whether `expression` is true (false, where `positive` is False)."""
    match expression:
        case ex.Not():
            return _compile(expression.part, scope, positive=not positive)
        case ex.And() | ex.Or():
            tests = tuple(_compile(part, scope, positive=positive) for part in expression.parts)
            return _every(tests) if isinstance(expression, ex.And) == positive else _some(tests)
        case _:
            return _atom(expression, scope, positive=positive)


def _every(tests: tuple[Test, ...]) -> Test:
    def test(env: Environment) -> Verdict:
        need: Verdict = True
        for each in tests:
            verdict = each(env)
            if verdict is False:
                return False
            if need is True:
                need = verdict
        return need

    return test


def _some(tests: tuple[Test, ...]) -> Test:
    def test(env: Environment) -> Verdict:
        need: Verdict = False
        for each in tests:
            verdict = each(env)
            if verdict is True:
                return True
            if need is False:
                need = verdict
        return need

    return test


def _atom(atom: Atom, scope: Scope, *, positive: bool) -> Test:
    holds = _holds(atom, scope)
    name = atom.name
    need = Need(name)
    settle = scope.settlers.get(name)
    # `is known` is never unknown itself; anything else said of "don't know" is neither true nor false.
    about_knowing = isinstance(atom, ex.Known)

    def test(env: Environment) -> Verdict:
        value = env.get(name, MISSING)
        if value is MISSING:
            if settle is None:
                return need
            value = settle(env)
            if value.__class__ is Need:
                return value  # type: ignore[return-value]
            env[name] = value
        if value is None and not about_knowing:
            return False
        return holds(value) is positive

    return test


def _holds(atom: Atom, scope: Scope) -> Callable[[object], bool]:
    """Whether a value that is known satisfies `atom`."""
    match atom:
        case ex.Name():
            return lambda value: value is True
        case ex.Known():
            return lambda value, known=atom.known: (value is not None) is known  # type: ignore[misc]
        case ex.Tick():
            properties = scope.kinds[atom.name].properties
            if properties:
                return properties[atom.part].__contains__
            if atom.part == "none":
                return lambda value: value == ()
            return lambda value, part=atom.part: part in value  # type: ignore[misc]
        case ex.OneOf():
            ids = frozenset(word.id for word in atom.words)
            return (lambda value: value not in ids) if atom.negated else ids.__contains__
        case ex.Compare():
            constant = _number(atom.constant, scope.limits)
            return lambda value, compare=_COMPARE[atom.op]: compare(value, constant)  # type: ignore[misc]
