"""What the YAML parser complains of, said in words that help whoever wrote the file.

libyaml's sentences are known and few; each is matched by a part of it. What nobody foresaw is passed on as it is.
"""

from __future__ import annotations

from playbook.diagnostics import Diagnostic, Span
from playbook.record import Record


class Complaint(Record):
    """A parser's complaint: its sentences and the two places (line, column from 1) it gives with them."""

    context: str
    problem: str
    opened: tuple[int, int]
    place: tuple[int, int]


_QUOTE = "put the whole value in double quotes"
_FLOW = "write one key a line, or quote the values"
_ESCAPE = r"write `\\` for a backslash, or put the text in single quotes"
_DIRECTIVE = ("a line that starts with `%` is an order to the parser", "quote the text, or delete the line")
_NOT_HERE = "a value cannot start with `{char}`"

# A part of the complaint; what we say of it, with the character at the place; the cure; whether the cause is where
# the thing was opened rather than where the parser gave up.
_WORDS: tuple[tuple[str, str, str, bool], ...] = (
    ("tab character", "a tab in the indentation", "indent with spaces", False),
    ("directive", *_DIRECTIVE, True),
    ("%", *_DIRECTIVE, False),
    ("incompatible YAML", *_DIRECTIVE, False),
    ("cannot start any token", _NOT_HERE, _QUOTE, False),
    ("scanning an alias", _NOT_HERE, _QUOTE, True),
    ("scanning an anchor", _NOT_HERE, _QUOTE, True),
    (" tag", _NOT_HERE, _QUOTE, True),
    ("block sequence entries", "a list cannot start on the line of its key", "put each `- ` on a line below", False),
    ("mapping keys are not", "`? ` cannot stand here", _QUOTE, False),
    ("simple key", "a line without the `:` after its key", "write `key: value`, or indent a text's lines", True),
    ("while scanning a quoted", "a quote that is never closed", "close it with the same kind of quote", True),
    ("unknown escape", "a backslash before `{next}` means nothing", _ESCAPE, False),
    ("while parsing a quoted", "an escape that stands for no character", "write the character itself", False),
    ("block scalar", "text on the line of `|` or `>`", "start the text on the next line", True),
    ("'-' indicator", "a line among those of a list that is none of them", "start it with `- `, or indent it", False),
    ("flow mapping", "`{{` on line {opened} is not closed, or misses a comma", _FLOW, False),
    ("flow sequence", "`[` on line {opened} is not closed, or misses a comma", _FLOW, False),
    ("flow node", "a `{{…}}` or `[…]` that breaks off", _FLOW, False),
    ("unexpected ':'", "a `:` inside `{{…}}` or `[…]` without a space behind it", _FLOW, False),
    ("expected node content", _NOT_HERE, _QUOTE, False),
    ("<document start>", "text behind the end of a value", _QUOTE, False),
)
_BRACKETS = ("flow mapping", "flow sequence", "flow node")


def explain(complaint: Complaint, text: str, file: str) -> Diagnostic:
    """One located diagnostic for what stopped the parser in `text`."""
    rows = [row.rstrip("\r") for row in text.rstrip(" \r\n").split("\n")]
    place, start = _inside(rows, complaint.place), _inside(rows, complaint.opened)
    before, char = _around(rows, place)
    said = f"{complaint.context} {complaint.problem}"
    if "mapping values" in said:
        message, hint = _second_colon(before)
    elif "expected key" in said:
        message, hint = _no_key(before, char, start[0])
    elif char == "\t":
        message, hint = "a tab in the indentation", "indent with spaces"
    else:
        unforeseen = ("", "this cannot be read as YAML", f"the parser says: {said.strip()}", False)
        part, message, hint, opened = next((words for words in _WORDS if words[0] in said), unforeseen)
        # A bracket that is not closed where its line ends misses its end there, not where the parser gave up.
        if opened or (part in _BRACKETS and complaint.place[0] != complaint.opened[0]):
            place = start
    before, char = _around(rows, place)
    following = rows[place[0] - 1][place[1] : place[1] + 1]
    message = message.format(char=char or "end of line", next=following, opened=start[0])
    return Diagnostic("PB005", message, Span(file, *place), hint)


def _inside(rows: list[str], place: tuple[int, int]) -> tuple[int, int]:
    """The place, or the end of the file: the parser puts it on a line of its own."""
    return place if place[0] <= len(rows) else (len(rows), len(rows[-1]) + 1)


def _around(rows: list[str], place: tuple[int, int]) -> tuple[str, str]:
    """What stands on the line before the place, and the character at it ("" at the line's end)."""
    line, column = place
    row = rows[line - 1]
    return row[: column - 1], row[column - 1 : column]


def _second_colon(before: str) -> tuple[str, str]:
    if ": " in before:
        return "a second `: ` in one line", _QUOTE
    return (
        "a `key:` where none can stand",
        "indent it as the keys around it, and see that the line above ends its value",
    )


def _no_key(before: str, char: str, opened: int) -> tuple[str, str]:
    if char == ":":
        return "a key without a name", "write `name: value`"
    if before.strip():
        hint = f"{_QUOTE}: what starts with a quote or a bracket ends with it"
        return "text behind a closed quote or bracket", hint
    return "a line that does not line up with the keys above it", f"indent it as the map that starts on line {opened}"
