from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import answers as a
from playbook.answers import Refused, accept, parse, read, schema
from tests.worlds import pack, protocol

if TYPE_CHECKING:
    from playbook.protocol import Answer, Question

PACK = pack(
    protocol(
        "questions:\n"
        "  kind: {ask: K, choices: {one: A, two: B}, unknown: true}\n"
        "  plain: {ask: P, choices: {left: A, right: B}}\n"
        "  sure: {ask: S, yes_no: true}\n"
        "  days: {ask: D, number: {min: -2, max: 6}, unknown: true}\n"
        "  ticks: {ask: T, choices: {up: U, down: D}, many: true, unknown: true}\n"
        "  ref: {ask: R, text: {max: 5}, unknown: true}\n"
        "steps:\n  s: {ask: sure, then: out}\n",
        outcomes="out",
    )
)
Q = PACK.questions
HALF = "\ud83d"


@pytest.mark.parametrize(
    ("name", "raw", "answer"),
    [
        ("kind", "one", "one"),
        ("kind", None, None),
        ("ticks", [], ()),
        ("ticks", ["down", "up", "down"], ("up", "down")),
        ("ticks", ("up",), ("up",)),
        ("ticks", None, None),
        ("sure", True, True),
        ("sure", "Sí", True),
        ("sure", "no", False),
        ("days", -2, -2),
        ("days", None, None),
        ("ref", " a ", " a "),
        ("ref", None, None),
    ],
)
def test_an_answer_is_taken_as_it_is_meant(name: str, raw: object, answer: object) -> None:
    assert accept(Q[name], raw) == answer


NULL = '; null for "don\'t know"'
ONE = f"one of `one`, `two`{NULL}"


@pytest.mark.parametrize(
    ("name", "raw", "message", "hint"),
    [
        ("kind", "tow", "`kind` does not take `tow`", "did you mean `two`?"),
        ("kind", "xyz", "`kind` does not take `xyz`", ONE),
        ("kind", 1, "`kind` does not take `1`", ONE),
        ("plain", None, '`plain` does not take "don\'t know"', "one of `left`, `right`"),
        ("ticks", "up", "`ticks` does not take `up`", f"any of `up`, `down`, or none{NULL}"),
        ("ticks", ["up", "x"], "`ticks` does not take `x`", f"any of `up`, `down`, or none{NULL}"),
        ("ticks", [["up"]], "`ticks` does not take `[['up']]`", f"any of `up`, `down`, or none{NULL}"),
        ("sure", 1, "`sure` does not take `1`", "`yes` or `no`"),
        ("sure", "perhaps", "`sure` does not take `perhaps`", "`yes` or `no`"),
        ("days", True, "`days` does not take `True`", f"a whole number from -2 to 6{NULL}"),
        ("days", 7, "`days` does not take `7`", f"a whole number from -2 to 6{NULL}"),
        ("days", 1.0, "`days` does not take `1.0`", f"a whole number from -2 to 6{NULL}"),
        ("ref", " ", "`ref` does not take ``", f"a text of at most 5 characters{NULL}"),
        ("ref", 5, "`ref` does not take `5`", f"a text of at most 5 characters{NULL}"),
        (
            "ref",
            "123456",
            "`ref` takes at most 5 characters: this has 1 too many",
            f"a text of at most 5 characters{NULL}",
        ),
        ("ref", HALF, "`ref` holds half a character", "type the text anew"),
        ("kind", HALF, "`kind` does not take `\\ud83d`", ONE),
        ("kind", "x" * 70, f"`kind` does not take `{'x' * 59}…`", ONE),
    ],
)
def test_what_a_question_does_not_take_is_told_with_what_it_takes(
    name: str, raw: object, message: str, hint: str
) -> None:
    with pytest.raises(Refused) as caught:
        accept(Q[name], raw)

    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_a_number_too_long_to_be_written_out_is_refused() -> None:
    with pytest.raises(Refused, match="`days` does not take `…`"):
        accept(Q["days"], 10**5000)


@pytest.mark.parametrize(
    ("name", "typed", "answer"),
    [
        ("kind", " two ", "two"),
        ("kind", "unknown", None),
        ("days", "null", None),
        ("days", " +5", 5),
        ("ticks", "", ()),
        ("ticks", "none", ()),
        ("ticks", "down, up,", ("up", "down")),
        ("sure", "S", True),
        ("ref", "null", "null"),
        ("ref", " x", " x"),
    ],
)
def test_what_is_typed_is_read_by_its_question(name: str, typed: str, answer: object) -> None:
    assert parse(Q[name], typed) == answer


@pytest.mark.parametrize(
    ("name", "typed"), [("ticks", "none, up"), ("days", "5.0"), ("days", "five"), ("sure", "unknown")]
)
def test_what_is_typed_in_vain_is_refused(name: str, typed: str) -> None:
    with pytest.raises(Refused):
        parse(Q[name], typed)


def test_all_answers_are_read_and_every_fault_is_told() -> None:
    raw = {"kind": "two", "days": "4", "sure": "perhaps", "ticks": ["up"], "kin": "one", HALF: 1, "ref": None}
    answers, faults = read(PACK, raw)

    assert answers == {"kind": "two", "days": 4, "ticks": ("up",), "ref": None}
    assert [(each.code, each.message, each.hint) for each in faults] == [
        ("PB301", "`sure` does not take `perhaps`", "`yes` or `no`"),
        ("PB300", "no question is called `kin`", "did you mean `kind`?"),
        (
            "PB300",
            "no question is called `\\ud83d`",
            "known: `channel`, `days`, `kind`, `plain`, `ref`, `sure`, `ticks`",
        ),
    ]


anything = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.sampled_from(("one", "up", "yes", "no"))
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=2)),
    max_leaves=4,
)


@given(st.sampled_from(sorted(Q)), anything)
def test_the_schema_of_a_question_says_what_it_takes(name: str, raw: object) -> None:
    question = Q[name]
    answer = taken(question, raw)
    if isinstance(answer, Refused):
        assert answer.message.encode()
        half = "\\ud" in json.dumps(raw)
        integral = isinstance(raw, float) and raw.is_integer()  # a whole number to a schema, but not to us
        assert half or integral or blank(question, raw) or not valid(question, raw)
    else:
        assert valid(question, a.as_json(answer))
        assert accept(question, a.as_json(answer)) == answer


def taken(question: Question, raw: object) -> Answer | Refused:
    try:
        return accept(question, raw)
    except Refused as fault:
        return fault


def blank(question: Question, raw: object) -> bool:
    """A schema cannot say that a text is more than white space without a pattern that readers of JSON dispute."""
    return question.kind == "text" and isinstance(raw, str) and not raw.strip()


def valid(question: Question, raw: object) -> bool:
    return jsonschema.Draft202012Validator(schema(question)).is_valid(raw)


def test_an_answer_is_written_as_json() -> None:
    assert a.as_json(("up", "down")) == ["up", "down"]
    assert a.as_json(None) is None
    assert schema(Q["plain"]) == {"enum": ["left", "right"]}
