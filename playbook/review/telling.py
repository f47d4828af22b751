"""What a review comes to in single sentences: the same for a terminal and for a comment."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from playbook.changes import differing as d
from playbook.changes.lines import BROKEN, PROVED
from playbook.changes.reviewing import CHANGED, GONE, NEW, SAME, UNDECIDED
from playbook.changes.versions import MAJOR, MINOR, NONE, PATCH, least
from playbook.diagnostics import PlaybookError
from playbook.proofs.telling import value
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playbook.changes.comparing import Compared, Refused, Share
    from playbook.changes.differing import Deed, Difference
    from playbook.changes.reviewing import Entered, Reviewed, Told
    from playbook.engine import Decided
    from playbook.protocol import Action, Answer, Target

UNRAISED = "PB567"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""When every case that is shown is decided: a Monday, as where scenarios are run."""
_KINDS = {
    d.VISIBILITY: "said",
    d.APPROVAL: "approval",
    d.DEADLINE: "answer within",
    d.FOLLOW_UP: "follow-up",
    d.STANCE: "stance",
    d.MARKS: "marks",
}
_LATER = {d.ACTIONS: "other actions", d.AVOID: "other things to avoid"}
_WHY = {
    MAJOR: "an outcome is gone or a question is new",
    MINOR: "cases come out otherwise",
    PATCH: "only words changed",
}


class Sides(Record):
    """One part of a case as it was and as it is."""

    what: str
    before: str
    after: str


def many(count: int, word: str) -> str:
    """A count with its noun."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def share(part: Share, whole: Share) -> str:
    """How much of all ways and combinations."""
    combinations = f"{part.combinations:,} of {many(whole.combinations, 'combination')}"
    if part.ways is None or whole.ways is None:
        return f"{combinations} (too many ways to count)"
    return f"{part.ways:,} of {many(whole.ways, 'way')}, {combinations}"


def summary(compared: Compared) -> str:
    """How much changes, and in which direction."""
    parts = [f"{count:,} {word}" for word in (d.MILDER, d.STRICTER, d.SIDEWAYS) if (count := compared.towards(word))]
    return f"{share(compared.changed, compared.share)}: {', '.join(parts)}"


def verdict(each: Reviewed) -> str:
    """What became of a protocol, in a few words."""
    if each.status == SAME:
        return "no change of behaviour"
    if each.status == NEW:
        return "new"
    if each.status == GONE:
        return "gone"
    if each.status == UNDECIDED:
        return f"not decided: it is too large; it stopped while {each.reached}"
    return "" if each.status == CHANGED else "no change of behaviour, only words"


def headline(told: Told) -> str:
    """What is otherwise in a region."""
    return "; ".join(_headlines(told))


def _headlines(told: Told) -> Iterator[str]:
    difference, cases = told.region.difference, told.cases
    if difference.before:
        yield f"{_end(difference.before, cases[0])} → {_end(difference.after, cases[1])}"
        return
    if difference.levels:
        yield f"level {difference.levels[0]} → {difference.levels[1]}"
    for name, before, after in difference.fields:
        if name == d.AVOID:
            yield "what to avoid"
        elif name == d.AFTERWARDS:
            yield f"{_LATER[before[0]]}, by what is answered after the outcome"
        else:
            yield f"{_KINDS[name]}: {_list(name, before)} → {_list(name, after)}"
    yield from _deeds(difference)
    yield from _asked(difference)


def _end(place: Target | None, case: Decided) -> str:
    return f"{place} (level {case.outcome.level})"


def _list(name: str, values: tuple[str, ...]) -> str:
    if name == d.FOLLOW_UP:
        return " ".join(each for each in values if each) or "none"
    return ", ".join(values) or {d.APPROVAL: "nobody", d.VISIBILITY: "nothing"}.get(name, "none")


def _deeds(difference: Difference) -> Iterator[str]:
    fewer, more = difference.fewer, difference.more
    if len(fewer) == len(more) == 1 and (fewer[0][0], fewer[0][2:]) == (more[0][0], more[0][2:]):
        yield f"an action of {fewer[0][0]}: within {fewer[0][1] or 'no time'} → {more[0][1] or 'no time'}"
        return
    if fewer:
        yield f"no longer: {_actions(fewer)}"
    if more:
        yield f"newly: {_actions(more)}"


def _actions(deeds: tuple[Deed, ...]) -> str:
    owners = ", ".join(f"{owner}{f' within {within}' if within else ''}" for owner, within, *_ in deeds)
    return f"{many(len(deeds), 'action')} ({owners})"


def _asked(difference: Difference) -> Iterator[str]:
    if difference.asked:
        yield f"newly asked: {', '.join(sorted(difference.asked))}"
    if difference.dropped:
        yield f"no longer asked: {', '.join(sorted(difference.dropped))}"


def answers(found: Mapping[str, Answer]) -> str:
    """Answers on a line, as a scenario has them."""
    return ", ".join(f"{name}: {value(each)}" for name, each in found.items()) or "no answer is needed"


def beside(cases: tuple[Decided, Decided], locale: str) -> Iterator[Sides]:
    """What a case comes to in both versions, part by part."""
    for what, before, after in zip(_PARTS, *(_parts(each, locale) for each in cases), strict=True):
        if before or after:
            yield Sides(what, before, after)


LISTS = ("actions", "avoid")
_PARTS = ("outcome", "actions", "approval", "follow-up", "avoid", "public reply", "private reply")


def _parts(case: Decided, locale: str) -> Iterator[str]:
    outcome = case.outcome
    yield f"{outcome.title.say(locale)} ({outcome.protocol}.{outcome.id}, level {outcome.level})"
    yield "\n".join(f"- {_action(each, locale, sure=sure)}" for each, sure in case.actions)
    yield ", ".join(outcome.approval)
    after = outcome.follow_up
    yield f"{after.owner}, {_when(after)}: {after.check.say(locale)}" if after else ""
    yield "\n".join(f"- {each.say.say(locale)}" for each, sure in case.avoid if sure)
    yield from _replies(case, locale)


def without_common(part: Sides) -> tuple[str, str]:
    """Both sides of a part; of a list only what is not in both."""
    if part.what not in LISTS:
        return part.before, part.after
    before, after = part.before.split("\n"), part.after.split("\n")
    return "\n".join(each for each in before if each not in after), "\n".join(
        each for each in after if each not in before
    )


def _when(after: object) -> str:
    within, every, lasting = (getattr(after, each) for each in ("within", "every", "lasting"))
    return f"within {within}" if within else f"every {every}" + (f" for {lasting}" if lasting else "")


def _action(action: Action, locale: str, *, sure: bool) -> str:
    condition = "" if sure or action.when is None else f"if {action.when.text}: "
    within = f", within {action.within}" if action.within else ""
    return f"{condition}{action.do.say(locale)} ({action.owner}{within})"


def _replies(case: Decided, locale: str) -> Iterator[str]:
    """The public and the private reply; why there is none, where there cannot be one."""
    from playbook.replies.render import render

    reply = case.outcome.reply
    if reply.silence:
        yield f"silence: {reply.silence.say(locale)}"
        yield ""
        return
    for side in (reply.public, reply.private):
        if side is None:
            yield ""
        elif side.own_words:
            yield "in one's own words:\n" + "\n".join(f"- {each.say(locale)}" for each in side.own_words)
        else:
            try:
                yield render(case, side, locale, None, NOON).text
            except PlaybookError as fault:
                yield f"(it cannot be written: {fault.diagnostics[0].message})"


def refused(each: Refused, whole: Share, *, new: bool) -> str:
    """Cases with an answer that only one version takes."""
    lead = "lead to" if new else "led to"
    return f"{many(each.combinations, 'combination')} beside the {whole.combinations:,} {lead} {each.outcome}"


def lines(each: Reviewed) -> Iterator[tuple[str, bool]]:
    """What became of red lines, and whether it is bad."""
    for line in each.lines:
        if line.status == BROKEN:
            case = answers(line.case or {})
            yield f"red line {line.name}: {'new, and broken' if line.new else 'newly broken'}, by {case}", True
        elif line.status == PROVED:
            yield f"red line {line.name}: {'new, and proved' if line.new else 'newly proved'}", False
        else:
            yield f"red line {line.name}: it is gone, and no longer held", True


def outcomes(each: Reviewed) -> Iterator[str]:
    """Outcomes that are new, gone or called otherwise, and questions."""
    if each.was:
        yield f"renamed: {each.was} → {each.protocol}"
    for word, names in (("new", each.outcomes.added), ("gone", each.outcomes.removed)):
        if names:
            yield f"outcome{'s' if len(names) > 1 else ''} {word}: {', '.join(names)}"
    for old, new in each.outcomes.renamed:
        yield f"outcome renamed: {old} → {new}"
    for entered in each.entered[:1]:
        if entered.compared.asked:
            yield f"newly asked: {', '.join(entered.compared.asked)}"
        if entered.compared.dropped:
            yield f"no longer asked: {', '.join(entered.compared.dropped)}"


def where(entered: Entered) -> str:
    """Which cases these are."""
    return f"entered at {entered.place}, from other protocols" if entered.place else ""


def version(each: Reviewed) -> str:
    """What the version ought to be, and whether it is."""
    if each.rise == NONE or each.status in (NEW, GONE, UNDECIDED):
        return ""
    before, after = each.versions
    wanted = f"{each.rise} ({_WHY[each.rise]}), {least(before, each.rise)} or later"
    if each.raised:
        return f"version {before} → {after}: raised enough for {each.rise}"
    kept = f"is still {after}" if before == after else f"is only raised to {after}"
    return f"version {kept}: this change is {wanted} [{UNRAISED}]"
