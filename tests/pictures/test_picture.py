from __future__ import annotations

from playbook import graph
from playbook.pictures.picture import Arrow, Missed, arrows, picture
from playbook.protocol import Target
from playbook.words import words
from tests.picture_world import PICTURED
from tests.shelf import loaded, shelf

EN = words("en")
PACK = loaded(PICTURED)
PARCEL = graph.of(PACK, "parcel", "en", EN)


def test_the_levels_of_outcomes_are_written_out() -> None:
    labels = {box.id: box.label for box in picture(PARCEL, PACK, EN).boxes}
    assert labels["outcome:explain"] == "Explain (routine)"
    assert labels["ask:mood"] == "Are they angry?"


def test_a_red_line_stands_where_no_case_that_it_speaks_of_may_end() -> None:
    drawn = picture(PARCEL, PACK, EN)
    assert {box.id: box.red for box in drawn.boxes if box.red} == {"outcome:explain": (1,)}
    assert drawn.red_lines == ("always_sorry",)


def test_a_line_that_bars_every_outcome_is_told_once() -> None:
    assert picture(PARCEL, PACK, EN).everywhere == ("no_gifts: in every outcome",)


def test_a_line_that_does_not_hold_in_a_protocol_bars_nothing_there() -> None:
    safety = picture(graph.of(PACK, "safety", "en", EN), PACK, EN)
    assert safety.everywhere == ("always_sorry: in every outcome",)
    assert not any(box.red for box in safety.boxes)


def test_answers_that_lead_alike_share_an_arrow_and_lines_of_a_check_keep_their_order() -> None:
    found = [(each.source, each.text) for each in picture(PARCEL, PACK, EN).arrows]
    assert ("ask:whose", "Theirs / Nobody's") in found
    assert ("check:late", "1 · days >= limits.late / where that is not known") in found
    assert ("check:late", "2 · otherwise") in found


def test_where_many_answers_lead_alike_they_are_the_others_and_stand_last() -> None:
    nodes = (graph.Node("ask:a", graph.ASK, "a", "?"), graph.Node("ask:b", graph.ASK, "b", "?"))
    to = graph.Node("outcome:c", graph.OUTCOME, "c", "C", 1)
    many = [graph.Edge("ask:a", "ask:b", f"answer {at}", Target("x", "b")) for at in range(5)]
    one = graph.Edge("ask:a", "outcome:c", "that one", Target("x", "c"))
    drawn = graph.Graph("x", "1.0.0", "X", "en", (*nodes, to), (*many, one))
    assert [each.label for each in arrows(drawn, EN)] == ["that one", "any other answer"]
    few = drawn._replace(edges=(*many[:4], one))
    assert next(each.label for each in arrows(few, EN)).count(" / ") == 3
    alone = drawn._replace(edges=tuple(many))
    assert [each.label.count(" / ") for each in arrows(alone, EN)] == [4]


def test_what_no_scenario_comes_through_is_set_apart_and_counted() -> None:
    left = next(edge for edge in PARCEL.edges if edge.label == "Nobody's")
    assert left.span is not None
    missed = Missed(frozenset([left.span]), frozenset([Target("parcel", "repair")]))
    drawn = picture(PARCEL, PACK, EN, missed)
    assert [each.label for each in drawn.arrows if each.missed] == ["Nobody's"]
    assert [box.id for box in drawn.boxes if box.missed] == ["outcome:repair"]
    assert drawn.note == "No scenario: 1 of 12 branches, 1 of 2 outcomes"
    assert drawn.covered


def test_a_picture_without_scenarios_has_no_note() -> None:
    drawn = picture(graph.between(shelf(), "en"), shelf(), EN)
    assert (drawn.note, drawn.covered, drawn.title) == ("", False, "Papel y Tinta")


def test_an_arrow_without_a_number_is_its_label() -> None:
    assert Arrow("a", "b", "yes").text == "yes"
