"""What a pack says in vain: lines, steps and outcomes that no case comes to, questions whose answers change nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.conditions.condition import atoms
from playbook.diagnostics import Diagnostic
from playbook.regions.diagram import BOTTOM
from playbook.regions.tree import FIRST, at, begin, way, ways
from playbook.replies.template import Choose, Say
from playbook.replies.wording import template

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

    from playbook.diagnostics import Span
    from playbook.protocol import Pack, Target
    from playbook.regions.diagram import Diagrams
    from playbook.regions.tree import Cases, Tree
    from playbook.replies.template import Part

    Taken = frozenset[tuple[Target, str | int]]


def lines(pack: Pack, taken: Taken, shadowed: Callable[[], Container[tuple[Target, int]]]) -> Iterator[Diagnostic]:
    """The places that no case comes to, and of the others the lines that none takes.

    `taken` are all that are taken; `shadowed` finds those that would be, were it not for the lines above them.
    """
    reached = {way(at(pack, place), each).target for place, each in taken}
    reached |= {begin(pack, name) for name in pack.protocols}
    for place, step in pack.places.items():
        if place not in reached:
            word = "outcome" if isinstance(step, p.Outcome) else "step"
            message = f"no case comes to the {word} `{place}`"
            yield Diagnostic("PB552", message, step.span, "lead to it, or delete it")
    spans = {way(at(pack, place), each).span for place, each in taken}
    told: dict[Span, tuple[str, list[tuple[Target, int]]]] = {}
    for name, own in pack.protocols.items():
        for index, line in enumerate(own.entry.lines[:-1] if own.entry else ()):
            # The last one is no line of the file: it leads on to the first step.
            words = f"the first lines of `{name}`"
            told[line.span] = words, [*told.get(line.span, ("", []))[1], (p.Target(name, FIRST), index)]
    for place, step in pack.places.items():
        if place in reached and not isinstance(step, p.Outcome):
            told.update({each.span: (f"`{place}`", [(place, at_)]) for at_, each in _ways(step)})
    for span, (where, places) in told.items():
        if span not in spans:
            above = shadowed()
            if any(each in above for each in places):
                hint = "lines above it take all its cases: move it up, or leave it out"
            else:
                hint = "earlier answers leave it no case: leave it out, or mend those"
            yield Diagnostic("PB553", f"no case takes this line of {where}", span, hint)


def _ways(step: p.Step) -> Iterator[tuple[int, p.Line | p.Edge]]:
    """The lines of a step that its author chose: an `unknown` one is written to be safe, and may stay idle."""
    every: Iterable[p.Line | p.Edge] = ways(step)
    yield from ((at_, each) for at_, each in enumerate(every) if isinstance(each, p.Edge) or not each.unknown)


def decisive(tree: Tree, protocol: str) -> set[str]:
    """The questions on which it depends where a case ends that starts in a protocol."""
    graph, differing = tree.diagrams, _Differing(tree.diagrams)
    found: set[str] = set()
    for node in graph.below(tree.outcomes(protocol)):
        axis = tree.space.at[graph.level[node]]
        if axis.question.id not in found:
            kids = graph.kids[node][1 if axis.level == graph.level[node] else 0 :]
            if any(differing.differ(one, other) for one, other in pairwise(kids)):
                found.add(axis.question.id)
    return found


class _Differing:
    """Whether there are answers for which two functions are not the same; where one is no case, nothing is said."""

    def __init__(self, graph: Diagrams) -> None:
        self.graph, self.alike = graph, set[tuple[int, int]]()

    def differ(self, one: int, other: int) -> bool:
        """Ends with the first answers that are found."""
        graph = self.graph
        if one == other or 0 in (one, other) or (one, other) in self.alike:
            return False
        graph.look()
        top = min(graph.level[one], graph.level[other])
        if top == BOTTOM:
            return True
        left, right = (graph.kids[each] if graph.level[each] == top else () for each in (one, other))
        for at_ in range(len(left or right)):
            if self.differ(left[at_] if left else one, right[at_] if right else other):
                return True
        self.alike.add((one, other))
        return False


def asked(tree: Tree, cases: Cases) -> set[str]:
    """The questions that are asked in some case."""
    every = tree.diagrams.mapped(bool, cases.ends)
    names = tree.space.names(cases.asked)
    return {name for name in names if tree.diagrams.both(every, tree.space.answered(name))}


def questions(pack: Pack, asked_: set[str], decisive_: set[str]) -> Iterator[Diagnostic]:
    """The questions that are asked and change nothing: neither an outcome, nor what is done, avoided or said."""
    used = decisive_.union(_used(pack))
    for name, question in pack.questions.items():
        if name in asked_ - used:
            message = f"no answer to `{name}` changes an outcome, what is done, or what is said"
            yield Diagnostic("PB554", message, question.span, "do not ask it, or let something depend on it")


def _used(pack: Pack) -> Iterator[str]:
    """The questions that actions, avoids and replies speak of."""
    levels: list[Pack | p.Shared | p.Protocol | p.Outcome] = [pack, *pack.shared.values(), *pack.protocols.values()]
    levels += [each for own in pack.protocols.values() for each in own.outcomes.values()]
    for part in levels:
        every: list[p.Action | p.Avoid] = [*part.actions, *part.avoid]
        for each in every:
            yield from p.rests_on(each.when, pack.facts) if each.when else ()
    for path in pack.files:
        if path.endswith(".j2"):
            for name in _names(pack, path):
                yield from _below(pack, name)


def _names(pack: Pack, path: str) -> Iterable[str]:
    """The names that the template in a file speaks of; one that cannot be read may speak of any."""
    try:
        read = template(pack, path)
    except OSError:
        return pack.questions
    return pack.questions if read.faults else _said(read.parts)


def _said(parts: Iterable[Part]) -> Iterator[str]:
    """The names that a template speaks of."""
    for part in parts:
        if isinstance(part, Say):
            yield part.path[0]
        elif isinstance(part, Choose):
            for branch in part.branches:
                if branch.condition is not None:
                    yield from (atom.name for atom in atoms(branch.condition.expression))
                yield from _said(branch.parts)


def _below(pack: Pack, name: str) -> Iterator[str]:
    """A question itself; of a fact, the questions it rests on."""
    pending = [name]
    while pending:
        each = pending.pop()
        if each in pack.facts:
            pending.extend(pack.facts[each].names)
        else:
            yield each
