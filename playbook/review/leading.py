"""Red lines of the protocols that lead into changed ones: no word of theirs is another, and their cases may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.changes.reviewing import SAME, UNDECIDED, WORDS, Reviewed
from playbook.proofs import red_lines
from playbook.regions.tree import begin, reached
from playbook.review.finding import leading, lined
from playbook.review.reading import once, read

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from playbook.changes.reviewing import Reviewing
    from playbook.diagnostics import Diagnostic
    from playbook.protocol import Pack
    from playbook.review.finding import Versions


def weighty(both: tuple[Pack, Pack], reviewed: Iterable[Reviewed]) -> frozenset[str]:
    """The protocols, by their names then and now, by which red lines of others may come out otherwise."""
    base, head = both
    found: set[str] = set()
    for each in reviewed:
        old = each.was or each.protocol
        if each.status in (SAME, WORDS) and base.protocols[old].red_lines == head.protocols[each.protocol].red_lines:
            continue
        found |= {old, each.protocol}
    return frozenset(found)


def held(
    found: Versions,
    changed: Collection[str],
    wanted: Collection[str],
    told: Sequence[Reviewed],
    reviewing: Callable[[Pack, Pack], Reviewing],
) -> tuple[tuple[Reviewed, ...], tuple[Diagnostic, ...]]:
    """The protocols that lead into changed ones and of which red lines came out otherwise, and why some are not read.

    Args:
        found: Both versions.
        changed: The protocols into which others may lead.
        wanted: The protocols that are asked for; none for all.
        told: What is told already; what it says of a red line is not said again.
        reviewing: What reviews two packs.
    """
    if not changed or not any(map(lined, (found.base, found.head))):
        return (), ()
    done = {each.protocol for each in told}
    names = [each for each in leading(found, changed) if each not in done and (not wanted or each in wanted)]
    if not names:
        return (), ()
    reading = once()
    (base, base_faults), (head, head_faults) = (read(each, names, reading) for each in (found.base, found.head))
    if base is None or head is None:
        return (), (*base_faults, *head_faults)
    subject = [
        each
        for each in names
        if each in base.protocols
        and each in head.protocols
        and any(_bears(pack, each, changed) for pack in (base, head))
    ]
    said = {(line.name, line.status) for each in told for line in each.lines}
    lines = tuple(_new(map(reviewing(base, head).led, subject), said)) if subject else ()
    return lines, (*base_faults, *head_faults)


def _bears(pack: Pack, protocol: str, changed: Collection[str]) -> bool:
    """Whether cases of a protocol come to a changed one, and a red line may hold for them."""
    passed = {place.protocol for place in reached(pack, begin(pack, protocol))}
    return not passed.isdisjoint(changed) and any(not owner or owner in passed for owner, _ in red_lines.lines(pack))


def _new(every: Iterable[Reviewed], said: set[tuple[str, str]]) -> Iterator[Reviewed]:
    """Those of which something is told that was not told before."""
    for each in every:
        lines = tuple(line for line in each.lines if (line.name, line.status) not in said)
        said.update((line.name, line.status) for line in lines)
        if lines or each.status == UNDECIDED:
            yield each._replace(lines=lines)
