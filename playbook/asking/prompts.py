"""What passes between the conversation and whoever shows it: a prompt goes out, a reply comes back.

The conversation (`dialogue`) knows no widget; `wizard` and `plain` know no protocol beyond the one question they show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from playbook.protocol import MANY, NUMBER, TEXT, YES_NO
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playbook.protocol import Answer, Question
    from playbook.words import Words

DIM, STRONG = "dim", "strong"
ONE_LINE = 120
"""Characters up to which a text is one line."""


class Prompt(Record):
    """One question as it is put to the operator."""

    question: Question
    heading: str
    """Where we are: "question 3, at most 4 more"."""
    offered: tuple[Answer, ...] = ()
    """The answer given before, if any: offered again, never taken by itself."""
    back: bool = True
    """Whether there is something to go back to."""
    skippable: bool = False
    """Whether it may be left open: the outcome is known without it."""
    review: bool = True
    """Whether the answers so far can be looked at from here."""
    level: int | None = None
    """The level of the outcome, once it is known."""


class Option(Record):
    """One line of a menu: what it says, what stands beside it, and help for it while it is pointed at."""

    label: str
    note: str = ""
    help: str = ""


class Menu(Record):
    """A choice of the interface itself: the review, what to do with a result."""

    title: str
    options: tuple[Option, ...]
    help: str = ""
    picked: int = 0
    back: bool = True
    level: int | None = None


class Row(Record):
    """A line to show. `style` is empty, `DIM`, `STRONG`, or `level0` to `level3`; `indent` is in columns."""

    text: str
    style: str = ""
    indent: int = 0


class Given(Record):
    """An answer; from a menu, the position of the option."""

    answer: Answer


class Back(Record):
    """To the question before. `typed` is what stood in the entry, here and below."""

    typed: str = ""


class Pause(Record):
    """Stop here, keep everything."""

    typed: str = ""


class Why(Record):
    """Why is this asked?"""

    typed: str = ""


class Review(Record):
    """Show all answers."""

    typed: str = ""


class Skip(Record):
    """Leave this one open."""

    typed: str = ""


class SkipAll(Record):
    """Leave this one and all that follow open."""

    typed: str = ""


Reply = Given | Back | Pause | Why | Review | Skip | SkipAll


class Prompter(Protocol):
    """Whoever shows prompts and reads replies. Makes all text safe; Ctrl-C and the end of input are `Pause`."""

    words: Words

    def ask(self, prompt: Prompt) -> Reply:
        """Put one question; a `Given` answer fits the question's kind and bounds."""
        ...

    def choose(self, menu: Menu) -> Given | Back | Pause:
        """Let one option be picked; `Given` holds its position."""
        ...

    def tell(self, rows: Sequence[Row]) -> None:
        """Show lines, wrapped to the width."""
        ...


def takes_lines(question: Question) -> bool:
    """Whether several lines make sense as an answer: not where a name or a number of an order is asked."""
    return question.kind == TEXT and question.longest > ONE_LINE


def label(question: Question, answer: Answer, words: Words) -> str:
    """An answer as people say it: labels instead of ids, in the interface's language."""
    if answer is None:
        return words("dont_know")
    if question.kind == YES_NO:
        return words("yes" if answer else "no")
    if question.kind in {NUMBER, TEXT}:
        return str(answer)
    picked = answer if isinstance(answer, tuple) else (str(answer),)
    labels = [each.label.say(words.locale) for each in question.choices if each.id in picked]
    if not labels and question.kind == MANY:
        return words("none_ticked")
    return ", ".join(labels)
