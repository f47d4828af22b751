"""What has another name in the new version and is otherwise the same: protocols, outcomes and questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from playbook.changes.meaning import Names
from playbook.protocol import Target

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping

    from playbook.protocol import Outcome, Pack, Protocol, Question, Text

Thing = TypeVar("Thing")


def names(base: Pack, head: Pack) -> Names:
    """All new names, by the old ones. One that might be of two things is left alone."""
    protocols = dict(_paired(_own(base, head), _own(head, base), _skeleton))
    questions = dict(
        _paired(
            {name: each for name, each in base.questions.items() if name not in head.questions},
            {name: each for name, each in head.questions.items() if name not in base.questions},
            _question,
        )
    )
    outcomes: dict[Target, Target] = {}
    for name, own in base.protocols.items():
        new = head.protocols.get(protocols.get(name, name))
        if new is not None:
            gone = {key: each for key, each in own.outcomes.items() if key not in new.outcomes}
            come = {key: each for key, each in new.outcomes.items() if key not in own.outcomes}
            found = _paired(gone, come, _outcome)
            outcomes.update({Target(name, old): Target(new.id, each) for old, each in found})
    return Names(questions, outcomes, protocols)


def _own(one: Pack, other: Pack) -> Mapping[str, Protocol]:
    return {name: each for name, each in one.protocols.items() if name not in other.protocols}


def _paired(
    gone: Mapping[str, Thing], come: Mapping[str, Thing], alike: Callable[[Thing], Hashable]
) -> Iterator[tuple[str, str]]:
    """Those that are gone with those that have come and are the same, where there is but one of each."""
    before, after = (_by(alike, each) for each in (gone, come))
    for key, olds in before.items():
        news = after.get(key, [])
        if len(olds) == len(news) == 1:
            yield olds[0], news[0]


def _by(alike: Callable[[Thing], Hashable], every: Mapping[str, Thing]) -> dict[Hashable, list[str]]:
    found: dict[Hashable, list[str]] = {}
    for name, each in every.items():
        found.setdefault(alike(each), []).append(name)
    return found


def _skeleton(own: Protocol) -> Hashable:
    """What a protocol is made of: its names."""
    return tuple(own.steps), tuple(own.outcomes), tuple(own.questions)


def _question(each: Question) -> Hashable:
    return each.kind, _said(each.ask), each.ids, each.low, each.high, each.unknown


def _outcome(each: Outcome) -> Hashable:
    return _said(each.title), _said(each.because), each.level, each.marks, each.stance, len(each.actions)


def _said(text: Text) -> Hashable:
    return tuple(sorted(text.by_locale.items()))
