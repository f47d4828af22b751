"""SARIF: what the published schema allows, whatever is told in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from playbook.diagnostics import ERROR, WARNING, Diagnostic, Span
from playbook.formats import gitlab, sarif

SCHEMAS = Path(__file__).parents[1] / "schemas"
SARIF, GITLAB = (Draft7Validator(json.loads((SCHEMAS / f"{name}.json").read_text())) for name in ("sarif", "gitlab"))
ONE = Diagnostic("PB601", "m", Span("protocols/a ñ.yaml", 2, 3), "h", WARNING)
words = st.text(min_size=1, max_size=20)
spans = st.builds(Span, st.sampled_from(("a.yaml", "b/ñ %.yaml")), st.integers(1, 99), st.integers(1, 99))
findings = st.builds(
    Diagnostic,
    st.sampled_from(("PB601", "PB602", "PB030")),
    words,
    st.none() | spans,
    st.none() | words,
    st.sampled_from((ERROR, WARNING)),
)
every = st.lists(st.tuples(findings, words), max_size=6)


@given(every, st.sampled_from(("", ".", "x", "x/y/")))
def test_a_report_is_valid_by_its_schema(found: list[tuple[Diagnostic, str]], folder: str) -> None:
    document = sarif.report(found, {"PB601": ("t", "p")}, "1", folder)
    SARIF.validate(document)
    SARIF.validate(json.loads(json.dumps(document)))
    GITLAB.validate(json.loads(gitlab.report(found, folder)))


@given(every)
def test_a_result_names_its_rule_in_the_list(found: list[tuple[Diagnostic, str]]) -> None:
    run = sarif.report(found, {}, "1")["runs"][0]  # type: ignore[index] # a list
    rules = [each["id"] for each in run["tool"]["driver"]["rules"]]
    assert rules == sorted({each.code for each, _ in found})
    assert [rules[each["ruleIndex"]] for each in run["results"]] == [each.code for each, _ in found]


def test_a_finding_is_written_like_this() -> None:
    document = sarif.report([(ONE, "f")], {"PB601": ("title", "page")}, "1.2", "pack")
    assert document["runs"] == [
        {
            "tool": {
                "driver": {
                    "name": "playbook",
                    "version": "1.2",
                    "rules": [
                        {
                            "id": "PB601",
                            "shortDescription": {"text": "title"},
                            "help": {"text": "page", "markdown": "page"},
                        }
                    ],
                }
            },
            "columnKind": "unicodeCodePoints",
            "results": [
                {
                    "ruleId": "PB601",
                    "ruleIndex": 0,
                    "level": "warning",
                    "message": {"text": "m\nh"},
                    "locations": [
                        {
                            "physicalLocation": {
                                "artifactLocation": {"uri": "pack/protocols/a%20%C3%B1.yaml"},
                                "region": {"startLine": 2, "startColumn": 3},
                            }
                        }
                    ],
                    "partialFingerprints": {"playbook/v1": "f"},
                }
            ],
        }
    ]


@pytest.mark.parametrize(("severity", "word"), [(ERROR, "major"), (WARNING, "minor")])
def test_gitlab_is_told_like_this(severity: str, word: str) -> None:
    text = gitlab.report([(ONE._replace(severity=severity), "f"), (Diagnostic("PB071", "n"), "g")])
    assert json.loads(text) == [
        {
            "description": "m (h)",
            "check_name": "PB601",
            "fingerprint": "f",
            "severity": word,
            "location": {"path": "protocols/a ñ.yaml", "lines": {"begin": 2}},
        },
        {
            "description": "n",
            "check_name": "PB071",
            "fingerprint": "g",
            "severity": "major",
            "location": {"path": "playbook.yaml", "lines": {"begin": 1}},
        },
    ]
