"""JSON Schemas of the files of a pack, for editors: derived from `shape`, so that they cannot say something else.

They hold what can be told of one file alone. Names that other files give (roles, marks, questions) and conditions are
checked by the loader; here they are only words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import shape as s
from playbook.channels import counting

if TYPE_CHECKING:
    Json = dict[str, object]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ID = r"^[a-z][a-z0-9_]{0,59}$"
_WORD: Json = {"type": "string", "minLength": 1}
_SCALAR: Json = {"type": ["string", "number", "boolean"]}
_LOCALISED: Json = {"type": "object", "additionalProperties": _WORD, "minProperties": 1}
_PLAIN: dict[str, Json] = {
    s.TEXT: {"anyOf": [_WORD, _LOCALISED]},
    s.STRING: _WORD,
    s.WHOLE: {"type": "integer"},
    s.FLAG: {"type": "boolean"},
    s.DATE: {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    s.CLOCK: {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
    s.URL: {"type": "string", "pattern": "^https://"},
    s.VERSION: {"type": "string", "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+$"},
    s.DURATION: {"type": "string", "pattern": "^[1-9][0-9]{0,4} ?(min|m|h|d|wd)$"},
    s.CONDITION: {**_WORD, "maxLength": 2000},
    s.LEVEL: {"enum": [0, 1, 2, 3]},
    s.WORSE: {"enum": ["later", "earlier", "higher", "lower", "yes", "no", "more"]},
    s.DAY: {"enum": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
    s.UNIT: {"enum": list(counting.UNITS)},
    s.TARGET: {
        "anyOf": [
            {"type": "string", "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$"},
            {
                "type": "object",
                "required": ["protocol"],
                "properties": {"protocol": _WORD},
                "additionalProperties": False,
            },
        ]
    },
    **{name: {"type": "string", "pattern": _ID} for name in (s.ROLE, s.MARK, s.PRINCIPLE, s.STANCE, s.ID)},
}
_AT_MOST: Json = {"type": "string", "pattern": "^[1-9][0-9]{0,2} questions?( here)?$"}
_PLAIN[s.AT_MOST] = {"anyOf": [_AT_MOST, {"type": "array", "items": _AT_MOST}]}
FILES = {
    "playbook": (s.PACK, "playbook.yaml: who we are, and the names that protocols may use"),
    "protocol": (s.PROTOCOL, "protocols/<id>.yaml: one decision tree"),
    "shared": (s.SHARED, "protocols/shared/<id>.yaml: what several protocols use"),
    "scenarios": (s.SCENARIOS, "protocols/<id>.scenarios.yaml: the test cases of a protocol"),
}
"""The files by the name of their schema: their shape, and what they are."""


def of(name: str) -> Json:
    """The JSON Schema of one of `FILES`. Raises KeyError for another name."""
    shape, title = FILES[name]
    shapes: dict[str, Json] = {}
    body = _map(shape, shapes)
    return {"$schema": DRAFT, "title": title, **body, "$defs": dict(sorted(shapes.items()))}


def _map(shape: s.Shape, shapes: dict[str, Json]) -> Json:
    """A map with the keys of `shape`; the shapes inside it are gathered in `shapes` by their words."""
    properties = {key.name: {**_key(shape, key, shapes), "description": key.doc} for key in shape.keys}
    required = [key.name for key in shape.keys if key.required]
    found: Json = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**found, "required": required} if required else found


def _key(shape: s.Shape, key: s.Key, shapes: dict[str, Json]) -> Json:
    return _of(_OWN.get((shape.word, key.name), key.reads), shapes)


def _of(reads: s.Reads | Json | tuple[s.Reads | Json, ...], shapes: dict[str, Json]) -> Json:
    """What may stand where `reads` is read; a tuple is one of several."""
    if isinstance(reads, str):
        return {s.AVOID: _avoid, s.SIDE: _side}[reads](shapes) if reads in (s.AVOID, s.SIDE) else _PLAIN[reads]
    if isinstance(reads, dict):
        return reads
    if isinstance(reads, s.Several):
        return {"type": "array", "items": _avoid(shapes) if reads.of is s.AVOIDED else _of(reads.of, shapes)}
    if isinstance(reads, s.Named):
        return {"type": "object", "propertyNames": {"pattern": _ID}, "additionalProperties": _of(reads.of, shapes)}
    if isinstance(reads, s.Shape):
        name = "own_words" if reads is s.OWN_WORDS else reads.word.replace(" ", "_").replace("-", "_")
        if name not in shapes:
            shapes[name] = {}  # a shape that holds itself would otherwise never end
            shapes[name] = _map(reads, shapes)
        return {"$ref": f"#/$defs/{name}"}
    return {"anyOf": [_of(each, shapes) for each in reads]}


def _avoid(shapes: dict[str, Json]) -> Json:
    return {"anyOf": [_PLAIN[s.TEXT], _of(s.AVOIDED, shapes)]}


def _side(shapes: dict[str, Json]) -> Json:
    return {"anyOf": [_PLAIN[s.ID], _of(s.OWN_WORDS, shapes)]}


_ANSWER: Json = {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}, {"type": "null"}]}
_ANSWERS: Json = {"type": "object", "additionalProperties": _ANSWER}
_BRANCHES: Json = {"type": "object", "additionalProperties": _PLAIN[s.TARGET]}
_QUESTIONS, _FACTS = s.Named(s.QUESTION), s.Named((s.CONDITION, s.FACT, s.Several(s.RULE)))  # type: ignore[arg-type]
_OWN: dict[tuple[str, str], s.Reads | Json | tuple[s.Reads | Json, ...]] = {
    ("question", "choices"): s.Named((s.CHOICE, s.TEXT)),  # type: ignore[arg-type]
    ("step", "check"): s.Several(s.LINE),
    ("step", "then"): (s.TARGET, _BRANCHES),
    ("shared file", "first"): s.Several(s.LINE),
    ("protocol", "given"): _ANSWERS,
    ("protocol", "steps"): s.Named(s.STEP),
    ("playbook", "lint"): {
        "type": "object",
        "propertyNames": {"pattern": "^PB[0-9]{3}$"},
        "additionalProperties": {"enum": ["error", "warning", "off"]},
    },
    ("playbook", "style"): s.Named(s.Several(s.PHRASE)),
    ("scenario", "answers"): _ANSWERS,
    **{(word, "questions"): _QUESTIONS for word in ("protocol", "shared file")},
    **{(word, "facts"): _FACTS for word in ("protocol", "shared file")},
}
"""What stands under the keys that are read by code of their own."""
