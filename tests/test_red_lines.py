"""The red lines of the pack that ships, held against every case; and that the check would notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playbook import protocol as p
from playbook.loader import load
from tests.everycase import EveryCase
from tests.shipped import every_case, shipped

if TYPE_CHECKING:
    from playbook.engine import Decided
    from playbook.protocol import Action, Outcome, Pack, RedLine

LINES: dict[str, RedLine] = {
    **shipped().red_lines,
    **{f"{one.id}.{name}": line for one in shipped().protocols.values() for name, line in one.red_lines.items()},
}


def test_no_case_crosses_a_red_line() -> None:
    breaches = EveryCase(shipped()).crossed(every_case())
    assert not breaches, "\n".join(map(str, breaches))


@pytest.mark.parametrize("name", LINES)
def test_an_outcome_that_breaks_a_red_line_is_found(name: str) -> None:
    line, every = LINES[name], EveryCase(shipped())
    victim = next(
        case.outcome
        for case in every_case()
        if case.protocol == case.outcome.protocol and _speaks(every, name, line, case)
    )
    broken = EveryCase(_with(shipped(), _spoilt(victim, line)))
    assert [each.line for each in broken.crossed(broken.cases(victim.protocol), name)] == [name]


def _speaks(every: EveryCase, name: str, line: RedLine, case: Decided) -> bool:
    return name in dict(every.lines(case)) and every.truth(line, case) is not None


def _spoilt(outcome: Outcome, line: RedLine) -> Outcome:
    """The outcome with what the line speaks of and what it forbids, and without what it demands."""
    kept = tuple(mark for mark in outcome.marks if mark not in line.always)
    actions = tuple(
        each._replace(marks=tuple(mark for mark in each.marks if mark not in line.always)) for each in outcome.actions
    )
    return outcome._replace(marks=(*kept, *line.beside, *line.never), actions=actions)


def _with(pack: Pack, outcome: Outcome) -> Pack:
    """The pack with this outcome; what the pack and shared files add to it carries no marks."""
    protocol = pack.protocols[outcome.protocol]
    outcomes = {**protocol.outcomes, outcome.id: outcome}
    shared = {name: each._replace(actions=_unmarked(each.actions)) for name, each in pack.shared.items()}
    return pack._replace(
        actions=_unmarked(pack.actions),
        protocols={**pack.protocols, protocol.id: protocol._replace(outcomes=outcomes)},
        places={**pack.places, p.Target(protocol.id, outcome.id): outcome},
        shared=shared,
    )


def _unmarked(actions: tuple[Action, ...]) -> tuple[Action, ...]:
    return tuple(each._replace(marks=()) for each in actions)


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
    assert [each.line for each in every.crossed(every.cases(), line)] == [line]


def test_a_breach_is_told_with_its_smallest_case() -> None:
    quiet = shipped().protocols["safety"].outcomes["second_look"]
    every = EveryCase(_with(shipped(), quiet._replace(marks=("silence", "owned", "private_path", "handed_over"))))
    told = [str(each) for each in every.crossed(every.cases())]
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
    every = EveryCase(_with(shipped(), open_._replace(marks=(*open_.marks, "compensation"))))
    one, other = every.favoured(every.cases())[0]
    assert {one.outcome.id, other.outcome.id} == {"stand_firm", "stand_firm_in_the_open"}
