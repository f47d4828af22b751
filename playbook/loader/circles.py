"""Finds circles in what uses or leads to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def circles(uses: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """The names of each circle, the first again at its end. Not recursive: chains may be long."""
    done: set[str] = set()
    for start in uses:
        if start in done:
            continue
        path = {start: iter(uses[start])}
        while path:
            name = next(reversed(path))
            step = next(path[name], None)
            if step is None:
                del path[name]
                done.add(name)
            elif step in path:
                names = list(path)
                yield [*names[names.index(step) :], step]
            elif step not in done:
                path[step] = iter(uses.get(step, ()))
