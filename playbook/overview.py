"""A pack at a glance: its protocols as a table, and who it is, what it limits and what it never does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic, did_you_mean
from playbook.drawing import STRONG, Piece, fold
from playbook.engine import Pending, walk
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playbook.graph import Say
    from playbook.protocol import Pack, Text

_COLUMNS = ("id", "title", "version", "owner", "questions", "outcomes")
_NUMBERS = frozenset(("questions", "outcomes"))


class Summary(Record):
    """One protocol in a line. `questions` is the most that a case starting there can be asked before its outcome."""

    id: str
    title: str
    version: str
    owner: str
    questions: int
    outcomes: int
    review_by: str | None


def locale_for(pack: Pack, option: str | None, interface: str) -> tuple[str, list[Diagnostic]]:
    """The language to show a pack in, and a warning (PB402) where it is not the one asked for.

    It is `option`, else the interface's language, as far as the pack has them; else the pack's default.
    """
    default = interface if interface in pack.locales else pack.locales[0]
    if option is None or option in pack.locales:
        return option or default, []
    message = f"this pack has no texts in `{option}`: they are shown in `{default}`"
    return default, [Diagnostic("PB402", message, hint=did_you_mean(option, pack.locales), severity=WARNING)]


def summaries(pack: Pack, locale: str) -> list[Summary]:
    """Every protocol of the pack, in the order of their ids."""
    found = []
    for name, each in sorted(pack.protocols.items()):
        state = walk(pack, name, {})
        most = state.most_questions_left if isinstance(state, Pending) else 0
        title, owner = _said(each.title, locale), _said(pack.roles[each.owner].title, locale)
        found.append(Summary(name, title, each.version, owner, most, len(each.outcomes), each.review_by))
    return found


def table(found: Iterable[Summary], say: Say) -> list[str]:
    """The protocols as lines of text, a heading above; numbers stand to the right."""
    rows = [[say(f"list_{each}") for each in _COLUMNS]]
    rows += [[str(getattr(each, column)) for column in _COLUMNS] for each in found]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    cells = list(zip(_COLUMNS, widths, strict=True))
    return ["  ".join(_cell(text, *cell) for text, cell in zip(row, cells, strict=True)).rstrip() for row in rows]


def _cell(text: str, column: str, width: int) -> str:
    return text.rjust(width) if column in _NUMBERS else text.ljust(width)


def rows(pack: Pack, locale: str, say: Say, width: int | None = None) -> list[Piece]:
    """Who speaks, the protocols, who does what, the limits and the red lines with their reasons, in `width` columns."""
    found = [Piece("", pack.brand.name, STRONG)]
    found += fold("", "", f"{say('show_locales')} {', '.join(pack.locales)}", "", width)
    protocols = [(each.id, f"{each.title} · {each.owner} · {each.version}") for each in summaries(pack, locale)]
    found += _section(say("show_protocols"), protocols, width)
    roles = [(name, _joined(locale, each.title, each.who, each.reach)) for name, each in pack.roles.items()]
    found += _section(say("show_roles"), roles, width)
    limits = [(name, f"{each.value} · {_said(each.because, locale)}") for name, each in pack.limits.items()]
    found += _section(say("show_limits"), limits, width)
    lines = [(name, _said(each.because, locale)) for name, each in pack.red_lines.items()]
    found += _section(say("show_red_lines"), lines, width)
    command = f"playbook show {next(iter(pack.protocols), '')}".rstrip()
    return [*found, Piece(""), *fold("", "", f"{say('show_one')} {command}", "", width)]


def _section(title: str, entries: list[tuple[str, str]], width: int | None) -> Iterator[Piece]:
    """A heading and its entries, name and text; nothing where there are none."""
    if not entries:
        return
    yield Piece("")
    yield Piece("", title, STRONG)
    across = max(len(name) for name, _ in entries)
    for name, text in entries:
        if width is None or across + 4 + len(text) <= width:
            yield Piece(f"  {name:{across}}  ", text)
        else:
            yield from fold("  ", "  ", name, "", width)
            yield from fold("    ", "    ", text, "", width)


def _joined(locale: str, *texts: Text | None) -> str:
    return " · ".join(_said(each, locale) for each in texts if each is not None)


def _said(text: Text, locale: str) -> str:
    return " ".join(text.say(locale).split())
