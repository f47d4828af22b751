"""A second reading of templates by Jinja itself (the only module that knows it).

Our own reader decides what a template may hold, and prints it (`template`). Authors, editors and other tools take the
same files for Jinja templates, so what passes is also parsed by Jinja: only parsed, behind the list of what is allowed,
never compiled or run.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from playbook.diagnostics import Diagnostic

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

    from playbook.replies.template import Template


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


def reread(template: Template) -> list[Diagnostic]:
    """What Jinja says against a template that our own reader found nothing against. Never raises for what it holds."""
    from jinja2 import TemplateError

    if template.faults:
        return []
    try:
        _environment().parse(template.source)
    except (TemplateError, RecursionError, ValueError) as fault:
        line = getattr(fault, "lineno", None) or 1
        place = template.span(0)._replace(line=line)
        message = "Jinja reads this template otherwise than we do"
        return [Diagnostic("PB214", message, place, f"it says: {' '.join(str(fault).split())[:200]}")]
    return []
