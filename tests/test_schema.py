"""The JSON Schemas that editors use: derived from the shape of the YAML, committed, true of what ships."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from playbook import schema
from playbook.source import read
from playbook.source.nodes import Mapping, Node, Scalar, Sequence, as_bool, as_int, is_null

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
SHIPPED = {
    "playbook": [ROOT / "playbook.yaml"],
    "protocol": [each for each in sorted((ROOT / "protocols").glob("*.yaml")) if ".scenarios" not in each.name],
    "shared": sorted((ROOT / "protocols" / "shared").glob("*.yaml")),
    "scenarios": sorted((ROOT / "protocols").glob("*.scenarios.yaml")),
}


def plain(node: Node) -> object:
    """A node as YAML 1.2 reads it, which is how an editor does."""
    if isinstance(node, Mapping):
        return {name: plain(child) for name, child in node.entries.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if is_null(node):
        return None
    number, flag = as_int(node), as_bool(node)
    return number if number is not None else flag if flag is not None else node.text


def document(text: str | bytes) -> object:
    node = read(text.encode() if isinstance(text, str) else text, "x.yaml").node
    assert isinstance(node, Scalar | Sequence | Mapping)
    return plain(node)


def complaints(name: str, text: str | bytes) -> Iterator[str]:
    for error in Draft202012Validator(schema.of(name)).iter_errors(document(text)):
        yield "/".join(str(part) for part in error.absolute_path)


@pytest.mark.parametrize("name", list(schema.FILES))
def test_each_is_a_schema_and_the_committed_file_says_the_same(name: str) -> None:
    Draft202012Validator.check_schema(schema.of(name))
    committed = ROOT / "schema" / f"{name}.schema.json"
    assert json.loads(committed.read_text(encoding="utf-8")) == schema.of(name), "run `make docs`"


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, paths in SHIPPED.items() for path in paths], ids=str)
def test_what_ships_is_as_its_schema_says_and_names_that_schema(name: str, path: Path) -> None:
    assert list(complaints(name, path.read_bytes())) == []
    modeline = path.read_text(encoding="utf-8").splitlines()[0]
    named = (path.parent / modeline.partition("$schema=")[2]).resolve()
    assert named == ROOT / "schema" / f"{name}.schema.json"


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("protocol", "protocol: x\nversion: 1.0.0\ntitle: T\nowner: us\nsteps: {}\nstep: {}", ""),
        ("protocol", "protocol: x\nversion: 1.0\ntitle: T\nowner: us\nsteps: {}", "version"),
        (
            "protocol",
            "protocol: x\nversion: 1.0.0\ntitle: T\nowner: us\nsteps: {a: {ask: q, then: {b: 3}}}",
            "steps/a/then",
        ),
        ("protocol", "protocol: x\nversion: 1.0.0\ntitle: T\nowner: us\nsteps: {}\nfacts: {f: [{when: a}]}", "facts/f"),
        ("shared", "questions: {q: {ask: A, choices: {a: {label: 3}}}}", "questions/q/choices/a"),
        (
            "playbook",
            "brand: {name: N, signature: S}\nlocales: [es]\nroles: {a: {title: T}}\nstyle: {es: [{avoid: x}]}",
            "style/es/0",
        ),
        (
            "playbook",
            "brand: {name: N, signature: S}\nlocales: [es]\nroles: {a: {title: T}}\nhours: {days: [mon], from: '9:00'}",
            "hours/from",
        ),
        (
            "scenarios",
            "scenarios: [{name: n, answers: {}, expect: {outcome: a, level: 4}}]",
            "scenarios/0/expect/level",
        ),
    ],
)
def test_what_the_loader_refuses_for_its_shape_the_schema_refuses_there(name: str, text: str, where: str) -> None:
    assert list(complaints(name, text)) == [where]


def test_every_key_tells_on_hover_what_it_is() -> None:
    def keys(part: object) -> Iterator[dict[str, object]]:
        if isinstance(part, dict):
            for name, child in part.items():
                if name == "properties" and "additionalProperties" in part:
                    yield from child.values()
                yield from keys(child)
        elif isinstance(part, list):
            for child in part:
                yield from keys(child)

    told = [key for name in schema.FILES for key in keys(schema.of(name)) if key != {"type": "string", "minLength": 1}]
    assert [key for key in told if not key.get("description")] == []
    assert len(told) > len(schema.FILES)
