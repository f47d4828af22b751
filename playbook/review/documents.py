"""A review for programs, as the JSON of `schema/diff.schema.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.answers import as_json as answer
from playbook.changes.lines import BROKEN
from playbook.changes.reviewing import UNDECIDED
from playbook.changes.versions import least
from playbook.review import telling

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playbook.changes.comparing import Compared, Refused, Share
    from playbook.changes.differing import Deed
    from playbook.changes.reviewing import Entered, Reviewed, Told
    from playbook.changes.wording import Reworded
    from playbook.protocol import Answer
    from playbook.review.serving import Review

    Json = dict[str, object]

STATUSES = ("told", "findings", "undecided")


def as_json(review: Review) -> Json:
    """All of it."""
    return {
        "schema_version": 1,
        "status": STATUSES[review.exit_code],
        "base": review.base,
        "head": review.head,
        "protocols": [_protocol(each, review.locale) for each in review.reviewed],
        "words": [_words(each) for each in review.words],
        "settings": list(review.settings),
        "templates": list(review.templates),
        "diagnostics": [each.as_json() for each in review.faults],
    }


def _protocol(each: Reviewed, locale: str) -> Json:
    before, after = each.versions
    return {
        "id": each.protocol,
        "was": each.was,
        "status": each.status,
        "reached": each.reached or None,
        "outcomes": {
            "added": list(each.outcomes.added),
            "removed": list(each.outcomes.removed),
            "renamed": [{"from": old, "to": new} for old, new in each.outcomes.renamed],
        },
        "changes": [_entered(entered, locale) for entered in each.entered],
        "red_lines": [
            {"name": line.name, "status": line.status, "new": line.new, "case": _answers(line.case or {})}
            if line.status == BROKEN
            else {"name": line.name, "status": line.status, "new": line.new, "case": None}
            for line in each.lines
        ],
        "words": [_words(found) for found in each.words],
        "templates": list(each.templates),
        "about": list(each.about),
        "version": {
            "before": before or None,
            "after": after or None,
            "rise": each.rise,
            "least": least(before, each.rise) if before and each.status != UNDECIDED else None,
            "raised": each.raised,
        },
    }


def _entered(entered: Entered, locale: str) -> Json:
    compared = entered.compared
    return {
        "entered_at": entered.place or None,
        "all": _share(compared.share),
        "changed": _share(compared.changed),
        "asked": list(compared.asked),
        "no_longer_asked": list(compared.dropped),
        "regions": [_region(each, locale) for each in entered.told],
        **_refused(compared),
    }


def _refused(compared: Compared) -> Json:
    def listed(found: tuple[Refused, ...]) -> list[Json]:
        return [{"outcome": str(each.outcome), "combinations": each.combinations} for each in found]

    return {"new_answers": listed(compared.new_answers), "answers_no_longer_taken": listed(compared.old_answers)}


def _share(share: Share) -> Json:
    return {"ways": share.ways, "combinations": share.combinations}


def _region(told: Told, locale: str) -> Json:
    difference = told.region.difference
    return {
        "direction": difference.direction,
        "kinds": list(difference.kinds),
        "what": telling.headline(told),
        "share": _share(told.region.share),
        "when": list(told.when),
        "combinations_not_described": told.region.left,
        "levels": [case.outcome.level for case in told.cases],
        "fields": [{"name": name, "before": list(old), "after": list(new)} for name, old, new in difference.fields],
        "actions": {
            "fewer": [_deed(each) for each in difference.fewer],
            "more": [_deed(each) for each in difference.more],
        },
        "asked": sorted(difference.asked),
        "no_longer_asked": sorted(difference.dropped),
        "smallest_case": {
            "answers": _answers(told.answers),
            "outcomes": [f"{case.outcome.protocol}.{case.outcome.id}" for case in told.cases],
            "beside": [
                {"what": part.what, "before": part.before, "after": part.after}
                for part in telling.beside(told.cases, locale)
            ],
        },
    }


def _deed(deed: Deed) -> Json:
    owner, within, marks, sure, _ = deed
    return {"owner": owner, "within": within or None, "marks": list(marks), "decided": sure}


def _answers(found: Mapping[str, Answer]) -> Json:
    return {name: answer(each) for name, each in found.items()}


def _words(each: Reworded) -> Json:
    return {"place": each.place, "before": each.before, "after": each.after}
