"""A text that lacks a language of the pack.

## What it does

Finds texts for people that are written for some locales of the pack and not for all: a map without one of them, or a
sentence on its own that is not given by locale. A single word, a name or a number may stand on its own: it is the same
in every language. Templates that lack a locale are PB201.

## Why it matters

At three in the morning the person on duty reads a question in a language they do not speak.

## Example

```yaml title="protocols/parcel.yaml"
questions:
  days:
    help:  # PB610
      es: Cuenta desde el día prometido.
```

## Use instead

```yaml title="protocols/parcel.yaml"
questions:
  days:
    help:
      es: Cuenta desde el día prometido.
      en: Count from the day that was promised.
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic
from playbook.source.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.source.nodes import Node
    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB610", WARNING
_NAMES = frozenset(("contact", "who", "reach", "name", "signature", "source"))
"""What is often no language at all: an address, a person, a title."""


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each text."""
    locales = survey.pack.locales
    for each in survey.texts:
        if isinstance(each.node, Mapping) and all(isinstance(each.node.entries.get(one), Scalar) for one in locales):
            continue
        alone = isinstance(each.node, Scalar)
        if alone and (len(locales) == 1 or each.key in _NAMES or not _is_sentence(each.node)):
            continue
        spoken = {locale for locale, _ in each.spoken(locales[0])}
        missing = [locale for locale in locales if locale not in spoken]
        span = survey.places.head(each.source.position(each.node))
        listed = " and ".join(f"`{locale}`" for locale in missing)
        hint = f"write it by locale: `{locales[0]}:` and `{missing[0]}:`" if alone else f"add `{missing[0]}:`"
        yield Diagnostic(CODE, f"this text is not there in {listed}", span, hint, SEVERITY)


def _is_sentence(node: Node) -> bool:
    """Whether there is more than one word."""
    return isinstance(node, Scalar) and " " in node.text.strip()
