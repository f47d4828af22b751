"""What a finding is known again by: its code, file and message, and the words of its line, not its number.

So lines may be added above it. Of several that are alike in one file, each counts once.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from playbook.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from playbook.diagnostics import Diagnostic


def fingerprints(findings: Iterable[Diagnostic], texts: Mapping[str, str]) -> list[str]:
    """A fingerprint for each finding, in their order: none twice."""
    from hashlib import sha256

    listed = [*findings]
    wanted = {each.span.file for each in listed if each.span}
    lines = {file: texts[file].split("\n") for file in wanted if file in texts}
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for each in listed:
        span = each.span or Span("", 0)
        own = lines.get(span.file, [])
        words = " ".join(own[span.line - 1].split()) if 0 < span.line <= len(own) else ""
        key = (each.code, span.file, each.message, words)
        seen[key] += 1
        data = "\0".join((*key, str(seen[key])))
        found.append(sha256(data.encode(errors="surrogatepass")).hexdigest())
    return found
