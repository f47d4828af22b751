"""Replies that the operator changed: counted and checked anew, kept, and put back wherever the same text comes up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import channels

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playbook.protocol import Pack
    from playbook.replies.render import Reply
    from playbook.result import Result

EDITED = "edited"
"""The variant of a reply whose text is the operator's."""
SIDES = ("public", "private")


def side(told: Result, name: str) -> Reply | None:
    """The public or the private reply of a result."""
    return told.public if name == "public" else told.private


def edited(reply: Reply, text: str, pack: Pack) -> Reply:
    """The reply with another text: measured on its channel, a thread where it has to be one, its blanks looked for."""
    where = pack.channels.get(reply.channel or "")
    measure = channels.measure(text, where) if where else None
    thread = channels.thread(text, where) if where and where.thread and measure and not measure.fits else None
    missing = tuple(name for name in reply.missing if blank(pack, name, reply.locale) in text)
    return reply._replace(text=text, parts=thread or (text,), measure=measure, missing=missing, variant=EDITED)


def blank(pack: Pack, name: str, locale: str) -> str:
    """What stands in a reply where an answer is missing."""
    return f"[{pack.questions[name].ask.say(locale)}]"


class Edits:
    """Replies as the operator changed them, by what they belong to, and as the templates said them at that time."""

    def __init__(self, texts: Mapping[str, str], originals: Mapping[str, str]) -> None:
        """Go on from those of a draft."""
        self.texts, self.originals = dict(texts), dict(originals)
        self.templates: dict[str, str] = {}
        self.outdated = False
        """Whether the template of an edited reply says other times than when it was edited."""

    def into(self, told: Result) -> Result:
        """The result, fresh from its templates, with each reply that has been changed before as it was changed then."""
        self.outdated = False
        for name in SIDES:
            reply, at = side(told, name), place(told, name)
            if reply is None or not reply.parts:
                continue
            self.templates[at] = reply.text
            if at in self.texts:
                self.outdated |= self.originals.get(at, reply.text) != reply.text
                told = with_side(told, name, edited(reply, self.texts[at], told.decided.pack))
        return told

    def put(self, told: Result, name: str, text: str) -> None:
        """Keep a changed reply."""
        at = place(told, name)
        self.texts[at], self.originals[at] = text, self.templates[at]


def with_side(told: Result, name: str, reply: Reply) -> Result:
    """The result with another reply on one side."""
    return told._replace(public=reply) if name == "public" else told._replace(private=reply)


def place(told: Result, name: str) -> str:
    """What an edited reply belongs to: its side, channel, language, and all answers; the clock may move on."""
    from hashlib import sha256

    reply, case = side(told, name), told.decided
    about = [case.protocol, reply and reply.channel, reply and reply.locale, sorted(case.answers.items())]
    return f"{name}-{sha256(repr(about).encode(errors='surrogatepass')).hexdigest()[:16]}"


def is_edited(told: Result) -> bool:
    """Whether any reply of the result is the operator's own."""
    return any(reply is not None and reply.variant == EDITED for reply in (told.public, told.private))
