"""Annotations of GitHub Actions: a finding beside its line in the pull request.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from playbook.diagnostics import Diagnostic

VARIABLE = "GITHUB_ACTIONS"
"""The environment variable by which a job of GitHub Actions is known."""


def wanted(environ: Mapping[str, str]) -> bool:
    """Whether this is a job of GitHub Actions."""
    return environ.get(VARIABLE) == "true"


def annotated(findings: Iterable[Diagnostic], folder: str = "") -> str:
    """A line for each finding; `folder` is that of the pack, relative to the root of the repository."""
    return "".join(f"{_annotation(each, folder)}\n" for each in findings)


def quoted(text: str) -> str:
    """A text for the log of a job, in which nothing is taken for a command of the job.

    The mark that ends it is a digest of the text, so that the text itself cannot hold it.
    """
    from hashlib import sha256

    mark = sha256(text.encode(errors="surrogatepass")).hexdigest()
    return f"::stop-commands::{mark}\n{text}::{mark}::\n"


def _annotation(each: Diagnostic, folder: str) -> str:
    prefix = f"{folder.rstrip('/')}/" if folder not in ("", ".") else ""
    place = each.span or Span("")
    where = {"file": prefix + place.file, "line": place.line, "col": place.column} if place.file else {}
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in {**where, "title": each.code}.items())
    message = f"{each.message}\n{each.hint}" if each.hint else each.message
    return f"::{each.severity} {properties}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
