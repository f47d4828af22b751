"""Lines of one check that are both true of some case: there it matters which of them comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.engine import Decided, walk
from playbook.record import Record
from playbook.regions.boxes import Boxes
from playbook.regions.diagram import Spent
from playbook.regions.lines import look
from playbook.regions.tree import Tree, at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from playbook.diagnostics import Span
    from playbook.protocol import Answer, Line, Pack, Target
    from playbook.regions.lines import Overlap


class Both(Record):
    """Two lines of a check, and a case that comes to it of which both are true: the first decides it."""

    protocol: str
    """Where the case starts."""
    place: Target
    first: Line
    second: Line
    answers: Mapping[str, Answer]


class Overlaps(Record):
    """All overlaps of a pack, each told once, and the protocols of which too many ways lead to their lines to tell."""

    every: tuple[Both, ...]
    left_out: tuple[str, ...]


NONE = Overlaps((), ())


def overlaps(pack: Pack, protocols: Iterable[str]) -> Overlaps:
    """The lines that overlap for cases that start in these protocols, where they lead to different places."""
    tree = Tree(pack)
    boxes = Boxes(tree.saying)
    found: dict[tuple[Span, Span], Both] = {}
    left_out = []
    for protocol in protocols:
        try:
            every = look(tree, protocol).overlaps
        except Spent:
            left_out.append(protocol)
            continue
        for each in every:
            lines = at(pack, each.place).lines  # type: ignore[union-attr] # a check
            one, other = lines[each.first], lines[each.second]
            if (one.span, other.span) not in found:  # first lines are those of a shared file
                case = _case(tree, boxes, protocol, each)
                if case is None:  # pragma: no cover - a fault of ours
                    left_out.append(protocol)
                    break
                found[one.span, other.span] = Both(protocol, each.place, one, other, case)
    return Overlaps(tuple(found.values()), tuple(left_out))


def shadowed(pack: Pack, protocols: Iterable[str]) -> set[tuple[Target, int]]:
    """The lines that would be taken, were it not for those above them; none of protocols that are too large."""
    tree = Tree(pack)
    found: set[tuple[Target, int]] = set()
    for protocol in protocols:
        try:
            found |= look(tree, protocol, overlaps=False).shadowed
        except Spent:
            continue
    return found


def _case(tree: Tree, boxes: Boxes, protocol: str, overlap: Overlap) -> dict[str, Answer] | None:
    """A case that comes to the check and of which both lines are true, as the engine asks for it; else None."""
    space, step = tree.space, at(tree.pack, overlap.place)
    whole = next(came & overlap.box for box, came in overlap.came.items() if boxes.alive(box & overlap.box))
    wanted = space.case({axis.level: 1 + axis.costs.index(0) for axis in space.axes.values()} | boxes.answers(whole))
    given = tree.pack.protocols[protocol].given
    answers: dict[str, Answer] = {}
    while True:
        case = walk(tree.pack, protocol, answers)
        if any(each.step is step and each.taken == overlap.first for each in case.path):
            break
        if isinstance(case, Decided):  # pragma: no cover - a fault of ours
            return None  # what the engine does not follow is not shown
        answers[case.question.id] = wanted[case.question.id]
    line = step.lines[overlap.second]  # type: ignore[union-attr] # a check
    rests = p.rests_on(line.when, tree.pack.facts) if line.when else ()
    found = {**answers, **{name: wanted[name] for name in rests if name not in given}}
    if line.when is None or line.when.is_true({**found, **given}) is not True:  # pragma: no cover - as above
        raise AssertionError(overlap)
    return found
