"""Does what `playbook lint` asks for: finds the pack, has it linted, and tells what is left in the format wanted."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playbook import pack as packs
from playbook.diagnostics import Diagnostic, PlaybookError
from playbook.formats import github
from playbook.lint import baseline, showing
from playbook.lint.linting import lint
from playbook.lint.showing import Told
from playbook.output import as_json, put_pieces, write
from playbook.report import told as told_of
from playbook.terminal import put

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from playbook.lint.linting import Linted

HUMAN, PLAIN, JSON, GITHUB, SARIF, JUNIT, GITLAB = "human", "plain", "json", "github", "sarif", "junit", "gitlab"
DONE, FINDINGS = 0, 1
MOMENT = "2026-01-01T00:00:00"
"""JUnit wants one; it is always the same, so that the report is."""


class Wishes(NamedTuple):
    """What the command line asks for."""

    paths: tuple[Path, ...] = ()
    pack: Path | None = None
    form: str | None = None
    output: Path | None = None
    baseline: Path | None = None
    write_baseline: bool = False
    strict: bool = False


def serve(wishes: Wishes) -> int:
    """Do it; the exit code. Raises PlaybookError where it cannot be done, told in the format asked for as well."""
    form = wishes.form or (GITHUB if github.wanted(os.environ) else HUMAN)
    try:
        return _serve(wishes, form)
    except PlaybookError as fault:
        if form == GITHUB:
            write(github.annotated(fault.diagnostics), wishes.output)
        if form != JSON:
            raise
        from playbook import contract

        write(as_json(contract.failed(fault.diagnostics), _encoding(wishes.output)), wishes.output)
        return fault.exit_code


def _serve(wishes: Wishes, form: str) -> int:
    if wishes.write_baseline and wishes.baseline is None:
        raise PlaybookError([Diagnostic("PB652", "no baseline is named", hint="add `--baseline FILE`")])
    root = _root(wishes)
    wanted = [_inside(root, each) for each in wishes.paths]
    linted = lint(packs.read_pack(root), _today(), packs.limits(os.environ))
    if wishes.write_baseline and wishes.baseline is not None:
        write(baseline.written(linted.findings, linted.texts), wishes.baseline)
        put(sys.stderr, f"{wishes.baseline}: {len(linted.findings)} findings\n")
        return DONE
    told = _told(linted, wishes.baseline, wanted)
    if form == HUMAN and wishes.output is None:
        put_pieces(showing.rows(told))
    else:
        write(_document(told, form, root, _encoding(wishes.output)), wishes.output)
    return FINDINGS if told.errors or (wishes.strict and told.findings) else DONE


def _root(wishes: Wishes) -> Path:
    """The pack's folder: as any command finds it, but from the first path that is named, where one is."""
    first = wishes.paths[0] if wishes.paths else None
    if wishes.pack is not None or first is None:
        return packs.find(wishes.pack, os.environ)
    for each in wishes.paths:
        if not os.path.lexists(each):
            raise PlaybookError([Diagnostic("PB654", f"there is no file or folder `{each}`")])
    here = Path(os.path.abspath(first))  # noqa: PTH100 - links are not followed
    return packs.find(None, {}, here if here.is_dir() else here.parent)


def _inside(root: Path, path: Path) -> str:
    """A path as the pack names it, empty for the pack itself. Raises PlaybookError where it is not in it."""
    here = os.path.relpath(path, root).replace(os.sep, "/")
    if here == ".." or here.startswith("../"):
        hint = "name the pack with `--pack DIR`"
        raise PlaybookError([Diagnostic("PB654", f"`{path}` is not in the pack `{root}`", hint=hint)])
    return "" if here == "." else here


def _among(each: Diagnostic, wanted: Collection[str]) -> bool:
    """Whether a finding stands in one of the files or folders; all do where none is named."""
    file = each.span.file if each.span else ""
    return not wanted or any(not path or file == path or file.startswith(f"{path}/") for path in wanted)


def _today() -> date:
    from datetime import date

    from playbook.desk.opening import now

    return now().date() if os.environ.get("CRISIS_PLAYBOOK_NOW") else date.today()  # noqa: DTZ011 - where one is


def _told(linted: Linted, path: Path | None, wanted: Collection[str]) -> Told:
    """What is new, of the files that are wanted; a baseline knows the whole pack."""
    kept, gone = linted.findings, 0
    if path is not None:
        kept, gone = baseline.unknown(linted.findings, linted.texts, baseline.read(path))
    known = len(linted.findings) - len(kept)
    marks = dict(zip(linted.findings, baseline.fingerprints(linted.findings, linted.texts), strict=True))
    told = tuple((each, marks[each]) for each in kept if _among(each, wanted))
    return Told(told, linted.texts, linted.ignored, known, gone, linted.whole)


def _document(told: Told, form: str, root: Path, encoding: str) -> str:
    """The findings in one of the formats, as text."""
    if form == JSON:
        return as_json(showing.as_json(told), encoding)
    if form == PLAIN:
        return "".join(f"{told_of(each)}\n" for each, _ in told.findings) + f"{showing.summary(told)}\n"
    if form in (SARIF, GITLAB, JUNIT):
        return _exchanged(told, form, root, encoding)
    text = "".join(f"{each.lead}{each.text}\n" for each in showing.rows(told))
    return (
        github.quoted(text) + github.annotated((each for each, _ in told.findings), packs.folder(root, os.environ))
        if (form == GITHUB)
        else text
    )


def _exchanged(told: Told, form: str, root: Path, encoding: str) -> str:
    """The formats that other programs have set."""
    from playbook import __version__
    from playbook.formats import gitlab, junit, sarif
    from playbook.rules import RULES

    if form == GITLAB:
        return gitlab.report(told.findings, packs.folder(root, os.environ))
    if form == JUNIT:
        return junit.report("playbook", showing.suites(told), MOMENT)
    about = {rule.code: (rule.title, rule.page) for rule in RULES}
    return as_json(sarif.report(told.findings, about, __version__, packs.folder(root, os.environ)), encoding)


def _encoding(output: Path | None) -> str:
    return "utf-8" if output else sys.stdout.encoding
