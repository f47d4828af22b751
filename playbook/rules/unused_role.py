"""A role that nothing is asked of.

## What it does

Finds roles of `playbook.yaml` that own no protocol, no action and no follow-up, and approve nothing.

## Why it matters

People believe that this role is called when it counts. It never is.

## Example

```yaml title="playbook.yaml"
roles:
  legal:  # PB606
    title:
      es: Asesoría jurídica
      en: Legal counsel
```

## Use instead

```yaml title="playbook.yaml"
roles:
  legal:
    title:
      es: Asesoría jurídica
      en: Legal counsel
```

```yaml title="protocols/parcel.yaml"
outcomes:
  make_right:
    approval: [legal, boss]
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic
from playbook.loader.opening import PACK_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB606", WARNING


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each role."""
    used = {own.owner for own in survey.pack.protocols.values()}
    used.update(action.owner for action in survey.actions)
    for outcome in survey.outcomes:
        used.update(outcome.approval)
        used.update({outcome.follow_up.owner} if outcome.follow_up else ())
    for name in survey.pack.roles:
        if name not in used:
            span = survey.places.key(PACK_FILE, "roles", name)
            hint = "have it own or approve something, or delete it"
            yield Diagnostic(CODE, f"nothing is asked of the role `{name}`", span, hint, SEVERITY)
