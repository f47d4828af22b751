"""Small random packs and answers: two protocols, shared first lines, facts, every kind of question, unknown lines."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from hypothesis import assume
from hypothesis import strategies as st

from playbook.diagnostics import ERROR
from tests.worlds import HEAD, OUTCOME, loaded

if TYPE_CHECKING:
    from playbook.loader import Loaded
    from playbook.protocol import Answer, Pack

QUESTIONS = """\
questions:
  kind: {ask: K, choices: {one: A, two: B, three: C}, unknown: true}
  plain: {ask: P, choices: {one: A, two: B}}
  sure: {ask: S, yes_no: true, unknown: true}
  firm: {ask: F, yes_no: true}
  days: {ask: D, number: {min: 0, max: 6}, unknown: true}
  ticks: {ask: T, choices: {left: L, right: R}, many: true, unknown: true}
"""
VALUES: dict[str, tuple[Answer, ...]] = {
    "kind": ("one", "two", "three", None),
    "plain": ("one", "two"),
    "sure": (True, False, None),
    "firm": (True, False),
    "days": (0, 1, 2, 3, 4, 5, 6, None),
    "ticks": ((), ("left",), ("right",), ("left", "right"), None),
    "channel": ("x", "email"),
}
EDGES = {
    "kind": ("one", "two", "three", "unknown"),
    "plain": ("one", "two"),
    "sure": ("yes", "no", "unknown"),
    "firm": ("yes", "no"),
}
ATOMS = (
    "kind == 'one'",
    "kind != 'two'",
    "kind in ['one', 'three']",
    "kind is known",
    "plain == 'two'",
    "sure",
    "sure is unknown",
    "firm",
    "days < 3",
    "2 <= days < 5",
    "days is known",
    "ticks.left",
    "ticks.none",
    "channel.private",
)
PLACES = ("s1", "s2", "s3", "out", "end")


@st.composite
def conditions(draw: st.DrawFn, names: tuple[str, ...] = ATOMS) -> str:
    text = draw(st.sampled_from(names))
    for _ in range(draw(st.integers(0, 2))):
        more, word = draw(st.sampled_from(names)), draw(st.sampled_from(("and", "or")))
        text = f"({text} {word} {more})" if draw(st.booleans()) else f"not ({text} {word} {more})"
    return text


@st.composite
def steps(draw: st.DrawFn, beyond: tuple[str, ...]) -> str:
    every = (*ATOMS, "fact", "rule == 'high'", "rule is known")
    found = ""
    for index in range(1, draw(st.integers(1, 3)) + 1):
        # What leads to a step that was not drawn is sent to an outcome instead, by the caller.
        target = st.sampled_from((*PLACES[index:], *beyond))
        if draw(st.booleans()):
            question = draw(st.sampled_from((*EDGES, "days", "ticks")))
            edges = EDGES.get(question, ())
            if not edges or draw(st.integers(0, 4)) == 0:
                found += f"  s{index}: {{ask: {question}, then: {draw(target)}}}\n"
            else:
                found += (
                    f"  s{index}: {{ask: {question}, then: {{"
                    + ", ".join(f"{edge}: {draw(target)}" for edge in edges)
                    + "}}\n"
                )
            continue
        lines = [f'{{when: "{draw(conditions(every))}", then: {draw(target)}}}' for _ in range(draw(st.integers(1, 3)))]
        if draw(st.integers(0, 3)):
            lines.insert(draw(st.integers(1, len(lines))), f"{{unknown: {draw(target)}}}")
        found += f"  s{index}:\n    check:\n" + "".join(
            f"      - {line}\n" for line in [*lines, f"{{then: {draw(target)}}}"]
        )
    for missing in PLACES[:3]:
        if f"  {missing}:" not in found:
            found = found.replace(f": {missing},", ": end,").replace(f": {missing}}}", ": end}")
    return found


@st.composite
def texts(draw: st.DrawFn) -> tuple[tuple[str, str], ...]:
    high, some = draw(conditions()), draw(conditions())
    rules = f'- {{when: "{high}", is: high}}\n    - {{when: "{some}", is: some}}\n    - {{is: low}}'
    facts = f'facts:\n  fact: "{draw(conditions())}"\n  rule:\n    {rules}\n'
    first = ""
    if draw(st.booleans()):
        when = draw(conditions((*ATOMS, "fact is known", "rule == 'high'")))
        first = f'first:\n  - {{when: "{when}", then: b.end}}\n  - {{unknown: b.out}}\n'
    actions = "".join(
        f'  - {{when: "{draw(conditions((*ATOMS, "fact")))}", do: D{n}, owner: team, marks: [refund]}}\n'
        for n in range(2)
    )
    own = f"use: [all]\nactions:\n{actions}outcomes: {{out: {OUTCOME}, end: {OUTCOME}}}\n"
    given = draw(st.sampled_from(("", "given: {plain: two}\n")))
    body_b = draw(steps(()))
    beyond = ("b.out", "{protocol: b}", "b.s1")
    return (
        ("protocols/shared/all.yaml", QUESTIONS + facts + first),
        ("protocols/a.yaml", HEAD.replace("{id}", "a") + given + own + "steps:\n" + draw(steps(beyond))),
        ("protocols/b.yaml", HEAD.replace("{id}", "b") + own + "steps:\n" + body_b),
    )


@lru_cache(maxsize=256)
def _loaded(files: tuple[tuple[str, str], ...]) -> Loaded:
    return loaded(dict(files))


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """A pack that loads: those that slide past a "don't know" are left out."""
    found = _loaded(draw(texts()))
    assert {each.code for each in found.diagnostics if each.severity == ERROR} <= {"PB068"}, found.diagnostics
    assume(found.pack is not None)
    assert found.pack is not None
    return found.pack


complete = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()})
partial = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()})
