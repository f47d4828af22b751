"""Does what `playbook test` asks for: reads the pack, runs its scenarios, writes reports and snapshots."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from playbook import pack as packs
from playbook.diagnostics import Diagnostic, PlaybookError, did_you_mean
from playbook.formats import github
from playbook.output import as_json, encoding_of, put_pieces, write
from playbook.report import tell, told
from playbook.scenarios import snapshots
from playbook.scenarios.trial import NOON, attempt
from playbook.terminal import put, size
from playbook.trial import showing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from playbook.scenarios.trial import Trial

HUMAN, PLAIN, JSON, JUNIT, GITHUB = "human", "plain", "json", "junit", "github"
DONE, FINDINGS = 0, 1


class Wishes(NamedTuple):
    """What the command line asks for."""

    protocols: tuple[str, ...] = ()
    pack: Path | None = None
    form: str | None = None
    output: Path | None = None
    update: bool = False
    suggest: bool = False
    fail_under: int | None = None


def serve(wishes: Wishes) -> int:
    """Do it; the exit code. Raises PlaybookError where it cannot be done, told in the format asked for as well."""
    form = wishes.form or (GITHUB if github.wanted(os.environ) else HUMAN)
    root = packs.find(wishes.pack, os.environ)
    try:
        return _serve(wishes, form, root)
    except PlaybookError as fault:
        if form == GITHUB:
            write(github.annotated(fault.diagnostics, packs.folder(root, os.environ)), wishes.output)
        if form != JSON:
            raise
        from playbook import contract

        write(as_json(contract.failed(fault.diagnostics), encoding_of(wishes.output)), wishes.output)
        return fault.exit_code


def _serve(wishes: Wishes, form: str, root: Path) -> int:
    opened = packs.opened(root, os.environ)
    tell(opened.warnings)
    pack, limits = opened.pack, packs.limits(os.environ)
    protocols = _chosen(wishes.protocols, pack.protocols)
    trial = attempt(pack, protocols, limits, update=wishes.update, fail_under=wishes.fail_under)
    if wishes.update:
        _update(root, trial)
    if wishes.suggest:
        return _suggest(trial, wishes.output)
    if form == HUMAN and wishes.output is None:
        put_pieces(showing.rows(trial, size()[0] if sys.stdout.isatty() else showing.WIDTH))
    else:
        write(_document(trial, form, root, encoding_of(wishes.output)), wishes.output)
    return DONE if trial.holds else FINDINGS


def _chosen(names: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """The protocols that are named, each once, in the order of the pack; all where none is."""
    every, asked = [*known], {*names}
    faults = [
        Diagnostic("PB071", f"no protocol is called `{each}`", hint=did_you_mean(each, every))
        for each in sorted(asked.difference(every))
    ]
    if faults:
        raise PlaybookError(faults)
    return tuple(each for each in every if not asked or each in asked)


def _document(trial: Trial, form: str, root: Path, encoding: str) -> str:
    """The report in one of the formats, as text."""
    from playbook.formats import junit
    from playbook.trial import documents

    if form == JSON:
        return as_json(documents.as_json(trial), encoding)
    if form == JUNIT:
        return junit.report("playbook", documents.suites(trial), NOON.strftime("%Y-%m-%dT%H:%M:%S"))
    if form == PLAIN:
        return "".join(f"{told(each)}\n" for each in trial.findings) + f"{showing.summary(trial)}\n"
    text = "".join(f"{each.lead}{each.text}\n" for each in showing.rows(trial))
    return (
        github.quoted(text) + github.annotated(trial.findings, packs.folder(root, os.environ))
        if form == GITHUB
        else text
    )


def _suggest(trial: Trial, output: Path | None) -> int:
    """Write the fewest scenarios that would come through what is missing."""
    from playbook.scenarios.suggesting import suggest
    from playbook.trial import proposing

    found = suggest(trial.ground, trial.protocols, trial.coverage.missing)
    taken: dict[str, set[str]] = {each: set() for each in trial.protocols}
    for each in trial.ran:
        taken[each.scenario.protocol].add(each.scenario.name)
    tell(proposing.doubts(found))
    if not trial.coverage.missing:
        put(sys.stderr, "nothing is missing: the scenarios come through everything\n")
    write(proposing.document(found, taken), output)
    return DONE


def _update(root: Path, trial: Trial) -> None:
    """Write the replies of each protocol beside its scenarios, and remove a file that keeps none any more."""
    for protocol, texts in trial.snapshots.items():
        path = root / snapshots.path_of(protocol)
        if path.is_symlink():
            raise PlaybookError([Diagnostic("PB412", f"cannot write `{path}`: it is a symbolic link")])
        if not texts:
            if os.path.lexists(path):
                path.unlink()
                put(sys.stderr, f"{snapshots.path_of(protocol)}: removed\n")
            continue
        new = snapshots.written(protocol, texts)
        if not path.is_file() or path.read_bytes() != new.encode():
            write(new, path)
            put(sys.stderr, f"{snapshots.path_of(protocol)}: written\n")
