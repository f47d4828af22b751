"""The JSON Schemas of what `verify` and `why` print for programs: declared once here, written to `schema/`."""

from __future__ import annotations

from playbook.schema import DRAFT

Json = dict[str, object]

WORD: Json = {"type": "string", "minLength": 1}
NAME: Json = {"type": "string", "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$"}
PLACE: Json = {"type": "string", "pattern": r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$", "description": "`protocol.outcome`"}
FLAG: Json = {"type": "boolean"}
COUNT: Json = {"type": "integer", "minimum": 0}
WHOLE: Json = {"type": "integer"}
ANSWER: Json = {
    "description": 'An id, ids, true or false, a number, a text; null is "I don\'t know".',
    "anyOf": [{"type": ["string", "boolean", "integer", "null"]}, {"type": "array", "items": WORD}],
}
ANSWERS: Json = {"type": "object", "additionalProperties": ANSWER}
STATUS: Json = {"enum": ["proved", "broken", "undecided"]}


def record(**properties: Json) -> Json:
    """An object with these properties and no others."""
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


def told(about: str, of: Json) -> Json:
    """The same, with a sentence that an editor shows."""
    return {"description": about, **of}


def ref(name: str) -> Json:
    """What is defined under a name."""
    return {"$ref": f"#/$defs/{name}"}


def several(of: Json, about: str = "") -> Json:
    """A list of the same."""
    return {"description": about, "type": "array", "items": of} if about else {"type": "array", "items": of}


def perhaps(of: Json, about: str = "") -> Json:
    """The same, or null."""
    return {"description": about, "anyOf": [of, {"type": "null"}]} if about else {"anyOf": [of, {"type": "null"}]}


FAULT: dict[str, Json] = {
    "code": {"type": "string", "pattern": "^PB[0-9]{3}$"},
    "severity": {"enum": ["error", "warning"]},
    "message": WORD,
    "hint": perhaps(WORD),
    "file": perhaps(WORD),
    "line": perhaps(COUNT),
    "column": perhaps(COUNT),
}
DIAGNOSTIC = told("A fault, with its place where it has one.", record(**FAULT))
ERROR = record(schema_version={"const": 1}, status={"const": "error"}, diagnostics=several(ref("diagnostic")))
SIZE: dict[str, Json] = {
    "ways": perhaps(COUNT, "Null where there are too many to tell apart."),
    "combinations": COUNT,
}
VERIFY: dict[str, Json] = {
    "report": record(
        schema_version={"const": 1},
        status=STATUS,
        protocols=several(ref("protocol"), "Where cases start."),
        red_lines=several(ref("red_line")),
        at_most=several(ref("promise"), "What protocols promise of how many questions a case takes."),
        no_milder_when_worse=several(NAME, "Questions of which it holds, as far as was decided."),
        whole=told("Whether lines and questions in vain were looked for.", FLAG),
        left_out=several(NAME, "Protocols that cannot be read."),
        overlaps=told(
            "Lines of one check that are both true of some case, so that their order matters.",
            record(lines=several(ref("overlap")), left_out=several(NAME, "Protocols that are too large to tell.")),
        ),
        findings=several(ref("finding")),
        diagnostics=several(ref("diagnostic"), "What was told of the pack when it was read."),
    ),
    "protocol": record(
        id=NAME, decided=FLAG, **SIZE, reached=perhaps(ref("reached"), "How far its proof got, where it was not ended.")
    ),
    "reached": record(
        doing=WORD,
        done=COUNT,
        of=COUNT,
        what={"enum": ["steps", "red lines", "questions"]},
        late=told("Whether the time was up; else it was too large.", FLAG),
    ),
    "red_line": record(
        name=NAME,
        status=STATUS,
        **SIZE,
        speaks=told("Whether there is a case that it speaks of.", FLAG),
        file=WORD,
        line=COUNT,
        column=COUNT,
    ),
    "promise": record(
        protocol=NAME,
        status=STATUS,
        promised=COUNT,
        here=told("Whether only what the protocol asks itself counts.", FLAG),
        longest=perhaps(COUNT, "How many questions the longest case takes; null where that is not decided."),
    ),
    "finding": record(**FAULT, cases=several(ref("case"), "The smallest that show it.")),
    "case": record(protocol=NAME, answers=ANSWERS, outcome=PLACE, scenario=told("To keep, as YAML.", WORD)),
    "overlap": record(
        protocol=NAME,
        step=perhaps(PLACE, "The check; null where the lines are the first ones of a shared file."),
        first=ref("line"),
        second=ref("line"),
        answers=told("Of a case of which both are true.", ANSWERS),
    ),
    "line": record(file=WORD, line=COUNT, column=COUNT, then=PLACE),
    "diagnostic": DIAGNOSTIC,
    "error": ERROR,
}
OUTCOME: dict[str, Json] = {"name": PLACE, "title": WORD, "level": {"enum": [0, 1, 2, 3]}}
ASKED: dict[str, Json] = {"question": NAME, "ask": WORD, "answer": ANSWER}
WHY: dict[str, Json] = {
    "explained": record(
        schema_version={"const": 1},
        status={"const": "explained"},
        protocol=record(id=NAME, version=WORD, digest={"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}),
        answers=ANSWERS,
        outcome=told("Where the case ends.", record(**OUTCOME, because=WORD)),
        weights=several(ref("weight"), "The answers that the case needed, in the order in which they were asked."),
        possible_outcomes=several(PLACE, "Every outcome that answers lead to from this start."),
        wanted=perhaps(ref("wanted"), "What `--to` names."),
        nearest=perhaps(
            ref("nearest"),
            "The case with the fewest answers changed, then the fewest more, then the mildest; null without one.",
        ),
        trace=several({"type": "object"}, "The way that the case took, as `triage` tells it."),
    ),
    "weight": record(
        **ASKED,
        decisive=told("Whether it is one of the fewest that lead here, whatever the others are.", FLAG),
        counts=several(NAME, "Of a decisive question with ticks: those of which it counted whether they are set."),
        others=several(
            record(answers=several(ref("sort")), outcomes=several(PLACE)),
            "Other answers, all else being equal, and where they may lead; of ticks, one more or less.",
        ),
    ),
    "sort": {
        "anyOf": [
            record(answer=ANSWER),
            told(
                "Numbers that lead alike: one of them, the smallest, the largest.",
                record(answer=WHOLE, min=WHOLE, max=WHOLE),
            ),
        ]
    },
    "wanted": record(
        **OUTCOME,
        possible=told("Whether any answers lead there.", FLAG),
        reached=told("Whether this case ends there.", FLAG),
    ),
    "nearest": record(
        outcome=record(**OUTCOME),
        changes=several(record(**ASKED, any_of=several(ref("sort")), before=ANSWER)),
        asked=several(record(**ASKED, any_of=several(ref("sort"))), "What would be asked besides."),
        answers=told("All answers of that case: `triage --answers` takes them.", ANSWERS),
    ),
    "diagnostic": DIAGNOSTIC,
    "error": ERROR,
}
PENDING = "triage.schema.json"
"""Where it is described what `why` prints where answers are missing."""


def verify() -> Json:
    """What `playbook verify --json` prints."""
    about = "One object. Exit code 0 with `proved`, 1 with `broken`, 2 with `undecided` and `error`."
    return _schema("What `playbook verify --json` prints", about, ("report", "error"), VERIFY)


def why() -> Json:
    """What `playbook why --json` prints."""
    about = (
        "One object. Exit code 0 with `explained`, 2 with `error`. With exit code 4 answers are missing, and it is the "
        f"object that `playbook triage` prints then: see {PENDING}."
    )
    return _schema("What `playbook why --json` prints", about, ("explained", "error"), WHY)


def _schema(title: str, about: str, roots: tuple[str, ...], defined: dict[str, Json]) -> Json:
    one_of = [ref(each) for each in roots]
    return {"$schema": DRAFT, "title": title, "description": about, "oneOf": one_of, "$defs": defined}


DOCUMENTS = {"verify": verify, "why": why}
