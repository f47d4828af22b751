"""The interface's own texts, in Spanish and English, as one table: what the program says, never what a pack says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import Diagnostic, PlaybookError, did_you_mean
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCALES = ("es", "en")
TABLE: dict[str, tuple[str, str]] = {
    # where we are
    "progress": ("Pregunta {n} · como mucho {more} más", "Question {n} · at most {more} more"),
    "progress_last": ("Pregunta {n} · la última", "Question {n} · the last one"),
    "progress_details": ("Detalle {n} de {total} · se puede saltar", "Detail {n} of {total} · may be skipped"),
    "editing": ("Cambiar una respuesta", "Change an answer"),
    # answers that need no words of a pack
    "yes": ("Sí", "Yes"),
    "no": ("No", "No"),
    "dont_know": ("No lo sé", "I don't know"),
    "none_ticked": ("Ninguna", "None"),
    "skip": ("Saltar por ahora", "Skip for now"),
    "skipped": ("sin contestar", "skipped"),
    "went_back": ("atrás", "back"),
    # ranges and faults
    "range": ("De {low} a {high}", "From {low} to {high}"),
    "longest": ("Hasta {most} caracteres", "Up to {most} characters"),
    "bad_number": ("Hace falta un número entero de {low} a {high}", "A whole number from {low} to {high} is needed"),
    "bad_text": ("Falta el texto", "Some text is needed"),
    "too_long": ("Sobran {over}: caben {most} caracteres", "{over} too many: {most} characters fit"),
    "no_match": ("Ninguna empieza por «{typed}»", "None begins with “{typed}”"),
    "bad_choice": ("Elige por su número, de 1 a {most}", "Choose by its number, from 1 to {most}"),
    "bad_yes_no": ("Responde s o n", "Answer y or n"),
    # keys, in the line at the foot
    "key_choose": ("↑↓ Intro elegir", "↑↓ Enter choose"),
    "key_find": ("letras buscar", "letters find"),
    "key_tick": ("Espacio marcar · Intro seguir", "Space tick · Enter go on"),
    "key_enter": ("Intro seguir", "Enter go on"),
    "key_newline": ("Alt+Intro otra línea", "Alt+Enter new line"),
    "key_unknown": ("^X no lo sé", "^X don't know"),
    "key_skip": ("Tab saltar", "Tab skip"),
    "key_skip_all": ("^D saltar todo", "^D skip all"),
    "key_back": ("Esc atrás", "Esc back"),
    "key_why": ("? por qué", "? why"),
    "key_review": ("^R revisar", "^R review"),
    "key_pause": ("^C pausa", "^C pause"),
    # the same as words to type, for plain prompts
    "type_number": ("número", "number"),
    "type_numbers": ("números con coma, 0 ninguna", "numbers with commas, 0 none"),
    "type_yes_no": ("s o n", "y or n"),
    "type_whole": ("número de {low} a {high}", "number from {low} to {high}"),
    "type_text": ("texto", "text"),
    "type_lines": ("m varias líneas", "m several lines"),
    "type_unknown": ("x no lo sé", "x don't know"),
    "type_skip": ("- saltar", "- skip"),
    "type_skip_enter": ("Intro o", "Enter or"),
    "type_skip_all": ("-- saltar todo", "-- skip all"),
    "type_back": ("a atrás", "b back"),
    "type_why": ("? por qué", "? why"),
    "type_review": ("r revisar", "r review"),
    "type_pause": ("p pausa", "p pause"),
    "type_before": ("Intro = {answer}", "Enter = {answer}"),
    "type_end": ("Un punto solo en una línea termina", "A single dot on a line ends"),
    "bad_input": ("No se ha podido leer; escríbelo otra vez", "That could not be read; type it again"),
    # why a question is asked
    "why": ("Por qué se pregunta", "Why this is asked"),
    "why_path": ("Hasta aquí:", "So far:"),
    "why_start": ("Es la primera pregunta", "This is the first question"),
    "why_decides": ("Adónde lleva cada respuesta:", "Where each answer leads:"),
    "why_same": (
        "Por sí sola no descarta ningún desenlace: cuenta junto con lo que viene después",
        "By itself it rules out no outcome: it counts together with what follows",
    ),
    "why_open": ("Desenlaces aún posibles: {count}", "Outcomes still possible: {count}"),
    "why_more": ("y {count} más", "and {count} more"),
    "why_channel": (
        "El canal marca el largo de la respuesta, si es pública y en cuánto tiempo hay que contestar",
        "The channel sets how long the reply may be, whether it is public and how soon it is due",
    ),
    "why_details": (
        "El desenlace ya está decidido; esto completa las acciones y la respuesta",
        "The outcome is settled; this completes the actions and the reply",
    ),
    "why_place": ("Está en {place}", "Written in {place}"),
    # why a case ended as it did
    "cause_decisive": ("LO QUE DECIDIÓ", "WHAT DECIDED"),
    "cause_decisive_help": (
        "Estas respuestas llevan aquí por sí solas, sean cuales sean las demás. Debajo, adónde llevaría otra:",
        "These answers lead here by themselves, whatever the others are. Below each, where another one would lead:",
    ),
    "cause_none": (
        "Ninguna respuesta: todas llevan a este desenlace",
        "No answer did: all of them lead to this outcome",
    ),
    "cause_idle": ("LO QUE NO PESÓ", "WHAT DID NOT MATTER"),
    "cause_idle_help": (
        "Todas estas podrían ser otras a la vez: el desenlace sería el mismo",
        "All of these could be others at once: the outcome would be the same",
    ),
    "cause_same": ("lo mismo", "the same"),
    "cause_counts": ("solo cuenta: {what}", "all that counts: {what}"),
    "cause_counts_none": ("da igual cuáles", "no matter which"),
    "cause_with": ("con «{what}»", "with “{what}”"),
    "cause_without": ("sin «{what}»", "without “{what}”"),
    "cause_up_to": ("hasta {high}", "up to {high}"),
    "cause_from": ("{low} o más", "{low} or more"),
    "cause_between": ("de {low} a {high}", "{low} to {high}"),
    "cause_nearest": ("EL OTRO DESENLACE MÁS CERCANO", "THE NEAREST OTHER OUTCOME"),
    "cause_to": ("PARA LLEGAR A OTRO DESENLACE", "TO GET ANOTHER OUTCOME"),
    "cause_to_get": (
        "Para llegar a «{outcome}» ({level}) tendría que ser:",
        "To get “{outcome}” ({level}), this would have to be so:",
    ),
    "cause_change": ("{answer} (y no: {before})", "{answer} (not: {before})"),
    "cause_change_many": ("{answer} (ahora: {before})", "{answer} (now: {before})"),
    "cause_then": ("Y además se preguntaría:", "And this would be asked besides:"),
    "cause_here": ("Este caso ya termina en «{outcome}»", "This case already ends in “{outcome}”"),
    "cause_never": (
        "Ninguna respuesta lleva de «{protocol}» a «{outcome}»",
        "No answers at all lead from “{protocol}” to “{outcome}”",
    ),
    "cause_only": (
        "No hay otro: todas las respuestas llevan a este",
        "There is none: all answers lead to this one",
    ),
    # levels
    "level_0": ("vigilancia", "watch"),
    "level_1": ("rutina", "routine"),
    "level_2": ("elevado", "elevated"),
    "level_3": ("crisis", "crisis"),
    # review
    "review": ("Tus respuestas", "Your answers"),
    "review_help": ("Elige una para cambiarla", "Choose one to change it"),
    "review_done": ("Todo bien, seguir", "All good, go on"),
    "review_finish": ("Todo bien, terminar", "All good, finish"),
    # pause
    "paused": ("En pausa. No se ha perdido nada.", "Paused. Nothing is lost."),
    "resume": ("Para seguir:", "To go on:"),
    "saved_elsewhere": (
        "No se puede escribir en {wanted}; las respuestas están en {path}",
        "{wanted} cannot be written to; the answers are in {path}",
    ),
    "not_saved": (
        "No se ha podido guardar en ningún sitio. Para seguir, copia esto:",
        "It could not be saved anywhere. To go on, copy this:",
    ),
    "sample": (
        "Paquete de muestra: {brand}, sus teléfonos y sus correos son inventados. El tuyo: playbook init mi-playbook",
        "Sample pack: {brand}, its numbers and addresses are invented. Your own: playbook init my-playbook",
    ),
    "resumed": (
        "Seguimos donde lo dejaste. Respuestas guardadas: {count}",
        "Going on where you left. Answers kept: {count}",
    ),
    "waiting": (
        "Hay un caso sin terminar ({protocol}). Para seguir con él:",
        "There is an unfinished case ({protocol}). To go on with it:",
    ),
    "protocol_changed": (
        "El protocolo ha cambiado desde entonces: repasa tus respuestas",
        "The protocol has changed since: look over your answers",
    ),
    # answers that are missing, without a person at the keys
    "missing": (
        "Faltan respuestas (como mucho {n}). La siguiente:",
        "Answers are missing ({n} at most). The next one:",
    ),
    "missing_how": ("Responde con --set {name}={value}", "Answer with --set {name}={value}"),
    "takes_many": ("varias con comas, o none", "several with commas, or none"),
    "takes_yes_no": ("yes o no", "yes or no"),
    "takes_number": ("un número entero de {low} a {high}", "a whole number from {low} to {high}"),
    "takes_text": ("hasta {most} caracteres", "up to {most} characters"),
    "takes_unknown": ("unknown si no se sabe", "unknown where nobody knows"),
    "missing_more": ("Después puede hacer falta: {names}", "After it there may be: {names}"),
    # conditions in words
    "said_and": ("y", "and"),
    "said_or": ("o", "or"),
    "said_not": ("no ({what})", "not ({what})"),
    "said_known": ("{what} se sabe", "{what} is known"),
    "said_unknown": ("{what} no se sabe", "{what} is not known"),
    "said_other_than": ("otra cosa que {what}", "other than {what}"),
    "said_private": ("privado", "private"),
    "said_theirs": ("ajeno", "not ours"),
    # the result
    "result_red_line": (
        "■ LÍNEA ROJA: {because} No publiques nada y avisa a quien lleva este protocolo.",
        "■ RED LINE: {because} Post nothing, and tell whoever keeps this protocol.",
    ),
    "result_level": ("nivel {level}, {word}", "level {level}, {word}"),
    "result_answer_by": ("Contesta antes de: {when}", "Answer by: {when}"),
    "result_approval": ("Antes de publicar, visto bueno de: {roles}", "Before posting, approval of: {roles}"),
    "result_public": ("RESPUESTA PÚBLICA", "PUBLIC REPLY"),
    "result_private": ("RESPUESTA PRIVADA", "PRIVATE REPLY"),
    "result_no_public": ("En público no se contesta", "Nothing is said in public"),
    "result_no_private": ("En privado no se escribe", "Nothing is said in private"),
    "result_silence": ("NO SE CONTESTA", "NO REPLY"),
    "result_in": ("en {language}", "in {language}"),
    "language_es": ("español", "Spanish"),
    "language_en": ("inglés", "English"),
    "result_own_words": (
        "Con tus palabras, sin plantilla. Que quede claro:",
        "In your own words, no template. Make clear:",
    ),
    "result_count": ("{length} de {limit} {unit}", "{length} of {limit} {unit}"),
    "result_thread": ("hilo de {count}", "thread of {count}"),
    "result_over": (
        "No cabe: sobran {over} {unit}. No se ha cortado nada.",
        "Too long by {over} {unit}. Nothing was cut.",
    ),
    "result_over_perhaps": (
        "Puede que no quepa: sobran {over} {unit} según límites no confirmados",
        "Perhaps too long: {over} {unit} over a limit that is not confirmed",
    ),
    "result_sms": ("Estas letras encarecen el SMS: {letters}", "These letters make the SMS dearer: {letters}"),
    "result_not_ready": ("Aún no se puede enviar. Falta: {asks}", "Not ready to send. Missing: {asks}"),
    "result_fell_back": (
        "No hay plantilla en «{wanted}»: va en «{used}»",
        "There is no template in “{wanted}”: this is “{used}”",
    ),
    "result_actions": ("ACCIONES", "ACTIONS"),
    "result_if": ("Si {condition}:", "If {condition}:"),
    "overdue": ("vencido", "overdue"),
    "result_by": ("antes de: {when}", "due {when}"),
    "result_follow_up": ("SEGUIMIENTO", "FOLLOW-UP"),
    "result_every": (" · cada {every}", " · every {every}"),
    "result_for": (" durante {lasting}", " for {lasting}"),
    "result_avoid": ("EVITA", "AVOID"),
    "result_why": ("POR QUÉ", "WHY"),
    "span_min": ("{n} minuto", "{n} minute"),
    "span_mins": ("{n} minutos", "{n} minutes"),
    "span_h": ("{n} hora", "{n} hour"),
    "span_hs": ("{n} horas", "{n} hours"),
    "span_d": ("{n} día", "{n} day"),
    "span_ds": ("{n} días", "{n} days"),
    "span_wd": ("{n} día laborable", "{n} working day"),
    "span_wds": ("{n} días laborables", "{n} working days"),
    "unit_characters": ("caracteres", "characters"),
    "unit_utf16": ("caracteres", "characters"),
    "unit_utf8": ("bytes", "bytes"),
    "unit_graphemes": ("caracteres", "characters"),
    "unit_weighted": ("en X", "on X"),
    "unit_mastodon": ("caracteres", "characters"),
    "unit_emoji_bytes": ("caracteres", "characters"),
    "unit_segments": ("SMS", "SMS"),
    # what to do with the result
    "menu": ("¿Qué hacemos?", "What next?"),
    "menu_copy_public": ("Copiar la respuesta pública", "Copy the public reply"),
    "menu_copy_private": ("Copiar la respuesta privada", "Copy the private reply"),
    "menu_edit_public": ("Retocar la respuesta pública", "Edit the public reply"),
    "menu_edit_private": ("Retocar la respuesta privada", "Edit the private reply"),
    "menu_channel": ("Otro canal", "Another channel"),
    "menu_channel_ask": ("¿Dónde vas a contestar?", "Where will you answer?"),
    "menu_locale": ("Otro idioma", "Another language"),
    "menu_answers": ("Cambiar una respuesta mía", "Change one of my answers"),
    "menu_save": ("Guardar el caso en un archivo", "Save the case to a file"),
    "menu_finish": ("Terminar", "Finish"),
    "copied": ("Copiado", "Copied"),
    "copied_perhaps": (
        "Enviado al portapapeles de tu terminal. Si al pegar no sale, selecciónalo aquí y cópialo:",
        "Sent to your terminal's clipboard. If it does not paste, select it here and copy it:",
    ),
    "copied_part": ("Copiada la parte {n} de {total}", "Copied part {n} of {total}"),
    "copy_next": ("Copiar la siguiente", "Copy the next one"),
    "copy_enough": ("Basta", "Enough"),
    "not_copied": (
        "Aquí no hay portapapeles. Selecciónala y cópiala con el ratón:",
        "There is no clipboard here. Select it and copy it with the mouse:",
    ),
    "edit_no_editor": (
        "No hay editor: define EDITOR, por ejemplo EDITOR=nano",
        "No editor: set EDITOR, for example EDITOR=nano",
    ),
    "edit_not_there": (
        "No se encuentra el editor «{name}». Define EDITOR con uno que tengas, por ejemplo EDITOR=nano",
        "The editor “{name}” is not there. Set EDITOR to one that is, for example EDITOR=nano",
    ),
    "edit_same": ("Sin cambios", "Nothing has changed"),
    "edit_failed": (
        "El editor no ha terminado bien; la respuesta queda como estaba",
        "The editor did not end well; the reply stays as it was",
    ),
    "edited": ("Retocada", "Edited"),
    "edits_in": ("La respuesta va con tu retoque", "The reply is as you edited it"),
    "edits_kept": (
        "Esta es la de la plantilla. Tu retoque no se pierde: vuelve al canal, idioma y respuestas de antes",
        "This is the template's. Your edit is not lost: go back to the channel, language and answers it was for",
    ),
    "edits_outdated": (
        "Los plazos han cambiado desde tu retoque: revisa los que nombra",
        "The times have changed since your edit: check those it names",
    ),
    "reply_blank": ("falta: {asks}", "missing: {asks}"),
    "reply_too_long": ("no cabe", "too long"),
    "style_avoid": ("Evita «{phrase}»: {why}", "Avoid “{phrase}”: {why}"),
    "saved": ("Guardado en {path}", "Saved to {path}"),
    "saved_text": ("Para leerlo: {path}", "To read it: {path}"),
    "save_failed": ("No se ha podido guardar: {reason}", "It could not be saved: {reason}"),
    "finished": ("Hecho.", "Done."),
    # drawings of a protocol
    "graph_first": ("Antes que nada", "Before anything else"),
    "graph_known": ("Según lo que ya se sabe", "By what is known already"),
    "graph_any": ("cualquier respuesta", "any answer"),
    "graph_always": ("siempre", "always"),
    "graph_otherwise": ("si no", "otherwise"),
    "graph_unknown": ("si no se sabe", "where that is not known"),
    "graph_other": ("cualquier otra respuesta", "any other answer"),
    "graph_everywhere": ("en todos los desenlaces", "in every outcome"),
    "graph_missed": (
        "Sin escenario: {lines} de {of} ramas, {outcomes} de {ends} desenlaces",
        "No scenario: {lines} of {of} branches, {outcomes} of {ends} outcomes",
    ),
    # the chart for the wall
    "chart_protocols": ("Protocolos", "Protocols"),
    "chart_all": ("Lo que vale en todos los protocolos", "What holds in every protocol"),
    "chart_tree": ("El árbol", "The tree"),
    "chart_outcomes": ("Desenlaces", "Outcomes"),
    "chart_people": ("A quién se llama", "Who is called"),
    "chart_red_lines": ("Líneas rojas de este protocolo", "Red lines of this protocol"),
    "chart_company": ("Líneas rojas de la casa", "Red lines of the company"),
    "chart_owner": ("lo lleva {role}", "kept by {role}"),
    "chart_review": ("se revisa antes de {date}", "to be reviewed by {date}"),
    "chart_within": ("contesta en {span}", "answer within {span}"),
    "chart_approval": ("visto bueno: {roles}", "approval: {roles}"),
    "chart_acting": ("actúan: {roles}", "acting: {roles}"),
    "chart_start": (
        "Empieza en 1. Paso a paso: playbook triage {protocol}",
        "Start at 1. Step by step: playbook triage {protocol}",
    ),
    "chart_left_out": ("No cabe aquí: {what}", "Does not fit here: {what}"),
    "chart_left_company": (
        "las líneas rojas de la casa ({n}): playbook show",
        "the company's red lines ({n}): playbook show",
    ),
    "chart_left_acting": ("quién actúa en cada desenlace", "who acts in each outcome"),
    # list and show
    "list_id": ("Protocolo", "Protocol"),
    "list_title": ("Título", "Title"),
    "list_version": ("Versión", "Version"),
    "list_owner": ("Responsable", "Owner"),
    "list_questions": ("Preguntas (máx.)", "Questions (most)"),
    "list_outcomes": ("Desenlaces", "Outcomes"),
    "show_locales": ("Idiomas de las respuestas:", "Languages of the replies:"),
    "show_protocols": ("Protocolos", "Protocols"),
    "show_roles": ("Quién hace qué", "Who does what"),
    "show_limits": ("Límites", "Limits"),
    "show_red_lines": ("Líneas rojas", "Red lines"),
    "show_one": ("Para ver uno:", "To see one:"),
}


class Words(Record):
    """The interface's texts in one language: `words("progress", n=3, more=4)`."""

    locale: str

    def __call__(self, key: str, /, **values: object) -> str:
        """The text for `key` with `values` put in; a value is data, so braces in it stay as they are."""
        return TABLE[key][LOCALES.index(self.locale)].format(**values)


def words(ui: str) -> Words:
    """The texts in `ui`, `es` or `en`; raises `PlaybookError` (PB440) for another language."""
    if ui not in LOCALES:
        hint = did_you_mean(ui, LOCALES)
        raise PlaybookError([Diagnostic("PB440", f"the interface has no language `{ui}`", hint=hint)])
    return Words(ui)


def interface_locale(option: str | None, environ: Mapping[str, str]) -> str:
    """The interface's language: `--ui`, else the first of LC_ALL, LC_MESSAGES, LANG that is set, else English.

    Raises:
        PlaybookError: the option names a language the interface does not have (PB440).
    """
    if option is not None:
        return words(option).locale
    named = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    language = named.replace("-", "_").split("_")[0].split(".")[0].lower()
    return language if language in LOCALES else "en"
