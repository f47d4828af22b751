"""The pages of rules: one of them, or the list of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import Diagnostic, PlaybookError, did_you_mean
from playbook.rules import RULES

if TYPE_CHECKING:
    from playbook.rules import Rule


def page(code: str) -> str:
    """The page of a rule, by its code in any case or by its name. Raises PlaybookError where there is none (PB655)."""
    known = {**{rule.code: rule for rule in RULES}, **{rule.name: rule for rule in RULES}}
    rule = known.get(code.upper()) or known.get(code.lower().replace("-", "_"))
    if rule is None:
        hint = did_you_mean(code, known) or "`playbook rule --all` lists them; other codes are faults of reading a pack"
        raise PlaybookError([Diagnostic("PB655", f"no rule is called `{code}`", hint=hint)])
    return f"# {rule.code} {rule.name}\n\n{rule.page.rstrip()}\n"


def listed() -> str:
    """A line for each rule."""
    wide = max(len(rule.severity) for rule in RULES)
    return "".join(f"{rule.code}  {rule.severity:<{wide}}  {rule.title}\n" for rule in RULES)


def table() -> list[Rule]:
    """The rules by code."""
    return sorted(RULES, key=lambda rule: rule.code)
