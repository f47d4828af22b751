"""A review as a comment on a pull request: what comes from a pack is code, so that nothing is a mention or a link."""

from __future__ import annotations

import re
import textwrap
from html import escape
from typing import TYPE_CHECKING

from playbook.changes.reviewing import CHANGED
from playbook.review import telling
from playbook.review.neighbourhood import drawn
from playbook.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.changes.reviewing import Entered, Reviewed, Told
    from playbook.changes.wording import Reworded
    from playbook.review.serving import Review

MOST = 65_000
"""How many characters a comment has at most; GitHub takes 65,536."""
MOST_WORDS = 12
ACROSS = 56
CUT = "\n*There is more than a comment can hold; `playbook diff` tells all of it.*\n"
MARKER = "<!-- playbook diff -->"
"""By this a job finds the comment that it wrote before."""


def code(text: str) -> str:
    """A text as code, on one line."""
    line = safe(" ".join(text.split()), keep="")
    fence = "`" * (1 + max((len(each) for each in re.findall("`+", line)), default=0))
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}" if line else ""


def comment(review: Review) -> str:
    """The comment. Where it would be too long, smallest cases are left out from the last on; then the rest is cut."""
    every = sum(len(entered.told) for each in review.reviewed for entered in each.entered)
    shown = every
    text = "".join(_text(review, shown))
    while len(text) > MOST and shown:
        shown -= max(1, shown // 4)
        text = "".join(_text(review, shown))
    if len(text) <= MOST:
        return text
    whole = text[: MOST - len(CUT)]
    return whole[: whole.rindex("\n\n") + 1] + CUT


def _text(review: Review, cases: int) -> Iterator[str]:
    """The parts of a comment, with so many smallest cases."""
    yield f"{MARKER}\n### What this change does to cases\n\n{code(review.base)} → {code(review.head)}\n"
    for fault in review.faults:
        yield f"\n- **not compared**: {code(fault.message)}" + (f" at {code(str(fault.span))}" if fault.span else "")
    yield "\n" if review.faults else ""
    left = cases
    for each in review.reviewed:
        yield from _protocol(review, each, left)
        left -= sum(len(entered.told) for entered in each.entered)
    beside = [*_words(review.words)]
    beside += [f"- `playbook.yaml`: {', '.join(map(code, review.settings))}\n"] if review.settings else []
    beside += [f"- {code(path)}\n" for path in review.templates]
    if beside:
        yield "\n#### For every protocol\n\n"
        yield from beside
    if not review.reviewed and not beside and not review.faults:
        yield "\nNo change.\n"
    if sum(len(entered.told) for each in review.reviewed for entered in each.entered) > cases:
        yield CUT


def _protocol(review: Review, each: Reviewed, left: int) -> Iterator[str]:
    told = "" if each.status == CHANGED else f": {telling.verdict(each)}"
    yield f"\n#### {code(each.protocol)}{told}\n\n"
    for line, bad in telling.lines(each):
        yield f"- {'❌' if bad else '✅'} {line}\n"
    version = telling.version(each)
    if version:
        yield f"- {'✅' if each.raised else '❌'} {version}\n"
    yield from (f"- {line}\n" for line in telling.outcomes(each))
    for entered in each.entered:
        yield from _entered(entered, review.locale, left)
        left -= len(entered.told)
    base, head = review.packs
    if each.entered and base is not None and head is not None:
        drawing = drawn(base, head, each.was or each.protocol, each.protocol, review.locale)
        yield f"\n```mermaid\n{drawing}```\n" if drawing else ""
    if each.words or each.templates or each.about:
        yield "\n**Words only**\n\n"
        yield from _words(each.words)
        yield from (f"- {code(path)}\n" for path in each.templates)
        yield from (f"- {code(key)} is another\n" for key in each.about)


def _entered(entered: Entered, locale: str, left: int) -> Iterator[str]:
    compared, place = entered.compared, telling.where(entered)
    yield f"\n*{place}*\n" if place else ""
    if entered.told:
        yield f"\n{telling.summary(compared)}\n"
    for at, told in enumerate(entered.told):
        yield from _region(told, entered, locale, whole=at < left)
    for found, new in ((compared.new_answers, True), (compared.old_answers, False)):
        if found:
            yield f"\n**Answers that are {'new' if new else 'no longer taken'}**\n\n"
        yield from (f"- {telling.refused(each, compared.share, new=new)}\n" for each in found)


def _region(told: Told, entered: Entered, locale: str, *, whole: bool) -> Iterator[str]:
    direction = told.region.difference.direction
    amount = telling.share(told.region.share, entered.compared.share)
    yield f"\n**{direction}**: {telling.headline(told)}<br>\n{amount}\n"
    whens = [*told.when, *([telling.many(told.region.left, "other combination")] if told.region.left else [])]
    yield from (f"- {'or' if at else 'when'} {when}\n" for at, when in enumerate(whens))
    if whole:
        yield from _case(told, locale)


def _case(told: Told, locale: str) -> Iterator[str]:
    """The smallest case of a region, in both versions; folded, for it is long."""
    parts = [each for each in telling.beside(told.cases, locale) if each.before != each.after]
    if not parts:
        yield f"\nsmallest case: {code(telling.answers(told.answers))}\n"
        return
    answers = escape(safe(telling.answers(told.answers)))
    yield f"\n<details><summary>smallest case: <code>{answers}</code></summary>\n"
    yield "<table><tr><th></th><th>before</th><th>after</th></tr>\n"
    for part in parts:
        cells = "".join(f"<td>{_cell(each)}</td>" for each in telling.without_common(part))
        yield f"<tr><td>{part.what}</td>{cells}</tr>\n"
    yield "</table></details>\n"


def _cell(text: str) -> str:
    """A text as it is, on one line of HTML: an empty line would end it."""
    rows = [row for line in safe(text).split("\n") for row in textwrap.wrap(line, ACROSS) or [""]]
    return f"<pre>{escape(chr(10).join(rows)).replace(chr(10), '&#10;')}</pre>" if text else ""


def _words(words: tuple[Reworded, ...]) -> Iterator[str]:
    for each in words[:MOST_WORDS]:
        yield f"- {code(each.place)}: {code(each.before) or 'nothing'} → {code(each.after) or 'nothing'}\n"
    if len(words) > MOST_WORDS:
        yield f"- and {len(words) - MOST_WORDS} other texts\n"
