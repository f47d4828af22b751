"""An outcome and its answers become a reply for a channel and a locale.

What was answered is data: it is printed as it is, once, without what no one sees. No reply is ever cut.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playbook import channels
from playbook import protocol as p
from playbook.conditions.condition import Need
from playbook.diagnostics import ERROR, Diagnostic, PlaybookError
from playbook.record import Record
from playbook.replies import deadlines, localise, vetting, wording
from playbook.replies.shelf import Shelf
from playbook.replies.template import Choose, Include, Pick, Say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from playbook.channels import Channel, Measure
    from playbook.conditions.condition import Environment
    from playbook.engine import Decided
    from playbook.protocol import Pack, Side
    from playbook.replies.template import Part, Template

LONGEST = 20_000
"""Most characters of a reply."""
_MOST_PARTS = 5_000
_LINE_END = re.compile(r"[ \t]+(?=\n)")
_EMPTY_LINES = re.compile(r"\n{3,}")
# Whatever moves or hides text where a reply is pasted. The joiners of emoji and of some scripts stay.
_OBEYED = "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
"""What a terminal obeys, what turns text around, and what is no character: written out, for all to see."""
_UNSEEN = "[\xad\u061c\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb]"
"""What no one sees and comes along with a paste: left out."""


class Reply(Record):
    """What is said on one side of a case."""

    text: str
    parts: tuple[str, ...]
    """What to post, one after the other: the text alone, or a numbered thread; nothing with `own_words`."""
    locale: str
    """The language it is written in."""
    fell_back: bool
    """Whether that is the pack's default, for want of a template in the language asked for."""
    channel: str | None
    measure: Measure | None
    """How long the text is on the channel: a thread's parts fit where the text does not."""
    variant: str
    """`short`, a channel's id, or empty for the template itself."""
    missing: tuple[str, ...]
    """The questions whose answers are still blanks in it: with any, it is not ready to send."""
    own_words: tuple[str, ...] | None
    """The points to make, where no form letter will do."""


def render(  # noqa: PLR0913 - what a reply depends on
    decided: Decided,
    side: Side,
    locale: str,
    channel: Channel | None,
    now: datetime,
    *,
    seen: datetime | None = None,
    shelf: Shelf | None = None,
    measured: bool = True,
) -> Reply:
    """The reply of one side of a case decided at `now` and told at `seen` (None: at once), both aware of their zone.

    A `shelf` saves reading the templates again for each case; not to have a reply `measured` saves time where only its
    text counts, which is the same.

    Raises PlaybookError where the template is missing, has a fault that `vetting.check` tells of, or comes to nothing:
    silence is written into the outcome, with its reason.
    """
    pack, outcome = decided.pack, decided.outcome
    if side.template is None:
        points = tuple(point.say(locale) for point in side.own_words)
        return Reply("", (), locale, False, channel.id if channel else None, None, "", (), points)  # noqa: FBT003
    found = wording.find(pack, outcome, side.template, locale, channel.id if channel else None)
    if found is None:
        missing_file = f"templates/{pack.locales[0]}/{outcome.protocol}/{side.template}.j2"
        raise PlaybookError([Diagnostic("PB200", f"there is no file `{missing_file}`", side.span, "write it")])
    public = side is outcome.reply.public
    case = _Case(decided, found.locale, channel, now, shelf or Shelf(pack), public=public)
    case.seen = seen or now
    text, missing = case.written(found.path)
    plain = Reply(text, (text,), found.locale, found.locale != locale, None, None, found.variant, missing, None)
    if channel is None or not (measured or found.short):
        return plain._replace(channel=channel.id if channel else None)
    reply = plain._replace(channel=channel.id, measure=channels.measure(text, channel))
    return _fitted(reply, channel, found, case)


def _fitted(reply: Reply, channel: Channel, found: wording.Found, case: _Case) -> Reply:
    """The reply, or its short variant where it is too long; where that is too long as well, a thread if it may be."""
    if _fits(reply):
        return reply
    if found.short is not None:
        text, missing = case.written(found.short)
        measure = channels.measure(text, channel)
        reply = reply._replace(text=text, parts=(text,), measure=measure, variant=wording.SHORT, missing=missing)
    return reply if _fits(reply) else reply._replace(parts=channels.thread(reply.text, channel) or (reply.text,))


def _fits(reply: Reply) -> bool:
    return reply.measure is None or reply.measure.fits


def wanted(decided: Decided, side: Side, locale: str, channel: Channel | None) -> tuple[str, ...]:
    """The questions that a reply uses, in the order in which it comes to them, its short variant's last; each once.

    What stands under a condition that the answers settle as not true is left out. Those already answered are listed.
    """
    pack, outcome = decided.pack, decided.outcome
    found = side.template and wording.find(pack, outcome, side.template, locale, channel.id if channel else None)
    if not found:
        return ()
    known = wording.names(pack, outcome.protocol)
    env = _environment(decided, channel)
    listed: dict[str, None] = {}
    for path in (found.path, found.short):
        # A template with faults asks for nothing; rendering tells of them.
        if path is not None and not vetting.faults(pack, outcome, path, known, public=side is outcome.reply.public):
            template = wording.template(pack, path)
            listed.update(dict.fromkeys(_used(pack, known, template, template.parts, env)))
    return tuple(listed)


def _environment(decided: Decided, channel: Channel | None) -> Environment:
    """The answers as the templates see them: for this channel, whatever the case's own is, and without blank texts."""
    questions = decided.pack.questions
    given = {
        name: answer
        for name, answer in decided.answers.items()
        if not isinstance(answer, str) or questions[name].kind != p.TEXT or plain(answer)
    }
    return {**given, **({p.CHANNEL: channel.id} if channel else {})}


def _used(
    pack: Pack, known: wording.Names, template: Template, parts: tuple[Part, ...], env: Environment
) -> Iterator[str]:
    """The questions that parts of a template use."""
    for part in parts:
        if isinstance(part, Say) and part.name in known.questions:
            yield part.name
        elif isinstance(part, Include):
            included = wording.template(pack, wording.partial(template.path, part.name))
            yield from _used(pack, known, included, included.parts, env)
        elif isinstance(part, Choose):
            for branch in part.branches:
                verdict: object = True
                if branch.condition is not None:
                    condition = wording.condition(branch.condition, known.scope)
                    verdict = condition.value(env)
                    if isinstance(verdict, Need):
                        yield from p.rests_on(condition, known.facts)
                if verdict is True or isinstance(verdict, Need):
                    yield from _used(pack, known, template, branch.parts, env)
                if verdict is True:
                    break


class _Case:
    """Writes templates for one decided case, in one locale and for one channel."""

    def __init__(  # noqa: PLR0913 - what a reply depends on
        self, decided: Decided, locale: str, channel: Channel | None, now: datetime, shelf: Shelf, *, public: bool
    ) -> None:
        self.decided, self.locale, self.channel, self.now, self.public = decided, locale, channel, now, public
        self.pack = decided.pack
        self.seen = now  # what "today" means
        self.shelf = shelf
        self.known = shelf.known(decided.outcome.protocol)
        self.env = _environment(decided, channel)

    def written(self, path: str) -> tuple[str, tuple[str, ...]]:
        """The text of the template at `path`, and the questions whose answers are missing in it."""
        faults = self.shelf.vetted(self.decided.outcome, path, public=self.public)
        if any(each.severity == ERROR for each in faults):
            raise PlaybookError(faults)
        template = wording.template(self.pack, path)
        missing: dict[str, None] = {}
        pieces: list[str] = []
        length = 0
        for count, piece in enumerate(self.pieces(template, template.parts, missing)):
            length += len(piece)
            pieces.append(piece)
            if length > LONGEST or count > _MOST_PARTS:
                message = f"the reply has more than {LONGEST} characters"
                raise PlaybookError(
                    [Diagnostic("PB211", message, template.span(0), "say less, or include fewer partials")]
                )
        text = _EMPTY_LINES.sub("\n\n", _LINE_END.sub("", "".join(pieces))).strip()
        if not text:
            message, hint = "nothing is said: no branch of this reply is true of the case", "end it with `{% else %}`"
            raise PlaybookError([Diagnostic("PB216", message, template.span(0), hint)])
        return text, tuple(missing)

    def pieces(self, template: Template, parts: tuple[Part, ...], missing: dict[str, None]) -> Iterator[str]:
        """What parts of a template print, one after the other."""
        for part in parts:
            if isinstance(part, str):
                yield part
            elif isinstance(part, Pick):
                yield part.tu if self.pack.register == "tu" else part.usted
            elif isinstance(part, Say):
                said = self.said(part)
                if said is None:
                    missing[part.name] = None
                yield self.blank(part.name) if said is None else said
            elif isinstance(part, Include):
                included = wording.template(self.pack, wording.partial(template.path, part.name))
                # An empty piece counts as well, so that partials of nothing but partials end.
                yield ""
                yield from self.pieces(included, included.parts, missing)
            else:
                yield from self.pieces(template, self.taken(part), missing)

    def taken(self, choose: Choose) -> tuple[Part, ...]:
        """The branch that is taken: what is unknown, or not answered yet, is not true."""
        for branch in choose.branches:
            if branch.condition is None:
                return branch.parts
            if self.shelf.condition(self.decided.outcome.protocol, branch.condition).is_true(self.env) is True:
                return branch.parts
        return ()

    def said(self, say: Say) -> str | None:
        """What a name stands for; None where that is not known."""
        if len(say.path) == 1:
            return self.answer(say.name)
        if say.path[0] == "limits":
            return localise.number(self.pack.limits[say.path[1]].value, self.locale)
        if say.path[0] == "due":
            return self.moment(say.path[1], say.filter)
        brand = self.pack.brand
        if say.name == "brand.name":
            return brand.name
        return (brand.signature if say.name == "brand.signature" else brand.contact[say.path[2]]).say(self.locale)

    def answer(self, name: str) -> str | None:
        """An answer in words."""
        answer = self.env.get(name)
        question = self.known.questions[name]
        if isinstance(answer, int):
            return localise.number(answer, self.locale)
        if not isinstance(answer, str):
            return None
        if question.kind == p.TEXT:
            return plain(answer)
        return next((each.label.say(self.locale) for each in question.choices if each.id == answer), None)

    def moment(self, name: str, how: str | None) -> str | None:
        """A deadline in words."""
        if name == "answer":
            moment = deadlines.answer_by(self.pack, self.decided.outcome, self.channel, self.now)
        else:
            moment = deadlines.follow_up_by(self.pack, self.decided.outcome, self.now)
        if moment is None:
            return None
        if how == "when":
            return localise.when(moment, self.locale, self.seen)
        if how == "time":
            return localise.time(moment, self.locale)
        return localise.date_of(moment.date(), self.locale, self.seen.date())

    def blank(self, name: str) -> str:
        """What stands where an answer is missing."""
        question = self.known.questions.get(name)
        return f"[{question.ask.say(self.locale) if question else name}]"


def plain(text: str) -> str:
    """An answered text as it may stand in a reply: on one line, without what no one sees, control characters shown."""
    if not text.isprintable():  # nor is any of those: few answers are worth compiling the patterns for
        text = re.sub(_OBEYED, _shown, re.sub(_UNSEEN, "", text))
    return " ".join(text.split())


def _shown(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"  # noqa: PLR2004 - what two hexadecimal digits hold
