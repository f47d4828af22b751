"""What has been read and found of a pack's templates, for whoever renders many replies of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.replies import vetting, wording

if TYPE_CHECKING:
    from playbook.conditions.condition import Condition
    from playbook.diagnostics import Diagnostic
    from playbook.protocol import Outcome, Pack
    from playbook.replies.template import Asked


class Shelf:
    """The names, faults and conditions of one pack's templates, each looked for once."""

    def __init__(self, pack: Pack) -> None:
        """Start empty; `pack` must be that of every case."""
        self.pack = pack
        self.names: dict[str, wording.Names] = {}
        self.faults: dict[tuple[p.Target, str, bool], list[Diagnostic]] = {}
        self.conditions: dict[tuple[str, str], Condition] = {}

    def known(self, protocol: str) -> wording.Names:
        """What the templates of a protocol may speak of."""
        if protocol not in self.names:
            self.names[protocol] = wording.names(self.pack, protocol)
        return self.names[protocol]

    def vetted(self, outcome: Outcome, path: str, *, public: bool) -> list[Diagnostic]:
        """Everything that is wrong with a template as a reply of an outcome."""
        key = (p.Target(outcome.protocol, outcome.id), path, public)
        if key not in self.faults:
            self.faults[key] = vetting.faults(self.pack, outcome, path, self.known(outcome.protocol), public=public)
        return self.faults[key]

    def condition(self, protocol: str, asked: Asked) -> Condition:
        """The condition of a branch in a template of a protocol."""
        key = (protocol, asked.text)
        if key not in self.conditions:
            self.conditions[key] = wording.condition(asked, self.known(protocol).scope)
        return self.conditions[key]
