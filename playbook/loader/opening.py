"""Opens the files of a pack: which there are, which of them a protocol needs, and what was wrong with them as YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import Diagnostic, Span, did_you_mean
from playbook.loader.targets import outline
from playbook.source import read
from playbook.source.nodes import Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from collections.abc import Mapping as Files

    from playbook.loader.targets import Outline
    from playbook.source import Source
    from playbook.source.guard import Limits
    from playbook.source.nodes import Node

    Reading = Callable[[bytes, str, Limits], Source]

PACK_FILE = "playbook.yaml"
PROTOCOLS, SHARED = "protocols/", "protocols/shared/"
SNAPSHOTS = ".snapshots.md"
"""How the names of files end that hold replies as scenarios expect them."""


def inside(files: Iterable[str], folder: str) -> Iterable[str]:
    """The files directly in a folder. What can look there alone does: a pack on disk need not be listed whole."""
    look: Callable[[str], Iterable[str]] | None = getattr(files, "inside", None)
    if look is not None:
        return look(folder)
    return [path for path in files if path.startswith(folder) and "/" not in path[len(folder) :]]


def stems(files: Iterable[str], folder: str) -> Iterator[str]:
    """The ids of the YAML files directly in `folder`, scenarios left out."""
    for path in inside(files, folder):
        if path.endswith(".yaml") and not path.endswith(".scenarios.yaml"):
            yield path[len(folder) : -5]


class Opening:
    """The files of a pack that have been opened so far."""

    def __init__(self, files: Files[str, bytes], limits: Limits, reading: Reading = read) -> None:
        """Open none yet; `reading` is how a file's content becomes a source."""
        self.files, self.reading = files, reading
        self.limits = limits
        self.found: list[Diagnostic] = []
        self.sources: dict[str, Source] = {}
        self.protocols = frozenset(stems(files, PROTOCOLS))
        self.outlines: dict[str, Outline | None] = {}
        """The names in each protocol that is needed; None where they cannot be relied on."""

    def source(self, path: str) -> Source | None:
        """Read and guard one file; None, with the fault gathered, where nothing of it can be used."""
        try:
            data = self.files[path]
        except (KeyError, OSError) as fault:
            reason = (getattr(fault, "strerror", None) or "there is no such file").lower()
            hint = "`playbook init` writes a starter pack" if path == PACK_FILE else None
            self.found.append(Diagnostic("PB070", f"cannot read `{path}`: {reason}", Span(path), hint))
            return None
        source = self.sources[path] = self.reading(data, path, self.limits)
        self.found.extend(source.diagnostics)
        return source if source.node is not None else None

    def shared(self) -> dict[str, Source | None]:
        """All shared files by id, None where one could not be read."""
        return {name: self.source(f"{SHARED}{name}.yaml") for name in sorted(stems(self.files, SHARED))}

    def closure(self, only: Collection[str] | None, shared: dict[str, Source | None]) -> dict[str, Source]:
        """The protocols wanted and all that they lead into, by id."""
        self.check_wanted(only)
        found: dict[str, Source] = {}
        pending = sorted(self.protocols if only is None else self.protocols.intersection(only))
        pending.extend(name for source in shared.values() if source for name in self.mentioned(source.node))
        while pending:
            name = pending.pop()
            if name in self.outlines:
                continue
            source = self.source(f"{PROTOCOLS}{name}.yaml")
            self.outlines[name] = outline(source.node) if source and not source.diagnostics else None
            if source is not None:
                found[name] = source
                pending.extend(self.mentioned(source.node))
        return found

    def check_wanted(self, only: Collection[str] | None) -> None:
        """Refuse names of protocols that do not exist, and a pack without any."""
        if not self.protocols:
            hint = "a protocol is a file `protocols/<id>.yaml`"
            self.found.append(Diagnostic("PB071", "this pack has no protocols", Span(PACK_FILE), hint))
            return
        for name in only or ():
            if name not in self.protocols:
                hint = did_you_mean(name, self.protocols) or "`playbook list` shows them all"
                self.found.append(Diagnostic("PB071", f"no protocol is called `{name}`", None, hint))

    def mentioned(self, node: Node | None) -> Iterator[str]:
        """The protocols that the targets of a file name."""
        entries = node.entries if isinstance(node, Mapping) else {}
        pending = [entries[key] for key in ("steps", "first") if key in entries]
        while pending:
            each = pending.pop()
            if isinstance(each, Mapping):
                pending.extend(each.entries.values())
            elif isinstance(each, Sequence):
                pending.extend(each.items)
            else:
                name = each.text.partition(".")[0]
                if name in self.protocols:
                    yield name
