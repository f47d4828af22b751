"""What can be done with a result: copy, edit, another channel or language, change an answer, save, finish."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playbook import contract, screen
from playbook.asking.dialogue import Paused
from playbook.asking.prompts import DIM, STRONG, Back, Given, Menu, Option, Pause, Prompt, Row, Why
from playbook.desk import editing, replies
from playbook.desk.lines import text
from playbook.output import as_json
from playbook.protocol import CHANNEL, Text
from playbook.replies import style
from playbook.terminal import copy, put

if TYPE_CHECKING:
    from collections.abc import Callable

    from playbook.asking.dialogue import Conversation
    from playbook.desk.replies import Edits
    from playbook.replies.render import Reply
    from playbook.result import Result

OSC = "OSC 52"
"""What `terminal.copy` says where only the terminal was asked, which never answers."""
ENTRIES = (
    "copy_public",
    "copy_private",
    "edit_public",
    "edit_private",
    "channel",
    "locale",
    "answers",
    "save",
    "finish",
)
"""The menu, in its order."""


class After(NamedTuple):
    """What is to happen next; nothing of this: ask on, and show the result again."""

    finished: bool = False
    paused: bool = False
    channel: str | None = None
    locale: str | None = None


class Afterwards:
    """The menu under a result."""

    def __init__(
        self, told: Result, talk: Conversation, show: Callable[[list[Row]], None], edits: Edits, seal: str
    ) -> None:
        """`show` prints rows; `edits` gathers changed replies; `seal` is the protocol's digest, for saving."""
        self.told, self.talk, self.show, self.edits, self.seal = told, talk, show, edits, seal
        self.prompter, self.words = talk.prompter, talk.words
        self.reviewed = False

    def run(self) -> After:
        """Offer what can be done until something ends it."""
        picked = 0
        while True:
            names = [name for name in ENTRIES if self.possible(name)]
            options = tuple(Option(self.words(f"menu_{name}"), self.note(name)) for name in names)
            level = self.told.decided.outcome.level
            chosen = self.prompter.choose(Menu(self.words("menu"), options, self.help(), picked, level=level))
            if isinstance(chosen, Pause):
                return After(paused=True)
            picked = names.index("answers") if isinstance(chosen, Back) else int(str(chosen.answer))
            after = self.do(names[picked])
            if after is not None:
                return after

    def do(self, name: str) -> After | None:
        """Do what an entry says; None to stay with the menu."""
        verb, _, side = name.partition("_")
        reply = replies.side(self.told, side) if side else None
        if reply is not None:
            (self.copy if verb == "copy" else self.edit)(side, reply)
            return None
        doing: Callable[[], After | None] = getattr(self, name)
        return doing()

    def help(self) -> str:
        """What must not scroll out of sight: by when to answer, and who must agree."""
        told, words = self.told, self.words
        found = []
        if told.answer_due:
            found.append(words("result_answer_by", when=screen.when(told.answer_due, told, words)))
        approval = told.decided.outcome.approval
        if approval:
            roles = ", ".join(told.decided.pack.roles[each].title.say(words.locale) for each in approval)
            found.append(words("result_approval", roles=roles))
        return "\n".join(found)

    def possible(self, name: str) -> bool:
        """Whether an entry makes sense for this result."""
        verb, _, side = name.partition("_")
        if verb in {"copy", "edit"}:
            reply = replies.side(self.told, side)
            return reply is not None and bool(reply.parts)
        return name != "locale" or len(self.told.decided.pack.locales) > 1

    def note(self, name: str) -> str:
        """What stands beside an entry: how long the reply is, and whether it can be sent."""
        verb, _, side = name.partition("_")
        reply = replies.side(self.told, side) if verb == "copy" else None
        if reply is None:
            return ""
        found = screen.counted(reply, self.told, self.words)[1:]  # the channel stands in the result above
        if reply.missing:
            questions = self.told.decided.pack.questions
            asks = ", ".join(questions[each].ask.say(self.words.locale) for each in reply.missing)
            found.append(self.words("reply_blank", asks=asks))
        if reply.measure is not None and reply.measure.over and len(reply.parts) == 1:
            found.append(self.words("reply_too_long"))
        return "".join(f"· {each} " for each in found)

    # --- the entries ------------------------------------------------------------------------------

    def copy(self, _side: str, reply: Reply) -> None:
        """Copy a reply, and show it as it is, to be marked; a thread part by part, each after a key."""
        for number, part in enumerate(reply.parts, 1):
            by = copy(part, sys.stdout, os.environ)
            key = "not_copied" if by is None else "copied_part" if len(reply.parts) > 1 else "copied"
            said = self.words(key, n=number, total=len(reply.parts), by=by)
            rows = [Row(""), Row(said, STRONG), *([Row(self.words("copied_perhaps"), DIM)] if by == OSC else [])]
            self.prompter.tell([*rows, *(Row(each) for each in screen.remarks(reply, self.told, self.words)), Row("")])
            put(sys.stdout, part + "\n")
            if number < len(reply.parts):
                go_on = Menu(said, (Option(self.words("copy_next")), Option(self.words("copy_enough"))))
                if self.prompter.choose(go_on) != Given(0):
                    return

    def edit(self, side: str, reply: Reply) -> None:
        """Let the reply be changed in the editor, then count and check it again."""
        pack, words = self.told.decided.pack, self.words
        try:
            said = editing.edit(reply.text, os.environ)
        except editing.NoEditor:
            self.prompter.tell([Row(""), Row(words("edit_no_editor"), STRONG)])
            return
        except editing.NotThere as fault:
            self.prompter.tell([Row(""), Row(words("edit_not_there", name=fault), STRONG)])
            return
        except editing.EditFailed:
            self.prompter.tell([Row(""), Row(words("edit_failed"), STRONG)])
            return
        if said == reply.text:
            self.prompter.tell([Row(""), Row(words("edit_same"), STRONG)])
            return
        changed = replies.edited(reply, said, pack)
        self.edits.put(self.told, side, said)
        self.talk.keep(self.talk.answers, self.talk.aside)
        self.told = replies.with_side(self.told, side, changed)
        head = " · ".join((words("edited"), *screen.spoken(changed, words), *screen.counted(changed, self.told, words)))
        found = [Row(""), Row(head, STRONG), *(Row(each) for each in screen.remarks(changed, self.told, words))]
        for phrase, why in style.found(said, pack, changed.locale):
            found.append(Row(words("style_avoid", phrase=phrase, why=why)))
        for part in changed.parts:
            found += [Row(""), *(Row(line, screen.REPLY) for line in part.split("\n"))]
        self.show(found)

    def channel(self) -> After | None:
        """The same case on another channel."""
        question = self.told.decided.pack.questions[CHANNEL]
        here = self.words("menu_channel_ask")
        question = question._replace(ask=Text({self.words.locale: here}, self.words.locale))
        offered = (self.told.channel.id,) if self.told.channel else ()
        while True:
            picked = self.prompter.ask(Prompt(question, self.words("menu_channel"), offered, review=False))
            if not isinstance(picked, Why):
                break
            self.prompter.tell([Row(self.words("why_channel"))])
        if isinstance(picked, Given):
            return After(channel=str(picked.answer)) if picked.answer not in offered else None
        return After(paused=True) if isinstance(picked, Pause) else None

    def locale(self) -> After | None:
        """The same case in another language."""
        locales, locale = self.told.decided.pack.locales, self.told.locale
        at = locales.index(locale) if locale in locales else 0
        options = tuple(Option(screen.language(each, self.words)) for each in locales)
        picked = self.prompter.choose(Menu(self.words("menu_locale"), options, picked=at))
        if isinstance(picked, Given):
            wanted = locales[int(str(picked.answer))]
            return After(locale=wanted) if wanted != locale else None
        return After(paused=True) if isinstance(picked, Pause) else None

    def answers(self) -> After | None:
        """Look over all answers, and change any; the result is shown again only where one has changed."""
        return self.review("review_done")

    def finish(self) -> After | None:
        """End, once all answers have been looked over."""
        return After(finished=True) if self.reviewed else self.review("review_finish")

    def review(self, done: str) -> After | None:
        """The list of answers; after "all good, finish" it is finished."""
        before = dict(self.talk.answers)
        ended = self.talk.review(done)
        if isinstance(ended, Paused):
            return After(paused=True)
        if self.talk.answers != before:
            return After()
        self.reviewed = not isinstance(ended, Back)
        return After(finished=True) if self.reviewed and done == "review_finish" else None

    def save(self) -> None:
        """Write the case, with its replies as they are now, to two new files in the current folder: JSON and text."""
        told, words = self.told, self.words
        document = contract.saved(told, self.seal, words.locale)
        stem = f"case-{told.decided.protocol}-{told.seen:%Y%m%d-%H%M%S}"
        try:
            path = _written(stem, as_json(document), text(screen.rows(told, words, exported=True)[1:]))
        except OSError as fault:
            self.prompter.tell([Row(""), Row(words("save_failed", reason=(fault.strerror or "").lower()), STRONG)])
            return
        found = [Row(""), Row(words("saved", path=path.absolute()), STRONG)]
        self.prompter.tell([*found, Row(words("saved_text", path=path.with_suffix(".txt").absolute()))])


def _written(stem: str, data: str, read: str) -> Path:
    """A new file of data, and one to read beside it, for their owner's eyes alone. Raises OSError."""
    for number in range(1, 100):
        path = Path(f"{stem}{f'-{number}' if number > 1 else ''}.json")
        try:
            for each, content in ((path, data), (path.with_suffix(".txt"), read)):
                handle = os.open(each, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(content)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
