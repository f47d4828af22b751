"""A reply that can be too long for its channel.

## What it does

Works out how long each reply can become, in the pack's register: each branch as its conditions allow, texts as long as
their questions permit, the longest choice and date. Where that passes the limit of a channel on which the side is told,
and neither a short variant, nor one for the channel, nor a thread would fit, the longest text is measured as the channel
counts. A condition that is written twice in a template is true in both places or in neither; other conditions are
taken to be independent, so a length may be named that no case quite reaches.

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

```jinja title="templates/es/parcel/explain.j2"
Ya escribimos.
```

```jinja title="templates/es/parcel/apologise.j2"
Ya escribimos.
```

```jinja title="templates/es/parcel/make_right.j2"
Ya escribimos.
```

```jinja title="templates/en/parcel/apologise.j2"
We write soon.
```

```jinja title="templates/en/parcel/make_right.j2"
We write soon.
```

## Use instead

```jinja title="templates/en/parcel/explain.short.j2"
We write to you {{ due.follow_up|time }}.
```

```yaml title="playbook.yaml"
channels:
  board:
    name: {es: Tablón, en: Board}
    limits:
      - {count: 60, unit: characters}
```

```jinja title="templates/es/parcel/explain.j2"
Ya escribimos.
```

```jinja title="templates/es/parcel/apologise.j2"
Ya escribimos.
```

```jinja title="templates/es/parcel/make_right.j2"
Ya escribimos.
```

```jinja title="templates/en/parcel/apologise.j2"
We write soon.
```

```jinja title="templates/en/parcel/make_right.j2"
We write soon.
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import channels
from playbook.diagnostics import WARNING, Diagnostic, Span
from playbook.replies import wording
from playbook.survey.longest import Longest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.channels import Channel
    from playbook.protocol import Outcome
    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB617", WARNING
_BYTES = 4
"""Most units that a character counts, in whatever unit."""


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each file, with the channel that it passes by most."""
    longest = Longest(survey)
    worst: dict[str, tuple[float, Diagnostic]] = {}
    for outcome in survey.outcomes:
        for side in ("public", "private"):
            said = getattr(outcome.reply, side)
            if said is None or said.template is None:
                continue
            for locale in survey.pack.locales:
                for channel in _where(survey, outcome, side):
                    found = wording.find(survey.pack, outcome, said.template, locale, channel.id)
                    for share, each in _over(survey, longest, outcome, channel, found) if found else ():
                        path = each.span.file if each.span else ""
                        if share > worst.get(path, (0.0, each))[0]:
                            worst[path] = (share, each)
    yield from (each for _, each in worst.values())


def _where(survey: Survey, outcome: Outcome, side: str) -> Iterator[Channel]:
    """The channels with a limit on which a side is told."""
    for channel in survey.pack.channels.values():
        told = channel.private if side == "private" else not channel.private or outcome.reply.private is None
        if channel.limits and told:
            yield channel


def _over(
    survey: Survey, longest: Longest, outcome: Outcome, channel: Channel, found: wording.Found
) -> Iterator[tuple[float, Diagnostic]]:
    """By how much a reply can pass the limit, as a share of it."""
    fewest = (
        min(limit.count for limit in channel.limits if limit.unit != "segments")
        if any(limit.unit != "segments" for limit in channel.limits)
        else 0
    )
    path = found.path
    for path in (found.path, found.short):
        if path is None:
            return
        text = longest.text(outcome, path, channel.id)
        if len(text) * _BYTES <= fewest:
            return
        measure = channels.measure(text, channel)
        if measure.fits or not measure.certain or channels.thread(text, channel):
            return
        if path == found.path and found.short is not None:
            continue
        name = channel.name.say("en")
        message = f"on {name} this can come to {measure.length} of {measure.limit} {measure.unit}"
        hint = "say less" if path == found.short else "say less, or write a variant `.short.j2`"
        span = Span(path)
        yield measure.over / max(measure.limit or 1, 1), Diagnostic(CODE, message, span, hint, SEVERITY)
        return
