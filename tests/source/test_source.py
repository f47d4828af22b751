"""Reading YAML: every node with its place, every fault with a message, nothing that a file can do to us."""

from __future__ import annotations

import gc
import re
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from yaml.error import Mark
from yaml.scanner import ScannerError

from playbook.source import Source, guard, read
from playbook.source.guard import Limits
from playbook.source.nodes import Mapping, Node, Scalar, Sequence, as_bool, as_int, is_null
from playbook.source.syntax import Complaint, explain

if TYPE_CHECKING:
    from collections.abc import Iterator


def source(text: str, **limits: int) -> Source:
    return read(text.encode(), "p.yaml", Limits(**limits))


def root(text: str) -> Any:  # noqa: ANN401 - the tests know what they wrote
    found = source(text)
    assert found.diagnostics == []
    return found.node


def faults(text: str | bytes, **limits: int) -> list[tuple[str, int, int]]:
    data = text.encode() if isinstance(text, str) else text
    found = read(data, "p.yaml", Limits(**limits)).diagnostics
    assert all(each.span and each.span.file == "p.yaml" and each.hint for each in found)
    return [(each.code, each.span.line, each.span.column) for each in found if each.span]


def only(text: str | bytes, **limits: int) -> tuple[str, str | None]:
    """The message and the hint of the only fault."""
    (found,) = read(text.encode() if isinstance(text, str) else text, "p.yaml", Limits(**limits)).diagnostics
    return found.message, found.hint


# --- what is read -------------------------------------------------------------------------------


def test_a_node_knows_its_text_its_style_and_its_place() -> None:
    node = root("title: Lost\nsteps:\n  - 'one'\n  - {a: \"b\"}\n")
    assert isinstance(node, Mapping)
    assert (node.line, node.column) == (1, 1)
    steps = node.entries["steps"]
    assert isinstance(steps, Sequence)
    assert (steps.line, steps.column) == (3, 3)
    one, flow = steps.items
    assert isinstance(one, Scalar)
    assert (one.text, one.style, one.line, one.column) == ("one", "'", 3, 5)
    assert isinstance(flow, Mapping)
    assert (flow.line, flow.column) == (4, 5)


def test_a_key_knows_its_place_too() -> None:
    node = root("a: 1\nlonger: {x: 1, y: 2}\n")
    assert node.key_position("longer") == (2, 1)
    inner = node.entries["longer"]
    assert inner.key_position("y") == (2, 16)
    assert inner.key_position("absent") == (2, 9)
    assert [(key.text, key.line, key.column, value.text) for key, value in inner.pairs()] == [
        ("x", 2, 10, "1"),
        ("y", 2, 16, "2"),
    ]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    data = b"\xef\xbb\xbfa: 1\r\nb: [x,\r\n y]\r\n"
    found = read(data, "p.yaml")
    assert found.diagnostics == []
    assert isinstance(found.node, Mapping)
    assert found.node.key_position("b") == (2, 1)
    assert found.position(found.node.entries["b"]) == ("p.yaml", 2, 4)


@pytest.mark.parametrize(
    ("written", "number"),
    [("010", 10), ("-7", -7), ("+7", 7), ("0o10", 8), ("0xfF", 255), ("0", 0)]
    + [(each, None) for each in ("12:30", "1_000", "'7'", "7.0", "0b1", "x", "٣", "9" * 5000)],
)
def test_whole_numbers_are_those_of_yaml_1_2(written: str, number: int | None) -> None:
    assert as_int(root(f"- {written}").items[0]) == number


def test_only_true_and_false_are_booleans_and_only_plain() -> None:
    values = root("[true, False, TRUE, no, on, 'true', yes]").items
    assert [as_bool(each) for each in values] == [True, False, True, None, None, None, None]


def test_an_empty_value_a_tilde_and_null_say_nothing() -> None:
    values = root("- \n- ~\n- null\n- ''\n- none\n").items
    assert [is_null(each) for each in values] == [True, True, True, False, False]


def test_emoji_joined_letters_and_flags_are_text() -> None:
    family, persian, scotland = (
        "👩\u200d💻",
        "\u0645\u06cc\u200c\u062e\u0648",
        "\U0001f3f4\U000e0067\U000e0062\U000e007f",
    )
    node = root(f'a: {family} ❤️\u200d🔥\nb: {persian}\nc: {scotland}\nd: "{family}\\n\\t"\n')
    assert node.entries["a"].text == f"{family} ❤️\u200d🔥"
    assert node.entries["c"].text == scotland


def test_keys_in_one_alphabet_are_keys_whatever_the_alphabet() -> None:
    assert list(root("año: 1\nключ: 2\n漢字かなカナ: 3\nかな: 4\nカナ: 5\nsí 2: 6\n").entries) == [
        *("año", "ключ", "漢字かなカナ", "かな", "カナ", "sí 2"),
    ]


def test_yaml_1_2_may_be_named_and_one_document_may_be_marked() -> None:
    assert root("%YAML 1.2\n---\na: 1\n...\n").entries["a"].text == "1"


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 1\nb: 2\n", [("PB009", 1, 4)]),
        ("a: &x [1]\n", [("PB009", 1, 4)]),
        ("a: &x 1\nb: *x\n", [("PB009", 1, 4), ("PB010", 2, 4)]),
        ("&x a: 1\n*x : 2\n", [("PB009", 1, 1), ("PB010", 2, 1)]),
        ("a:\n  <<: {b: 1}\n", [("PB011", 2, 3)]),
        ("a: !!str 1\nb: !x {}\n", [("PB012", 1, 4), ("PB012", 2, 4)]),
        ("!!str a: 1\n", [("PB012", 1, 1)]),
        ("a: 1\nb:\n  c: 1\n  c: [1, {a: b}]\na: 3\n", [("PB013", 4, 3), ("PB013", 5, 1)]),
        ("a: 1\n'a': 2\n", [("PB013", 2, 1)]),
        ("[a]: 1\n? {b: c}\n: 2\nd: *d\n", [("PB014", 1, 1), ("PB014", 2, 3), ("PB010", 4, 4)]),
        ("a: {es: Hola, amigo, en: Hi}\n", [("PB021", 1, 15)]),
        ("é: 1\r\n? b\r\n? c\r\n", [("PB021", 2, 3), ("PB021", 3, 3)]),
        ("a: {'b: c', d: 1}\n", [("PB021", 1, 5)]),
        ("a: {{ x }}\n", [("PB014", 1, 5)]),
        ("a: {es: , en: }\nb:\nc: # d\n'd':\ne:\n -\n", []),
        ("a: 1\n---\nb: 2\n", [("PB008", 2, 1)]),
        ("%TAG ! x\n---\na: 1\n", [("PB020", 1, 1)]),
        ("%YAML 1.1\n---\na: 1\n", [("PB020", 1, 1)]),
        ("'': 1\n", [("PB019", 1, 1)]),
        ("p\u0430ge: 1\n", [("PB015", 1, 1)]),
        ("x:\n  \uff41: 1\n", [("PB015", 2, 3)]),
        ("man\u0303ana: 1\n", [("PB015", 1, 1)]),
        ("\u6f22a: 1\n", [("PB015", 1, 1)]),
        ("\u00a0ask: 1\n", [("PB018", 1, 1)]),
        ("👩\u200d💻: 1\n", [("PB018", 1, 1)]),
        ("❤\ufe0f: 1\n", [("PB018", 1, 1)]),
        ("a: x\u202ey\n", [("PB017", 1, 5)]),
        ("a: 1\nb: x\u200by\u200bz\n", [("PB018", 2, 5), ("PB018", 2, 7)]),
        ("a: x\u200dy\n", [("PB018", 1, 5)]),
        ("a: \U000e0067\n", [("PB018", 1, 4)]),
        ("a: \x1b[31m\n", [("PB016", 1, 4)]),
        ("a: \x9b\n\nb: x\u2028y\n", [("PB016", 1, 4), ("PB016", 3, 5)]),
        ("a: b\rc\n", [("PB016", 1, 5)]),
        ("a: b\0c\n", [("PB016", 1, 5)]),
        ('a: "ñ\\x1b"\n', [("PB016", 1, 6)]),
        ('a: "x\n  \\u202Ey"\n', [("PB017", 2, 3)]),
        ('"\\u200b": 1\n', [("PB018", 1, 1), ("PB018", 1, 2)]),
        (b"a: \xed\xa0\x80\n", [("PB001", 1, 4), ("PB001", 1, 5), ("PB001", 1, 6)]),
        ("", [("PB004", 1, 1)]),
        (" \r\n\n", [("PB004", 1, 1)]),
        (b"\xef\xbb\xbf", [("PB004", 1, 1)]),
        ("# nothing\n", [("PB004", 1, 1)]),
        ("---\n", [("PB004", 1, 1)]),
        ("a: 1\n".encode("utf-16"), [("PB002", 1, 1)]),
        ("a: 1\n".encode("utf-16-le"), [("PB002", 1, 1)]),
        ("a: 1\n".encode("utf-32-be"), [("PB002", 1, 1)]),
    ],
)
def test_what_is_refused_is_refused_at_its_place(text: str | bytes, expected: list[tuple[str, int, int]]) -> None:
    assert faults(text) == expected


def test_a_wrong_byte_is_shown_as_what_it_was_meant_to_be() -> None:
    message, hint = only("a: 1\nb: año\n".encode("latin-1"))
    assert message == "the byte 0xf1 is not UTF-8"
    assert hint == "save the file as UTF-8; in Windows-1252 the byte is `ñ`"
    assert only(b"a: \x81\n")[1] == "save the file as UTF-8"


def test_a_look_alike_is_named() -> None:
    message, _ = only("p\u0430ge: 1\n")
    assert message == "the key `p\u0430ge` mixes alphabets: `\u0430` is cyrillic small letter a (U+0430)"
    assert only("\uff41sk: 1\n")[1] == "write it as `ask`"


def test_a_duplicate_says_where_the_first_one_is_and_the_first_one_stays() -> None:
    found = source("a: 1\nb: 2\na: 3\n")
    assert [each.hint for each in found.diagnostics] == ["line 1 has it already: join the two, or rename one"]
    assert isinstance(found.node, Mapping)
    assert [(key.text, key.line, value.line) for key, value in found.node.pairs()] == [("a", 1, 1), ("b", 2, 2)]


def test_a_character_that_is_refused_does_not_hide_the_faults_behind_it() -> None:
    assert faults("a: \x07\u202e\na: 1\nb: [\n") == [
        *(("PB016", 1, 4), ("PB017", 1, 5), ("PB013", 2, 1), ("PB005", 3, 5)),
    ]


def test_many_wrong_characters_are_not_all_listed() -> None:
    found = source("a: " + "\x07" * 50 + "\n", faults=3).diagnostics
    assert [each.span and each.span.column for each in found] == [4, 5, 6, 7]
    assert found[-1].message == "more characters like these follow"


def test_no_node_is_left_where_it_would_not_be_what_was_written() -> None:
    for text in ("a: *x\n", "<<: {}\n", "[a]: 1\n", "a: [\n", "a: 1\n---\nb: 1\n"):
        assert source(text).node is None
    for text in ("a: &x 1\n", "a: !x 1\n", "a: 1\na: 2\n", "a: \x07\n"):
        assert source(text).node is not None


def test_each_limit_is_kept_and_can_be_raised() -> None:
    assert faults("[" * 50 + "]" * 50) == []
    assert faults("[" * 51 + "]" * 51) == [("PB006", 1, 51)]
    assert faults("[" * 51 + "]" * 51, depth=51) == []
    values = "- x\n" * 4_999
    assert faults(values) == []
    assert faults(values + "- x\n") == [("PB007", 5_000, 3)]
    assert faults(values + "- x\n", nodes=5_001) == []
    assert faults("a: " + "x" * (256 * 1024 - 3)) == []
    assert faults("a: " + "x" * (256 * 1024 - 2)) == [("PB003", 1, 1)]
    assert only("a: 12", size=4)[0] == "the file is too large: it has more than 4 bytes"


# --- what the parser stumbles over ------------------------------------------------------------------

BEHIND = "text behind a closed quote or bracket"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a: b: c\n", (1, 5), "a second `: ` in one line"),
        ("a: b\n  c: d\n", (2, 4), "a `key:` where none can stand"),
        ("a:\n\t- b\n", (2, 1), "a tab in the indentation"),
        ("a:\n\t", (2, 1), "a tab in the indentation"),
        ("a: x\n\tb: c\n", (2, 1), "a tab in the indentation"),
        ("a: |\n\tx\n", (2, 1), "a tab in the indentation"),
        ('a: "x\nb: y\n', (1, 4), "a quote that is never closed"),
        ("a: 'x\n---\n", (1, 4), "a quote that is never closed"),
        ('a: "x" == y\n', (1, 8), BEHIND),
        ("a: 'x' y\n", (1, 8), BEHIND),
        ("a: {x: 1}}\n", (1, 10), BEHIND),
        ("a: {es: ¿Qué?, en: #x}\n", (1, 23), "a `{…}` or `[…]` that breaks off"),
        ("a: {es:]}\n", (1, 7), "a `:` inside `{…}` or `[…]` without a space behind it"),
        ("a: {es: b\nc: d\n", (1, 4), "`{` on line 1 is not closed, or misses a comma"),
        ('a:\n  {k: "x" y}\n', (2, 11), "`{` on line 2 is not closed, or misses a comma"),
        ("a: [b\n\n\n", (1, 4), "`[` on line 1 is not closed, or misses a comma"),
        ("a: @maria\n", (1, 4), "a value cannot start with `@`"),
        ("a: `x`\n", (1, 4), "a value cannot start with ```"),
        ("a: %x\n", (1, 4), "a value cannot start with `%`"),
        ("a: , b\n", (1, 4), "a value cannot start with `,`"),
        ("a: **bold**\n", (1, 4), "a value cannot start with `*`"),
        ("a: & x\n", (1, 4), "a value cannot start with `&`"),
        ("a: !<x\n", (1, 4), "a value cannot start with `!`"),
        ("a: !e!x y\n", (1, 4), "a value cannot start with `!`"),
        ("a: - b\n", (1, 4), "a list cannot start on the line of its key"),
        ("a: ? b\n", (1, 4), "`? ` cannot stand here"),
        ("a: 1\nb\nc: 2\n", (2, 1), "a line without the `:` after its key"),
        (": x\n", (1, 1), "a key without a name"),
        ("a:\n  b: c\n d: e\n", (3, 2), "a line that does not line up with the keys above it"),
        ("a:\n  - b\n  c: d\n", (3, 3), "a line among those of a list that is none of them"),
        ("- a\nb: c\n", (2, 1), "a line among those of a list that is none of them"),
        ('a: "\\q"\n', (1, 5), "a backslash before `q` means nothing"),
        ('a: "\\ud800"\n', (1, 7), "an escape that stands for no character"),
        ('a: "\\xzz"\n', (1, 7), "an escape that stands for no character"),
        ("a: | x\n", (1, 4), "text on the line of `|` or `>`"),
        ("%FOO x\n---\na\n", (1, 1), "a line that starts with `%` is an order to the parser"),
        ("%YAML 2.0\n---\na\n", (1, 1), "a line that starts with `%` is an order to the parser"),
        ("%YAML 1.2\n%YAML 1.2\n---\na\n", (2, 1), "a line that starts with `%` is an order to the parser"),
        ('"a" "b"\n', (1, 5), "text behind the end of a value"),
    ],
)
def test_a_syntax_error_is_said_in_words_that_help(text: str, place: tuple[int, int], message: str) -> None:
    (found,) = source(text).diagnostics
    assert found.code == "PB005"
    assert (found.span, found.message) == (("p.yaml", *place), message)
    assert found.hint


def test_the_cure_of_a_broken_flow_map_is_one_key_a_line() -> None:
    assert only("a: {b: 'x' y}\n")[1] == "write one key a line, or quote the values"
    assert only("a:\n  b: c\n d: e\n")[1] == "indent it as the map that starts on line 1"


def test_a_complaint_nobody_foresaw_is_passed_on() -> None:
    found = explain(Complaint("", "something new", (1, 1), (1, 3)), "a: b\n", "p.yaml")
    assert (found.span, found.hint) == (("p.yaml", 1, 3), "the parser says: something new")


# --- hostile files ----------------------------------------------------------------------------------

HOSTILE = {
    "50,000 open brackets": ("b'[' * 50_000", "PB006"),
    "50,000 open braces": ("b'{' * 50_000", "PB006"),
    "maps a thousand deep": ("b''.join(b' ' * n + b'a:\\n' for n in range(700))", "PB006"),
    "dashes in a row": ("b'- ' * 50_000", "PB006"),
    "question marks in a row": ("b'? ' * 50_000", "PB006"),
    "ten megabytes": ("b'a: b\\n' * 1_700_000", "PB003"),
    "a billion laughs": (
        "b'a: &a [x]\\n' + b''.join(b'%c: &%c [%s]\\n' % (n, n, b'*%c,' % (n - 1) * 9) for n in range(98, 106))",
        "PB010",
    ),
    "a merge bomb": ("b'a: &a {x: 1}\\nb:\\n' + b'  <<: [*a, *a, *a]\\n' * 5_000", "PB011"),
    "only aliases": ("b'[' + b'*a,' * 60_000 + b']'", "PB007"),
    "one long line": ("b'a: ' + b'x: ' * 80_000", "PB005"),
    "quotes": ("b'\\'' * 200_000 + b'x'", "PB005"),
    "the same key": ("b'a: b\\n' * 40_000", "PB007"),
    "nothing but NUL": ("bytes(200_000)", "PB002"),
    "white space without end": ("b'a: \"' + b' ' * 250_000 + b'\\\\e\"'", "PB016"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_fast_in_a_message(name: str) -> None:
    make, code = HOSTILE[name]
    program = f"""
        import resource, sys
        resource.setrlimit(resource.RLIMIT_CPU, (5, 5))
        from playbook.source import read
        found = read({make}, "p.yaml")
        print(*sorted({{each.code for each in found.diagnostics}}), len(found.diagnostics) < 6_000)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert code in done.stdout.split()
    assert done.stdout.split()[-1] == "True"


def test_the_parsers_own_limit_of_depth_is_told_as_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def gives_up(_text: str) -> None:
        mark = Mark("p.yaml", 1000, 0, 1000, "", 0)
        raise ScannerError("while increasing flow level", mark, "exceeded maximum nesting depth", mark)

    monkeypatch.setattr("yaml._yaml.CParser", gives_up)
    (told,) = read(b"[" * 2000, "p.yaml").diagnostics
    assert (told.code, told.span) == ("PB006", ("p.yaml", 1, 1001))


@given(st.binary(max_size=200))
@example(b"\xff\xfe")
@example(b"{es: a, en: #")
@example(b'a: "\\\n')
def test_random_bytes_never_raise(data: bytes) -> None:
    found = read(data, "p.yaml")
    assert found.node is not None or found.diagnostics
    for each in found.diagnostics:
        assert each.span
        assert each.span.line >= 1
        assert each.span.column >= 1


ODD = st.text(st.sampled_from(list("ab: \n\t-[]{},'\"|>#&*!%@`?\\\u00a0\x85\u2028\u202e\ufeffñ😀0~<\r")), max_size=40)


@given(ODD)
def test_random_marks_of_yaml_never_raise(text: str) -> None:
    found = source(text)
    assert found.node is not None or found.diagnostics
    assert len(found.text) == len(text.removeprefix("\ufeff")) or not found.text
    assert "this cannot be read as YAML" not in {each.message for each in found.diagnostics}


def test_the_garbage_collector_is_left_as_it_was() -> None:
    gc.enable()
    source("a: 1\n")
    assert gc.isenabled()
    gc.disable()
    try:
        source("a: 1\n")
        assert not gc.isenabled()
    finally:
        gc.enable()


# --- places ---------------------------------------------------------------------------------------


def walk(node: Node) -> Iterator[tuple[str, int, int]]:
    """What a tree consists of, keys too, in the file's order."""
    if isinstance(node, Scalar):
        yield (f"{node.style}{node.text}", node.line, node.column)
    elif isinstance(node, Sequence):
        yield ("[]", node.line, node.column)
        for each in node.items:
            yield from walk(each)
    else:
        yield ("{}", node.line, node.column)
        for key, value in node.pairs():
            yield (key.text, key.line, key.column)
            yield from walk(value)


def composed(node: yaml.Node) -> Iterator[tuple[str, int, int]]:
    """The same of PyYAML's own tree."""
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if isinstance(node, yaml.ScalarNode):
        yield (f"{node.style or ''}{node.value}", line, column)
    elif isinstance(node, yaml.SequenceNode):
        yield ("[]", line, column)
        for each in node.value:
            yield from composed(each)
    else:
        assert isinstance(node, yaml.MappingNode)
        yield ("{}", line, column)
        for key, value in node.value:
            yield (key.value, key.start_mark.line + 1, key.start_mark.column + 1)
            yield from composed(value)


WORDS = st.text(st.sampled_from(list("ab  'ñ:#\"\\\n-{[,😀é")), max_size=60)
KEYS = st.text(st.sampled_from(list("abcñ_")), min_size=1, max_size=6)
TREES = st.recursive(
    WORDS | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=25,
)
STYLES = st.fixed_dictionaries(
    {
        "default_style": st.sampled_from([None, "'", '"', "|", ">"]),
        "default_flow_style": st.sampled_from([None, True, False]),
        "width": st.sampled_from([10, 30, 1000]),
        "indent": st.sampled_from([2, 4]),
        "allow_unicode": st.booleans(),
        "line_break": st.sampled_from(["\n", "\r\n"]),
    }
)


@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=4), STYLES)
def test_structure_and_places_are_those_of_pyyaml(tree: dict[str, object], style: dict[str, Any]) -> None:
    text = yaml.safe_dump(tree, **style)
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert node is not None
    found = source(text)
    tags = style["default_style"]  # with a style for all, the dumper tags what is no text
    assert {each.code for each in found.diagnostics} <= ({"PB012"} if tags else set())
    assert found.node is not None
    assert list(walk(found.node)) == list(composed(node))


def check_places(found: Source, node: Scalar) -> None:
    """Each character of the scalar's text stands where `position` says, or its escape does."""
    rows = found.text.split("\n")
    places = [found.position(node, offset)[1:] for offset in range(len(node.text) + 1)]
    if node.style != ">":
        assert places == sorted(set(places))
    for (line, column), char in zip(places, node.text, strict=False):
        raw = rows[line - 1][column - 1 :]
        if char == "\n" and node.style != ">":
            assert raw.strip("\r") == "" or raw.startswith("\\n")
        elif char not in " \n":
            assert raw[0] == char or raw[0] == "\\"
        elif node.style != ">":
            assert raw[:1] in {" ", "", "\r", "\\"}


def scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    for inner in (
        node.items if isinstance(node, Sequence) else node.entries.values() if isinstance(node, Mapping) else ()
    ):
        yield from scalars(inner)


@given(st.lists(WORDS, min_size=1, max_size=4), STYLES)
@example(["a\n b\n\n c  d ", " x'y"], {"default_style": '"', "width": 3, "allow_unicode": False})
@example(["a b\n\n\nc", "a b c d e f g h i j k l"], {"default_style": None, "width": 3})
def test_each_character_of_a_text_has_its_place(texts: list[str], style: dict[str, Any]) -> None:
    found = source(yaml.safe_dump(texts, **style))
    assert isinstance(found.node, Sequence)
    assert [each.text for each in scalars(found.node)] == texts
    for each in scalars(found.node):
        check_places(found, each)


def places(text: str) -> list[tuple[int, int]]:
    """Where each character of the value of `a:` stands, and its end."""
    found = source(text)
    assert isinstance(found.node, Mapping)
    value = found.node.entries["a"]
    assert isinstance(value, Scalar)
    return [found.position(value, offset)[1:] for offset in range(len(value.text) + 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: xy # c\n", [(1, 4), (1, 5), (1, 6)]),
        ("a: xy", [(1, 4), (1, 5), (1, 6)]),
        ("a:\n  x\n  y\nb: 1\n", [(2, 3), (2, 4), (3, 3), (3, 4)]),
        ("a: x \r\n\r\n\r\n  y\r\n", [(1, 4), (2, 2), (3, 2), (4, 3), (4, 4)]),
        ("a: 'x''y'\n", [(1, 5), (1, 6), (1, 8), (1, 9)]),
        ("a: ''\n", [(1, 5)]),
        ("a:\n", [(1, 3)]),
        ('a: "\\"\\u00e9\\U0001F600\\x41z"\n', [(1, 5), (1, 7), (1, 13), (1, 23), (1, 27), (1, 28)]),
        ('a: "x\n\n  y"\n', [(1, 5), (2, 1), (3, 3), (3, 4)]),
        ('a: "x\\\n  y"\n', [(1, 5), (2, 3), (2, 4)]),
        ('a: "x\\\n\n  y"\n', [(1, 5), (2, 1), (3, 3), (3, 4)]),
        ("a: |\n  x\n   y\n\n  z", [(2, 3), (2, 4), (3, 3), (3, 4), (3, 5), (4, 1), (5, 3), (5, 4)]),
        ("a: |+\n  x\n\n", [(2, 3), (2, 4), (3, 1), (4, 1)]),
        ("a: >\n  x y\n  z\n", [(2, 3), (2, 4), (2, 5), (2, 6), (3, 3), (3, 4), (3, 4)]),
        ("a: >\n\n  x\n", [(2, 1), (3, 3), (3, 4), (3, 4)]),
        ("a: >+\n\n", [(2, 1), (2, 1)]),
        ("a: >\n", [(2, 1)]),
    ],
)
def test_every_style_has_exact_places(text: str, expected: list[tuple[int, int]]) -> None:
    assert places(text) == expected


def test_a_list_or_map_has_its_start_as_its_place() -> None:
    found = source("a:\n  - b\n")
    assert isinstance(found.node, Mapping)
    assert found.position(found.node.entries["a"], 5) == ("p.yaml", 2, 3)


def test_pyyaml_is_not_imported_before_something_is_read() -> None:
    program = "import sys, playbook.source; print({'yaml', 'unicodedata'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_the_quick_look_passes_over_no_character_that_is_refused() -> None:
    every = "".join(map(chr, range(0x110000)))
    refused = {match.group() for match in re.finditer(guard._SUSPECT, every)}
    assert [f"{ord(char):x}" for char in refused if guard._is_plain(f"a{char}b")] == []


@pytest.mark.parametrize("text", ['a: "' + r"\x1b" * 30 + '"\n', "".join(f'a{at}: "\\x1b"\n' for at in range(30))])
def test_of_many_hidden_characters_the_first_are_told_and_that_more_follow(text: str) -> None:
    told = [each.message for each in read(text.encode(), "x.yaml", Limits(faults=3)).diagnostics]
    assert "more characters like these follow" in told
    assert len(told) < 30
