"""A reply that can be too long for its channel.

## What it does

Works out how long each reply can become, in the pack's register: each branch as its conditions allow, texts as long as
their questions permit, the longest choice and date, counted as the channel counts. Found is a template that can pass
the limit of a channel on which its side is told, and whose short variant, where there is one, can too. Channels on
which a long reply may be a thread are left out, and those whose limit the platform itself does not give. A condition
that is written twice in a template is true in both places or in neither; different conditions are taken to be
independent, so a length may be named that no case quite reaches. The hint names the budget of each text that is
printed: how many characters its answer may have, with everything else at its longest.

## Why it matters

It is found out when the reply is pasted, by somebody in a hurry, who then cuts the end off: the part with the help.

## Example

```yaml title="playbook.yaml"
channels:
  board:
    name: {es: Tablón, en: Board}
    limits:
      - {count: 60, unit: characters}
```

```jinja title="templates/en/parcel/explain.j2"
{# PB617 #}We have looked at all of it, and write to you {{ due.follow_up|when }}.
```

## Use instead

```jinja title="templates/en/parcel/explain.j2"
We have looked at all of it, and write to you {{ due.follow_up|when }}.
```

```jinja title="templates/en/parcel/explain.short.j2"
We write to you at {{ due.follow_up|time }}.
```

```yaml title="playbook.yaml"
channels:
  board:
    name: {es: Tablón, en: Board}
    limits:
      - {count: 60, unit: characters}
```
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from playbook import channels
from playbook.diagnostics import WARNING, Diagnostic, Span
from playbook.replies import wording
from playbook.survey.longest import Longest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playbook.channels import Channel, Measure
    from playbook.protocol import Outcome, Side
    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB617", WARNING
_MOST: dict[str, Callable[[str], float]] = {
    "characters": len,
    "graphemes": len,
    "utf16": lambda text: 2 * len(text),
    "utf8": lambda text: 4 * len(text),
}
"""What a text counts at most in a unit, where that is quick to say."""


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each file, with the channel that it passes by most."""
    longest = Longest(survey)
    worst: dict[str, tuple[float, Diagnostic]] = {}
    seen: set[tuple[str, str, str, str]] = set()
    for outcome in survey.outcomes:
        for side in (outcome.reply.public, outcome.reply.private):
            if side is None or side.template is None:
                continue
            for locale, channel in product(survey.pack.locales, _where(survey, outcome, side)):
                if (key := (outcome.protocol, side.template, locale, channel.id)) in seen:
                    continue
                seen.add(key)
                found = wording.find(survey.pack, outcome, side.template, locale, channel.id)
                over = _over(longest, channel, found) if found else None
                if over is not None and over[0] > worst.get(path := str(over[1].span), (0.0,))[0]:
                    worst[path] = over
    yield from (each for _, each in worst.values())


def _much(text: str) -> float:
    """More than any limit: it has to be counted."""
    return float("inf") if text else 0.0


def _where(survey: Survey, outcome: Outcome, side: Side) -> Iterator[Channel]:
    """The channels on which a side is told, with a limit that is sure and that no thread gets around."""
    for channel in survey.pack.channels.values():
        told = channel.private if side is outcome.reply.private else not channel.private or not outcome.reply.private
        if channel.limits and channel.certain and not channel.thread and told:
            yield channel


def _over(longest: Longest, channel: Channel, found: wording.Found) -> tuple[float, Diagnostic] | None:
    """By how much a reply can pass the limit, as a share of it; None where it never does."""
    path, hint = found.path, "say less, or write a variant `.short.j2`"
    measure = _measured(longest, channel, path)
    if measure is not None and found.short is not None:
        path, hint = found.short, "say less"
        measure = _measured(longest, channel, path)
    if measure is None:
        return None
    message = f"on {channel.name.say('en')} this can come to {measure.length} of {measure.limit} {measure.unit}"
    hint += _budgets(longest.survey, channel, path)
    return measure.over / max(measure.limit or 1, 1), Diagnostic(CODE, message, Span(path), hint, SEVERITY)


def _budgets(survey: Survey, channel: Channel, path: str) -> str:
    """How long each text may be that is printed, with all else at its longest, for those that still may be anything."""
    told = []
    for name in Longest(survey).texts(path):
        room = _room(survey, channel, path, name)
        if room:
            told.append(f"`{name}` has room for {room} of its {survey.pack.questions[name].longest} characters")
    return "".join(f"; {each}" for each in told)


def _room(survey: Survey, channel: Channel, path: str, name: str) -> int:
    """The most characters of an answer with which the reply fits; 0 where it does not even without."""
    low, high = -1, survey.pack.questions[name].longest
    while high - low > 1:
        middle = (low + high) // 2
        fits = _measured(Longest(survey, room={name: middle}), channel, path) is None
        low, high = (middle, high) if fits else (low, middle)
    return max(low, 0)


def _measured(longest: Longest, channel: Channel, path: str) -> Measure | None:
    """How long the longest text is; None where it fits."""
    measure = None
    for text in (longest.bound(path, channel.id), longest.text(path, channel.id)):
        if all(_MOST.get(limit.unit, _much)(text) <= limit.count for limit in channel.limits):
            return None
        measure = channels.measure(text, channel)
        if measure.fits:
            return None
    return measure
