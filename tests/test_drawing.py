from __future__ import annotations

from playbook.drawing import DEEPEST, NARROWEST, Piece, tree
from playbook.graph import Edge, Graph, Node, of
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
