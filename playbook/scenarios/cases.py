"""What a scenario is: a case by its answers, and what must come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playbook.diagnostics import Diagnostic, Span
    from playbook.engine import Decided, Pending
    from playbook.protocol import Answer, Duration

OUTCOME, ASKED, LEVEL, HAS, LACKS = "outcome", "asked", "level", "marks has", "marks lacks"
ACTION, AVOID, CONTAINS, OMITS = "action", "avoid", "reply contains", "reply lacks"


class Expectation(Record):
    """One thing that must be true of a case: `what` is one of the words above; `locale` is the reply's."""

    what: str
    wanted: object
    span: Span
    locale: str = ""


class Task(Record):
    """An action that must apply: its owner, and where they are given its time and a piece of its wording."""

    owner: str
    within: Duration | None = None
    do: str = ""


class Scenario(Record):
    """One case of `protocol` and what must come of it, in the order of the file."""

    protocol: str
    name: str
    span: Span
    answers: Mapping[str, Answer]
    channel: str | None
    expectations: tuple[Expectation, ...]
    principle: str | None = None
    """The principle of the pack that decides it."""


class Failure(Record):
    """An expectation that did not hold: what was expected, what came instead, and the line that expected it."""

    what: str
    expected: str
    got: str
    span: Span


class Ran(Record):
    """A scenario that was run: it holds where nothing failed. `state` is where its answers led."""

    scenario: Scenario
    state: Pending | Decided
    failures: tuple[Failure, ...]


class Scenarios(Record):
    """The scenarios of a file, those that could be read, and every fault in it."""

    scenarios: tuple[Scenario, ...]
    diagnostics: tuple[Diagnostic, ...]
