"""What a scenario is: a case by its answers, and what must come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playbook.diagnostics import Diagnostic, Span
    from playbook.engine import Decided, Pending
    from playbook.protocol import Answer, Duration, Passed

OUTCOME, ASKED, LEVEL, HAS, LACKS = "outcome", "asked", "level", "marks has", "marks lacks"
ACTION, AVOID, CONTAINS, OMITS = "action", "avoid", "reply contains", "reply lacks"
PATH, RED_LINES, SNAPSHOT = "path", "red lines", "reply snapshot"
if TYPE_CHECKING:
    Reading = tuple[str, str, str]
    """A reply as a snapshot keeps it: the scenario's name, the locale, and the channel where that is another one."""


class Expectation(Record):
    """One thing that must be true of a case: `what` is one of the words above; `locale` is the reply's.

    `channel` is where the reply is read, if that is another one than the case came in by.
    """

    what: str
    wanted: object
    span: Span
    locale: str = ""
    channel: str = ""

    @property
    def label(self) -> str:
        """What it is, with the reply's locale and channel."""
        where = f"{self.locale} on {self.channel}" if self.channel else self.locale
        return f"{self.what} ({where})" if where else self.what


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

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The replies of which it expects a snapshot."""
        return tuple(self.reading(each) for each in self.expectations if each.what == SNAPSHOT)

    def reading(self, expected: Expectation) -> Reading:
        """What a reply that it expects is kept under: the name stands in a heading, so it has one line."""
        return (" ".join(self.name.split()), expected.locale, expected.channel)


class Failure(Record):
    """An expectation that did not hold: what was expected, what came instead, and the line that expected it."""

    what: str
    expected: str
    got: str
    span: Span
    turned: Passed | None = None
    """The step of the path whose line led away from what was expected, where one did."""


class Ran(Record):
    """A scenario that was run: it holds where nothing failed. `state` is where its answers led."""

    scenario: Scenario
    state: Pending | Decided
    failures: tuple[Failure, ...]
    snapshots: Mapping[Reading, str] = {}
    """Each reply of which it expects a snapshot, as it reads now."""


class Scenarios(Record):
    """The scenarios of a file, those that could be read, and every fault in it."""

    scenarios: tuple[Scenario, ...]
    diagnostics: tuple[Diagnostic, ...]
