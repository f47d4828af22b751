"""A review for a terminal: each change with when it holds, how much it is, and its smallest case in both versions."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING

from playbook.changes.differing import MILDER, STRICTER
from playbook.changes.reviewing import CHANGED
from playbook.drawing import Piece
from playbook.review import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.changes.reviewing import Entered, Reviewed, Told
    from playbook.changes.wording import Reworded
    from playbook.review.serving import Review

WIDTH = 100
"""Columns where there is no terminal."""
NARROWEST = 20
BAD, GOOD, FAINT, STRONG = "bad", "good", "faint", "strong"
STYLES = {MILDER: "level2", STRICTER: "level0"}
BETWEEN, OTHER = " │ ", " ≠ "
MOST_WORDS = 12


def rows(review: Review, width: int = WIDTH) -> list[Piece]:
    """All of it, `width` columns wide."""
    found = [Piece("", f"{review.base} → {review.head}", FAINT)]
    for each in review.reviewed:
        found += [Piece(""), *_protocol(each, review.locale, width)]
    beside = [*_words(review.words, width)]
    if review.settings:
        beside.append(Piece("  ", f"playbook.yaml: {', '.join(review.settings)}"))
    beside += [Piece("  ", each) for each in review.templates]
    if beside:
        found += [Piece(""), Piece("", "For every protocol", STRONG), *beside]
    if not review.reviewed and not beside and not review.faults:
        found.append(Piece("", "no change", GOOD))
    return found


def _protocol(each: Reviewed, locale: str, width: int) -> Iterator[Piece]:
    verdict = telling.verdict(each)
    told = "" if each.status == CHANGED else f": {verdict}"
    yield Piece("", f"{each.protocol}{told}", STRONG)
    yield from (Piece("  ", line) for line in telling.outcomes(each))
    yield from (Piece("  ", line, BAD if bad else GOOD) for line, bad in telling.lines(each))
    for entered in each.entered:
        yield from _entered(entered, locale, width)
    if each.words or each.templates or each.about:
        yield Piece("  ", "words only", STRONG)
        yield from _words(each.words, width)
        yield from (Piece("    ", path) for path in each.templates)
        yield from (Piece("    ", f"{key} is another") for key in each.about)
    version = telling.version(each)
    if version:
        yield Piece("  ", version, GOOD if each.raised else BAD)


def _entered(entered: Entered, locale: str, width: int) -> Iterator[Piece]:
    compared = entered.compared
    place = telling.where(entered)
    if place:
        yield Piece("  ", place, STRONG)
    if entered.told:
        yield Piece("  ", telling.summary(compared))
    for told in entered.told:
        yield Piece("")
        yield from _region(told, entered, locale, width)
    for found, new in ((compared.new_answers, True), (compared.old_answers, False)):
        if found:
            yield Piece("  ", f"answers that are {'new' if new else 'no longer taken'}", STRONG)
        yield from (Piece("    ", telling.refused(each, compared.share, new=new)) for each in found)
    if entered.told:
        yield Piece("")


def _region(told: Told, entered: Entered, locale: str, width: int) -> Iterator[Piece]:
    direction = told.region.difference.direction
    amount = telling.share(told.region.share, entered.compared.share)
    yield Piece("  ", f"{direction}: {telling.headline(told)}", STYLES.get(direction, STRONG))
    yield Piece("    ", amount, FAINT)
    for at, when in enumerate(told.when):
        yield from _folded("    or " if at else "    when ", when, width)
    if told.region.left:
        yield Piece("    or ", f"in {telling.many(told.region.left, 'other combination')}")
    yield from _folded("    smallest case: ", telling.answers(told.answers), width)
    yield from _sides(told, locale, width)


def _sides(told: Told, locale: str, width: int) -> Iterator[Piece]:
    across = max((width - 6 - len(BETWEEN)) // 2, NARROWEST)
    parts = [each for each in telling.beside(told.cases, locale) if each.before != each.after]
    if parts:
        yield Piece("      ", f"{'before':<{across}}{BETWEEN}after", FAINT)
    for part in parts:
        yield Piece("      ", part.what, FAINT)
        for left, right, same in paired(part.before.split("\n"), part.after.split("\n")):
            if same and part.what in telling.LISTS:
                continue  # what stays as it is would hide what does not
            for at, (one, other) in enumerate(
                zip_longest(_wrapped(left, across), _wrapped(right, across), fillvalue="")
            ):
                sign = BETWEEN if same or at else OTHER
                yield Piece("      ", f"{one:<{across}}{sign}{other}".rstrip())


def paired(left: list[str], right: list[str]) -> Iterator[tuple[str, str, bool]]:
    """The lines of two texts, those that are equal beside each other."""
    from difflib import SequenceMatcher

    for kind, start, end, first, last in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for one, other in zip_longest(left[start:end], right[first:last], fillvalue=""):
            yield one, other, kind == "equal"


def _wrapped(text: str, across: int) -> list[str]:
    return textwrap.wrap(text, across, break_on_hyphens=False) or [""]


def _folded(head: str, text: str, width: int) -> Iterator[Piece]:
    inner = " " * (len(head) - len(head.lstrip()) + 2)
    for at, row in enumerate(textwrap.wrap(text, max(width - len(head), NARROWEST), break_on_hyphens=False) or [""]):
        yield Piece(inner if at else head, row)


def _words(words: tuple[Reworded, ...], width: int) -> Iterator[Piece]:
    for each in words[:MOST_WORDS]:
        yield from _folded("    ", each.place, width)
        for before, after, same in paired(each.before.split("\n"), each.after.split("\n")):
            if not same:
                yield from _folded("      - ", before, width)
                yield from _folded("      + ", after, width)
    if len(words) > MOST_WORDS:
        yield Piece("    ", f"and {len(words) - MOST_WORDS} other texts")
