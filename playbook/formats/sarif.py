"""SARIF 2.1.0, which code hosts and editors read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from playbook.diagnostics import Diagnostic, Span

    Json = dict[str, object]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "playbook/v1"


def report(
    findings: Iterable[tuple[Diagnostic, str]], about: Mapping[str, tuple[str, str]], version: str, folder: str = ""
) -> Json:
    """The findings, each with its fingerprint; `about` gives a code's title and page, `folder` is that of the pack."""
    listed = [*findings]
    codes = [*dict.fromkeys(sorted(each.code for each, _ in listed))]
    rules = [_rule(code, *about[code]) if code in about else {"id": code} for code in codes]
    driver: Json = {"name": "playbook", "version": version, "rules": rules}
    results = [_result(each, mark, codes.index(each.code), folder) for each, mark in listed]
    run: Json = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, title: str, page: str) -> Json:
    return {"id": code, "shortDescription": {"text": title}, "help": {"text": page, "markdown": page}}


def _result(each: Diagnostic, mark: str, index: int, folder: str) -> Json:
    told = f"{each.message}\n{each.hint}" if each.hint else each.message
    found: Json = {"ruleId": each.code, "ruleIndex": index, "level": each.severity, "message": {"text": told}}
    if each.span:
        found["locations"] = [{"physicalLocation": _place(each.span, folder)}]
    return {**found, "partialFingerprints": {FINGERPRINT: mark}}


def _place(span: Span, folder: str) -> Json:
    from urllib.parse import quote

    path = quote(joined(folder, span.file), errors="surrogatepass")
    return {"artifactLocation": {"uri": path}, "region": {"startLine": span.line, "startColumn": span.column}}


def joined(folder: str, file: str) -> str:
    """A file's path from the root of the repository; `folder` is that of the pack."""
    return f"{folder.rstrip('/')}/{file}" if folder not in ("", ".") else file
