"""A run of scenarios as people see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.scenarios.cases import Failure
from playbook.trial.showing import beside, rows, summary
from tests.trial_world import SAFETY_SCENARIOS, SCENARIOS, trial

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "protocols/parcel.scenarios.yaml"


def shown(changed: Mapping[str, str | None], *protocols: str, width: int = 90, fail_under: int | None = None) -> str:
    found = rows(trial(changed, *protocols, fail_under=fail_under), width)
    return "".join(f"{each.lead}{each.text}\n" for each in found)


def test_what_fails_comes_first_with_its_path_and_the_line_where_it_turned() -> None:
    changed = {
        FILE: SCENARIOS.replace("outcome: repay", "outcome: explain"),
        "templates/es/parcel/repay.j2": "Perdón por lo de {{ ref }}.",
    }
    assert shown(changed) == (
        "✗ parcel: eight days late\n"
        "    outcome  protocols/parcel.scenarios.yaml:6:16\n"
        "      expected                                 │ got\n"
        "      parcel.explain                           ≠ parcel.repay\n"
        "      turned at line 1 of `parcel.how_late`, protocols/parcel.yaml:15:9\n"
        "    reply snapshot (es)  protocols/parcel.scenarios.yaml:12:24\n"
        "      expected                                 │ got\n"
        "      public:                                  │ public:\n"
        "      Perdona lo de A-1.                       ≠ Perdón por lo de A-1.\n"
        "                                               │\n"
        "      private:                                 │ private:\n"
        "      Hola.                                    │ Hola.\n"
        "    path\n"
        "      parcel.first     line 2        protocols/parcel.yaml:11:10\n"
        "      parcel.whose     `us`          protocols/parcel.yaml:11:34\n"
        "      parcel.late      `any answer`  protocols/parcel.yaml:12:27\n"
        "      parcel.how_late  line 1        protocols/parcel.yaml:15:9\n"
        "      parcel.repay\n"
        "\n"
        "Coverage\n"
        "  branches        7 of 11     63 %\n"
        "  outcomes        3 of 4      75 %\n"
        "  red lines       1 of 1     100 %\n"
        "  boundaries      2 of 4      50 %\n"
        "\n"
        "No scenario comes through\n"
        "  protocols/parcel.yaml:11:46      `them` of `parcel.whose`\n"
        "  protocols/parcel.yaml:11:64      `unknown` of `parcel.whose`\n"
        "  protocols/parcel.yaml:15:9       `days` 7, at the edge of `days >= limits.serious (8)`\n"
        "  protocols/parcel.yaml:17:9       line 2 of `parcel.how_late`\n"
        "  protocols/parcel.yaml:27:9       `worth` 50, at the edge of `worth > 50`\n"
        "  protocols/parcel.yaml:29:5       the outcome `parcel.explain`\n"
        "  protocols/shared/flags.yaml:5:5  first line 1 of `parcel`\n"
        "\n"
        "3 scenarios, 1 of them fails; 65 % covered\n"
    )


def test_where_all_is_covered_that_is_all_there_is() -> None:
    assert shown({}, "safety") == (
        "Coverage\n"
        "  branches        3 of 3     100 %\n"
        "  outcomes        2 of 2     100 %\n"
        "  red lines    none\n"
        "  boundaries   none\n"
        "\n"
        "2 scenarios hold; 100 % covered\n"
    )


def test_a_case_that_needs_an_answer_ends_where_it_stands() -> None:
    changed = {"protocols/safety.scenarios.yaml": "scenarios: [{name: a, answers: {}, expect: {outcome: quiet}}]"}
    assert "    path\n      safety.look needs `alarm`, which is not answered\n" in shown(changed, "safety")


def test_what_is_no_scenarios_fault_is_told_at_the_end() -> None:
    assert shown({FILE: None, "protocols/parcel.snapshots.md": None}, "parcel") == (
        "`parcel` has no scenarios\nno scenarios: nothing is tested\n"
    )
    assert shown({}, fail_under=90).endswith(
        "\nscenarios come through 65 % of these protocols, and 90 % is asked for\n3 scenarios hold; 65 % covered\n"
    )


def test_the_sum_says_how_many_fail() -> None:
    def summed(text: str) -> str:
        return summary(trial({"protocols/safety.scenarios.yaml": text}, "safety"))

    one = "scenarios:\n  - {name: danger, answers: {alarm: yes}, expect: {outcome: call}}\n"
    assert summed(one) == "1 scenario holds; 40 % covered"
    assert summed(one.replace("outcome: call", "outcome: quiet")) == "1 scenario fails; 40 % covered"
    both = SAFETY_SCENARIOS.replace("outcome: call", "outcome: X").replace("outcome: quiet", "outcome: call")
    assert summed(both.replace("outcome: X", "outcome: quiet")) == "2 scenarios fail; 100 % covered"
    three = SAFETY_SCENARIOS.replace("outcome: call", "outcome: quiet")
    assert summed(three) == "2 scenarios, 1 of them fails; 100 % covered"
    more = three + "  - {name: b, answers: {alarm: yes}, expect: {outcome: quiet}}\n"
    assert summed(more) == "3 scenarios, 2 of them fail; 100 % covered"


def test_long_lines_are_folded_into_their_column_and_lines_that_are_equal_stand_beside_each_other() -> None:
    span = trial(None, "safety").coverage.items[0].span
    failure = Failure("reply", "one\nsame words\nlast", "same words\nand more than fits here\nlast", span)
    assert "".join(f"{each.lead}{each.text}\n" for each in beside(failure, 20)) == (
        "      expected         │ got\n"
        "      one              ≠\n"
        "      same words       │ same words\n"
        "                       ≠ and more than\n"
        "                       │ fits here\n"
        "      last             │ last\n"
    )
