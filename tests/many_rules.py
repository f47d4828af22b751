"""Generated protocols of many rules that leave no gap and never overlap, and faults planted in them.

The answers to seven questions are split into boxes, at random; each box is a rule, ten of them a check. How grave an
outcome is rises with the first number, so no worse answer leads to a lower level.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

from tests.worlds import HEAD, PLAYBOOK, pack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.protocol import Pack

    Part = tuple[int, int]

HEIGHTS = {"grave": 400, "loud": 1000, "kind": 4, "mood": 3, "ours": 2, "again": 2, "late": 60}
"""The questions, each with how many answers it has; the first says how grave it is."""
NUMBERS = ("grave", "loud", "late")
QUESTIONS = """\
questions:
  grave: {ask: G, number: {min: 0, max: 399}, worse: higher}
  loud: {ask: L, number: {min: 0, max: 999}, worse: higher}
  kind: {ask: K, choices: {c0: A, c1: B, c2: C, c3: D}, worse: later}
  mood: {ask: M, choices: {c0: A, c1: B, c2: C}}
  ours: {ask: O, yes_no: true, worse: no}
  again: {ask: N, yes_no: true}
  late: {ask: T, number: {min: 0, max: 59}, worse: higher}
"""
OUTCOMES = 2
"""Different outcomes of each level."""


class Box(NamedTuple):
    """Some of the answers to each question, from one up to below another."""

    parts: dict[str, Part]

    def split(self, name: str, at: int) -> tuple[Box, Box]:
        low, high = self.parts[name]
        return Box({**self.parts, name: (low, at)}), Box({**self.parts, name: (at, high)})

    @property
    def said(self) -> str:
        """The condition that holds in it."""
        return " and ".join(_said(name, *part) for name, part in self.parts.items() if part != (0, HEIGHTS[name]))


def _said(name: str, low: int, high: int) -> str:
    if name in NUMBERS:
        below, above = f"{name} < {high}", f"{name} >= {low}"
        return below if low == 0 else above if high == HEIGHTS[name] else f"{low} <= {name} < {high}"
    if HEIGHTS[name] == 2:
        return f"not {name}" if low == 0 else name
    return f"{name} in [{', '.join(repr(f'c{each}') for each in range(low, high))}]"


class Rule(NamedTuple):
    """A box with its outcome, the box that it was split from, and the number of its group."""

    box: Box
    above: Box
    group: int
    level: int
    outcome: str


class Rules(NamedTuple):
    """A protocol; by the number of a rule, the faults that are planted in it."""

    rules: tuple[Rule, ...]
    groups: tuple[Box, ...]
    gaps: frozenset[int] = frozenset()
    overlaps: frozenset[int] = frozenset()
    milder: frozenset[int] = frozenset()

    @property
    def last(self) -> set[int]:
        """The last rule of each group, whose line has no condition."""
        return {*{rule.group: number for number, rule in enumerate(self.rules)}.values()}

    def mended(self, number: int) -> Rules:
        """The same without the gap or the lower level of a rule."""
        return self._replace(gaps=self.gaps - {number}, milder=self.milder - {number})

    def outcome(self, number: int) -> str:
        """Where a rule leads; a rule that has nothing left, where that leads which has taken it."""
        rule = self.rules[number - 1 if number - 1 in self.overlaps else number]
        return f"low{rule.level - 2}" if number in self.milder else rule.outcome

    def lines(self) -> Iterator[tuple[str, int | None]]:
        """The steps, a line each, with the number of the rule that it is."""
        asks = [*HEIGHTS]
        for at, name in enumerate(asks):
            yield f"  s{at}: {{ask: {name}, then: {f's{at + 1}' if at + 1 < len(asks) else 'decide'}}}", None
        yield "  decide:\n    check:", None
        for at, box in enumerate(self.groups):
            when = f'when: "{box.said}", ' if at + 1 < len(self.groups) else ""
            yield f"      - {{{when}then: g{at}}}", None
        for at in range(len(self.groups)):
            yield f"  g{at}:\n    check:", None
            for number, rule in enumerate(self.rules):
                if rule.group == at and number not in self.gaps:
                    said = rule.above.said if number in self.overlaps else rule.box.said
                    when = "" if number in self.last else f'when: "{said}", '
                    yield f"      - {{{when}then: {self.outcome(number)}}}", number

    def built(self) -> tuple[Pack, dict[int, int]]:
        """The protocol, alone in its pack, and the rule that each line of its file is."""
        text, places = f"{HEAD.replace('{id}', 'p')}{QUESTIONS}steps:\n", dict[int, int]()
        for line, number in self.lines():
            if number is not None:
                places[text.count("\n") + 1] = number
            text += f"{line}\n"
        levels = {f"low{level}": level for level in (0, 1)} | {rule.outcome: rule.level for rule in self.rules}
        used = {self.outcome(number) for number in range(len(self.rules)) if number not in self.gaps}
        text += "outcomes:\n" + "".join(
            f"  {name}: {{title: T, level: {levels[name]}, because: B, marks: [{'refund' * name.startswith('last')}], "
            "reply: {silence: S}}\n"
            for name in sorted(used)
        )
        text += "red_lines:\n"
        for number in sorted(self.last):
            group, box = self.groups[self.rules[number].group].said, self.rules[number].box.said
            said = f"({group}) and not ({box})"
            text += f'  gap{number}: {{because: B, when: "{said}", never: [refund]}}\n'
        return pack(text, PLAYBOOK), places


def generated(rules: int, seed: int) -> Rules:
    """A protocol of so many rules without a fault, in groups of ten."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    rest, parts = Box({name: (0, height) for name, height in HEIGHTS.items()}), list[tuple[Box, Box]]()
    for at in (100, 200, 300):
        below, rest = rest.split("grave", at)
        parts.append((below, below))
    groups = [box for box, _ in _split([*parts, (rest, rest)], rules // 10, chance)]
    found: list[Rule] = []
    for at, group in enumerate(groups):
        level = group.parts["grave"][0] // 100
        boxes = _split([(group, group)], 10, chance)
        named = [f"o{level}x{chance.randrange(OUTCOMES)}" for _ in boxes[1:]]
        every = zip(boxes, [*named, f"last{level}"], strict=True)
        found += [Rule(box, above, at, level, name) for (box, above), name in every]
    return Rules(tuple(found), tuple(groups))


def _split(found: list[tuple[Box, Box]], count: int, chance: random.Random) -> list[tuple[Box, Box]]:
    """So many boxes, each with the one that it was split from; halves stand beside each other."""
    while len(found) < count:
        at = chance.randrange(len(found))
        box, _ = found[at]
        name = chance.choice([each for each, (low, high) in box.parts.items() if high - low > 1])
        one, other = box.split(name, chance.randrange(box.parts[name][0] + 1, box.parts[name][1]))
        found[at : at + 1] = [(one, box), (other, box)]
    return found


def planted(sound: Rules, share: float, seed: int) -> Rules:
    """The same with each of three faults in this share of its rules."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    count, rules = round(len(sound.rules) * share), sound.rules
    numbers = [each for each in range(len(rules)) if each not in sound.last]
    twins = [each for each in numbers if each + 1 in numbers and rules[each].above == rules[each + 1].above]
    overlaps = frozenset(chance.sample(twins, min(count, len(twins))))
    left = {*numbers} - overlaps - {each + 1 for each in overlaps}
    milder = frozenset(chance.sample(sorted(each for each in left if rules[each].level > 1), count))
    return sound._replace(gaps=frozenset(chance.sample(sorted(left - milder), count)), overlaps=overlaps, milder=milder)
