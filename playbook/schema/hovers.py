"""What an editor shows beside the meaning of a key: an example, and what holds where the key is left out.

By the word of the shape and the key. A key that must be there has only its example, and a map of more keys only what
holds without it.
"""

from __future__ import annotations

ES_EN = "es", "en"


def _both(es: str, en: str) -> dict[str, str]:
    return dict(zip(ES_EN, (es, en), strict=True))


_CARRIES = (["s1_3"], "it is not counted among what carries a principle out")
_MARKS = "no red line can speak of it"
_WHEN = "days_late >= limits.very_late and fault == 'us'"

HOVERS: dict[str, dict[str, tuple[object, str]]] = {
    "action": {
        "do": (_both("Envía otro hoy.", "Send another one today."), ""),
        "owner": ("logistics", ""),
        "within": ("4h", "it has no deadline, and `playbook lint` says so"),
        "when": (_WHEN, "it is done in every case"),
        "marks": (["remedy"], _MARKS),
        "carries": _CARRIES,
    },
    "avoid": {
        "say": (_both("No hables de plazos.", "Do not speak of time limits."), ""),
        "when": ("fault == 'us'", "it holds in every case"),
    },
    "follow-up": {
        "owner": ("customer_service", ""),
        "check": (_both("Mira si ha llegado.", "See whether it has arrived."), ""),
        "within": ("1wd", "`every` says how often"),
        "every": ("20min", "`within` says when, once"),
        "for": ("2h", "nobody says when to stop"),
    },
    "red line": {
        "because": (_both("No ceder ante amenazas.", "No giving in to threats."), ""),
        "when": ("fault == 'customer'", "it speaks of every case"),
        "never": (["concession"], "the line only demands what stands under `always`"),
        "always": (["private_path"], "the line only forbids what stands under `never`"),
        "with": (["public_reply"], "it does not matter what else a case ends with"),
        "except": (
            {"crisis": "a statement goes to everybody"},
            "it holds in every protocol",
        ),
        "carries": _CARRIES,
    },
    "reply": {
        "public": ("apologise_public", "nothing is said in public"),
        "private": ("apologise_private", "on a private channel the public side is taken"),
        "silence": (
            _both("Ya está resuelto.", "It is settled already."),
            "something is said: `public`, `private`, or both",
        ),
        "own_words": ([_both("Di qué ha pasado.", "Say what happened.")], ""),
    },
    "outcome": {
        "title": (_both("Enviar de nuevo", "Send it again"), ""),
        "level": (2, ""),
        "because": (_both("El error es nuestro.", "The error is ours."), ""),
        "stance": ("rebuild", "it follows no strategy of the pack by name"),
        "source": ("Coombs 2007", "nobody can look up why, and `playbook lint` says so"),
        "marks": (["apology", "remedy"], _MARKS),
        "reply": ({"public": "send_again_public", "private": "send_again_private"}, ""),
        "answer_within": ("1h", "the channel's own time holds"),
        "actions": (None, "what `playbook.yaml`, the shared files and the protocol say is done, and nothing more"),
        "approval": (["management"], "nobody has to agree"),
        "follow_up": (None, "nobody looks again, and `playbook lint` says so"),
        "avoid": ([_both("No des plazos.", "Give no time limits.")], "only what holds in every case is to be avoided"),
        "carries": _CARRIES,
    },
    "number": {"min": (0, ""), "max": (60, "")},
    "text": {"max": (80, "")},
    "choice": {
        "label": (_both("Nuestro", "Ours"), ""),
        "help": (_both("El almacén lo confirma.", "The warehouse confirms it."), "the label says enough"),
    },
    "question": {
        "ask": (_both("¿De quién fue el error?", "Whose error was it?"), ""),
        "help": (_both("Pregunta al almacén.", "Ask the warehouse."), "the question says enough"),
        "choices": (
            {"us": _both("Nuestro", "Ours"), "customer": _both("Del cliente", "The customer's")},
            "it is answered by `number`, `yes_no` or `text`",
        ),
        "many": (True, "exactly one is chosen"),
        "number": ({"min": 0, "max": 60}, "it is answered by `choices`, `yes_no` or `text`"),
        "yes_no": (True, "it is answered by `choices`, `number` or `text`"),
        "text": ({"max": 80}, "it is answered by `choices`, `number` or `yes_no`"),
        "unknown": (True, 'it must be answered: there is no "don\'t know"'),
        "worse": ("higher", "no answer is worse than another, and nothing is proved of their order"),
        "private": (True, "the answer may stand in logs and in public replies"),
        "carries": _CARRIES,
    },
    "rule": {
        "when": ("followers >= limits.large_following", "this is the last rule, and takes what is left"),
        "is": ("large", ""),
        "title": (_both("con muchos seguidores", "with a large following"), "its id is shown"),
    },
    "fact": {
        "when": ("orders >= limits.regular", ""),
        "title": (_both("cliente habitual", "a regular customer"), ""),
    },
    "step": {
        "ask": ("fault", "the step is a `check`"),
        "check": ([{"when": "days_late >= 8", "then": "make_right"}, {"then": "apologise"}], "the step asks"),
        "then": ({"us": "apologise", "customer": "explain"}, "the lines of its `check` lead on"),
    },
    "line": {
        "when": ("days_late >= limits.very_late", "the line takes what is left, and is the last"),
        "then": ("make_right", "it is an `unknown` line"),
        "unknown": ("investigate", "a line that may be undecided, with one below it, is refused"),
    },
    "source": {
        "title": ("Coombs, Protecting organization reputations during a crisis, 2007", ""),
        "url": ("https://doi.org/10.1057/palgrave.crr.1550049", "it is a title only"),
    },
    "protocol": {
        "protocol": ("delivery", ""),
        "version": ("1.2.0", ""),
        "title": (_both("Entregas", "Deliveries"), ""),
        "owner": ("logistics", ""),
        "review_by": ("2027-05-31", "nobody is reminded to read it again"),
        "sources": ([{"title": "Coombs 2007"}], "it names no sources"),
        "carries": _CARRIES,
        "at_most": ("8 questions", "`playbook verify` holds it to no number"),
        "use": (["flags"], "it has only its own questions, facts and lines"),
        "given": ({"flags": "none"}, "everything is asked"),
        "questions": (None, "it asks only what the files under `use` declare"),
        "facts": ({"very_late": "days_late >= limits.very_late"}, "nothing is derived"),
        "actions": (None, "each outcome has its own"),
        "avoid": (None, "each outcome has its own"),
        "steps": (None, ""),
        "outcomes": (None, "every case ends in another protocol"),
        "red_lines": (None, "only those of `playbook.yaml` hold"),
    },
    "shared file": {
        "questions": (None, "it declares none"),
        "facts": ({"very_late": "days_late >= limits.very_late"}, "it declares none"),
        "actions": (None, "it adds none"),
        "avoid": (None, "it adds none"),
        "first": ([{"when": "flags.danger", "then": "safety"}], "nothing is tried before the first step"),
    },
    "brand": {
        "name": ("Olmeda", ""),
        "signature": (_both("El equipo de Olmeda", "The Olmeda team"), ""),
        "contact": ({"phone": "900 000 000"}, "no reply can print `contact.…`"),
    },
    "role": {
        "title": (_both("Logística", "Logistics"), ""),
        "who": (_both("el turno del almacén", "the warehouse shift"), "the result says only the title"),
        "reach": (_both("extensión 120", "extension 120"), "whoever is on duty has to look it up"),
    },
    "principle": {
        "says": (_both("El error se reconoce.", "An error is owned."), ""),
        "source": ("Manual 1.3", "nobody can look it up"),
    },
    "limit": {"value": (8, ""), "because": (_both("Lo dice el contrato.", "The contract says so."), "")},
    "channel limit": {"count": (280, ""), "unit": ("weighted", "")},
    "channel": {
        "name": (_both("Chat de la web", "Web chat"), "the channel that ships keeps its name; a new one needs it"),
        "private": (True, "as the channel that ships; a new one is public"),
        "theirs": (True, "as the channel that ships; on a new one we can remove posts"),
        "thread": (True, "as the channel that ships; a new one takes no threads"),
        "limits": ([{"count": 500, "unit": "characters"}], "as the channel that ships; a new one has no limit"),
        "answer_within": ("1h", "as the channel that ships; a new one has no time of its own"),
    },
    "phrase": {
        "avoid": ("lamentamos las molestias", ""),
        "because": ("A formula apologises for nothing: say what went wrong.", ""),
    },
    "timetable": {
        "days": (["mon", "tue", "wed", "thu", "fri"], ""),
        "holidays": (["2027-01-06"], "only the days of the week count"),
        "from": ("09:00", "work has no hours; with `to` it needs both"),
        "to": ("21:00", "work has no hours; with `from` it needs both"),
    },
    "playbook": {
        "brand": (None, ""),
        "register": ("usted", "`tu`"),
        "locales": (["es", "en"], ""),
        "roles": (None, ""),
        "channels": ({"tiktok": {"answer_within": "2h"}}, "the channels are those that ship"),
        "limits": (None, "conditions compare with numbers of their own"),
        "principles": (None, "nothing is said of what the pack stands for"),
        "marks": ({"refund": _both("Devolvemos dinero.", "We pay money back.")}, "there are no red lines"),
        "stances": ({"rebuild": _both("Asumir y reparar.", "Own it and repair.")}, "outcomes follow none by name"),
        "reading_ease": ({"es": 60, "en": 55}, "Spanish replies may not fall below 55, English ones below 50"),
        "style": (
            {"en": [{"avoid": "we regret any inconvenience", "because": "Say what went wrong."}]},
            "no phrase is looked for",
        ),
        "hours": ({"days": ["mon", "tue", "wed", "thu", "fri"]}, "every day counts, at every hour"),
        "actions": (None, "each protocol has its own"),
        "avoid": (None, "each protocol has its own"),
        "red_lines": (None, "each protocol has its own"),
        "lint": ({"PB623": "off"}, "every finding is as grave as its rule says"),
    },
    "expectation of marks": {
        "has": (["apology"], "any may be there"),
        "lacks": (["concession"], "any may be there"),
    },
    "expected action": {
        "owner": ("logistics", ""),
        "within": ("4h", "any deadline will do"),
        "do": ("envía otro", "any wording will do"),
    },
    "expected reply": {
        "contains": (["el error es nuestro"], "no phrase is looked for"),
        "lacks": (["molestias"], "no phrase is refused"),
        "snapshot": (True, "the reply may be reworded"),
        "channels": ({"sms": {"contains": ["mañana"]}}, "only the scenario's own channel is looked at"),
    },
    "expectation": {
        "outcome": ("send_again", ""),
        "level": (2, "the level is not looked at"),
        "path": (["whose", "size"], "any way will do"),
        "asked": (["fault", "days_late"], "any questions may be asked"),
        "marks": ({"has": ["remedy"]}, "they are not looked at"),
        "actions": ([{"owner": "logistics", "within": "4h"}], "any will do"),
        "avoid": (["plazo"], "any will do"),
        "red_lines": ([], "none may be crossed"),
        "reply": ({"es": {"contains": ["pedimos perdón"]}}, "the words are not looked at"),
    },
    "scenario": {
        "name": ("fifteen days late", ""),
        "principle": ("s1_3", "it stands for no principle"),
        "channel": ("x", "it may come by any; needed where the protocol or a reply asks for it"),
        "answers": ({"fault": "us", "days_late": 15}, ""),
        "expect": ({"outcome": "make_right"}, ""),
    },
    "file of scenarios": {"scenarios": (None, "")},
}
HOVERS["expected reply on a channel"] = {k: v for k, v in HOVERS["expected reply"].items() if k != "channels"}


def hover(shape: str, key: str, doc: str) -> dict[str, object]:
    """What a schema says of a key for eyes: its meaning, what holds without it, an example."""
    example, without = HOVERS[shape][key]
    text = f"{doc[0].upper()}{doc[1:]}." + (f" Left out: {without}." if without else "")
    found: dict[str, object] = {"description": text, "markdownDescription": text}
    return found if example is None else {**found, "examples": [example]}
