"""What a drawn prompt says, as styled text: pure, so that the wizard only has to place it and listen to keys."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from playbook.asking import prompts as p
from playbook.asking.entries import LATER, bounds, find, names
from playbook.protocol import MANY, NUMBER, TEXT, YES_NO
from playbook.record import Record
from playbook.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playbook.asking.prompts import Menu, Prompt, Reply, Row
    from playbook.words import Words

Fragments = list[tuple[str, str]]
"""Pieces of text, each with its style: `class:dim`, `strong`, `fault`, `level0` to `level3`, or none."""
WIDEST = 100
"""Columns beyond which lines of text are tiring to read."""
MARGIN = 2
POINTER = 5
"""Columns before a label of a list, besides its key."""
TICK = 7
"""The same where there is a box to tick."""


LONG = 9
"""Lines beyond which finding one by typing is worth a word."""


class Line(Record):
    """One line of a list: its key, what it says, help for it, the names it is found by, and the reply it stands for."""

    key: str
    label: str
    help: str
    names: tuple[str, ...]
    reply: Reply


class Sheet(Record):
    """All that surrounds one question: heading above; notes (one for each line of a list, or one) and keys below."""

    heading: Fragments
    notes: tuple[str, ...]
    keys: str
    lines: tuple[Line, ...] = ()
    picked: int = 0

    @property
    def room(self) -> int:
        """Lines kept for the note, so that nothing jumps when it changes."""
        return max(note.count("\n") + 1 for note in self.notes)

    def height(self, columns: int) -> int:
        """Lines that all of it takes in a terminal of `columns`."""
        above = "".join(text for _, text in self.heading).count("\n") + 2
        return above + self.body(columns) + self.room + 1 + self.keys.count("\n") + 1

    def body(self, columns: int) -> int:
        """Lines that its list takes there."""
        return sum(title.count("\n") + 1 for title in titles(self, MANY, columns))


class Finder:
    """Finds the line of a list that is meant while its name is being typed. `fault` is set while there is none."""

    def __init__(self, sheet: Sheet, words: Words) -> None:
        """Look among the lines of `sheet`."""
        self.names = [line.names for line in sheet.lines]
        self.words, self.typed, self.fault = words, "", ""

    def clear(self) -> None:
        """Forget what was typed."""
        self.typed = self.fault = ""

    def shorten(self) -> int | None:
        """Take the last character back."""
        return self._seek(self.typed[:-1])

    def add(self, typed: str) -> int | None:
        """The line meant now, or None. A character that leads nowhere starts anew: `2` and then `3` means the third.

        Once something fits nothing it stays a fault until it is taken back: guessing on would pick a line nobody meant.
        """
        longer = self.typed + typed
        if self.typed and not self.fault and not find(longer, self.names) and find(typed, self.names):
            longer = typed
        return self._seek(longer)

    def _seek(self, typed: str) -> int | None:
        self.typed, self.fault = typed, ""
        found = find(typed, self.names)
        if typed.strip() and not found:
            self.fault = self.words("no_match", typed=typed)
        return found[0] if found else None


def doors(prompt: Prompt) -> set[type[Reply]]:
    """The replies besides an answer that `prompt` lets through."""
    may = ((p.Back, prompt.back), (p.Review, prompt.review), (p.Skip, prompt.skippable), (p.SkipAll, prompt.skippable))
    return {p.Why, p.Pause, *(door for door, is_open in may if is_open)}


def room_of(columns: int) -> int:
    """The width that text takes in a terminal of `columns`."""
    return min(columns - 1, WIDEST)


def wrapped(text: str, columns: int, margin: int = MARGIN, hang: int = 0) -> str:
    """`text` made safe, wrapped to `columns` with `margin` before each line and `hang` more after the first."""
    first, further = " " * margin, " " * (margin + hang)
    width = max(columns, len(further) + 8)
    lines: list[str] = []
    for part in safe(text).expandtabs(4).split("\n"):
        lines += textwrap.wrap(part, width, initial_indent=first, subsequent_indent=further) or [""]
    return "\n".join(lines)


def question_sheet(prompt: Prompt, words: Words, columns: int) -> Sheet:
    """The sheet of one question of a pack."""
    question = prompt.question
    help_ = question.help.say(words.locale) if question.help else ""
    heading = _heading(_above(prompt.heading, prompt.level, words), question.ask.say(words.locale), help_, columns)
    keys = _fold_keys(_keys(prompt, words), columns)
    if question.kind == NUMBER:
        return Sheet(heading, (wrapped(words("range", **bounds(question, words)), columns),), keys)
    if question.kind == TEXT:
        return Sheet(heading, (wrapped(words("longest", most=question.longest), columns),), keys)
    lines = _lines(prompt, words)
    offered = [p.Given(each) for each in prompt.offered]
    picked = next((at for at, line in enumerate(lines) if line.reply in offered), 0)
    return Sheet(heading, _notes(lines, columns), keys, lines, picked)


def menu_sheet(menu: Menu, words: Words, columns: int) -> Sheet:
    """The sheet of a menu of our own."""
    lines = tuple(
        Line(str(at + 1), f"{each.label}  {each.note}".rstrip(), each.help, (str(at + 1), each.label), p.Given(at))
        for at, each in enumerate(menu.options)
    )
    keys = [words("key_choose"), *([words("key_back")] if menu.back else []), words("key_pause")]
    heading = _heading(_above("", menu.level, words), menu.title, menu.help, columns)
    return Sheet(heading, _notes(lines, columns), _fold_keys(keys, columns), lines, menu.picked)


def titles(sheet: Sheet, kind: str, columns: int) -> list[str]:
    """What each line of a list shows: its key and its label, wrapped under itself."""
    wide = max((len(line.key) for line in sheet.lines), default=0)
    margin = wide + (TICK if kind == MANY else POINTER)
    return [f"{line.key:>{wide}}  {wrapped(line.label, columns, margin).lstrip()}" for line in sheet.lines]


def left_behind(prompt: Prompt, reply: Reply, words: Words, columns: int) -> Fragments:
    """The line that stays on the screen when a question is done; nothing where it will be asked again at once."""
    asked = safe(prompt.question.ask.say(words.locale))
    if isinstance(reply, p.Given):
        said = p.label(prompt.question, reply.answer, words)
        if len(asked) + len(said) + POINTER < columns and "\n" not in said:
            return [("class:level1", "  ✓ "), ("class:dim", asked), ("", f"  {safe(said)}")]
        first = wrapped(asked, columns, 4).lstrip()
        return [("class:level1", "  ✓ "), ("class:dim", first), ("", "\n" + wrapped(said, columns, 4))]
    if isinstance(reply, p.Skip):
        return [("class:dim", wrapped(f"– {asked}  {words('skipped')}", columns, MARGIN, 2))]
    return [("class:dim", f"  ↩ {words('went_back')}")] if isinstance(reply, p.Back) else []


def told(row: Row, columns: int) -> Fragments:
    """A row of explanation."""
    return [(f"class:{row.style}" if row.style else "", wrapped(row.text, columns, MARGIN + row.indent, 2))]


def _above(where: str, level: int | None, words: Words) -> Fragments:
    """The line over a question: the outcome's level once it is known, and where we are."""
    margin = " " * MARGIN
    if level is None:
        return [("class:dim", f"{margin}{safe(where)}\n")] if where else []
    return [
        (f"class:level{level}", f"{margin}● {words(f'level_{level}')}"),
        ("class:dim", f" · {safe(where)}\n" if where else "\n"),
    ]


def _heading(above: Fragments, title: str, text: str, columns: int) -> Fragments:
    below: Fragments = [("", "\n" + wrapped(text, columns))] if text else []
    return [("", "\n"), *above, ("class:strong", wrapped(title, columns)), *below]


def _keys(prompt: Prompt, words: Words) -> list[str]:
    question = prompt.question
    if question.kind in {NUMBER, TEXT}:
        found = [words("key_enter"), *([words("key_newline")] if p.takes_lines(question) else [])]
        found += [words("key_unknown")] if question.unknown else []
    else:
        found = [words("key_tick" if question.kind == MANY else "key_choose")]
        found += [words("key_find")] if len(question.choices) > LONG else []
    found += [words("key_skip"), words("key_skip_all")] if prompt.skippable else []
    found += [words("key_back")] if prompt.back else []
    found.append(words("key_why"))
    found += [words("key_review")] if prompt.review else []
    return [*found, words("key_pause")]


def _fold_keys(keys: Sequence[str], columns: int) -> str:
    """The keys, as many to a line as fit, none torn apart."""
    lines = [" " * MARGIN + keys[0]]
    for key in keys[1:]:
        if len(lines[-1]) + len(key) + 3 <= columns:
            lines[-1] += f" · {key}"
        else:
            lines.append(" " * MARGIN + key)
    return "\n".join(lines)


def _notes(lines: tuple[Line, ...], columns: int) -> tuple[str, ...]:
    return tuple(wrapped(line.help, columns) for line in lines)


def _lines(prompt: Prompt, words: Words) -> tuple[Line, ...]:
    question, says = prompt.question, words.locale
    found = []
    called = names(question, words)
    if question.kind == YES_NO:
        for at, (word, answer) in enumerate((("yes", True), ("no", False))):
            found.append(Line(words(word)[0].lower(), words(word), "", called[at], p.Given(answer)))
    for at, each in enumerate(question.choices):
        help_ = each.help.say(says) if each.help else ""
        found.append(Line(str(at + 1), each.label.say(says), help_, called[at], p.Given(each.id)))
    if question.unknown:
        found.append(Line("x", words("dont_know"), "", called[-1], p.Given(None)))
    if prompt.skippable and question.kind != MANY:
        found.append(Line("-", words("skip"), "", (words("skip"), *LATER), p.Skip()))
    return tuple(found)
