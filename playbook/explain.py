"""Why a case went where it went: for each step the answers it used, and why every other branch was not taken.

Built from a walk's path when it is asked for; a walk itself keeps only which line decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.conditions import expression as ex
from playbook.conditions.condition import Condition
from playbook.engine import decide
from playbook.protocol import Ask
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playbook.conditions.condition import Atom, Environment, Scope
    from playbook.diagnostics import Span
    from playbook.engine import Decided, Pending
    from playbook.protocol import Answer, Line, Passed, Target

new = tuple.__new__
"""Makes a record of all its fields without a look at them, which counts here: a case has some sixty of them."""
OTHER = "other"
"""The answer was another one."""
FALSE = "false"
UNKNOWN = "unknown"
"""The line could not be decided, because of answers that are "don't know"."""
BELOW = "below"
"""A line above it decided: it was not reached."""
SURE = "sure"
"""An `unknown` line: every line above it was decided."""


class Reason(Record):
    """What was said of a name, and what the case says: the name's answer, or a fact's value; None is "don't know"."""

    name: str
    value: object


class Branch(Record):
    """A way that was not taken: its line and target, one of the words above, and what made it so."""

    span: Span
    target: Target
    why: str
    reasons: tuple[Reason, ...] = ()
    condition: str | None = None
    """The line's condition as written; for an ask step, the answer it is for."""


class Explained(Record):
    """A step of a case: the line that decided, where it led, the answers used, and the other branches."""

    protocol: str
    step: str
    span: Span
    then: Target
    asked: dict[str, Answer]
    others: tuple[Branch, ...]
    condition: str | None = None
    """The condition of the line that decided, where it has one."""


def explain(state: Pending | Decided) -> tuple[Explained, ...]:
    """Every step of the case's path, in order."""
    return tuple(_passed(state, each) for each in state.path)


def used(state: Pending | Decided, passed: Passed) -> dict[str, Answer]:
    """The answers that a step looked at, in the order in which it did."""
    if isinstance(passed.step, Ask):
        return {passed.step.question: state.answers[passed.step.question]}
    answers = state.answers
    env = _Looked(answers)
    decide(passed.step, env)
    return {name: answers[name] for name in env.looked if name in answers}


class _Looked(dict[str, object]):
    """Answers that remember which of them were looked at."""

    def __init__(self, answers: Mapping[str, object]) -> None:
        super().__init__(answers)
        self.looked: dict[str, None] = {}

    def get(self, key: str, default: object = None) -> object:
        self.looked[key] = None
        return super().get(key, default)


def _passed(state: Pending | Decided, passed: Passed) -> Explained:
    step, asked = passed.step, used(state, passed)
    if isinstance(step, Ask):
        reasons = (new(Reason, (step.question, asked[step.question])),)
        edges = () if step.always else step.edges.items()
        taken = passed.taken
        others = [new(Branch, (edge.span, edge.target, OTHER, reasons, name)) for name, edge in edges if name != taken]
        way, condition = passed.way, None
    else:
        number = int(passed.taken)
        way = line = step.lines[number]
        others = [_above(state, each) for each in step.lines[:number]]
        below = step.lines[number + 1 :]
        others += [new(Branch, (each.span, each.target, BELOW, (), _text(each))) for each in below]
        condition = _text(line)
    fields = (passed.protocol, step.id, way.span, way.target, asked, tuple(others), condition)
    return new(Explained, fields)


def _text(line: Line) -> str | None:
    return None if line.when is None else line.when.text


def _above(state: Pending | Decided, line: Line) -> Branch:
    """A line that was tried before the one that decided."""
    when = line.when
    if when is None:
        return Branch(line.span, line.target, SURE, (), None)
    # It was not true, or it would have decided.
    why = FALSE if when.is_false(state.env) is True else UNKNOWN
    blamed = _blamed(when.expression, when.scope, state.env, positive=True)
    reasons = tuple(dict.fromkeys([new(Reason, (atom.name, state.env.get(atom.name))) for atom in blamed]))
    return new(Branch, (line.span, line.target, why, reasons, when.text))


def _blamed(part: ex.Expression, scope: Scope, env: Environment, *, positive: bool) -> list[Atom]:
    """What keeps a part from being true (from being false, where not `positive`), left to right."""
    if isinstance(part, ex.Not):
        return _blamed(part.part, scope, env, positive=not positive)
    if not isinstance(part, ex.And | ex.Or):
        return [part]
    blamed = part.parts
    if isinstance(part, ex.And) is positive:
        values = [(each, Condition("", each, scope).value(env)) for each in part.parts]
        against = [each for each, value in values if value is (not positive)]
        blamed = tuple(against[:1] or [each for each, value in values if value is None])
    return [atom for each in blamed for atom in _blamed(each, scope, env, positive=positive)]
