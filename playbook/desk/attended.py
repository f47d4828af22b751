"""A case with a person at the keys: asked question by question, shown where it ends, paused and gone on with."""

from __future__ import annotations

import os
import sys
import textwrap
import time
from typing import TYPE_CHECKING

from playbook import pack as packs
from playbook import screen
from playbook.asking import drafts
from playbook.asking.dialogue import Conversation, Paused
from playbook.asking.prompts import DIM, STRONG, Row
from playbook.desk import replies
from playbook.desk.afterwards import Afterwards
from playbook.desk.moments import Moment
from playbook.desk.opening import digest, now
from playbook.desk.replies import Edits
from playbook.desk.unattended import channel_of
from playbook.diagnostics import ERROR, PlaybookError
from playbook.protocol import CHANNEL
from playbook.replies import vetting
from playbook.result import open_details, result
from playbook.terminal import called, colour_allowed, put, safe, size, wants_plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from playbook.asking.prompts import Prompter
    from playbook.desk.opening import Case, Wishes
    from playbook.engine import Decided
    from playbook.protocol import Answer
    from playbook.result import Result

DONE, PAUSED = 0, 75
BAR = 8
"""Columns that a reply on the screen needs beside its own."""


def lead(case: Case, wishes: Wishes) -> int:
    """Lead the operator from the first question to the end; the exit code.

    Raises PlaybookError, before anything is asked, for files and templates that would fail.
    """
    seal = digest(case)
    _vet(case)
    plain = wishes.plain or wants_plain(os.environ, sys.stdout, size())
    session = _Session(case, wishes, _prompter(case, plain=plain), seal, barred=not plain)
    session.greet()
    try:
        return session.run()
    except KeyboardInterrupt:  # between two prompts; another one while this is told ends it
        return session.paused()
    except Exception:
        session.paused()  # whatever it is, the operator hears first where the answers are
        raise


def _vet(case: Case) -> None:
    """Refuse templates that would fail: now, and not once the operator has answered everything."""
    faults = vetting.check(case.pack, *case.pack.protocols)
    found = [each for each in faults if each.severity == ERROR]
    if found:
        raise PlaybookError(found)


def _prompter(case: Case, *, plain: bool) -> Prompter:
    if plain:
        from playbook.asking.plain import Plain

        return Plain(case.words, sys.stdout)
    from playbook.asking.wizard import Wizard

    return Wizard(case.words, colour=colour_allowed(os.environ, sys.stdout))


class _Session:
    """One sitting: the conversation, the draft that is kept of it, and what is shown."""

    def __init__(self, case: Case, wishes: Wishes, prompter: Prompter, seal: str, *, barred: bool) -> None:
        """`barred`: replies are shown wrapped, behind a bar, and as they are only where they are to be marked."""
        self.case, self.wishes, self.prompter, self.words = case, wishes, prompter, case.words
        self.seal, self.barred, self.locale = seal, barred, case.locale
        self.edits, self.moment = (
            Edits(case.kept.edits, case.kept.originals),
            Moment(case.kept.decided, case.kept.outcome),
        )
        about: dict[str, str] = {"digest": seal, "locale": case.locale}
        draft = case.draft if case.kept.paused else None
        self.keeper = drafts.Keeper(case.pack.protocols[case.protocol], about, os.environ, draft)
        self.other = drafts.newest(os.environ, time.time()) if case.draft is None else None
        start = Paused(case.answers, case.aside, case.kept.skipped)
        self.talk = Conversation(case.pack, case.protocol, prompter, start, self.keep)

    def greet(self) -> None:
        """Say it where the pack is nobody's; where this goes on, and whether the protocol has changed since."""
        case, words = self.case, self.words
        if case.root == packs.shipped():
            self.prompter.tell([Row(words("sample", brand=case.pack.brand.name), DIM), Row("")])
        if case.draft is None:
            return
        rows = [Row(words("resumed", count=len(case.answers)), STRONG)]
        if case.kept.digest not in {None, self.seal}:
            rows.append(Row(words("protocol_changed")))
        self.prompter.tell(rows)

    def keep(self, answers: Mapping[str, Answer], aside: Mapping[str, Answer]) -> None:
        """Keep the draft; once, say which other case was left. Before the first question nobody would see it."""
        self.keeper.more = {
            "skipped": self.talk.paused().skipped,
            "edits": self.edits.texts,
            "originals": self.edits.originals,
            **self.moment.kept(),
        }
        self.keeper.keep(answers, aside)
        if self.other is not None:
            self.prompter.tell([Row(self.words("waiting", protocol=self.other.name.split("-")[0]), DIM)])
            put(sys.stdout, self.resume(self.other) + "\n")
            self.other = None

    def run(self) -> int:
        """Ask, show, and do what is wanted with the result, until it is finished or paused; the exit code."""
        ended = self.talk.run(self.show_outcome, self.wanted)
        while not isinstance(ended, Paused):
            told = self.told(ended)
            self.show(screen.rows(told, self.words))
            if self.edits.texts:
                said = self.words("edits_in" if replies.is_edited(told) else "edits_kept")
                outdated = [Row(self.words("edits_outdated"))] if self.edits.outdated else []
                self.prompter.tell([Row(""), Row(said, STRONG), *outdated])
            after = Afterwards(told, self.talk, self.show, self.edits, self.seal).run()
            if after.finished:
                self.keeper.drop()
                self.prompter.tell([Row(self.words("finished"), DIM)])
                return DONE
            if after.paused:
                break
            self.turn(after.channel, after.locale)
            ended = self.talk.run(self.show_outcome, self.wanted)
        return self.paused()

    def turn(self, channel: str | None, locale: str | None) -> None:
        """Go on with the same case on another channel, or in another language."""
        if channel:
            self.talk.answers[CHANNEL] = channel
        if locale:
            self.locale = locale
            self.keeper.about["locale"] = locale
        self.talk.keep(self.talk.answers, self.talk.aside)

    def told(self, decided: Decided) -> Result:
        """What the case comes to, with the operator's own changes to its replies."""
        before = self.moment.at
        moment = self.moment.of(decided.outcome)
        if moment != before:
            self.talk.keep(self.talk.answers, self.talk.aside)
        return self.edits.into(result(decided, channel_of(decided), self.locale, moment, now()))

    def wanted(self, decided: Decided) -> tuple[str, ...]:
        """The questions that the replies still need."""
        return () if self.wishes.skip_details else open_details(decided, channel_of(decided), self.locale)

    def show_outcome(self, decided: Decided) -> None:
        """Before any detail is asked: where the case ends, and what is to be done at once."""
        open_ones = {*decided.undecided, *self.wanted(decided)} - self.talk.skipped
        if open_ones:
            self.show([*screen.first(self.told(decided), self.words), Row("")])

    def show(self, rows: list[Row]) -> None:
        """Show rows; the lines of a reply behind a bar, or as they are where nothing is drawn."""
        waiting: list[Row] = []
        for row in rows:
            if row.style != screen.REPLY:
                waiting.append(row)
            elif self.barred:
                waiting += [Row(f"│ {line}", indent=2) for line in _wrapped(row.text)]
            else:
                self.prompter.tell(waiting)
                waiting = []
                put(sys.stdout, row.text + "\n")
        self.prompter.tell(waiting)

    def paused(self) -> int:
        """Say that nothing is lost, and how to go on; the exit code."""
        state, words, keeper = self.talk.paused(), self.words, self.keeper
        self.keep(state.answers, state.aside)
        if keeper.path is None:
            put(sys.stderr, f"{words('paused')}\n{words('not_saved')}\n{keeper.spilled()}\n")
            return PAUSED
        rows = [Row(""), Row(words("paused"), STRONG)]
        if keeper.path != keeper.wanted:
            rows.append(Row(words("saved_elsewhere", wanted=keeper.wanted, path=keeper.path)))
        self.prompter.tell(rows)
        put(sys.stderr, f"{words('resume')}\n{self.resume(keeper.path)}\n")
        return PAUSED

    def resume(self, path: Path) -> str:
        """The command that goes on with a draft as this sitting was started: same pack, language and prompts."""
        wishes = self.wishes
        more = ["--pack", str(self.case.root.resolve())] if self.case.root != packs.shipped() else []
        more += ["--ui", wishes.ui] if wishes.ui else []
        more += ["--plain"] if wishes.plain else []
        more += ["--skip-details"] if wishes.skip_details else []
        return drafts.resume_command(path, more, called(sys.argv, sys.orig_argv))


def _wrapped(line: str) -> list[str]:
    return textwrap.wrap(safe(line), max(size()[0] - BAR, 20), break_on_hyphens=False) or [""]
