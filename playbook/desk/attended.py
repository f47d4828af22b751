"""A case with a person at the keys: asked one question after the other, shown where it ends, paused and gone on with."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from playbook import drafts, screen
from playbook.desk.afterwards import Afterwards
from playbook.desk.opening import digest, now
from playbook.desk.unattended import channel_of
from playbook.dialogue import Conversation, Paused
from playbook.prompts import DIM, STRONG, Row
from playbook.protocol import CHANNEL
from playbook.result import open_details, result
from playbook.terminal import colour_allowed, put, size, wants_plain

if TYPE_CHECKING:
    from playbook.desk.opening import Case, Wishes
    from playbook.engine import Decided
    from playbook.prompts import Prompter
    from playbook.result import Result

DONE, PAUSED, INTERRUPTED = 0, 75, 130


def lead(case: Case, wishes: Wishes) -> int:
    """Lead the operator from the first question to the end; the exit code."""
    seal = digest(case)
    about = {"digest": seal, "locale": case.locale}
    keeper = drafts.Keeper(case.pack.protocols[case.protocol], about, os.environ, case.draft)
    session = _Session(case, _prompter(case, plain=wishes.plain), keeper, skip_details=wishes.skip_details)
    if case.draft:
        session.greet(changed=case.digest is not None and case.digest != seal)
    try:
        return session.run()
    except KeyboardInterrupt:
        session.paused()
        return INTERRUPTED


def _prompter(case: Case, *, plain: bool) -> Prompter:
    if plain or wants_plain(os.environ, sys.stdout, size()):
        from playbook.plain import Plain

        return Plain(case.words, sys.stdout)
    from playbook.wizard import Wizard

    return Wizard(case.words, colour=colour_allowed(os.environ, sys.stdout))


class _Session:
    """One sitting: the conversation, the draft that is kept of it, and what is shown."""

    def __init__(self, case: Case, prompter: Prompter, keeper: drafts.Keeper, *, skip_details: bool) -> None:
        self.case, self.prompter, self.keeper, self.words = case, prompter, keeper, case.words
        self.skip_details = skip_details
        start = Paused(case.answers, case.aside)
        self.talk = Conversation(case.pack, case.protocol, prompter, start, keeper.keep)

    def greet(self, *, changed: bool) -> None:
        """Say that this goes on, and whether the protocol has changed since."""
        rows = [Row(self.words("resumed", count=len(self.case.answers)), STRONG)]
        if changed:
            rows.append(Row(self.words("protocol_changed")))
        self.prompter.tell(rows)

    def run(self) -> int:
        ended = self.talk.run(self.show_outcome, self.wanted)
        while True:
            if isinstance(ended, Paused):
                self.paused()
                return PAUSED
            told = self.told(ended)
            self.show(screen.rows(told, self.words))
            after = Afterwards(told, self.prompter, self.words, self.show, digest(self.case)).run()
            if after.finished:
                self.keeper.drop()
                self.prompter.tell([Row(self.words("finished"), DIM)])
                return DONE
            if after.locale:
                self.case = self.case._replace(locale=after.locale)
            if after.channel:
                self.talk.answers[CHANNEL] = after.channel
            ended = self.talk.paused() if after.paused else self.again(review=after.review)

    def again(self, *, review: bool) -> Decided | Paused:
        """The case once more, after the channel, the language or an answer was changed."""
        if review:
            changed = self.talk.review()
            if isinstance(changed, Paused):
                return changed
        return self.talk.run(self.show_outcome, self.wanted)

    def told(self, decided: Decided) -> Result:
        return result(decided, channel_of(decided), self.case.locale, now())

    def wanted(self, decided: Decided) -> tuple[str, ...]:
        """The questions that the replies still need."""
        return () if self.skip_details else open_details(decided, channel_of(decided), self.case.locale)

    def show_outcome(self, decided: Decided) -> None:
        """Before any detail is asked: where the case ends, and what is to be done at once."""
        if decided.undecided or self.wanted(decided):
            self.show(screen.first(self.told(decided), self.words))

    def show(self, rows: list[Row]) -> None:
        """Show rows; the lines of a reply go out as they are, so that they can be marked and copied."""
        waiting: list[Row] = []
        for row in rows:
            if row.style != screen.REPLY:
                waiting.append(row)
                continue
            self.prompter.tell(waiting)
            waiting = []
            put(sys.stdout, row.text + "\n")
        self.prompter.tell(waiting)

    def paused(self) -> None:
        """Say that nothing is lost, and how to go on."""
        state = self.talk.paused()
        self.keeper.keep(state.answers, state.aside)
        words = self.words
        rows = [Row(""), Row(words("paused"), STRONG)]
        if self.keeper.path is None:
            put(sys.stderr, f"{words('paused')}\n{words('not_saved')}\n{self.keeper.spilled()}\n")
            return
        if self.keeper.path != self.keeper.wanted:
            rows.append(Row(words("saved_elsewhere", wanted=self.keeper.wanted, path=self.keeper.path)))
        self.prompter.tell(rows)
        put(sys.stderr, words("resume", command=drafts.resume_command(self.keeper.path)) + "\n")
