"""The moment of a decision: taken when a case is first decided, and kept while the outcome stays, over pauses too."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from playbook.desk.opening import now

if TYPE_CHECKING:
    from playbook.protocol import Outcome


class Moment:
    """What the deadlines of one case count from."""

    def __init__(self, decided: str | None = None, outcome: str | None = None) -> None:
        """Go on from the moment (ISO 8601) and the outcome of a draft; what is no moment with its zone is left out."""
        self.at, self.outcome = _read(decided), outcome

    def of(self, outcome: Outcome) -> datetime:
        """When `outcome` was decided: now, where it was not before."""
        name = f"{outcome.protocol}.{outcome.id}"
        if self.at is None or name != self.outcome:
            self.at, self.outcome = now(), name
        return self.at

    def kept(self) -> dict[str, object]:
        """What a draft keeps of it."""
        return {"decided": self.at.isoformat(), "outcome": self.outcome} if self.at else {}


def _read(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text or "")
        # In the zone of now, whose rules know when the clocks change: a draft only has the offset.
        return found.astimezone(now().tzinfo) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None
