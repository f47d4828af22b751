"""Small random packs with red lines, levels and marks: what is proved of them can be held against every case."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from hypothesis import assume, settings
from hypothesis import strategies as st

from playbook.diagnostics import ERROR
from playbook.loader import load
from tests.random_packs import ATOMS, conditions, texts
from tests.worlds import LARGE, OUTCOME, PLAYBOOK

if TYPE_CHECKING:
    from playbook.protocol import Pack

FEW = settings().max_examples // 5
"""How many packs are gone through case by case where z3 has the same said of it on all (`regions/test_three_agree.py`).

That a few are gone through holds z3 itself to what is meant."""
MARKS = ("concession", "refund")
SAID = (*ATOMS, "fact", "fact is known", "rule == 'high'", "rule is unknown", "channel == 'x'")


@st.composite
def red_line(draw: st.DrawFn, name: str, *, common: bool) -> str:
    parts = ["because: B"]
    if draw(st.integers(0, 3)):
        parts.append(f'when: "{draw(conditions(SAID))}"')
    kind, mark = draw(st.sampled_from(("never", "always"))), draw(st.sampled_from(MARKS))
    parts.append(f"{kind}: [{mark}]")
    if draw(st.integers(0, 3)) == 0:
        parts.append(f"with: [{draw(st.sampled_from(MARKS))}]")
    if common and draw(st.booleans()):
        parts.append(f"except: {{{draw(st.sampled_from(('a', 'b')))}: E}}")
    return f"  {name}: {{{', '.join(parts)}}}\n"


@st.composite
def outcome(draw: st.DrawFn) -> str:
    marks = draw(st.sampled_from(("[]", "[concession]", "[refund]")))
    return OUTCOME.replace("level: 1", f"level: {draw(st.integers(0, 3))}, marks: {marks}")


@st.composite
def lined_texts(draw: st.DrawFn) -> dict[str, str]:
    """The files of a pack, with red lines of its own and of each protocol; playbook.yaml among them."""
    files = dict(draw(texts()))
    for path in ("protocols/a.yaml", "protocols/b.yaml"):
        text = files[path]
        for name in ("out", "end"):
            text = text.replace(f"{name}: {OUTCOME}", f"{name}: {draw(outcome())}", 1)
        files[path] = text + "red_lines:\n" + draw(red_line("own", common=False))
    shared = files["protocols/shared/all.yaml"]
    for plain, worse in (
        ("choices: {one: A, two: B, three: C}, unknown", "later"),
        ("choices: {one: A, two: B}}", "earlier"),
        ("yes_no: true, unknown", "yes"),
        ("yes_no: true}", "no"),
        ("number: {min: 0, max: 6}", draw(st.sampled_from(("higher", "lower")))),
        ("many: true", "more"),
    ):
        shared = shared.replace(plain, f"worse: {worse}, {plain}")
    files["protocols/shared/all.yaml"] = shared
    common = draw(red_line("one", common=True)) + draw(red_line("two", common=True))
    return {"playbook.yaml": f"{PLAYBOOK}red_lines:\n{common}", **files}


@lru_cache(maxsize=1024)
def packed(files: tuple[tuple[str, str], ...]) -> Pack | None:
    """The pack of these files, or None where it slides past a "don't know"."""
    found = load({path: text.encode() for path, text in files}, None, LARGE)
    assert {each.code for each in found.diagnostics if each.severity == ERROR} <= {"PB068", "PB069"}, found
    return found.pack


@st.composite
def lined_packs(draw: st.DrawFn) -> Pack:
    """A pack that loads."""
    found = packed(tuple(draw(lined_texts()).items()))
    assume(found is not None)
    assert found is not None
    return found
