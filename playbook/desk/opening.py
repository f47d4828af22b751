"""Opens the case that the command line describes: its pack and protocol, the answers so far, the language of the reply."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playbook import answers as answering
from playbook import pack as packs
from playbook.diagnostics import Diagnostic, PlaybookError, did_you_mean
from playbook.loader import load, protocol_ids
from playbook.protocol import CHANNEL
from playbook.record import Record
from playbook.report import tell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from playbook.drafts import Draft
    from playbook.protocol import Answer, Pack
    from playbook.words import Words

START = "intake"
"""The protocol a case starts in, where the pack has it and no other is named."""


class Wishes(Record):
    """What the command line asks for."""

    protocol: str | None = None
    pack: Path | None = None
    answers: str | None = None
    given: tuple[str, ...] = ()
    channel: str | None = None
    locale: str | None = None
    ui: str | None = None
    resume: str | None = None
    plain: bool = False
    no_input: bool = False
    as_json: bool = False
    skip_details: bool = False


class Case(Record):
    """A case as it was opened: `aside` are answers that are offered again, never taken by themselves."""

    pack: Pack
    protocol: str
    answers: Mapping[str, Answer]
    aside: Mapping[str, Answer]
    locale: str
    words: Words
    draft: Path | None
    digest: str | None
    """The protocol's digest when the draft was written, if it was one."""


def opened(wishes: Wishes, words: Words) -> Case:
    """The case. Raises PlaybookError with everything that is wrong with the pack, or with the answers."""
    draft = _draft(wishes)
    files = packs.Files(packs.find(wishes.pack, os.environ))
    protocol = wishes.protocol or (draft.protocol if draft else None) or _start(files)
    pack = _loaded(files, protocol)
    raw = {**(draft.answers if draft else {}), **_settings(wishes.given)}
    if wishes.channel is not None:
        raw[CHANNEL] = wishes.channel
    if any(name not in pack.questions for name in raw):
        pack = _loaded(files, None)  # an answer to a question of a protocol that this one does not lead into
    answers, faults = answering.read(pack, raw)
    if faults:
        raise PlaybookError(faults)
    aside, _ = answering.read(pack, {name: each for name, each in (draft.aside if draft else {}).items() if name in pack.questions})
    locale = wishes.locale or (draft.locale if draft else None) or pack.locales[0]
    if locale not in pack.locales:
        message = f"this pack has no replies in `{locale}`: they will be in `{pack.locales[0]}`"
        tell([Diagnostic("PB402", message, hint=did_you_mean(locale, pack.locales), severity="warning")])
    return Case(
        pack=pack,
        protocol=protocol,
        answers=answers,
        aside=aside,
        locale=locale,
        words=words,
        draft=Path(wishes.resume) if wishes.resume else None,
        digest=draft.digest if draft else None,
    )


def now() -> datetime:
    """The moment of the decision in the machine's zone; `CRISIS_PLAYBOOK_NOW` (ISO 8601 with its zone) sets it for exercises and tests."""
    from datetime import datetime

    text = os.environ.get("CRISIS_PLAYBOOK_NOW")
    if not text:
        return datetime.now().astimezone()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        hint = "for example `2026-11-22T12:40:00+01:00`"
        raise PlaybookError([Diagnostic("PB403", f"`CRISIS_PLAYBOOK_NOW` is `{text}`, which is no moment with its zone", hint=hint)])
    return moment


def digest(case: Case) -> str:
    """The digest of all that the case's protocol rests on."""
    return packs.digest(case.pack.files, packs.content(case.pack, case.protocol))


def _draft(wishes: Wishes) -> Draft | None:
    """The draft or answers file that was named, if any."""
    from playbook import drafts

    if wishes.resume is not None:
        return drafts.load(Path(wishes.resume))
    if wishes.answers is None:
        return None
    if wishes.answers == "-":
        return drafts.loads(sys.stdin.buffer.read(drafts.LARGEST + 1), "standard input")
    return drafts.load(Path(wishes.answers))


def _start(files: Mapping[str, bytes]) -> str:
    """Where a case starts when nobody says."""
    known = protocol_ids(files)
    if START in known or not known:
        return START
    if len(known) == 1:
        return known[0]
    hint = "name one of " + ", ".join(f"`{name}`" for name in known)
    raise PlaybookError([Diagnostic("PB404", "this pack has no `intake`, and several protocols to start in", hint=hint)])


def _loaded(files: packs.Files, protocol: str | None) -> Pack:
    """The pack with this protocol and all it leads into (all protocols, where it is None); warnings are told at once."""
    loaded = load(files, None if protocol is None else [protocol])
    if loaded.pack is None or files.faults:
        raise PlaybookError([*files.faults, *loaded.diagnostics])
    tell(loaded.diagnostics)
    return loaded.pack


def _settings(given: tuple[str, ...]) -> dict[str, object]:
    found: dict[str, object] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals:
            raise PlaybookError([Diagnostic("PB405", f"`--set {each}` names no answer", hint="write `--set question=answer`")])
        found[name.strip()] = value
    return found
