"""A run of scenarios as programs see it."""

from __future__ import annotations

import json

from playbook.formats.junit import Check, Suite
from playbook.trial.documents import as_json, suites
from tests.trial_world import SCENARIOS, trial

FILE = "protocols/parcel.scenarios.yaml"
WRONG = {FILE: SCENARIOS.replace("outcome: repay", "outcome: explain")}


def test_the_json_says_what_each_scenario_came_to_and_where_it_turned() -> None:
    found = as_json(trial(WRONG, "parcel"))
    turned = {"step": "parcel.how_late", "taken": "line 1", "file": "protocols/parcel.yaml", "line": 15, "column": 9}
    assert found["scenarios"] == [
        {
            "protocol": "parcel",
            "name": "eight days late",
            "file": FILE,
            "line": 2,
            "column": 5,
            "holds": False,
            "outcome": "parcel.repay",
            "path": [
                {"step": "parcel.first", "taken": "line 2", "file": "protocols/parcel.yaml", "line": 11, "column": 10},
                {"step": "parcel.whose", "taken": "us", "file": "protocols/parcel.yaml", "line": 11, "column": 34},
                {
                    "step": "parcel.late",
                    "taken": "any answer",
                    "file": "protocols/parcel.yaml",
                    "line": 12,
                    "column": 27,
                },
                turned,
            ],
            "failures": [
                {
                    "what": "outcome",
                    "expected": "parcel.explain",
                    "got": "parcel.repay",
                    "file": FILE,
                    "line": 6,
                    "column": 16,
                    "turned": turned,
                }
            ],
        }
    ]
    assert found["status"] == "failed"
    assert found["protocols"] == ["parcel"]


def test_the_json_says_what_is_covered_and_what_is_found() -> None:
    found = as_json(trial(None, "safety"))
    assert (found["schema_version"], found["status"], found["findings"]) == (1, "passed", [])
    every = {"covered": 3, "total": 3, "percent": 100, "missing": []}
    assert found["coverage"] == {
        "percent": 100,
        "branches": every,
        "outcomes": {**every, "covered": 2, "total": 2},
        "red_lines": {**every, "covered": 0, "total": 0},
        "boundaries": {**every, "covered": 0, "total": 0},
    }
    missing = json.loads(json.dumps(as_json(trial())))["coverage"]["outcomes"]["missing"]
    assert missing == [
        {"what": "the outcome `parcel.explain`", "file": "protocols/parcel.yaml", "line": 29, "column": 5}
    ]


def test_a_case_without_an_end_has_no_outcome() -> None:
    changed = {"protocols/safety.scenarios.yaml": "scenarios: [{name: a, answers: {}, expect: {outcome: quiet}}]"}
    (scenario,) = json.loads(json.dumps(as_json(trial(changed, "safety"))))["scenarios"]
    assert scenario["outcome"] is None
    assert scenario["failures"][0]["turned"] is None


def test_a_suite_stands_for_each_protocol_and_one_for_the_run() -> None:
    parcel, safety, whole = suites(trial(WRONG, fail_under=80))
    (check,) = parcel.checks
    assert (check.name, check.against) == ("eight days late", ("outcome: expected parcel.explain, got parcel.repay",))
    assert check.details.startswith("✗ parcel: eight days late\n    outcome  protocols/parcel.scenarios.yaml:6:16\n")
    assert safety == Suite("safety", (Check("danger"), Check("no danger")))
    message = "scenarios come through 65 % of these protocols, and 80 % is asked for"
    assert whole == Suite("coverage", (Check("all of it", (message,)),))


def test_a_protocol_without_scenarios_fails_the_suite_of_the_run() -> None:
    (parcel, whole) = suites(trial({FILE: None, "protocols/parcel.snapshots.md": None}, "parcel"))
    assert parcel == Suite("parcel", ())
    assert whole.checks == (Check("all of it", ("protocols/parcel.yaml:1:1: `parcel` has no scenarios",)),)
