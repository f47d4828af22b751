"""Print a pip constraints file that holds each dependency in pyproject.toml to its lower bound.

Only what `pip install crisis-playbook` brings is held down: the developers' tools may be new.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

LOWER = re.compile(r"(?P<name>[A-Za-z0-9._-]+)>=(?P<version>[0-9][0-9.]*)")


def constraints(pyproject: str) -> list[str]:
    """The lines `name==lower bound`; a dependency without a lower bound is a `ValueError`."""
    lines = []
    for requirement in tomllib.loads(pyproject)["project"]["dependencies"]:
        found = LOWER.match(requirement)
        if found is None:
            message = f"no lower bound: {requirement}"
            raise ValueError(message)
        lines.append(f"{found['name']}=={found['version']}")
    return lines


if __name__ == "__main__":
    root = Path(__file__).resolve().parent.parent
    print("\n".join(constraints((root / "pyproject.toml").read_text(encoding="utf-8"))))
