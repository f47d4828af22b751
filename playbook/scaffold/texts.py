"""The texts that `new` starts from: a line that ends in `~name` takes those words, by locale or as a comment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PROTOCOL = """\
# yaml-language-server: $schema=../schema/protocol.schema.json
# ~for
protocol: {id}
version: 0.1.0 # ~version
title: ~title
owner: {role} # ~owner
review_by: {review_by} # ~review_by
{use}
# ~questions
questions:
  {ours}:
    ask: ~ours
    help: ~ours_help
    yes_no: true
    unknown: true # ~unknown
    worse: yes # ~worse

# ~steps
steps:
  whose:
    ask: {ours}
    then: {{yes: put_right, no: explain, unknown: find_out}}

# ~outcomes
outcomes:
  put_right:
    title: ~put_right
    level: 2
    because: ~put_right_because
    source: ~source
{marks[put_right]}    reply:
      public: put_right # ~reply
    actions:
      - do: ~put_right_do
        owner: {role}
        within: 4h
    follow_up:
      owner: {role}
      within: 1wd
      check: ~check
  explain:
    title: ~explain
    level: 1
    because: ~explain_because
    source: ~source
{marks[explain]}    reply:
      public: explain
    actions:
      - do: ~explain_do
        owner: {role}
        within: 1d
    follow_up:
      owner: {role}
      within: 2wd
      check: ~check
  find_out:
    title: ~find_out
    level: 1
    because: ~find_out_because
    source: ~source
{marks[find_out]}    reply:
      public: find_out
    actions:
      - do: ~find_out_do
        owner: {role}
        within: 2h
    follow_up:
      owner: {role}
      within: 4h
      check: ~find_out_check
"""
SCENARIOS = """\
# yaml-language-server: $schema=../schema/scenarios.schema.json
# ~scenarios

scenarios:
"""
PACK = """\
# yaml-language-server: $schema=schema/playbook.schema.json
# ~pack

brand:
  name: {name}
  signature: ~signature
  contact: # ~contact
    email: hello@example.com

register: tu # ~register
locales: [{locales}] # ~locales

# ~roles
roles:
  community:
    title: ~community
    who: ~community_who
    reach: ~community_reach

# ~marks
marks:
  public_reply: ~public_reply
  private_path: ~private_path

# ~red_lines
red_lines:
  a_person_in_private:
    because: ~in_private
    with: [public_reply]
    always: [private_path]
"""
TITLES = {"complaint": ("Queja", "Complaint")}
"""What is called otherwise than by its id."""
OUTCOMES = {"put_right": "yes", "explain": "no", "find_out": "unknown"}
"""The outcomes of a new protocol, each with the answer that leads there."""
REPLIES = {
    "put_right": (
        "{{ you('Tienes', 'Tiene') }} razón y el error es nuestro. Perdón. Alguien del equipo se ocupa ya{reach}.",
        "You are right, and the error is ours. We are sorry. Someone on the team is on it now{reach}.",
    ),
    "explain": (
        "Lo hemos mirado y creemos que el error no es nuestro. {{ you('Te', 'Le') }} explicamos por qué{reach}.",
        "We have looked, and we do not think the error is ours. We will gladly explain why{reach}.",
    ),
    "find_out": (
        "Gracias por avisar. Todavía no sabemos qué ha pasado y lo estamos mirando{reach}.",
        "Thank you for telling us. We do not know yet what happened, and are looking into it{reach}.",
    ),
}
WORDS: dict[str, tuple[str, str]] = {
    "for": (
        "Escribe aquí, en una frase, para qué casos es. Cambia las palabras; la forma puede quedarse.",
        "Write here, in a sentence, which cases this is for. Change the words; the shape can stay.",
    ),
    "version": ("súbela cuando cambie el sentido", "raise it when the meaning changes"),
    "title": ("{title[0]}", "{title[1]}"),
    "owner": ("el rol que lo mantiene al día, de playbook.yaml", "the role that keeps it right, from playbook.yaml"),
    "review_by": ("cuándo hay que volver a leerlo", "when it is to be read again"),
    "use": ("las señales de alarma van siempre primero", "red flags always come first"),
    "questions": (
        "Lo que se pregunta a quien está de guardia: que pueda contestarlo con lo que tiene delante.",
        "What the person on duty is asked: something they can answer from what is in front of them.",
    ),
    "ours": ("¿El error es nuestro?", "Is the error ours?"),
    "ours_help": (
        "Mira el caso y pregunta a quien lo llevó antes de contestar.",
        "Look at the case and ask whoever handled it before you answer.",
    ),
    "unknown": ("«no lo sé» también es una respuesta", '"don\'t know" is an answer too'),
    "worse": ("un «sí» nunca acaba en un nivel más bajo", 'a "yes" never ends at a lower level'),
    "steps": (
        "El árbol. El primer paso es el comienzo; cada respuesta lleva más abajo, o a un resultado.",
        "The tree. The first step is the start; each answer leads further down, or to an outcome.",
    ),
    "outcomes": (
        "Dónde acaba un caso: por qué, qué se dice, qué se hace, quién y cuándo.",
        "Where a case ends: why, what is said, what is done, by whom and by when.",
    ),
    "reply": ("una plantilla por idioma, en templates/", "a template in each language, under templates/"),
    "demanded": (
        "lo piden las líneas rojas; que la respuesta lo cumpla",
        "red lines demand these; see that the reply keeps them",
    ),
    "source": ("Escribe aquí en qué se apoya", "Write here what this rests on"),
    "put_right": ("Reconocer y arreglar", "Own it and put it right"),
    "put_right_because": ("El error es nuestro, y se dice.", "The error is ours, and we say so."),
    "put_right_do": ("Arregla lo que falló y anota qué era.", "Put right what failed, and note what it was."),
    "explain": ("Explicar lo que hemos visto", "Explain what we have seen"),
    "explain_because": ("Lo hemos mirado y el error no es nuestro.", "We have looked, and the error is not ours."),
    "explain_do": ("Guarda lo que has visto y dónde.", "Keep what you have seen, and where."),
    "find_out": ("Averiguar antes de hablar", "Find out before speaking"),
    "find_out_because": (
        "Sin saber de quién es el error no se promete nada.",
        "While nobody knows whose error it is, nothing is promised.",
    ),
    "find_out_do": ("Pregunta a quien lo sabe y vuelve a este caso.", "Ask whoever knows, and come back to this case."),
    "check": ("Mira si la persona ha contestado.", "See whether the person has answered."),
    "find_out_check": ("Mira si ya se sabe de quién es el error.", "See whether it is known by now whose error it is."),
    "scenarios": (
        "Casos con lo que tiene que salir de cada uno. `playbook test` los pasa.",
        "Cases, and what must come of each. `playbook test` runs them.",
    ),
    "expected": (
        "lo que da hoy el protocolo: ¿es lo correcto para este caso?",
        "what the protocol comes to today: is it right for this case?",
    ),
    "pack": (
        "Quiénes somos, y lo que vale en todos los protocolos. Empieza por `brand` y `roles`.",
        "Who we are, and what holds in every protocol. Start with `brand` and `roles`.",
    ),
    "signature": ("El equipo de {name}", "The {name} team"),
    "contact": ("las respuestas lo escriben con brand.contact.email", "replies write it as brand.contact.email"),
    "register": ("cómo hablamos en español: tu o usted", "how we address people in Spanish: tu or usted"),
    "locales": ("el primero es el idioma por defecto", "the first is the default"),
    "roles": ("Quién hace cada cosa. Añade los tuyos.", "Who does what. Add your own."),
    "community": ("Comunidad y redes", "Community"),
    "community_who": ("la persona de guardia en redes", "the person on duty for social media"),
    "community_reach": ("el chat del equipo", "the team chat"),
    "marks": (
        "Lo que una línea roja dice de un resultado. public_reply se pone sola donde se contesta en público.",
        "What red lines say of an outcome. public_reply sets itself where something is said in public.",
    ),
    "public_reply": ("Contestamos en público.", "We answer in public."),
    "private_path": ("La respuesta ofrece seguir en privado.", "The reply offers to go on in private."),
    "red_lines": (
        "Lo que ningún caso puede cruzar. `playbook verify` lo demuestra para todas las respuestas.",
        "What no case may cross. `playbook verify` proves it over all answers.",
    ),
    "in_private": ("Un caso con datos se habla en privado.", "A case with details is talked over in private."),
}
"""Words in Spanish and English by name."""
_MARK = re.compile(r"^( *)(.*?)~(\w+)$")


def language(locale: str) -> int:
    """Which of our two languages a locale reads: Spanish, or English for all others."""
    return 0 if locale.partition("_")[0] == "es" else 1


def filled(draft: str, locales: Sequence[str], values: Mapping[str, object]) -> str:
    """A draft with its words and values: comments in the first locale, texts in all."""
    return "".join(f"{line}\n" for line in _lines(draft.format(**values), locales, values))


def _lines(text: str, locales: Sequence[str], values: Mapping[str, object]) -> Iterator[str]:
    for line in text.splitlines():
        match = _MARK.match(line)
        if match is None:
            yield line
            continue
        indent, head, name = match.groups()
        said = [WORDS[name][language(locale)].format(**values) for locale in locales]
        if head.rstrip().endswith("#"):
            yield f"{indent}{head}{said[0]}"
            continue
        yield f"{indent}{head.rstrip()}"
        step = 4 if head.startswith("- ") else 2
        yield from (f"{indent}{' ' * step}{locale}: {words}" for locale, words in zip(locales, said, strict=True))
