"""Does what `playbook lint` asks for: finds the pack, has it linted, and tells what is left in the format wanted."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playbook import pack as packs
from playbook.diagnostics import Diagnostic, PlaybookError
from playbook.formats import github
from playbook.formats.fingerprints import fingerprints
from playbook.lint import baseline, memory, showing
from playbook.lint.memory import Kept
from playbook.lint.showing import Told
from playbook.output import as_json, encoding_of, put_pieces, write
from playbook.report import told as told_of
from playbook.terminal import put

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from playbook.files import Files
    from playbook.loader import Loaded

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
    fix: bool = False
    diff: bool = False
    cache: bool = True
    base: str | None = None


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

        write(as_json(contract.failed(fault.diagnostics), encoding_of(wishes.output)), wishes.output)
        return fault.exit_code


def _serve(wishes: Wishes, form: str) -> int:
    if wishes.write_baseline and wishes.baseline is None:
        raise PlaybookError([Diagnostic("PB652", "no baseline is named", hint="add `--baseline FILE`")])
    root = _root(wishes)
    wanted = [_inside(root, each) for each in wishes.paths]
    files = packs.files_of(root)
    if wishes.fix or wishes.diff:
        return _mended(wishes, form, files, wanted)
    kept = _found(files, wishes)
    if wishes.write_baseline and wishes.baseline is not None:
        write(baseline.written(kept.findings, kept.texts), wishes.baseline)
        put(sys.stderr, f"{wishes.baseline}: {len(kept.findings)} findings\n")
        return DONE
    return _tell(_told(kept, wishes.baseline, wanted), wishes, form, root)


def _tell(told: Told, wishes: Wishes, form: str, root: Path) -> int:
    if form == HUMAN and wishes.output is None:
        put_pieces(showing.rows(told))
    else:
        write(_document(told, form, root, encoding_of(wishes.output)), wishes.output)
    return FINDINGS if told.errors or (wishes.strict and told.findings) else DONE


def _found(files: Files, wishes: Wishes) -> Kept:
    """What there is to find, remembered from before where nothing has changed."""
    today = _today()
    # What another version of the pack says is asked anew: its revision may come to name another one.
    place = memory.folder(os.environ) if wishes.cache and wishes.base is None else None
    mark = memory.digest(files, (today, *files.limits, *files.faults)) if place else None
    kept = memory.recall(place, mark) if place and mark else None
    if kept is None:
        kept = _looked(files, today, wishes.base)
        if kept.findings:
            from playbook.lint.fixing import mends

            kept = kept._replace(fixable=frozenset(mends(kept.findings, files, files.limits)))
        if place and mark:
            memory.keep(place, mark, kept)
    return kept


def _looked(files: Files, today: date, base: str | None, content: Mapping[str, bytes] | None = None) -> Kept:
    from playbook.lint.linting import lint

    loaded = packs.read(files, changed=content)
    return Kept(*lint(loaded, today, files.limits, _beside(base, files.root, loaded)), frozenset())


def _mended(wishes: Wishes, form: str, files: Files, wanted: Collection[str]) -> int:
    """Mend what can be mended, or show how."""
    from playbook.lint import fixing
    from playbook.lint.writing import replace_all

    def meant(kept: Kept) -> Iterator[Diagnostic]:
        return (each for each, _ in _told(kept, wishes.baseline, wanted).findings)

    fixed = fixing.fix(files, partial(_looked, files, _today(), wishes.base), meant, files.limits)
    if wishes.diff:
        write(fixing.difference(fixed), wishes.output)
        return FINDINGS if fixed.files else DONE
    replace_all(files.root, fixed.files)
    told = _told(fixed.kept, wishes.baseline, wanted)
    return _tell(told._replace(mended=fixed.mended), wishes, form, files.root)


def _beside(base: str | None, root: Path, loaded: Loaded) -> tuple[Diagnostic, ...]:
    """What is found beside another version of the pack, where one is named."""
    if base is None or loaded.pack is None:
        return ()
    from playbook.lint.raising import unraised
    from playbook.survey.places import Places

    return tuple(unraised(base, root, loaded.pack, Places(loaded.sources)))


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


def _told(kept: Kept, path: Path | None, wanted: Collection[str]) -> Told:
    """What is new, of the files that are wanted; a baseline knows the whole pack."""
    new, gone = kept.findings, 0
    if path is not None:
        new, gone = baseline.unknown(kept.findings, kept.texts, baseline.read(path))
    known = len(kept.findings) - len(new)
    marks = dict(zip(kept.findings, fingerprints(kept.findings, kept.texts), strict=True))
    told = tuple((each, marks[each]) for each in new if _among(each, wanted))
    return Told(told, kept.texts, kept.ignored, known, gone, kept.whole, kept.fixable)


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
