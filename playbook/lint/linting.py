"""Everything that is found in a pack: what reading it says, its templates, its scenarios, and the rules. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import scenarios
from playbook.diagnostics import ERROR, WARNING, Diagnostic, Span
from playbook.lint.ignoring import sift
from playbook.loader.opening import PACK_FILE
from playbook.record import Record
from playbook.replies import vetting
from playbook.rules import RULES
from playbook.survey.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from playbook.loader import Loaded
    from playbook.protocol import Pack
    from playbook.source.guard import Limits

OFF = "off"
READING = ("PB075", "PB076", "PB077", "PB079", "PB201")
"""The warnings that reading a pack and its templates finds: as with the rules, a pack may see them otherwise."""
UNRAISED = "PB656"
"""Where a version was not raised: only asked beside another version of the pack."""
CODES = frozenset((*READING, UNRAISED, *(rule.code for rule in RULES)))
"""The codes that may be ignored, and whose severity a pack may set."""


class Linted(Record):
    """What was found, in the order of the files; the texts of these, and how much was ignored on purpose."""

    findings: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    ignored: int
    whole: bool
    """Whether the rules were asked: faults of reading leave them nothing to look at."""


def lint(loaded: Loaded, today: date, limits: Limits, beside: Iterable[Diagnostic] = ()) -> Linted:
    """Look at a pack that was read, as it is on a day; `beside` is what was found beside another version of it."""
    texts = {path: source.text for path, source in loaded.sources.items()}
    found = dict.fromkeys(loaded.diagnostics)
    pack = loaded.pack
    if pack is not None:
        survey = Survey(pack, loaded.sources, today)
        found.update(dict.fromkeys(vetting.check(pack, *pack.protocols)))
        found.update(dict.fromkeys(_scenarios(pack, limits)))
        sound = not any(each.severity == ERROR for each in found)
        if sound:
            found.update(dict.fromkeys((*_ruled(survey, found), *beside)))
            found = dict.fromkeys(_weighed(pack, survey, found))
        texts |= {path: read.source for path, read in survey.templates.items()} if sound else {}
    else:
        sound = False
    sifted = sift(found, texts if sound else {}, CODES)
    findings = tuple(sorted(sifted.kept, key=_order))
    files = dict.fromkeys(each.span.file for each in findings if each.span)
    return Linted(findings, {each: texts[each] for each in files if each in texts}, sifted.ignored, sound)


def _order(each: Diagnostic) -> tuple[str, int, int, str, str]:
    span = each.span or Span("", 0, 0)
    return (span.file, span.line, span.column, each.code, each.message)


def _scenarios(pack: Pack, limits: Limits) -> Iterator[Diagnostic]:
    for protocol in pack.protocols:
        yield from scenarios.read(pack, protocol, limits).diagnostics


def _ruled(survey: Survey, before: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What the rules find, without what was told before: a line that says the same as one above never decides."""
    told = {each.span and each.span[:2] for each in before if each.code == "PB077"}
    severities = survey.pack.severities
    for rule in RULES:
        if severities.get(rule.code) != OFF:
            for each in rule.check(survey):
                if rule.code != "PB631" or (each.span and each.span[:2]) not in told:
                    yield each


def _weighed(pack: Pack, survey: Survey, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings as grave as the pack says, without those that it turns off."""
    for code in pack.severities:
        if code not in CODES:
            span = survey.places.key(PACK_FILE, "lint", code)
            hint = "`playbook rule --all` lists the codes that can"
            yield Diagnostic("PB653", f"the severity of {code} cannot be set", span, hint, WARNING)
    for each in found:
        severity = pack.severities.get(each.code, each.severity) if each.code in CODES else each.severity
        if severity != OFF:
            yield each._replace(severity=severity)
