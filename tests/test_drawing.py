from __future__ import annotations

import re

from playbook.drawing import DEEPEST, NARROWEST, Piece, dot, mermaid, too_large, tree
from playbook.graph import Edge, Graph, Node, between, of
from playbook.protocol import Target
from playbook.words import words
from tests.shelf import shelf

ES, EN = words("es"), words("en")


def drawn(pieces: list[Piece]) -> str:
    return "\n".join(piece.lead + piece.text for piece in pieces)


def two_nodes(label: str, edge: str = "") -> Graph:
    """A graph of a check that leads to an outcome called `label`."""
    nodes = (Node("check:end", "check", "end", label), Node("outcome:end", "outcome", "end", label, 3))
    return Graph(
        "end", "1.0.0", label, "es", nodes, (Edge("check:end", "outcome:end", edge or label, Target("end", "end")),)
    )


def chain(length: int) -> Graph:
    """A graph of steps each of which leads to the next one and to an outcome."""
    nodes = [Node(f"ask:s{at}", "ask", f"s{at}", f"Step {at}?") for at in range(length)]
    nodes.append(Node("outcome:end", "outcome", "end", "End", 0))
    edges = []
    for at in range(length):
        target = f"ask:s{at + 1}" if at + 1 < length else "outcome:end"
        edges.append(Edge(f"ask:s{at}", target, "Yes", Target("chain", target.partition(":")[2]), "yes"))
        edges.append(Edge(f"ask:s{at}", "outcome:end", "No", Target("chain", "end"), "no"))
    return Graph("chain", "1.0.0", "Chain", "en", tuple(nodes), tuple(edges))


class TestTree:
    def test_it_draws_a_shared_step_once_and_names_it_elsewhere(self) -> None:
        assert drawn(tree(of(shelf(), "parcel", "es", ES), ES)) == (
            "Paquete perdido · parcel 1.0.0\n"
            "\n"
            "Antes que nada\n"
            "├─ danger → Señales de alarma (safety.look)\n"
            "└─ si no → [count]\n"
            "\n"
            "¿Cuántos días?  [count]\n"
            "└─ cualquier respuesta\n"
            "   ¿De quién fue el error?\n"
            "   ├─ Suyo / De nadie\n"
            "   │  ¿Viene con enfado?\n"
            "   │  ├─ Sí\n"
            "   │  │  Según lo que ya se sabe  [late]\n"
            "   │  │  ├─ days >= limits.late / si no se sabe → ● Repararlo (elevado)\n"
            "   │  │  └─ si no → ● Explicarlo (rutina)\n"
            "   │  └─ No → ● Explicarlo (rutina)\n"
            "   ├─ Nuestro → [late]\n"
            "   └─ No lo sé → Señales de alarma (safety.beside)"
        )

    def test_what_only_other_protocols_lead_to_is_drawn_too(self) -> None:
        assert drawn(tree(of(shelf(), "safety", "en", EN), EN)) == (
            "Red flags · safety 2.0.0\n"
            "\n"
            "Before anything else\n"
            "├─ danger → [look]\n"
            "└─ otherwise → [quiet]\n"
            "\n"
            "By what is known already  [look]\n"
            "└─ always → ● Call (crisis)\n"
            "\n"
            "By what is known already  [quiet]\n"
            "└─ always → ● Nothing (watch)\n"
            "\n"
            "● Beside (elevated)"
        )

    def test_only_outcomes_have_the_style_of_their_level(self) -> None:
        pieces = tree(of(shelf(), "safety", "en", EN), EN)
        assert {piece.text: piece.style for piece in pieces if piece.style.startswith("level")} == {
            "● Call (crisis)": "level3",
            "● Nothing (watch)": "level0",
            "● Beside (elevated)": "level2",
        }

    def test_a_narrow_terminal_gets_folded_lines_with_their_guides(self) -> None:
        text = drawn(tree(of(shelf(), "parcel", "es", ES), ES, 32))
        assert (
            "   │  ├─ Sí\n"
            "   │  │  Según lo que ya se sabe\n"
            "   │  │  [late]\n"
            "   │  │  ├─ days >= limits.late / si\n"
            "   │  │  │  no se sabe\n"
            "   │  │  │  → ● Repararlo (elevado)\n"
        ) in text
        assert max(map(len, text.split("\n"))) <= 15 + NARROWEST

    def test_an_empty_label_still_has_its_line(self) -> None:
        assert drawn(tree(two_nodes("   "), ES, 20)).split("\n")[3].startswith("└─")

    def test_a_thousand_steps_are_drawn_each_once_and_stay_readable(self) -> None:
        pieces = tree(chain(1000), EN)
        headings = [piece.text.partition("?")[0] for piece in pieces if piece.text.startswith("Step")]
        assert headings == [f"Step {at}" for at in range(1000)]
        assert max(len(piece.lead) for piece in pieces) < 3 * DEEPEST + 10

    def test_where_a_part_ends_the_next_one_is_named(self) -> None:
        text = drawn(tree(chain(DEEPEST + 1), EN))
        assert f"Yes → [s{DEEPEST}]" in text
        assert f"\n\nStep {DEEPEST}?  [s{DEEPEST}]\n" in text


class TestMermaid:
    def test_it_is_a_flowchart_with_numbered_lines_and_written_levels(self) -> None:
        assert mermaid(of(shelf(), "safety", "en", EN), EN) == (
            "flowchart TD\n"
            '  first{"Before anything else"}\n'
            '  check_quiet{"By what is known already"}\n'
            '  check_look{"By what is known already"}\n'
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

    def test_labels_of_hostile_words_are_nothing_but_labels(self) -> None:
        label = '"] end <b>`x`</b> %%{init}%% #34; \\ | [[a]] _b_ *c* ~d~ http://e ;click\u202e'
        lines = mermaid(two_nodes(label), ES).splitlines()
        assert len(lines) == 5
        assert all(re.fullmatch(r'[^"]*("[^"<>`%\\|\[\]_*~\u202e]*"[^"]*)?', line) for line in lines)
        decoded = re.sub(r"#(\d+);", lambda code: chr(int(code[1])), lines[1])
        assert decoded == f'  check_end{{"{label}"}}'

    def test_a_label_that_looks_like_a_list_is_none(self) -> None:
        text = mermaid(two_nodes("1. Uno 2. Dos", "- tres - cuatro"), ES)
        assert '"1#46; Uno 2. Dos"' in text
        assert '"#45; tres - cuatro"' in text

    def test_a_label_is_never_empty(self) -> None:
        assert '  check_end{" "}\n' in mermaid(two_nodes(""), ES)

    def test_a_step_called_end_is_no_word_of_mermaid(self) -> None:
        assert not re.search(r"\bend\b(?!\()", re.sub(r'"[^"]*"', "", mermaid(two_nodes("x"), ES)).replace("_end", "_"))

    def test_a_pack_has_arrows_without_labels(self) -> None:
        assert "  protocol_parcel --> protocol_safety\n" in mermaid(between(shelf(), "es"), ES)

    def test_what_viewers_refuse_is_said_and_what_they_take_is_not(self) -> None:
        small, many, long = chain(250), chain(251), two_nodes("x" * 50_001)
        assert too_large(small, mermaid(small, EN)) == []
        (edges,) = too_large(many, mermaid(many, EN))
        assert edges.severity == "warning"
        assert edges.message.startswith("this drawing has 501 edges and ")
        (characters,) = too_large(long, mermaid(long, EN))
        assert characters.hint == "`--format dot` has no such limit"


class TestDot:
    def test_it_is_a_digraph_with_filled_outcomes(self) -> None:
        text = dot(of(shelf(), "safety", "en", EN), EN)
        assert text.startswith('digraph "safety" {\n  graph [label="Red flags"')
        assert '  "outcome:call" [label="Call (crisis)", shape=box, style="filled", fillcolor="#ffd9d6"' in text
        assert '  "first" -> "check:look" [label="1 · danger"]\n' in text
        assert text.endswith("}\n")

    def test_quotes_escapes_and_codes_mean_themselves(self) -> None:
        text = dot(two_nodes('a"b \\N &lt; {c|d}', "\\"), ES)
        assert r'label="a\"b \\N &amp;lt; {c|d}"' in text
        assert '[label="\\\\"]' in text

    def test_long_labels_are_folded(self) -> None:
        assert r"¿De quién fue el error o de" + "\\n" in dot(
            two_nodes("¿De quién fue el error o de quién puede ser?"), ES
        )

    def test_a_pack_is_drawn_under_a_name(self) -> None:
        assert dot(between(shelf(), "es"), ES).startswith('digraph "pack" {')
