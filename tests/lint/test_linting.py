"""All that is found in a pack, each fault once, as grave as the pack says."""

from __future__ import annotations

from datetime import date

import pytest

from playbook.lint.linting import lint
from playbook.loader import load
from playbook.source.guard import Limits
from tests.rule_world import BASE, PARCEL, laid

TODAY = date(2026, 11, 24)
FILE, PACK = "protocols/parcel.yaml", "playbook.yaml"
WEIGHT = {FILE: "questions:\n  weight:\n    ask: {es: A, en: B}\n    number: {min: 0, max: 9}\n"}


def linted(files: dict[str, str]) -> list[str]:
    found = lint(load({path: text.encode() for path, text in files.items()}), TODAY, Limits())
    told = [f"{each.span} {each.severity} {each.code}" for each in found.findings]
    return [*told, *["ignored"] * found.ignored, *([] if found.whole else ["no rules"])]


def test_nothing_is_found_where_nothing_is() -> None:
    assert linted(BASE) == []


def test_what_rules_find_is_told_in_the_order_of_the_files() -> None:
    assert linted(laid({**WEIGHT, PACK: "stances:\n  deny: {es: A, en: B}\n"})) == [
        "playbook.yaml:15:3 warning PB608",
        "protocols/parcel.yaml:20:3 warning PB601",
    ]


def test_faults_of_reading_come_alone_for_nothing_else_can_be_said() -> None:
    assert linted({**BASE, FILE: PARCEL.replace("owner: team\n", "owner: tem\n", 1)}) == [
        "protocols/parcel.yaml:4:8 error PB038",
        "no rules",
    ]


def test_faults_of_templates_and_scenarios_are_told_too() -> None:
    scenarios = "scenarios:\n  - name: n\n    answers: {fautl: us}\n    expect: {outcome: explain}\n"
    files = {
        **BASE,
        "templates/en/parcel/explain.j2": "{{ ordr }}",
        "protocols/parcel.scenarios.yaml": scenarios,
    }
    told = linted(files)
    assert told[-2:] == ["templates/en/parcel/explain.j2:1:4 error PB206", "no rules"]
    assert told[0].startswith("protocols/parcel.scenarios.yaml:3:")


def test_a_line_that_says_the_same_as_one_above_is_told_once() -> None:
    steps = (
        "steps:\n  size:\n    check:\n      - when: serious\n        then: make_right\n      - when: serious\n"
        "        then: explain\n      - then: apologise\n"
    )
    assert linted(laid({FILE: steps})) == ["protocols/parcel.yaml:30:9 warning PB077"]


@pytest.mark.parametrize(("severity", "told"), [("error", ["error"]), ("warning", ["warning"]), ("off", [])])
def test_a_pack_says_how_grave_a_finding_is(severity: str, told: list[str]) -> None:
    found = linted(laid({**WEIGHT, PACK: f"lint:\n  PB601: {severity}\n"}))
    assert found == [f"protocols/parcel.yaml:20:3 {each} PB601" for each in told]


def test_warnings_of_reading_can_be_turned_off_too_and_faults_cannot() -> None:
    idle = {
        FILE: "outcomes:\n  rest:\n    title: {es: A, en: B}\n    level: 0\n    because: {es: A, en: B}\n"
        "    source: A\n    reply: {silence: {es: A, en: B}}\n    follow_up: {owner: team, within: 1h, check: A}\n"
    }
    assert linted(laid(idle))[-1].endswith("PB076")
    assert linted(laid({**idle, PACK: "lint:\n  PB076: off\n  PB030: off\n"})) == ["playbook.yaml:21:3 warning PB653"]


def test_a_severity_that_is_none_is_refused_with_the_place() -> None:
    assert linted(laid({PACK: "lint:\n  PB601: loud\n  all: off\n"})) == [
        "playbook.yaml:20:10 error PB038",
        "playbook.yaml:21:3 error PB036",
        "no rules",
    ]
    assert linted(laid({PACK: "lint: off\n"})) == ["playbook.yaml:19:7 error PB032", "no rules"]
    assert linted(laid({PACK: "lint:\n  PB601: [off]\n"}))[0] == "playbook.yaml:20:10 error PB032"


def test_what_is_intended_is_ignored_in_yaml_and_in_templates() -> None:
    pieces = {
        FILE: WEIGHT[FILE].replace("weight:", "weight:  # playbook: ignore PB601 -- next week"),
        "templates/en/parcel/explain.j2": "{# playbook: ignore PB616 -- always asked #}\n{{ order }}",
    }
    assert linted(laid(pieces)) == ["ignored", "ignored"]


def test_an_ignore_that_is_not_needed_any_more_is_told() -> None:
    text = PARCEL.replace("owner: team\n", "owner: team  # playbook: ignore PB606 -- soon\n", 1)
    assert linted({**BASE, FILE: text}) == ["protocols/parcel.yaml:4:14 warning PB651"]
