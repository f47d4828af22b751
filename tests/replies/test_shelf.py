"""A shelf saves time and changes nothing."""

from __future__ import annotations

from itertools import product

import pytest

from playbook.engine import Decided, walk
from playbook.replies.render import render
from playbook.replies.shelf import Shelf
from playbook.scenarios.trial import NOON
from tests.trial_world import pack

REPLY = "{% if days > 20 %}Very sorry{% else %}Sorry{% endif %} about {{ ref }}."


@pytest.mark.parametrize("locale", ["en", "es"])
def test_every_reply_reads_as_it_does_without_one(locale: str) -> None:
    known = pack({"templates/en/parcel/repay.j2": REPLY})
    shelf = Shelf(known)
    for days, channel in product((8, 21, 30), (None, "x")):
        case = walk(known, "parcel", {"alarm": False, "fault": "us", "days": days, "ref": f"A-{days}"})
        assert isinstance(case, Decided)
        side, where = case.outcome.reply.public, known.channels[channel] if channel else None
        assert side is not None
        alone = render(case, side, locale, where, NOON)
        assert render(case, side, locale, where, NOON, shelf=shelf) == alone
        assert render(case, side, locale, where, NOON, shelf=shelf, measured=False) == alone._replace(measure=None)
    assert [*shelf.names] == ["parcel"]
    assert len(shelf.conditions) == (1 if locale == "en" else 0)
