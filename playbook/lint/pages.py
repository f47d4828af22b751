"""The pages of codes: of a rule the docstring of its module, of every other the file that is called as it is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.diagnostics import ERROR, WARNING, Diagnostic, PlaybookError, did_you_mean
from playbook.lint.mending import MENDS
from playbook.record import Record
from playbook.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent.parent / "codes"
_BESIDE = re.compile(r" \(an? (warning|error)\b.*\)$")
"""What a meaning says of how grave it is; without it, it is an error."""


FIXES = (
    "[*] `playbook lint --fix` mends it, where nothing beside it is lost; `--diff` shows what it would do. What\n"
    "stands beside a comment, or is named in a scenario, is left to you."
)


class Page(Record):
    """The page of a code: its number, how grave it usually is, what it means in a line, and its chapters."""

    code: str
    severity: str
    title: str
    page: str
    name: str = ""

    @property
    def text(self) -> str:
        """The whole page."""
        head = f"# {self.code} {self.name}" if self.name else f"# {self.code}"
        return f"{head}\n\n{self.title}.\n\n{self.page}"


def meanings() -> dict[str, dict[str, str]]:
    """What each code means, in one line, by chapter."""
    import tomllib

    data: dict[str, dict[str, str]] = tomllib.loads((FOLDER / "codes.toml").read_text(encoding="utf-8"))
    return data


def every() -> tuple[Page, ...]:
    """The pages of all codes, by code."""
    return tuple(sorted((*_rules(), *_faults())))


def _rules() -> Iterator[Page]:
    for rule in RULES:
        yield Page(rule.code, rule.severity, rule.title, _whole(rule.code, rule.page.partition("\n\n")[2]), rule.name)


def _faults() -> Iterator[Page]:
    ruled = {rule.code for rule in RULES}
    for chapter in meanings().values():
        for code, meaning in chapter.items():
            if code not in ruled:
                beside = _BESIDE.search(meaning)
                title = _BESIDE.sub("", meaning)
                file = FOLDER / f"{code}.md"
                page = file.read_text(encoding="utf-8") if file.exists() else ""
                severity = WARNING if beside and beside[1] == WARNING else ERROR
                yield Page(code, severity, f"{title[0].upper()}{title[1:]}", _whole(code, page))


def _whole(code: str, page: str) -> str:
    """A page, which says whether what it is about can be mended."""
    return f"{page.rstrip()}\n\n## Fix\n\n{FIXES}\n" if code in MENDS else page and f"{page.rstrip()}\n"


def page(code: str) -> str:
    """The page of a code in any case, or of a rule by its name. Raises PlaybookError where there is none (PB655)."""
    known = {key: each for each in every() for key in (each.code, each.name) if key}
    found = known.get(code.upper()) or known.get(code.lower().replace("-", "_"))
    if found is None:
        hint = did_you_mean(code, known) or "`playbook rule --all` lists them"
        raise PlaybookError([Diagnostic("PB655", f"no code or rule is called `{code}`", hint=hint)])
    return found.text


def listed() -> str:
    """A line for each code."""
    wide = max(len(each.severity) for each in every())
    return "".join(f"{each.code}  {each.severity:<{wide}}  {each.title}\n" for each in every())
