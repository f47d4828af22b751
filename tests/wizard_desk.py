"""A wizard at a terminal that exists in memory: keys go in, a screen comes out."""

from __future__ import annotations

import io
import threading
from typing import TYPE_CHECKING

import pyte
from prompt_toolkit.data_structures import Size
from prompt_toolkit.output.vt100 import Vt100_Output

from playbook.asking.wizard import Wizard
from playbook.words import words

if TYPE_CHECKING:
    from prompt_toolkit.input import PipeInput

    from playbook.asking import prompts as p


class Desk:
    """A wizard at a terminal of 80 by 24, whose keys are written beforehand."""

    def __init__(self, keys: PipeInput, ui: str = "es", columns: int = 80, rows: int = 24) -> None:
        self.keys, self.stream = keys, io.StringIO()
        self.columns, self.rows = columns, rows
        sink = Vt100_Output(self.stream, lambda: Size(rows, columns), term="xterm-256color")
        self.wizard = Wizard(words(ui), source=keys, sink=sink)

    def ask(self, prompt: p.Prompt, keys: str, later: str = "") -> p.Reply:
        """Press `keys`, and `later` when they have been drawn."""
        self.press(keys, later)
        return self.wizard.ask(prompt)

    def press(self, keys: str, later: str = "") -> None:
        self.keys.send_text(keys)
        if later:
            threading.Timer(1.0, self.keys.send_text, [later]).start()

    @property
    def screen(self) -> list[str]:
        """What stands on the terminal now, without empty lines at its end."""
        return shown(self.stream.getvalue(), self.columns, self.rows)

    @property
    def last_sheet(self) -> list[str]:
        """What stood there before the question was wiped away."""
        return shown(self.stream.getvalue().rsplit("\x1b[J", 1)[0], self.columns, self.rows)


def shown(sent: str, columns: int, rows: int) -> list[str]:
    screen = pyte.Screen(columns, rows)
    pyte.Stream(screen).feed(sent.replace("\n", "\r\n").replace("\r\r", "\r"))
    return "\n".join(line.rstrip() for line in screen.display).rstrip("\n").split("\n")
