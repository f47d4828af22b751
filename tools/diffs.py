"""Writes the pages of `docs/diffs/`: edits of the shipped pack, each with the comment that its reviewers see.

An edit is a patch with a title and a sentence above it. With `--check` only says which pages are not up to date.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playbook.review import markdown, serving
from playbook.review.finding import versions

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "diffs"
PARTS = ("playbook.yaml", "protocols", "templates")


def main(arguments: list[str]) -> int:
    """Write or check all of them; 1 where one was out of date."""
    stale = []
    with tempfile.TemporaryDirectory() as room:
        edited = Path(room) / "pack"
        edited.mkdir()
        for part in PARTS:
            copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
            copy(ROOT / part, edited / part)
        for patch in sorted(FOLDER.glob("*.patch")):
            page, text = patch.with_suffix(".md"), written(patch, edited)
            if not page.exists() or page.read_text(encoding="utf-8") != text:
                stale.append(page.name)
                if "--check" not in arguments:
                    page.write_text(text, encoding="utf-8")
    for each in stale:
        print(f"docs/diffs/{each} {'is out of date: run `make docs`' if '--check' in arguments else 'written'}")
    return int(bool(stale))


def written(patch: Path, edited: Path) -> str:
    """The page of one edit; the pack in `edited` is as it was afterwards."""
    text = patch.read_text(encoding="utf-8")
    about, _, change = text.partition("diff --git ")
    title, _, why = about.strip().partition("\n\n")
    told = comment(patch, edited)
    return f"# {title}\n\n{why}\n\n```diff\ndiff --git {change.rstrip()}\n```\n\n---\n\n{told}"


def comment(patch: Path, edited: Path) -> str:
    """The comment on one edit."""
    _git(edited, "apply", str(patch))
    try:
        found = versions(str(ROOT), str(edited), None)
        review = serving.reviewed(found, serving.Wishes(form=serving.MARKDOWN))
        review = review._replace(base="main", head="this change")
        return markdown.comment(review)
    finally:
        _git(edited, "apply", "-R", str(patch))


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True)  # noqa: S607 - whichever git there is


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
