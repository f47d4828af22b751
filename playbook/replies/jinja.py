"""A second reading of templates by Jinja itself (the only module that knows it).

Our own reader decides what a template may hold, and prints it (`template`). Authors, editors and other tools take the
same files for Jinja templates, so what passes is also parsed by Jinja: only parsed, behind the list of what is allowed,
never compiled or run.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from playbook.diagnostics import Diagnostic
from playbook.replies.tags import Fault, cut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2.sandbox import SandboxedEnvironment

    from playbook.replies.template import Template

_PIECE = re.compile(r"""'[^'\n]*'|"[^"\n]*"|\b(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]+)\b""")
_WORDS = frozenset(
    "and or not in is if elif else endif include import from for endfor set block macro call filter with without"
    " context ignore missing raw endraw recursive loop self super true false none True False None".split()
)
"""What Jinja may take for more than a name."""
_ALONE = ("", "")
_FRAMES = {
    "if": ("", "{% endif %}"),
    "elif": ("{% if a %}", "{% endif %}"),
    "else": ("{% if a %}", "{% endif %}"),
    "endif": ("{% if a %}", ""),
}
"""What has to stand around a tag for it to be read without its template."""


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


def reread(templates: Iterable[Template]) -> list[Diagnostic]:
    """What Jinja says against templates that our own reader found nothing against. Never raises for what they hold.

    Most tags are like many others. So Jinja first reads a page with every different tag of all of them, once: one
    name, number or plain text is like another, and text without tags is text to both. Only where it does not read that
    page is each template read on its own.
    """
    sound = [each for each in templates if not each.faults]
    try:
        if _refusal(_page(sound)) is None:
            return []
    except Fault:  # not even cut: each is told of on its own
        pass
    return [fault for each in sound if (fault := _reread(each))]


def _page(templates: Iterable[Template]) -> str:
    """Every different tag of these templates, each where it may stand."""
    found: dict[tuple[str, str], dict[str, None]] = {frame: {} for frame in (_ALONE, *_FRAMES.values())}
    for each in templates:
        tags, _ = cut(each.source)
        for tag in tags:
            found[_FRAMES.get(tag.word, _ALONE)][_PIECE.sub(_alike, each.source[tag.at : tag.after])] = None
    return "\n".join(before + text + after for (before, after), texts in found.items() for text in texts)


def _alike(match: re.Match[str]) -> str:
    """A name, a number or a plain text, as any other of its kind."""
    piece = match[0]
    if piece[0] in "'\"":
        return piece if "\\" in piece else "''"
    return "1" if piece.isdigit() else piece if piece in _WORDS else "n"


def _reread(template: Template) -> Diagnostic | None:
    fault = _refusal(template.source)
    if fault is None:
        return None
    place = template.span(0)._replace(line=getattr(fault, "lineno", None) or 1)
    message = "Jinja reads this template otherwise than we do"
    return Diagnostic("PB214", message, place, f"it says: {' '.join(str(fault).split())[:200]}")


def _refusal(source: str) -> Exception | None:
    """Why Jinja does not read a template; None where it does."""
    from jinja2 import TemplateError

    try:
        _environment().parse(source)
    except (TemplateError, RecursionError, ValueError) as fault:
        return fault
    return None
