"""One conversation over the small pack, as a program: for sessions in a real terminal.

Run: python -m tests.wizard_session STYLE UI DRAFT, from the repository's root. STYLE is `wizard` or `plain`, UI the
interface's language, DRAFT a file for the answers (`-` for the usual place).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.asking.dialogue import Conversation, Paused
from playbook.asking.drafts import Keeper
from playbook.asking.plain import Plain
from playbook.asking.prompts import Back, Prompter, Row
from playbook.words import words
from tests.small_pack import small_pack

if TYPE_CHECKING:
    from playbook.engine import Decided


def main() -> int:
    style, ui, draft = sys.argv[1:]
    prompter: Prompter
    if style == "wizard":
        from playbook.asking.wizard import Wizard

        prompter = Wizard(words(ui))
    else:
        prompter = Plain(words(ui), sys.stdout)
    pack = small_pack()
    keeper = Keeper(pack.protocols["parcel"], {}, os.environ, None if draft == "-" else Path(draft))

    def show(decided: Decided) -> None:
        prompter.tell([Row(""), Row(f"=> {decided.outcome.title.say(ui)}", f"level{decided.outcome.level}")])

    def wanted(decided: Decided) -> list[str]:
        return [] if "order_ref" in decided.answers else ["order_ref"]

    talk = Conversation(pack, "parcel", prompter, keep=keeper.keep)
    ended = talk.run(show, wanted)
    reviewed = ended if isinstance(ended, Paused) else talk.review()
    ended = ended if isinstance(reviewed, Back) else reviewed
    if isinstance(ended, Paused):
        sys.stderr.write(f"paused: {keeper.spilled()}\n")
        return 75
    keeper.drop()
    sys.stdout.write(f"done: {dict(ended.answers)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
