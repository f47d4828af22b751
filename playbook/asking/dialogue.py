"""The conversation about one case: what is asked next, going back, changing an answer, stopping.

A case is its answers. Whatever the operator does ends in other answers for the same pure `walk`; here is only kept
which answers count now and which are put aside, to be offered again when the path comes back to their question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.asking import prompts as p
from playbook.asking.reasons import reasons
from playbook.engine import Decided, Pending, asked, walk
from playbook.protocol import CHANNEL, TEXT
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from playbook.asking.prompts import Prompter, Reply
    from playbook.protocol import Answer, Pack, Question

    Keep = Callable[[Mapping[str, Answer], Mapping[str, Answer]], None]
    """Called with the answers and those put aside, after each change."""


class Paused(Record):
    """A conversation at rest: everything that was said is here, and another one can go on from it."""

    answers: Mapping[str, Answer] = {}
    """What counts."""
    aside: Mapping[str, Answer] = {}
    """What is offered again, never taken by itself: dropped by Back, left behind on another branch, half typed."""
    skipped: tuple[str, ...] = ()
    """Details that were left open, and are not asked again."""


def forget(_answers: Mapping[str, Answer], _aside: Mapping[str, Answer]) -> None:
    """Keep nothing: for conversations that need no draft."""


class Conversation:
    """One case being asked about."""

    def __init__(
        self, pack: Pack, protocol: str, prompter: Prompter, start: Paused | None = None, keep: Keep = forget
    ) -> None:
        """Go on from `start` (answers given beforehand, or a draft); `keep` is called after every change."""
        self.pack, self.protocol, self.prompter, self.words, self.keep = pack, protocol, prompter, prompter.words, keep
        self.answers, self.aside = dict(start.answers if start else {}), dict(start.aside if start else {})
        self.details_asked: list[str] = []
        self.skipped = set(start.skipped if start else ())
        # Only what a path asked may fall off it: what was given beforehand without being asked stays.
        self.loose = set(self.order())

    # --- what the door calls ----------------------------------------------------------------------

    def run(self, show: Callable[[Decided], None], wanted: Callable[[Decided], Iterable[str]]) -> Decided | Paused:
        """Ask until an outcome, `show` it, then ask for its details; stepping back out of the details shows anew.

        Args:
            show: Shows the outcome; called each time one is reached.
            wanted: The ids of questions that the reply needs and that are not answered.
        """
        ended = self.outcome()
        while isinstance(ended, Decided):
            show(ended)
            detailed = self.details(ended, wanted)
            if isinstance(detailed, Decided) and detailed.outcome == ended.outcome:
                return detailed
            if isinstance(detailed, p.Back):
                self.back()
                detailed = self.outcome()
            ended = detailed
        return ended

    def outcome(self) -> Decided | Paused:
        """Ask until the case is decided."""
        while True:
            if CHANNEL not in self.answers and self.pack.channels:
                state, question = walk(self.pack, self.protocol, self.answers), self.pack.questions[CHANNEL]
            else:
                state = walk(self.pack, self.protocol, self.answers)
                if isinstance(state, Decided):
                    return self._tidied(state)
                question = state.question
            reply = self.prompter.ask(self._prompt(question, state))
            if isinstance(reply, p.Given):
                self.loose.add(question.id)
                self._take(question, reply.answer)
            elif isinstance(reply, p.Back):
                self._hold(question, reply)
                self.back()
            elif self._aside_step(question, reply, state):
                return self.paused()

    def details(self, decided: Decided, wanted: Callable[[Decided], Iterable[str]]) -> Decided | Paused | p.Back:
        """Ask what only actions and the reply need; each may be skipped.

        `Back` from the first one leads out again; so does another outcome, where a review has changed what decides.
        """
        while left := self._still_open((*decided.undecided, *wanted(decided))):
            question, done = self.pack.questions[left[0]], len(self.details_asked)
            heading = self.words("progress_details", n=done + 1, total=done + len(left))
            prompt = p.Prompt(question, heading, self._offered(question), skippable=True, level=decided.outcome.level)
            reply = self.prompter.ask(prompt)
            if isinstance(reply, p.Back) and not self.details_asked:
                self._hold(question, reply)
                return reply
            if not self._detail(question, reply, left) and self._aside_step(question, reply, decided):
                return self.paused()
            ended = self.outcome()  # asks only when the review has changed the path
            if isinstance(ended, Paused) or ended.outcome != decided.outcome:
                return ended
            decided = ended
        return decided

    def review(self, done: str = "review_done") -> Decided | Paused | p.Back:
        """Show all answers, let any be changed, and ask what the change brings up, until all is well.

        `done` is the key of the words that say so; `Back` where the operator stepped out of the list instead.
        """
        while True:
            changed = self._review(done)
            if isinstance(changed, p.Back):
                return changed
            ended = self.paused() if changed is None else self.outcome()
            if isinstance(ended, Paused) or not changed:
                return ended

    def back(self) -> None:
        """Drop the answer given last on the path; it is offered again."""
        for name in self.order()[-1:]:
            self._drop(name)

    def paused(self) -> Paused:
        """The conversation as it stands."""
        return Paused(dict(self.answers), dict(self.aside), tuple(sorted(self.skipped)))

    def order(self) -> tuple[str, ...]:
        """The questions answered on the path, in the order they are asked: the channel comes first."""
        first = [CHANNEL] if CHANNEL in self.answers else []
        return tuple(dict.fromkeys([*first, *asked(self.pack, self.protocol, self.answers)]))

    # --- steps ------------------------------------------------------------------------------------

    def _still_open(self, needed: Iterable[str]) -> list[str]:
        return [each for each in dict.fromkeys(needed) if each not in self.answers and each not in self.skipped]

    def _detail(self, question: Question, reply: Reply, left: Iterable[str]) -> bool:
        """Take a reply about a detail. False when it is none of those that answer, skip or step back."""
        if isinstance(reply, p.Given):
            self._take(question, reply.answer)
        elif isinstance(reply, p.Skip):
            self.skipped.add(question.id)
            self.keep(self.answers, self.aside)
        elif isinstance(reply, p.SkipAll):
            self.skipped.update(left)
            self.keep(self.answers, self.aside)
            return True
        elif isinstance(reply, p.Back):
            self._hold(question, reply)
            self._drop(self.details_asked.pop())
            return True
        else:
            return False
        self.details_asked.append(question.id)
        return True

    def _offered(self, question: Question) -> tuple[Answer, ...]:
        return (self.aside[question.id],) if question.id in self.aside else ()

    def _prompt(self, question: Question, state: Pending | Decided) -> p.Prompt:
        before = len(self.order())
        more = max(state.most_questions_left - (question.id != CHANNEL), 0) if isinstance(state, Pending) else 0
        key = "progress" if more else "progress_last"
        heading = self.words(key, n=before + 1, more=more)
        return p.Prompt(question, heading, self._offered(question), back=before > 0, review=before > 0)

    def _aside_step(self, question: Question, reply: Reply, state: Pending | Decided) -> bool:
        """Do what is neither an answer nor a step back. True when the conversation stops."""
        self._hold(question, reply)
        if isinstance(reply, p.Why):
            self.prompter.tell(reasons(state, question, self.order(), self.words))
            return False
        return isinstance(reply, p.Pause) or self._review() is None

    def _review(self, done: str = "review_done") -> bool | p.Back | None:
        """Let one answer be changed. True when one was, False when all is well, None to stop, Back to step out."""
        every = dict.fromkeys([*self.order(), *self.details_asked, *self.answers])
        ids = [each for each in every if each in self.answers]
        questions = [self.pack.questions[each] for each in ids]
        words = self.words
        options = [p.Option(words(done))]
        said = [p.label(each, self.answers[each.id], words) for each in questions]
        options += [p.Option(each.ask.say(words.locale), said[at]) for at, each in enumerate(questions)]
        while True:
            picked = self.prompter.choose(p.Menu(words("review"), tuple(options), words("review_help")))
            if isinstance(picked, p.Pause):
                return None
            if isinstance(picked, p.Back):
                return picked
            if picked.answer == 0 or not isinstance(picked.answer, int):
                return False
            changed = self._edit(questions[picked.answer - 1])
            if changed is not False:
                return changed

    def _edit(self, question: Question) -> bool | None:
        state = walk(self.pack, self.protocol, self.answers)
        offered = (self.answers[question.id],)
        while True:
            reply = self.prompter.ask(p.Prompt(question, self.words("editing"), offered, review=False))
            if isinstance(reply, p.Given):
                self._take(question, reply.answer)
                return True
            if isinstance(reply, p.Why):
                self.prompter.tell(reasons(state, question, self.order(), self.words))
            else:
                return False if isinstance(reply, p.Back) else None

    # --- answers ----------------------------------------------------------------------------------

    def _take(self, question: Question, answer: Answer) -> None:
        self.answers[question.id] = answer
        self.aside.pop(question.id, None)
        self.keep(self.answers, self.aside)

    def _drop(self, name: str) -> None:
        self.skipped.discard(name)
        if name in self.answers:
            self.aside[name] = self.answers.pop(name)
            self.keep(self.answers, self.aside)

    def _hold(self, question: Question, reply: Reply) -> None:
        """Put what stood half typed in a text entry aside: it is offered again, here or after a pause."""
        typed = "" if isinstance(reply, p.Given) else reply.typed
        if question.kind == TEXT and typed.strip():
            self.aside[question.id] = typed
            self.keep(self.answers, self.aside)

    def _tidied(self, decided: Decided) -> Decided:
        """The same outcome without the answers of branches that were left: those are put aside."""
        on_path = set(self.order())
        left = [each for each in self.loose if each in self.answers and each not in on_path]
        if not left:
            return decided
        for name in left:
            self._drop(name)
        again = walk(self.pack, self.protocol, self.answers)
        return again if isinstance(again, Decided) else decided
