from __future__ import annotations

from playbook.loader.circles import circles


def test_what_is_used_from_two_sides_is_no_circle() -> None:
    assert list(circles({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": ["beyond"]})) == []


def test_each_circle_is_found_from_where_it_is_met_first() -> None:
    assert list(circles({"a": ["b"], "b": ["c", "a"], "c": ["c"]})) == [["c", "c"], ["a", "b", "a"]]


def test_a_long_chain_is_followed_without_recursion() -> None:
    chain = {f"n{at}": [f"n{at + 1}"] for at in range(5000)}

    assert list(circles(chain)) == []
    assert len(next(circles({**chain, "n5000": ["n0"]}))) == 5002
