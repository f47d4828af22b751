"""The language of reply templates, read: a small part of Jinja's, and nothing else.

Text, `{{ name }}`, `{{ name|filter }}`, `{{ you('…', '…') }}`, `{% if condition %}…{% elif %}…{% else %}…{% endif %}`,
`{% include '_partial' %}` and `{# comment #}`, with `-` to take away space. A line of nothing but `if`, `elif`, `else`,
`endif` and comments leaves no empty line behind.

Whatever this reader accepts, Jinja reads alike (a property test holds it to that). It is our own because a template
that is only data runs nothing, folds nothing and needs no sandbox; because every fault has its exact column; and
because a run does not have to import Jinja, which costs much at start-up (`benchmarks/imports.py`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from playbook.conditions import expression as ex
from playbook.diagnostics import Diagnostic, Span, did_you_mean
from playbook.record import Record
from playbook.replies.tags import Fault, Tag, cut

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 32 * 1024
"""Most bytes of a template's file."""
DEEPEST = 20
"""Most `if`s inside one another."""
MOST_FAULTS = 20
"""As many are reported of one file; the rest is likely to follow from them."""


class Say(Record):
    """`{{ brand.name }}`, `{{ due.answer|when }}`: a name in its parts, and the filter it goes through."""

    path: tuple[str, ...]
    filter: str | None
    at: int

    @property
    def name(self) -> str:
        """The name as written."""
        return ".".join(self.path)


class Pick(Record):
    """`{{ you('te', 'le') }}`: by the brand's register."""

    tu: str
    usted: str


class Asked(Record):
    """The condition of a branch; `at` is where its text starts."""

    text: str
    expression: ex.Expression
    at: int


class Choose(Record):
    """`if … endif`: the first branch whose condition is true; that of `else` is None."""

    branches: tuple[Branch, ...]


class Include(Record):
    """A partial that stands here."""

    name: str
    at: int


Part = str | Say | Pick | Choose | Include


class Branch(Record):
    """A branch of a `Choose`."""

    condition: Asked | None
    parts: tuple[Part, ...]


class Template(Record):
    """A template's file, read: what it consists of, and everything that is wrong with it."""

    path: str
    source: str
    parts: tuple[Part, ...]
    faults: tuple[Diagnostic, ...]

    def span(self, at: int) -> Span:
        """The place of a character of its source."""
        return _span(self.path, self.source, at)


def _span(path: str, source: str, at: int) -> Span:
    return Span(path, source.count("\n", 0, at) + 1, at - source.rfind("\n", 0, at))


def prints(parts: tuple[Part, ...]) -> bool:
    """Whether these parts print anything in some case; what is included is taken to."""
    return any(_prints(part) for part in parts)


def _prints(part: Part) -> bool:
    if isinstance(part, Choose):
        return any(prints(branch.parts) for branch in part.branches)
    if isinstance(part, Pick):
        return bool((part.tu + part.usted).strip())
    return not isinstance(part, str) or bool(part.strip())


_SPACE = r"[ \t\n]*"
_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_STRING = r"""('[^'\\\n]*'|"[^"\\\n]*")"""
_SAID = re.compile(rf"{_SPACE}({_NAME}(?:\.{_NAME})*){_SPACE}(?:\|{_SPACE}({_NAME}){_SPACE})?\Z")
_PICKED = re.compile(rf"{_SPACE}you{_SPACE}\({_SPACE}{_STRING}{_SPACE},{_SPACE}{_STRING}{_SPACE}\){_SPACE}\Z")
_PARTIAL = re.compile(rf"""{_SPACE}(?:'(_[a-z0-9_]+)'|"(_[a-z0-9_]+)"){_SPACE}\Z""")
_WORDS = ("if", "elif", "else", "endif", "include")
# Controls, bidirectional controls and invisible characters that no reply needs. The joiners of emoji and of some
# scripts, and the tags of flags, may stay.
_UNSEEN = "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"


@lru_cache(maxsize=512)
def read(path: str, data: bytes) -> Template:
    """The template in a file's content. Never raises for what it holds; nothing in it is ever run."""
    if len(data) > LARGEST:
        message = f"the template has more than {LARGEST:,} bytes"
        return Template(path, "", (), (Diagnostic("PB202", message, Span(path), "a reply is shorter than that"),))
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start + 1} of the file is not UTF-8"
        return Template(path, "", (), (Diagnostic("PB202", message, Span(path, line), "save it as UTF-8"),))
    source = source.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    reader = _Reader(source)
    reader.whole()
    found = sorted([*_unseen(source), *reader.faults], key=lambda fault: fault.at)[:MOST_FAULTS]
    faults = (Diagnostic(each.code, each.message, _span(path, source, each.at), each.hint) for each in found)
    return Template(path, source, tuple(reader.root), tuple(faults))


def _unseen(source: str) -> Iterator[Fault]:
    if source.replace("\n", "").replace("\t", "").isprintable():  # which none of them is; nearly every template is
        return
    for match in re.finditer(_UNSEEN, source):
        message = f"an invisible character, U+{ord(match[0]):04X}"
        yield Fault("PB202", message, match.start(), "delete it: a reply is pasted into the world")


class _Reader:
    """Builds the tree, tag by tag. Faults are kept and reading goes on behind them."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.faults: list[Fault] = []
        self.root: list[Part] = []
        self.here = self.root
        self.open: list[_If] = []
        self.refused: list[tuple[str, int]] = []
        """Words that are no part of templates but may have opened a block, and inside how many `if`s they stand."""

    def whole(self) -> None:
        try:
            tags, texts = cut(self.source)
        except Fault as fault:
            self.faults.append(fault)
            return
        for text, tag in zip(texts, [*tags, None], strict=True):
            if text:
                self.here.append(text)
            try:
                if tag is not None and tag.opens != "{#":
                    self.tag(tag)
            except Fault as fault:
                self.faults.append(fault)
        for each in self.open:
            self.faults.append(Fault("PB203", "this `if` is not closed", each.at, "close it with `{% endif %}`"))

    def tag(self, tag: Tag) -> None:
        body = self.source[tag.start : tag.end]
        if tag.opens == "{{":
            self.here.append(_said(body, tag.start))
            return
        if self.follows(tag.word):
            return
        if tag.word not in _WORDS:
            self.refused.append((tag.word, len(self.open)))
            raise _refused(tag, body)
        at = tag.start + body.index(tag.word) + len(tag.word)
        rest = self.source[at : tag.end]
        if tag.word == "include":
            self.here.append(_include(rest, at))
        elif tag.word == "if":
            self.begin(tag, rest, at)
        else:
            self.go_on(tag, rest, at)

    def follows(self, word: str) -> bool:
        """Whether a tag belongs to one that has been refused: `endfor`, and `else` in a `for`, to their `for`."""
        here = (word.removeprefix("end"), len(self.open))
        if word.startswith("end") and here in self.refused:
            self.refused.remove(here)
            return True
        return word == "else" and ("for", len(self.open)) in self.refused

    def begin(self, tag: Tag, rest: str, at: int) -> None:
        """An `if`: entered even where its condition is at fault, so that its `endif` is not at fault too."""
        found = _If(tag.at, self.here)
        self.open.append(found)
        self.here = []
        if len(self.open) == DEEPEST + 1:
            raise Fault("PB203", f"more than {DEEPEST} `if`s inside one another", tag.at, "split the template")
        found.condition = _asked(rest, at)

    def go_on(self, tag: Tag, rest: str, at: int) -> None:
        """`elif`, `else` and `endif`: the branch before ends."""
        if not self.open:
            raise Fault("PB203", f"`{tag.word}` without an `if`", tag.at, "open one with `{% if … %}`")
        found = self.open[-1]
        found.branches.append(Branch(found.condition, tuple(self.here)))
        if tag.word == "endif":
            self.open.pop()
            self.here = found.around
            self.here.append(Choose(tuple(found.branches)))
        else:
            self.here = []
            if found.ends:
                raise Fault("PB203", f"`{tag.word}` after `else`", tag.at, "`else` is the last branch")
            found.ends, found.condition = tag.word == "else", None
        if tag.word == "elif":
            found.condition = _asked(rest, at)
        elif rest.strip():
            raise Fault("PB203", f"`{rest.strip()}` behind `{tag.word}`", at, f"`{tag.word}` stands alone")


class _If:
    """An `if` that is not closed yet: its place, what is around it, its branches so far and the one being read."""

    def __init__(self, at: int, around: list[Part]) -> None:
        self.at, self.around = at, around
        self.branches: list[Branch] = []
        self.condition: Asked | None = None
        self.ends = False


def _asked(rest: str, at: int) -> Asked:
    text = rest.strip(" \t\n")
    at += len(rest) - len(rest.lstrip(" \t\n"))
    try:
        return Asked(text, ex.parse(text), at)
    except ex.SyntaxFault as fault:
        raise Fault("PB205", fault.message, at + fault.at, fault.hint) from None


def picked(body: str) -> Pick | None:
    """What stands between braces as `you('…', '…')`; None for anything else."""
    match = _PICKED.match(body)
    return Pick(match[1][1:-1], match[2][1:-1]) if match else None


def _said(body: str, at: int) -> Part:
    pick = picked(body)
    if pick is not None:
        return pick
    said = _SAID.match(body)
    at += len(body) - len(body.lstrip())
    if said is not None:
        return Say(tuple(said[1].split(".")), said[2], at)
    hint = "write `{{ name }}`, `{{ name|filter }}` or `{{ you('…', '…') }}`"
    if not body.strip():
        raise Fault("PB204", "nothing is named here", at, hint)
    raise Fault("PB204", f"`{_short(body)}` cannot be printed", at, hint)


def _include(rest: str, at: int) -> Include:
    partial = _PARTIAL.match(rest)
    at += len(rest) - len(rest.lstrip())
    if partial is None:
        hint = "a partial's name starts with `_`: `{% include '_greeting' %}`"
        raise Fault("PB204", f"`{_short(rest)}` cannot be included", at, hint)
    return Include(partial[1] or partial[2], at)


def _refused(tag: Tag, body: str) -> Fault:
    at = tag.start + len(body) - len(body.lstrip())
    known = "templates know `if`, `elif`, `else`, `endif` and `include`"
    if not tag.word:
        return Fault("PB204", "a tag without a word", at, known)
    return Fault("PB204", f"`{tag.word}` is not part of templates", at, did_you_mean(tag.word, _WORDS) or known)


def _short(text: str, longest: int = 40) -> str:
    words = " ".join(text.split())
    return words if len(words) <= longest else words[: longest - 1] + "…"
