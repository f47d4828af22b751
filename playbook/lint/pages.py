"""The pages of rules: one of them, or the list of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import Diagnostic, PlaybookError, did_you_mean
from playbook.lint.mending import MENDS
from playbook.rules import RULES

if TYPE_CHECKING:
    from playbook.rules import Rule

FIXES = (
    "[*] `playbook lint --fix` mends it, where nothing beside it is lost; `--diff` shows what it would do. What\n"
    "stands beside a comment, or is named in a scenario, is left to you."
)


def page(code: str) -> str:
    """The page of a rule, by its code in any case or by its name. Raises PlaybookError where there is none (PB655)."""
    known = {**{rule.code: rule for rule in RULES}, **{rule.name: rule for rule in RULES}}
    rule = known.get(code.upper()) or known.get(code.lower().replace("-", "_"))
    if rule is None:
        hint = did_you_mean(code, known) or "`playbook rule --all` lists them; other codes are faults of reading a pack"
        raise PlaybookError([Diagnostic("PB655", f"no rule is called `{code}`", hint=hint)])
    return f"# {rule.code} {rule.name}\n\n{whole(rule)}\n"


def whole(rule: Rule) -> str:
    """The page of a rule, which says whether its findings can be mended."""
    page = rule.page.rstrip()
    return f"{page}\n\n## Fix\n\n{FIXES}" if rule.code in MENDS else page


def listed() -> str:
    """A line for each rule."""
    wide = max(len(rule.severity) for rule in RULES)
    return "".join(f"{rule.code}  {rule.severity:<{wide}}  {rule.title}\n" for rule in RULES)


def table() -> list[Rule]:
    """The rules by code."""
    return sorted(RULES, key=lambda rule: rule.code)
