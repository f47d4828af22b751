"""Whether two packs treat every case alike, decided over all answers, and what tells them apart where they do not.

Both are put over one space of answers, in which equal functions are one node (see `playbook/regions/`). Cases are alike
where the same is asked, they end the same, and the same is to be done and to be avoided, whatever is answered later.
Words are compared as they stand; where a template speaks of a fact that differs, the packs do.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.proofs.idle import _names
from playbook.proofs.red_lines import lines, named
from playbook.regions.diagram import BOTTOM, Diagrams
from playbook.regions.saying import Saying
from playbook.regions.space import NOT_ASKED, Space
from playbook.regions.tree import Ending, Tree, conditions
from playbook.regions.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.conditions.condition import Condition
    from playbook.protocol import Pack, Target
    from playbook.regions.tree import Cases

    Parts = Iterator[tuple[str, p.Action | p.Avoid]]


def told_apart(one: Pack, other: Pack, protocols: tuple[str, ...], *, claims: bool = False) -> str | None:
    """What tells two packs apart, for cases that start in these protocols; None where nothing does.

    With `claims` that is what red lines say of cases, and else how cases are treated.
    """
    if _asking(one) != _asking(other):
        return "other answers are taken"
    trees = _beside(one, other)
    for protocol in protocols:
        cases = tuple(each.cases(protocol) for each in trees)
        found = _claims(trees, cases) if claims else _treated(trees, cases)
        if found:
            return f"{found}, from {protocol}"
    return None if claims else _shown(one, other)


def _asking(pack: Pack) -> dict[str, object]:
    """What may be answered to each question."""
    return {
        name: (each.kind, each.ids, each.low, each.high, each.unknown, each.longest)
        for name, each in pack.questions.items()
    }


def _beside(one: Pack, other: Pack) -> tuple[Tree, Tree]:
    """The trees of two packs, over one space."""
    trees = Tree(one), Tree(other)
    space = Space(one, trees[0].space.axes, [*conditions(one), *conditions(other)], Diagrams())
    for tree in trees:
        tree.space = copy(space)
        tree.space.pack = tree.pack
        tree.saying, tree.diagrams = Saying(tree.space), space.diagrams
    return trees


def _treated(trees: tuple[Tree, Tree], cases: tuple[Cases, ...]) -> str | None:
    ends = [_ends(tree, each, cases) for tree, each in zip(trees, cases, strict=True)]
    if ends[0] != ends[1]:
        return "cases end otherwise, or are asked other questions"
    graph = trees[0].diagrams
    for leaf in graph.leaves(ends[0]):
        end = graph.value[leaf]
        if isinstance(end, Ending):
            found = _ended(trees, end.outcome, graph.where(ends[0], leaf))
            if found:
                return found
    return None


def _ends(tree: Tree, own: Cases, every: tuple[Cases, ...]) -> int:
    """Where cases end, with what is never asked told of all questions that are spoken of in either pack."""
    levels = tree.space.levels(every[0].asked | every[1].asked)
    missing = {level: value for level, value in own.fixed.items() if level in levels}
    return tree.diagrams.within(tree.space.pinned(missing), own.ends)


def _ended(trees: tuple[Tree, Tree], outcome: Target, region: int) -> str | None:
    """What tells apart the cases of a region, which end in an outcome."""
    outcomes = [_bare(tree.pack.protocols[outcome.protocol].outcomes[outcome.name]) for tree in trees]
    if outcomes[0] != outcomes[1]:
        return f"`{outcome}` is another"
    ours, theirs = ([*_parts(tree.pack, outcome)] for tree in trees)
    if [(where, _bare(part)) for where, part in ours] != [(where, _bare(part)) for where, part in theirs]:
        return f"something else is to be done or avoided in `{outcome}`"
    tree = trees[0]
    opened = _opened(tree, region)
    for (where, mine), (_, yours) in zip(ours, theirs, strict=True):
        if mine.when and yours.when:
            conditions = [
                each.saying.condition(when) for each, when in zip(trees, (mine.when, yours.when), strict=True)
            ]
            within = [tree.diagrams.within(opened, each) for each in conditions]
            if within[0] != within[1]:
                return f"something of {where} is to be done or avoided in other cases"
    return None


def _opened(tree: Tree, region: int) -> int:
    """A region with any answer to what was not asked in it: it may be asked after the outcome."""
    graph, space = tree.diagrams, tree.space
    for axis in {space.at[level].level: space.at[level] for level in graph.support(region)}.values():
        unasked = graph.both(region, space.pinned({axis.level: NOT_ASKED}))
        kept = [each for each in range(len(space.at)) if not axis.level <= each < axis.end]
        region = graph.either(region, graph.forgotten(unasked, {*kept, BOTTOM}))
    return region


def _parts(pack: Pack, outcome: Target) -> Parts:
    own = pack.protocols[outcome.protocol]
    levels: list[tuple[str, Pack | p.Shared | p.Protocol | p.Outcome]] = [("playbook.yaml", pack)]
    levels += [(f"shared/{name}", pack.shared[name]) for name in own.use]
    levels += [(own.id, own), (str(outcome), own.outcomes[outcome.name])]
    for where, level in levels:
        parts: list[p.Action | p.Avoid] = [*level.actions, *level.avoid]
        yield from ((where, part) for part in parts)


def _bare(part: p.Outcome | p.Action | p.Avoid) -> object:
    """What is said of it, without where it stands and when it applies."""
    if isinstance(part, p.Outcome):
        reply, follow = part.reply, part.follow_up
        sides = [each and (each.template, each.own_words) for each in (reply.public, reply.private)]
        fields = part._replace(actions=(), avoid=(), reply=p.Saying(), follow_up=None)
        return (fields[:2], fields[3:], sides, reply.silence, follow and follow._replace(span=part.span))
    return {name: each for name, each in part._asdict().items() if name not in ("span", "when")}


def _claims(trees: tuple[Tree, Tree], cases: tuple[Cases, ...]) -> str | None:
    """What red lines say of different cases."""
    truths = [Truth(tree.saying) for tree in trees]
    graph = trees[0].diagrams
    every = graph.mapped(bool, _ends(trees[0], cases[0], cases))
    for (owner, mine), (_, yours) in zip(*(lines(tree.pack) for tree in trees), strict=True):
        spoken = [_spoken(truth, line.when, every) for truth, line in zip(truths, (mine, yours), strict=True)]
        if spoken[0] != spoken[1]:
            return f"`{named(owner, mine)}` speaks of other cases"
    return None


def _spoken(truth: Truth, when: Condition | None, every: int) -> int:
    return every if when is None else truth.diagrams.both(every, truth.may_hold(when))


def _shown(one: Pack, other: Pack) -> str | None:
    """Whether a template speaks of a fact, or of a limit, that is not the same in both."""
    spoken = {name for path in one.files if path.endswith(".j2") for name in _names(one, path)}
    trees = _beside(one, other)
    for name in one.facts:
        if name in spoken and len({tree.saying.fact(name) for tree in trees}) > 1:
            return f"replies speak of `{name}`"
    if "limits" in spoken and {k: v.value for k, v in one.limits.items()} != {
        k: v.value for k, v in other.limits.items()
    }:
        return "replies speak of limits"
    return None
