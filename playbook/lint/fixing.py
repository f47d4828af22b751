"""All that `--fix` can mend in a pack, in memory: edits are made in rounds, until a round finds nothing more. Pure.

A round is taken only if what was right before still is: each file says the same but for what its edits speak of, and
the pack has no fault that it did not have.
"""

from __future__ import annotations

import re
from collections import ChainMap, Counter
from typing import TYPE_CHECKING

from playbook.diagnostics import ERROR
from playbook.lint.mending import MENDS, File, chosen, mend, mended, same
from playbook.record import Record
from playbook.source import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from playbook.diagnostics import Diagnostic
    from playbook.lint.memory import Kept
    from playbook.lint.mending import Edit
    from playbook.source import Limits

ROUNDS = 20
"""Most rounds: one mend may lay bare the next, down to a fact that only an unused fact spoke of."""
_BOM = b"\xef\xbb\xbf"
_SCENARIOS = ".scenarios.yaml"
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_NAMED = re.compile("`([^`]*)`")


class Fixed(Record):
    """What a pack comes to: the files that change, before and after, how much was mended, and what is still found."""

    files: Mapping[str, tuple[bytes, bytes]]
    mended: int
    kept: Kept


def mends(findings: Iterable[Diagnostic], files: Mapping[str, bytes], limits: Limits) -> dict[Diagnostic, Edit]:
    """The findings that can be mended, each with its edit."""
    listed = [*findings]
    return _edits(listed, files, _opened(listed, files, limits))


def _edits(
    findings: Iterable[Diagnostic], files: Mapping[str, bytes], opened: Mapping[str, File]
) -> dict[Diagnostic, Edit]:
    found: dict[Diagnostic, Edit] = {}
    for each in findings:
        file = opened.get(each.span.file) if each.span and each.code in MENDS else None
        edit = mend(file, each) if file and not _is_expected(each, files) else None
        if edit is not None:
            found[each] = edit
    return found


def fix(
    files: Mapping[str, bytes],
    look: Callable[[Mapping[str, bytes]], Kept],
    wanted: Callable[[Kept], Iterable[Diagnostic]],
    limits: Limits,
) -> Fixed:
    """Mend what is `wanted` of what a `look` at the files finds, as far as it can be."""
    changed: dict[str, bytes] = {}
    kept, count = look(files), 0
    for _ in range(ROUNDS):
        now: Mapping[str, bytes] = ChainMap(changed, files)  # type: ignore[arg-type] # the first is written to, no other
        meant = [*wanted(kept)]
        opened = _opened(meant, now, limits)
        edits = _edits(meant, now, opened)
        by_file: dict[str, list[Edit]] = {}
        for finding, edit in edits.items():
            by_file.setdefault(finding.span.file if finding.span else "", []).append(edit)
        made = {path: new for path, each in by_file.items() if (new := _made(opened[path], now[path], each, limits))}
        if not made:
            break
        now = ChainMap({path: data for path, (data, _) in made.items()}, changed, files)  # type: ignore[arg-type]
        after = look(now)
        if _faults(after) - _faults(kept):
            break
        changed |= {path: data for path, (data, _) in made.items()}
        kept, count = after, count + sum(number for _, number in made.values())
    return Fixed({path: (files[path], data) for path, data in sorted(changed.items())}, count, kept)


def difference(fixed: Fixed) -> str:
    """What changes, as a unified diff; in a file, where nothing is escaped for a terminal, `git apply` takes it."""
    from difflib import unified_diff

    parts: list[str] = []
    for path, (before, after) in fixed.files.items():
        old, new = (_LINES.findall(each.decode(errors="surrogateescape")) for each in (before, after))
        for line in unified_diff(old, new, f"a/{path}", f"b/{path}"):
            parts += [line] if line.endswith("\n") else [line, "\n\\ No newline at end of file\n"]
    return "".join(parts)


def _faults(kept: Kept) -> Counter[tuple[str, str, str]]:
    errors = (each for each in kept.findings if each.severity == ERROR)
    return Counter((each.code, each.span.file if each.span else "", each.message) for each in errors)


def _made(file: File, data: bytes, edits: list[Edit], limits: Limits) -> tuple[bytes, int] | None:
    """A file after its edits, and how many were made; None where it would say anything else than before."""
    taken = chosen(edits)
    after = (_BOM if data.startswith(_BOM) else b"") + mended(file.text, taken).encode()
    if file.node is not None and not same(file.node, read(after, "", limits).node, {each.gone for each in taken}):
        return None
    return after, len(taken)


def _opened(findings: Iterable[Diagnostic], files: Mapping[str, bytes], limits: Limits) -> dict[str, File]:
    """The files in which something may be mended, as characters.

    Left out are those whose lines could be counted in two ways, and what is not in UTF-8.
    """
    found: dict[str, File] = {}
    for path in {each.span.file: None for each in findings if each.span and each.code in MENDS}:
        try:
            data = files[path]
            text = data.removeprefix(_BOM).decode()
        except (KeyError, OSError, UnicodeDecodeError):
            continue
        if len(data) <= limits.size and "\r" not in text.replace("\r\n", ""):
            source = read(data, path, limits) if path.endswith(".yaml") else None
            found[path] = File(text, source.node if source and not source.diagnostics else None)
    return found


def _is_expected(finding: Diagnostic, files: Mapping[str, bytes]) -> bool:
    """Whether a scenario names what nothing else uses: taking it away would break that."""
    named = _NAMED.search(finding.message)
    if not finding.code.startswith("PB60") or named is None:
        return False
    word = re.compile(rf"\b{re.escape(named[1])}\b".encode())
    return any(word.search(files[path]) for path in files if path.endswith(_SCENARIOS))
