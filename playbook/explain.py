"""Why a case went where it went: for each step the answers it used, and why every other branch was not taken.

Built from a walk's path when it is asked for; a walk itself keeps only which line decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import expression as ex
from playbook.condition import Condition
from playbook.engine import decide
from playbook.protocol import Ask
from playbook.record import Record

if TYPE_CHECKING:
    from playbook.condition import Atom, Environment, Scope
    from playbook.diagnostics import Span
    from playbook.engine import Decided, Pending
    from playbook.protocol import Answer, Check, Line, Passed, Target

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
    """A step that a case went through: the line that decided, where it led, the answers used, and the other branches."""

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
    env = _Looked({**state.answers})
    decide(passed.step, env)
    return {name: state.answers[name] for name in env.looked if name in state.answers}


class _Looked(dict[str, object]):
    """Answers that remember which of them were looked at."""

    def __init__(self, answers: Environment) -> None:
        super().__init__(answers)
        self.looked: dict[str, None] = {}

    def get(self, key: str, default: object = None) -> object:
        self.looked[key] = None
        return super().get(key, default)


def _passed(state: Pending | Decided, passed: Passed) -> Explained:
    asked = used(state, passed)
    way = passed.way
    if isinstance(passed.step, Ask):
        reason = Reason(passed.step.question, asked[passed.step.question])
        edges = passed.step.edges.items() if passed.step.always is None else ()
        others = [
            Branch(edge.span, edge.target, OTHER, (reason,), name) for name, edge in edges if name != passed.taken
        ]
        condition = None
    else:
        others = _lines(state, passed.step, int(passed.taken))
        when = passed.step.lines[int(passed.taken)].when
        condition = when.text if when else None
    return Explained(passed.protocol, passed.step.id, way.span, way.target, asked, tuple(others), condition)


def _lines(state: Pending | Decided, check: Check, taken: int) -> list[Branch]:
    found = []
    for index, line in enumerate(check.lines):
        if index > taken:
            found.append(Branch(line.span, line.target, BELOW, (), line.when.text if line.when else None))
        elif index < taken:
            found.append(_above(state, line))
    return found


def _above(state: Pending | Decided, line: Line) -> Branch:
    """A line that was tried before the one that decided."""
    if line.when is None:
        return Branch(line.span, line.target, SURE)
    verdict = line.when.value(state.env)
    blamed = _blamed(line.when.expression, line.when.scope, state.env, positive=True)
    reasons = tuple(Reason(atom.name, state.env.get(atom.name)) for atom in blamed)
    why = FALSE if verdict is False else UNKNOWN
    return Branch(line.span, line.target, why, tuple(dict.fromkeys(reasons)), line.when.text)


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
