"""What differs in words alone: texts by where they stand, and what is kept about a protocol and decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.protocol import Protocol, Shared
from playbook.record import Record
from playbook.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playbook.protocol import Pack

ABOUT = ("owner", "review_by", "sources", "carries", "at_most")
"""What is kept of a protocol and is neither a text nor decides anything."""
WORDS = ("brand", "register", "roles", "principles", "marks", "stances", "style", "hours", "limits", "channels")


class Reworded(Record):
    """A text that reads otherwise: where it stands, and both."""

    place: str
    before: str
    after: str


def reworded(before: object, after: object, locale: str) -> list[Reworded]:
    """The texts that differ, told in one language where they differ in it, else in any; also those that one lacks.

    What is new or gone as a whole, an action above all, is told as a change of behaviour.
    """
    old, new = dict(_texts(before, ())), dict(_texts(after, ()))
    both = {path[:2] for path in old} & {path[:2] for path in new}
    found = []
    for path in {**old, **new}:
        text, other = old.get(path, _NOTHING), new.get(path, _NOTHING)
        lacking = (path not in old or path not in new) and (path[:2] not in both or not _DEEDS.isdisjoint(path))
        if text.by_locale != other.by_locale and not lacking:
            told = _first_that_differs(text, other, locale)
            found.append(Reworded(" ".join(path), text.by_locale.get(told, ""), other.by_locale.get(told, "")))
    return found


_DEEDS = frozenset(("action", "avoid", "actions", "choices"))
_NOTHING = Text({}, "")


def _first_that_differs(one: Text, other: Text, locale: str) -> str:
    for each in (locale, *one.by_locale, *other.by_locale):
        if one.by_locale.get(each) != other.by_locale.get(each):
            return each
    raise AssertionError(one)  # pragma: no cover - they differ


def _texts(part: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Text]]:
    """All texts below a part, by the names that lead there."""
    if isinstance(part, Text):
        yield path, part
    elif isinstance(part, dict):
        for name, each in part.items():
            yield from _texts(each, (*path, str(name)))
    elif isinstance(part, tuple):
        fields = getattr(part, "_fields", None)
        names = fields or [str(at) for at in range(1, len(part) + 1)]
        # The steps hold no words, and the entry is made of first lines.
        for name, each in zip(names, part, strict=True):
            if name == "template" and each is not None:
                yield (*path, name), Text({"": each}, "")  # a name, in no language
            elif name not in ("span", "default"):
                yield from _texts(each, (*path, name))


def about(before: Protocol, after: Protocol) -> tuple[str, ...]:
    """The keys of a protocol that differ and decide nothing."""
    return tuple(each for each in ABOUT if _bare(getattr(before, each)) != _bare(getattr(after, each)))


def _bare(value: object) -> object:
    """A value without the places where it stands."""
    if isinstance(value, tuple):
        return tuple(
            _bare(each) for name, each in zip(getattr(value, "_fields", value), value, strict=True) if name != "span"
        )
    return value


def settings(before: Pack, after: Pack) -> tuple[str, ...]:
    """The keys of playbook.yaml that differ and decide nothing by themselves."""
    return tuple(each for each in WORDS if _plain(getattr(before, each)) != _plain(getattr(after, each)))


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return _bare(value)


def parts(own: Protocol | Shared) -> Mapping[str, object]:
    """The parts of a file that hold words."""
    found: dict[str, object] = {"question": own.questions, "fact": own.facts, "action": own.actions, "avoid": own.avoid}
    if isinstance(own, Protocol):
        found |= {"title": own.title, "outcome": own.outcomes, "red line": own.red_lines}
    return found
