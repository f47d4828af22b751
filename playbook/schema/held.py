"""What holds between the keys of one map, as JSON Schema, and what an editor offers to write there at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.loader.questions import LONGEST_TEXT

if TYPE_CHECKING:
    Json = dict[str, object]


def _with(*keys: str) -> Json:
    return {"required": [*keys]}


def _without(*keys: str) -> Json:
    return {"not": {"anyOf": [_with(key) for key in keys]}}


def _only(key: str, *words: str) -> Json:
    """Where a question is answered by `key`, only these orders are worse."""
    worse: Json = {"properties": {"worse": {"enum": [*words]}}} if words else _without("worse")
    return {"if": _with(key), "then": worse}


HELD: dict[str, Json] = {
    "question": {
        "oneOf": [_with(key) for key in ("choices", "number", "yes_no", "text")],
        "dependencies": {"many": ["choices"]},
        "allOf": [
            _only("choices", "later", "earlier", "more"),
            _only("number", "higher", "lower"),
            _only("yes_no", "yes", "no"),
            _only("text"),
        ],
    },
    "step": {"oneOf": [_with("ask", "then"), _with("check")], "dependencies": {"check": _without("ask", "then")}},
    "line": {"oneOf": [_with("then"), {**_with("unknown"), **_without("when")}]},
    "follow-up": {"oneOf": [_with("within"), _with("every")], "dependencies": {"for": ["every"]}},
    "red line": {"anyOf": [_with("never"), _with("always")]},
    "reply": {"anyOf": [_with("public"), _with("private"), _with("silence")]},
    "silence": {"dependencies": {"silence": _without("public", "private")}},
    "timetable": {"dependencies": {"from": ["to"], "to": ["from"]}},
}
"""By the word of a shape. That of a channel stands with the channels, for it depends on the id."""
LEAST: dict[tuple[str, str], Json] = {
    ("question", "yes_no"): {"const": True},
    ("question", "choices"): {"minProperties": 2},
    ("text", "max"): {"minimum": 1, "maximum": LONGEST_TEXT},
    ("channel limit", "count"): {"minimum": 1},
    ("step", "check"): {"minItems": 1},
    ("protocol", "steps"): {"minProperties": 1},
    ("reply", "own_words"): {"minItems": 1},
    ("timetable", "days"): {"minItems": 1},
    ("playbook", "locales"): {"minItems": 1, "uniqueItems": True},
}
"""What a value must hold at least, by shape and key."""


def _snippet(label: str, description: str, body: object) -> Json:
    return {"label": label, "description": description, "body": body}


SNIPPETS: dict[str, list[Json]] = {
    "question": [
        _snippet("choices", "One of several answers.", {"ask": "$1", "choices": {"${2:one}": "$3", "${4:two}": "$5"}}),
        _snippet("yes_no", "Yes or no.", {"ask": "$1", "yes_no": True}),
        _snippet("number", "A whole number.", {"ask": "$1", "number": {"min": "^${2:0}", "max": "^${3:60}"}}),
        _snippet("text", "Words for replies.", {"ask": "$1", "text": {"max": "^${2:80}"}}),
    ],
    "step": [
        _snippet("ask", "Asks a question and branches on its answers.", {"ask": "$1", "then": {"${2:answer}": "$3"}}),
        _snippet("check", "Branches on what is known.", {"check": [{"when": "$1", "then": "$2"}, {"then": "$3"}]}),
    ],
    "outcome": [
        _snippet(
            "outcome",
            "Where cases end, with its reply, an action and a follow-up.",
            {
                "title": "$1",
                "level": "^${2:1}",
                "because": "$3",
                "source": "$4",
                "reply": {"public": "$5"},
                "actions": [{"do": "$6", "owner": "$7", "within": "${8:4h}"}],
                "follow_up": {"owner": "$9", "within": "${10:1wd}", "check": "$11"},
            },
        )
    ],
    "red line": [
        _snippet("never", "What no such case ends with.", {"because": "$1", "when": "$2", "never": ["$3"]}),
        _snippet("always", "What every such case ends with.", {"because": "$1", "when": "$2", "always": ["$3"]}),
    ],
    "scenario": [
        _snippet(
            "scenario",
            "A case, and where it must end.",
            {"name": "$1", "answers": {"$2": "$3"}, "expect": {"outcome": "$4"}},
        )
    ],
}
