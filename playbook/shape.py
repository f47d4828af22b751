"""The shape of the YAML, declared once: loader, suggestions, JSON Schemas and the reference page derive from it.

A `Key` says what may stand under a name and what it means; a `Shape` is a map of such keys, and what it makes. `reads`
is one of the plain kinds below, another Shape, `Several(of)` (a list) or `Named(of)` (a map from ids).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "text"
"""Words for people: a string, or a map by locale."""
STRING = "string"
WHOLE = "whole number"
FLAG = "true or false"
DATE = "date"
URL = "https address"
VERSION = "version"
DURATION = "duration"
CONDITION = "condition"
ROLE = "role"
MARK = "mark"
PRINCIPLE = "principle"
STANCE = "stance"
LEVEL = "level"
ID = "id"
TARGET = "target"
WORSE = "worse"
RAW = "raw"
"""Read by code of its own, because what it may be depends on its neighbours."""
AVOID = "avoid"
SIDE = "side"
CLOCK = "clock time"
DAY = "weekday"
UNIT = "unit"


class Several(Record):
    """A list of the same."""

    of: Reads


class Named(Record):
    """A map from ids to the same."""

    of: Reads


class Key(Record):
    """One key of a map: its name, what it reads, what it means, and the field it fills where that has another name."""

    name: str
    reads: Reads
    doc: str
    required: bool = False
    field: str = ""


class Shape(Record):
    """A map with these keys; `makes` takes their values and a `span`. A word for it stands in messages."""

    word: str
    keys: tuple[Key, ...]
    makes: Callable[..., object] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its keys. Every map of a pack asks for them, so they are gathered once."""
        known = _NAMES.get(id(self))
        if known is None or known[0] is not self:
            known = _NAMES[id(self)] = (self, tuple(key.name for key in self.keys))
        return known[1]


_NAMES: dict[int, tuple[Shape, tuple[str, ...]]] = {}
"""The names of each shape's keys, by its identity (to hash a shape is to hash all that is in it), which it keeps."""


Reads = str | Shape | Several | Named

CARRIES = Key("carries", Several(PRINCIPLE), "the principles of playbook.yaml that it carries out")
ACTION = Shape(
    "action",
    (
        Key("do", TEXT, "what is to be done, as an order to a colleague", required=True),
        Key("owner", ROLE, "the role that does it", required=True),
        Key("within", DURATION, "by when, from the decision: `20min`, `4h`, `2d`, or `2wd` in working days"),
        Key("when", CONDITION, "only in such cases; without it, always"),
        Key("marks", Several(MARK), "what red lines may say of it"),
        CARRIES,
    ),
    p.Action,
)
AVOIDED = Shape(
    "avoid",
    (
        Key("say", TEXT, "what not to say or do", required=True),
        Key("when", CONDITION, "only in such cases; without it, always"),
    ),
    p.Avoid,
)
FOLLOW_UP = Shape(
    "follow-up",
    (
        Key("owner", ROLE, "the role that looks again", required=True),
        Key("check", TEXT, "what to look at", required=True),
        Key("within", DURATION, "when, from the decision"),
        Key("every", DURATION, "or how often"),
        Key("for", DURATION, "for how long, with `every`", field="lasting"),
    ),
    p.FollowUp,
)
RED_LINE = Shape(
    "red line",
    (
        Key("because", TEXT, "why this line may not be crossed", required=True),
        Key("when", CONDITION, "the cases it speaks of; without it, every case"),
        Key("never", Several(MARK), "no such case ends with any of these marks"),
        Key("always", Several(MARK), "every such case ends with all of these marks"),
        Key("with", Several(MARK), "only cases that end with all of these marks", field="beside"),
        Key(
            "except",
            Named(TEXT),
            "protocols it does not hold in, each with the reason (only in playbook.yaml)",
            field="exceptions",
        ),
        CARRIES,
    ),
)
REPLY = Shape(
    "reply",
    (
        Key("public", SIDE, "what everybody reads: a template's name, or `own_words`"),
        Key("private", SIDE, "what only the person reads: a template's name, or `own_words`"),
        Key("silence", TEXT, "why nothing is said at all, where both sides are left out"),
    ),
)
OWN_WORDS = Shape(
    "reply",
    (
        Key(
            "own_words",
            Several(TEXT),
            "points to make in one's own words, where a form letter would hurt",
            required=True,
        ),
    ),
)
OUTCOME = Shape(
    "outcome",
    (
        Key("title", TEXT, "what this outcome is called", required=True),
        Key("level", LEVEL, "0 watch, 1 routine, 2 elevated, 3 crisis", required=True),
        Key("because", TEXT, "why this is right, shown to the operator", required=True),
        Key("stance", STANCE, "the strategy it follows, from playbook.yaml"),
        Key("source", TEXT, "where the reason comes from"),
        Key("marks", Several(MARK), "what red lines may say of it"),
        Key("reply", REPLY, "what is said where", required=True),
        Key("answer_within", DURATION, "the first answer; the sooner of this and the channel's"),
        Key("actions", Several(ACTION), "what is done, by whom, by when"),
        Key("approval", Several(ROLE), "who must agree before anything is posted"),
        Key("follow_up", FOLLOW_UP, "who looks again, and when"),
        Key("avoid", Several(AVOID), "what not to say or do"),
        CARRIES,
    ),
)
RANGE = Shape(
    "number",
    (
        Key("min", WHOLE, "the smallest answer", required=True),
        Key("max", WHOLE, "the largest answer", required=True),
    ),
)
LENGTH = Shape("text", (Key("max", WHOLE, "the most characters", required=True),))
CHOICE = Shape(
    "choice",
    (
        Key("label", TEXT, "what the operator reads", required=True),
        Key("help", TEXT, "how to recognise it"),
    ),
)
QUESTION = Shape(
    "question",
    (
        Key("ask", TEXT, "the question, as the operator reads it", required=True),
        Key("help", TEXT, "where to look, or how to tell"),
        Key("choices", RAW, "an id, then its label (or `{label, help}`)"),
        Key("many", FLAG, "any of the choices may be ticked, or none"),
        Key("number", RANGE, "a whole number from `min` to `max`"),
        Key("yes_no", FLAG, "yes or no"),
        Key("text", LENGTH, "words, for replies only: texts are never branched on"),
        Key("unknown", FLAG, 'whether "don\'t know" may be answered'),
        Key(
            "worse",
            WORSE,
            "which answers are worse: `later`, `earlier` (choices), `higher`, `lower`, `yes`, `no`, or `more` ticks",
        ),
        Key("private", FLAG, "kept out of logs, exports and public replies"),
        CARRIES,
    ),
)
RULE = Shape(
    "rule",
    (
        Key("when", CONDITION, "the first rule that is true decides; the last has no `when`"),
        Key("is", ID, "the value", required=True),
        Key("title", TEXT, "what to call a case with this value: `a person with a large following`"),
    ),
)
FACT = Shape(
    "fact",
    (
        Key("when", CONDITION, "the fact is this condition", required=True),
        Key("title", TEXT, "what to call a case for which it is true: `a regular customer`", required=True),
    ),
)
STEP = Shape(
    "step",
    (
        Key("ask", ID, "the question that decides"),
        Key("check", Several(RAW), "lines of `when` and `then`: the first that is true decides"),
        Key("then", RAW, "where each answer leads, or one target for all"),
    ),
)
LINE = Shape(
    "line",
    (
        Key("when", CONDITION, "the line decides where this is true"),
        Key("then", TARGET, "where it leads"),
        Key("unknown", TARGET, "where it leads if no line above was true and one could not be decided"),
    ),
)
SOURCE = Shape(
    "source",
    (
        Key("title", STRING, "what it is called", required=True),
        Key("url", URL, "where to read it"),
    ),
    p.Cited,
)
_COMMON = (
    Key("questions", Named(RAW), "what may be asked"),
    Key("facts", Named(RAW), "what is derived from answers, never asked"),
    Key("actions", Several(ACTION), "what is done in every case, each where its `when` holds"),
    Key("avoid", Several(AVOID), "what to avoid in every case"),
)
PROTOCOL = Shape(
    "protocol",
    (
        Key("protocol", ID, "its id, the same as the file's name", required=True),
        Key("version", VERSION, "three numbers: `1.2.0`", required=True),
        Key("title", TEXT, "what it is called", required=True),
        Key("owner", ROLE, "the role that keeps it right", required=True),
        Key("review_by", DATE, "when it is to be read again"),
        Key("sources", Several(SOURCE), "what its rules rest on"),
        CARRIES,
        Key("use", Several(ID), "shared files: their questions, facts, actions, avoids and first lines"),
        Key("given", RAW, "answers taken as given when a case starts here"),
        *_COMMON,
        Key("steps", Named(RAW), "the tree: the first step is the start, a step only leads on", required=True),
        Key("outcomes", Named(OUTCOME), "where cases end"),
        Key("red_lines", Named(RED_LINE), "what may never, or must always, come of a case"),
    ),
)
SHARED = Shape(
    "shared file",
    (*_COMMON, Key("first", Several(RAW), "check lines tried before the first step of every protocol that uses this")),
)
BRAND = Shape(
    "brand",
    (
        Key("name", STRING, "the name we answer under", required=True),
        Key("signature", TEXT, "what stands under a reply", required=True),
        Key("contact", Named(TEXT), "how to reach us: an id and what to write, `phone: 900 123 456`"),
    ),
)
ROLES = Shape(
    "role",
    (
        Key("title", TEXT, "what it is called", required=True),
        Key("who", TEXT, "who that is"),
        Key("reach", TEXT, "how to reach them"),
    ),
)
PRINCIPLES = Shape(
    "principle",
    (
        Key("says", TEXT, "what is to be done, in a sentence", required=True),
        Key("source", TEXT, "where it comes from"),
    ),
    p.Principle,
)
LIMIT = Shape(
    "limit",
    (
        Key("value", WHOLE, "the number", required=True),
        Key("because", TEXT, "why this number", required=True),
    ),
)
COUNT = Shape(
    "channel limit",
    (
        Key("count", WHOLE, "how many", required=True),
        Key("unit", UNIT, "of what: `characters`, `utf16`, `utf8`, `graphemes`, `weighted`, `segments`", required=True),
    ),
)
CHANNEL = Shape(
    "channel",
    (
        Key("name", TEXT, "what it is called"),
        Key("private", FLAG, "whether only the person reads it"),
        Key("theirs", FLAG, "whether we cannot remove a post there"),
        Key("thread", FLAG, "whether a long reply may be a numbered thread"),
        Key("limits", Several(COUNT), "how long a reply may be"),
        Key("answer_within", DURATION, "how soon people expect an answer there"),
    ),
)
PHRASE = Shape(
    "phrase",
    (
        Key("avoid", STRING, "the words", required=True),
        Key("because", STRING, "why, and what to say instead", required=True),
    ),
)
HOURS = Shape(
    "timetable",
    (
        Key("days", Several(DAY), "the working days: `mon` to `sun`", required=True),
        Key("holidays", Several(DATE), "days off"),
        Key("from", CLOCK, "when we start, with `to`: `09:00`, by a clock of 24 hours", field="opens"),
        Key("to", CLOCK, "when we stop, with `from`: `21:00`", field="closes"),
    ),
)
PACK = Shape(
    "playbook",
    (
        Key("brand", BRAND, "who speaks", required=True),
        Key("register", STRING, "`tu` or `usted`: how we address people in Spanish"),
        Key("locales", Several(STRING), "the languages of replies; the first is the default", required=True),
        Key("roles", Named(ROLES), "who owns actions", required=True),
        Key("channels", Named(CHANNEL), "what differs from the channels that ship, and channels of one's own"),
        Key("limits", Named(LIMIT), "numbers that trees compare with, each with its reason"),
        Key("principles", Named(PRINCIPLES), "what this playbook stands for, each in a sentence"),
        Key("marks", Named(TEXT), "what red lines speak of, each in a sentence"),
        Key("stances", Named(TEXT), "the strategies an outcome may follow, each in a sentence"),
        Key("style", RAW, "phrases to avoid, by locale"),
        Key("hours", HOURS, "when we work: which days count, and from when to when"),
        Key("actions", Several(ACTION), "what is done in every case of every protocol, each where its `when` holds"),
        Key("avoid", Several(AVOID), "what to avoid in every case"),
        Key("red_lines", Named(RED_LINE), "lines that hold in every protocol"),
        Key("lint", RAW, "how grave a finding of `playbook lint` is, by its code: `error`, `warning` or `off`"),
    ),
)
EXPECTED_MARKS = Shape(
    "expectation of marks",
    (
        Key("has", Several(MARK), "marks that the case ends with"),
        Key("lacks", Several(MARK), "marks that it does not end with"),
    ),
)
EXPECTED_ACTION = Shape(
    "expected action",
    (
        Key("owner", ROLE, "the role that does it", required=True),
        Key("within", DURATION, "by when"),
        Key("do", STRING, "a piece of its wording, in any locale"),
    ),
)
_EXPECTED_WORDS = (
    Key("contains", Several(STRING), "phrases that some side of the reply contains"),
    Key("lacks", Several(STRING), "phrases that no side of it contains"),
    Key("snapshot", FLAG, "the reply reads as it is stored; `playbook test --update` stores it"),
)
EXPECTED_ON_CHANNEL = Shape("expected reply on a channel", _EXPECTED_WORDS)
EXPECTED_REPLY = Shape(
    "expected reply",
    (*_EXPECTED_WORDS, Key("channels", Named(EXPECTED_ON_CHANNEL), "what the same case is told on other channels")),
)
EXPECT = Shape(
    "expectation",
    (
        Key("outcome", STRING, "where it ends: `outcome`, or `protocol.outcome`", required=True),
        Key("level", LEVEL, "the outcome's level"),
        Key("path", Several(STRING), "exactly these steps are passed, in this order: `step`, or `protocol.step`"),
        Key("asked", Several(STRING), "exactly these questions come before the outcome, in this order"),
        Key("marks", EXPECTED_MARKS, "marks of the outcome and of the actions that apply"),
        Key("actions", Several(EXPECTED_ACTION), "each of these is among the actions that apply"),
        Key("avoid", Several(STRING), "each of these stands in something to avoid"),
        Key("red_lines", Several(STRING), "exactly these red lines are crossed; without it, none"),
        Key("reply", Named(EXPECTED_REPLY), "what is said, by locale"),
    ),
)
SCENARIO = Shape(
    "scenario",
    (
        Key("name", STRING, "what the case is, in a few words", required=True),
        Key("principle", PRINCIPLE, "the principle that decides it"),
        Key("channel", STRING, "the channel it comes in by"),
        Key("answers", RAW, 'answers by question; null is "don\'t know"', required=True),
        Key("expect", EXPECT, "what must come of it", required=True),
    ),
)
SCENARIOS = Shape("file of scenarios", (Key("scenarios", Several(SCENARIO), "the test cases", required=True),))
