"""Does what `playbook diff` asks for: finds and reads both versions, reviews what changed, and tells it."""

from __future__ import annotations

import sys
from contextlib import closing
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from playbook.changes.naming import names
from playbook.changes.phrases import Manner
from playbook.changes.reviewing import GONE, NEW, UNDECIDED, Reviewed, Reviewing
from playbook.changes.wording import Reworded, parts, reworded, settings
from playbook.diagnostics import Diagnostic, PlaybookError, did_you_mean
from playbook.files import TEMPLATES
from playbook.loader.opening import PACK_FILE, PROTOCOLS, SHARED
from playbook.record import Record
from playbook.regions.diagram import Diagrams
from playbook.review import leading
from playbook.review.finding import Affected, Versions, affected, entries, versions
from playbook.review.reading import once, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playbook.protocol import Pack, Protocol

HUMAN, MARKDOWN, JSON = "human", "markdown", "json"
DONE, FINDINGS, CANNOT_RUN = 0, 1, 2
SECONDS = 60


class Wishes(NamedTuple):
    """What the command line asks for."""

    base: str | None = None
    head: str | None = None
    pack: Path | None = None
    protocols: tuple[str, ...] = ()
    form: str | None = None
    output: Path | None = None
    seconds: int = SECONDS


class Review(Record):
    """All that is told of two versions."""

    base: str
    head: str
    reviewed: tuple[Reviewed, ...]
    faults: tuple[Diagnostic, ...]
    """Why protocols could not be compared."""
    words: tuple[Reworded, ...]
    """Texts of shared files that read otherwise."""
    settings: tuple[str, ...]
    """Keys of playbook.yaml that differ and decide nothing by themselves."""
    templates: tuple[str, ...]
    """Templates that differ and belong to every protocol."""
    packs: tuple[Pack | None, Pack | None]
    locale: str = "en"

    @property
    def exit_code(self) -> int:
        """0: told. 1: a red line newly broken, or a version not raised enough. 2: something is not decided."""
        if self.faults or any(each.status == UNDECIDED for each in self.reviewed):
            return CANNOT_RUN
        return FINDINGS if any(each.broken or not each.raised for each in self.reviewed) else DONE


def serve(wishes: Wishes) -> int:
    """Do it; the exit code. Raises PlaybookError where it cannot be done, told in the format asked for as well."""
    from playbook.output import as_json, encoding_of, write

    form = wishes.form or HUMAN
    try:
        found = versions(wishes.base, wishes.head, wishes.pack)
        with closing(found):
            review = reviewed(found, wishes)
            _tell(review, form, wishes.output)
    except PlaybookError as fault:
        if form != JSON:
            raise
        from playbook import contract

        write(as_json(contract.failed(fault.diagnostics), encoding_of(wishes.output)), wishes.output)
        return fault.exit_code
    return review.exit_code


def _tell(review: Review, form: str, output: Path | None) -> None:
    from playbook.output import as_json, encoding_of, put_pieces, write
    from playbook.terminal import size

    if form == JSON:
        from playbook.review import documents

        write(as_json(documents.as_json(review), encoding_of(output)), output)
    elif form == MARKDOWN:
        from playbook.review import markdown

        write(markdown.comment(review), output)
    else:
        from playbook.report import tell
        from playbook.review import showing

        tell(review.faults)
        if output is None:
            put_pieces(showing.rows(review, size()[0] if sys.stdout.isatty() else showing.WIDTH))
        else:
            write("".join(f"{each.lead}{each.text}\n" for each in showing.rows(review)), output)


def reviewed(found: Versions, wishes: Wishes) -> Review:
    """Both versions, read and compared."""
    until = monotonic() + wishes.seconds
    if not found.changed:
        return Review(found.base.name, found.head.name, (), (), (), (), (), (None, None))
    changed = affected(found)
    bears = _wanted(changed, wishes.protocols, found)
    reading = once()
    (base, base_faults), (head, head_faults) = (
        read(each, wanted, reading) for each, wanted in ((found.base, bears.old), (found.head, bears.new))
    )
    locale = "en" if head is None or "en" in head.locales else head.locales[0]
    manner = _manner(locale, wishes.form)
    review = Review(
        found.base.name,
        found.head.name,
        (),
        (*base_faults, *head_faults),
        (),
        (),
        bears.templates.get("", ()),
        (base, head),
        locale,
    )
    if base is None or head is None:
        every = [Reviewed(each, NEW if base is None else GONE) for each in (bears.new if base is None else bears.old)]
        return review._replace(reviewed=tuple(every) if not review.faults else ())
    told = tuple(_each((base, head), found, bears, _reviewing(base, head, manner, until)))
    left_out = {*changed.old, *changed.new}.difference(bears.old, bears.new)
    weighty = left_out | leading.weighty((base, head), told)
    led, faults = leading.held(
        found, weighty, wishes.protocols, told, lambda old, new: _reviewing(old, new, manner, until)
    )
    return review._replace(
        reviewed=(*told, *led),
        faults=(*review.faults, *(each for each in faults if each not in review.faults)),
        words=tuple(
            each
            for name, shared in base.shared.items()
            if name in head.shared and (bears.pack or f"{SHARED}{name}.yaml" in found.changed)
            for each in reworded(
                {f"shared {name}": parts(shared)}, {f"shared {name}": parts(head.shared[name])}, locale
            )
        ),
        settings=settings(base, head) if bears.pack else (),
    )


def _manner(locale: str, form: str | None) -> Manner:
    """How a pack's words are set apart: in a comment as code, in which nothing is a mention or a link."""
    if form != MARKDOWN:
        return Manner(locale)
    from playbook.review.markdown import code

    return Manner(locale, code, code)


def _reviewing(base: Pack, head: Pack, manner: Manner, until: float) -> Reviewing:
    """Both versions, of which what takes beyond a moment is not decided."""

    def diagrams() -> Diagrams:
        return Diagrams(late=lambda: monotonic() > until)

    return Reviewing(base, head, names(base, head), manner, diagrams)


def _each(both: tuple[Pack, Pack], found: Versions, bears: Affected, reviewing: Reviewing) -> Iterator[Reviewed]:
    """Every protocol that may have changed; the new ones and those that are gone too."""
    (base, head), called = both, reviewing.names
    olds = {called.protocols.get(each, each): each for each in bears.old if each in base.protocols}
    for new in bears.new:
        if new not in head.protocols:
            continue
        old = olds.pop(new, None)
        if old is None:
            if f"{PROTOCOLS}{new}.yaml" not in found.base.files:
                yield Reviewed(new, NEW, versions=("", head.protocols[new].version))
            continue
        if not _touched(found, base.protocols[old], head.protocols[new]):
            continue
        places = entries((found.base, found.head), new) if old == new else ()
        templates = (*bears.templates.get(new, ()), *(bears.templates.get(old, ()) if old != new else ()))
        yield reviewing.review(old, new, places, templates)
    for old in olds.values():
        if f"{PROTOCOLS}{old}.yaml" not in found.head.files:
            yield Reviewed(old, GONE, versions=(base.protocols[old].version, ""))


def _touched(found: Versions, before: Protocol, after: Protocol) -> bool:
    """Whether a file of a protocol differs: its own, playbook.yaml, one that it uses, or a template."""
    files = {PACK_FILE, *(f"{PROTOCOLS}{each.id}.yaml" for each in (before, after))}
    files |= {f"{SHARED}{name}.yaml" for name in (*before.use, *after.use)}
    if before.id != after.id or not files.isdisjoint(found.changed):
        return True
    return any(f"/{after.id}/" in path for path in found.changed if path.startswith(TEMPLATES))


def _wanted(bears: Affected, protocols: tuple[str, ...], found: Versions) -> Affected:
    """Only the protocols that are named, or all."""
    if not protocols:
        return bears
    from playbook.loader import protocol_ids

    every = {*protocol_ids(found.base.files), *protocol_ids(found.head.files)}
    faults = [
        Diagnostic("PB071", f"no protocol is called `{each}`", hint=did_you_mean(each, every))
        for each in protocols
        if each not in every
    ]
    if faults:
        raise PlaybookError(faults)
    old, new = (tuple(each for each in side if each in protocols) for side in (bears.old, bears.new))
    return bears._replace(old=old, new=new)
