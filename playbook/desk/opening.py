"""Opens the case that the command line describes: its pack and protocol, the answers so far, the reply's language."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playbook import answers as answering
from playbook import pack as packs
from playbook.asking import drafts
from playbook.diagnostics import WARNING, Diagnostic, PlaybookError, Span, did_you_mean
from playbook.loader import protocol_ids
from playbook.protocol import CHANNEL
from playbook.report import tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from playbook.asking.drafts import Draft
    from playbook.files import Files
    from playbook.protocol import Answer, Pack
    from playbook.words import Words

START = "intake"
"""The protocol a case starts in, where the pack has it and no other is named."""


class Wishes(NamedTuple):
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


class Case(NamedTuple):
    """A case as it was opened: `aside` are answers that are offered again, never taken by themselves."""

    pack: Pack
    root: Path
    """The folder of the pack."""
    protocol: str
    answers: Mapping[str, Answer]
    aside: Mapping[str, Answer]
    locale: str
    words: Words
    draft: Path | None
    kept: Draft
    """What the draft says besides answers."""


def opened(wishes: Wishes, words: Words) -> Case:
    """The case. Raises PlaybookError with everything that is wrong with the pack, or with the answers."""
    given = _settings(wishes)
    draft = _draft(wishes)
    root = packs.find(wishes.pack, os.environ)
    files = packs.files_of(root)
    protocol = wishes.protocol or draft.protocol or _start(files)
    raw = {**draft.answers, **given}
    pack = _loaded(files, protocol, raw)
    answers, faults = answering.read(pack, raw)
    if wishes.resume and not wishes.no_input:
        tell(_asked_again(faults))
    elif faults:
        raise PlaybookError(faults)
    aside, _ = answering.read(pack, {name: each for name, each in draft.aside.items() if name in pack.questions})
    return Case(
        pack=pack,
        root=root,
        protocol=protocol,
        answers=answers,
        aside=aside,
        locale=_locale(wishes.locale or draft.locale, pack),
        words=words,
        draft=Path(wishes.resume) if wishes.resume else None,
        kept=draft,
    )


def now() -> datetime:
    """The moment of the decision in the machine's zone.

    `CRISIS_PLAYBOOK_NOW` (ISO 8601 with its zone) sets it for exercises and tests.
    """
    from datetime import datetime

    from playbook.desk.zone import Local

    text = os.environ.get("CRISIS_PLAYBOOK_NOW")
    if not text:
        return datetime.now(Local()).replace(microsecond=0)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        message = f"`CRISIS_PLAYBOOK_NOW` is `{text}`, which is no moment with its zone"
        raise PlaybookError([Diagnostic("PB403", message, hint="for example `2026-11-22T12:40:00+01:00`")])
    return moment


def digest(case: Case) -> str:
    """The digest of all that the case's protocol rests on. Raises PlaybookError with each file that cannot be read."""
    paths = packs.content(case.pack, case.protocol)
    faults = []
    for path in paths:
        try:
            case.pack.files[path]
        except OSError as fault:
            why = (fault.strerror or "it failed").lower()
            faults.append(Diagnostic("PB070", f"cannot read `{path}`: {why}", Span(path)))
    if faults:
        raise PlaybookError(faults)
    return packs.digest(case.pack.files, paths)


def _settings(wishes: Wishes) -> dict[str, object]:
    """The answers on the command line itself."""
    found: dict[str, object] = {}
    faults: list[Diagnostic] = []
    for each in wishes.given:
        name, equals, value = each.partition("=")
        if equals and name.strip():
            found[name.strip()] = value
        else:
            faults.append(Diagnostic("PB405", f"`--set {each}` names no answer", hint="write `--set question=answer`"))
    if wishes.answers is not None and wishes.resume is not None:
        message = "`--answers` and `--resume` both name a file of answers"
        faults.append(Diagnostic("PB408", message, hint="leave one of them out"))
    if faults:
        raise PlaybookError(faults)
    if wishes.channel is not None:
        found[CHANNEL] = wishes.channel
    return found


def _draft(wishes: Wishes) -> Draft:
    """The draft or answers file that was named; an empty one where none was."""
    named = wishes.resume or wishes.answers
    if named is None:
        return drafts.Draft({})
    if named != "-":
        return drafts.load(Path(named))
    try:
        content = sys.stdin.buffer.read(drafts.LARGEST + 1)
    except OSError as fault:
        message = f"cannot read standard input: {(fault.strerror or 'it failed').lower()}"
        raise PlaybookError([Diagnostic("PB441", message)]) from None
    return drafts.loads(content, "standard input")


def _start(files: Mapping[str, bytes]) -> str:
    """Where a case starts when nobody says."""
    known = protocol_ids(files)
    if START in known or not known:
        return START
    if len(known) == 1:
        return known[0]
    hint = "name one of " + ", ".join(f"`{name}`" for name in known)
    message = f"this pack has no `{START}`, and several protocols to start in"
    raise PlaybookError([Diagnostic("PB404", message, hint=hint)])


def _loaded(files: Files, protocol: str, raw: Iterable[str]) -> Pack:
    """The pack with this protocol and all it leads into; all of it, where an answer is to a question of another one."""
    loaded = packs.read(files, [protocol])
    if loaded.pack is not None and any(name not in loaded.pack.questions for name in raw):
        loaded = packs.read(files)
    if loaded.pack is None:
        raise PlaybookError(loaded.diagnostics)
    tell(loaded.diagnostics)
    return loaded.pack


def _asked_again(faults: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """What a draft holds that the protocol does not take any more: no reason to keep the operator from the rest."""
    hint = "it is left out, and asked again where it is needed"
    return [each._replace(severity=WARNING, hint=hint) for each in faults]


def _locale(wanted: str | None, pack: Pack) -> str:
    """The language of the reply."""
    if wanted is None:
        return pack.locales[0]
    if wanted not in pack.locales:
        message = f"this pack has no replies in `{wanted}`: they will be in `{pack.locales[0]}`"
        tell([Diagnostic("PB402", message, hint=did_you_mean(wanted, pack.locales), severity=WARNING)])
    return wanted
