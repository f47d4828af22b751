"""The fewest sets that hold everything: never more than a search through all choices finds."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from playbook.scenarios.fewest import fewest

some_sets = st.lists(st.frozensets(st.integers(0, 6)), max_size=8)


def test_of_nothing_nothing_is_chosen() -> None:
    assert fewest([]) == ((), True)
    assert fewest([frozenset()]) == ((), True)


def test_always_taking_the_largest_would_take_too_many() -> None:
    sets = [frozenset("abcd"), frozenset("abe"), frozenset("cdf")]
    numbered = [frozenset(map(ord, each)) for each in sets]
    assert fewest(numbered) == ((1, 2), True)


def test_of_equal_sets_the_first_is_taken() -> None:
    assert fewest([frozenset({1}), frozenset({1, 2}), frozenset({1, 2})]) == ((1,), True)


def test_a_search_that_ends_early_says_so_and_still_holds_everything() -> None:
    # The largest set first takes three, and two would do.
    sets = [frozenset(range(6)), frozenset((0, 1, 2, 6, 7)), frozenset((3, 4, 5, 8, 9))]
    chosen = fewest(sets, most_tries=0)
    assert chosen == ((0, 1, 2), False)
    assert fewest(sets) == ((1, 2), True)


@given(some_sets)
def test_no_smaller_choice_holds_everything(sets: list[frozenset[int]]) -> None:
    every = frozenset[int]().union(*sets)
    chosen = fewest(sets)
    assert chosen.fewest
    assert frozenset[int]().union(*(sets[at] for at in chosen.sets)) == every
    for smaller in combinations(sets, len(chosen.sets) - 1) if chosen.sets else ():
        assert frozenset[int]().union(*smaller) != every
