"""Conditions with a meaning: compiled to be asked "true?" and "false?" over answers that may be incomplete.

Three-valued (Kleene): a condition is true, false or unknown. Asked over answers that are still incomplete, each of the
two questions gives True, False, or the `Need` of the first question (left to right) whose answer could still change it.
A condition that is neither true nor false is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playbook.conditions import expression as ex
from playbook.conditions.scope import BROKEN, COMPARE, Atom, Environment, Fault, Kind, Scope, atoms, check, number

if TYPE_CHECKING:
    from collections.abc import Callable

    from playbook.conditions.scope import Settle

__all__ = ["BROKEN", "Atom", "Environment", "Fault", "Kind", "Scope", "atoms", "check", "number"]

MISSING = object()
"""Stands for an answer that has not been given (None is "don't know")."""


class Need:
    """The question whose answer is missing."""

    __slots__ = ("question",)

    def __init__(self, question: str) -> None:
        """Name the question."""
        self.question = question


Verdict = bool | Need
if TYPE_CHECKING:
    Test = Callable[[Environment], Verdict]


class Condition:
    """A condition of the pack: its text as written, its expression, and its two questions."""

    __slots__ = ("_false", "_names", "_true", "expression", "scope", "text")

    def __init__(self, text: str, expression: ex.Expression, scope: Scope) -> None:
        """Keep the parts; compiling waits until it is first asked."""
        self.text = text
        self.expression = expression
        self.scope = scope
        self._true: Test | None = None
        self._false: Test | None = None
        self._names: tuple[str, ...] | None = None

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

    def value(self, env: Environment) -> bool | Need | None:
        """True, False, None where it is unknown, or the Need of the leftmost question that could settle it."""
        yes = self.is_true(env)
        if yes is True:
            return True
        no = self.is_false(env)
        if no is True:
            return False
        if yes is False:
            return None if no is False else no
        if no is False or no.question == yes.question:
            return yes
        return self._leftmost(env, yes, no)

    def _leftmost(self, env: Environment, yes: Need, no: Need) -> Need:
        """Which of two needs comes first: that of the truth, or that of the falsehood."""
        for atom in atoms(self.expression):
            settle = self.scope.settlers.get(atom.name)
            need = settle(env) if settle is not None and atom.name not in env else Need(atom.name)
            if isinstance(need, Need) and need.question in (yes.question, no.question):
                return need
        raise AssertionError(self.text)  # pragma: no cover - a need is always that of one of the atoms

    @property
    def names(self) -> tuple[str, ...]:
        """The questions and facts it speaks of, left to right, each once."""
        if self._names is None:
            self._names = tuple(dict.fromkeys([atom.name for atom in atoms(self.expression)]))
        return self._names

    def __repr__(self) -> str:
        return f"Condition({self.text!r})"


def settle_rules(rules: tuple[tuple[Condition | None, str], ...]) -> Settle:
    """How a fact with rules is settled: by the first true one; None where an unknown one stands before it."""

    def settle(env: Environment) -> object:
        for condition, value in rules:
            verdict = True if condition is None else condition.value(env)
            if verdict is True:
                return value
            if verdict is not False:
                return verdict
        return None  # pragma: no cover - the loader ends the rules of a fact with one that always holds

    return settle


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
    satisfies = holds(atom, scope)
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
            if isinstance(value, Need):
                return value
            env[name] = value
        if value is None and not about_knowing:
            return False
        return satisfies(value) is positive

    return test


def holds(atom: Atom, scope: Scope) -> Callable[[Any], bool]:
    """Whether a value that is known satisfies `atom`; its type is what `check` has made sure of."""
    match atom:
        case ex.Name():
            return lambda value: value is True
        case ex.Known():
            known = atom.known
            return lambda value: (value is not None) is known
        case ex.Tick():
            properties, part = scope.kinds[atom.name].properties, atom.part
            if properties:
                return properties[part].__contains__
            return (lambda value: value == ()) if part == "none" else (lambda value: part in value)
        case ex.OneOf():
            ids = frozenset(word.id for word in atom.words)
            return (lambda value: value not in ids) if atom.negated else ids.__contains__
    # A condition with an unknown limit was refused and is never asked.
    constant, compare = number(atom.constant, scope.limits) or 0, COMPARE[atom.op]
    return lambda value: compare(value, constant)
