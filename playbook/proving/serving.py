"""Does what `playbook verify` asks for: proves the pack, and tells what came of it in the format wanted."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from playbook import contract
from playbook import pack as packs
from playbook.diagnostics import PlaybookError
from playbook.formats import github
from playbook.output import as_json, encoding_of, write
from playbook.proofs import telling
from playbook.proofs.overlapping import NONE, overlaps
from playbook.proofs.verifying import Budget, proved
from playbook.proving import documents
from playbook.report import tell
from playbook.report import told as told_of
from playbook.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playbook.diagnostics import Diagnostic
    from playbook.loader import Loaded
    from playbook.proofs.findings import Report

HUMAN, PLAIN, JSON, GITHUB, SARIF, JUNIT, GITLAB = "human", "plain", "json", "github", "sarif", "junit", "gitlab"
MOMENT = "2026-01-01T00:00:00"
"""JUnit wants one; it is always the same, so that the report is."""


class Wishes(NamedTuple):
    """What the command line asks for."""

    protocols: tuple[str, ...] = ()
    pack: Path | None = None
    form: str | None = None
    output: Path | None = None
    within: float | None = None
    """Seconds after which what is not proved yet is not decided."""


def serve(wishes: Wishes) -> int:
    """Do it; the exit code. Raises PlaybookError where it cannot be done, told in the format asked for as well."""
    form = wishes.form or (GITHUB if github.wanted(os.environ) else HUMAN)
    try:
        root = packs.find(wishes.pack, os.environ)
        loaded = packs.loadable(root, wishes.protocols or None)
        report = _report(loaded, wishes)
    except PlaybookError as fault:
        if form == GITHUB:
            write(github.annotated(fault.diagnostics), wishes.output)
        if form != JSON:
            raise
        write(as_json(contract.failed(fault.diagnostics), encoding_of(wishes.output)), wishes.output)
        return fault.exit_code
    if form == HUMAN:
        tell(loaded.diagnostics)
    write(_document(report, loaded, form, root, encoding_of(wishes.output)), wishes.output)
    return report.exit_code


def _report(loaded: Loaded, wishes: Wishes) -> Report:
    report = proved(loaded, wishes.protocols or None, Budget(late=_deadline(wishes.within)))
    if report is None:
        raise PlaybookError(loaded.diagnostics)
    return report


def _deadline(within: float | None) -> Callable[[], bool] | None:
    """Whether the time is up, from now on."""
    if within is None:
        return None
    from time import monotonic

    end = monotonic() + within
    return lambda: monotonic() >= end


def _document(report: Report, loaded: Loaded, form: str, root: Path, encoding: str) -> str:
    """What came of it in one of the formats, as text."""
    findings = [*loaded.diagnostics, *documents.findings(report)]
    if form == JSON:
        both = overlaps(loaded.pack, [each.protocol for each in report.starts]) if loaded.pack else NONE
        return as_json(telling.as_json(report, loaded.diagnostics, both), encoding)
    if form == PLAIN:
        return "".join(f"{told_of(each)}\n" for each in findings) + f"{telling.summary(report)}\n"
    if form in (SARIF, GITLAB, JUNIT):
        return _exchanged(report, loaded, form, root, encoding)
    text = "".join(f"{safe(line)}\n" for line in telling.told(report))
    return github.quoted(text) + github.annotated(findings, packs.folder(root, os.environ)) if form == GITHUB else text


def _exchanged(report: Report, loaded: Loaded, form: str, root: Path, encoding: str) -> str:
    """The formats that other programs have set."""
    from playbook import __version__
    from playbook.formats import gitlab, junit, sarif
    from playbook.formats.fingerprints import fingerprints

    if form == JUNIT:
        return junit.report("playbook", documents.suites(report, loaded.diagnostics), MOMENT)
    findings = [*loaded.diagnostics, *documents.findings(report)]
    marked = [*zip(findings, fingerprints(findings, _texts(loaded, findings)), strict=True)]
    if form == GITLAB:
        return gitlab.report(marked, packs.folder(root, os.environ))
    about = {code: (title, title) for code, title in documents.TITLES.items()}
    return as_json(sarif.report(marked, about, __version__, packs.folder(root, os.environ)), encoding)


def _texts(loaded: Loaded, findings: list[Diagnostic]) -> dict[str, str]:
    """The files that findings stand in."""
    names = {each.span.file for each in findings if each.span}
    files = loaded.pack.files if loaded.pack else {}
    return {name: files[name].decode(errors="replace") for name in names if name in files}
