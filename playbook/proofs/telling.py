"""What was proved, in words, as scenarios to keep, and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.proofs import findings as f
from playbook.proofs.overlapping import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playbook.diagnostics import Diagnostic
    from playbook.proofs.overlapping import Both, Overlaps
    from playbook.protocol import Answer, Line

_YAML = frozenset(("null", "true", "false"))
"""Ids that YAML would not read as text."""


def told(report: f.Report) -> Iterator[str]:
    """A report as lines: what is proved, what is not decided, and each finding with its smallest case."""
    yield from map(_start, report.starts)
    yield from (f"not decided: `{name}` cannot be read" for name in report.left_out)
    yield from (_line(each) for each in report.lines if each.status != f.BROKEN)
    yield from (_length(each) for each in report.lengths if each.questions is None or _kept(each))
    if report.worse:
        names = ", ".join(f"`{each}`" for each in report.worse)
        told = "proved" if report.decided else "not decided, but as far as could be seen"
        yield f"{told}: a worse answer never leads to a lower level, for {names}"
    if report.whole and not any(each.fault.code in f.IN_VAIN for each in report.findings):
        yield "proved: no line, step, outcome or question is in vain"
    for finding in report.findings:
        yield from _finding(finding)
    if report.status != f.PROVED:
        yield ""
        yield summary(report)


def _start(start: f.Start) -> str:
    if start.extent is None:
        return f"not decided: `{start.protocol}` {undecided(start)}"
    return f"proved: every answer in `{start.protocol}` leads to one outcome, over {_size(start.extent)}"


def undecided(start: f.Start) -> str:
    """Why the cases of a protocol were not decided, and how far that got."""
    reached = start.reached or f.Progress("")
    where = reached.doing if not reached.of else f"{reached.doing}, at {reached.done} of {reached.of} {reached.what}"
    if start.late:
        return f"was not ended: the time was up {where if where.startswith('before') else f'while {where}'}"
    return f"is too large: the budget was spent while {where}"


def _kept(length: f.Length) -> bool:
    return length.questions is not None and length.questions <= length.promised.questions


def _length(length: f.Length) -> str:
    where = "by itself" if length.promised.here else "until a case ends"
    said = f"`{length.protocol}` asks at most {_many(length.promised.questions, 'question')} {where}"
    if length.questions is None:
        return f"not decided: {said}"
    return f"proved: {said}" + (f" ({length.questions})" if length.questions < length.promised.questions else "")


def _line(line: f.Line) -> str:
    if line.status == f.UNDECIDED and not line.extent.combinations:
        return f"not decided: `{line.name}` was not looked at"
    if line.status == f.UNDECIDED:
        return f"not decided: `{line.name}` holds as far as could be seen, over {_size(line.extent)}"
    return f"proved: `{line.name}`, " + (f"over {_size(line.extent)}" if line.spoken_of else "which speaks of no case")


def _finding(finding: f.Finding) -> Iterator[str]:
    fault = finding.fault
    yield ""
    yield f"{fault.span}: {fault.severity}: {fault.message} [{fault.code}]"
    yield f"  hint: {fault.hint}"
    if finding.examples:
        yield f"  to keep in protocols/{finding.examples[0].protocol}.scenarios.yaml:"
    for example in finding.examples:
        yield from (f"    {each}" for each in scenario(example))


def summary(report: f.Report) -> str:
    """The sum of it, on one line."""
    broken = sum(each.status == f.BROKEN for each in report.lines)
    open_ = sum(each.extent is None for each in report.starts) + len(report.left_out)
    proved = sum(each.status == f.PROVED for each in report.lines)
    parts = [f"{proved} of {_many(len(report.lines), 'red line')} proved"] if report.lines else []
    parts += [f"{broken} broken"] if broken else []
    others = sum(each.fault.code != "PB551" for each in report.findings)
    parts += [f"{others} other findings" if others > 1 else "1 other finding"] if others else []
    parts += [f"{open_} of {len(report.starts) + len(report.left_out)} protocols not decided"] if open_ else []
    return ", ".join(parts) or report.status


def _size(extent: f.Extent) -> str:
    ways = "too many ways to count" if extent.ways is None else _many(extent.ways, "way")
    return f"{ways} / {_many(extent.combinations, 'combination')}"


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def scenario(example: f.Example) -> Iterator[str]:
    """A case as lines of a file of scenarios."""
    yield f"- name: {example.name}"
    if p.CHANNEL in example.answers:
        yield f"  channel: {value(example.answers[p.CHANNEL])}"
    answers = {name: value(each) for name, each in example.answers.items() if name != p.CHANNEL}
    yield f"  answers: {{{', '.join(f'{name}: {each}' for name, each in answers.items())}}}"
    own = example.outcome.protocol == example.protocol
    yield f"  expect: {{outcome: {example.outcome.name if own else example.outcome}}}"


def value(answer: Answer) -> str:
    """An answer as YAML."""
    if answer is None:
        return "null"
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, tuple):
        return f"[{', '.join(map(value, answer))}]"
    if isinstance(answer, str) and (answer in _YAML or " " in answer):
        return json.dumps(answer)
    return str(answer)


def as_json(report: f.Report, diagnostics: Iterable[Diagnostic], overlaps: Overlaps = NONE) -> dict[str, object]:
    """A report for programs, with the lines that overlap and what was told of the pack when it was read."""
    return {
        "schema_version": 1,
        "status": report.status,
        "protocols": [
            {
                "id": each.protocol,
                "decided": each.extent is not None,
                **_extent(each.extent or f.NOTHING),
                "reached": _progress(each),
            }
            for each in report.starts
        ],
        "red_lines": [
            {
                "name": each.name,
                "status": each.status,
                **_extent(each.extent),
                "speaks": each.spoken_of,
                "file": each.span.file,
                "line": each.span.line,
                "column": each.span.column,
            }
            for each in report.lines
        ],
        "at_most": [*map(_promise, report.lengths)],
        "no_milder_when_worse": list(report.worse),
        "whole": report.whole,
        "left_out": list(report.left_out),
        "findings": [{**each.fault.as_json(), "cases": [*map(_case, each.examples)]} for each in report.findings],
        "overlaps": {"lines": [*map(_both, overlaps.every)], "left_out": list(overlaps.left_out)},
        "diagnostics": [each.as_json() for each in diagnostics],
    }


def _progress(start: f.Start) -> dict[str, object] | None:
    """How far the proof of a protocol got, where it was not ended."""
    reached = start.reached
    if reached is None:
        return None
    return {"doing": reached.doing, "done": reached.done, "of": reached.of, "what": reached.what, "late": start.late}


def _promise(length: f.Length) -> dict[str, object]:
    status = f.UNDECIDED if length.questions is None else f.PROVED if _kept(length) else f.BROKEN
    promised = {"promised": length.promised.questions, "here": length.promised.here}
    return {"protocol": length.protocol, "status": status, **promised, "longest": length.questions}


def _both(both: Both) -> dict[str, object]:
    return {
        "protocol": both.protocol,
        "step": str(both.place) if both.place.name else None,
        "first": _led(both.first),
        "second": _led(both.second),
        "answers": dict(both.answers),
    }


def _led(line: Line) -> dict[str, object]:
    return {"file": line.span.file, "line": line.span.line, "column": line.span.column, "then": str(line.target)}


def _extent(extent: f.Extent) -> dict[str, object]:
    return {"ways": extent.ways, "combinations": extent.combinations}


def _case(example: f.Example) -> dict[str, object]:
    return {
        "protocol": example.protocol,
        "answers": dict(example.answers),
        "outcome": str(example.outcome),
        "scenario": "\n".join(scenario(example)),
    }
