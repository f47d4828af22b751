"""Files of scenarios: every fault in them, with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playbook.scenarios import read
from tests.scenario_world import FILE, GOOD, with_scenarios

if TYPE_CHECKING:
    from playbook.scenarios import Scenarios


def refused(text: str) -> list[str]:
    found = read(with_scenarios(text), "parcel")
    return [f"{each.span} {each.message} ({each.hint})".removeprefix(FILE + ":") for each in found.diagnostics]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", ["1:1"]),
        (
            "scenarios: 3",
            ["1:12 a single value stands where a list of scenarios should (put it under the key, one a line)"],
        ),
        (
            "scenario: []",
            ["1:1 `scenario` is no key of a file of scenarios (did you mean `scenarios`?)"],
        ),
        ("[1]", ["1:1 a list stands where a map with `scenarios` should"]),
        ("scenarios: [3]", ["1:13 a single value stands where a map"]),
        ("scenarios: [{name: a}]", ["1:13 this scenario lacks `answers` and `expect`"]),
        (
            "scenarios: [{name: a, chanel: x, answers: {}, expect: {outcome: quiet}}]",
            ["1:23 `chanel` is no key of a scenario (did you mean `channel`?)"],
        ),
        (
            "scenarios: [{name: a, channel: wal, answers: {}, expect: {outcome: quiet}}]",
            ["1:32 no channel is called `wal` (did you mean `wall`?)"],
        ),
        (
            "scenarios: [{name: a, answers: {falt: us}, expect: {outcome: quiet}}]",
            ["1:33 no question is called `falt` (did you mean `fault`?)"],
        ),
        (
            "scenarios: [{name: a, answers: {channel: wall}, expect: {outcome: quiet}}]",
            ["1:33 the channel is no answer here (write `channel:` beside `answers:`)"],
        ),
        (
            "scenarios: [{name: a, answers: {fault: uss}, expect: {outcome: quiet}}]",
            ["1:40 `fault` does not take `uss` (did you mean `us`?)"],
        ),
        (
            "scenarios: [{name: a, answers: {fault: [us]}, expect: {outcome: quiet}}]",
            ["1:40 `fault` does not take `['us']` (one of"],
        ),
        ("scenarios: [{name: a, answers: {fault: {a: b}}, expect: {outcome: quiet}}]", ["1:40 `fault` does not take"]),
        ("scenarios: [{name: a, answers: {fault: [[us]]}, expect: {outcome: quiet}}]", ["1:40 `fault` does not take"]),
        (
            "scenarios: [{name: a, answers: {days: 900}, expect: {outcome: quiet}}]",
            ["1:39 `days` does not take `900` (a whole number from 0 to 365"],
        ),
        (
            "scenarios: [{name: a, answers: {wants_refund: null}, expect: {outcome: quiet}}]",
            ['1:47 `wants_refund` does not take "don\'t know"'],
        ),
        ("scenarios: [{name: a, answers: us, expect: {outcome: quiet}}]", ["1:32 a single value stands where a map"]),
        ("scenarios: [{name: a, answers: {}, expect: quiet}]", ["1:44 a single value stands where a map"]),
        ("scenarios: [{name: a, answers: {}, expect: {level: 1}}]", ["1:44 this expectation lacks `outcome`"]),
        ("scenarios: [{name: a, answers: {}, expect: {outcome: [x]}}]", ["1:54 a list stands where an outcome should"]),
        (
            "scenarios: [{name: a, answers: {}, expect: {outcome: quite}}]",
            ["1:54 no outcome is called `quite` (did you mean `quiet`?)"],
        ),
        (
            "scenarios: [{name: a, answers: {}, expect: {outcome: quiet, level: 4}}]",
            ["1:68 `4` is no level"],
        ),
        (
            "scenarios: [{name: a, answers: {}, expect: {outcome: quiet, asked: [falt]}}]",
            ["1:69 no question is called `falt` (did you mean `fault`?)"],
        ),
        (
            "scenarios: [{name: a, answers: {}, expect: {outcome: quiet, asked: fault}}]",
            ["1:68 a single value stands where a list of questions should"],
        ),
        (
            "scenarios: [{name: a, answers: {}, expect: {outcome: quiet, marks: {has: [remedi]}}}]",
            ["1:75 no mark is called `remedi` (did you mean `remedy`?)"],
        ),
        (
            "scenarios: [{name: a, answers: {}, expect: {outcome: quiet, marks: {hass: []}}}]",
            ["1:69 `hass` is no key of an expectation of marks (did you mean `has`?)"],
        ),
        (
            "scenarios: [{name: a, answers: {}, expect: {outcome: quiet, actions: [{ownr: x}]}}]",
            ["1:72 `ownr` is no key of an expected action (did you mean `owner`?)"],
        ),
        (
            "scenarios: [{name: a, answers: {}, expect: {outcome: quiet, actions: [{owner: it}]}}]",
            ["1:79 no role is called `it`"],
        ),
        (
            "scenarios: [{name: a, answers: {}, expect: {outcome: quiet, reply: yes}}]",
            ["1:68 a single value stands where a map from locales should"],
        ),
        (
            "scenarios: [{name: a, answers: {}, expect: {outcome: quiet, reply: {fr: {}}}}]",
            ["1:69 `fr` is no locale of this pack"],
        ),
        (
            "scenarios: [{name: a, answers: {}, expect: {outcome: quiet, reply: {es: {has: []}}}}]",
            ["1:74 `has` is no key of an expected reply"],
        ),
        (
            "scenarios: [{name: a, answers: {}, expect: {outcome: quiet, path: [whse]}}]",
            ["1:68 no step is called `whse` (did you mean `whose`?)"],
        ),
        (
            "scenarios: [{name: a, answers: {}, expect: {outcome: quiet, path: whose}}]",
            ["1:67 a single value stands where a list of steps should"],
        ),
        (
            "scenarios: [{name: a, answers: {}, expect: {outcome: quiet, red_lines: [x]}}]",
            ["1:73 no red line is called `x`"],
        ),
        (
            "scenarios: [{name: a, answers: {}, expect: {outcome: quiet, reply: {es: {snapshot: 1}}}}]",
            ["1:84 `1` is neither `true` nor `false`"],
        ),
        (
            "scenarios: [{name: a, answers: {}, expect: {outcome: quiet, reply: {es: {channels: wall}}}}]",
            ["1:84 a single value stands where a map from channels should"],
        ),
        (
            "scenarios: [{name: a, answers: {}, expect: {outcome: quiet, reply: {es: {channels: {wal: {}}}}}}]",
            ["1:85 no channel is called `wal` (did you mean `wall`?)"],
        ),
        (
            "scenarios: [{name: a, answers: {}, expect: {reply: {es: {channels: {wall: {channels: {}}}}}}}]",
            ["1:44 this expectation lacks `outcome`", "1:76 `channels` is no key of an expected reply on a channel"],
        ),
        (
            "scenarios:\n  - name: a\n    answers: {}\n    expect:\n      outcome:\n",
            [
                (
                    "5:15 this scenario does not say yet where it must end "
                    "(write the outcome that is right for these answers, not the one that the protocol comes to)"
                )
            ],
        ),
        (
            "scenarios: [{name: a, answers: {}, expect: {outcome: ''}}]",
            ["1:54 this is empty, an outcome should stand here"],
        ),
        (
            "scenarios:\n" + 2 * "- {name: a, answers: {fault: nobody}, expect: {outcome: thank}}\n",
            ["3:10 another scenario is called `a` (that one stands in line 2)"],
        ),
        ("scenarios: [{name: , answers: {}, expect: {outcome: quiet}}]", ["1:20 this is empty"]),
    ],
)
def test_every_fault_is_told_with_its_place(text: str, faults: list[str]) -> None:
    found = refused(text)
    assert len(found) == len(faults), found
    assert [each for each, fault in zip(found, faults, strict=True) if not each.startswith(fault)] == [], found


def test_one_fault_does_not_hide_the_others_and_good_scenarios_stay() -> None:
    text = GOOD + "  - {name: b, answers: {falt: us, days: x}, expect: {outcome: quite, levl: 1}}\n"
    found = read(with_scenarios(text), "parcel")
    assert [each.name for each in found.scenarios] == ["nine days late and ours"]
    assert [each.code for each in found.diagnostics] == ["PB055", "PB065", "PB051", "PB030"]


class Unreadable(dict[str, bytes]):
    """A pack whose scenarios cannot be read."""

    def __init__(self, known: dict[str, bytes], fault: OSError) -> None:
        super().__init__(known)
        self.fault = fault

    def __getitem__(self, path: str) -> bytes:
        if path == FILE:
            raise self.fault
        return super().__getitem__(path)


@pytest.mark.parametrize(
    ("fault", "message"), [(OSError(13, "Permission denied"), "permission denied"), (OSError(), "it failed")]
)
def test_a_file_that_cannot_be_read_is_a_diagnostic(fault: OSError, message: str) -> None:
    files = Unreadable({**with_scenarios(GOOD).files}, fault)
    found: Scenarios = read(with_scenarios(GOOD)._replace(files=files), "parcel")
    assert [each.message for each in found.diagnostics] == [f"cannot read `{FILE}`: {message}"]


def test_a_file_that_is_no_yaml_is_a_diagnostic() -> None:
    found = read(with_scenarios("scenarios: [}"), "parcel")
    assert found.scenarios == ()
    assert found.diagnostics
