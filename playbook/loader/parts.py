"""Outcomes and red lines, with the rules that reach over several of their keys; given answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import answers
from playbook import protocol as p
from playbook import shape as s
from playbook.source.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from playbook.loader.reader import Reader
    from playbook.source.nodes import Node


def _each(reader: Reader, node: Node | None, word: str) -> Iterator[tuple[Scalar, bool, Node]]:
    """The entries of a map, and whether their keys are good ids."""
    if node is None:
        return
    if not isinstance(node, Mapping):
        reader.unlike(node, f"a map of {word}")
        return
    for key, child in node.pairs():
        yield key, reader.good_id(key.text, reader.span(key)), child


def outcomes(reader: Reader, node: Node | None, protocol: str, protocols: Collection[str]) -> dict[str, p.Outcome]:
    """The outcomes of a protocol by id."""
    found: dict[str, p.Outcome] = {}
    for key, good, child in _each(reader, node, "outcomes"):
        name = key.text
        if name in protocols:
            hint = "rename the outcome: a target must be one of them"
            reader.refuse("PB054", f"`{name}` is an outcome and a protocol", reader.span(key), hint)
        values = reader.record(child, s.OUTCOME)
        follow_up = child.entries.get("follow_up") if isinstance(child, Mapping) else None
        if isinstance(follow_up, Mapping) and reader.whole_keys(follow_up, s.FOLLOW_UP):
            _timed(reader, follow_up)
        if good and values is not None:
            span = reader.span(child)
            outcome = p.Outcome(id=name, protocol=protocol, span=span, **values)  # type: ignore[arg-type] # by shape
            found[name] = outcome._replace(marks=tuple(dict.fromkeys((*outcome.marks, *_set(outcome.reply, reader)))))
    return found


def _set(reply: p.Saying, reader: Reader) -> Iterator[str]:
    """The marks that set themselves, where the pack lists them."""
    for mark, so in ((p.PUBLIC_REPLY, reply.public), (p.SILENCE, reply.silence)):
        if so is not None and mark in (reader.vocabulary.marks or ()):
            yield mark


def _timed(reader: Reader, follow_up: Mapping) -> None:
    keys = follow_up.entries
    if ("within" in keys) == ("every" in keys):
        hint = "`within: 24h`, or `every: 20min` with `for: 2h`"
        reader.refuse("PB060", "a follow-up has either `within` or `every`", reader.span(follow_up), hint)
    elif "for" in keys and "every" not in keys:
        span = reader.key_span(follow_up, "for")
        reader.refuse("PB060", "`for` belongs to `every`", span, "leave it out, or write `every`")
    elif "for" in keys:
        _long_enough(reader, keys["every"], keys["for"])


def _long_enough(reader: Reader, every: Node, for_: Node) -> None:
    """Refuse a follow-up that is over before anybody looks for the first time."""
    first, end = (p.duration(each.text) if isinstance(each, Scalar) else None for each in (every, for_))
    if first and end and end.minutes < first.minutes:
        message = f"`for: {end}` is over before the first `every: {first}`"
        reader.refuse("PB060", message, reader.span(for_), "make `for` at least as long as `every`")


def red_lines(reader: Reader, node: Node | None, protocols: Collection[str] | None) -> dict[str, p.RedLine]:
    """The red lines by id. `protocols` are the ids that `except` may name; None where it may not stand."""
    found: dict[str, p.RedLine] = {}
    for key, good, child in _each(reader, node, "red lines"):
        name = key.text
        values = reader.record(child, s.RED_LINE)
        if not isinstance(child, Mapping):
            continue
        if not {"never", "always"} & set(child.entries) and reader.whole_keys(child, s.RED_LINE):
            hint = "add `never: [marks]` or `always: [marks]`"
            reader.refuse("PB061", f"`{name}` forbids nothing and demands nothing", reader.span(child), hint)
        excepted = child.entries.get("except")
        if excepted is not None and protocols is None:
            message = "`except` belongs to the red lines of playbook.yaml"
            reader.refuse("PB061", message, reader.key_span(child, "except"), "leave it out")
        elif isinstance(excepted, Mapping) and protocols is not None:
            for each, _ in excepted.pairs():
                if each.text not in protocols:
                    hint_ = reader.near(each.text, protocols)
                    reader.refuse("PB051", f"no protocol is called `{each.text}`", reader.span(each), hint_)
        if good and values is not None:
            span = reader.span(key)
            found[name] = p.RedLine(id=name, span=span, **values)  # type: ignore[arg-type] # the shape declares them
    return found


def given(reader: Reader, node: Node | None, visible: dict[str, p.Question]) -> dict[str, p.Answer]:
    """The answers taken as given."""
    found: dict[str, p.Answer] = {}
    if node is None:
        return found
    if not isinstance(node, Mapping):
        reader.unlike(node, "a map from questions to answers")
        return found
    for key, child in node.pairs():
        question = visible.get(key.text)
        if question is None:
            known = key.text in reader.scope.kinds and key.text not in reader.derived
            if not known and not reader.scope.partial:
                hint = reader.near(key.text, visible)
                reader.refuse("PB055", f"no question is called `{key.text}`", reader.span(key), hint)
            continue
        value = _raw(child)
        try:
            parse = answers.parse if isinstance(value, str) else answers.accept
            found[key.text] = parse(question, value)  # type: ignore[arg-type] # a text goes to `parse`
        except answers.Refused as fault:
            reader.refuse("PB065", fault.message, reader.span(child), fault.hint)
    return found


def _raw(node: Node) -> object:
    """A scalar's text, a list's texts; anything else in words, to be refused."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [item.text if isinstance(item, Scalar) else None for item in node.items]
    return {}
