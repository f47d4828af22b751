"""A run of scenarios for programs: as the JSON of `schema/test.schema.json`, and as the suites of a JUnit report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.engine import Decided
from playbook.formats.junit import Check, Suite
from playbook.protocol import Target
from playbook.scenarios.coverage import KINDS
from playbook.scenarios.turning import line_of, place
from playbook.trial import showing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.diagnostics import Span
    from playbook.protocol import Passed
    from playbook.scenarios.cases import Failure, Ran
    from playbook.scenarios.coverage import Coverage
    from playbook.scenarios.trial import Trial

    Json = dict[str, object]

SCHEMA_VERSION = 1


def as_json(trial: Trial) -> Json:
    """All of it."""
    return {
        "schema_version": SCHEMA_VERSION,
        "status": "passed" if trial.holds else "failed",
        "protocols": list(trial.protocols),
        "scenarios": [_scenario(each) for each in trial.ran],
        "coverage": {
            "percent": trial.coverage.percent,
            **{kind.replace(" ", "_"): _coverage(trial.coverage.of(kind)) for kind in KINDS},
        },
        "findings": [each.as_json() for each in trial.findings],
    }


def _scenario(ran: Ran) -> Json:
    state = ran.state
    end = Target(state.outcome.protocol, state.outcome.id) if isinstance(state, Decided) else None
    return {
        "protocol": ran.scenario.protocol,
        "name": ran.scenario.name,
        **_place(ran.scenario.span),
        "holds": not ran.failures,
        "outcome": str(end) if end else None,
        "path": [_passed(each) for each in state.path],
        "failures": [_failure(each) for each in ran.failures],
    }


def _failure(failure: Failure) -> Json:
    turned = _passed(failure.turned) if failure.turned else None
    found: Json = {"what": failure.what, "expected": failure.expected, "got": failure.got}
    return {**found, **_place(failure.span), "turned": turned}


def _passed(passed: Passed) -> Json:
    return {"step": str(place(passed)), "taken": line_of(passed).strip("`"), **_place(passed.span)}


def _place(span: Span) -> Json:
    return {"file": span.file, "line": span.line, "column": span.column}


def _coverage(coverage: Coverage) -> Json:
    missing = [{"what": each.what, **_place(each.span)} for each in coverage.missing]
    return {
        "covered": coverage.covered,
        "total": len(coverage.items),
        "percent": coverage.percent,
        "missing": missing,
    }


def suites(trial: Trial) -> Iterator[Suite]:
    """A suite for each protocol; what is no scenario's fault stands against the run as a whole."""
    for protocol in trial.protocols:
        own = [each for each in trial.ran if each.scenario.protocol == protocol]
        yield Suite(protocol, tuple(_check(each) for each in own))
    others = [each for each in trial.findings if each.code in showing.WHOLE]
    told = tuple(f"{each.span}: {each.message}" if each.span else each.message for each in others)
    yield Suite("coverage", (Check("all of it", told),))


def _check(ran: Ran) -> Check:
    against = tuple(f"{each.what}: expected {each.expected}, got {each.got}" for each in ran.failures)
    details = "\n".join(f"{piece.lead}{piece.text}".rstrip() for piece in showing.failed(ran, showing.WIDTH))
    return Check(ran.scenario.name, against, f"{details}\n" if against else "")
