"""Prompts that draw: the one module that knows questionary and what it stands on. Imported only when a person is asked.

questionary draws lists and entries; the keys are ours. Its own have no way back, drop ñ and á, pick all on `a`,
and take the line pointed at when what was typed fits none. Its `select` also builds three applications for each list,
each with hundreds of key bindings, which one can feel: here one application serves all lists, and one all entries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import questionary
from prompt_toolkit import print_formatted_text
from prompt_toolkit.application import Application
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Dimension, FormattedTextControl, HSplit, Layout, ScrollbarMargin, Window
from prompt_toolkit.output import ColorDepth, create_output
from prompt_toolkit.styles import Attrs, Style
from questionary.prompts.common import InquirerControl

from playbook.asking import keys, sheets
from playbook.asking import prompts as p
from playbook.asking.entries import Misread, read
from playbook.protocol import CHOICE, MANY, NUMBER, TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding import KeyPressEvent
    from prompt_toolkit.layout import AnyContainer
    from prompt_toolkit.output import Output

    from playbook.asking.prompts import Menu, Prompt, Reply, Row
    from playbook.asking.sheets import Sheet
    from playbook.words import Words

ESCAPE = 0.05
"""Seconds after which Esc is a key of its own and not the start of Alt or of an arrow."""
FADED = "dim" if "dim" in Attrs._fields else ""
"""Older versions of prompt_toolkit know no dim text, and bright black vanishes on some backgrounds."""
LEVELS = {"level0": "fg:ansiblue", "level1": "fg:ansigreen", "level2": "fg:ansiyellow", "level3": "fg:ansired bold"}
TEXTS = {"dim": FADED, "strong": "bold", "fault": "fg:ansired", "selected": "", "answer": "", "question": ""}
POINTED = dict.fromkeys(("pointer", "highlighted"), "fg:ansicyan bold")
STYLE = Style.from_dict({**LEVELS, **TEXTS, **POINTED})
LEAST_ROOM = 6
"""Lines of a list that stay in sight beside what was told; where there is not even room for these, it scrolls away."""
MORE = ScrollbarMargin(display_arrows=True, up_arrow_symbol="↑", down_arrow_symbol="↓")
"""Beside a list longer than its room; without the arrows a bar without colour is not seen."""


class Wizard:
    """A `Prompter` that draws at the cursor and leaves one line behind for each answer."""

    def __init__(
        self, words: Words, *, colour: bool = True, source: Input | None = None, sink: Output | None = None
    ) -> None:
        """Read keys from `source`, draw on `sink` (None: the terminal); `colour` False leaves bold."""
        self.words, self.source, self.told = words, source, 0
        self.sink = sink or create_output()
        # Asking the terminal where its cursor is costs a round trip for each question and is not needed here.
        vars(self.sink)["enable_cpr"] = False
        self.depth = None if colour else ColorDepth.DEPTH_1_BIT
        ports: dict[str, Any] = {"input": source, "output": self.sink, "color_depth": self.depth}
        self.lists: Application[Any] = Application(style=STYLE, include_default_pygments_style=False, **ports)
        text = questionary.text("", qmark=" »", prompt_continuation="    ", style=STYLE, **ports)
        self.entries: Application[Any] = text.application
        self.entry = self.entries.layout.container, self.entries.layout.current_window, self.entries.key_bindings

    def ask(self, prompt: Prompt) -> Reply:
        """Put one question."""
        columns = self._columns()
        sheet = sheets.question_sheet(prompt, self.words, columns)
        if prompt.question.kind in {NUMBER, TEXT}:
            reply = self._entry(prompt, sheet)
        elif prompt.question.kind == MANY:
            reply = self._ticks(prompt, sheet)
        else:
            reply = self._list(sheet, sheets.doors(prompt))
        self._print(sheets.left_behind(prompt, reply, self.words, columns))
        return reply

    def choose(self, menu: Menu) -> p.Given | p.Back | p.Pause:
        """Let one option be picked."""
        sheet = sheets.menu_sheet(menu, self.words, self._columns())
        reply = self._list(sheet, {p.Pause, p.Back} if menu.back else {p.Pause})
        return reply if isinstance(reply, p.Given | p.Back) else p.Pause()

    def tell(self, rows: Sequence[Row]) -> None:
        """Show lines, wrapped."""
        told = [sheets.told(row, self._columns()) for row in rows]
        for each in told:
            self._print(each)
        self.told = sum(text.count("\n") + 1 for each in told for _, text in each)

    def _columns(self) -> int:
        return sheets.room_of(self.sink.get_size().columns)

    def _print(self, fragments: sheets.Fragments) -> None:
        if fragments:
            print_formatted_text(FormattedText(fragments), style=STYLE, output=self.sink, color_depth=self.depth)

    # --- lists ------------------------------------------------------------------------------------

    def _list(self, sheet: Sheet, doors: set[type[Reply]]) -> Reply:
        control = self._control(sheet, CHOICE)
        finder = sheets.Finder(sheet, self.words)
        bindings = keys.moving(finder, control)

        @bindings.add(Keys.ControlJ, eager=True)  # Enter, typed ahead while no prompt was up
        @bindings.add(Keys.Enter, eager=True)
        def _enter(event: KeyPressEvent) -> None:
            if finder.fault:
                finder.clear()
            else:
                event.app.exit(result=sheet.lines[control.pointed_at].reply)

        bindings.add(" ", eager=True)(keys.typing(finder, control))
        return self._show_list(sheet, control, finder, [bindings, keys.leaving(doors, str)])

    def _ticks(self, prompt: Prompt, sheet: Sheet) -> Reply:
        offered = prompt.offered[0] if prompt.offered else ()
        before = {offered} if offered is None else set(offered) if isinstance(offered, tuple) else set()
        answers = [line.reply.answer for line in sheet.lines if isinstance(line.reply, p.Given)]
        unsure = {at for at, answer in enumerate(answers) if answer is None}
        control = self._control(sheet, MANY)
        control.selected_options = [at for at, answer in enumerate(answers) if answer in before]
        finder = sheets.Finder(sheet, self.words)
        bindings = keys.moving(finder, control)

        @bindings.add(" ", eager=True)
        def _tick(_event: KeyPressEvent) -> None:
            at = control.pointed_at
            chosen = set(control.selected_options) ^ {at}
            # "Don't know" and what is known exclude each other: the last one ticked stays.
            control.selected_options = sorted(chosen & unsure if at in unsure else chosen - unsure)
            finder.clear()

        @bindings.add(Keys.ControlJ, eager=True)  # Enter, typed ahead while no prompt was up
        @bindings.add(Keys.Enter, eager=True)
        def _enter(event: KeyPressEvent) -> None:
            chosen = sorted(control.selected_options)
            known = tuple(answers[at] for at in chosen if at not in unsure)
            event.app.exit(result=p.Given(None if unsure.intersection(chosen) else known))

        return self._show_list(sheet, control, finder, [bindings, keys.leaving(sheets.doors(prompt), str)])

    def _control(self, sheet: Sheet, kind: str) -> InquirerControl:
        titles = sheets.titles(sheet, kind, self._columns())
        choices = [questionary.Choice(title, value=at) for at, title in enumerate(titles)]
        look: dict[str, Any] = {"pointer": "»", "use_indicator": kind == MANY, "show_description": False}
        start = choices[sheet.picked]
        return InquirerControl(choices, initial_choice=start, focusable=True, show_cursor=False, **look)

    def _show_list(
        self, sheet: Sheet, control: InquirerControl, finder: sheets.Finder, bindings: list[KeyBindings]
    ) -> Reply:
        # What was told just before, such as the reason for a question, is not to be scrolled away by a long list.
        over = sheet.height(self._columns()) + self.told - self.sink.get_size().rows
        body = sheet.body(self._columns())
        room = body - over if LEAST_ROOM <= body - over < body else None
        long = over > self.told or room is not None
        window = Window(control, height=Dimension(max=room), right_margins=[MORE] if long else [], wrap_lines=True)
        self.told = 0
        self.lists.key_bindings = merge_key_bindings(bindings)
        page = self._page(sheet, window, finder, lambda: sheet.notes[control.pointed_at])
        return self._run(self.lists, Layout(page, window))

    # --- entries ----------------------------------------------------------------------------------

    def _entry(self, prompt: Prompt, sheet: Sheet) -> Reply:
        question = prompt.question
        before = prompt.offered[0] if prompt.offered else None
        body, focus, editing = self.entry
        buffer = self.entries.current_buffer
        buffer.reset(Document("" if before is None else str(before)))
        finder = sheets.Finder(sheet, self.words)
        bindings = KeyBindings()

        @bindings.add(Keys.ControlJ, eager=True)  # Enter, typed ahead while no prompt was up
        @bindings.add(Keys.Enter, eager=True)
        def _enter(event: KeyPressEvent) -> None:
            if prompt.skippable and not buffer.text.strip():
                event.app.exit(result=p.Skip())
                return
            try:
                event.app.exit(result=p.Given(read(question, buffer.text, self.words)))
            except Misread as fault:
                finder.fault, finder.typed = str(fault), buffer.text

        @bindings.add(Keys.Escape, Keys.Enter)
        def _newline(_event: KeyPressEvent) -> None:
            buffer.insert_text("\n" if question.kind == TEXT else "")

        @bindings.add(Keys.ControlX, eager=True)
        def _unknown(event: KeyPressEvent) -> None:
            if question.unknown:
                event.app.exit(result=p.Given(None))

        offered = Condition(lambda: question.kind == NUMBER and before is not None and buffer.text == str(before))

        # Or a 2 typed over the 5 that is offered again would be 52.
        @bindings.add(Keys.Any, filter=offered)
        def _instead(event: KeyPressEvent) -> None:
            buffer.reset(Document(event.data if event.data.isprintable() else str(before)))

        def note() -> str:
            if finder.typed != buffer.text:
                finder.fault = ""
            return sheet.notes[0]

        leaving = keys.leaving(sheets.doors(prompt), lambda: buffer.text)
        self.entries.key_bindings = merge_key_bindings([editing, bindings, leaving] if editing else [])
        return self._run(self.entries, Layout(self._page(sheet, body, finder, note), focus))

    # --- one screen -------------------------------------------------------------------------------

    def _page(self, sheet: Sheet, body: AnyContainer, finder: sheets.Finder, note: Callable[[], str]) -> HSplit:
        def below() -> FormattedText:
            said = note()
            if finder.fault:
                return FormattedText([("class:fault", sheets.wrapped(finder.fault, self._columns()))])
            return FormattedText([("class:dim", said)])

        above = Window(FormattedTextControl(FormattedText(sheet.heading)), dont_extend_height=True, wrap_lines=True)
        room = Window(FormattedTextControl(below), height=Dimension.exact(sheet.room), wrap_lines=True)
        space = Window(height=Dimension.exact(1 if any(each.strip() for each in sheet.notes) else 0))
        foot = Window(FormattedTextControl(sheet.keys, "class:dim"), dont_extend_height=True, wrap_lines=True)
        return HSplit([above, Window(height=Dimension.exact(1)), body, room, space, foot])

    def _run(self, app: Application[Any], layout: Layout) -> Reply:
        app.layout = layout
        app.erase_when_done = True
        app.ttimeoutlen = app.timeoutlen = ESCAPE
        try:
            reply: Reply = app.run()
        except (EOFError, KeyboardInterrupt):
            return p.Pause()
        return reply
