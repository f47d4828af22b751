"""Does what `playbook why` asks for: opens the case as `triage` does, and tells why it ended as it did."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from playbook import pack as packs
from playbook.desk import unattended
from playbook.desk.opening import digest, opened
from playbook.diagnostics import PlaybookError
from playbook.engine import Pending, walk
from playbook.output import put_json
from playbook.why.answering import explained, named
from playbook.words import interface_locale, words

if TYPE_CHECKING:
    from playbook.desk.opening import Case, Wishes
    from playbook.protocol import Outcome, Target


def serve(wishes: Wishes, to: str | None) -> int:
    """Do it; the exit code.

    Raises PlaybookError where it cannot be done; with `--json` that is told on standard output instead.
    """
    try:
        return _serve(wishes, to)
    except PlaybookError as fault:
        if not wishes.as_json:
            raise
        from playbook import contract

        put_json(contract.failed(fault.diagnostics))
        return fault.exit_code


def _serve(wishes: Wishes, to: str | None) -> int:
    case = opened(wishes, words(interface_locale(wishes.ui, os.environ)))
    wanted, outcome = (None, None) if to is None else _wanted(case, to)
    state = walk(case.pack, case.protocol, case.answers)
    if isinstance(state, Pending):
        return unattended.lacking(case, state, as_json=wishes.as_json)
    told = explained(state, wanted, outcome)
    if wishes.as_json:
        from playbook.why.documents import document

        put_json(document(told, digest(case), case.words.locale))
    else:
        from playbook.why.telling import rows

        unattended.put_rows(rows(told, case.words))
    return unattended.DONE


def _wanted(case: Case, to: str) -> tuple[Target, Outcome]:
    """The outcome that is wanted: in this case's pack, else in any other protocol there is."""
    try:
        wanted, pack = named(case.pack, case.protocol, to), case.pack
    except PlaybookError:
        whole = packs.read_pack(case.root).pack
        if whole is None:  # then names are only looked for where the case can go
            raise
        wanted, pack = named(whole, case.protocol, to), whole
    return wanted, pack.protocols[wanted.protocol].outcomes[wanted.name]
