"""What files of a pack say of one another: what they use, and where protocols lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.loader.circles import circles
from playbook.loader.values import is_id
from playbook.source.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from playbook import protocol as p
    from playbook.diagnostics import Span
    from playbook.loader.reader import Reader
    from playbook.source.nodes import Node

    Leads = Mapping[str, Mapping[str, Span]]


def used(reader: Reader, listed: Node | None, shared: dict[str, p.Shared]) -> list[p.Shared]:
    """The shared files that a protocol uses, each once."""
    found: dict[str, p.Shared] = {}
    for item in listed.items if isinstance(listed, Sequence) else ():
        if not isinstance(item, Scalar):
            continue
        if item.text in shared:
            found[item.text] = shared[item.text]
        elif item.text not in reader.unreadable and is_id(item.text):
            hint = reader.near(item.text, shared) or "shared files stand in `protocols/shared/`"
            reader.refuse("PB051", f"no shared file is called `{item.text}`", reader.span(item), hint)
    return list(found.values())


def join(reader: Reader, shared: Iterable[Reader], *, whole: bool) -> None:
    """Make the names of shared files known to another; not `whole` where some could not be read."""
    for each in shared:
        reader.derived |= each.derived
        reader.wordy |= each.wordy
        reader.taken |= each.taken
        reader.scope.kinds.update(each.scope.kinds)
        whole = whole and not each.scope.partial
    reader.scope.partial = reader.scope.partial or not whole


def refuse_circles(readers: Iterable[Reader], leads: Leads) -> None:
    """Refuse protocols that lead back to where they came from. First lines are tried once: they close none."""
    files = {reader.source.file: reader for reader in readers}
    for circle in circles(leads):
        span = leads[circle[-2]][circle[-1]]
        shown = " → ".join(f"`{name}`" for name in circle)
        message = f"protocols lead in a circle: {shown}"
        files[span.file].refuse("PB066", message, span, "let both lead into a third")


def refuse_skipped(
    readers: Iterable[Reader], protocols: Mapping[str, p.Protocol], shared: Mapping[str, p.Shared], leads: Leads
) -> None:
    """Refuse protocols that lead into another past first lines that it relies on."""
    files = {reader.source.file: reader for reader in readers}
    told: set[tuple[Span, str]] = set()
    for name, own in protocols.items():
        ways = [leads[name], *(leads[f"shared/{use}"] for use in own.use)]
        for to, span in ((to, span) for each in ways for to, span in each.items() if to in protocols and to != name):
            missing = [use for use in protocols[to].use if shared[use].first and use not in own.use]
            for use in missing:
                if (span, use) not in told:
                    told.add((span, use))
                    message = f"`{to}` first tries the lines of `{use}`: a case from `{name}` would not pass them"
                    files[span.file].refuse("PB067", message, span, f"add `{use}` to the `use` of `{name}`")
