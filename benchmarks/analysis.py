"""How long a full analysis of generated lines takes, beside z3: which are taken, left nothing, overlap, and any gap.

Three shapes over twenty questions. A *list* is one check whose lines are the leaves of a tree, in any order, a few of
them too wide or impossible: what becomes of rules that a team keeps adding to. A *tree* has the same questions as steps
with short lists of lines, the way protocols are written. In a *crossing* list each line speaks of four questions drawn
at random, so that most pairs overlap. All come through the loader; reading them is not counted, encoding them is.

z3 gets an incremental solver, each line encoded once, and push and pop. Of two solvers and two ways to enumerate
overlaps it is given the faster, tried on a smaller one of the same shape. Both must find the same.
"""

from __future__ import annotations

import gc
import random
import resource
import subprocess
import sys
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

sys.path.insert(0, str(Path(__file__).parent.parent))

from playbook import protocol as p
from playbook.conditions import expression as ex
from playbook.loader import load
from playbook.regions.diagram import Diagrams
from playbook.regions.lines import look
from playbook.regions.tree import Tree
from playbook.source.guard import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playbook.protocol import Pack

QUESTIONS, OUTCOMES = 20, 50
SIZES, PEER, CROSSING = (200, 2_000, 20_000), 2_000, 300
FASTER, GROWTH, MEMORY = 100, (15, 250), 500
ROUNDS = 3
LARGE = Limits(size=10**8, nodes=10**7)
PLAYBOOK = "brand: {name: A, signature: A}\nlocales: [en]\nroles: {team: {title: T}}\n"
HEAD = "protocol: p\nversion: 1.0.0\ntitle: T\nowner: team\n"
KINDS = ("yes_no: true", "choices: {a: A, b: B, c: C, d: D}", "number: {min: 0, max: 1000}", "choices: {a: A, b: B}")
T = TypeVar("T")
OUTCOME = "{title: T, level: 1, because: B, reply: {silence: S}}"


class Found(NamedTuple):
    """What an analysis comes to: how many lines are taken, how many true ones are not, and how many pairs overlap."""

    taken: int
    shadowed: int
    overlaps: int


def parted(question: int, chance: random.Random) -> list[str]:
    """Two conditions that part what a question may be answered."""
    name, kind = f"q{question}", question % len(KINDS)
    if kind == 0:
        return [name, f"not {name}"]
    if kind == 2:  # noqa: PLR2004 - a number
        threshold = chance.randrange(1, 20) * 50
        return [f"{name} < {threshold}", f"{name} >= {threshold}"]
    ids = [*("abcd" if kind == 1 else "ab")]
    chance.shuffle(ids)
    cut = chance.randrange(1, len(ids))
    return [f"{name} in [{', '.join(map(repr, part))}]" for part in (ids[:cut], ids[cut:])]


def listed(rules: int) -> list[str]:
    """The leaves of a tree as conditions, in any order: of some the last part is missing, and some can never be."""
    chance = random.Random(1)  # noqa: S311 - nothing is secret
    leaves: deque[tuple[tuple[int, str], ...]] = deque([()])
    while len(leaves) < rules:
        path = leaves.popleft()
        question = chance.choice([each for each in range(QUESTIONS) if each not in {at for at, _ in path}])
        leaves.extend((*path, (question, each)) for each in parted(question, chance))
    every = [[condition for _, condition in path] for path in leaves]
    chance.shuffle(every)
    for at in range(0, len(every), 20):
        every[at].pop()
    for at in range(7, len(every), 50):
        every[at] = [*every[chance.randrange(at)], every[at][0]]
    for each in every:
        chance.shuffle(each)
    return [" and ".join(each) for each in every]


def crossing(rules: int) -> list[str]:
    """Conditions on four questions drawn at random."""
    chance = random.Random(2)  # noqa: S311 - nothing is secret
    every = [[chance.choice(parted(each, chance)) for each in chance.sample(range(QUESTIONS), 4)] for _ in range(rules)]
    return [" and ".join(each) for each in every]


def check(lines: list[str]) -> str:
    """One step with these lines, each leading to another outcome than its neighbours."""
    told = "".join(f'      - {{when: "{each}", then: o{at % OUTCOMES}}}\n' for at, each in enumerate(lines))
    return f"  s0:\n    check:\n{told}      - {{then: rest}}\n"


def ladder(question: int, chance: random.Random) -> list[str]:
    """Lines as people write them: each takes what those above it have left."""
    name, kind = f"q{question}", question % len(KINDS)
    if kind == 0:
        return [name]
    if kind == 2:  # noqa: PLR2004 - a number
        low, high = sorted(chance.sample(range(50, 1000, 50), 2))
        return [f"{name} < {low}", f"{name} < {high}"]
    if kind == 1:
        one, other, *_ = chance.sample("abcd", 4)
        return [f"{name} == '{one}'", f"{name} in ['{one}', '{other}']"]
    return [f"{name} == '{chance.choice('ab')}'"]


def stepped(rules: int) -> str:
    """Steps that part what is open, each with two lines or three."""
    chance = random.Random(3)  # noqa: S311 - nothing is secret
    text, steps, count, ends = "", 1, 0, 0
    waiting = deque([(0, frozenset[int]())])
    while waiting:
        step, seen = waiting.popleft()
        question = chance.choice([each for each in range(QUESTIONS) if each not in seen])
        rows = []
        for when in (*ladder(question, chance), None):
            count += 1
            if count + len(waiting) * 2.5 < rules and len(seen) < QUESTIONS - 1:
                then, steps = f"s{steps}", steps + 1
                waiting.append((steps - 1, seen | {question}))
            else:
                then, ends = f"o{ends % OUTCOMES}", ends + 1
            rows.append(f'      - {{when: "{when}", then: {then}}}\n' if when else f"      - {{then: {then}}}\n")
        text += f"  s{step}:\n    check:\n{''.join(rows)}"
    return text


def pack(steps: str) -> Pack:
    """The pack with these steps."""
    questions = "".join(f"  q{n}: {{ask: Q, {KINDS[n % len(KINDS)]}}}\n" for n in range(QUESTIONS))
    outcomes = "".join(f"  {name}: {OUTCOME}\n" for name in (*(f"o{n}" for n in range(OUTCOMES)), "rest"))
    text = f"{HEAD}questions:\n{questions}steps:\n{steps}outcomes:\n{outcomes}"
    found = load({"playbook.yaml": PLAYBOOK.encode(), "protocols/p.yaml": text.encode()}, None, LARGE)
    if found.pack is None:
        raise SystemExit(f"it does not load: {found.diagnostics[:3]}")
    return found.pack


def ours(given: Pack) -> Found:
    """The full analysis by us."""
    looked = look(Tree(given, Diagrams()), "p")
    return Found(len(looked.taken), len(looked.shadowed), len(looked.overlaps))


class Peer:
    """The same by z3."""

    def __init__(self, given: Pack, solver: str, *, pairwise: bool) -> None:
        """Encode every line once."""
        import z3

        self.z3, self.pack, self.pairwise = z3, given, pairwise
        self.solver = z3.Solver() if solver == "Solver" else z3.SimpleSolver()
        self.variables = {name: self._variable(each) for name, each in given.questions.items()}
        self.steps = given.protocols["p"].steps
        self.lines = {
            name: [self.condition(line.when.expression) for line in step.lines[:-1] if line.when]
            for name, step in self.steps.items()
            if isinstance(step, p.Check)
        }
        self.taken = self.shadowed = self.overlaps = 0

    def _variable(self, question: p.Question) -> Any:  # noqa: ANN401 - z3 carries no types
        if question.kind == p.YES_NO:
            return self.z3.Bool(question.id)
        found = self.z3.Int(question.id)
        high = question.high if question.kind == p.NUMBER else len(question.ids) - 1
        self.solver.add(found >= 0, found <= high)
        return found

    def condition(self, part: Any) -> Any:  # noqa: ANN401 - as above
        """A condition of those that are generated here."""
        if isinstance(part, ex.And):
            return self.z3.And([self.condition(each) for each in part.parts])
        if isinstance(part, ex.Not):
            return self.z3.Not(self.condition(part.part))
        variable = self.variables[part.name]
        if isinstance(part, ex.OneOf):
            ids = self.pack.questions[part.name].ids
            return self.z3.Or([variable == ids.index(word.id) for word in part.words])
        if isinstance(part, ex.Compare):
            return variable < part.constant.value if part.op == "<" else variable >= part.constant.value
        return variable

    def found(self) -> Found:
        """The full analysis."""
        self.step(next(iter(self.steps)))
        return Found(self.taken, self.shadowed, self.overlaps)

    def step(self, name: str) -> None:
        """A step in the cases that come to it; the solver holds what leads there."""
        conditions, sat, solver = self.lines[name], self.z3.sat, self.solver
        lines = self.steps[name].lines  # type: ignore[union-attr] # all are checks
        self.overlaps += sum(lines[one].target != lines[other].target for one, other in self.pairs(conditions))
        solver.push()
        for line, condition in zip(lines, (*conditions, None), strict=True):
            solver.push()
            if condition is not None:
                solver.add(condition)
            if solver.check() == sat:
                self.taken += 1
                if line.target.name in self.steps:
                    self.step(line.target.name)
                solver.pop()
            else:
                solver.pop()
                self.shadowed += condition is not None and self.possible(name, condition)
            if condition is not None:
                solver.add(self.z3.Not(condition))
        solver.pop()

    def possible(self, name: str, condition: object) -> bool:
        """Whether a line that is not taken could be true: of the first step, which has all cases, asked apart."""
        if name != next(iter(self.steps)):
            raise SystemExit("only a list has lines that are left nothing")
        fresh = self.z3.Solver()
        fresh.add(list(self.domain()))
        return bool(fresh.check(condition) == self.z3.sat)

    def domain(self) -> Iterator[object]:
        """What the variables may be."""
        for name, question in self.pack.questions.items():
            if question.kind != p.YES_NO:
                high = question.high if question.kind == p.NUMBER else len(question.ids) - 1
                yield self.z3.And(self.variables[name] >= 0, self.variables[name] <= high)

    def pairs(self, conditions: list[Any]) -> Iterator[tuple[int, int]]:
        """The pairs of lines that are both true of some case."""
        solver, sat = self.solver, self.z3.sat
        if self.pairwise or len(conditions) <= 3:  # noqa: PLR2004 - so few are soonest asked about each pair
            for at, condition in enumerate(conditions):
                solver.push()
                solver.add(condition)
                yield from ((other, at) for other in range(at) if solver.check(conditions[other]) == sat)
                solver.pop()
            return
        solver.push()
        bits = [self.z3.Bool(f"b{at}") for at in range(len(conditions))]
        solver.add([bit == each for bit, each in zip(bits, conditions, strict=True)])
        any_ = self.z3.BoolVal(False)  # noqa: FBT003 - z3's own
        for at, bit in enumerate(bits):
            solver.push()
            solver.add(bit)
            left = set(range(at))
            while left and solver.check(any_) == sat:
                model = solver.model()
                seen = {other for other in left if self.z3.is_true(model.eval(bits[other]))}
                yield from ((other, at) for other in seen)
                left -= seen
                solver.add(self.z3.Or([bits[other] for other in left]))
            solver.pop()
            above = self.z3.Bool(f"above{at}")
            solver.add(above == self.z3.Or(any_, bit))
            any_ = above
        solver.pop()


def timed(run: Callable[[], T], rounds: int = ROUNDS) -> tuple[float, T]:
    """The seconds of the fastest round, and what was found; what was loaded before is out of the collector's sight."""
    best, found = float("inf"), run() if rounds > 1 else None
    for _ in range(rounds):
        gc.collect()
        gc.freeze()
        start = time.perf_counter()
        found = run()
        best = min(best, time.perf_counter() - start)
        gc.unfreeze()
    assert found is not None  # noqa: S101 - there is a round
    return best, found


def peer(small: Pack, given: Pack) -> tuple[float, Found]:
    """z3 at its fastest: tried in each way on the small one."""
    ways = [(solver, pairwise) for solver in ("Solver", "SimpleSolver") for pairwise in (False, True)]
    tried = {way: timed(lambda way=way: Peer(small, way[0], pairwise=way[1]).found(), 1)[0] for way in ways}  # type: ignore[misc]
    solver, pairwise = min(tried, key=tried.__getitem__)
    return timed(lambda: Peer(given, solver, pairwise=pairwise).found(), 1)


def beside(name: str, small: str, given: str, limit: float) -> bool:
    """Print ours beside z3's; whether the limit is met."""
    packs = pack(small), pack(given)
    mine, found = timed(lambda: ours(packs[1]))
    theirs, also = peer(*packs)
    if found != also:
        raise SystemExit(f"they do not agree on {name}: {found}, {also}")
    missed = "" if theirs / mine >= limit else "  MISSED"
    told = f"{found.taken:,} taken, {found.shadowed:,} left nothing, {found.overlaps:,} overlaps"
    print(
        f"{name:<28}{mine * 1000:>10.1f} ms{theirs * 1000:>12.1f} ms{theirs / mine:>8.1f}  (at least {limit}){missed}"
    )
    print(f"  {told}")
    return not missed


def grown(shape: str) -> bool:
    """Print how the time grows, each size in a process of its own; whether the limits are met."""
    took, memory = [], 0.0
    for size in SIZES:
        command = [sys.executable, __file__, shape, str(size)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        seconds, most = map(float, done.stdout.split())
        took.append(seconds)
        memory = max(memory, most)
    ratios = [each / took[0] for each in took[1:]]
    met = all(ratio <= limit for ratio, limit in zip(ratios, GROWTH, strict=True)) and memory <= MEMORY
    told = " : ".join(f"{each:.0f}" for each in ratios)
    print(
        f"{shape}, {' : '.join(f'{each:,}' for each in SIZES)} lines: {took[0] * 1000:.1f} ms, and 1 : {told}", end=""
    )
    print(f" (at most 1 : {GROWTH[0]} : {GROWTH[1]}), {memory:.0f} MB at the peak (at most {MEMORY})", end="")
    print("" if met else "  MISSED")
    return met


def steps(shape: str, size: int) -> str:
    """The steps of a shape."""
    return stepped(size) if shape == "tree" else check(crossing(size) if shape == "crossing" else listed(size))


def main() -> int:
    """Measure and print; with a shape and a size, only ours, for a process of its own."""
    if len(sys.argv) > 1:
        given = pack(steps(sys.argv[1], int(sys.argv[2])))
        took, _ = timed(lambda: ours(given))
        print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return 0
    print(f"{'full analysis, 20 questions':<28}{'ours':>13}{'z3':>15}{'ratio':>8}")
    met = [
        beside(f"list, {PEER:,} lines", steps("list", 200), steps("list", PEER), FASTER),
        beside(f"tree, {PEER:,} lines", steps("tree", 200), steps("tree", PEER), 1),
        beside(f"crossing list, {CROSSING:,} lines", steps("crossing", 60), steps("crossing", CROSSING), 1),
        grown("list"),
        grown("tree"),
    ]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
