"""Questions: what may be asked, and how it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook import shape as s
from playbook.conditions.condition import BROKEN, Kind
from playbook.loader.values import BAD
from playbook.source.nodes import Mapping

if TYPE_CHECKING:
    from playbook.loader.reader import Reader
    from playbook.source.nodes import Node

LONGEST_TEXT = 4000
"""Most characters that a text question may take."""
_TYPES = ("choices", "number", "yes_no", "text")
_KEPT = ("ask", "help", "unknown", "private", "carries")
_ORDERS = {
    p.CHOICE: ("later", "earlier"),
    p.MANY: ("more",),
    p.NUMBER: ("higher", "lower"),
    p.YES_NO: ("yes", "no"),
    p.TEXT: (),
}


def questions(reader: Reader, node: Node | None) -> dict[str, p.Question]:
    """The questions of a file by id, entered into its scope."""
    found: dict[str, p.Question] = {}
    if node is None:
        return found
    if not isinstance(node, Mapping):
        reader.unlike(node, "a map of questions")
        return found
    for key, child in node.pairs():
        name = key.text
        good = reader.good_id(name, reader.span(key))
        question = _question(reader, name, child)
        if not good:
            reader.forgive(name)
            continue
        reader.scope.kinds[name] = BROKEN if question is None else kind_of(question)
        if question is not None:
            found[name] = question
            if question.kind == p.TEXT:
                reader.wordy.add(name)
    return found


def kind_of(question: p.Question) -> Kind:
    """What a question may be compared with."""
    return Kind(question.kind, question.ids, question.low, question.high)


def _question(reader: Reader, name: str, node: Node) -> p.Question | None:
    values = reader.record(node, s.QUESTION)
    if not isinstance(node, Mapping):
        return None
    types = [key for key in _TYPES if key in node.entries]
    if len(types) != 1:
        if reader.whole_keys(node, s.QUESTION):
            message = f"`{name}` says how it is answered {'more than once' if types else 'nowhere'}"
            hint = "give it one of `choices`, `number`, `yes_no: true` or `text`"
            reader.refuse("PB040", message, reader.span(node), hint)
        return None
    if "many" in node.entries and types != ["choices"]:
        reader.refuse("PB040", "`many` belongs to `choices`", reader.key_span(node, "many"), "leave it out")
    answer = _answered(reader, node, types[0], values or {})
    if answer is None or values is None:
        return None
    worse = _worse(reader, node, str(answer["kind"]), values.get("worse"))
    shared: dict[str, object] = {key: values[key] for key in _KEPT if key in values}
    fields: dict[str, object] = {**shared, **answer, "worse": worse}
    return p.Question(id=name, span=reader.span(node), **fields)  # type: ignore[arg-type] # the shape declares them


def _worse(reader: Reader, node: Mapping, kind: str, worse: object) -> object:
    if worse is None or worse in _ORDERS[kind]:
        return worse
    wanted = " or ".join(f"`{each}`" for each in _ORDERS[kind])
    hint = f"here it may be {wanted}" if wanted else "texts have no order"
    span = reader.span(node.entries["worse"])
    reader.refuse("PB040", f"`worse: {worse}` does not fit this question", span, hint)
    return None


def _answered(reader: Reader, node: Mapping, how: str, values: dict[str, object]) -> dict[str, object] | None:
    """The fields that say how a question is answered; None where they were refused."""
    child = node.entries[how]
    if how == "choices":
        choices = _choices(reader, child)
        # A `many` that was refused leaves open which of the two it is.
        if choices is None or ("many" in node.entries and "many" not in values):
            return None
        return {"kind": p.MANY if values.get("many") else p.CHOICE, "choices": choices}
    if how not in values:
        return None
    value = values[how]
    if how == "yes_no":
        if value is not True:
            reader.refuse("PB040", "`yes_no` is `true` or left out", reader.span(child))
            return None
        return {"kind": p.YES_NO}
    bounds: dict[str, int] = value  # type: ignore[assignment] # the shapes of both read whole numbers
    if how == "number":
        low, high = bounds["min"], bounds["max"]
        if low >= high:
            reader.refuse("PB040", f"`min` is {low} and `max` {high}: there is nothing to choose", reader.span(child))
            return None
        return {"kind": p.NUMBER, "low": low, "high": high}
    if not 1 <= bounds["max"] <= LONGEST_TEXT:
        reader.refuse("PB040", f"a text has 1 to {LONGEST_TEXT} characters", reader.span(child))
        return None
    return {"kind": p.TEXT, "longest": bounds["max"]}


def _choices(reader: Reader, node: Node) -> tuple[p.Choice, ...] | None:
    if not isinstance(node, Mapping):
        reader.unlike(node, "a map from ids to labels")
        return None
    found = []
    for key, child in node.pairs():
        good = reader.good_id(key.text, reader.span(key))
        label: object
        help_: object = None
        if isinstance(child, Mapping) and ("label" in child.entries or "help" in child.entries):
            values = reader.record(child, s.CHOICE) or {}
            label, help_ = values.get("label", BAD), values.get("help")
        else:
            label = reader.text(child)
        if good and isinstance(label, p.Text):
            found.append(p.Choice(key.text, label, help_ if isinstance(help_, p.Text) else None))
    if len(node.entries) < 2 and not reader.cut_short(node):  # noqa: PLR2004 - one choice is none
        hint = "or make it `yes_no: true`"
        reader.refuse("PB040", "a question has at least two choices", reader.span(node), hint)
        return None
    return tuple(found) if len(found) == len(node.entries) else None
