"""A whole run: every failure is a finding at its place, and nothing untested passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playbook.diagnostics import WARNING, PlaybookError
from tests.trial_world import PARCEL, SCENARIOS, pack, trial
from tests.worlds import told

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "protocols/parcel.scenarios.yaml"


def errors(changed: Mapping[str, str | None], *protocols: str, fail_under: int | None = None) -> list[str]:
    """The findings that fail a run."""
    found = trial(changed, *protocols, fail_under=fail_under)
    wrong = told([each for each in found.findings if each.severity != WARNING])
    assert found.holds is not bool(wrong)
    return wrong


def test_scenarios_that_hold_leave_only_warnings_of_what_they_do_not_come_through() -> None:
    found = trial()
    assert found.holds
    assert found.failed == ()
    assert {each.severity for each in found.findings} == {WARNING}
    assert (
        told(found.findings)[0]
        == "protocols/parcel.yaml:11:46 PB505 no scenario comes through `them` of `parcel.whose`"
    )
    assert len(found.findings) == len(found.coverage.missing)


def test_a_failure_is_a_finding_with_what_was_expected_what_came_and_where_it_turned() -> None:
    assert errors({FILE: SCENARIOS.replace("outcome: repay", "outcome: explain")}) == [
        (
            f"{FILE}:6:16 PB500 eight days late: outcome: expected `parcel.explain`, got `parcel.repay`"
            " | it turned at line 1 of `parcel.how_late`, protocols/parcel.yaml:15:9"
        )
    ]
    assert errors({FILE: SCENARIOS.replace("[A-1]", "[A-2]")}) == [
        (
            f"{FILE}:11:25 PB500 eight days late: reply contains (en): expected `A-2`,"
            " got `Sorry about A-1. We pay you back today at 13:00., Hello.`"
        )
    ]


def test_a_long_text_is_cut_in_a_finding_and_whole_in_the_failure() -> None:
    long = {FILE: SCENARIOS.replace("[A-1]", f"[{'word ' * 50}]")}
    (finding,) = errors(long)
    assert f"expected `{'word ' * 31}word…`," in finding
    assert trial(long).failed[0].failures[0].expected == ("word " * 50).strip()


def test_a_red_line_that_is_crossed_fails_unless_it_is_expected() -> None:
    sorry = {"protocols/parcel.yaml": PARCEL.replace("    marks: [apology]\n    answer", "    answer")}
    without = SCENARIOS.replace("      red_lines: []\n", "")
    for text, line in ((SCENARIOS, 9), (without, 2)):
        assert errors({**sorry, FILE: text}) == [
            (
                f"{FILE}:{line}:{18 if line == 9 else 5} PB500 eight days late: red lines:"
                " expected `none`, got `sorry_for_our_own`"
            )
        ]
    assert errors({**sorry, FILE: SCENARIOS.replace("red_lines: []", "red_lines: [sorry_for_our_own]")}) == []
    assert errors({FILE: SCENARIOS.replace("red_lines: []", "red_lines: [sorry_for_our_own]")}) == [
        f"{FILE}:9:18 PB500 eight days late: red lines: expected `sorry_for_our_own`, got `none`"
    ]


def test_a_protocol_without_scenarios_fails_and_is_told_how_to_get_some() -> None:
    assert errors({FILE: None, "protocols/parcel.snapshots.md": None}) == [
        (
            "protocols/parcel.yaml:1:1 PB502 `parcel` has no scenarios"
            f" | write `{FILE}`; `playbook test parcel --suggest` has answers for it"
        )
    ]
    nothing = trial({FILE: "scenarios: []\n", "protocols/parcel.snapshots.md": None}, "parcel")
    assert not nothing.holds
    assert [each.code for each in nothing.findings] == ["PB502"]


def test_only_the_protocols_that_are_named_are_run_and_measured() -> None:
    found = trial(None, "safety")
    assert {each.scenario.protocol for each in found.ran} == {"safety"}
    assert {each.span.file for each in found.coverage.items} == {"protocols/safety.yaml", "protocols/shared/flags.yaml"}
    assert found.coverage.percent == 100


@pytest.mark.parametrize(("least", "wrong"), [(0, 0), (65, 0), (66, 1), (100, 1)])
def test_less_coverage_than_is_asked_for_fails(least: int, wrong: int) -> None:
    found = errors({}, fail_under=least)
    expected = f"None PB503 scenarios come through 65 % of these protocols, and {least} % is asked for"
    assert [each.partition(" | ")[0] for each in found] == [expected] * wrong


def test_every_fault_in_every_file_of_scenarios_is_told_before_anything_is_run() -> None:
    broken = {FILE: "scenarios: 3", "protocols/safety.scenarios.yaml": "scenarios: 4"}
    with pytest.raises(PlaybookError) as fault:
        trial(broken)
    assert [str(each.span) for each in fault.value.diagnostics] == [
        f"{FILE}:1:12",
        "protocols/safety.scenarios.yaml:1:12",
    ]
    assert trial({**broken, "protocols/safety.scenarios.yaml": None, FILE: SCENARIOS}, "parcel").holds


def test_the_same_run_comes_to_the_same() -> None:
    one, other = trial(), trial()
    assert one.findings == other.findings
    assert one.snapshots == other.snapshots
    assert one.coverage == other.coverage
    assert pack().protocols.keys() == {*one.protocols}
