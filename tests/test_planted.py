"""A pack with every fault planted, a file each: found where it is, and nothing else with it.

Each file of `planted/` lists the places at which its code must be found, and the pieces that are laid over a pack in
which nothing is found.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from playbook.lint.fixing import fix
from playbook.lint.linting import CODES, UNRAISED, lint
from playbook.lint.memory import Kept
from playbook.loader import load
from playbook.rules import RULES
from playbook.source.guard import Limits
from tests.rule_world import BASE, TODAY, laid
from tools.consoles import FENCE

PLANTED = sorted((Path(__file__).parent / "planted").glob("*.md"))
PLACE = re.compile(r"^- (\S+:\d+:\d+)$", re.MULTILINE)


def pack_of(page: Path) -> dict[str, bytes]:
    """The pack with one fault in it."""
    text = page.read_text(encoding="utf-8")
    pieces = {fence["title"]: fence["body"] for fence in FENCE.finditer(text)}
    return {path: each.encode() for path, each in laid(pieces).items()}


def look(files: object) -> Kept:
    return Kept(*lint(load(files), TODAY, Limits()), frozenset())  # type: ignore[arg-type] # a mapping of files


def found(files: dict[str, bytes]) -> list[str]:
    return [f"{each.span} {each.code}" for each in look(files).findings]


@pytest.mark.parametrize("page", PLANTED, ids=lambda page: page.stem)
def test_a_fault_is_found_at_its_place_and_nothing_else_with_it(page: Path) -> None:
    places = PLACE.findall(page.read_text(encoding="utf-8"))
    assert places
    assert found(pack_of(page)) == [f"{place} {page.stem}" for place in places]


def test_a_fault_is_planted_for_every_rule() -> None:
    alone = {rule.code for rule in RULES} | CODES - {UNRAISED}  # which is found beside another version only
    assert alone <= {page.stem for page in PLANTED}


def test_the_pack_that_faults_are_planted_in_has_none() -> None:
    assert found({path: text.encode() for path, text in BASE.items()}) == []


@pytest.mark.parametrize("page", PLANTED, ids=lambda page: page.stem)
def test_what_is_mended_is_gone_and_nothing_new_is_found(page: Path) -> None:
    files = pack_of(page)
    fixed = fix(files, look, lambda kept: kept.findings, Limits())
    after = {**files, **{path: data for path, (_, data) in fixed.files.items()}}
    assert found(after) == ([] if fixed.mended else found(files))
    assert bool(fixed.mended) == (page.stem in MENDED)
    assert not fix(after, look, lambda kept: kept.findings, Limits()).files


MENDED = {
    *("PB015", "PB017", "PB018", "PB031", "PB202"),
    *("PB601", "PB602", "PB605", "PB606", "PB607", "PB608", "PB615", "PB651", "PB661"),
}
