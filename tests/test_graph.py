from __future__ import annotations

import json

from playbook.graph import Node, as_json, between, of, targets, whole, within
from playbook.protocol import Target
from playbook.words import words
from tests.shelf import PARCEL, WORLD, loaded, shelf

ES, EN = words("es"), words("en")


def test_the_nodes_are_those_of_the_file_in_its_order_with_other_protocols_as_one_node_each() -> None:
    assert of(shelf(), "parcel", "es", ES).nodes == (
        Node("first", "first", "first", "Antes que nada", None, "parcel"),
        Node("ask:count", "ask", "count", "¿Cuántos días?", None, "parcel"),
        Node("ask:whose", "ask", "whose", "¿De quién fue el error?", None, "parcel"),
        Node("ask:mood", "ask", "mood", "¿Viene con enfado?", None, "parcel"),
        Node("check:late", "check", "late", "Según lo que ya se sabe", None, "parcel"),
        Node("outcome:explain", "outcome", "explain", "Explicarlo", 1, "parcel"),
        Node("outcome:repair", "outcome", "repair", "Repararlo", 2, "parcel"),
        Node("protocol:safety", "protocol", "safety", "Señales de alarma", None, "safety"),
    )


def test_the_edges_say_by_what_and_where_to_exactly() -> None:
    edges = of(shelf(), "parcel", "en", EN).edges
    assert [(edge.source, edge.label, str(edge.into), edge.answer, edge.when) for edge in edges] == [
        ("first", "danger", "safety.look", None, "danger"),
        ("first", "otherwise", "parcel.count", None, None),
        ("ask:count", "any answer", "parcel.whose", None, None),
        ("ask:whose", "Theirs", "parcel.mood", "theirs", None),
        ("ask:whose", "Ours", "parcel.late", "ours", None),
        ("ask:whose", "Nobody's", "parcel.mood", "nobody", None),
        ("ask:whose", "I don't know", "safety.beside", "unknown", None),
        ("ask:mood", "Yes", "parcel.late", "yes", None),
        ("ask:mood", "No", "parcel.explain", "no", None),
        ("check:late", "days >= limits.late", "parcel.repair", None, "days >= limits.late"),
        ("check:late", "where that is not known", "parcel.repair", None, None),
        ("check:late", "otherwise", "parcel.explain", None, None),
    ]


def test_every_edge_joins_two_nodes_of_the_graph() -> None:
    for name in shelf().protocols:
        graph = of(shelf(), name, "es", ES)
        ids = [node.id for node in graph.nodes]
        assert len(ids) == len(set(ids))
        assert {edge.source for edge in graph.edges} | {edge.target for edge in graph.edges} <= set(ids)


def test_a_check_of_one_line_always_leads_there_and_own_first_lines_lead_inside() -> None:
    edges = of(shelf(), "safety", "es", ES).edges
    assert [(edge.source, edge.target, edge.label) for edge in edges] == [
        ("first", "check:look", "danger"),
        ("first", "check:quiet", "si no"),
        ("check:quiet", "outcome:nothing", "siempre"),
        ("check:look", "outcome:call", "siempre"),
    ]


def test_without_first_lines_there_is_no_first_node() -> None:
    alone = PARCEL.replace("use: [flags]", "").replace("safety.beside", "repair")
    pack = loaded({"playbook.yaml": WORLD["playbook.yaml"], "protocols/parcel.yaml": alone})
    graph = of(pack, "parcel", "es", ES)
    assert graph.nodes[0].id == "ask:count"
    assert not any(node.kind in {"first", "protocol"} for node in graph.nodes)


def test_labels_fall_back_to_the_packs_default_language_and_stand_on_one_line() -> None:
    text = PARCEL.replace("{es: Explicarlo, en: Explain}", '"Explicarlo\\n  todo"')
    pack = loaded({**WORLD, "protocols/parcel.yaml": text})
    assert (
        next(node.label for node in of(pack, "parcel", "en", EN).nodes if node.name == "explain") == "Explicarlo todo"
    )


def test_a_pack_is_drawn_as_which_protocol_leads_into_which_each_once() -> None:
    graph = between(shelf(), "en")
    assert [(node.id, node.label) for node in graph.nodes] == [
        ("protocol:parcel", "Lost parcel"),
        ("protocol:safety", "Red flags"),
    ]
    assert [(edge.source, edge.target) for edge in graph.edges] == [("protocol:parcel", "protocol:safety")]


def test_an_opened_protocol_shows_what_is_reached_in_it_past_its_first_lines() -> None:
    graph = of(shelf(), "parcel", "en", EN, ("parcel", "safety"))
    ids = [node.id for node in graph.nodes if node.protocol == "safety"]
    assert ids == ["check:safety.look", "outcome:safety.call", "outcome:safety.beside"]
    assert graph.opened == (("parcel", "Lost parcel"), ("safety", "Red flags"))
    assert ("ask:whose", "outcome:safety.beside") in [(edge.source, edge.target) for edge in graph.edges]
    assert {edge.source for edge in graph.edges} | {edge.target for edge in graph.edges} <= {n.id for n in graph.nodes}


def test_a_whole_pack_shows_every_opened_protocol_with_its_first_lines_and_the_others_as_a_node() -> None:
    everything = whole(shelf(), "en", EN, shelf().protocols)
    assert {"first:parcel", "first:safety", "outcome:safety.nothing"} <= {node.id for node in everything.nodes}
    assert [name for name, _ in everything.opened] == ["parcel", "safety"]
    one = whole(shelf(), "en", EN, ["parcel"])
    assert one.opened == ()
    assert one.nodes[-1].id == "protocol:safety"


def test_the_protocols_within_so_many_steps_leave_out_those_that_are_closed() -> None:
    assert within(shelf(), "parcel", 0) == ("parcel",)
    assert within(shelf(), "parcel", 9) == ("parcel", "safety")
    assert within(shelf(), "parcel", 9, ("safety",)) == ("parcel",)


def test_conditions_may_be_told_in_other_words() -> None:
    graph = of(shelf(), "parcel", "en", EN, told=lambda when: f"told {when.text}")
    assert "told danger" in [edge.label for edge in graph.edges]


def test_every_edge_knows_the_line_that_leads_there() -> None:
    spans = [edge.span for edge in of(shelf(), "parcel", "en", EN).edges]
    assert None not in spans
    assert len(spans) == len(set(spans))


def test_the_targets_of_a_protocol_are_all_places_its_lines_lead_to() -> None:
    assert list(targets(shelf().protocols["safety"])) == [
        Target("safety", "look"),
        Target("safety", "nothing"),
        Target("safety", "call"),
    ]


def test_the_json_is_the_same_each_time_and_names_what_it_draws() -> None:
    told = as_json(of(shelf(), "safety", "en", EN), EN)
    assert json.dumps(told) == json.dumps(as_json(of(shelf(), "safety", "en", EN), EN))
    assert {key: told[key] for key in told if key not in {"nodes", "edges"}} == {
        "schema_version": 1,
        "protocol": "safety",
        "version": "2.0.0",
        "title": "Red flags",
        "locale": "en",
        "levels": {"0": "watch", "1": "routine", "2": "elevated", "3": "crisis"},
    }
    assert told["nodes"][4] == {"id": "outcome:call", "kind": "outcome", "name": "call", "label": "Call", "level": 3}  # type: ignore[index]
    assert told["edges"][0] == {  # type: ignore[index]
        "from": "first", "to": "check:look", "into": "safety.look", "label": "danger", "answer": None, "when": "danger",
    }  # fmt: skip


def test_the_json_of_a_pack_names_no_protocol() -> None:
    assert "protocol" not in as_json(between(shelf(), "es"), ES)
