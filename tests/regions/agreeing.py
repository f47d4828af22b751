"""One protocol by the engine, by `regions` and by z3: each way in which the three are held against one another."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

import z3

from playbook import protocol as p
from playbook import redlines
from playbook.engine import Decided, walk
from playbook.proofs import idle, worse
from playbook.proofs.red_lines import Held, held, lines, named, replayed
from playbook.regions.diagram import BOTTOM
from playbook.regions.lines import look
from playbook.regions.tree import Ending, Tree, at
from playbook.regions.truth import Truth
from playbook.regions.ways import follow
from tests.oracle.bits import any_, both, no
from tests.oracle.course import course, crossed
from tests.oracle.meaning import Oracle
from tests.regions.evaluated import value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from playbook.protocol import Answer, Pack, Target
    from playbook.regions.space import Axis
    from tests.oracle.bits import Bit

_ANSWER = 1 << 10
"""What an answer costs in a smallest case, where graver ones cost 1 and more."""


def agree(pack: Pack, cases: Iterable[dict[str, Answer]] = ()) -> None:
    """Hold the three against one another: on these cases of each protocol, and on all cases at once."""
    oracle, tree = Oracle(pack), Tree(pack)
    for start in pack.protocols:
        each = Agreeing(oracle, tree, start)
        each.one_by_one(cases)
        each.all_at_once()
        each.what_is_possible()
        each.what_is_broken()


class Agreeing:
    """The cases that start in one protocol, by all three."""

    def __init__(self, oracle: Oracle, tree: Tree, start: str) -> None:
        self.pack, self.oracle, self.tree, self.start = oracle.pack, oracle, tree, start
        self.course = course(oracle, start)
        self.crossed = crossed(oracle, start, self.course)
        self.cases, self.outcomes = tree.cases(start), tree.outcomes(start)
        self.held: dict[str, Held] = {each.name: each for each in held(tree, Truth(tree.saying), start, self.cases)}
        self.given = self.pack.protocols[start].given
        self.asked = {name: bit for name, bit in self.course.asked.items() if bit is not False}
        self.solver = z3.Solver()
        self.twin = oracle.twin
        self.solver.add(*oracle.domain, *self.twin.domain)
        for name, answer in self.given.items():
            self.solver.add(*(variable == is_ for variable, is_ in oracle.answer(name, answer)))

    # Cases, one by one.

    def one_by_one(self, cases: Iterable[dict[str, Answer]]) -> None:
        """z3 has each case worked out in one go: a number, a bit for each thing that may be so of it."""
        told = [*self.course.ends.values(), *self.asked.values(), *self.crossed.values()]
        word = z3.Concat([z3.If(bit, z3.BitVecVal(1, 1), z3.BitVecVal(0, 1)) for bit in (False, *told)])
        assert self.solver.check() == z3.sat
        model = self.solver.model()
        before: dict[str, Answer] = {}
        for answers in cases:
            whole = {**answers, **self.given}
            for name, answer in whole.items():
                if name not in before or before[name] != answer:
                    for variable, is_ in self.oracle.answer(name, answer):
                        model.update_value(variable.decl(), is_)
            before = whole
            said = model.eval(word, model_completion=True).as_long()
            self.agreed(whole, [bool(said >> at & 1) for at in reversed(range(len(told)))])

    def agreed(self, answers: dict[str, Answer], bits: list[bool]) -> None:
        """One case with all answers, asked or not: where it ends, what of them is asked, which lines it crosses."""
        names = [*self.course.ends, *self.asked, *self.crossed]
        said = {name for name, bit in zip(names, bits, strict=True) if bit}
        case = walk(self.pack, self.start, answers)
        assert isinstance(case, Decided)
        end = p.Target(case.outcome.protocol, case.outcome.id)
        exact = self.needing(answers)
        assert said & {*self.course.ends} == {end} == {p.Target(exact.outcome.protocol, exact.outcome.id)}
        assert said & {*self.asked} == exact.answers.keys() - self.given.keys()
        assert value(self.tree.space, self.outcomes, answers) == end
        assert value(self.tree.space, self.cases.ends, exact.answers).outcome == end
        cautious = {id(each) for each in redlines.crossed(exact)}
        for owner, line in lines(self.pack):
            if named(owner, line) in said:  # what is so of this case crosses the line
                assert id(line) in cautious
                assert value(self.tree.space, self.held[named(owner, line)].crossed, exact.answers)

    def needing(self, answers: dict[str, Answer]) -> Decided:
        """The case with no more answers than the engine asks for."""
        found: dict[str, Answer] = {}
        while True:
            state = walk(self.pack, self.start, found)
            if isinstance(state, Decided):
                return state
            found[state.question.id] = answers[state.question.id]

    # All cases at once.

    def none(self, *bits: Bit) -> bool:
        """Whether there is no case of this sort, by z3."""
        bit = both(*bits)
        return bit is False or (bit is not True and self.solver.check(bit) == z3.unsat)

    def all_at_once(self) -> None:
        """Every case ends where `regions` says, having asked what it says; and there are no others."""
        graph, space = self.tree.diagrams, self.tree.space
        ends = {leaf: graph.value[leaf] for leaf in graph.leaves(self.cases.ends) if graph.value[leaf]}
        by_z3 = [self.ending(end) for end in ends.values()]
        ours = [self.bit(graph.where(self.cases.ends, leaf)) for leaf in ends]
        assert self.none(any_(no(any_(*by_z3)), *map(differ, ours, by_z3)))
        axes = [space.axes[name] for name in space.names(self.cases.asked)]
        weights = {each.level: each.sorts for each in axes}
        assert sum(space.counts(self.cases.ends, weights).values()) == prod(weights.values())

    def ending(self, end: Ending) -> Bit:
        """Whether a case ends so, by z3."""
        through = {name: self.course.through.get(name, False) for name in self.tree.lined}
        came = [bit if name in end.through else no(bit) for name, bit in through.items()]
        return both(self.course.ends[end.outcome], *came)

    def bit(self, region: int) -> Bit:
        """A set of cases as z3 has it, each with what it asks."""
        made: dict[int, Bit] = {}
        graph = self.tree.diagrams

        def look(node: int) -> Bit:
            if node not in made:
                level = graph.level[node]
                if level == BOTTOM:
                    made[node] = bool(graph.value[node])
                else:
                    kids = zip(self.values(level), map(look, graph.kids[node]), strict=True)
                    made[node] = any_(*(both(here, there) for here, there in kids))
            return made[node]

        return look(region)

    def values(self, level: int) -> list[Bit]:
        """What each value of a level says of a case."""
        axis = self.tree.space.at[level]
        name = axis.question.id
        known, here = self.oracle.known[name], True if name in self.given else self.asked.get(name, False)
        if level > axis.level:
            ticked = both(here, known, self.oracle.value[name][axis.question.ids[level - axis.level - 1]])
            return [no(ticked), ticked]
        sorts = [both(here, known, each) for each in self.sorts(axis)]
        return [no(here), *sorts, both(here, no(known))][: axis.width]

    def sorts(self, axis: Axis) -> list[Bit]:
        """What each known answer of a question says of what is so."""
        var, question = self.oracle.value[axis.question.id], axis.question
        if question.kind == p.YES_NO:
            return [var, no(var)]
        if question.kind == p.CHOICE:
            return [var == at for at in range(len(question.ids))]
        if question.kind != p.NUMBER:
            return [True]
        if question.worse == "lower":
            lows = [question.low, *(each + 1 for each in axis.answers[:-1])]  # type: ignore[operator] # numbers
            return [both(var >= low, var <= high) for low, high in zip(lows, axis.answers, strict=True)]
        highs = [*(each - 1 for each in axis.answers[1:]), question.high]  # type: ignore[operator] # numbers
        return [both(var >= low, var <= high) for low, high in zip(axis.answers, highs, strict=True)]

    def what_is_possible(self) -> None:
        """The same outcomes are reached, by the same lines; the same questions are asked, and decide."""
        told = {self.tree.diagrams.value[each].outcome for each in self.tree.space.counts(self.cases.ends)}
        assert told == self.possible(self.course.ends)
        self.what_lines_are(follow(self.tree, self.start).taken)
        assert idle.asked(self.tree, self.cases) == self.possible(self.asked)
        where = coded((bit, at) for at, bit in enumerate(self.course.ends.values()))
        decisive = {name for name in self.asked if not self.none(self.other(name, where)[0] != where)}
        assert idle.decisive(self.tree, self.start) == decisive

    def what_lines_are(self, taken: frozenset[tuple[Target, str | int]]) -> None:
        """The same lines are taken, the same ones left nothing by those above, and the same ones overlap."""
        looked = look(self.tree, self.start)
        came: dict[Target, Bit] = {}
        for (place, _), bit in self.course.lines.items():
            came[place] = any_(came.get(place, False), bit)
        true: dict[tuple[Target, int], Bit] = {}
        pairs: dict[tuple[Target, int, int], Bit] = {}
        for place, here in came.items():
            step = at(self.pack, place)
            if not isinstance(step, p.Check):
                continue
            for index, line in enumerate(step.lines):
                if line.when is not None:
                    said = self.oracle.said(line.when.expression, self.oracle.everything, of=True)
                    true[place, index] = both(here, said.yes)
                    for other in (other for there, other in true if there == place and other < index):
                        if line.target != step.lines[other].target:
                            pairs[place, other, index] = both(true[place, index], true[place, other])
        assert looked.taken == taken == self.possible(self.course.lines)
        assert looked.shadowed == self.possible(true) - taken
        assert {(each.place, each.first, each.second) for each in looked.overlaps} == self.possible(pairs)

    def possible(self, bits: Mapping[Any, Bit]) -> set[Any]:
        """Those that are so of some case; a case shows all of its own at once."""
        found = {name for name, bit in bits.items() if bit is True}
        open_ = {name: bit for name, bit in bits.items() if not isinstance(bit, bool)}
        while open_ and self.solver.check(z3.Or([*open_.values()])) == z3.sat:
            model = self.solver.model()
            seen = {name for name, bit in open_.items() if z3.is_true(model.eval(bit, model_completion=True))}
            found |= seen
            open_ = {name: bit for name, bit in open_.items() if name not in seen}
        return found

    def other(self, name: str, function: z3.BitVecRef) -> tuple[z3.BitVecRef, Any]:
        """A function of the case with another answer to a question, and what is so then."""
        known, here, there = self.oracle.known[name], self.oracle.value[name], self.twin.value[name]
        pairs = [*zip(here.values(), there.values(), strict=True)] if isinstance(here, dict) else [(here, there)]
        if not isinstance(known, bool):
            pairs.append((known, self.twin.known[name]))
        return z3.substitute(function, *pairs), there

    def what_is_broken(self) -> None:
        """The same red lines are crossed, with no answer too many, and the same worse answers lead to lower levels."""
        assert {name for name, each in self.held.items() if each.crossed} == self.possible(self.crossed)
        for name, each in self.held.items():
            answers = self.tree.space.smallest(each.crossed)
            if answers is not None:
                replayed(self.pack, self.start, answers, each.line)
                assert self.none(self.crossed[name], z3.ULT(self.cost(), self.paid(answers)))
        levels = coded((bit, self.pack.places[end].level) for end, bit in self.course.ends.items())  # type: ignore[union-attr]
        belied = {name for name in worse.compared(self.tree, self.start) if not self.none(*self.lower(name, levels))}
        assert {each.question for each in worse.milder(self.tree, self.start)} == belied

    def lower(self, name: str, levels: z3.BitVecRef) -> tuple[Bit, ...]:
        """Where a worse answer to a question, all else equal, leads to a lower level."""
        question, var = self.pack.questions[name], self.oracle.value[name]
        there, then = self.other(name, levels)
        if question.kind == p.MANY:
            worse_: Bit = both(*(z3.Implies(var[each], then[each]) for each in question.ids))
        elif question.kind == p.YES_NO:
            worse_ = both(then, no(var)) if question.worse == "yes" else both(var, no(then))
        else:
            worse_ = then > var if question.worse in ("later", "higher") else then < var
        return self.oracle.known[name], self.twin.known[name], worse_, z3.ULT(there, levels)

    def cost(self) -> z3.BitVecRef:
        """How much the answers of a case count: as few as can be, and the mildest."""
        found = z3.BitVecVal(0, 16)
        for name, asked in self.asked.items():
            axis = self.tree.space.axes[name]
            graver = z3.BitVecVal(max(axis.costs) + 1, 16)
            if axis.question.kind == p.MANY:
                ticks = sum(z3.If(tick, one(1), one(0)) for tick in self.oracle.value[name].values())
                graver = z3.If(self.oracle.known[name], ticks, graver)
            else:
                for cost, sort in zip(axis.costs, self.sorts(axis), strict=True):
                    graver = z3.If(both(self.oracle.known[name], sort), one(cost), graver)
            found += z3.If(asked, graver + _ANSWER, one(0))
        return found

    def paid(self, answers: dict[str, Answer]) -> int:
        """How much these answers count."""
        axes = {name: self.tree.space.axes[name] for name in answers if name not in self.given}
        return sum(_ANSWER + paid(axis, answers[name]) for name, axis in axes.items())


def paid(axis: Axis, answer: Answer) -> int:
    """How grave an answer of a smallest case is."""
    if answer is None:
        return max(axis.costs) + 1
    return len(answer) if isinstance(answer, tuple) else axis.costs[axis.answers.index(answer)]


def one(number: int) -> z3.BitVecRef:
    """A number that is counted with."""
    return z3.BitVecVal(number, 16)


def coded(bits: Iterable[tuple[Bit, int]]) -> z3.BitVecRef:
    """The number of the bit that is so."""
    found = one(0)
    for bit, number in bits:
        found = z3.If(bit, one(number), found)
    return found


def differ(here: Bit, there: Bit) -> Bit:
    """Whether one of two is so and the other not."""
    return any_(both(here, no(there)), both(no(here), there))
