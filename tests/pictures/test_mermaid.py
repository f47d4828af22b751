from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import graph
from playbook.pictures.mermaid import mermaid, too_large
from playbook.pictures.picture import Arrow, Box, Missed, Picture, picture
from playbook.words import words
from tests.picture_world import EVIL, PICTURED
from tests.shelf import loaded, shelf

EN = words("en")
SAFE = r'[^"<>`%\\|\[\]_*~\u202e]*'


def pair(label: str, edge: str = "") -> Picture:
    """A check that leads to an outcome, both called `label`."""
    boxes = (Box("check:end", "check", label, None, "x"), Box("outcome:end", "outcome", label, 3, "x"))
    return Picture("x", label, boxes, (Arrow("check:end", "outcome:end", edge or label),))


def chain(length: int, *frames: str) -> Picture:
    """So many arrows, in the frames in turn."""
    homes = frames or ("x",)
    boxes = tuple(Box(f"ask:s{at}", "ask", "?", None, homes[at % len(homes)]) for at in range(length + 1))
    arrows = tuple(Arrow(f"ask:s{at}", f"ask:s{at + 1}", "") for at in range(length))
    return Picture("x", "X", boxes, arrows, tuple((each, each) for each in frames))


def decoded(text: str) -> str:
    return re.sub(r"#(\d+);", lambda code: chr(int(code[1])), text)


def test_it_is_a_flowchart_with_numbered_lines_and_written_levels() -> None:
    assert mermaid(picture(graph.of(shelf(), "safety", "en", EN), shelf(), EN)) == (
        "flowchart TD\n"
        '  first{{"Before anything else"}}\n'
        '  check_quiet{{"By what is known already"}}\n'
        '  check_look{{"By what is known already"}}\n'
        '  outcome_nothing(["Nothing (watch)"]):::level0\n'
        '  outcome_call(["Call (crisis)"]):::level3\n'
        '  outcome_beside(["Beside (elevated)"]):::level2\n'
        '  first -->|"1 · danger"| check_look\n'
        '  first -->|"2 · otherwise"| check_quiet\n'
        '  check_quiet -->|"always"| outcome_nothing\n'
        '  check_look -->|"always"| outcome_call\n'
        "  classDef level0 fill:#dbe9ff,stroke:#3567a8,color:#000\n"
        "  classDef level2 fill:#ffefc2,stroke:#a86f00,color:#000\n"
        "  classDef level3 fill:#ffd9d6,stroke:#b3261e,color:#000\n"
    )


def test_opened_protocols_stand_in_frames_and_their_steps_have_names_of_their_own() -> None:
    drawn = mermaid(picture(graph.of(shelf(), "parcel", "en", EN, ("parcel", "safety")), shelf(), EN))
    assert '  subgraph frame_safety["Red flags"]\n    check_safety_DOT_look{{' in drawn
    assert '  ask_whose -->|"I don\'t know"| outcome_safety_DOT_beside\n' in drawn
    assert drawn.count("subgraph") == drawn.count("\n  end\n") == 2


def test_red_lines_stand_in_a_legend_and_their_numbers_in_the_boxes() -> None:
    pack = loaded(PICTURED)
    drawn = decoded(mermaid(picture(graph.of(pack, "parcel", "en", EN), pack, EN)))
    assert '(["Explain (routine) ■1"])' in drawn
    assert (
        '  subgraph legend[" "]\n'
        "    direction TB\n"
        '    legend_0["■1 always_sorry"]:::red\n'
        '    legend_1["■ no_gifts: in every outcome"]:::red\n'
        "    legend_0 ~~~ legend_1\n"
        "  end\n"
    ) in drawn


def test_what_is_missed_is_broken_and_grey_and_the_rest_green() -> None:
    safety = graph.of(shelf(), "safety", "en", EN)
    spans = frozenset(edge.span for edge in safety.edges[:2] if edge.span)
    drawn = mermaid(picture(safety, shelf(), EN, Missed(spans, frozenset())))
    assert '  first -.->|"1 · danger"| check_look\n' in drawn
    assert "  linkStyle 2,3 stroke:#1a7f37\n  linkStyle 0,1 stroke:#8c959f\n" in drawn
    assert 'legend_0["No scenario: 2 of 4 branches, 0 of 3 outcomes"]:::note' in drawn
    assert "linkStyle 0,1,2,3 stroke:#1a7f37" in mermaid(picture(safety, shelf(), EN, Missed(frozenset(), frozenset())))


def test_an_outcome_that_is_missed_has_no_colour_of_its_level() -> None:
    shown = pair("x")
    missed = shown._replace(boxes=tuple(box._replace(missed=box.level == 3) for box in shown.boxes), covered=True)
    assert '(["x"]):::missed' in mermaid(missed)
    assert "classDef level3" not in mermaid(missed)


@pytest.mark.parametrize(
    "label", [EVIL, '"] end <b>`x`</b> %%{init}%% #34; \\ | [[a]] _b_ *c* ~d~ http://e ;click\u202e']
)
def test_labels_of_hostile_words_are_nothing_but_labels(label: str) -> None:
    lines = mermaid(pair(label)).splitlines()
    assert len(lines) == 5
    assert all(re.fullmatch(rf'[^"]*("{SAFE}"[^"]*)?', line) for line in lines)
    assert decoded(lines[1]) == f'  check_end{{{{"{label}"}}}}'


@given(st.text())
def test_no_text_breaks_out_of_its_label_and_every_one_is_kept(label: str) -> None:
    lines = mermaid(pair(label)).split("\n")
    assert len(lines) == 6
    inside = re.fullmatch(rf'  check_end\{{\{{"({SAFE})"\}}\}}', lines[1])
    assert inside is not None
    assert decoded(inside[1]) == (label or " ")


def test_a_label_that_looks_like_a_list_is_none() -> None:
    text = mermaid(pair("1. Uno 2. Dos", "- tres - cuatro"))
    assert '"1#46; Uno 2. Dos"' in text
    assert '"#45; tres - cuatro"' in text


def test_a_label_is_never_empty() -> None:
    assert '  check_end{{" "}}\n' in mermaid(pair(""))


def test_a_pack_lies_and_has_arrows_without_labels() -> None:
    drawn = mermaid(picture(graph.between(shelf(), "es"), shelf(), EN))
    assert drawn.startswith("flowchart LR\n")
    assert "  protocol_parcel --> protocol_safety\n" in drawn


def test_what_viewers_refuse_is_said_and_what_they_take_is_not() -> None:
    small, many, long = chain(500), chain(501), pair("x" * 50_001)
    assert too_large(small, mermaid(small)) == []
    (edges,) = too_large(many, mermaid(many))
    assert edges.severity == "warning"
    assert edges.message.startswith("this drawing has 501 edges and ")
    (characters,) = too_large(long, mermaid(long))
    assert characters.hint == "`--format dot` has no such limit"


def test_a_drawing_that_is_too_large_names_what_to_collapse_but_not_what_it_is_of() -> None:
    huge = chain(1800, "x", "big", "other")
    (said,) = too_large(huge, mermaid(huge))
    assert said.hint == "try `--collapse big --collapse other`; `--format dot` has no such limit"
    (said,) = too_large(chain(720, "x", "big", "other"), "")
    assert said.hint == "try `--collapse big`; `--format dot` has no such limit"
