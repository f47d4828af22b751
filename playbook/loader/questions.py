"""Questions and facts: what may be asked, and what is derived from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook import shape as s
from playbook.condition import Condition, Kind, settle_rules
from playbook.loader.circles import first_circle
from playbook.loader.reader import BAD
from playbook.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from playbook.condition import Settle
    from playbook.loader.reader import Reader
    from playbook.nodes import Node

LONGEST_TEXT = 4000
_TYPES = ("choices", "number", "yes_no", "text")
_ORDERS = {
    p.CHOICE: ("later", "earlier"),
    p.MANY: ("more",),
    p.NUMBER: ("higher", "lower"),
    p.YES_NO: ("yes", "no"),
    p.TEXT: (),
}
BROKEN = Kind("broken")
"""Stands for a name whose declaration was refused, so that its users are not refused once more."""


def questions(reader: Reader, node: Node | None) -> dict[str, p.Question]:
    """The questions of a file by id, entered into its scope."""
    found: dict[str, p.Question] = {}
    if node is None:
        return found
    if not isinstance(node, Mapping):
        reader.unlike(node, "a map of questions")
        return found
    for name, child in node.entries.items():
        reader.scope.kinds[name] = BROKEN
        if not reader.good_id(name, reader.key_span(node, name)):
            continue
        question = _question(reader, name, child)
        if question is not None:
            found[name] = question
            reader.scope.kinds[name] = kind_of(question)
    return found


def kind_of(question: p.Question) -> Kind:
    """What a question may be compared with."""
    return Kind(question.kind, question.ids, question.low, question.high)


def _question(reader: Reader, name: str, node: Node) -> p.Question | None:
    values = reader.record(node, s.QUESTION)
    if values is None or not isinstance(node, Mapping):
        return None
    types = [key for key in _TYPES if key in node.entries]
    if len(types) != 1:
        message = f"`{name}` says how it is answered {'more than once' if types else 'nowhere'}"
        reader.refuse("PB040", message, reader.span(node), "give it one of `choices`, `number`, `yes_no: true` or `text`")
        return None
    answer = _answered(reader, node, types[0], values)
    if answer is None:
        return None
    kind = answer["kind"]
    worse = values.get("worse")
    if worse is not None and worse not in _ORDERS[str(kind)]:
        wanted = " or ".join(f"`{each}`" for each in _ORDERS[str(kind)])
        hint = f"here it may be {wanted}" if wanted else "texts have no order"
        reader.refuse("PB040", f"`worse: {worse}` does not fit this question", reader.key_span(node, "worse"), hint)
        worse = None
    shared = {key: values[key] for key in ("ask", "help", "unknown", "private") if key in values}
    return p.Question(id=name, span=reader.span(node), worse=worse, **shared, **answer)  # type: ignore[arg-type]


def _answered(reader: Reader, node: Mapping, how: str, values: dict[str, object]) -> dict[str, object] | None:
    """The fields that say how a question is answered."""
    if values.get("many") and how != "choices":
        reader.refuse("PB040", "`many` belongs to `choices`", reader.key_span(node, "many"))
    if how not in values:
        return None
    value = values[how]
    if how == "choices":
        choices = _choices(reader, node.entries["choices"])
        return None if choices is None else {"kind": p.MANY if values.get("many") else p.CHOICE, "choices": choices}
    if how == "yes_no":
        if value is not True:
            reader.refuse("PB040", "`yes_no` is `true` or left out", reader.key_span(node, "yes_no"))
        return {"kind": p.YES_NO}
    if how == "number":
        low, high = value["min"], value["max"]  # type: ignore[index]
        if low >= high:
            reader.refuse("PB040", f"`min` is {low} and `max` {high}: there is nothing to choose", reader.key_span(node, "number"))
            return None
        return {"kind": p.NUMBER, "low": low, "high": high}
    longest = value["max"]  # type: ignore[index]
    if not 1 <= longest <= LONGEST_TEXT:
        reader.refuse("PB040", f"a text has 1 to {LONGEST_TEXT} characters", reader.key_span(node, "text"))
        return None
    return {"kind": p.TEXT, "longest": longest}


def _choices(reader: Reader, node: Node) -> tuple[p.Choice, ...] | None:
    if not isinstance(node, Mapping):
        reader.unlike(node, "a map from ids to labels")
        return None
    found = []
    for name, child in node.entries.items():
        good = reader.good_id(name, reader.key_span(node, name))
        label: object
        help_: object = None
        if isinstance(child, Mapping) and "label" in child.entries:
            values = reader.record(child, s.CHOICE) or {}
            label, help_ = values.get("label", BAD), values.get("help")
        else:
            label = reader.text(child)
        if good and isinstance(label, p.Text):
            found.append(p.Choice(name, label, help_ if isinstance(help_, p.Text) else None))
    if len(node.entries) < 2:  # noqa: PLR2004 - one choice is none
        reader.refuse("PB040", "a question has at least two choices", reader.span(node), "or make it `yes_no: true`")
        return None
    return tuple(found) if len(found) == len(node.entries) else None


def declare_facts(reader: Reader, node: Node | None) -> None:
    """Enter the names of a file's facts into its scope, before any condition is read."""
    if not isinstance(node, Mapping):
        return
    for name, child in node.entries.items():
        if isinstance(child, Sequence):
            values = [rule.entries["is"].text for rule in child.items if isinstance(rule, Mapping) and isinstance(rule.entries.get("is"), Scalar)]
            reader.scope.kinds[name] = Kind(p.CHOICE, tuple(dict.fromkeys(values)))
        else:
            reader.scope.kinds[name] = Kind(p.YES_NO)


def facts(reader: Reader, node: Node | None) -> dict[str, p.Fact]:
    """The facts of a file by id; their settlers are entered into its scope."""
    found: dict[str, p.Fact] = {}
    if node is None:
        return found
    if not isinstance(node, Mapping):
        reader.unlike(node, "a map of facts")
        return found
    for name, child in node.entries.items():
        if not reader.good_id(name, reader.key_span(node, name)):
            continue
        if isinstance(child, Sequence):
            fact = _ruled(reader, name, child)
        else:
            condition = reader.condition(child)
            fact = p.Fact(name, reader.span(child), condition) if isinstance(condition, Condition) else None
        if fact is not None:
            found[name] = fact
            reader.scope.settlers[name] = settler(fact)
    return found


def settler(fact: p.Fact) -> Settle:
    """How a fact is settled."""
    if fact.condition is not None:
        return fact.condition.value
    return settle_rules(tuple((rule.when, rule.value) for rule in fact.rules))


def _ruled(reader: Reader, name: str, node: Sequence) -> p.Fact | None:
    rules = []
    for index, item in enumerate(node.items):
        values = reader.record(item, s.RULE)
        if values is None or not isinstance(item, Mapping):
            continue
        last = index == len(node.items) - 1
        if last == ("when" in item.entries):
            message = f"the last rule of `{name}` has a `when`" if last else f"a rule of `{name}` has no `when`, but more follow"
            hint = "end with a rule that is only `is: …`" if last else "only the last rule may do without"
            reader.refuse("PB041", message, reader.span(item), hint)
        elif last or "when" in values:
            when = values.get("when")
            rules.append(p.Rule(when if isinstance(when, Condition) else None, str(values["is"]), reader.span(item)))
    if not node.items:
        reader.refuse("PB041", f"`{name}` has no rules", reader.span(node))
    return p.Fact(name, reader.span(node), None, tuple(rules)) if rules and len(rules) == len(node.items) else None


def refuse_circles(reader: Reader, found: dict[str, p.Fact]) -> None:
    """Refuse facts that use themselves, directly or through others."""
    circle = first_circle({name: [each for each in fact.names if each in found] for name, fact in found.items()})
    if circle:
        shown = " → ".join(f"`{name}`" for name in circle)
        reader.refuse("PB042", f"facts lead in a circle: {shown}", found[circle[0]].span, "define one of them by questions alone")
