"""The page of every rule is true: its example gives what is marked there, what to write instead gives nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook import rules
from playbook.diagnostics import ERROR, WARNING
from playbook.rules import RULES
from tests.rule_world import BASE, blocks, laid, marked, survey

CHAPTERS = ["What it does", "Why it matters", "Example", "Use instead"]
FOLDER = Path(rules.__file__).parent


def found(files: dict[str, str]) -> list[tuple[str, int, str]]:
    """What all rules find: file, line, code."""
    looked = survey(files)
    listed = [each for rule in RULES for each in rule.check(looked)]
    assert all(each.hint and each.severity in (ERROR, WARNING) for each in listed)
    return sorted((each.span.file, each.span.line, each.code) for each in listed if each.span)


def test_nothing_is_found_in_the_pack_that_examples_are_laid_over() -> None:
    assert found(BASE) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_an_example_gives_exactly_what_is_marked_in_it(rule: rules.Rule) -> None:
    files = laid(blocks(rule.page, "Example"))
    wanted = marked(files)
    assert rule.code in {code for _, _, code in wanted}
    assert found(files) == wanted


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_what_to_use_instead_gives_nothing(rule: rules.Rule) -> None:
    assert found(laid(blocks(rule.page, "Use instead"))) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_page_has_its_chapters_and_a_title_of_one_line(rule: rules.Rule) -> None:
    assert [line[3:] for line in rule.page.splitlines() if line.startswith("## ")] == CHAPTERS
    assert rule.page.split("\n")[1] == ""
    assert rule.title[0].isupper()


def test_every_rule_has_a_file_and_every_file_is_a_rule() -> None:
    files = sorted(path.stem for path in FOLDER.glob("[a-z]*.py"))
    assert sorted(rule.name for rule in RULES) == files


def test_rules_come_by_their_codes_and_no_code_twice() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
