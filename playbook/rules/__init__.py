"""What `playbook lint` looks for, one rule a file: the page of a rule is the docstring of its module.

A rule takes the survey of a pack and gives diagnostics; it touches no file, clock or terminal. The examples of its page
are run by a test: a line marked with its code is found, and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from playbook.record import Record
from playbook.rules import (
    action_without_deadline,
    always_decides,
    approval_missing,
    banned_phrase,
    condition_settled,
    conditional_apology,
    hard_to_read,
    link_not_https,
    locale_missing,
    look_alike,
    mixed_alphabets,
    never_decides,
    outcome_without_action,
    outcome_without_follow_up,
    outcome_without_source,
    personal_data,
    placeholder_may_be_empty,
    promise_without_action,
    question_decides_nothing,
    register_mixed,
    review_is_past,
    same_effect,
    too_long,
    unused_fact,
    unused_limit,
    unused_mark,
    unused_partial,
    unused_question,
    unused_role,
    unused_shared,
    unused_stance,
    unused_template,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from playbook.diagnostics import Diagnostic
    from playbook.survey.survey import Survey


class Rule(Record):
    """A rule: its code, its name, how grave a finding usually is, its page, and what finds them."""

    code: str
    name: str
    severity: str
    page: str
    check: Callable[[Survey], Iterator[Diagnostic]]

    @property
    def title(self) -> str:
        """What it finds, in a few words."""
        return self.page.partition("\n")[0].rstrip(".")


def _rule(module: ModuleType) -> Rule:
    name = module.__name__.rpartition(".")[2]
    return Rule(module.CODE, name, module.SEVERITY, cast("str", module.__doc__), module.check)


RULES = tuple(
    _rule(module)
    for module in (
        unused_question,
        unused_fact,
        unused_template,
        unused_partial,
        unused_mark,
        unused_role,
        unused_limit,
        unused_stance,
        locale_missing,
        banned_phrase,
        conditional_apology,
        promise_without_action,
        register_mixed,
        link_not_https,
        placeholder_may_be_empty,
        too_long,
        review_is_past,
        action_without_deadline,
        outcome_without_action,
        outcome_without_follow_up,
        outcome_without_source,
        approval_missing,
        same_effect,
        never_decides,
        always_decides,
        condition_settled,
        question_decides_nothing,
        look_alike,
        hard_to_read,
        unused_shared,
        personal_data,
        mixed_alphabets,
    )
)
"""Every rule, by code."""
