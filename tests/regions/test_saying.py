"""Conditions, facts and checks as diagrams say what the engine says, by whatever answers there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from playbook import protocol as p
from playbook.conditions.condition import Need as Needed
from playbook.engine import decide
from playbook.regions.saying import Need, Value
from playbook.regions.tree import Tree
from tests.everycase import conditions
from tests.lined_packs import lined_packs
from tests.random_packs import complete, partial
from tests.regions.evaluated import value

if TYPE_CHECKING:
    from playbook.protocol import Answer, Pack


def plain(verdict: object) -> object:
    return verdict.question if isinstance(verdict, Needed) else verdict


@given(lined_packs(), partial)
def test_a_condition_is_true_false_or_needs_the_same_question(pack: Pack, answers: dict[str, Answer]) -> None:
    tree = Tree(pack)
    for condition in conditions(pack):
        told = value(tree.space, tree.saying.condition(condition), answers)
        assert told == (plain(condition.is_true({**answers})), plain(condition.is_false({**answers})))
        settled = condition.value({**answers})
        said = value(tree.space, tree.saying.value(condition), answers)
        assert said == (Need(settled.question) if isinstance(settled, Needed) else Value(settled))
        assert type(said) is (Need if isinstance(settled, Needed) else Value)


@given(lined_packs(), partial, complete)
def test_a_check_takes_the_same_line_or_needs_the_same_question(
    pack: Pack, some: dict[str, Answer], every: dict[str, Answer]
) -> None:
    tree = Tree(pack)
    for place in tree.places:
        step = tree.at(place)
        if isinstance(step, p.Check):
            for answers in (some, every):
                taken = decide(step, {**answers})
                told = value(tree.space, tree.decides(place), answers)
                assert told == (Need(taken.question) if isinstance(taken, Needed) else taken)
