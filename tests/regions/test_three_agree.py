"""The engine, `regions` and z3 agree on random packs: on each case, and on what is worked out of all of them.

Each pack is held to it in three ways. Cases drawn at random end alike, ask alike and cross the same red lines by all
three. What `regions` says of all cases is what z3 has, with no answer left out: z3 finds none that goes elsewhere. And
what `regions` says cannot be, or cannot be had with fewer answers, z3 does not find either.
"""

from __future__ import annotations

import random

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.lined_packs import lined_texts, packed
from tests.random_packs import VALUES
from tests.regions.agreeing import agree

CASES = 50
"""How many cases of each protocol are drawn: with a hundred packs of two protocols, ten thousand pairs."""


@given(lined_texts(), st.integers(0, 2**32))
def test_the_three_agree(files: dict[str, str], seed: int) -> None:
    pack = packed(tuple(files.items()))
    assume(pack is not None)
    assert pack is not None
    chance = random.Random(seed)  # noqa: S311 - nothing is secret
    agree(pack, [{name: chance.choice(values) for name, values in VALUES.items()} for _ in range(CASES)])
