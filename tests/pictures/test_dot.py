from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from playbook import graph
from playbook.pictures.dot import dot
from playbook.pictures.picture import Arrow, Box, Missed, Picture, picture
from playbook.words import words
from tests.picture_world import PICTURED
from tests.shelf import loaded, shelf

EN = words("en")


def pair(label: str, edge: str = "") -> Picture:
    boxes = (Box("check:end", "check", label, None, "x"), Box("outcome:end", "outcome", label, 3, "x"))
    return Picture("x", label, boxes, (Arrow("check:end", "outcome:end", edge),))


def test_it_is_a_digraph_with_filled_outcomes() -> None:
    text = dot(picture(graph.of(shelf(), "safety", "en", EN), shelf(), EN))
    assert text.startswith('digraph "safety" {\n')
    assert '  graph [label="Red flags · safety 2.0.0"]\n' in text
    assert '  "outcome:call" [label="Call (crisis)", shape=box, fillcolor="#ffd9d6", color="#b3261e"]\n' in text
    assert '  "first" -> "check:look" [label=" 1 · danger "]\n' in text
    assert text.endswith("}\n")


def test_opened_protocols_stand_in_clusters() -> None:
    text = dot(picture(graph.of(shelf(), "parcel", "en", EN, ("parcel", "safety")), shelf(), EN))
    assert '  subgraph "cluster_safety" {\n    graph [label="Red flags"' in text
    assert text.count("{") == text.count("}") == 3


def test_red_lines_and_what_scenarios_leave_out_stand_in_legends() -> None:
    pack = loaded(PICTURED)
    parcel = graph.of(pack, "parcel", "en", EN)
    spans = frozenset(edge.span for edge in parcel.edges[:1] if edge.span)
    text = dot(picture(parcel, pack, EN, Missed(spans, frozenset())))
    assert '"outcome:explain" [label="Explain (routine)\\n■1"' in text
    assert '  "red" [label="■1 always_sorry\\l■ no_gifts: in every outcome\\l", shape=plaintext' in text
    assert '  "note" [label="No scenario: 1 of 12 branches, 0 of 2 outcomes\\l"' in text
    assert '[label=" 1 · danger ", style=dashed, color="#8c959f"]' in text
    assert '[label=" 2 · otherwise ", color="#1a7f37", penwidth=1.6]' in text


def test_an_outcome_that_is_missed_is_broken_and_white() -> None:
    shown = pair("x")
    text = dot(shown._replace(boxes=tuple(box._replace(missed=box.level == 3) for box in shown.boxes)))
    assert 'style="filled,dashed", fillcolor="#ffffff"' in text


def test_quotes_escapes_and_codes_mean_themselves() -> None:
    text = dot(pair('a"b \\N &lt; {c|d}', "\\"))
    assert r'label="a\"b \\N &amp;lt; {c|d}"' in text
    assert '[label=" \\\\ "]' in text


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_no_text_breaks_out_of_its_string(label: str) -> None:
    for line in dot(pair(label, label)).splitlines() if "\u2028" not in label and "\u2029" not in label else ():
        assert re.fullmatch(r'(?:[^"]|"(?:[^"\\]|\\.)*")*', line), line


def test_long_labels_are_folded() -> None:
    assert r"¿De quién fue el error o de" + "\\n" in dot(pair("¿De quién fue el error o de quién puede ser?"))


def test_a_pack_is_drawn_lying_under_a_name_and_without_labels_at_its_arrows() -> None:
    text = dot(picture(graph.between(shelf(), "es"), shelf(), EN))
    assert text.startswith('digraph "pack" {')
    assert "rankdir=LR" in text
    assert '"protocol:parcel" -> "protocol:safety" [label=""]' in text
