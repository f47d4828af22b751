"""A diagram asked about one set of answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playbook.regions.diagram import BOTTOM
from playbook.regions.space import NOT_ASKED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playbook.protocol import Answer
    from playbook.regions.space import Space


def value(space: Space, function: int, answers: Mapping[str, Answer]) -> Any:  # noqa: ANN401 - whatever a leaf holds
    """What a function comes to by these answers."""
    values = space.given(answers)
    while space.diagrams.level[function] != BOTTOM:
        function = space.diagrams.kids[function][values.get(space.diagrams.level[function], NOT_ASKED)]
    return space.diagrams.value[function]
