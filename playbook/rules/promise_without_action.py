"""A reply that promises something that nobody is asked to do.

## What it does

Looks for promises in replies ("we will call you", "te escribimos", "vamos a revisar") of outcomes that have neither an
action of their own nor a follow-up. The words are a short list in Spanish and English; who does what is read from the
outcome.

## Why it matters

A promise that no one has on their list is broken on the day, in public.

## Example

```yaml title="protocols/parcel.yaml"
outcomes:
  wait:  # PB623
    title: {es: Esperar, en: Wait}
    level: 0
    because: {es: Aún no se sabe., en: It is not known yet.}
    source: {es: Contrato, en: Contract}
    reply:
      public: wait
```

```jinja title="templates/en/parcel/wait.j2"
We will call you tomorrow.{# PB613 #}
```

```jinja title="templates/es/parcel/wait.j2"
Hola, hemos recibido el mensaje.
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
      public: wait
    follow_up:
      owner: team
      within: 1wd
      check: {es: Llama a la persona., en: Call the person.}
```

```jinja title="templates/en/parcel/wait.j2"
We will call you {{ due.follow_up|when }}.
```

```jinja title="templates/es/parcel/wait.j2"
Hola, hemos recibido el mensaje.
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import WARNING, Diagnostic
from playbook.replies.style import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playbook.survey.survey import Survey

CODE, SEVERITY = "PB613", WARNING
_PHRASES: Mapping[str, tuple[str, ...]] = {
    "es": (
        "te escribimos", "le escribimos", "te escribiremos", "le escribiremos", "te llamamos", "le llamamos",
        "te llamaremos", "le llamaremos", "te llama", "le llama", "te diremos", "le diremos", "te contestaremos",
        "le contestaremos", "te informaremos", "le informaremos", "te avisaremos", "le avisaremos", "te avisamos",
        "le avisamos", "vamos a revisar", "vamos a mirar", "lo revisaremos", "lo miraremos", "te devolveremos",
        "le devolveremos", "te enviaremos", "le enviaremos", "nos pondremos en contacto",
    ),
    "en": (
        "we will call", "we'll call", "we will write", "we'll write", "we will let you know", "we'll let you know",
        "we will get back", "we'll get back", "we will come back", "we'll come back", "we will look into",
        "we'll look into", "we will check", "we'll check", "we will send", "we'll send", "we will refund",
        "we'll refund", "we will contact", "we'll contact", "we will be in touch", "we'll be in touch",
        "we will keep you", "we'll keep you",
    ),
}  # fmt: skip


def check(survey: Survey) -> Iterator[Diagnostic]:
    """One for each place, with the first outcome that says it."""
    wanted = {each: {fold(one): one for one in _PHRASES.get(each[:2], ())} for each in survey.pack.locales}
    hint = "give the outcome an action or a `follow_up` with an owner, or do not promise it"
    for spoken in survey.spoken:
        idle = next((each for each in spoken.outcomes if not each.actions and not each.follow_up), None)
        if idle is not None:
            phrases = wanted[spoken.locale]
            for folded, span in spoken.phrases(phrases):
                message = (
                    f"`{phrases[folded]}` is a promise, and the outcome `{idle.id}` has no action and no follow-up"
                )
                yield Diagnostic(CODE, message, span, hint, SEVERITY)
