"""Where a case turned away from what was expected of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from playbook.engine import Decided, walk
from playbook.protocol import Outcome, Target
from playbook.scenarios.turning import steps, strayed, told, turned
from tests.random_packs import complete, packs
from tests.trial_world import pack, trial

if TYPE_CHECKING:
    from playbook.protocol import Answer, Pack
    from playbook.scenarios import Failure


def at(outcome: str, **answers: Answer) -> str | None:
    """Where a case of `parcel` turned away from an outcome."""
    protocol, _, name = outcome.rpartition(".")
    found = turned(walk(pack(), "parcel", answers), Target(protocol or "parcel", name))
    return told(found) if found else None


def test_a_case_turns_at_the_line_after_which_nothing_leads_to_the_outcome() -> None:
    assert at("repay", alarm=False, fault="them") == "`them` of `parcel.whose`, protocols/parcel.yaml:11:46"
    assert at("repay", alarm=False, fault="us", days=3) == "line 2 of `parcel.how_late`, protocols/parcel.yaml:17:9"
    assert at("safety.call", alarm=False, fault="them") == "line 2 of `parcel.first`, protocols/parcel.yaml:11:10"


def test_a_case_does_not_turn_where_it_goes_as_expected_or_never_could() -> None:
    assert at("repay", alarm=False, fault="us", days=9) is None
    assert at("repay", alarm=False, fault="us") is None
    assert at("safety.quiet", alarm=False, fault="them") is None


def failing(
    expect: str, answers: str = "{alarm: no, fault: us, days: 8, worth: 1}"
) -> list[tuple[str, str, str | None]]:
    """What is expected, what came, and where the case turned, of the first failure."""
    text = f"scenarios:\n  - {{name: a, answers: {answers}, expect: {{{expect}}}}}\n"
    found: tuple[Failure, ...] = trial({"protocols/parcel.scenarios.yaml": text}, "parcel").ran[0].failures
    return [(each.expected, each.got, told(each.turned) if each.turned else None) for each in found]


@pytest.mark.parametrize(
    ("path", "expected", "turn"),
    [
        ("[whose, late]", "parcel.whose, parcel.late", "`any answer` of `parcel.late`, protocols/parcel.yaml:12:27"),
        ("[whose, how_late]", "parcel.whose, parcel.how_late", "`us` of `parcel.whose`, protocols/parcel.yaml:11:34"),
        (
            "[whose, late, how_late, safety.look]",
            "parcel.whose, parcel.late, parcel.how_late, safety.look",
            "line 1 of `parcel.how_late`, protocols/parcel.yaml:15:9",
        ),
        ("[safety.look]", "safety.look", "line 2 of `parcel.first`, protocols/parcel.yaml:11:10"),
    ],
)
def test_a_path_turns_at_the_line_after_which_it_goes_on_otherwise(path: str, expected: str, turn: str) -> None:
    came = "parcel.whose, parcel.late, parcel.how_late"
    assert failing(f"outcome: repay, path: {path}") == [(expected, came, turn)]


def test_a_path_that_starts_otherwise_turned_nowhere() -> None:
    text = "scenarios:\n  - {name: a, answers: {}, expect: {outcome: quiet, path: []}}\n"
    files = {"protocols/safety.scenarios.yaml": text, "protocols/shared/flags.yaml": "questions: {}\n"}
    safety = "protocol: safety\nversion: 1.0.0\ntitle: S\nowner: team\nsteps: {look: {check: [{then: quiet}]}}\n"
    safety += "outcomes: {quiet: {title: Q, level: 0, because: B, marks: [apology], reply: {silence: S}}}\n"
    known = pack({**files, "protocols/safety.yaml": safety, "protocols/parcel.yaml": safety.replace("safety", "parcel")}
                 | {"playbook.yaml": "brand: {name: A, signature: S}\nlocales: [en]\nroles: {team: {title: T}}\n"
                    "marks: {apology: A}\n"})  # fmt: skip
    assert strayed(walk(known, "safety", {}), ()) is None


def test_the_right_path_and_a_path_through_first_lines_alone_hold() -> None:
    assert failing("outcome: repay, path: [whose, parcel.late, how_late]") == []
    assert failing("outcome: safety.call, path: []", "{alarm: yes}") == []


def test_where_an_answer_is_missing_a_case_has_turned_before() -> None:
    turn = "line 2 of `parcel.first`, protocols/parcel.yaml:11:10"
    assert failing("outcome: safety.call", "{alarm: no}") == [("safety.call", "`fault` is not answered", turn)]


@given(packs(), complete)
def test_a_case_turns_away_from_every_outcome_but_its_own(pack: Pack, answers: dict[str, Answer]) -> None:
    case = walk(pack, "a", answers)
    assert isinstance(case, Decided)
    for place in (where for where, each in pack.places.items() if isinstance(each, Outcome)):
        found = turned(case, place)
        if place == Target(case.outcome.protocol, case.outcome.id):
            assert found is None
            assert strayed(case, steps(case)) is None
        elif found is not None:
            assert found in case.path
