"""Why a case ended as it did, as rows for whoever is on duty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.asking.prompts import DIM, STRONG, Row, label
from playbook.replies import localise
from playbook.screen import why

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playbook.engine import Decided
    from playbook.protocol import Answer, Pack, Question, Target
    from playbook.why.answering import Explained
    from playbook.why.decisive import Turn, Weight
    from playbook.why.nearest import Change, Nearest
    from playbook.why.situation import Sort
    from playbook.words import Words

SHOWN = 3
"""Outcomes named for one answer before the rest is only counted."""


def rows(told: Explained, words: Words) -> Iterator[Row]:
    """All of it: the outcome, what decided it, what did not matter, the nearest case that ends elsewhere."""
    yield from _outcome(told.case, words)
    say = _Saying(told.case.pack, words)
    decisive = [each for each in told.weights if each.decisive]
    idle = [each for each in told.weights if not each.decisive]
    yield from say.head("cause_decisive", "cause_decisive_help" if decisive else "cause_none")
    for each in decisive:
        yield from say.decisive(each)
    if idle:
        yield from say.head("cause_idle", "cause_idle_help")
        yield from (Row(f"· {say.answered(each.question, each.answer)}", indent=2) for each in idle)
    yield Row("")
    yield Row(words("cause_to" if told.wanted else "cause_nearest"), STRONG)
    yield from say.elsewhere(told)
    yield from why(told.case, words)


def _outcome(case: Decided, words: Words) -> Iterator[Row]:
    outcome = case.outcome
    level = words("result_level", level=outcome.level, word=words(f"level_{outcome.level}"))
    source = f" ({outcome.source.say(words.locale)})" if outcome.source else ""
    yield Row(f"■ {outcome.title.say(words.locale)} · {level}", f"level{outcome.level}")
    yield Row(outcome.because.say(words.locale) + source)


class _Saying:
    def __init__(self, pack: Pack, words: Words) -> None:
        self.pack, self.words = pack, words

    def head(self, title: str, remark: str) -> Iterator[Row]:
        yield Row("")
        yield Row(self.words(title), STRONG)
        yield Row(self.words(remark), DIM)

    def answered(self, question: Question, answer: Answer) -> str:
        return f"{question.ask.say(self.words.locale)} {self.label(question, answer)}"

    def label(self, question: Question, answer: Answer) -> str:
        if question.kind == p.NUMBER and isinstance(answer, int):
            return localise.number(answer, self.words.locale)
        return label(question, answer, self.words)

    def named(self, outcome: Target) -> str:
        found = self.pack.protocols[outcome.protocol].outcomes[outcome.name]
        return f"{found.title.say(self.words.locale)} ({self.words(f'level_{found.level}')})"

    # -- what decided

    def decisive(self, weight: Weight) -> Iterator[Row]:
        counts = f" ({self.counted(weight)})" if self.counted(weight) else ""
        yield Row(f"· {self.answered(weight.question, weight.answer)}{counts}", indent=2)
        yield from (self.turn(weight, each) for each in weight.turns)

    def counted(self, weight: Weight) -> str:
        """Which ticks counted, where not all did."""
        if not isinstance(weight.answer, tuple) or len(weight.counts) == len(weight.question.ids):
            return ""
        ticks = [self.tick(weight.question, each, on=each in weight.answer) for each in weight.counts]
        return self.words("cause_counts", what=", ".join(ticks)) if ticks else self.words("cause_counts_none")

    def turn(self, weight: Weight, turn: Turn) -> Row:
        said = self.sorts(weight.question, turn.sorts, weight.answer)
        left = len(turn.outcomes) - SHOWN
        here = self.words("cause_same") if len(turn.outcomes) == 1 and turn is weight.turns[-1] and weight.same else ""
        where = here or f" {self.words('said_or')} ".join(map(self.named, turn.outcomes[:SHOWN]))
        more = f" {self.words('why_more', count=left)}" if left > 0 else ""
        return Row(f"{said} → {where}{more}", DIM, 6)

    def sorts(self, question: Question, sorts: Iterable[Sort], before: Answer) -> str:
        joint = f" {self.words('said_or')} "
        return joint.join(self.sort(question, each, before) for each in sorts)

    def sort(self, question: Question, sort: Sort, before: Answer) -> str:
        if question.kind == p.NUMBER and sort.answer is not None:
            return self.stretch(question, sort)
        if isinstance(sort.answer, tuple) and isinstance(before, tuple):
            turned = [each for each in question.ids if (each in sort.answer) != (each in before)]
            return ", ".join(self.tick(question, each, on=each in sort.answer) for each in turned)
        return self.label(question, sort.answer)

    def tick(self, question: Question, choice: str, *, on: bool) -> str:
        return self.words("cause_with" if on else "cause_without", what=self.label(question, (choice,)))

    def stretch(self, question: Question, sort: Sort) -> str:
        low, high = (localise.number(each, self.words.locale) for each in (sort.low, sort.high))
        if sort.low == sort.high:
            return low
        if sort.low == question.low:
            return self.words("cause_up_to", high=high)
        return (
            self.words("cause_from", low=low)
            if sort.high == question.high
            else self.words("cause_between", low=low, high=high)
        )

    # -- what would lead elsewhere

    def elsewhere(self, told: Explained) -> Iterator[Row]:
        if told.nearest is not None:
            yield from self.nearest(told.nearest)
        elif told.wanted is None:
            yield Row(self.words("cause_only"))
        elif told.there:
            yield Row(self.words("cause_here", outcome=told.title(self.words.locale)))
        else:
            protocol = told.case.pack.protocols[told.case.protocol].title.say(self.words.locale)
            yield Row(self.words("cause_never", protocol=protocol, outcome=told.title(self.words.locale)))

    def nearest(self, nearest: Nearest) -> Iterator[Row]:
        outcome = self.pack.protocols[nearest.outcome.protocol].outcomes[nearest.outcome.name]
        title, level = outcome.title.say(self.words.locale), self.words(f"level_{outcome.level}")
        yield Row(self.words("cause_to_get", outcome=title, level=level))
        yield from (self.change(each) for each in nearest.changes)
        if nearest.asked:
            yield Row(self.words("cause_then"))
            yield from (self.besides(each) for each in nearest.asked)

    def change(self, change: Change) -> Row:
        ask, so = change.question.ask.say(self.words.locale), self.sorts(change.question, change.sorts, change.before)
        before = self.label(change.question, change.before)
        key = "cause_change_many" if change.question.kind == p.MANY else "cause_change"
        return Row(f"· {ask} {self.words(key, answer=so, before=before)}", indent=2)

    def besides(self, change: Change) -> Row:
        ask = change.question.ask.say(self.words.locale)
        return Row(f"· {ask} {self.sorts(change.question, change.sorts, None)}", indent=2)
