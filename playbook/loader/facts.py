"""Facts: what is derived from answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook import shape as s
from playbook.conditions import expression as ex
from playbook.conditions.condition import BROKEN, Condition, Kind, settle_rules
from playbook.loader.circles import circles
from playbook.loader.values import is_id
from playbook.source.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from playbook.conditions.scope import Settle
    from playbook.loader.reader import Reader
    from playbook.source.nodes import Node

DEEPEST = 300
"""How deep facts may rest on one another, each counted with the depth of its condition: settling them is recursive."""
_OWN_DEPTH = 4


def declare(reader: Reader, node: Node | None) -> None:
    """Enter the names of a file's facts into its scope, before any condition is read."""
    if not isinstance(node, Mapping):
        return
    for name, child in node.entries.items():
        if is_id(name):
            reader.derived.add(name)
            reader.scope.kinds[name] = _kind(child)
        else:
            reader.forgive(name)


def _kind(node: Node) -> Kind:
    if not isinstance(node, Sequence):
        named = isinstance(node, Mapping) and "when" in node.entries
        return Kind(p.YES_NO) if isinstance(node, Scalar) or named else BROKEN
    ids = []
    for index, rule in enumerate(node.items):
        entries = rule.entries if isinstance(rule, Mapping) else {}
        value = entries.get("is")
        if isinstance(value, Scalar) and ("when" in entries) == (index < len(node.items) - 1):
            ids.append(value.text)
    return Kind(p.CHOICE, tuple(dict.fromkeys(ids))) if ids and len(ids) == len(node.items) else BROKEN


def facts(reader: Reader, node: Node | None) -> dict[str, p.Fact]:
    """The facts of a file by id; their settlers are entered into its scope."""
    found: dict[str, p.Fact] = {}
    if node is None:
        return found
    if not isinstance(node, Mapping):
        reader.unlike(node, "a map of facts")
        return found
    for key, child in node.pairs():
        name = key.text
        good = reader.good_id(name, reader.span(key))
        fact = _ruled(reader, name, child) if isinstance(child, Sequence) else _conditional(reader, name, child)
        if good and fact is not None:
            found[name] = fact
            reader.scope.settlers[name] = settler(fact)
    _refuse_circles(reader, found)
    return found


def _conditional(reader: Reader, name: str, node: Node) -> p.Fact | None:
    """A fact that is a condition, alone or with a title."""
    named = isinstance(node, Mapping) and not node.entries.keys().isdisjoint(s.FACT.names)
    values = reader.record(node, s.FACT) if named else {"when": reader.condition(node)}
    condition = values.get("when") if values else None
    title = values.get("title") if values else None
    if not isinstance(condition, Condition):
        return None
    return p.Fact(name, reader.span(node), condition, title=title if isinstance(title, p.Text) else None)


def settler(fact: p.Fact) -> Settle:
    """How a fact is settled."""
    if fact.condition is not None:
        return fact.condition.value
    return settle_rules(tuple((rule.when, rule.value) for rule in fact.rules))


def _ruled(reader: Reader, name: str, node: Sequence) -> p.Fact | None:
    rules = []
    for index, item in enumerate(node.items):
        values = reader.record(item, s.RULE)
        if not isinstance(item, Mapping) or not reader.whole_keys(item, s.RULE):
            continue
        last = index == len(node.items) - 1
        if last == ("when" in item.entries):
            message = f"the last rule of `{name}` has a `when`"
            hint = "end with a rule that is only `is: …`"
            if not last:
                message = f"a rule of `{name}` has no `when`, but more follow"
                hint = "only the last rule may do without"
            reader.refuse("PB041", message, reader.span(item), hint)
        elif values is not None and (last or "when" in values):
            when = values.get("when")
            title = values.get("title")
            rules.append(
                p.Rule(
                    when if isinstance(when, Condition) else None,
                    str(values["is"]),
                    reader.span(item),
                    title if isinstance(title, p.Text) else None,
                )
            )
    if not node.items:
        reader.refuse(
            "PB041", f"`{name}` has no rules", reader.span(node), "write `- {when: …, is: …}`, and `- {is: …}`"
        )
    return p.Fact(name, reader.span(node), None, tuple(rules)) if rules and len(rules) == len(node.items) else None


def _refuse_circles(reader: Reader, found: dict[str, p.Fact]) -> None:
    """Refuse facts that use themselves, directly or through others, and towers of them."""
    uses = {name: [each for each in fact.names if each in found] for name, fact in found.items()}
    whole = True
    for circle in circles(uses):
        whole = False
        shown = " → ".join(f"`{name}`" for name in circle)
        hint = "define one of them by questions alone"
        reader.refuse("PB042", f"facts lead in a circle: {shown}", found[circle[0]].span, hint)
    if whole:
        _refuse_towers(reader, found, uses)


def _refuse_towers(reader: Reader, found: dict[str, p.Fact], uses: dict[str, list[str]]) -> None:
    depths = reader.depths
    stack = list(reversed(found))
    while stack:
        name = stack[-1]
        waiting = [each for each in uses[name] if each not in depths]
        if waiting:
            stack.extend(waiting)
            continue
        stack.pop()
        if name not in depths:
            if reader.wordy.intersection(found[name].names):
                reader.wordy.add(name)
            under = max((depths.get(each, 0) for each in found[name].names), default=0)
            depths[name] = under + _OWN_DEPTH + max(_depth(each) for each in _conditions(found[name]))
            if under <= DEEPEST < depths[name]:
                message = f"`{name}` rests on too many facts, one on another"
                reader.refuse("PB042", message, found[name].span, "define it by questions")


def _conditions(fact: p.Fact) -> list[ex.Expression]:
    conditions = [fact.condition] if fact.condition else [rule.when for rule in fact.rules]
    return [each.expression for each in conditions if each] or [ex.Name("", 0)]


def _depth(expression: ex.Expression) -> int:
    if isinstance(expression, ex.And | ex.Or):
        return 1 + max(_depth(part) for part in expression.parts)
    return _depth(expression.part) if isinstance(expression, ex.Not) else 1
