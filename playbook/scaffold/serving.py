"""Does what `new` asks for: makes the files for the pack that is there, and writes them."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

from playbook import answers
from playbook import pack as packs
from playbook.diagnostics import Diagnostic, PlaybookError, did_you_mean
from playbook.loader import load
from playbook.loader.values import LONGEST_ID, is_id
from playbook.scaffold import pack, protocol, scenario, texts, writing
from playbook.scaffold.walking import case
from playbook.scenarios.coverage import Ground
from playbook.scenarios.reading import path_of, read
from playbook.scenarios.running import run
from playbook.scenarios.suggesting import suggest
from playbook.scenarios.trial import NOON

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from playbook.engine import Decided
    from playbook.pack import Opened
    from playbook.protocol import Answer
    from playbook.scenarios.cases import Scenarios

READ_AGAIN = timedelta(days=182)
"""How long a protocol that was just made may go unread."""


def new_pack(folder: Path, locales: Sequence[str], today: date) -> list[str]:
    """Write a small pack into a new folder; its files."""
    made = {path: text.encode() for path, text in pack.drafted(locales, today + READ_AGAIN).items()}
    writing.folder(folder, {**made, **packs.schemas()})
    return [*made]


def new_protocol(root: Path, name: str, today: date) -> list[str]:
    """Write a protocol into the pack in `root`, with its replies and scenarios; its files."""
    if not is_id(name):
        hint = f"ids are lower-case letters, digits and `_`, start with a letter, and have at most {LONGEST_ID}"
        raise PlaybookError([Diagnostic("PB037", f"`{name}` is no id", hint=hint)])
    opened = packs.opened(root, os.environ)
    if name in opened.pack.protocols:
        there = f"`{root / 'protocols' / name}.yaml` is there already"
        raise PlaybookError([Diagnostic("PB410", there, hint="choose another name")])
    files = packs.files_of(root)
    drafted = protocol.drafted(files, protocol.surroundings(opened.pack), name, today + READ_AGAIN)
    made = {path: text.encode() for path, text in drafted.items()}
    loaded = load({**files, **made}, None, files.limits)
    if loaded.pack is None:
        raise PlaybookError(loaded.diagnostics)
    writing.beside(root, {**made, **writing.lacking(root, packs.schemas())})
    return [*made]


def new_scenario(root: Path, name: str | None, given: Mapping[str, str]) -> tuple[str, str]:
    """A scenario for a protocol of the pack in `root`: the file that it was added to, and its text.

    The file is empty where it could not be added, because its list is not written as such lists are.
    """
    opened = packs.opened(root, os.environ)
    chosen = _chosen(opened, name)
    there = read(opened.pack, chosen, packs.limits(os.environ))
    if there.diagnostics:
        raise PlaybookError(there.diagnostics)
    ended = _case(opened, chosen, given, there)
    text = scenario.block(ended, scenario.name(ended, {each.name for each in there.scenarios}), opened.pack.locales)
    return (path_of(chosen) if _added(opened, chosen, text, len(there.scenarios)) else ""), text


def _chosen(opened: Opened, name: str | None) -> str:
    """The protocol that is named; the only one, where there is one."""
    every = [*opened.pack.protocols]
    if name is None and len(every) == 1:
        return every[0]
    if name is None:
        raise PlaybookError([Diagnostic("PB404", "no protocol is named", hint=did_you_mean("", every))])
    if name not in every:
        hint = did_you_mean(name, every)
        raise PlaybookError([Diagnostic("PB071", f"no protocol is called `{name}`", hint=hint)])
    return name


def _case(opened: Opened, name: str, given: Mapping[str, str], there: Scenarios) -> Decided:
    """The plainest case with the answers given; without any, one that comes through what no scenario does."""
    known, faults = answers.read(opened.pack, given)
    if faults:
        raise PlaybookError(faults)
    ended = case(opened.pack, name, known or _missing(opened, name, there))
    if ended is None:
        hint = "name more answers with `--set`"
        raise PlaybookError([Diagnostic("PB404", f"no case of `{name}` was found with these answers", hint=hint)])
    return ended


def _missing(opened: Opened, name: str, there: Scenarios) -> Mapping[str, Answer]:
    ground = Ground(opened.pack, (name,))
    coverage = ground.covered(run(opened.pack, each, NOON).state for each in there.scenarios)
    suggested = suggest(ground, (name,), coverage.missing).suggestions
    return suggested[0].answers if suggested else {}


def _added(opened: Opened, name: str, text: str, before: int) -> bool:
    """Whether the scenario could be written at the end of its file, so that it reads as one more."""
    path, files = path_of(name), opened.pack.files
    old = files[path].decode() if path in files else texts.filled(texts.SCENARIOS, opened.pack.locales, {})
    whole = f"{old.rstrip()}\n{text}".encode()
    grown = read(opened.pack._replace(files={**files, path: whole}), name, packs.limits(os.environ))
    if grown.diagnostics or len(grown.scenarios) != before + 1:
        return False
    if path in files:
        (opened.root / path).write_bytes(whole)
    else:
        writing.beside(opened.root, {path: whole, **writing.lacking(opened.root, packs.schemas())})
    return True
