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
    from collections.abc import Iterable, Iterator, Mapping

    from playbook.diagnostics import Span
    from playbook.protocol import Answer, Line, Pack, Target
    from playbook.regions.boxes import Box
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
            for each in look(tree, protocol).overlaps:
                lines = at(pack, each.place).lines  # type: ignore[union-attr] # a check
                one, other = lines[each.first], lines[each.second]
                if (one.span, other.span) in found:  # first lines are those of a shared file
                    continue
                whole = next(_deciding(boxes, lines, each), None)
                if whole is not None:
                    case = _case(tree, boxes, whole, protocol, each)
                    found[one.span, other.span] = Both(protocol, each.place, one, other, case)
        except Spent:
            left_out.append(protocol)
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


def _deciding(boxes: Boxes, lines: tuple[Line, ...], overlap: Overlap) -> Iterator[Box]:
    """What comes to a check of which both lines are true, and which no line above them takes: there the first decides.

    Nothing, where lines above take all of it: the order of the two does not matter there.
    """
    one, other = (lines[each].when for each in (overlap.first, overlap.second))
    parts = [
        came & first & second
        for first in (boxes.when(one) if one else ())
        for second in (boxes.when(other) if other else ())
        for box, came in overlap.came.items()
        if boxes.alive(box & first & second)
    ]
    above = lines[: overlap.first]
    resort = max((index for index, line in enumerate(above) if line.unknown), default=-1)
    for index, line in enumerate(above):
        if line.when is None:
            continue
        boxes.look(len(parts))
        if index < resort:  # what this line leaves undecided is taken there
            false = boxes.when(line.when, true=False)
            parts = [part & each for part in parts for each in false if boxes.alive(part & each)]
        else:
            parts = [left for part in parts for left in boxes.without(part, boxes.when(line.when))]
    yield from parts


def _case(tree: Tree, boxes: Boxes, whole: Box, protocol: str, overlap: Overlap) -> dict[str, Answer]:
    """A case that comes to the check and of which both lines are true, as the engine asks for it."""
    space, step = tree.space, at(tree.pack, overlap.place)
    wanted = space.case({axis.level: 1 + axis.costs.index(0) for axis in space.axes.values()} | boxes.answers(whole))
    given = tree.pack.protocols[protocol].given
    answers: dict[str, Answer] = {}
    while True:
        case = walk(tree.pack, protocol, answers)
        if any(each.step is step and each.taken == overlap.first for each in case.path):
            break
        if isinstance(case, Decided):  # pragma: no cover - a fault of ours
            message = f"the engine does not follow: {protocol}, {overlap.place}, {wanted}"
            raise AssertionError(message)  # noqa: TRY004 - no type of a caller's
        answers[case.question.id] = wanted[case.question.id]
    line = step.lines[overlap.second]  # type: ignore[union-attr] # a check
    rests = p.rests_on(line.when, tree.pack.facts) if line.when else ()
    found = {**answers, **{name: wanted[name] for name in rests if name not in given}}
    if line.when is None or line.when.is_true({**found, **given}) is not True:  # pragma: no cover - as above
        raise AssertionError(overlap)
    return found
