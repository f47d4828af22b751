"""A prompter that replies from a script, for conversations without a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.asking import prompts as p
from playbook.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playbook.protocol import Answer

CASE: dict[str, Answer] = {
    "channel": "x",
    "fault": "carrier",
    "offered": True,
    "days_late": 3,
    "wants_refund": False,
    "extras": ("fragile",),
    "order_ref": "A-1",
}


ENDLESS = 200


class Script:
    """A prompter that replies from a script; where the script is silent, it answers as in `CASE`."""

    def __init__(self, *replies: object, case: Mapping[str, Answer] = CASE, ui: str = "en") -> None:
        self.words = words(ui)
        self.replies, self.case = list(replies), case
        self.prompts: list[p.Prompt] = []
        self.menus: list[p.Menu] = []
        self.told: list[p.Row] = []

    def ask(self, prompt: p.Prompt) -> p.Reply:
        self.prompts.append(prompt)
        assert len(self.prompts) < ENDLESS, "the script leads round in circles"
        reply = self.replies.pop(0) if self.replies else ...
        if isinstance(reply, p.Given | p.Back | p.Pause | p.Why | p.Review | p.Skip | p.SkipAll):
            return reply
        return p.Given(self.case[prompt.question.id])

    def choose(self, menu: p.Menu) -> p.Given | p.Back | p.Pause:
        self.menus.append(menu)
        assert len(self.menus) < ENDLESS, "the script leads round in circles"
        reply = self.replies.pop(0) if self.replies else p.Given(0)
        assert isinstance(reply, p.Given | p.Back | p.Pause)
        return reply

    def tell(self, rows: Sequence[p.Row]) -> None:
        self.told.extend(rows)

    @property
    def asked(self) -> list[str]:
        return [each.question.id for each in self.prompts]
