"""Write everything in the documents that is generated, or (`--check`) fail where it has drifted.

Generated are: the parts between cog's marks, the output below each command of a `console` block, the pictures, the
JSON Schemas in `schema/`, and the comments on the edits in `docs/diffs/`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import consoles, diffs, drawings, record, schemas

ROOT = Path(__file__).resolve().parent.parent


def documents() -> list[Path]:
    """The README and all pages under docs/."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def cog(*, check: bool) -> int:
    """Run cog over all documents; not 0 where one has drifted."""
    mode = ["--check", "--diff"] if check else ["-r"]
    paths = [str(path) for path in documents()]
    return subprocess.run([sys.executable, "-m", "cogapp", "-U", *mode, *paths], cwd=ROOT, check=False).returncode


def renew_consoles(*, check: bool) -> int:
    """Renew the output in `console` blocks; with `check` only say where it differs, and return 1."""
    status = 0
    for path in documents():
        text = path.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as room:
            now = consoles.renewed(text, Path(room))
        if now == text:
            continue
        if check:
            print(f"{path.relative_to(ROOT)}: a command does not write what is shown", file=sys.stderr)
            status = 1
        else:
            path.write_text(now, encoding="utf-8")
            print(f"{path.relative_to(ROOT)}: renewed")
    return status


def main() -> int:
    """Do all of it; 1 where something has drifted."""
    parser = argparse.ArgumentParser(description="write or check what is generated in the documents")
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--write", action="store_true")
    mode.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    told = ["--check"] if check else []
    stale = [bool(each.main(told)) for each in (schemas, drawings, diffs)]
    results = [cog(check=check), renew_consoles(check=check), record.run(check=check), check and any(stale)]
    return int(any(results))


if __name__ == "__main__":
    sys.exit(main())
