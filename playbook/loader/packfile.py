"""playbook.yaml: who we are, and the names that protocols may use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from playbook import channels, counting
from playbook import protocol as p
from playbook import shape as s
from playbook.condition import Kind
from playbook.diagnostics import Span
from playbook.loader.reader import Vocabulary
from playbook.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from playbook.loader.reader import Reader
    from playbook.nodes import Node

FILE = "playbook.yaml"
REGISTERS = ("tu", "usted")
_LOCALE = re.compile(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_[A-Z]{2})?\Z")
_LATER = frozenset(("actions", "avoid", "red_lines"))


class Identity(NamedTuple):
    """What playbook.yaml says apart from conditions."""

    brand: p.Brand
    register: str
    locales: tuple[str, ...]
    roles: dict[str, p.Role]
    channels: dict[str, channels.Channel]
    limits: dict[str, p.Limit]
    marks: dict[str, p.Text]
    stances: dict[str, p.Text]
    style: dict[str, tuple[tuple[str, str], ...]]
    hours: p.Hours | None


def vocabulary(node: Node | None) -> Vocabulary:
    """The names that playbook.yaml gives, taken before its values are read."""
    entries = node.entries if isinstance(node, Mapping) else {}
    names = {}
    for key in ("roles", "marks", "stances"):
        part = entries.get(key)
        names[key] = tuple(part.entries) if isinstance(part, Mapping) else ()
    listed = entries.get("locales")
    items = listed.items if isinstance(listed, Sequence) else []
    locales = tuple(item.text for item in items if isinstance(item, Scalar))
    return Vocabulary(locales or ("en",), **names)


def limits(node: Node | None) -> dict[str, int]:
    """The numbers of playbook.yaml by name, as far as they are numbers."""
    part = node.entries.get("limits") if isinstance(node, Mapping) else None
    found = {}
    for name, child in part.entries.items() if isinstance(part, Mapping) else ():
        value = child.entries.get("value") if isinstance(child, Mapping) else None
        if isinstance(value, Scalar) and re.fullmatch(r"-?[0-9]{1,15}", value.text):
            found[name] = int(value.text)
    return found


def identity(reader: Reader, node: Node) -> Identity | None:
    """Everything of playbook.yaml that no condition belongs to; None where a part of it could not be read."""
    values = reader.record(node, s.PACK, only=frozenset(s.PACK.names) - _LATER)
    if values is None or any(values.get(key) is None for key in ("brand", "locales", "roles")):
        return None
    _check_locales(reader, node)
    brand = values["brand"]
    roles = {name: p.Role(name, each["title"], each.get("who"), each.get("reach")) for name, each in _maps(values, "roles")}
    found = {name: p.Limit(each["value"], each["because"]) for name, each in _maps(values, "limits")}
    hours = values.get("hours")
    return Identity(
        brand=p.Brand(brand["name"], brand["signature"], brand.get("contact", {})),  # type: ignore[index,attr-defined]
        register=_register(reader, node, values.get("register", "tu")),
        locales=values["locales"],  # type: ignore[arg-type]
        roles=roles,
        channels=_channels(reader, node, values),
        limits=found,
        marks=values.get("marks", {}),  # type: ignore[arg-type]
        stances=values.get("stances", {}),  # type: ignore[arg-type]
        style=_style(reader, values.get("style")),
        hours=p.Hours(hours["days"], hours.get("holidays", ())) if isinstance(hours, dict) else None,
    )


def _maps(values: dict[str, object], key: str) -> list[tuple[str, dict[str, object]]]:
    found = values.get(key, {})
    return list(found.items()) if isinstance(found, dict) else []  # type: ignore[arg-type]


def _register(reader: Reader, node: Node, register: object) -> str:
    if register not in REGISTERS and isinstance(node, Mapping):
        reader.refuse("PB036", f"`{register}` is no register", reader.span(node.entries["register"]), "`tu` or `usted`")
    return str(register)


def _check_locales(reader: Reader, node: Node) -> None:
    listed = node.entries["locales"] if isinstance(node, Mapping) else None
    if isinstance(listed, Sequence):
        if not listed.items:
            reader.refuse("PB036", "there are no locales", reader.span(listed), "list at least one: `locales: [es, en]`")
        for item in listed.items:
            if isinstance(item, Scalar) and not _LOCALE.match(item.text):
                reader.refuse("PB036", f"`{item.text}` is no locale", reader.span(item), "a language, or with a country: `es`, `es_MX`")


def _style(reader: Reader, node: object) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    if node is None:
        return found
    if not isinstance(node, Mapping):
        reader.unlike(node, "a map from locales to phrases")  # type: ignore[arg-type]
        return found
    for locale, child in node.entries.items():
        if locale not in reader.vocabulary.locales:
            reader.refuse("PB034", f"`{locale}` is no locale of this pack", reader.key_span(node, locale))
            continue
        phrases = reader.several(child, s.PHRASE)
        if isinstance(phrases, tuple):
            found[locale] = tuple((each["avoid"], each["because"]) for each in phrases)
    return found


def _channels(reader: Reader, node: Node, values: dict[str, object]) -> dict[str, channels.Channel]:
    found = dict(channels.shipped())
    part = node.entries.get("channels") if isinstance(node, Mapping) else None
    for name, each in _maps(values, "channels"):
        if "name" not in each and name not in found and isinstance(part, Mapping):
            hint = "add `name`; the channels that ship are " + ", ".join(f"`{known}`" for known in found)
            reader.refuse("PB062", f"`{name}` is a new channel without a name", reader.key_span(part, name), hint)
            continue
        found[name] = _overlaid(reader, part, name, each, found.get(name))
    return found


def _overlaid(reader: Reader, part: Node | None, name: str, each: dict[str, object], shipped: channels.Channel | None) -> channels.Channel:
    changes = {key: each[key] for key in ("private", "theirs", "thread") if key in each}
    label = each.get("name")
    if isinstance(label, p.Text):
        changes["name"] = label
    if "limits" in each:
        changes["limits"] = tuple(channels.Limit(limit["count"], limit["unit"]) for limit in each["limits"])  # type: ignore[attr-defined]
        changes["certain"] = True
        for limit in changes["limits"]:
            if limit.unit not in counting.UNITS and isinstance(part, Mapping):
                reader.refuse("PB062", f"`{limit.unit}` is no unit", reader.key_span(part, name), "one of " + ", ".join(f"`{unit}`" for unit in counting.UNITS))
    if "answer_within" in each:
        changes["answer_within"] = str(each["answer_within"])
    base = shipped or channels.Channel(name, p.Text({}, "en"))
    return base._replace(**changes)  # type: ignore[arg-type]


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
