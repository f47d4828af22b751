"""playbook.yaml: who we are, and the names that protocols may use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playbook import channels
from playbook import protocol as p
from playbook import shape as s
from playbook.conditions.condition import Kind
from playbook.diagnostics import Span
from playbook.loader.reader import Vocabulary, names
from playbook.loader.values import is_clock
from playbook.record import Record
from playbook.source.nodes import Mapping, Scalar, Sequence, as_int

if TYPE_CHECKING:
    from collections.abc import Mapping as Mapping_

    from playbook.loader.reader import Reader
    from playbook.source.nodes import Node

FILE = "playbook.yaml"
REGISTERS = ("tu", "usted")
SEVERITIES = ("error", "warning", "off")
_EASIEST = 100
_CODE = re.compile(r"PB[0-9]{3}\Z")
_LOCALE = re.compile(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_[A-Z]{2})?\Z")
_LATER = frozenset(("actions", "avoid", "red_lines"))


class Identity(Record):
    """What playbook.yaml says apart from conditions."""

    brand: p.Brand
    register: str
    locales: tuple[str, ...]
    roles: dict[str, p.Role]
    channels: dict[str, channels.Channel]
    limits: dict[str, p.Limit]
    principles: dict[str, p.Principle]
    marks: dict[str, p.Text]
    stances: dict[str, p.Text]
    style: dict[str, tuple[tuple[str, str], ...]]
    hours: p.Hours | None
    severities: dict[str, str]
    reading_ease: dict[str, int]


def vocabulary(node: Node | None) -> Vocabulary:
    """The names that playbook.yaml gives, taken before its values are read."""
    names = {key: _keys(node, key) for key in ("roles", "marks", "stances", "principles")}
    listed = node.entries.get("locales") if isinstance(node, Mapping) else None
    locales = (
        tuple(item.text for item in listed.items if isinstance(item, Scalar)) if isinstance(listed, Sequence) else ()
    )
    return Vocabulary(locales or None, names["roles"] or None, names["marks"], names["stances"], names["principles"])


def _keys(node: Node | None, key: str) -> tuple[str, ...] | None:
    """The names under a key: none where it is left out, None where they cannot be told."""
    if not isinstance(node, Mapping):
        return None
    part = node.entries.get(key)
    if isinstance(part, Mapping):
        return tuple(part.entries)
    # A misspelt key may be this one, unless a single value stands under it.
    told = all(name in s.PACK.names or isinstance(child, Scalar) for name, child in node.entries.items())
    return () if part is None and told else None


def limits(node: Node | None) -> Mapping_[str, int | None]:
    """The numbers of playbook.yaml by name, None where one is no number."""
    names = _keys(node, "limits")
    if names is None:
        return _Any()
    values = {name: _part(node, "limits", name, "value") for name in names}
    return {name: as_int(value) if isinstance(value, Scalar) else None for name, value in values.items()}


class _Any(dict[str, None]):
    """Limits that could not be read: every name may be one of them."""

    def __contains__(self, name: object) -> bool:
        return True


def identity(reader: Reader, node: Node | None, *, whole: bool) -> Identity:
    """Everything of playbook.yaml that no condition belongs to, with something in place of what was refused.

    Principles are read with the `whole` pack only: no case needs their words, and nobody should wait for them in one.
    """
    without = _LATER if whole else _LATER | {"principles"}
    values: dict[str, Any] = reader.values(node, s.PACK, without=without) if node else {}
    brand, hours = values.get("brand", {}), values.get("hours")
    _check_locales(reader, node)
    _check_hours(reader, node)
    return Identity(
        brand=p.Brand(brand.get("name", ""), brand.get("signature", p.Text({}, "")), brand.get("contact", {})),
        register=_register(reader, node, values.get("register", "tu")),
        locales=values.get("locales", ()),
        roles={
            name: p.Role(name, each["title"], each.get("who"), each.get("reach"))
            for name, each in values.get("roles", {}).items()
        },
        channels=_channels(reader, node, values.get("channels", {})),
        limits={name: p.Limit(each["value"], each["because"]) for name, each in values.get("limits", {}).items()},
        principles=values.get("principles", {}),
        marks=values.get("marks", {}),
        stances=values.get("stances", {}),
        style=_style(reader, values.get("style")),
        hours=p.Hours(**hours) if hours else None,
        severities=_severities(reader, values.get("lint")),
        reading_ease=_reading_ease(reader, values.get("reading_ease")),
    )


def names_told(node: Node | None, identity: Identity) -> bool:
    """Whether every limit and channel of playbook.yaml could be read: conditions are about their numbers and ids."""
    told = (("limits", identity.limits), ("channels", identity.channels))
    return all((names := _keys(node, key)) is not None and set(names) <= found.keys() for key, found in told)


def _part(node: Node | None, *path: str) -> Node | None:
    """What stands under these keys."""
    for key in path:
        node = node.entries.get(key) if isinstance(node, Mapping) else None
    return node


def _register(reader: Reader, node: Node | None, register: str) -> str:
    written = _part(node, "register")
    if written is not None and register not in REGISTERS:
        reader.refuse("PB036", f"`{register}` is no register", reader.span(written), "`tu` or `usted`")
    return register


def _check_locales(reader: Reader, node: Node | None) -> None:
    listed = _part(node, "locales")
    if not isinstance(listed, Sequence):
        return
    if not listed.items:
        hint = "list at least one: `locales: [es, en]`"
        reader.refuse("PB036", "there are no locales", reader.span(listed), hint)
    seen = set()
    for item in listed.items:
        if not isinstance(item, Scalar) or not item.text.strip():
            continue
        if not _LOCALE.match(item.text):
            hint = "a language, or with a country: `es`, `es_MX`"
            reader.refuse("PB036", f"`{item.text}` is no locale", reader.span(item), hint)
        elif item.text in seen:
            reader.refuse("PB036", f"`{item.text}` is listed twice", reader.span(item), "leave one out")
        seen.add(item.text)


def _check_hours(reader: Reader, node: Node | None) -> None:
    days = _part(node, "hours", "days")
    if isinstance(days, Sequence) and not days.items:
        reader.refuse("PB036", "there are no working days", reader.span(days), "list them: `days: [mon, tue]`")
    opens, closes = _part(node, "hours", "from"), _part(node, "hours", "to")
    if opens is not None and closes is not None:
        _check_span(reader, opens, closes)
    elif (alone := opens or closes) is not None and reader.whole_keys(_part(node, "hours"), s.HOURS):
        there, lacking = ("from", "to") if closes is None else ("to", "from")
        message = f"these hours have `{there}`, but no `{lacking}`"
        reader.refuse("PB031", message, reader.span(alone), "say both, or neither")


def _check_span(reader: Reader, opens: Node, closes: Node) -> None:
    if not (
        isinstance(opens, Scalar) and isinstance(closes, Scalar) and is_clock(opens.text) and is_clock(closes.text)
    ):
        return
    if opens.text >= closes.text:
        hint = "`from` is earlier than `to`, on the same day"
        reader.refuse("PB036", f"`{closes.text}` is not after `{opens.text}`", reader.span(closes), hint)


def _style(reader: Reader, node: Node | None) -> dict[str, tuple[tuple[str, str], ...]]:
    locales = reader.vocabulary.locales
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    if node is None:
        return found
    if not isinstance(node, Mapping):
        reader.unlike(node, "a map from locales to phrases")
        return found
    for locale, child in node.entries.items():
        if locales and locale not in locales:
            message = f"`{locale}` is no locale of this pack"
            reader.refuse("PB034", message, reader.key_span(node, locale), reader.near(locale, locales))
            continue
        phrases = reader.several(child, s.PHRASE)
        if isinstance(phrases, tuple):
            found[locale] = tuple((each["avoid"], each["because"]) for each in phrases)
    return found


def _reading_ease(reader: Reader, node: Node | None) -> dict[str, int]:
    """The numbers by locale, each from 0 to 100."""
    locales = reader.vocabulary.locales
    found: dict[str, int] = {}
    if node is None:
        return found
    if not isinstance(node, Mapping):
        reader.unlike(node, "a map from locales to numbers")
        return found
    for key, child in node.pairs():
        number = as_int(child) if isinstance(child, Scalar) else None
        if locales and key.text not in locales:
            message = f"`{key.text}` is no locale of this pack"
            reader.refuse("PB034", message, reader.span(key), reader.near(key.text, locales))
        elif number is None or not 0 <= number <= _EASIEST:
            reader.unlike(child, f"a whole number from 0 to {_EASIEST}")
        else:
            found[key.text] = number
    return found


def _severities(reader: Reader, node: Node | None) -> dict[str, str]:
    """How grave findings are by their codes; which codes there are is not known here."""
    if node is None:
        return {}
    if not isinstance(node, Mapping):
        reader.unlike(node, "a map from codes to severities")
        return {}
    for key, child in node.pairs():
        if not _CODE.match(key.text):
            hint = "a code is written as in a finding: `PB601`"
            reader.refuse("PB036", f"`{key.text}` is no code", reader.span(key), hint)
        reader.one_of(child, SEVERITIES, "severity")
    return {key.text: child.text for key, child in node.pairs() if isinstance(child, Scalar)}


def _channels(reader: Reader, node: Node | None, values: dict[str, Any]) -> dict[str, channels.Channel]:
    found = dict(channels.shipped())
    for name, each in values.items():
        written = _part(node, "channels", name)
        if name not in found and isinstance(written, Mapping) and "name" not in written.entries:
            hint = f"add `name`; the channels that ship are {names(found)}"
            reader.refuse("PB062", f"`{name}` is a new channel without a name", reader.span(written), hint)
        limits = _part(written, "limits")
        for limit in limits.items if isinstance(limits, Sequence) else ():
            count = _part(limit, "count")
            number = as_int(count) if isinstance(count, Scalar) else None
            if count is not None and number is not None and number < 1:
                reader.refuse("PB062", f"`{number}` is no length", reader.span(count), "one or more")
        found[name] = _overlaid(each, found.get(name) or channels.Channel(name, p.Text({}, "en")))
    return found


def _overlaid(each: dict[str, Any], shipped: channels.Channel) -> channels.Channel:
    changes: dict[str, Any] = {key: each[key] for key in ("name", "private", "theirs", "thread") if key in each}
    if "limits" in each:
        changes["limits"] = tuple(channels.Limit(limit["count"], limit["unit"]) for limit in each["limits"])
        changes["certain"] = True
    if "answer_within" in each:
        changes["answer_within"] = str(each["answer_within"])
    return shipped._replace(**changes)


def channel_kind(identity: Identity) -> Kind:
    """What conditions may say of the channel."""
    private = frozenset(name for name, each in identity.channels.items() if each.private)
    theirs = frozenset(name for name, each in identity.channels.items() if each.theirs)
    return Kind(p.CHOICE, tuple(identity.channels), properties={"private": private, "theirs": theirs})


def channel_question(identity: Identity) -> p.Question:
    """The built-in question: where the person wrote."""
    words = {"es": "¿En qué canal ha escrito la persona?", "en": "Which channel did the person write on?"}
    choices = tuple(p.Choice(name, each.name) for name, each in identity.channels.items())
    return p.Question(p.CHANNEL, p.CHOICE, p.Text(words, "en"), Span(FILE), choices=choices)
