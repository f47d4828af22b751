from __future__ import annotations

import pytest

from playbook.source import read
from playbook.source.guard import Limits


@pytest.mark.parametrize("text", ['a: "' + r"\x1b" * 30 + '"\n', "".join(f'a{at}: "\\x1b"\n' for at in range(30))])
def test_of_many_hidden_characters_the_first_are_told_and_that_more_follow(text: str) -> None:
    told = [each.message for each in read(text.encode(), "x.yaml", Limits(faults=3)).diagnostics]
    assert "more characters like these follow" in told
    assert len(told) < 30
