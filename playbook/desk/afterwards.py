"""What can be done with a result: copy, edit, another channel or language, change an answer, save, finish."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playbook import channels, contract, editing, screen, style
from playbook.prompts import DIM, STRONG, Back, Given, Menu, Option, Pause, Prompt, Row
from playbook.protocol import CHANNEL
from playbook.record import Record
from playbook.terminal import copy

if TYPE_CHECKING:
    from collections.abc import Callable

    from playbook.prompts import Prompter
    from playbook.render import Reply
    from playbook.result import Result
    from playbook.words import Words


class After(Record):
    """What is to happen next: one of these is set."""

    finished: bool = False
    paused: bool = False
    review: bool = False
    channel: str | None = None
    locale: str | None = None


class Afterwards:
    """The menu under a result."""

    def __init__(self, told: Result, prompter: Prompter, words: Words, show: Callable[[list[Row]], None], seal: str) -> None:
        """`show` prints rows; `seal` is the protocol's digest, for the file that is saved."""
        self.told, self.prompter, self.words, self.show, self.seal = told, prompter, words, show, seal
        self.doings: dict[str, Callable[[], After | None]] = {
            "copy_public": lambda: self.copy("public"),
            "copy_private": lambda: self.copy("private"),
            "edit_public": lambda: self.edit("public"),
            "edit_private": lambda: self.edit("private"),
            "channel": self.channel,
            "locale": self.locale,
            "answers": lambda: After(review=True),
            "save": self.save,
            "finish": lambda: After(finished=True),
        }

    def run(self) -> After:
        """Offer what can be done until something ends it."""
        picked = 0
        while True:
            names = [name for name in self.doings if self.possible(name)]
            options = tuple(Option(self.words(f"menu_{name}")) for name in names)
            chosen = self.prompter.choose(Menu(self.words("menu"), options, picked=picked, level=self.told.decided.outcome.level))
            if isinstance(chosen, Pause):
                return After(paused=True)
            if isinstance(chosen, Back):
                return After(review=True)
            picked = int(str(chosen.answer))
            after = self.doings[names[picked]]()
            if after is not None:
                return after

    def possible(self, name: str) -> bool:
        """Whether an entry makes sense for this result."""
        verb, _, side = name.partition("_")
        if verb in ("copy", "edit"):
            reply = self.reply(side)
            return reply is not None and bool(reply.parts)
        return name != "locale" or len(self.told.decided.pack.locales) > 1

    def reply(self, side: str) -> Reply | None:
        return self.told.public if side == "public" else self.told.private

    def copy(self, side: str) -> None:
        """Copy a reply; a thread part by part, each after a key."""
        reply = self.reply(side)
        assert reply is not None
        for number, part in enumerate(reply.parts, 1):
            by = copy(part, sys.stdout, os.environ)
            if by is None:
                self.prompter.tell([Row(self.words("not_copied"))])
                return
            many = len(reply.parts) > 1
            said = self.words("copied_part", n=number, total=len(reply.parts), by=by) if many else self.words("copied", by=by)
            self.prompter.tell([Row(said, STRONG), *(Row(each) for each in screen.remarks(reply, self.told, self.words))])
            if number < len(reply.parts):
                go_on = Menu(said, (Option(self.words("copy_next")), Option(self.words("copy_enough"))))
                if self.prompter.choose(go_on) != Given(0):
                    return

    def edit(self, side: str) -> None:
        """Let the reply be changed in the editor, then count and check it again."""
        reply = self.reply(side)
        assert reply is not None
        try:
            text = editing.edit(reply.text, os.environ)
        except editing.NoEditor:
            self.prompter.tell([Row(self.words("edit_no_editor"))])
            return
        except editing.EditFailed:
            self.prompter.tell([Row(self.words("edit_failed"))])
            return
        pack = self.told.decided.pack
        where = pack.channels.get(reply.channel or "")
        measure = channels.measure(text, where) if where else None
        thread = channels.thread(text, where) if where and where.thread and measure and not measure.fits else None
        changed = reply._replace(text=text, parts=thread or (text,), measure=measure, missing=(), variant="edited")
        self.told = self.told._replace(**{side: changed})
        head = " · ".join((self.words("edited"), *screen.counted(changed, self.told, self.words)))
        found = [Row(head, STRONG), *(Row(each) for each in screen.remarks(changed, self.told, self.words))]
        for phrase, why in style.found(text, pack, changed.locale):
            found.append(Row(self.words("style_avoid", phrase=phrase, why=why)))
        self.show([*found, Row(""), *(Row(line, screen.REPLY) for part in changed.parts for line in part.split("\n"))])

    def channel(self) -> After | None:
        """The same case on another channel."""
        question = self.told.decided.pack.questions[CHANNEL]
        offered = (self.told.channel.id,) if self.told.channel else ()
        picked = self.prompter.ask(Prompt(question, self.words("menu_channel"), offered, review=False))
        return After(channel=str(picked.answer)) if isinstance(picked, Given) else None

    def locale(self) -> After | None:
        """The same case in another language."""
        locales = self.told.decided.pack.locales
        others = Menu(self.words("menu_locale"), tuple(Option(each) for each in locales))
        picked = self.prompter.choose(others)
        return After(locale=locales[int(str(picked.answer))]) if isinstance(picked, Given) else None

    def save(self) -> None:
        """Write the case, with its replies as they are now, to a new file in the current folder."""
        told = self.told
        stem = f"case-{told.decided.protocol}-{told.now:%Y%m%d-%H%M%S}"
        text = json.dumps(contract.decided(told, self.seal), ensure_ascii=False, indent=2) + "\n"
        for number in range(1, 100):
            path = Path.cwd() / f"{stem}{f'-{number}' if number > 1 else ''}.json"
            try:
                with path.open("x", encoding="utf-8") as file:
                    path.chmod(0o600)
                    file.write(text)
            except FileExistsError:
                continue
            except OSError as fault:
                self.prompter.tell([Row(self.words("save_failed", reason=(fault.strerror or "").lower()))])
                return
            self.prompter.tell([Row(self.words("saved", path=path), DIM)])
            return
