"""Templates held against their pack: every file is there, and every name in it has a meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.conditions.condition import check as check_condition
from playbook.diagnostics import ERROR, WARNING, Diagnostic, Span, did_you_mean
from playbook.replies.jinja import reread
from playbook.replies.template import Choose, Include, Say, prints
from playbook.replies.wording import SHORT, condition, names, partial, template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.protocol import Duration, Outcome, Pack, Side
    from playbook.replies.template import Asked, Part, Template
    from playbook.replies.wording import Names

DEEPEST = 5
"""Most files inside one another, the template itself included."""
_Files = dict[str, dict[str, list[str]]]
LARGEST = 100_000
"""Most characters of a template with all that it includes, in all of its branches."""
MOMENT, NUMBER, WORDS = "moment", "number", "words"
FILTERS: dict[str, tuple[str | None, ...]] = {
    MOMENT: ("when", "date", "time"),
    NUMBER: (None, "number"),
    WORDS: (None,),
}
"""By what a name stands for, the filters it may go through; None is none. A moment needs one."""


def check(pack: Pack, *protocols: str) -> list[Diagnostic]:
    """Everything that is wrong with the templates of these protocols' outcomes, in every locale and variant.

    A template that is missing is an error in the pack's default locale, and elsewhere a warning: the default is taken.
    What our own reader lets pass is read by Jinja too.
    """
    files = _by_name(pack)
    found: dict[Diagnostic, None] = {}
    read: dict[str, None] = {}
    sound: set[tuple[object, ...]] = set()
    for protocol in protocols:
        known = names(pack, protocol)
        for outcome in pack.protocols[protocol].outcomes.values():
            for side in (outcome.reply.public, outcome.reply.private):
                if side is None or side.template is None:
                    continue
                found.update(dict.fromkeys(_missing(pack, outcome, side, files)))
                for path in _variants(pack, outcome, side.template, files):
                    public = side is outcome.reply.public
                    # What is sound for an outcome is for every other with the same deadlines.
                    alike = (path, public, outcome.answer_within is None, _looked_at(outcome) is None)
                    if alike in sound:
                        continue
                    vetting = _vetted(pack, outcome, path, known, public=public)
                    found.update(dict.fromkeys(vetting.found))
                    read.update(dict.fromkeys(vetting.heights))
                    sound.update([] if vetting.found else [alike])
    found.update(dict.fromkeys(reread(template(pack, path) for path in read)))
    return list(found)


def _looked_at(outcome: Outcome) -> Duration | None:
    """By when somebody looks again."""
    return outcome.follow_up and (outcome.follow_up.within or outcome.follow_up.every)


def _by_name(pack: Pack) -> _Files:
    """The templates of a pack: by their folders, the files of each name."""
    found: _Files = {}
    for path in sorted(each for each in pack.files if each.startswith("templates/") and each.endswith(".j2")):
        folder, _, file = path.rpartition("/")
        found.setdefault(folder, {}).setdefault(file.partition(".")[0], []).append(path)
    return found


def _missing(pack: Pack, outcome: Outcome, side: Side, files: _Files) -> Iterator[Diagnostic]:
    for locale in pack.locales:
        folder = f"templates/{locale}/{outcome.protocol}"
        if f"{folder}/{side.template}.j2" in pack.files:
            continue
        known = files.get(folder, {}).keys()
        hint = did_you_mean(str(side.template), known - {str(side.template)})
        wanted = f"`{folder}/{side.template}.j2`"
        if locale == pack.locales[0]:
            yield Diagnostic("PB200", f"there is no file {wanted}", side.span, hint or "write it", ERROR)
            return  # that it is missing elsewhere too is the same slip of the pen
        message = f"there is no file {wanted}: in `{locale}` the reply is the one in `{pack.locales[0]}`"
        yield Diagnostic("PB201", message, side.span, "translate it", WARNING)


def _variants(pack: Pack, outcome: Outcome, name: str, files: _Files) -> Iterator[str]:
    """The files of a template in all locales."""
    for locale in pack.locales:
        yield from files.get(f"templates/{locale}/{outcome.protocol}", {}).get(name, ())


def faults(pack: Pack, outcome: Outcome, path: str, known: Names, *, public: bool) -> list[Diagnostic]:
    """Everything that is wrong with the template at `path` as a reply of `outcome`, with the partials it includes."""
    return _vetted(pack, outcome, path, known, public=public).found


def _vetted(pack: Pack, outcome: Outcome, path: str, known: Names, *, public: bool) -> _Vetting:
    vetting = _Vetting(pack, outcome, known, public=public)
    vetting.variant(path)
    vetting.file(path, ())
    if vetting.size(path) > LARGEST:
        message, hint = (
            f"with its partials it has more than {LARGEST:,} characters",
            "say less, or include fewer partials",
        )
        vetting.refuse(template(pack, path), "PB211", message, 0, hint)
    return vetting


class _Vetting:
    """Goes through a template and its partials, part by part."""

    def __init__(self, pack: Pack, outcome: Outcome, known: Names, *, public: bool) -> None:
        self.pack, self.outcome, self.known, self.public = pack, outcome, known, public
        self.found: list[Diagnostic] = []
        self.heights: dict[str, int] = {}
        self.sizes: dict[str, int] = {}

    def size(self, path: str, depth: int = 0) -> int:
        """How much stands in a file with everything that it includes, in all of its branches."""
        if path not in self.sizes and path in self.heights and depth < DEEPEST:
            self.sizes[path] = 0  # where it includes itself, that has been told
            self.sizes[path] = self._size(path, template(self.pack, path).parts, depth + 1)
        return self.sizes.get(path, 0)

    def _size(self, path: str, parts: tuple[Part, ...], depth: int) -> int:
        found = 0
        for part in parts:
            found += len(part) if isinstance(part, str) else 1
            if isinstance(part, Include):
                found += self.size(partial(path, part.name), depth)
            elif isinstance(part, Choose):
                found += sum(self._size(path, each.parts, depth) for each in part.branches)
        return found

    def refuse(self, template: Template, code: str, message: str, at: int, hint: str | None = None) -> None:
        self.found.append(Diagnostic(code, message, template.span(at), hint))

    def variant(self, path: str) -> None:
        """A file that no channel will ever take is a slip of the pen."""
        name = path.rpartition("/")[2].split(".")[1:-1]
        if name and name != [SHORT] and not (len(name) == 1 and name[0] in self.pack.channels):
            word = ".".join(name)
            hint = did_you_mean(word, (SHORT, *self.pack.channels)) or f"name it after a channel, or `{SHORT}`"
            self.found.append(Diagnostic("PB213", f"`{word}` is no channel", Span(path), hint))

    def file(self, path: str, trail: tuple[str, ...]) -> int:
        """Vet a file once; how many files stand inside one another in it."""
        if path not in self.heights:
            self.heights[path] = 1
            read = template(self.pack, path)
            before = len(self.found)
            self.found += read.faults
            # The tree of a file with faults is not whole, and may be deeper than anybody writes.
            height = 0 if read.faults else self.parts(read, read.parts, (*trail, path))
            # A partial may be emptied, to say nothing in many replies at once.
            if not trail and len(self.found) == before and not prints(read.parts):
                hint = "write it, or give the outcome's reply `silence:` with the reason"
                self.refuse(read, "PB215", "there is nothing in this template to print", 0, hint)
            self.heights[path] = 1 + height
        return self.heights[path]

    def parts(self, template: Template, parts: tuple[Part, ...], trail: tuple[str, ...]) -> int:
        height = 0
        for part in parts:
            if isinstance(part, Say):
                self.said(template, part)
            elif isinstance(part, Include):
                height = max(height, self.included(template, part, trail))
            elif isinstance(part, Choose):
                for branch in part.branches:
                    self.asked(template, branch.condition)
                    height = max(height, self.parts(template, branch.parts, trail))
        return height

    def included(self, template: Template, include: Include, trail: tuple[str, ...]) -> int:
        path = partial(template.path, include.name)
        if path not in self.pack.files:
            others = {
                each.split("/")[-1].removesuffix(".j2")
                for each in self.pack.files
                if each.startswith(path.rpartition("/")[0] + "/_")
            }
            hint = did_you_mean(include.name, others) or "write it"
            self.refuse(template, "PB208", f"there is no partial `{path}`", include.at, hint)
            return 0
        if path in trail:
            circle = " → ".join(
                f"`{each.split('/')[-1].removesuffix('.j2')}`" for each in (*trail[trail.index(path) :], path)
            )
            self.refuse(
                template, "PB209", f"partials include one another: {circle}", include.at, "take one include away"
            )
            return 0
        height = self.file(path, trail) if len(trail) < DEEPEST else 1
        if len(trail) + height <= DEEPEST:
            return height
        hint = "include fewer partials in partials"
        self.refuse(template, "PB209", f"more than {DEEPEST} files inside one another", include.at, hint)
        return 0

    def asked(self, template: Template, asked: Asked | None) -> None:
        """Vet the condition of a branch."""
        if asked is None:
            return
        scope = self.known.scope
        for fault in check_condition(asked.expression, scope):
            self.refuse(template, "PB205", fault.message, asked.at + fault.at, fault.hint)
        for name in p.rests_on(condition(asked, scope), self.known.facts):
            self.private(template, name, asked.at)

    def private(self, template: Template, name: str, at: int) -> None:
        question = self.known.questions.get(name)
        if self.public and question is not None and question.private:
            hint = "everybody reads this side: leave it out, or take the question's `private` away"
            self.refuse(template, "PB210", f"`{name}` is private", at, hint)

    def said(self, template: Template, say: Say) -> None:
        """Vet a name that is printed, and its filter."""
        stands_for = self.stands_for(template, say)
        if stands_for is None:
            return
        filters = FILTERS[stands_for]
        if say.filter in filters:
            return
        usable = [f"`{{{{ {say.name}|{each} }}}}`" for each in filters if each] or [f"`{{{{ {say.name} }}}}`"]
        hint = "write " + " or ".join(usable)
        if say.filter is None:
            self.refuse(template, "PB207", f"`{say.name}` is a moment, and needs a filter", say.at, hint)
        elif any(say.filter in each for each in FILTERS.values()):
            self.refuse(template, "PB207", f"`{say.filter}` does not go with `{say.name}`", say.at, hint)
        else:
            known = [each for group in FILTERS.values() for each in group if each]
            self.refuse(
                template,
                "PB207",
                f"no filter is called `{say.filter}`",
                say.at,
                did_you_mean(say.filter, known) or hint,
            )

    def stands_for(self, template: Template, say: Say) -> str | None:
        """What kind of thing a name is; None, and a diagnostic, where it cannot be printed."""
        pack, path = self.pack, say.path
        if len(path) == 1 and path[0] in self.known.questions:
            return self.question(template, say)
        if path in (("brand", "name"), ("brand", "signature")) or (
            path[:2] == ("brand", "contact") and path[2:] in {(each,) for each in pack.brand.contact}
        ):
            return WORDS
        if path[0] == "limits" and path[1:] in {(each,) for each in pack.limits}:
            return NUMBER
        if path in (("due", "answer"), ("due", "follow_up")):
            return self.due(template, say)
        if len(path) == 1 and path[0] in self.known.facts:
            self.refuse(
                template,
                "PB207",
                f"`{say.name}` is a fact, and cannot be printed",
                say.at,
                "branch on it with `{% if … %}`",
            )
            return None
        hint = did_you_mean(say.name, self.printable())
        self.refuse(template, "PB206", f"nothing is called `{say.name}`", say.at, hint)
        return None

    def printable(self) -> list[str]:
        fixed = ["brand.name", "brand.signature", "due.answer", "due.follow_up"]
        contacts = [f"brand.contact.{each}" for each in self.pack.brand.contact]
        return [*fixed, *contacts, *(f"limits.{each}" for each in self.pack.limits), *self.known.questions]

    def question(self, template: Template, say: Say) -> str | None:
        question = self.known.questions[say.name]
        self.private(template, say.name, say.at)
        if question.kind in (p.YES_NO, p.MANY):
            example = say.name if question.kind == p.YES_NO else f"{say.name}.{question.ids[0]}"
            hint = f"branch on it: `{{% if {example} %}}`"
            self.refuse(template, "PB207", f"`{say.name}` is answered with no words to print", say.at, hint)
            return None
        return NUMBER if question.kind == p.NUMBER else WORDS

    def due(self, template: Template, say: Say) -> str:
        outcome = self.outcome
        moment = outcome.answer_within if say.path[1] == "answer" else _looked_at(outcome)
        if moment is None:
            article, key = ("an", "answer_within") if say.path[1] == "answer" else ("a", "follow_up")
            self.refuse(
                template,
                "PB212",
                f"`{say.name}` has no moment here",
                say.at,
                f"give the outcome `{outcome.id}` {article} `{key}`",
            )
        return MOMENT
