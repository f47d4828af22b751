"""The documents' own examples: commands are run as a reader would, and what they write is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tools.consoles import CrashedError, abbreviated, renewed, run_document

if TYPE_CHECKING:
    from pathlib import Path


def outputs(text: str, room: Path) -> list[tuple[str, bool]]:
    return [(ran.output, ran.agrees) for ran in run_document(text, room)]


def test_a_command_that_writes_what_is_shown_agrees(tmp_path: Path) -> None:
    assert outputs("```console\n$ echo hola\nhola\n```\n", tmp_path) == [("hola\n", True)]


@pytest.mark.parametrize("shown", ["hola.\n", "", "hola\nhola\n"])
def test_a_command_that_writes_something_else_does_not(shown: str, tmp_path: Path) -> None:
    assert outputs(f"```console\n$ echo hola\n{shown}```\n", tmp_path) == [("hola\n", False)]


def test_an_ellipsis_stands_for_any_lines_but_not_for_the_others(tmp_path: Path) -> None:
    text = "```console\n$ seq 5\n1\n…\n5\n$ seq 5\n1\n…\n4\n```\n"
    assert [agrees for _, agrees in outputs(text, tmp_path)] == [True, False]


def test_the_commands_of_a_document_share_a_folder_and_an_exit_code(tmp_path: Path) -> None:
    text = "```console\n$ echo hola > a; false\n$ echo $?\n1\n```\n\nand then\n\n```console\n$ cat a\nhola\n```\n"
    assert all(agrees for _, agrees in outputs(text, tmp_path))


def test_a_file_with_a_title_is_written_and_a_line_may_go_on(tmp_path: Path) -> None:
    text = '```yaml title="a/b.yaml"\nkey: 1\n```\n```console\n$ cat \\\n> a/b.yaml\nkey: 1\n```\n'
    assert outputs(text, tmp_path) == [("key: 1\n", True)]


def test_renewing_touches_only_what_differs(tmp_path: Path) -> None:
    text = "Words.\n\n```console\n$ echo a\nold\n$ seq 3\n…\n3\n```\n\nMore.\n"
    expected = "Words.\n\n```console\n$ echo a\na\n$ seq 3\n…\n3\n```\n\nMore.\n"
    assert renewed(text, tmp_path) == expected


@pytest.mark.parametrize(
    ("shown", "output", "expected"),
    [
        ("a\n…\nz\n", "a\nb\nc\nz\n", "a\n…\nz\n"),
        ("a\n…\ny\nz\n", "a\nb\nc\nY\nz\n", "a\n…\nY\nz\n"),
        ("a\n…\nold\n", "a\nb\nnew\n", "a\n…\nnew\n"),
        ("…\nz\n", "1\n2\nz\nmore\n", "…\nz\nmore\n"),
        ("a\n…\n", "new\na\n1\n2\n", "new\na\n…\n"),
        ("a\n…\nm\n…\nz\n", "a\n1\nm\n2\nZ\n", "a\n…\nm\n…\nZ\n"),
        ("a\n…\nm\n…\nz\n", "x\n", "x\n"),
        ("old\n", "new\n", "new\n"),
    ],
)
def test_what_a_document_leaves_out_stays_left_out_when_it_is_renewed(shown: str, output: str, expected: str) -> None:
    assert abbreviated(shown, output) == expected


def test_a_fault_of_the_program_is_never_written_into_a_document(tmp_path: Path) -> None:
    with pytest.raises(CrashedError, match="line 2: echo oh; exit 3"):
        renewed("```console\n$ echo oh; exit 3\n```\n", tmp_path)
