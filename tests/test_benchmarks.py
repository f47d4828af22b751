"""What is measured is put into the page as it was printed, and nothing else of the page changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.run import BEGIN, END, Ran, block, machine, names, written

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
HEAD = "2026-11-23, CPython 3.11.7, 2 cores"


def test_what_was_measured_takes_the_place_of_what_stood_between_the_markers() -> None:
    page = f"# Benchmarks\n\n{BEGIN}\nold\n{END}\n\nMore.\n"
    text = block(HEAD, [Ran("walk", "a table\n", 0), Ran("startup", "another\n", 1)])
    expected = (
        f"# Benchmarks\n\n{BEGIN}\n\nMeasured on {HEAD}.\n\n`walk`:\n\n```text\na table\n```\n\n"
        f"`startup`:\n\n```text\nanother\n```\n\n{END}\n\nMore.\n"
    )
    assert written(page, text) == expected
    assert written(expected, text) == expected


@pytest.mark.parametrize("page", ["", BEGIN, END, f"{END}{BEGIN}", f"{BEGIN}{END}{END}", f"{BEGIN}{BEGIN}{END}"])
def test_a_page_without_its_two_markers_is_refused(page: str) -> None:
    with pytest.raises(ValueError, match="the page must have"):
        written(page, "text")


@pytest.mark.parametrize(
    ("printed", "code", "failed"),
    [
        ("a table\n", 0, False),
        ("a table (limit 1)  MISSED\n", 1, False),
        ("half a table\n", 1, True),
        ("", 0, True),
        ("\n", 1, True),
    ],
)
def test_a_missed_limit_is_no_failure_and_a_table_that_never_came_is(printed: str, code: int, failed: bool) -> None:  # noqa: FBT001
    assert Ran("walk", printed, code).failed is failed


@pytest.mark.parametrize("name", names())
def test_every_benchmark_is_explained_on_the_page(name: str) -> None:
    assert f"\n## `{name}`" in PAGE.read_text(encoding="utf-8")


def test_the_page_has_its_place_for_what_is_measured() -> None:
    assert written(PAGE.read_text(encoding="utf-8"), "") != PAGE.read_text(encoding="utf-8")


def test_the_machine_is_told_by_its_day_its_python_and_its_cores() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\d, \w+ 3\.\d+\.\S+, \d+ cores", machine())
