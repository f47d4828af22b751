"""A proof as other programs read it: as findings with their places, and as JUnit's suites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import ERROR, Diagnostic, Span
from playbook.formats.junit import Check, Suite
from playbook.proofs import findings as f
from playbook.proofs.telling import scenario, undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLES = {
    "PB551": "a red line that a case crosses",
    "PB552": "a step or an outcome that no case comes to",
    "PB553": "a line of a step that no case takes",
    "PB554": "a question whose answers change nothing",
    "PB555": "a worse answer that leads to a lower level",
    "PB556": "a case that takes more questions than `at_most` promises",
    "PB559": "a protocol that could not be proved or broken: too large, or no more time",
}
"""What each finding is about."""
CLAIMS = {
    "PB552": "no step or outcome is in vain",
    "PB553": "no line is in vain",
    "PB554": "no question changes nothing",
}


def findings(report: f.Report) -> Iterator[Diagnostic]:
    """What does not hold, and what is not decided: a reader of findings must not take silence for a proof."""
    yield from (each.fault for each in report.findings)
    for each in report.starts:
        if each.extent is None:
            message = f"not decided: `{each.protocol}` {undecided(each)}"
            hint = "give it more time" if each.late else "split it, or ask on every way what is looked at later"
            yield Diagnostic("PB559", message, Span(f"protocols/{each.protocol}.yaml"), hint)


def suites(report: f.Report, faults: tuple[Diagnostic, ...]) -> Iterator[Suite]:
    """A suite for what was read, for each protocol, for the red lines and for the pack as a whole."""
    errors = [each for each in faults if each.severity == ERROR]
    if errors:
        yield Suite(
            "reading", tuple(Check(f"{each.code} {each.span or ''}".strip(), (each.message,)) for each in errors)
        )
    told: dict[str, list[f.Finding]] = {}
    for each in report.findings:
        told.setdefault(each.fault.code, []).append(each)
    for start in report.starts:
        yield Suite(start.protocol, tuple(_protocol(report, start, told.get("PB556", []))))
    yield from (Suite(name, (Check("is read", ("it cannot be read",)),)) for name in report.left_out)
    if report.lines:
        yield Suite("red lines", tuple(_line(each, told.get("PB551", [])) for each in report.lines))
    open_ = () if report.decided else ("not decided, but as far as could be seen",)
    whole = [Check(f"no milder when worse: {each}", open_) for each in report.worse]
    whole += [_failed(f"no milder when worse: {_named(each)}", each) for each in told.get("PB555", [])]
    if report.whole:
        whole += [Check(claim) for code, claim in CLAIMS.items() if code not in told]
        whole += [_failed(f"{CLAIMS[code]}: {each.fault.span}", each) for code in CLAIMS for each in told.get(code, [])]
    if whole:
        yield Suite("pack", tuple(whole))


def _protocol(report: f.Report, start: f.Start, overlong: list[f.Finding]) -> Iterator[Check]:
    against = () if start.extent else (f"not decided: it {undecided(start)}",)
    yield Check("every answer leads to one outcome", against)
    for each in report.lengths:
        if each.protocol == start.protocol:
            here = " here" if each.promised.here else ""
            word = "question" if each.promised.questions == 1 else "questions"
            name = f"at most {each.promised.questions} {word}{here}"
            found = [one for one in overlong if one.fault.span == each.promised.span]
            if found:
                yield _failed(name, found[0])
            else:
                yield Check(name, ("not decided",) if each.questions is None else ())


def _line(line: f.Line, broken: list[f.Finding]) -> Check:
    found = [each for each in broken if each.fault.span == line.span]
    if found:
        return _failed(line.name, found[0])
    return Check(line.name, ("not decided",) if line.status == f.UNDECIDED else ())


def _failed(name: str, finding: f.Finding) -> Check:
    """A check that fails, with the cases that show it."""
    fault = finding.fault
    cases = [line for each in finding.examples for line in scenario(each)]
    details = "\n".join((f"{fault.span}: {fault.message}", fault.hint or "", *cases))
    return Check(name, (fault.message,), details)


def _named(finding: f.Finding) -> str:
    """The question that a finding of a milder outcome speaks of."""
    return finding.examples[0].name.partition(",")[0]
