"""How long a reply can become: the longest text that its template can print, as far as its conditions say."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.conditions import expression as ex
from playbook.conditions.condition import Condition, atoms
from playbook.replies import localise
from playbook.replies.template import Choose, Include, Pick, Say
from playbook.replies.wording import partial
from playbook.survey import replies
from playbook.survey.survey import channel_scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playbook.replies.template import Part
    from playbook.survey.survey import Survey

MOST_CONDITIONS = 6
"""How many different conditions of one reply are tried both ways; beyond, each branch is taken that is longest."""
_MOMENTS = {
    "es": {
        "when": "el miércoles 30 de septiembre de 2026 a las 22:30",
        "date": "30 de septiembre de 2026",
        "time": "22:30",
    },
    "en": {"when": "on Wednesday 30 September 2026 at 22:30", "date": "30 September 2026", "time": "22:30"},
}
"""The longest that a moment can read."""


class Longest:
    """The longest texts of a pack's replies; each is worked out once."""

    def __init__(self, survey: Survey, fill: str | None = None, room: Mapping[str, int] | None = None) -> None:
        """Work out none yet.

        Args:
            survey: The pack.
            fill: What every text that was answered is taken to be; by default as long as its question permits.
            room: How long the answers to some questions are taken to be at most.
        """
        self.survey = survey
        self._fill, self._room = fill, room or {}
        self._texts: dict[tuple[str, str], str] = {}
        self._bounds: dict[tuple[str, str], str] = {}
        self._verdicts: dict[tuple[str, str], bool | None] = {}
        self._scope = channel_scope(survey.pack)
        self._conditions: dict[str, tuple[str, ...]] = {}

    def bound(self, path: str, channel: str) -> str:
        """A text at least as long as any that the template at `path` prints on a channel: quick to find."""
        key = (path, self._kind(path, channel))
        if key not in self._bounds:
            self._bounds[key] = self._text(path, self._settled(path, channel))
        return self._bounds[key]

    def text(self, path: str, channel: str) -> str:
        """The longest text of the template at `path` on a channel."""
        key = (path, self._kind(path, channel))
        if key not in self._texts:
            self._texts[key] = max(self._tried(path, channel), key=len)
        return self._texts[key]

    def texts(self, path: str) -> tuple[str, ...]:
        """The questions whose answers a template and its partials print as texts, as they come."""
        files = replies.closure(self.survey.pack, path, self.survey.templates)
        names = dict.fromkeys(say.name for file in files for say in replies.said(self.survey.templates[file].parts))
        questions = self.survey.pack.questions
        return tuple(each for each in names if each in questions and questions[each].kind == p.TEXT)

    def _kind(self, path: str, channel: str) -> str:
        """What of a channel the template can tell apart."""
        return channel if any("channel" in each for each in self.conditions(path)) else ""

    def conditions(self, path: str) -> tuple[str, ...]:
        """The different conditions of a template and its partials, as they are written."""
        if path not in self._conditions:
            found: dict[str, None] = {}
            pending = [(path, self.survey.templates[path].parts)]
            while pending:
                file, parts = pending.pop()
                for part in parts:
                    if isinstance(part, Include):
                        inner = partial(file, part.name)
                        pending.append((inner, self.survey.templates[inner].parts))
                    elif isinstance(part, Choose):
                        found.update((each.condition.text, None) for each in part.branches if each.condition)
                        pending += ((file, each.parts) for each in part.branches)
            self._conditions[path] = tuple(found)
        return self._conditions[path]

    def _settled(self, path: str, channel: str) -> dict[str, bool | None]:
        """What each condition comes to; None where that is open."""
        return {each: self._on(each, channel) for each in self.conditions(path)}

    def _tried(self, path: str, channel: str) -> Iterator[str]:
        """The texts, for each way in which the conditions may fall; those of the channel alone fall one way."""
        settled = self._settled(path, channel)
        left = [each for each, verdict in settled.items() if verdict is None]
        tried = left if len(left) <= MOST_CONDITIONS else []
        for verdicts in product((True, False), repeat=len(tried)):
            yield self._text(path, {**settled, **dict(zip(tried, verdicts, strict=True))})

    def _text(self, path: str, known: Mapping[str, bool | None]) -> str:
        return "".join(self._pieces(path, self.survey.templates[path].parts, known)).strip()

    def _on(self, text: str, channel: str) -> bool | None:
        """What a condition comes to on a channel; None where it speaks of anything else."""
        if (text, channel) not in self._verdicts:
            expression = ex.parse(text)
            alone = all(atom.name == p.CHANNEL for atom in atoms(expression))
            condition = Condition(text, expression, self._scope)
            verdict = condition.is_true({p.CHANNEL: channel}) is True if alone else None
            self._verdicts[text, channel] = verdict
        return self._verdicts[text, channel]

    def _pieces(self, path: str, parts: tuple[Part, ...], known: Mapping[str, bool | None]) -> Iterator[str]:
        locale = path.split("/")[1]
        for part in parts:
            if isinstance(part, str):
                yield part
            elif isinstance(part, Pick):
                yield part.tu if self.survey.pack.register == "tu" else part.usted
            elif isinstance(part, Say):
                yield self._said(part, locale)
            elif isinstance(part, Include):
                inner = partial(path, part.name)
                yield from self._pieces(inner, self.survey.templates[inner].parts, known)
            else:
                yield self._branch(path, part, known)

    def _branch(self, path: str, choose: Choose, known: Mapping[str, bool | None]) -> str:
        """The branch that is taken; the longest of those that may be, where that is open."""
        longest = ""
        for branch in choose.branches:
            verdict = known[branch.condition.text] if branch.condition else True
            if verdict is False:
                continue
            longest = max(longest, "".join(self._pieces(path, branch.parts, known)), key=len)
            if verdict:
                break
        return longest

    def _said(self, say: Say, locale: str) -> str:
        pack = self.survey.pack
        if say.path[0] == "due":
            return _MOMENTS.get(locale[:2], _MOMENTS["es"])[say.filter or "when"]
        if say.path[0] == "limits":
            return localise.number(pack.limits[say.path[1]].value, locale)
        if say.path[0] == "brand":
            brand = pack.brand
            if say.name == "brand.name":
                return brand.name
            return (brand.signature if say.name == "brand.signature" else brand.contact[say.path[2]]).say(locale)
        question = pack.questions[say.name]
        if question.kind == p.TEXT:
            most = min(question.longest, self._room.get(say.name, question.longest))
            return self._fill if self._fill is not None else (("ñandú " * most)[: most - 1] + "ú" if most else "")
        if question.kind == p.NUMBER:
            return max((localise.number(each, locale) for each in (question.low, question.high)), key=len)
        return max((each.label.say(locale) for each in question.choices), key=len)
