"""The words of a playbook: pack, protocol, question, fact, step, outcome, action, reply, red line.

Frozen data without input or output: records, as frozen as dataclasses and far cheaper to declare at start-up
(`benchmarks/imports.py`). Names of questions and facts are unique in a pack, so one flat mapping holds the answers of a
case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.company import Brand, Hours, Limit, Role
from playbook.record import Record
from playbook.steps import Ask, AtMost, Check, Edge, Line, Passed, Step, Target
from playbook.text import Duration, Text, duration

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from playbook.channels import Channel
    from playbook.conditions.condition import Condition
    from playbook.diagnostics import Span

# fmt: off
__all__ = [
    "CHANNEL", "CHOICE", "KINDS", "MANY", "NUMBER", "PUBLIC_REPLY", "RESERVED", "SILENCE", "TEXT", "UNKNOWN",
    "YES_NO", "Action", "Answer", "Ask", "AtMost", "Avoid", "Brand", "Check", "Choice", "Cited", "Duration", "Edge",
    "Fact", "FollowUp", "Hours", "Limit", "Line", "Outcome", "Pack", "Passed", "Principle", "Protocol", "Question",
    "RedLine", "Role", "Rule", "Saying", "Shared", "Side", "Step", "Target", "Text", "duration", "rests_on",
]
# fmt: on

CHOICE, MANY, YES_NO, NUMBER, TEXT = "choice", "many", "yes_no", "number", "text"
KINDS = (CHOICE, MANY, YES_NO, NUMBER, TEXT)
CHANNEL = "channel"
"""The built-in question: where the person wrote. Its choices are the pack's channels."""
UNKNOWN = "unknown"
PUBLIC_REPLY, SILENCE = "public_reply", "silence"
"""Marks that set themselves, where playbook.yaml lists them: something is said in public; nothing is said at all."""
RESERVED = frozenset("none unknown known true false and or not in is if else limits channel".split())

Answer = str | bool | int | tuple[str, ...] | None
"""A choice's id, yes or no, a whole number, the ticked ids of a `many` in their order, a text; None is "don't know"."""


class Choice(Record):
    """One answer of a choice or `many` question."""

    id: str
    label: Text
    help: Text | None = None


class Question(Record):
    """Something only the operator can tell. `kind` is one of `KINDS`."""

    id: str
    kind: str
    ask: Text
    span: Span
    help: Text | None = None
    choices: tuple[Choice, ...] = ()
    low: int = 0
    """Smallest answer of a number."""
    high: int = 0
    """Largest answer of a number."""
    longest: int = 0
    """Most characters of a text."""
    unknown: bool = False
    private: bool = False
    worse: str | None = None
    carries: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its choices, in the order they are shown."""
        return tuple(choice.id for choice in self.choices)


class Rule(Record):
    """One line of a fact: its value where `when` is the first that is true."""

    when: Condition | None
    value: str
    span: Span
    title: Text | None = None
    """What to call a case with this value."""


class Fact(Record):
    """Something derived from answers: either a condition (yes or no) or rules that name a value."""

    id: str
    span: Span
    condition: Condition | None = None
    rules: tuple[Rule, ...] = ()
    title: Text | None = None
    """What to call a case for which the condition is true."""

    @property
    def values(self) -> tuple[str, ...]:
        """The values that the rules may give, each once; none for a yes-or-no fact."""
        return tuple(dict.fromkeys(rule.value for rule in self.rules))

    @property
    def names(self) -> tuple[str, ...]:
        """The questions and facts that it speaks of, left to right."""
        conditions = [self.condition] if self.condition else [rule.when for rule in self.rules]
        return tuple(dict.fromkeys(name for each in conditions if each is not None for name in each.names))


def rests_on(condition: Condition, facts: Mapping[str, Fact], settled: Container[str] = ()) -> tuple[str, ...]:
    """The questions a condition rests on, left to right, through its facts (those `settled` stand for themselves)."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    pending = list(reversed(condition.names))
    while pending:
        name = pending.pop()
        if name not in facts or name in settled:
            found[name] = None
        elif name not in seen:
            seen.add(name)
            pending.extend(reversed(facts[name].names))
    return tuple(found)


class Action(Record):
    """Something to be done: by whom and by when. It applies where `when` holds (always without one)."""

    do: Text
    owner: str
    span: Span
    within: Duration | None = None
    when: Condition | None = None
    marks: tuple[str, ...] = ()
    carries: tuple[str, ...] = ()


class Avoid(Record):
    """Something not to say or do. It applies where `when` holds (always without one)."""

    say: Text
    span: Span
    when: Condition | None = None


class Side(Record):
    """What is said on one side: a template's name, or points to make in one's own words."""

    template: str | None
    own_words: tuple[Text, ...]
    span: Span


class Saying(Record):
    """What an outcome says where: a side that is None is silence there; `silence` says why nothing is said at all."""

    public: Side | None = None
    private: Side | None = None
    silence: Text | None = None


class FollowUp(Record):
    """Who looks again, when (`within`), or how often (`every`, for as long as `lasting`)."""

    owner: str
    check: Text
    span: Span
    within: Duration | None = None
    every: Duration | None = None
    lasting: Duration | None = None


class Outcome(Record):
    """Where a case ends: what to say, what to do, and why. `level` is 0 watch, 1 routine, 2 elevated, 3 crisis."""

    id: str
    protocol: str
    span: Span
    title: Text
    level: int
    because: Text
    stance: str | None = None
    source: Text | None = None
    marks: tuple[str, ...] = ()
    reply: Saying = Saying()
    answer_within: Duration | None = None
    actions: tuple[Action, ...] = ()
    approval: tuple[str, ...] = ()
    follow_up: FollowUp | None = None
    avoid: tuple[Avoid, ...] = ()
    carries: tuple[str, ...] = ()


class RedLine(Record):
    """What no case may end with (`never`) or must end with (`always`).

    It speaks of the cases for which `when` is true and that end with every mark of `beside` (`with` in the YAML).
    """

    id: str
    because: Text
    span: Span
    when: Condition | None = None
    beside: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    exceptions: Mapping[str, Text] = {}
    carries: tuple[str, ...] = ()


class Principle(Record):
    """What a playbook stands for: `says` it in a sentence; whatever carries it out names it under `carries`."""

    says: Text
    span: Span
    source: Text | None = None


class Cited(Record):
    """Where a protocol's rules come from."""

    title: str
    span: Span
    url: str | None = None


class Shared(Record):
    """What several protocols use: questions, facts, actions, avoids, and lines tried first of all."""

    id: str
    span: Span
    questions: Mapping[str, Question] = {}
    facts: Mapping[str, Fact] = {}
    first: tuple[Line, ...] = ()
    actions: tuple[Action, ...] = ()
    avoid: tuple[Avoid, ...] = ()


class Protocol(Record):
    """One decision tree. `steps` and `outcomes` by id in file order; the first step is the start."""

    id: str
    version: str
    title: Text
    owner: str
    span: Span
    review_by: str | None = None
    sources: tuple[Cited, ...] = ()
    carries: tuple[str, ...] = ()
    at_most: tuple[AtMost, ...] = ()
    first: tuple[Line, ...] = ()
    """The lines of its shared files that are tried before its first step, where a case starts here."""
    entry: Check | None = None
    """These lines as a step that ends in the first one of its own; None without any."""
    use: tuple[str, ...] = ()
    given: Mapping[str, Answer] = {}
    questions: Mapping[str, Question] = {}
    facts: Mapping[str, Fact] = {}
    steps: Mapping[str, Step] = {}
    outcomes: Mapping[str, Outcome] = {}
    actions: tuple[Action, ...] = ()
    avoid: tuple[Avoid, ...] = ()
    red_lines: Mapping[str, RedLine] = {}

    @property
    def start(self) -> Target:
        """Its first step."""
        return Target(self.id, next(iter(self.steps)))


class Pack(Record):
    """A whole playbook. `questions` and `facts` hold every one of the loaded protocols and shared files, by id."""

    brand: Brand
    register: str
    locales: tuple[str, ...]
    roles: Mapping[str, Role]
    channels: Mapping[str, Channel]
    limits: Mapping[str, Limit]
    principles: Mapping[str, Principle]
    """None where only some of its protocols were loaded."""
    marks: Mapping[str, Text]
    stances: Mapping[str, Text]
    style: Mapping[str, tuple[tuple[str, str], ...]]
    """Phrases to avoid and why, by locale."""
    questions: Mapping[str, Question]
    facts: Mapping[str, Fact]
    protocols: Mapping[str, Protocol]
    shared: Mapping[str, Shared]
    files: Mapping[str, bytes]
    """Every file of the pack by its path relative to it, read when looked up."""
    places: Mapping[Target, Step | Outcome] = {}
    """Every step and outcome by where it stands."""
    hours: Hours | None = None
    actions: tuple[Action, ...] = ()
    avoid: tuple[Avoid, ...] = ()
    red_lines: Mapping[str, RedLine] = {}
    severities: Mapping[str, str] = {}
    """How grave findings are, by their codes: `error`, `warning` or `off`."""
    reading_ease: Mapping[str, int] = {}
    """How easy replies must be to read, by locale, on the scale of its language."""
