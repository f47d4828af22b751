"""The words of a playbook: pack, protocol, question, fact, step, outcome, action, reply, red line.

Frozen data without input or output. Named tuples rather than dataclasses: as frozen, and a seventh of their cost at
start-up. Names of questions and facts are unique in a pack, so one flat mapping holds the answers of a case.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from playbook.channels import Channel
    from playbook.conditions.condition import Condition
    from playbook.diagnostics import Span

CHOICE, MANY, YES_NO, NUMBER, TEXT = "choice", "many", "yes_no", "number", "text"
KINDS = (CHOICE, MANY, YES_NO, NUMBER, TEXT)
CHANNEL = "channel"
"""The built-in question: where the person wrote. Its choices are the pack's channels."""
UNKNOWN = "unknown"
RESERVED = frozenset("none unknown known true false and or not in is if else limits channel".split())

Answer = str | bool | int | tuple[str, ...] | None
"""A choice's id, yes or no, a whole number, the ticked ids of a `many` in their order, a text; None is "don't know"."""


class Text(Record):
    """Words for people, by locale."""

    by_locale: Mapping[str, str]
    default: str

    def say(self, locale: str) -> str:
        """The words in `locale`, else in the pack's default locale, else in any."""
        found = self.by_locale.get(locale) or self.by_locale.get(self.default)
        return found if found is not None else next(iter(self.by_locale.values()), "")


class Duration(Record):
    """A time span: `amount` of `min`, `h`, `d` (by the clock) or `wd` (working days)."""

    amount: int
    unit: str

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    @property
    def minutes(self) -> int:
        """Its length in minutes, a working day counted as a day: for comparing, not for deadlines."""
        return self.amount * {"min": 1, "h": 60, "d": 1440, "wd": 1440}[self.unit]


_DURATION = re.compile(r"([1-9][0-9]{0,4}) ?(min|m|h|d|wd)\Z")


def duration(text: str) -> Duration | None:
    """The time span that `20min`, `20m`, `4h`, `2d` or `2wd` writes; None for anything else."""
    match = _DURATION.match(text)
    return Duration(int(match[1]), "min" if match[2] == "m" else match[2]) if match else None


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


class Target(Record):
    """Where a line leads: a step or an outcome of a protocol."""

    protocol: str
    name: str

    def __str__(self) -> str:
        return f"{self.protocol}.{self.name}"


class Line(Record):
    """One line of a check. Without `when` it always decides; `unknown` lines decide where one above could not."""

    when: Condition | None
    target: Target
    span: Span
    unknown: bool = False


class Edge(Record):
    """Where one answer of an ask step leads."""

    target: Target
    span: Span


class Ask(Record):
    """A step that asks one question. `edges` by answer: a choice's id, `yes`, `no`, `unknown`; or `always` alone."""

    id: str
    span: Span
    question: str
    edges: Mapping[str, Edge]
    always: Edge | None = None


class Check(Record):
    """A step that goes on by what is known already: the first line that is true decides. Made with `Check.of`."""

    id: str
    span: Span
    lines: tuple[Line, ...]
    last_resort: int
    """The number of its last `unknown` line, -1 without one."""

    @classmethod
    def of(cls, name: str, span: Span, lines: tuple[Line, ...]) -> Check:
        """The check with these lines."""
        return cls(name, span, lines, max((index for index, line in enumerate(lines) if line.unknown), default=-1))


Step = Ask | Check


class Passed(Record):
    """A step that a case went through; `protocol` is where it stands."""

    protocol: str
    step: Step
    taken: str | int
    """The edge of an ask step (empty where all answers lead on alike), or the number of a check's line."""

    @property
    def way(self) -> Edge | Line:
        """The line that decided."""
        if isinstance(self.step, Check):
            return self.step.lines[int(self.taken)]
        return self.step.always or self.step.edges[str(self.taken)]

    @property
    def span(self) -> Span:
        """Where the line that decided stands."""
        return self.way.span

    @property
    def then(self) -> Target:
        """Where it led."""
        return self.way.target


class Action(Record):
    """Something to be done: by whom and by when. It applies where `when` holds (always without one)."""

    do: Text
    owner: str
    span: Span
    within: Duration | None = None
    when: Condition | None = None
    marks: tuple[str, ...] = ()


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


class RedLine(Record):
    """What no case may end with (`never`) or must end with (`always`), where `when` is true of the case."""

    id: str
    because: Text
    span: Span
    when: Condition | None = None
    never: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    exceptions: Mapping[str, Text] = {}


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


class Role(Record):
    """A function of the company that owns actions."""

    id: str
    title: Text
    who: str | None
    reach: str | None


class Brand(Record):
    """Who speaks: the name, the signature under a reply, and how to reach us."""

    name: str
    signature: Text
    contact: Mapping[str, Text]


class Limit(Record):
    """A number that trees compare with, and why it is that number."""

    value: int
    because: Text


class Hours(Record):
    """When we work: on `days` from `mon` to `sun`, less the `holidays` (ISO dates), from `opens` to `closes`."""

    days: tuple[str, ...]
    holidays: tuple[str, ...] = ()
    opens: str | None = None
    """By the clock, `09:00`; None, as `closes` then is, where deadlines fall at any hour."""
    closes: str | None = None


class Pack(Record):
    """A whole playbook. `questions` and `facts` hold every one of the loaded protocols and shared files, by id."""

    brand: Brand
    register: str
    locales: tuple[str, ...]
    roles: Mapping[str, Role]
    channels: Mapping[str, Channel]
    limits: Mapping[str, Limit]
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
