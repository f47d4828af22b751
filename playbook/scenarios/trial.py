"""A whole run of scenarios: what each came to, what none comes through, and all of it as findings."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic, PlaybookError, Span
from playbook.record import Record
from playbook.replies.render import Shelf
from playbook.scenarios import cases as c
from playbook.scenarios import snapshots
from playbook.scenarios.coverage import Coverage, Ground
from playbook.scenarios.reading import path_of, read
from playbook.scenarios.running import NOTHING_STORED, run
from playbook.scenarios.turning import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from playbook.protocol import Pack
    from playbook.scenarios.cases import Failure, Ran, Reading, Scenario
    from playbook.source.guard import Limits

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""When every scenario is decided: a Monday. So that deadlines read the same on every day and every machine."""


class Trial(Record):
    """What came of the scenarios of some protocols of a pack."""

    pack: Pack
    protocols: tuple[str, ...]
    ran: tuple[Ran, ...]
    coverage: Coverage
    ground: Ground
    findings: tuple[Diagnostic, ...]
    """What is wrong, an error each; and as warnings what no scenario comes through."""
    snapshots: Mapping[str, Mapping[Reading, str]]
    """By protocol the replies that its scenarios expect, as they read now."""

    @property
    def failed(self) -> tuple[Ran, ...]:
        """The scenarios that do not hold."""
        return tuple(each for each in self.ran if each.failures)

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return all(each.severity == WARNING for each in self.findings)


def attempt(
    pack: Pack, protocols: tuple[str, ...], limits: Limits, *, update: bool = False, fail_under: int | None = None
) -> Trial:
    """Run the scenarios of these protocols; with `update`, take every reply as it reads now.

    Raises PlaybookError with every fault in the files of scenarios.
    """
    scenarios = _read(pack, protocols, limits)
    shelf, kept = Shelf(pack), {}
    ran: list[Ran] = []
    findings: list[Diagnostic] = []
    for protocol in protocols:
        stored = snapshots.read(pack, protocol, limits.size)
        if stored.why and not update:
            findings.append(_unreadable(protocol, stored.why))
        own = [run(pack, each, NOON, stored.texts, shelf) for each in scenarios[protocol]]
        own = [_renewed(each) for each in own] if update else own
        findings += _stale(protocol, stored.texts, own) if not update else ()
        kept[protocol] = {key: text for each in own for key, text in _kept(each, stored.texts).items()}
        findings += [] if own else [_without(protocol)]
        ran += own
    ground = Ground(pack, protocols)
    coverage = ground.covered(each.state for each in ran)
    findings += (_failure(each, failure) for each in ran for failure in each.failures)
    findings += _below(coverage, fail_under)
    findings += _uncovered(coverage) if ran else ()
    findings.sort(key=lambda each: each.severity == WARNING)  # what fails comes first
    return Trial(pack, protocols, tuple(ran), coverage, ground, tuple(findings), kept)


def _read(pack: Pack, protocols: Iterable[str], limits: Limits) -> dict[str, tuple[Scenario, ...]]:
    files = {each: read(pack, each, limits) for each in protocols}
    faults = [fault for each in files.values() for fault in each.diagnostics]
    if faults:
        raise PlaybookError(faults)
    return {name: each.scenarios for name, each in files.items()}


def _renewed(ran: Ran) -> Ran:
    """The scenario with its snapshots taken as right, those that could be told."""
    labels = {c.Expectation(c.SNAPSHOT, None, ran.scenario.span, *where).label for _, *where in ran.snapshots}
    return ran._replace(failures=tuple(each for each in ran.failures if each.what not in labels))


def _kept(ran: Ran, stored: Mapping[Reading, str]) -> Mapping[Reading, str]:
    """The replies to keep of a scenario: as they read now, else as they were, where they could not be told."""
    every = {**stored, **ran.snapshots}
    return {key: every[key] for key in ran.scenario.readings if key in every}


def _failure(ran: Ran, failure: Failure) -> Diagnostic:
    """A failure as a finding, on one line."""
    head = f"{ran.scenario.name}: {failure.what}"
    if failure.what.startswith(c.SNAPSHOT):
        message = f"{head}: {failure.expected if failure.expected == NOTHING_STORED else 'it reads otherwise now'}"
        return Diagnostic("PB501", message, failure.span, "read it, and take it with `playbook test --update`")
    message = f"{head}: expected `{_short(failure.expected)}`, got `{_short(failure.got)}`"
    hint = f"it turned at {told(failure.turned)}" if failure.turned else None
    return Diagnostic("PB500", message, failure.span, hint)


def _short(text: str, most: int = 160) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _stale(protocol: str, stored: Mapping[Reading, str], ran: Iterable[Ran]) -> Iterable[Diagnostic]:
    """A warning for each stored reply that no scenario asks for."""
    wanted = {key for each in ran for key in each.scenario.readings}
    for name, locale, channel in stored:
        if (name, locale, channel) not in wanted:
            where = f"{locale} on {channel}" if channel else locale
            message = f"no scenario asks for the stored reply of `{name}` ({where})"
            span = Span(snapshots.path_of(protocol))
            yield Diagnostic("PB504", message, span, "`playbook test --update` removes it", WARNING)


def _unreadable(protocol: str, why: str) -> Diagnostic:
    path = snapshots.path_of(protocol)
    hint = "`playbook test --update` writes it anew"
    return Diagnostic("PB070", f"cannot read `{path}`: {why}", Span(path), hint)


def _without(protocol: str) -> Diagnostic:
    message = f"`{protocol}` has no scenarios"
    hint = f"write `{path_of(protocol)}`; `playbook test {protocol} --suggest` has answers for it"
    return Diagnostic("PB502", message, Span(f"protocols/{protocol}.yaml"), hint)


def _below(coverage: Coverage, fail_under: int | None) -> list[Diagnostic]:
    if fail_under is None or coverage.percent >= fail_under:
        return []
    message = f"scenarios come through {coverage.percent} % of these protocols, and {fail_under} % is asked for"
    return [Diagnostic("PB503", message, hint="`--suggest` has answers for what is missing")]


def _uncovered(coverage: Coverage) -> Iterable[Diagnostic]:
    return (
        Diagnostic("PB505", f"no scenario comes through {each.what}", each.span, severity=WARNING)
        for each in coverage.missing
    )
