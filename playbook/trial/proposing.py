"""Suggested scenarios as YAML to paste: the answers filled in, the outcome left to the author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.diagnostics import WARNING, Diagnostic
from playbook.scenarios.reading import path_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from playbook.protocol import Answer
    from playbook.scenarios.suggesting import Suggested, Suggestion

_WORDS: dict[object, str] = {None: "unknown", True: "yes", False: "no", (): "none"}


def document(found: Suggested, taken: Mapping[str, Collection[str]]) -> str:
    """The scenarios by their files; `taken` are the names that each protocol's scenarios have already."""
    return "\n".join(_blocks(found, taken))


def _blocks(found: Suggested, taken: Mapping[str, Collection[str]]) -> Iterator[str]:
    for protocol in dict.fromkeys(each.protocol for each in found.suggestions):
        names = {*taken[protocol]}
        lines = [f"# {'add to ' if names else ''}{path_of(protocol)}", *(() if names else ("scenarios:",))]
        for each in found.suggestions:
            if each.protocol == protocol:
                lines += _scenario(each, names)
        yield "".join(f"{line}\n" for line in lines)


def _scenario(each: Suggestion, names: set[str]) -> Iterator[str]:
    for item in each.items:
        yield f"  # {item.span} {item.what}"
    yield f"  - name: {_name(each, names)}"
    if p.CHANNEL in each.answers:
        yield f"    channel: {each.answers[p.CHANNEL]}"
    answers = {name: answer for name, answer in each.answers.items() if name != p.CHANNEL}
    if answers:
        yield "    answers:"
        yield from (f"      {name}: {_value(answer)}" for name, answer in answers.items())
    else:
        yield "    answers: {}"
    yield "    expect:"
    yield "      outcome:"


def _name(each: Suggestion, names: set[str]) -> str:
    """A name that no other has, made of the answers: the author has a better one."""
    stem = "; ".join(f"{name} {_word(answer)}" for name, answer in each.answers.items()) or "nothing is asked"
    name, number = stem, 1
    while name in names:
        number += 1
        name = f"{stem} ({number})"
    names.add(name)
    return name


def _word(answer: Answer) -> str:
    if isinstance(answer, tuple) and answer:
        return " and ".join(answer)
    # As keys of one map, yes and no would be one and nought.
    return str(answer) if isinstance(answer, str) or type(answer) is int else _WORDS[answer]


def _value(answer: Answer) -> str:
    if isinstance(answer, tuple):
        return f"[{', '.join(answer)}]"
    return "null" if answer is None else _word(answer)


def doubts(found: Suggested) -> Iterator[Diagnostic]:
    """What the suggestions do not come through, and whether there may be better ones."""
    where = "no case comes" if found.every else "none of the cases that were walked comes"
    for each in found.left:
        yield Diagnostic("PB506", f"{where} through {each.what}", each.span, severity=WARNING)
    if not found.every:
        message = "there are too many cases to walk them all: others may come through more"
        hint = "fill these in, and ask again; or name one protocol"
        yield Diagnostic("PB507", message, hint=hint, severity=WARNING)
    elif not found.fewest:
        yield Diagnostic("PB507", "these are few, and perhaps not the fewest", severity=WARNING)
