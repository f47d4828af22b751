"""Whether the versions of protocols were raised, where cases come out otherwise than in another version of the pack.

Which cases, and how, is what `playbook diff` tells; here it is only asked whether there are any.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from playbook.changes.comparing import Comparison
from playbook.changes.naming import names
from playbook.changes.versions import MINOR, enough
from playbook.diagnostics import WARNING, Diagnostic
from playbook.lint.linting import UNRAISED
from playbook.loader.opening import PACK_FILE, PROTOCOLS, SHARED
from playbook.protocol import Target
from playbook.regions.diagram import Spent
from playbook.regions.tree import begin
from playbook.review.finding import affected, entries, versions
from playbook.review.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from playbook.changes.meaning import Names
    from playbook.protocol import Pack
    from playbook.survey.places import Places

HINT = "`playbook diff` tells how, and which version that asks for"


def unraised(base: str, root: Path, pack: Pack, places: Places) -> Iterator[Diagnostic]:
    """A finding for each protocol of which the version says that nothing changed.

    Raises:
        PlaybookError: there is no such version, or it cannot be read.
    """
    with closing(versions(base, None, root)) as found:
        bears = affected(found)
        before, faults = read(found.base, bears.old)
        yield from faults
        if before is None:
            return
        called = names(before, pack)
        for old in bears.old:
            new = called.protocols.get(old, old)
            if new not in pack.protocols or old not in before.protocols:
                continue
            now, was = pack.protocols[new], before.protocols[old]
            used = {PACK_FILE, f"{PROTOCOLS}{new}.yaml", *(f"{SHARED}{name}.yaml" for name in (*was.use, *now.use))}
            if used.isdisjoint(found.changed) or enough(was.version, now.version, MINOR):
                continue
            span = places.key(f"{PROTOCOLS}{new}.yaml", "version")
            leading = entries((found.base, found.head), new) if old == new else ()
            message = _found(before, pack, (old, new), called, leading)
            if message:
                yield Diagnostic(UNRAISED, message, span, HINT, WARNING)


def _found(before: Pack, after: Pack, protocol: tuple[str, str], called: Names, leading: Iterable[str]) -> str:
    """What is wrong with a version; `leading` are the places that others may lead to."""
    old, new = protocol
    starts = begin(before, old), begin(after, new)
    given = before.protocols[old].given, after.protocols[new].given
    version = after.protocols[new].version
    try:
        entered = [Target(new, name) if name else None for name in leading]
        pairs = [(each or before.protocols[old].start, each or after.protocols[new].start) for each in entered]
        pairs = [pair for pair in pairs if pair[0] in before.places and pair[1] in after.places]
        comparison = Comparison(before, after, called, also=pairs)
        if comparison.same(starts, given) and all(comparison.same(pair, ({}, {})) for pair in pairs):
            return ""
    except (Spent, RecursionError):
        return f"it is not decided whether cases come out otherwise: `{new}` is too large"
    kept = "still" if before.protocols[old].version == version else "only"
    return f"cases come out otherwise, and the version is {kept} {version}"
