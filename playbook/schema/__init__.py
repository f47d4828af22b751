"""JSON Schemas of the files of a pack, for editors: derived from `shape`, so that they cannot say something else.

They hold what can be told of one file alone, and never refuse a file that loads. Names that other files give (roles,
marks, questions) and conditions are checked by the loader; here they are only words. They are written in draft 7, the
latest that every editor with YAML schemas reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import channels
from playbook import shape as s
from playbook.rules import RULES
from playbook.schema import forms as f
from playbook.schema.held import HELD, LEAST, SNIPPETS
from playbook.schema.hovers import hover

if TYPE_CHECKING:
    from collections.abc import Callable

    Json = dict[str, object]

DRAFT = "http://json-schema.org/draft-07/schema#"
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
    writing = _Writing(name)
    body = writing.map(shape)
    return {"$schema": DRAFT, "title": title, **body, "definitions": dict(sorted(writing.shapes.items()))}


class _Writing:
    """One schema on its way; the shapes inside it are gathered by their words."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.shapes: dict[str, Json] = {}

    def map(self, shape: s.Shape) -> Json:
        """A map with the keys of `shape`."""
        keys = [key for key in shape.keys if self.file == "playbook" or (shape, key.name) != (s.RED_LINE, "except")]
        properties = {key.name: {**self.key(shape, key), **hover(shape.word, key.name, key.doc)} for key in keys}
        required = [key.name for key in keys if key.required]
        found: Json = {"type": "object", "title": shape.word, "properties": properties, "additionalProperties": False}
        if required:
            found["required"] = required
        if shape.word in SNIPPETS:
            found["defaultSnippets"] = SNIPPETS[shape.word]
        if shape is s.REPLY:
            found |= HELD["silence"]
        return found if shape is s.OWN_WORDS else {**found, **HELD.get(shape.word, {})}

    def key(self, shape: s.Shape, key: s.Key) -> Json:
        """What may stand under a key."""
        made = _OWN.get((shape.word, key.name))
        return {**(made(self) if made else self.value(key.reads)), **LEAST.get((shape.word, key.name), {})}

    def value(self, reads: s.Reads) -> Json:
        """What may stand where `reads` is read."""
        if isinstance(reads, str):
            return self.choice(reads)
        if isinstance(reads, s.Several):
            items = self.choice(s.AVOID) if reads.of is s.AVOIDED else self.value(reads.of)
            once = self.file != "scenarios" and reads.of in _ONCE
            return {"type": "array", "items": items} | ({"uniqueItems": True} if once else {})
        if isinstance(reads, s.Named):
            return self.named(self.value(reads.of))
        name = "own_words" if reads is s.OWN_WORDS else reads.word.replace(" ", "_").replace("-", "_")
        if name not in self.shapes:
            self.shapes[name] = self.map(reads)
        return {"$ref": f"#/definitions/{name}"}

    def choice(self, reads: str) -> Json:
        """A single value, or a text with another form beside it."""
        if reads == s.AVOID:
            return {"anyOf": [f.PLAIN[s.TEXT], self.value(s.AVOIDED)]}
        if reads == s.SIDE:
            return {"anyOf": [f.ID, self.value(s.OWN_WORDS)]}
        return f.PLAIN[reads]

    def named(self, value: Json, **more: object) -> Json:
        """A map from ids."""
        return {"type": "object", "propertyNames": f.KEY, "additionalProperties": value, **more}


_ONCE = frozenset((s.ID, s.ROLE, s.MARK, s.PRINCIPLE, s.DAY, s.DATE))
"""What a list may hold once only, but in expectations."""


def _channels(writing: _Writing) -> Json:
    """The channels that ship, by their ids; one of the pack's own needs a name."""
    one = writing.value(s.CHANNEL)
    shipped = {name: {**one, "description": f"{each.name.say('en')}."} for name, each in channels.shipped().items()}
    return writing.named({"allOf": [one, {"required": ["name"]}]}, properties=shipped)


def _severities(_: _Writing) -> Json:
    """How grave findings are: every rule by its code."""
    rules = {rule.code: {**f.SEVERITY, "description": f"{rule.title}.", "default": "off"} for rule in RULES}
    names: Json = {"pattern": "^PB[0-9]{3}$"}
    return {"type": "object", "propertyNames": names, "properties": rules, "additionalProperties": f.SEVERITY}


def _facts(writing: _Writing) -> Json:
    rules = {"type": "array", "items": writing.value(s.RULE), "minItems": 1}
    return writing.named({"anyOf": [f.PLAIN[s.CONDITION], writing.value(s.FACT), rules]})


def _lines(writing: _Writing) -> Json:
    return writing.value(s.Several(s.LINE))


def _style(writing: _Writing) -> Json:
    phrases = writing.value(s.Several(s.PHRASE))
    return {"type": "object", "propertyNames": f.LOCALE, "additionalProperties": phrases}


def _reply(writing: _Writing) -> Json:
    said = writing.value(s.EXPECTED_REPLY)
    return {"type": "object", "propertyNames": f.LOCALE, "additionalProperties": said}


def _choices(writing: _Writing) -> Json:
    return writing.named({"anyOf": [f.PLAIN[s.TEXT], writing.value(s.CHOICE)]})


def _questions(writing: _Writing) -> Json:
    return writing.value(s.Named(s.QUESTION))


def _places(_: _Writing) -> Json:
    return {"type": "array", "items": f.PLACE}


_OWN: dict[tuple[str, str], Callable[[_Writing], Json]] = {
    ("question", "choices"): _choices,
    ("step", "check"): _lines,
    ("step", "then"): lambda _: {"anyOf": [f.TARGET, f.BRANCHES]},
    ("shared file", "first"): _lines,
    ("protocol", "given"): lambda _: f.ANSWERS,
    ("protocol", "steps"): lambda writing: writing.value(s.Named(s.STEP)),
    ("playbook", "register"): lambda _: f.REGISTER,
    ("playbook", "locales"): lambda _: {"type": "array", "items": {"type": "string", **f.LOCALE}},
    ("playbook", "channels"): _channels,
    ("playbook", "style"): _style,
    ("playbook", "reading_ease"): lambda _: {
        "type": "object",
        "propertyNames": f.LOCALE,
        "additionalProperties": {"type": "integer", "minimum": 0, "maximum": 100},
    },
    ("playbook", "lint"): _severities,
    ("scenario", "channel"): lambda _: f.CHANNEL,
    ("scenario", "answers"): lambda _: f.ANSWERS,
    ("expectation", "outcome"): lambda _: f.PLACE,
    ("expectation", "path"): _places,
    ("expectation", "asked"): _places,
    ("expectation", "red_lines"): _places,
    ("expectation", "reply"): _reply,
    **{(word, "questions"): _questions for word in ("protocol", "shared file")},
    **{(word, "facts"): _facts for word in ("protocol", "shared file")},
}
"""What stands under the keys that are read by code of their own."""
