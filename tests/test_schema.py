"""The JSON Schemas that editors use: derived from the shape of the YAML, committed, true of what ships."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given, settings
from jsonschema import Draft7Validator

from playbook import schema, shape
from playbook.rules import RULES
from playbook.schema.hovers import HOVERS
from playbook.source import read
from playbook.source.nodes import Mapping, Node, Scalar, Sequence, as_bool, as_int, is_null
from tests import random_packs
from tests.rule_world import blocks, laid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.rules import Rule

ROOT = Path(__file__).parent.parent
P = "protocol: x\nversion: 1.0.0\ntitle: T\nowner: us\n"
A = "{a: {ask: q, then: b}}"
O = "{{title: T, level: 1, because: B, reply: {}}}"  # noqa: E741 - an outcome
B = "brand: {name: N, signature: S}\nlocales: [es]\nroles: {a: {title: T}}\n"
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
    for error in Draft7Validator(schema.of(name)).iter_errors(document(text)):
        yield "/".join(str(part) for part in error.absolute_path)


@pytest.mark.parametrize("name", list(schema.FILES))
def test_each_is_a_schema_and_the_committed_file_says_the_same(name: str) -> None:
    Draft7Validator.check_schema(schema.of(name))
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
        ("protocol", f"{P}steps: {A}\nstep: {{}}", ""),
        ("protocol", f"{P}steps: {A}".replace("1.0.0", "1.0"), "version"),
        ("protocol", f"{P}steps: {{a: {{ask: q, then: {{b: 3}}}}}}", "steps/a/then"),
        ("protocol", f"{P}steps: {{}}", "steps"),
        ("protocol", f"{P}steps: {{a: {{ask: q}}}}", "steps/a"),
        ("protocol", f"{P}steps: {{a: {{check: [{{then: b}}], then: b}}}}", "steps/a"),
        ("protocol", f"{P}steps: {{a: {{check: [{{when: x, unknown: b}}]}}}}", "steps/a/check/0"),
        ("protocol", f"{P}steps: {A}\nfacts: {{f: [{{when: a}}]}}", "facts/f"),
        ("protocol", f"{P}steps: {A}\nuse: [a, a]", "use"),
        ("protocol", f"{P}steps: {A}\nred_lines: {{r: {{because: B}}}}", "red_lines/r"),
        ("protocol", f"{P}steps: {A}\nred_lines: {{r: {{because: B, never: [m], except: {{a: B}}}}}}", "red_lines/r"),
        ("protocol", f"{P}steps: {A}\nquestions: {{unknown: {{ask: A, yes_no: true}}}}", "questions"),
        ("protocol", f"{P}steps: {A}\nquestions: {{q: {{ask: A, yes_no: true, text: {{max: 3}}}}}}", "questions/q"),
        ("protocol", f"{P}steps: {A}\nquestions: {{q: {{ask: A, yes_no: true, many: true}}}}", "questions/q"),
        ("protocol", f"{P}steps: {A}\nquestions: {{q: {{ask: A, yes_no: true, worse: more}}}}", "questions/q/worse"),
        ("protocol", f"{P}steps: {A}\nquestions: {{q: {{ask: A, choices: {{a: A}}}}}}", "questions/q/choices"),
        ("protocol", f"{P}steps: {A}\noutcomes: {{o: {O.format('{}')}}}", "outcomes/o/reply"),
        ("protocol", f"{P}steps: {A}\noutcomes: {{o: {O.format('{public: a, silence: S}')}}}", "outcomes/o/reply"),
        ("playbook", f"{B}channels: {{own: {{private: true}}}}", "channels/own"),
        ("playbook", f"{B}lint: {{PB601: quiet}}", "lint/PB601"),
        ("playbook", f"{B}register: vos", "register"),
        ("shared", "questions: {q: {ask: A, choices: {a: {label: []}, b: B}}}", "questions/q/choices/a"),
        (
            "playbook",
            "brand: {name: N, signature: S}\nlocales: [es]\nroles: {a: {title: T}}\nstyle: {es: [{avoid: x}]}",
            "style/es/0",
        ),
        (
            "playbook",
            f"{B}hours: {{days: [mon], from: '9:00', to: '21:00'}}",
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


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("protocol", f"{P}steps: {A}\n".replace("title: T", "title: 2027").replace("owner: us", "owner: on")),
        ("protocol", f"{P}steps: {A}\nreview_by: '2027-05-31'\nfacts: {{f: 'x'}}"),
        ("playbook", f"{B}channels: {{x: {{private: true}}, own: {{name: 1}}}}\nlint: {{PB999: off}}"),
        ("scenarios", "scenarios: [{name: 7, answers: {a: null, b: [], c: 3}, expect: {outcome: a, path: [a, a]}}]"),
    ],
)
def test_what_the_loader_takes_no_schema_refuses(name: str, text: str) -> None:
    assert list(complaints(name, text)) == []


@settings(max_examples=40)
@given(random_packs.texts())
def test_no_file_of_a_pack_that_loads_is_refused(texts: tuple[tuple[str, str], ...]) -> None:
    for path, text in texts:
        assert list(complaints("shared" if "shared" in path else "protocol", text)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_file_of_an_example_of_lint_is_refused(rule: Rule) -> None:
    for path, text in laid(blocks(rule.page, "Example")).items():
        if path.endswith(".yaml"):
            kind = "playbook" if path == "playbook.yaml" else "shared" if "shared" in path else "protocol"
            assert list(complaints(kind, text)) == []


def test_an_example_on_hover_is_as_its_key_says() -> None:
    for name in schema.FILES:
        whole = schema.of(name)
        for key in keys(whole):
            for example in cast("list[object]", key.get("examples", [])):
                held = {**key, "definitions": whole["definitions"]}
                assert list(Draft7Validator(held).iter_errors(example)) == [], example


def test_what_holds_without_a_key_is_told_where_it_may_be_left_out() -> None:
    shapes = {s.word: s for s in vars(shape).values() if isinstance(s, shape.Shape) and s is not shape.OWN_WORDS}
    assert shapes.keys() == HOVERS.keys()
    for word, each in shapes.items():
        told = HOVERS[word]
        extra = {"own_words"} if word == "reply" else set()
        assert told.keys() - extra == set(each.names), word
        assert {key.name for key in each.keys if not told[key.name][1]} == {
            key.name for key in each.keys if key.required
        }, word


def keys(part: object) -> Iterator[dict[str, object]]:
    """Every key of every map in a schema."""
    if isinstance(part, dict):
        for name, child in part.items():
            if name == "properties" and "title" in part:
                yield from child.values()
            yield from keys(child)
    elif isinstance(part, list):
        for child in part:
            yield from keys(child)


def test_every_key_tells_on_hover_what_it_is() -> None:
    told = [key for name in schema.FILES for key in keys(schema.of(name))]
    assert [key for key in told if not key.get("description")] == []
    assert len(told) > len(schema.FILES)
