"""Prompts without a cursor trick (`--plain`): numbered lines, one line typed, commands as words.

For screen readers, dumb terminals and rooms of twenty columns. Where an answer is text, a command starts with `/`.
"""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

from playbook.asking import prompts as p
from playbook.asking.entries import Misread, bounds, find, fold, read
from playbook.protocol import CHOICE, MANY, NUMBER, TEXT, YES_NO
from playbook.terminal import put, safe, size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playbook.asking.prompts import Menu, Option, Prompt, Reply, Row
    from playbook.protocol import Answer
    from playbook.terminal import Stream
    from playbook.words import Words

COMMANDS = (
    (p.Why, ("?", "why", "por que")),
    (p.Back, ("b", "back", "a", "atras")),
    (p.Pause, ("p", "pause", "pausa")),
    (p.Review, ("r", "review", "revisar")),
    (p.Skip, ("-", "skip", "saltar")),
    (p.SkipAll, ("--",)),
)
WANTED = {
    CHOICE: "type_number",
    MANY: "type_numbers",
    YES_NO: "type_yes_no",
    NUMBER: "type_whole",
    TEXT: "type_text",
}
TOGETHER = 0.05
"""Seconds within which further lines belong to the same paste."""


def typed_line() -> str:
    """One line from standard input without its end. Raises EOFError at the end of input."""
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\r\n")


def more_waiting() -> bool:
    """Whether another line stands ready at the terminal already: several lines were pasted at once."""
    import select

    try:
        return sys.stdin.isatty() and bool(select.select([sys.stdin], [], [], TOGETHER)[0])
    except (OSError, ValueError):  # a console that cannot be waited for
        return False


class Plain:
    """A `Prompter` that only prints and reads lines."""

    def __init__(
        self,
        words: Words,
        stream: Stream,
        line: Callable[[], str] = typed_line,
        waiting: Callable[[], bool] = more_waiting,
    ) -> None:
        """Print to `stream`; `line` reads one line, `waiting` tells whether more of a paste is there."""
        self.words, self.stream, self.line, self.waiting = words, stream, line, waiting

    def tell(self, rows: Sequence[Row]) -> None:
        """Show lines, wrapped; style is left to the words."""
        width = max(size()[0], 12)
        for row in rows:
            margin = " " * row.indent
            for part in safe(row.text).split("\n"):
                lines = textwrap.wrap(part, width - 1, initial_indent=margin, subsequent_indent=margin + "  ") or [""]
                put(self.stream, "\n".join(lines) + "\n")

    def ask(self, prompt: Prompt) -> Reply:
        """Put one question until what is typed is an answer or a command."""
        self.tell(self._sheet(prompt))
        while True:
            try:
                reply = self._reply(prompt, self._typed(prompt))
            except Misread as fault:
                self.tell([p.Row(str(fault))])
            except UnicodeDecodeError:
                self.tell([p.Row(self.words("bad_input"))])
            except (EOFError, KeyboardInterrupt):
                put(self.stream, "\n")
                return p.Pause()
            else:
                return reply

    def choose(self, menu: Menu) -> p.Given | p.Back | p.Pause:
        """Let one option be picked by its number or its name."""
        rows = [p.Row(""), p.Row(menu.title), *([p.Row(menu.help)] if menu.help else [])]
        rows += [p.Row(f"{at}. {_said(each)}", indent=1) for at, each in enumerate(menu.options, 1)]
        words = self.words
        keys = [words("type_number"), words("type_before", answer=menu.picked + 1)]
        keys += [words("type_back")] if menu.back else []
        self.tell([*rows, p.Row(f"({'; '.join([*keys, words('type_pause')])})")])
        while True:
            try:
                typed = self._line()
            except UnicodeDecodeError:
                typed = "\0"
            except (EOFError, KeyboardInterrupt):
                put(self.stream, "\n")
                return p.Pause()
            found = _picked(menu, typed)
            if found is not None:
                return found
            self.tell([p.Row(words("bad_choice", most=len(menu.options)))])

    def _line(self) -> str:
        put(self.stream, "> ")
        return _repaired(self.line())

    def _typed(self, prompt: Prompt) -> str:
        typed = self._line()
        if prompt.question.kind != TEXT:
            return typed
        lines = [typed]
        if typed.strip() == "/m":
            self.tell([p.Row(self.words("type_end"))])
            lines = []
            while (more := self._line()).strip() != ".":
                lines.append(more)
        while self.waiting():
            lines.append(_repaired(self.line()))
        return "\n".join(lines)

    def _reply(self, prompt: Prompt, typed: str) -> Reply:
        question = prompt.question
        if not typed.strip():
            if prompt.offered:
                half = str(prompt.offered[0])  # a text may have been left half typed, and too long
                return p.Given(read(question, half, self.words) if question.kind == TEXT else prompt.offered[0])
            if prompt.skippable:
                return p.Skip()
        if question.kind == TEXT:
            if question.unknown and typed.strip() == "/x":
                return p.Given(None)
            command = self._command(prompt, typed.strip()[1:]) if typed.strip().startswith("/") else None
        else:
            command = self._command(prompt, typed.strip().removeprefix("/"))
        return command or p.Given(read(question, typed, self.words))

    def _command(self, prompt: Prompt, word: str) -> Reply | None:
        allowed = {p.Why: True, p.Pause: True, p.Back: prompt.back, p.Review: prompt.review}
        for command, spellings in COMMANDS:
            if fold(word) in spellings and allowed.get(command, prompt.skippable):
                return command()
        return None

    def _sheet(self, prompt: Prompt) -> list[Row]:
        words, question = self.words, prompt.question
        level = f"[{words(f'level_{prompt.level}')}] " if prompt.level is not None else ""
        rows = [p.Row(""), p.Row(level + prompt.heading), p.Row(question.ask.say(words.locale))]
        rows += [p.Row(question.help.say(words.locale))] if question.help else []
        for at, each in enumerate(question.choices, 1):
            rows.append(p.Row(f"{at}. {each.label.say(words.locale)}", indent=1))
            rows += [p.Row(each.help.say(words.locale), indent=4)] if each.help else []
        return [*rows, p.Row(f"({'; '.join(self._keys(prompt))})")]

    def _keys(self, prompt: Prompt) -> list[str]:
        words, question = self.words, prompt.question
        slash = "/" if question.kind == TEXT else ""
        keys = [self._wanted(prompt)]
        if prompt.offered:
            keys.append(words("type_before", answer=self._before(prompt.offered[0], prompt)))
        keys += [slash + words("type_lines")] if p.takes_lines(question) else []
        keys += [slash + words("type_unknown")] if question.unknown else []
        if prompt.skippable:
            enter = "" if prompt.offered else words("type_skip_enter") + " "
            keys += [enter + slash + words("type_skip"), slash + words("type_skip_all")]
        keys.append(slash + words("type_why"))
        keys += [slash + words("type_back")] if prompt.back else []
        keys += [slash + words("type_review")] if prompt.review else []
        return [*keys, slash + words("type_pause")]

    def _wanted(self, prompt: Prompt) -> str:
        question = prompt.question
        values = bounds(question, self.words) if question.kind == NUMBER else {}
        return self.words(WANTED[question.kind], **values)

    def _before(self, answer: Answer, prompt: Prompt) -> str:
        return p.label(prompt.question, answer, self.words).split("\n")[0]


def _said(option: Option) -> str:
    between = " " if option.note.startswith("·") or option.label.endswith("?") else ": "
    return f"{option.label}{between}{option.note}" if option.note else option.label


def _picked(menu: Menu, typed: str) -> p.Given | p.Back | p.Pause | None:
    if not typed.strip():
        return p.Given(menu.picked)
    found = find(typed, [(str(at), each.label) for at, each in enumerate(menu.options, 1)])
    for command, spellings in COMMANDS[1:3]:
        if fold(typed.removeprefix("/")) in spellings and (menu.back or command is p.Pause):
            return p.Pause() if command is p.Pause else p.Back()
    return p.Given(found[0]) if len(found) == 1 else None


def _repaired(typed: str) -> str:
    """What a terminal sent in an older encoding than it claims, read as Western European instead of lost."""
    try:
        typed.encode("utf-8")
    except UnicodeEncodeError:
        return typed.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
    return typed
