"""A new protocol for a pack: its tree, a reply in each language, and a scenario for each outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import PlaybookError
from playbook.loader import load
from playbook.loader.values import LONGEST_ID
from playbook.record import Record
from playbook.redlines import crossed
from playbook.scaffold import scenario, texts
from playbook.scaffold.walking import case

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from playbook.engine import Decided
    from playbook.protocol import Answer, Pack

_ANSWERS: dict[str, Answer] = {"yes": True, "no": False, "unknown": None}
_REACHED = ("phone", "email", "web")
"""The contacts that a reply would rather name, in this order."""


class Surroundings(Record):
    """What a new protocol is fitted to: the pack's locales, who owns it, shared files with first lines, a contact."""

    locales: tuple[str, ...]
    role: str
    flags: tuple[str, ...] = ()
    contact: str | None = None


def surroundings(pack: Pack) -> Surroundings:
    """Those in a pack that is there: its first role, and the contact that a reply would rather name."""
    flags = tuple(each.id for each in pack.shared.values() if each.first)
    contacts = pack.brand.contact
    contact = next((each for each in (*_REACHED, *contacts) if each in contacts), None)
    return Surroundings(pack.locales, next(iter(pack.roles)), flags, contact)


def drafted(files: Mapping[str, bytes], around: Surroundings, name: str, review_by: date) -> dict[str, str]:
    """The new files of a protocol called `name`, by their paths in the pack of `files`.

    Its outcomes bear the marks that the red lines of the pack demand. Raises PlaybookError where the pack cannot be
    read with it, because something else has a name of its own.
    """
    marks: dict[str, tuple[str, ...]] = dict.fromkeys(texts.OUTCOMES, ())
    made = _files(around, name, review_by, marks)
    while True:
        cases = _cases(files, made, name)
        wanted = {outcome: (*marks[outcome], *_lacking(each)) for outcome, each in cases.items()}
        if {**marks, **wanted} == marks:
            break
        marks = {**marks, **wanted}
        made = _files(around, name, review_by, marks)
    head = texts.filled(texts.SCENARIOS, around.locales, {})
    blocks = [scenario.block(each, f"{name} {outcome}", around.locales) for outcome, each in cases.items()]
    whole = head + "\n".join(blocks) if blocks else f"{head.rstrip()} []\n"
    return {**made, f"protocols/{name}.scenarios.yaml": whole}


def _lacking(ended: Decided) -> tuple[str, ...]:
    """The marks that red lines demand of a case and that it does not bear."""
    demanded = (mark for line in crossed(ended) for mark in line.always)
    return tuple(dict.fromkeys(mark for mark in demanded if mark not in ended.marks))


def _files(around: Surroundings, name: str, review_by: date, marks: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    values = {
        "id": name,
        "ours": _question(name),
        "title": texts.TITLES.get(name, (name.replace("_", " ").capitalize(),) * 2),
        "role": around.role,
        "review_by": review_by.isoformat(),
        "use": f"use: [{', '.join(around.flags)}] # ~use\n" if around.flags else "",
        "marks": {key: f"    marks: [{', '.join(each)}] # ~demanded\n" if each else "" for key, each in marks.items()},
    }
    replies = {
        f"templates/{locale}/{name}/{reply}.j2": f"{_said(words, around.contact, locale)}\n"
        for locale in around.locales
        for reply, words in texts.REPLIES.items()
    }
    return {f"protocols/{name}.yaml": texts.filled(texts.PROTOCOL, around.locales, values), **replies}


def _question(name: str) -> str:
    """The id of the protocol's question: with its name before it, as an id is declared once in a pack."""
    return f"{name[: LONGEST_ID - len('_ours')]}_ours"


def _said(words: tuple[str, str], contact: str | None, locale: str) -> str:
    """A reply in the language of a locale; it offers to go on in private, by a contact where there is one."""
    language = texts.language(locale)
    reach = f": {{{{ brand.contact.{contact} }}}}" if contact else (" por privado", " in private")[language]
    return words[language].replace("{reach}", reach)


def _cases(files: Mapping[str, bytes], made: Mapping[str, str], name: str) -> dict[str, Decided]:
    """A case for each outcome that one leads to."""
    loaded = load({**files, **{path: text.encode() for path, text in made.items()}}, [name])
    if loaded.pack is None:
        raise PlaybookError(loaded.diagnostics)
    found = {
        outcome: case(loaded.pack, name, {_question(name): _ANSWERS[answer]}, outcome)
        for outcome, answer in texts.OUTCOMES.items()
    }
    return {outcome: each for outcome, each in found.items() if each is not None}
