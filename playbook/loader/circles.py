"""Finds a circle in what uses or leads to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def first_circle(uses: Mapping[str, Iterable[str]]) -> list[str] | None:
    """The names of one circle, the first again at its end; None where there is none. Not recursive: chains may be long."""
    done: set[str] = set()
    for start in uses:
        path: list[str] = []
        stack = [(start, iter(uses.get(start, ())))] if start not in done else []
        if stack:
            path.append(start)
        while stack:
            name, following = stack[-1]
            step = next(following, None)
            if step is None:
                stack.pop()
                path.pop()
                done.add(name)
            elif step in path:
                return [*path[path.index(step) :], step]
            elif step not in done:
                path.append(step)
                stack.append((step, iter(uses.get(step, ()))))
    return None
