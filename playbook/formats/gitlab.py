"""Code quality as GitLab reads it: beside the lines of a merge request.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from playbook.diagnostics import ERROR, Span
from playbook.formats.sarif import joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playbook.diagnostics import Diagnostic


def report(findings: Iterable[tuple[Diagnostic, str]], folder: str = "") -> str:
    """The findings, each with its fingerprint, as a document of JSON; `folder` is that of the pack."""
    return json.dumps([_issue(each, mark, folder) for each, mark in findings], indent=2) + "\n"


def _issue(each: Diagnostic, mark: str, folder: str) -> dict[str, object]:
    span = each.span or Span("playbook.yaml")
    return {
        "description": f"{each.message} ({each.hint})" if each.hint else each.message,
        "check_name": each.code,
        "fingerprint": mark,
        "severity": "major" if each.severity == ERROR else "minor",
        "location": {"path": joined(folder, span.file), "lines": {"begin": span.line}},
    }
