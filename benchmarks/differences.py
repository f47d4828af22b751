"""How long it takes to find every case that two versions of generated lines treat differently, beside z3.

The shapes are those of `analysis`. In the new version one line leads elsewhere, one says something else and two have
changed places. Both versions come through the loader; reading them is not counted, encoding them is.

z3 gets each line of both versions encoded once and is asked for a case that ends differently; the two lines that decide
it are a region, which is blocked, and it is asked again until there is none. It is given the faster of two solvers,
tried on a smaller one of the same shape. Both must list the same regions.
"""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.analysis import PEER, Peer, pack, steps, timed
from playbook.engine import Decided, walk
from playbook.regions.apart import apart
from playbook.regions.boxes import Boxes
from playbook.regions.diagram import Diagrams
from playbook.regions.joint import sides
from playbook.regions.tree import Tree

if TYPE_CHECKING:
    from playbook.diagnostics import Span
    from playbook.protocol import Answer, Pack

    Regions = set[tuple[Span, Span]]

FASTER = 20
LINE = re.compile(r'- \{when: "(.*)", then: (o\d+)\}')


def edited(text: str) -> str:
    """The new version: three edits."""
    chance = random.Random(4)  # noqa: S311 - nothing is secret
    lines = text.splitlines(keepends=True)
    spots = [at for at, line in enumerate(lines) if LINE.search(line)]
    led, said, moved, other = chance.sample(spots, 4)
    lines[led] = re.sub(r"then: o\d+", "then: rest", lines[led])
    lines[said] = lines[said].replace('when: "', 'when: "q0 and q4 and ')
    lines[moved], lines[other] = _swapped(lines[moved], lines[other])
    return "".join(lines)


def _swapped(one: str, other: str) -> tuple[str, str]:
    """Two lines, each leading where the other did."""
    there, then = (LINE.search(each) for each in (one, other))
    if there is None or then is None:
        raise SystemExit("a line is no line")
    return one.replace(there[2], then[2]), other.replace(then[2], there[2])


def ours(base: Pack, head: Pack) -> Regions:
    """Each region by the two lines that decide it."""
    spaces = sides(base, head, Diagrams())
    trees = Tree(base, space=spaces[0]), Tree(head, space=spaces[1])
    start, boxes = base.protocols["p"].start, Boxes(trees[0].saying)
    found = set()
    for each in apart(trees, (start, start)):
        mildest = {axis.level: 1 for axis in boxes.space.axes.values()} | boxes.answers(each.box)
        answers = boxes.space.case(mildest)
        found.add((_decisive(base, answers), _decisive(head, answers)))
    return found


def _decisive(given: Pack, answers: dict[str, Answer]) -> Span:
    """The line that leads to the outcome."""
    case = walk(given, "p", answers)
    if not isinstance(case, Decided):
        raise SystemExit("a case does not end")
    return case.path[-1].span


class Both:
    """Two versions in one solver."""

    def __init__(self, base: Pack, head: Pack, solver: str) -> None:
        """Encode every line once."""
        self.peer = Peer(base, solver, pairwise=False)
        self.z3, self.solver = self.peer.z3, self.peer.solver
        self.lines = self.version(base, "b"), self.version(head, "h")

    def version(self, given: Pack, name: str) -> dict[Span, Any]:
        """Which line leads a case to its outcome, as a bit for each; the outcome is a number."""
        z3, add = self.z3, self.solver.add
        outcome = z3.Int(f"{name} outcome")
        places = given.protocols["p"]
        numbers = {each: at for at, each in enumerate(places.outcomes)}
        came: dict[str, Any] = {next(iter(places.steps)): z3.BoolVal(True)}  # noqa: FBT003 - z3's own
        found = {}
        for step in places.steps.values():
            open_ = came.get(step.id)
            for at, line in enumerate(step.lines):  # type: ignore[union-attr] # all are checks
                taken = z3.Bool(f"{name} {step.id} {at}")
                condition = None if line.when is None else self.peer.condition(line.when.expression)
                add(taken == (open_ if condition is None else z3.And(open_, condition)))
                if condition is not None:
                    left = z3.Bool(f"{name} {step.id} below {at}")
                    add(left == z3.And(open_, z3.Not(condition)))
                    open_ = left
                if line.target.name in numbers:
                    found[line.span] = taken
                    add(z3.Implies(taken, outcome == numbers[line.target.name]))
                else:
                    came[line.target.name] = taken
        return found

    def found(self) -> Regions:
        """Each region by the two lines that decide it; one that was found is blocked."""
        z3, regions = self.z3, set()
        self.solver.add(z3.Int("b outcome") != z3.Int("h outcome"))
        while self.solver.check() == z3.sat:
            model = self.solver.model()
            one, other = (
                next(span for span, bit in each.items() if z3.is_true(model.eval(bit))) for each in self.lines
            )
            regions.add((one, other))
            self.solver.add(z3.Not(z3.And(self.lines[0][one], self.lines[1][other])))
        return regions


def beside(shape: str) -> bool:
    """Print ours beside z3's; whether the limit is met."""
    small, large = ((pack(text), pack(edited(text))) for text in (steps(shape, 200), steps(shape, PEER)))
    mine, found = timed(lambda: ours(*large))
    tried = {each: timed(lambda each=each: Both(*small, each).found(), 1)[0] for each in ("Solver", "SimpleSolver")}  # type: ignore[misc]
    solver = min(tried, key=tried.__getitem__)
    theirs, also = timed(lambda: Both(*large, solver).found(), 1)
    if found != also:
        raise SystemExit(f"they do not agree on {shape}: {len(found - also)} only ours, {len(also - found)} only z3's")
    missed = "" if theirs / mine >= FASTER else "  MISSED"
    print(f"{shape}, {PEER:,} lines, {len(found)} regions", end="")
    print(f"{mine * 1000:>12.1f} ms{theirs * 1000:>12.1f} ms{theirs / mine:>8.1f}  (at least {FASTER}){missed}")
    return not missed


def main() -> int:
    """Measure and print."""
    print(f"{'differences of two versions':<32}{'ours':>14}{'z3':>12}{'ratio':>8}")
    return 0 if all([beside("list"), beside("tree")]) else 1


if __name__ == "__main__":
    sys.exit(main())
