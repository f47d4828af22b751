"""Keys that no shape knows: whether names may hide under them, so that nothing is said of names that seem missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import nearest
from playbook.source.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from playbook.shape import Shape
    from playbook.source.nodes import Node

GIVES_NAMES = frozenset(("use", "questions", "facts", "steps", "outcomes"))
"""The keys of a protocol or a shared file under which names are declared, or brought in."""


def hide_names(node: Node | None, shape: Shape) -> bool:
    """Whether names may be missing because their key is misspelt: `titel` hides none, `stepz` does.

    Names stand in a map or a list, so a stranger with a single value hides none either.
    """
    if not isinstance(node, Mapping):
        return True
    strangers = [key for key, child in node.entries.items() if key not in shape.names and not isinstance(child, Scalar)]
    return any((nearest(key, shape.names) or "use") in GIVES_NAMES for key in strangers)
