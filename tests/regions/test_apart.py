"""Where two versions lead to different places is where the engine walks to different places, and nowhere else."""

from __future__ import annotations

import random
import re
from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from playbook import protocol as p
from playbook.engine import Decided, walk
from playbook.regions.apart import Apart, apart
from playbook.regions.boxes import Boxes
from playbook.regions.diagram import Diagrams
from playbook.regions.joint import sides
from playbook.regions.tree import Tree, begin
from tests.lined_packs import lined_texts, packed
from tests.random_packs import VALUES
from tests.worlds import pack as world
from tests.worlds import protocol

if TYPE_CHECKING:
    from playbook.protocol import Answer, Pack

SAID = ("days < 3", "sure", "firm", "kind == 'one'", "ticks.left", "plain == 'two'")


def parted(base: Pack, head: Pack, start: str) -> tuple[Boxes, list[Apart]]:
    spaces = sides(base, head, Diagrams())
    trees = Tree(base, space=spaces[0]), Tree(head, space=spaces[1])
    given_ = base.protocols[start].given, head.protocols[start].given
    return Boxes(trees[0].saying), [*apart(trees, (begin(base, start), begin(head, start)), given_)]


def end(pack: Pack, start: str, answers: dict[str, Answer]) -> p.Target:
    case = walk(pack, start, answers)
    assert isinstance(case, Decided)
    return p.Target(case.outcome.protocol, case.outcome.id)


def edited(text: str, chance: random.Random) -> str:
    """A target or a condition of a protocol is another; a line is gone, or there twice."""
    kind = chance.randrange(3)
    if kind == 0:
        spots = [each.span() for each in re.finditer(r"\b(out|end)\b(?=[,}])", text)]
        low, high = chance.choice(spots)
        return text[:low] + ("end" if text[low:high] == "out" else "out") + text[high:]
    lines = text.splitlines(keepends=True)
    whens = [at for at, line in enumerate(lines) if "- {when" in line and "then" in line]
    if not whens:
        return text
    at = chance.choice(whens)
    if kind == 1:
        lines[at] = re.sub(r'when: ".*?"', f'when: "{chance.choice(SAID)}"', lines[at])
    elif at + 1 in whens:
        lines.insert(at + 1, lines.pop(at))
    return "".join(lines)


@settings(max_examples=40)
@given(lined_texts(), st.integers(0, 2**32))
def test_the_boxes_hold_every_case_that_ends_elsewhere_and_no_other(files: dict[str, str], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - nothing is secret
    path = chance.choice(["protocols/a.yaml", "protocols/b.yaml"])
    base, head = packed(tuple(files.items())), packed(tuple({**files, path: edited(files[path], chance)}.items()))
    assume(base is not None and head is not None)
    assert base is not None
    assert head is not None
    for start in base.protocols:
        boxes, found = parted(base, head, start)
        assert not [1 for one, other in combinations(found, 2) if boxes.alive(one.box & other.box)]
        space, given_ = boxes.space, base.protocols[start].given
        cases = [{name: chance.choice(values) for name, values in VALUES.items()} for _ in range(20)]
        # A case of each box, so that small ones are held to it too.
        whole = {name: values[0] for name, values in VALUES.items()}
        cases += [{**whole, **space.case(boxes.answers(each.box))} for each in found]
        for answers in cases:
            case = {**answers, **given_}
            point = boxes.pinned(space.given(case))
            told = [(each.before, each.after) for each in found if each.box & point == point]
            before, after = end(base, start, case), end(head, start, case)
            assert told == ([(before, after)] if before != after else [])


def long(*changed: tuple[int, str], rest: str = "z") -> Pack:
    """A check of twenty lines, of which some are otherwise."""
    lines = [f"when: n >= {95 - at * 5} and n < {100 - at * 5}, then: {'xy'[at % 2]}" for at in range(20)]
    for at, line in changed:
        lines[at] = line
    text = "".join(f"      - {{{each}}}\n" for each in (*lines[:-1], f"then: {rest}"))
    questions = "questions:\n  n: {ask: N, number: {min: 0, max: 100}}\n  k: {ask: K, yes_no: true}\n"
    return world(protocol(f"{questions}steps:\n  s:\n    check:\n{text}", outcomes="x y z"))


def numbers(base: Pack, head: Pack) -> set[int]:
    """The numbers for which some case ends elsewhere."""
    boxes, found = parted(base, head, "p")
    told = set()
    for n in range(101):
        point = boxes.pinned(boxes.space.given({"n": n}))
        told |= {n for each in found if boxes.alive(each.box & point)}
    return told


def test_of_a_long_check_only_what_has_changed_is_told() -> None:
    assert numbers(long(), long()) == set()
    assert numbers(long(), long((3, "when: n >= 80 and n < 85, then: z"))) == {*range(80, 85)}
    assert numbers(long(), long((3, "when: n >= 78 and n < 85 and k, then: y"))) == {*range(78, 85)}
    assert numbers(long(), long(rest="x")) == {*range(5), 100}


def test_a_long_check_with_lines_for_what_is_unknown_is_gone_through_whole() -> None:
    with_unknown = (7, "unknown: x")
    assert numbers(long(with_unknown), long(with_unknown, (2, "when: n >= 85 and n < 90, then: z"))) == {*range(85, 90)}


def test_a_step_put_in_between_is_told_where_it_leads_elsewhere() -> None:
    questions = "questions:\n  n: {ask: N, number: {min: 0, max: 100}}\n  k: {ask: K, yes_no: true}\n"
    tail = "  t:\n    check:\n      - {when: n > 50, then: x}\n      - {when: n > 20, then: z}\n      - {then: y}\n"
    base = world(protocol(f"{questions}steps:\n{tail}", outcomes="x y z"))
    between = f"{questions}steps:\n  s: {{ask: k, then: {{yes: x, no: t}}}}\n{tail}"
    head = world(protocol(between, outcomes="x y z"))
    assert numbers(base, head) == {*range(51)}
    assert numbers(head, base) == {*range(51)}
