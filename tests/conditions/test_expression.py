from __future__ import annotations

import jinja2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import nodes

from playbook.conditions import expression as ex
from playbook.conditions.expression import DEEPEST, LONGEST, SyntaxFault, parse

JINJA = jinja2.Environment(autoescape=True)
JINJA.tests["known"] = lambda value: value is not None
JINJA.tests["unknown"] = lambda value: value is None
LIMITS = {"serious": 8, "low": -3}
CHOICES = ("us", "them", "it")
ANSWERS: dict[str, tuple[object, ...]] = {
    "fault": CHOICES,
    "size": CHOICES,
    "days": (-4, -3, 0, 5, 8, 9),
    "sure": (True, False),
    "extras": ((), ("gift",), ("gift", "fragile")),
}
_OPS = ("<", "<=", ">", ">=", "==", "!=")
_FLIP = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
words = st.sampled_from(CHOICES)
choices = st.sampled_from(("fault", "size"))
numbers = st.one_of(st.integers(-9, 9).map(str), st.sampled_from(tuple(LIMITS)).map("limits.{}".format))


@st.composite
def atoms(draw: st.DrawFn) -> str:
    kind = draw(st.integers(0, 6))
    if kind == 0:
        return "sure"
    if kind == 1:
        return f"extras.{draw(st.sampled_from(('gift', 'fragile')))}"
    if kind == 2:
        return f"{draw(choices)} {draw(st.sampled_from(('==', '!=')))} '{draw(words)}'"
    if kind == 3:
        listed = ", ".join(f'"{each}"' for each in draw(st.lists(words, min_size=1, max_size=3)))
        return f"{draw(choices)} {draw(st.sampled_from(('in', 'not in')))} [{listed}]"
    if kind == 4:
        return f"days {draw(st.sampled_from(_OPS))} {draw(numbers)}"
    if kind == 5:
        sign = draw(st.sampled_from("<>"))
        either = st.sampled_from((sign, f"{sign}="))
        return f"{draw(numbers)} {draw(either)} days{draw(either)}{draw(numbers)}"
    return f"{draw(st.sampled_from(tuple(ANSWERS)))} is {draw(st.sampled_from(('known', 'unknown')))}"


def joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(parts, st.sampled_from((" and ", " or ", "\tand\n")), parts).map("".join),
        parts.map("not {}".format),
        parts.map("({})".format),
        parts.map("not({})".format),
    )


expressions = st.recursive(atoms(), joined, max_leaves=12)


class Ticked:
    """What Jinja needs to read `extras.gift` as we do."""

    def __init__(self, ticks: tuple[str, ...]) -> None:
        self.ticks = ticks

    def __getattr__(self, name: str) -> bool:
        return name in self.ticks


def truth(expression: ex.Expression, answers: dict[str, object]) -> bool:
    """What an expression says of complete answers: the plainest evaluation there is."""
    match expression:
        case ex.Not():
            return not truth(expression.part, answers)
        case ex.And():
            return all(truth(part, answers) for part in expression.parts)
        case ex.Or():
            return any(truth(part, answers) for part in expression.parts)
        case ex.Name():
            return answers[expression.name] is True
        case ex.Tick():
            ticks = answers[expression.name]
            return isinstance(ticks, tuple) and expression.part in ticks
        case ex.OneOf():
            return (answers[expression.name] in [word.id for word in expression.words]) is not expression.negated
        case ex.Known():
            return expression.known
        case ex.Compare():
            constant = expression.constant
            right = LIMITS[constant.limit] if constant.limit else constant.value
            left = answers[expression.name]
            assert isinstance(left, int)
            assert isinstance(right, int)
            return {
                "<": left < right,
                "<=": left <= right,
                ">": left > right,
                ">=": left >= right,
                "==": left == right,
                "!=": left != right,
            }[expression.op]


@given(expressions, st.fixed_dictionaries({name: st.sampled_from(values) for name, values in ANSWERS.items()}))
def test_jinja_gives_the_same_answer_to_every_expression(text: str, answers: dict[str, object]) -> None:
    ticks = answers["extras"]
    assert isinstance(ticks, tuple)
    theirs = JINJA.compile_expression(text)(**{**answers, "extras": Ticked(ticks)}, limits=LIMITS)

    assert truth(parse(text), answers) is bool(theirs)


def shape(expression: ex.Expression) -> object:
    """Our reading, without places."""
    match expression:
        case ex.Not():
            return ("not", shape(expression.part))
        case ex.And() | ex.Or():
            chain = [part for part in expression.parts if isinstance(part, ex.Compare)]
            if len(chain) == 2 and chain[0].at == chain[1].at:
                low, high = chain
                return ("chain", number(low.constant), _FLIP[low.op], low.name, high.op, number(high.constant))
            word = "and" if isinstance(expression, ex.And) else "or"
            found = shape(expression.parts[0])
            for part in expression.parts[1:]:
                found = (word, found, shape(part))
            return found
        case ex.Name():
            return expression.name
        case ex.Tick():
            return (".", expression.name, expression.part)
        case ex.OneOf():
            ids = [word.id for word in expression.words]
            negated = expression.negated
            return ("in", expression.name, ids, negated) if len(ids) > 1 else ("is", expression.name, ids[0], negated)
        case ex.Known():
            return ("known" if expression.known else "unknown", expression.name)
        case ex.Compare():
            return (expression.op, expression.name, number(expression.constant))


def number(constant: ex.Constant) -> object:
    return (".", "limits", constant.limit) if constant.limit else constant.value


_SIGNS = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}


def theirs(node: nodes.Node) -> object:
    """Jinja's reading, in the same form."""
    match node:
        case nodes.Not():
            return ("not", theirs(node.node))
        case nodes.And() | nodes.Or():
            return ("and" if isinstance(node, nodes.And) else "or", theirs(node.left), theirs(node.right))
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return (".", theirs(node.node), node.attr)
        case nodes.Neg():
            assert isinstance(node.node, nodes.Const)
            return -node.node.value
        case nodes.Const():
            return node.value
        case nodes.Test():
            return (node.name, theirs(node.node))
        case nodes.Compare():
            return compared(node)
    raise AssertionError(node)


def compared(node: nodes.Compare) -> object:
    first = node.ops[0]
    name, right = theirs(node.expr), theirs(first.expr) if not isinstance(first.expr, nodes.List) else None
    if isinstance(first.expr, nodes.List):
        ids = [theirs(item) for item in first.expr.items]
        negated = first.op == "notin"
        return ("in", name, ids, negated) if len(ids) > 1 else ("is", name, ids[0], negated)
    if len(node.ops) == 2:
        return ("chain", name, _SIGNS[first.op], right, _SIGNS[node.ops[1].op], theirs(node.ops[1].expr))
    if isinstance(right, str):
        return ("is", name, right, first.op == "ne")
    return (_SIGNS[first.op], name, right)


PIECES = (
    "a b fault days limits known unknown none true True None and or not in is if else AND channel private 'us' \"x\" "
    "'' 1 -5 007 1.5 1_0 == != < <= > >= ( ) [ ] , . ' \" = + - | ~ {{ }} %} # \u00f1 0"
).split()
random_texts = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(("", " ", " ", "\n"))), max_size=14)


def read(text: str) -> ex.Expression | SyntaxFault:
    try:
        return parse(text)
    except SyntaxFault as fault:
        return fault


@given(st.one_of(random_texts.map(lambda parts: "".join(a + b for a, b in parts)), st.text(max_size=30), expressions))
@example("True")
@example("None is known")
@example("a == 'us' 'them'")
@example("days < 5and a")
def test_whatever_is_accepted_jinja_reads_with_the_same_structure(text: str) -> None:
    ours = read(text)
    if isinstance(ours, SyntaxFault):
        assert 0 <= ours.at <= len(text)
        return
    parsed = JINJA.parse("{{" + text + "}}").body[0]
    assert isinstance(parsed, nodes.Output)

    assert shape(ours) == theirs(parsed.nodes[0])


STANDS = "stands where"
ENDS = "the condition ends where"
REFUSED = [
    ("a = 'x'", 2, "`=` has no meaning in a condition", "equality is written `==`"),
    ("a == b == c", 5, f"`b` {STANDS} an id in quotes should", "put it in quotes: `'b'`"),
    ("a & b", 2, "`&` has no meaning in a condition", "write `and`"),
    ("a | b", 2, "`|` has no meaning in a condition", "write `or`"),
    ("!a", 0, "`!` has no meaning in a condition", "write `not`"),
    ("a == ‘x’", 5, "`‘` has no meaning in a condition", "use straight quotes: `'`"),
    ("a == «x»", 5, "`«` has no meaning in a condition", "use straight quotes: `'`"),
    ("a == 'x", 5, "`'` has no meaning in a condition", "the quote is not closed"),
    ('a == "x', 5, '`"` has no meaning in a condition', "the quote is not closed"),
    ("n + 1 > 2", 2, "`+` has no meaning in a condition", "conditions do not reckon: put the number into `limits`"),
    ("año", 1, "`ñ` has no meaning in a condition", "names have only the letters a to z, digits and `_`"),
    ("a; b", 1, "`;` has no meaning in a condition", None),
    ("", 0, f"{ENDS} a question or a fact should follow", None),
    ("a and", 5, f"{ENDS} a question or a fact should follow", None),
    ("true", 0, f"`true` {STANDS} a question or a fact should", None),
    ("True", 0, f"`True` {STANDS} a question or a fact should", None),
    ("'x' == a", 0, f"`'x'` {STANDS} a question or a fact should", "the name stands first: `name == 'id'`"),
    ("a b", 2, f"`b` {STANDS} `and`, `or` or the end should", "parts are joined by `and` or `or`"),
    ("a AND b", 2, f"`AND` {STANDS} `and`, `or` or the end should", "write `and`"),
    ("NOT a", 4, f"`a` {STANDS} `and`, `or` or the end should", "write `not`"),
    ("(a", 2, f"{ENDS} `)` should follow", None),
    ("a.1", 2, f"`1` {STANDS} a choice's id should", None),
    ("a is", 4, f"{ENDS} `known` or `unknown` should follow", "write `a is unknown` or `a is known`"),
    (
        "a is true",
        5,
        f"`true` {STANDS} `known` or `unknown` should",
        "a yes-or-no question stands alone: `a` or `not a`",
    ),
    ("a is not unknown", 5, f"`not` {STANDS} `known` or `unknown` should", "write `a is known` for `is not unknown`"),
    ("a not b", 6, f"`b` {STANDS} `in` should", None),
    ("a in 'x'", 5, f"`'x'` {STANDS} `[` should", "write `name in ['x', 'y']`"),
    ("a in ['x' 'y']", 10, f"`'y'` {STANDS} `,` or `]` should", None),
    ("a in [1]", 6, f"`1` {STANDS} an id in quotes should", "numbers are compared: `1 <= name < 5`"),
    ("a in []", 6, f"`]` {STANDS} an id in quotes should", None),
    ("a == 'X y'", 5, "`X y` is no id", "ids are lower-case letters, digits and `_`"),
    ("a == ''", 5, "`` is no id", "ids are lower-case letters, digits and `_`"),
    ("a == true", 5, f"`true` {STANDS} an id in quotes should", "a yes-or-no question stands alone: `a` or `not a`"),
    ("a == null", 5, f"`null` {STANDS} an id in quotes should", "write `a is unknown`"),
    ("a != none", 5, f"`none` {STANDS} an id in quotes should", "write `a is known`"),
    ("n < 'x'", 4, f"`'x'` {STANDS} a whole number or `limits.<name>` should", None),
    ("n <> 5", 3, f"`>` {STANDS} a whole number or `limits.<name>` should", "write `!=`"),
    ("n < 1 < 5", 6, f"`<` {STANDS} `and`, `or` or the end should", "a chain has the name in the middle: `1 <= n < 5`"),
    ("n < limits", 10, f"{ENDS} `.` and the limit's name should follow", "write `limits.<name>`"),
    ("n < limits.5", 11, f"`5` {STANDS} the limit's name should", None),
    ("n < 1.5", 4, "`1.5` is no whole number", "count in a smaller unit"),
    ("n < -007", 4, "`-007` starts with a zero", "write `-7`"),
    ("n < 1234567890123456", 4, "a number has at most 15 digits", None),
    ("1 == n", 2, f"`==` {STANDS} `<`, `<=`, `>` or `>=` should", None),
    ("1 < n", 4, "a chain is constant, name, constant", "with one constant the name stands first: `n > …`"),
    ("1 < n > 5", 6, "a chain goes in one direction", "write `… < n < …`"),
    ("1 < n == 5", 6, f"`==` {STANDS} `<`, `<=`, `>` or `>=` should", None),
    ("1 < n < m", 8, f"`m` {STANDS} a whole number or `limits.<name>` should", None),
    ("a" * (LONGEST + 1), LONGEST, f"a condition has at most {LONGEST} characters", "split it into facts"),
]


@pytest.mark.parametrize(("text", "at", "message", "hint"), REFUSED, ids=[row[0][:20] for row in REFUSED])
def test_what_is_no_condition_is_refused_at_its_place(text: str, at: int, message: str, hint: str | None) -> None:
    with pytest.raises(SyntaxFault) as caught:
        parse(text)

    assert (caught.value.message, caught.value.at, caught.value.hint) == (message, at, hint)
    assert caught.value.message in str(caught.value)


@pytest.mark.parametrize("opening", ["(", "not ", "(not ", "not (a or "])
def test_nothing_is_nested_so_deep_that_reading_it_fails(opening: str) -> None:
    with pytest.raises(SyntaxFault, match=f"more than {DEEPEST}"):
        parse(opening * (LONGEST // len(opening) - 1) + "a")


def test_as_deep_as_is_allowed_jinja_follows() -> None:
    text = "(" * DEEPEST + "a" + ")" * DEEPEST

    assert parse(text) == ex.Name("a", DEEPEST)
    assert theirs(JINJA.parse("{{" + text + "}}").body[0].nodes[0]) == "a"  # type: ignore[attr-defined]


def test_every_part_knows_its_column() -> None:
    text = "not a or b.c and 1 <= n < limits.x"

    assert parse(text) == ex.Or(
        (
            ex.Not(ex.Name("a", 4), 0),
            ex.And(
                (
                    ex.Tick("b", "c", 9, 11),
                    ex.And(
                        (
                            ex.Compare("n", ">=", ex.Constant(1, None, 17), 22),
                            ex.Compare("n", "<", ex.Constant(None, "x", 26), 22),
                        ),
                        17,
                    ),
                ),
                9,
            ),
        ),
        0,
    )
