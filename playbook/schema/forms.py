"""The forms of single values, as JSON Schema: never stricter than what the loader reads.

A text may be written as a number or as `true`, for the loader takes what stands there as words; so may an editor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import channels
from playbook import shape as s
from playbook.channels import counting
from playbook.loader.packfile import REGISTERS, SEVERITIES
from playbook.loader.values import LONGEST_ID
from playbook.protocol import RESERVED

if TYPE_CHECKING:
    Json = dict[str, object]

_NAME = rf"[a-z][a-z0-9_]{{0,{LONGEST_ID - 1}}}"
_LARGEST = 10**15 - 1
SCALAR: Json = {"type": ["string", "number", "boolean"]}
WORD: Json = {**SCALAR, "pattern": r"\S"}
"""Any words on their own, but not none."""
LOCALE: Json = {"pattern": "^[a-z]{2,3}(_[A-Z][a-z]{3})?(_[A-Z]{2})?$"}
LOCALISED: Json = {
    "type": "object",
    "propertyNames": LOCALE,
    "properties": {"es": {**WORD, "description": "In Spanish."}, "en": {**WORD, "description": "In English."}},
    "additionalProperties": WORD,
    "minProperties": 1,
}


def _says(pattern: str, wanted: str) -> Json:
    """A text of this form; editors that know the word say `wanted` where it is not."""
    return {"type": "string", "pattern": pattern, "patternErrorMessage": f"this is not {wanted}"}


KEY: Json = {"pattern": f"^(?!({'|'.join(sorted(RESERVED))})$){_NAME}$"}
"""What may be an id, as the key of a map."""
ID = _says(str(KEY["pattern"]), "an id: lower-case letters, digits and `_`, no word of the language")
PLACE = _says(rf"^{_NAME}(\.{_NAME})?$", "a name: `outcome`, or `protocol.outcome`")
CHANNEL: Json = {"anyOf": [{"enum": [*channels.shipped()]}, ID]}
DURATION = _says("^[1-9][0-9]{0,4} ?(min|m|h|d|wd)$", "a duration: `20min`, `4h`, `2d`, or `2wd` in working days")
LEVELS: Json = {
    "enum": [0, 1, 2, 3],
    "enumDescriptions": ["watch", "routine", "elevated", "crisis"],
    "markdownEnumDescriptions": ["watch", "routine", "elevated", "crisis"],
}
TARGET: Json = {
    "anyOf": [
        PLACE,
        {
            "type": "object",
            "required": ["protocol"],
            "properties": {"protocol": ID},
            "additionalProperties": False,
        },
    ]
}
SEVERITY: Json = {"enum": [*SEVERITIES]}
REGISTER: Json = {"enum": [*REGISTERS]}
PLAIN: dict[str, Json] = {
    s.TEXT: {"anyOf": [WORD, LOCALISED]},
    s.STRING: WORD,
    s.WHOLE: {"type": "integer", "minimum": -_LARGEST, "maximum": _LARGEST},
    s.FLAG: {"type": "boolean"},
    s.DATE: _says(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "a date: year-month-day, `2027-05-31`"),
    s.CLOCK: _says("^([01][0-9]|2[0-3]):[0-5][0-9]$", "a clock time: `09:00`, in quotes or without"),
    s.URL: _says(r"^https://[^\s<>\"]+$", "an https address"),
    s.VERSION: _says(r"^(0|[1-9][0-9]{0,5})(\.(0|[1-9][0-9]{0,5})){2}$", "a version: three numbers, `1.2.0`"),
    s.DURATION: DURATION,
    s.CONDITION: {"type": "string", "pattern": r"\S", "maxLength": 2000},
    s.LEVEL: LEVELS,
    s.WORSE: {"enum": ["later", "earlier", "higher", "lower", "yes", "no", "more"]},
    s.DAY: {"enum": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
    s.UNIT: {"enum": list(counting.UNITS)},
    s.TARGET: TARGET,
    **dict.fromkeys((s.ROLE, s.MARK, s.PRINCIPLE, s.STANCE, s.ID), ID),
}
_PROMISE = _says("^[1-9][0-9]{0,2} questions?( here)?$", "a number of questions: `8 questions`, `4 questions here`")
PLAIN[s.AT_MOST] = {"anyOf": [_PROMISE, {"type": "array", "items": _PROMISE}]}
ANSWER: Json = {"anyOf": [SCALAR, {"type": "array", "items": SCALAR}, {"type": "null"}]}
ANSWERS: Json = {"type": "object", "additionalProperties": ANSWER}
BRANCHES: Json = {"type": "object", "additionalProperties": TARGET, "minProperties": 1}
