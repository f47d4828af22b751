"""Writes the JSON Schemas of a pack's files, and of what commands print; with `--check`, only says what has drifted."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from playbook import schema
from tools import documents

FOLDER = Path(__file__).parent.parent / "schema"


def main(arguments: list[str]) -> int:
    """Write or check all of them; 1 where one was out of date."""
    stale = []
    every = {name: schema.of(name) for name in schema.FILES}
    every |= {name: make() for name, make in documents.DOCUMENTS.items()}
    for name, described in every.items():
        path = FOLDER / f"{name}.schema.json"
        text = json.dumps(described, indent=2, ensure_ascii=False) + "\n"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
            if "--check" not in arguments:
                path.write_text(text, encoding="utf-8")
    for each in stale:
        print(f"{each} {'is out of date: run `make docs`' if '--check' in arguments else 'written'}")
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
