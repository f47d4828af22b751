from __future__ import annotations

import operator

import pytest

from playbook.regions.diagram import Diagrams, Spent


def test_equal_functions_are_one_node() -> None:
    graph = Diagrams()
    one, other = graph.node(0, (0, 1)), graph.node(1, (0, 1))
    assert graph.both(one, other) == graph.both(other, one)
    assert graph.either(one, graph.mapped(operator.not_, one)) == 1
    assert graph.both(one, graph.mapped(operator.not_, one)) == 0


def test_a_node_whose_children_are_all_the_same_is_that_child() -> None:
    graph = Diagrams()
    assert graph.node(3, (1, 1, 1)) == 1


def test_false_and_zero_are_different_leaves() -> None:
    graph = Diagrams()
    zero, line = graph.leaf(0), graph.node(0, (0, graph.leaf(0)))
    assert zero != 0
    assert graph.where(line, zero) == graph.node(0, (0, 1))


def test_too_many_nodes_are_refused() -> None:
    graph = Diagrams(most_nodes=3)
    graph.leaf("one more")
    with pytest.raises(Spent):
        graph.leaf("and another")


def test_too_many_looks_are_refused_whatever_they_are_for() -> None:
    graph = Diagrams(most_looks=2)
    one, other = graph.node(0, (0, 1)), graph.node(1, (0, 1))
    graph.both(one, other)
    with pytest.raises(Spent):
        graph.either(one, other)
    with pytest.raises(Spent):
        graph.mapped(operator.not_, one)


def test_a_level_that_is_forgotten_may_have_any_value() -> None:
    graph = Diagrams()
    one, other = graph.node(0, (0, 1)), graph.node(1, (0, 1))
    assert graph.forgotten(graph.both(one, other), {1}) == other
    assert graph.fixed(graph.both(one, other), {0: 0}) == 0
