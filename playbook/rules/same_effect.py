"""Two outcomes that come to the same.

## What it does

Finds outcomes of one protocol that agree in everything but their names and reasons: level, stance, marks, replies,
actions, approval, follow-up, deadlines and what to avoid.

## Why it matters

The tree tells cases apart that are treated alike, and every change must be made twice.

## Example

```yaml title="protocols/parcel.yaml"
outcomes:
  wait:
    title: {es: Esperar, en: Wait}
    level: 0
    because: {es: Aún no se sabe., en: It is not known yet.}
    source: {es: Contrato, en: Contract}
    reply:
      silence: {es: Nadie pregunta nada., en: Nobody asks anything.}
    follow_up:
      owner: team
      within: 1wd
      check: {es: Mira si ha llegado., en: See whether it has arrived.}
  wait_on:  # PB630
    title: {es: Seguir esperando, en: Wait on}
    level: 0
    because: {es: Sigue sin saberse., en: It is still not known.}
    source: {es: Contrato, en: Contract}
    reply:
      silence: {es: Nadie pregunta nada., en: Nobody asks anything.}
    follow_up:
      owner: team
      within: 1wd
      check: {es: Mira si ha llegado., en: See whether it has arrived.}
```

## Use instead

```yaml title="protocols/parcel.yaml"
outcomes:
  wait:
    title: {es: Esperar, en: Wait}
    level: 0
    because: {es: Aún no se sabe., en: It is not known yet.}
    source: {es: Contrato, en: Contract}
    reply:
      silence: {es: Nadie pregunta nada., en: Nobody asks anything.}
    follow_up:
      owner: team
      within: 1wd
      check: {es: Mira si ha llegado., en: See whether it has arrived.}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.protocol import Outcome, Text
    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB630", WARNING


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each outcome that repeats one above it."""
    first: dict[str, Outcome] = {}
    for outcome in survey.outcomes:
        same = first.setdefault(repr((outcome.protocol, _effect(outcome))), outcome)
        if same is not outcome:
            span = survey.places.head(outcome.span)
            hint = f"lead to `{same.id}`, or say what is different"
            yield Diagnostic(CODE, f"`{outcome.id}` comes to the same as `{same.id}`", span, hint, SEVERITY)


def _effect(outcome: Outcome) -> tuple[object, ...]:
    """All that somebody notices of an outcome."""
    follow = outcome.follow_up
    sides = (outcome.reply.public, outcome.reply.private)
    return (
        outcome.level,
        outcome.stance,
        sorted(outcome.marks),
        [side and (side.template, [_words(each) for each in side.own_words]) for side in sides],
        outcome.answer_within,
        [
            (_words(each.do), each.owner, each.within, each.when and each.when.text, sorted(each.marks))
            for each in outcome.actions
        ],
        sorted(outcome.approval),
        follow and (follow.owner, _words(follow.check), follow.within, follow.every, follow.lasting),
        [(_words(each.say), each.when and each.when.text) for each in outcome.avoid],
    )


def _words(text: Text) -> dict[str, str]:
    return dict(sorted(text.by_locale.items()))
