"""Edits of the pack that ships which break a red line, held against every case one by one."""

from __future__ import annotations

import pytest

from playbook.loader import load
from tests.everycase import EveryCase
from tests.planted import planted
from tests.shipped import every_case, shipped

pytestmark = pytest.mark.exhaustive


@pytest.mark.parametrize(
    ("path", "before", "after", "line"),
    [
        ("threat", "      right: timing\n", "      right: make_it_right\n", "no_reward_for_a_threat"),
        ("threat", "      us: reacted\n", "      us: investigate\n", "our_error_is_put_right"),
        (
            "threat",
            "      badly: repair_our_reaction\n",
            "      badly: keep_or_let_go\n",
            "threat.nobody_is_let_go_by_mistake",
        ),
        ("threat", "      unknown: investigate\n", "      unknown: reacted\n", "threat.no_reward_for_their_own_error"),
        ("threat", "repeat is known and repeat and not valued", "not valued", "threat.nobody_is_let_go_by_mistake"),
        ("threat", "and repeat and not valued", "and repeat", "threat.nobody_is_let_go_who_matters_to_us"),
        ("intake", "      insult: abuse\n", "      insult: let_it_be\n", "nobody_who_needs_us_is_left_alone"),
        (
            "intake",
            "      rumour: backlash\n",
            "      rumour: let_it_be\n",
            "intake.only_what_asks_for_nothing_goes_unanswered",
        ),
    ],
)
def test_an_edit_of_the_tree_that_breaks_a_red_line_is_found(path: str, before: str, after: str, line: str) -> None:
    file = f"protocols/{path}.yaml"
    text = shipped().files[file].decode()
    assert text.count(before) == 1
    loaded = load({**shipped().files, file: text.replace(before, after).encode()})
    assert loaded.pack is not None, loaded.diagnostics
    every = EveryCase(loaded.pack)
    assert [each.line for each in every.crossed(every.cases(path), line)] == [line]


def test_a_breach_is_told_with_its_smallest_case() -> None:
    quiet = shipped().protocols["safety"].outcomes["second_look"]
    every = EveryCase(planted(shipped(), quiet._replace(marks=("silence", "owned", "private_path", "handed_over"))))
    told = [str(each) for each in every.crossed(every.cases("safety"))]
    where = "from safety with flags=() to safety.second_look, where it may be that"
    assert told == [
        f"nobody_who_needs_us_is_left_alone (silence): {where} kind='complaint'",
        f"safety.never_unanswered (silence): {where} anything",
    ]


def test_influence_never_decides_what_a_person_is_due() -> None:
    pairs = EveryCase(shipped()).favoured(every_case())
    assert not pairs, f"{pairs[0][0].answers} and {pairs[0][1].answers} get different things"


def test_a_protocol_that_pays_for_influence_is_found() -> None:
    open_ = shipped().protocols["threat"].outcomes["stand_firm_in_the_open"]
    every = EveryCase(planted(shipped(), open_._replace(marks=(*open_.marks, "compensation"))))
    one, other = every.favoured(every.cases("threat"))[0]
    assert {one.outcome.id, other.outcome.id} == {"stand_firm", "stand_firm_in_the_open"}
