from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.conditions import expression as ex
from playbook.conditions.condition import BROKEN, Condition, Kind, Need, Scope, check, settle_rules
from playbook.conditions.expression import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAMES = ("a", "b", "c", "d", "e")
VALUES = (True, False, None)


def scope(**kinds: Kind) -> Scope:
    found = Scope({"serious": 8, "broken": None})
    found.kinds.update(kinds)
    return found


FULL = scope(
    fault=Kind("choice", ("us", "them", "it")),
    days=Kind("number", low=0, high=10),
    sure=Kind("yes_no"),
    extras=Kind("many", ("gift", "fragile")),
    order=Kind("text"),
    odd=BROKEN,
    one=Kind("choice", ("only",)),
    bare=Kind("choice"),
    channel=Kind("choice", ("x", "mail"), properties={"private": frozenset({"mail"}), "theirs": frozenset({"x"})}),
)


def condition(text: str, names: Scope) -> Condition:
    return Condition(text, parse(text), names)


def kleene(expression: ex.Expression, answers: dict[str, object]) -> object:
    """Three-valued truth by its definition: and is the least, or the greatest, of false < unknown < true."""
    if isinstance(expression, ex.Not):
        inner = kleene(expression.part, answers)
        return None if inner is None else not inner
    if isinstance(expression, ex.Known):
        return (answers[expression.name] is not None) is expression.known
    if isinstance(expression, ex.Name):
        return answers[expression.name]
    assert isinstance(expression, ex.And | ex.Or)
    order: dict[object, int] = {False: 0, None: 1, True: 2}
    found = sorted((kleene(part, answers) for part in expression.parts), key=order.__getitem__)
    return found[0] if isinstance(expression, ex.And) else found[-1]


@st.composite
def once_each(draw: st.DrawFn) -> str:
    """An expression that speaks of each question once: then what can still matter is exactly what may be asked."""
    parts = [name + draw(st.sampled_from(("", "", " is known", " is unknown"))) for name in NAMES]
    parts = parts[: draw(st.integers(1, len(NAMES)))]
    while len(parts) > 1:
        at = draw(st.integers(0, len(parts) - 2))
        wrapped = draw(st.sampled_from(("({} {} {})", "not ({} {} {})")))
        parts[at : at + 2] = [wrapped.format(parts[at], draw(st.sampled_from(("and", "or"))), parts[at + 1])]
    return parts[0]


def completions(answers: dict[str, object], names: list[str]) -> Iterator[dict[str, object]]:
    missing = [name for name in names if name not in answers]
    for values in product(VALUES, repeat=len(missing)):
        yield {**answers, **dict(zip(missing, values, strict=True))}


def expected(names: list[str], answers: dict[str, object], meaning: Callable[[dict[str, object]], object]) -> object:
    """The settled meaning, or the leftmost question that can still change it."""
    if len({meaning(each) for each in completions(answers, names)}) == 1:
        return meaning(next(completions(answers, names)))
    for name in names:
        others = [each for each in completions(answers, names) if each.get(name) is None]
        if name not in answers and any(
            len({meaning({**each, name: value}) for value in VALUES}) > 1 for each in others
        ):
            return name
    raise AssertionError(names)


def shown(verdict: object) -> object:
    return verdict.question if isinstance(verdict, Need) else verdict


partial = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES))


@given(once_each(), partial)
def test_what_is_settled_and_what_is_asked_are_what_brute_force_finds(text: str, answers: dict[str, object]) -> None:
    own = condition(text, scope(**dict.fromkeys(NAMES, Kind("yes_no"))))
    names = list(own.names)
    given_ = {name: value for name, value in answers.items() if name in names}

    def meaning(complete: dict[str, object]) -> object:
        return kleene(own.expression, complete)

    assert shown(own.value(dict(given_))) == expected(names, given_, meaning)
    assert shown(own.is_true(dict(given_))) == expected(names, given_, lambda each: meaning(each) is True)
    assert shown(own.is_false(dict(given_))) == expected(names, given_, lambda each: meaning(each) is False)


repeated = st.recursive(
    st.sampled_from((*NAMES, "a is known", "b is unknown")),
    lambda parts: st.one_of(
        st.tuples(parts, st.sampled_from((" and ", " or ")), parts).map(lambda each: f"({''.join(each)})"),
        parts.map("not {}".format),
    ),
    max_leaves=8,
)


@given(repeated, partial)
def test_an_answer_more_never_changes_what_was_settled(text: str, answers: dict[str, object]) -> None:
    own = condition(text, scope(**dict.fromkeys(NAMES, Kind("yes_no"))))
    before = own.value(dict(answers))

    for complete in completions(answers, list(own.names)):
        after = own.value(dict(complete))
        assert after is kleene(own.expression, complete)
        assert isinstance(before, Need) or after is before
    assert not isinstance(before, Need) or (before.question in own.names and before.question not in answers)


def test_the_leftmost_question_is_asked_whether_it_makes_a_part_true_or_false() -> None:
    own = condition("(a and b) or c", scope(**dict.fromkeys(NAMES, Kind("yes_no"))))

    assert shown(own.value({"a": None})) == "b"
    assert shown(own.value({})) == "a"


def test_the_leftmost_question_may_stand_in_a_fact() -> None:
    names = scope(**dict.fromkeys((*NAMES, "fact"), Kind("yes_no")))
    names.settlers["fact"] = condition("b", names).value
    own = condition("(a and fact) or c", names)

    assert shown(own.value({"a": None})) == "b"


def test_a_fact_is_settled_once() -> None:
    names = scope(a=Kind("yes_no"), fact=Kind("yes_no"))
    settled: list[object] = []

    def settle(env: dict[str, object]) -> object:
        settled.append(env.get("a"))
        return env.get("a", Need("a"))

    names.settlers["fact"] = settle
    own = condition("(fact or not fact) and fact is known", names)
    env: dict[str, object] = {"a": True}

    assert own.value(env) is True
    assert own.value(env) is True
    assert settled == [True]
    assert env["fact"] is True


def test_the_first_true_rule_gives_a_fact_its_value_and_an_unknown_one_before_it_takes_it_away() -> None:
    names = scope(a=Kind("yes_no"), b=Kind("yes_no"))
    settle = settle_rules(((condition("a", names), "x"), (condition("b", names), "y"), (None, "z")))

    assert settle({"a": True}) == "x"
    assert settle({"a": False, "b": True}) == "y"
    assert settle({"a": False, "b": False}) == "z"
    assert settle({"a": None, "b": True}) is None
    assert settle({"a": False, "b": None}) is None
    assert shown(settle({"a": False})) == "b"


@pytest.mark.parametrize(
    ("text", "answers", "verdict"),
    [
        ("fault == 'us'", {"fault": "us"}, True),
        ("fault != 'us'", {"fault": "us"}, False),
        ("fault in ['us', 'it']", {"fault": "it"}, True),
        ("fault not in ['us', 'it']", {"fault": "it"}, False),
        ("fault not in ['us', 'it']", {"fault": None}, None),
        ("fault != 'us'", {"fault": None}, None),
        ("extras.gift", {"extras": ("gift",)}, True),
        ("extras.gift", {"extras": ()}, False),
        ("extras.gift", {"extras": None}, None),
        ("extras.none", {"extras": ()}, True),
        ("extras.none", {"extras": ("gift",)}, False),
        ("extras is known", {"extras": ()}, True),
        ("days < 5", {"days": 4}, True),
        ("days <= 5", {"days": 6}, False),
        ("days > limits.serious", {"days": 9}, True),
        ("days >= 5", {"days": 5}, True),
        ("days == 5", {"days": 4}, False),
        ("days != 5", {"days": 4}, True),
        ("1 <= days < 5", {"days": 5}, False),
        ("5 > days >= 1", {"days": 1}, True),
        ("channel.private", {"channel": "mail"}, True),
        ("channel.theirs", {"channel": "mail"}, False),
        ("order is unknown", {"order": None}, True),
        ("sure is known", {"sure": False}, True),
    ],
)
def test_each_form_means_what_the_language_says(text: str, answers: dict[str, object], verdict: object) -> None:
    assert check(parse(text), FULL) == []
    assert condition(text, FULL).value(answers) is verdict


def test_a_choice_that_does_not_exist_has_all_of_them_named_where_that_is_short() -> None:
    for ids, named in (
        (tuple(f"c{number}" for number in range(20)), True),
        (tuple("a" * (60 + number) for number in range(9)), False),
    ):
        scope = Scope({})
        scope.kinds["place"] = Kind("choice", ids)
        (fault,) = check(parse("place == 'xyz'"), scope)
        assert fault.hint == ("known: " + ", ".join(f"`{each}`" for each in ids) if named else None)


TYPE_FAULTS = [
    ("falt == 'us'", 0, "no question or fact is called `falt`", "did you mean `fault`?"),
    ("sure and fault", 9, "`fault` is no yes-or-no question", "write `fault == 'us'`"),
    ("bare", 0, "`bare` is no yes-or-no question", "write `bare == 'id'`"),
    ("days", 0, "`days` is no yes-or-no question", "write `days < 10`"),
    ("extras", 0, "`extras` is no yes-or-no question", "write `extras.gift`"),
    ("order", 0, "`order` is no yes-or-no question", "texts are not branched on; only `is known` may be said of them"),
    ("sure.gift", 0, "`sure` has no parts", "write `sure` or `not sure`"),
    ("extras.gif", 7, "`extras` has no `gif`", "did you mean `gift`?"),
    ("channel.privat", 8, "`channel` has no `privat`", "did you mean `private`?"),
    ("channel.none", 8, "`channel` has no `none`", "known: `private`, `theirs`"),
    ("days == 'us'", 0, "`days` is not compared with ids", "write `days < 10`"),
    ("fault in ['us', 'thm']", 16, "`fault` has no choice `thm`", "did you mean `them`?"),
    ("fault in ['us', 'us']", 16, "`us` is listed twice", "leave one out"),
    ("sure or one == 'only'", 8, "this can only be true: every choice of `one` is listed", "write `one is known`"),
    (
        "fault not in ['it', 'us', 'them']",
        0,
        "this can only be false: every choice of `fault` is listed",
        "write `fault is known`",
    ),
    ("fault < 5", 0, "`fault` is no number", "write `fault == 'us'`"),
    ("days < limits.seriuos", 7, "no limit is called `seriuos`", "did you mean `serious`?"),
    ("days < 0", 0, "`days < 0` can only be false", "`days` goes from 0 to 10"),
    ("days <= 10", 0, "`days <= 10` can only be true", "`days` goes from 0 to 10"),
    ("days == 11", 0, "`days == 11` can only be false", "`days` goes from 0 to 10"),
    ("days != -1", 0, "`days != -1` can only be true", "`days` goes from 0 to 10"),
    (
        "5 < days < 6",
        4,
        "no number lies between 5 and 6 like this",
        "a chain goes from the smaller to the larger: `1 <= n < 5`",
    ),
    (
        "2 >= days > 8",
        5,
        "no number lies between 2 and 8 like this",
        "a chain goes from the smaller to the larger: `1 <= n < 5`",
    ),
]


@pytest.mark.parametrize(("text", "at", "message", "hint"), TYPE_FAULTS, ids=[row[0] for row in TYPE_FAULTS])
def test_what_cannot_be_said_of_a_name_is_told_at_its_place(text: str, at: int, message: str, hint: str) -> None:
    assert check(parse(text), FULL) == [(message, at, hint)]


def test_all_faults_of_a_condition_are_told_in_the_order_of_the_text() -> None:
    assert [fault.at for fault in check(parse("falt or days == 'x' or extras.gif"), FULL)] == [0, 8, 30]


@pytest.mark.parametrize(
    "text",
    ["odd", "odd == 'x'", "odd < 3", "odd.x", "days < limits.broken", "1 < days < limits.broken", "5 <= days < 6"],
)
def test_what_was_refused_elsewhere_is_not_refused_once_more(text: str) -> None:
    assert check(parse(text), FULL) == []


def test_where_names_may_be_missing_an_unknown_one_passes() -> None:
    names = scope(sure=Kind("yes_no"))
    names.partial = True

    assert check(parse("nobody == 'x' and sure"), names) == []
    assert len(check(parse("sure == 'x'"), names)) == 1


def test_a_condition_names_what_it_speaks_of_once_each_and_shows_its_text() -> None:
    own = condition("a and (b or not a)", FULL)

    assert own.names == ("a", "b")
    assert repr(own) == "Condition('a and (b or not a)')"
