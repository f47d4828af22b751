"""The page of principles: each with everything that carries it out, taken from the pack that ships."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from playbook import scenarios
from playbook.pack import read_pack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.protocol import Action, Pack, Protocol

ROOT = Path(__file__).resolve().parent.parent
LOCALE = "en"


def shipped() -> Pack:
    """The pack that ships; `ValueError` where it has a fault."""
    loaded = read_pack(ROOT)
    if loaded.pack is None:
        raise ValueError(loaded.diagnostics)
    return loaded.pack


def label(principle: str) -> str:
    """How a principle is cited: `s1_3` is S1.3."""
    return principle.upper().replace("_", ".")


def carried(pack: Pack) -> dict[str, dict[str, list[str]]]:
    """By principle and kind of thing, the places in the pack that carry it out."""
    found: dict[str, dict[str, list[str]]] = {name: {} for name in pack.principles}
    for kind, place, carries in _carriers(pack):
        for name in carries:
            found[name].setdefault(kind, []).append(place)
    return found


def _carriers(pack: Pack) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Everything that may carry out principles: what kind of thing it is, where it stands, and which it carries."""
    for own in pack.protocols.values():
        yield "protocols", f"`{own.id}`", own.carries
    for question in pack.questions.values():
        yield "questions", f"`{question.id}`", question.carries
    for own in pack.protocols.values():
        yield from (("outcomes", f"`{own.id}.{each.id}`", each.carries) for each in own.outcomes.values())
    yield from _actions("playbook.yaml", pack.actions)
    for shared in pack.shared.values():
        yield from _actions(f"shared/{shared.id}", shared.actions)
    for own in pack.protocols.values():
        yield from _actions(own.id, own.actions)
        for outcome in own.outcomes.values():
            yield from _actions(f"{own.id}.{outcome.id}", outcome.actions)
    yield from (("red lines", f"`{each.id}`", each.carries) for each in pack.red_lines.values())
    for own in pack.protocols.values():
        yield from (("red lines", f"`{own.id}.{each.id}`", each.carries) for each in own.red_lines.values())


def _actions(place: str, actions: tuple[Action, ...]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for each in actions:
        yield "actions", f"“{each.do.say(LOCALE)}” (`{place}`)", each.carries


def decided(pack: Pack) -> dict[str, list[str]]:
    """By principle, the scenarios that it decides."""
    found: dict[str, list[str]] = {name: [] for name in pack.principles}
    for own in pack.protocols.values():
        for each in scenarios.read(pack, own.id).scenarios:
            if each.principle is not None:
                found[each.principle].append(f"{each.name} (`{own.id}`)")
    return found


def summary() -> str:
    """One line for each principle: how many things of each kind carry it out."""
    from tools.pages import table

    pack = shipped()
    kinds = ("protocols", "questions", "outcomes", "actions", "red lines")
    every, cases = carried(pack), decided(pack)
    rows = (
        (
            f"[{label(name)}](#{label(name).lower().replace('.', '')})",
            each.says.say(LOCALE),
            *(str(len(every[name].get(kind, [])) or "") for kind in kinds),
            str(len(cases[name]) or ""),
        )
        for name, each in pack.principles.items()
    )
    return table(("principle", "what it asks", *kinds, "scenarios"), rows)


def chapters() -> str:
    """A chapter for each principle: what it says, where it comes from, what carries it out, what it decides."""
    pack = shipped()
    every, cases = carried(pack), decided(pack)
    parts = []
    for name, each in pack.principles.items():
        source = f" *{each.source.say(LOCALE)}*" if each.source else ""
        lines = [f"### {label(name)}", "", f"{each.says.say(LOCALE)}{source}", ""]
        lines += [f"- {kind}: {'; '.join(places)}" for kind, places in every[name].items()]
        lines += [f"- decides the scenarios: {'; '.join(cases[name])}"] if cases[name] else []
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def outcomes() -> str:
    """A table of every protocol: its outcomes with their levels."""
    from tools.pages import table

    return table(("protocol", "what for", "outcomes (level)"), (_row(own) for own in shipped().protocols.values()))


def _row(own: Protocol) -> tuple[str, str, str]:
    ends = ", ".join(f"{each.title.say(LOCALE)} ({each.level})" for each in own.outcomes.values())
    return f"`{own.id}`", own.title.say(LOCALE), ends
