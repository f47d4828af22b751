"""Conditions in the words of questions and labels."""

from __future__ import annotations

import pytest

from playbook.conditions.condition import Condition
from playbook.conditions.expression import parse
from playbook.loader import load
from playbook.saying import describe
from playbook.words import Words
from tests.reply_world import FILES, PARCEL, PLAYBOOK

FACTS = """facts:
  ours: fault == 'us'
  named_twice: fault == 'us' or fault == 'carrier'
  late: days >= limits.price
  delay:
    - {when: days >= 10, is: long}
    - {when: extras.gift, is: some}
    - {is: short}
  named: {when: fault == 'us', title: {es: un caso nuestro, en: a case of ours}}
  size:
    - {when: days >= 10, is: large, title: {es: un paquete grande, en: a large parcel}}
    - {when: extras.gift, is: small, title: {es: uno pequeño, en: a small one}}
    - {when: urgent, is: large, title: {es: otro, en: another}}
    - {is: odd}
  twice:
    - {when: urgent, is: often}
    - {when: days >= 10, is: never}
    - {is: often}
"""


def said(condition: str, locale: str = "en") -> str:
    parcel = PARCEL.replace(PARCEL[PARCEL.index("facts:") : PARCEL.index("steps:")], FACTS)
    files = {**FILES, "playbook.yaml": PLAYBOOK, "protocols/parcel.yaml": parcel}
    loaded = load({path: text.encode() for path, text in files.items()})
    assert loaded.pack is not None, loaded.diagnostics
    scope = loaded.pack.facts["ours"].condition
    assert scope is not None
    return describe(Condition(condition, parse(condition), scope.scope), loaded.pack, Words(locale))


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("urgent", "«¿Corre prisa?» yes"),
        ("not urgent", "«¿Corre prisa?» no"),
        ("fault == 'us'", "«Whose error was it?» ours"),
        ("fault != 'us'", "«Whose error was it?» other than ours"),
        ("fault in ['us', 'carrier']", "«Whose error was it?» ours or the carrier's"),
        ("not fault == 'us'", "not («Whose error was it?» ours)"),
        ("fault is known", "«Whose error was it?» is known"),
        ("fault is unknown", "«Whose error was it?» is not known"),
        ("days >= 4", "«How many days?» ≥ 4"),
        ("days < limits.price", "«How many days?» < 12500"),
        ("days == 3", "«How many days?» = 3"),
        ("days != 3", "«How many days?» ≠ 3"),
        ("1 <= days < 5", "«How many days?» ≥ 1 and «How many days?» < 5"),
        ("extras.gift", "«¿Qué llevaba?» Regalo"),
        ("extras.none", "«¿Qué llevaba?» None"),
        ("channel.private", "«Which channel did the person write on?» private"),
        ("channel.theirs", "«Which channel did the person write on?» not ours"),
        ("channel == 'tiny'", "«Which channel did the person write on?» Tiny"),
        (
            "urgent and named_twice",
            "«¿Corre prisa?» yes and («Whose error was it?» ours or «Whose error was it?» the carrier's)",
        ),
        (
            "urgent and (ours or late)",
            "«¿Corre prisa?» yes and («Whose error was it?» ours or «How many days?» ≥ 12500)",
        ),
        (
            "urgent and delay in ['long', 'some']",
            "«¿Corre prisa?» yes and («How many days?» ≥ 10 or «¿Qué llevaba?» Regalo)",
        ),
        ("urgent and fault == 'us'", "«¿Corre prisa?» yes and «Whose error was it?» ours"),
        (
            "urgent or fault == 'us' and days < 3",
            "«¿Corre prisa?» yes or («Whose error was it?» ours and «How many days?» < 3)",
        ),
    ],
)
def test_a_condition_is_said_with_its_questions_and_labels(condition: str, words: str) -> None:
    assert said(condition) == words


def test_it_is_said_in_the_language_of_the_interface() -> None:
    assert (
        said("not (urgent or fault is unknown)", "es")
        == "no («¿Corre prisa?» sí o «¿De quién fue el error?» no se sabe)"
    )
    assert said("fault != 'us'", "es") == "«¿De quién fue el error?» otra cosa que nuestro"


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("ours", "«Whose error was it?» ours"),
        ("not ours", "not («Whose error was it?» ours)"),
        ("late", "«How many days?» ≥ 12500"),
        ("delay == 'long'", "«How many days?» ≥ 10"),
        ("delay != 'long'", "not («How many days?» ≥ 10)"),
        ("delay in ['long', 'some']", "«How many days?» ≥ 10 or «¿Qué llevaba?» Regalo"),
        ("named", "a case of ours"),
        ("not named", "not (a case of ours)"),
        ("size == 'large'", "a large parcel"),
        ("size != 'large'", "not (a large parcel)"),
        ("size in ['large', 'small']", "a large parcel or a small one"),
    ],
)
def test_a_fact_is_said_by_what_it_stands_for(condition: str, words: str) -> None:
    assert said(condition) == words


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("delay == 'short'", "delay: short"),
        ("delay == 'some'", "delay: some"),
        ("twice == 'often'", "twice: often"),
        ("delay != 'short'", "delay: other than short"),
    ],
)
def test_a_value_that_no_single_rule_stands_for_is_said_by_its_name(condition: str, words: str) -> None:
    assert said(condition) == words
