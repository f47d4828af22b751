"""The pages of codes, run: their files are laid over a small pack, and their commands are typed in its folder."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playbook import cli
from playbook.loader import load
from playbook.replies import vetting
from playbook.scenarios.reading import read
from tests.rule_world import MARK, blocks, laid
from tools.consoles import FENCE, NOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pytest

    from playbook.diagnostics import Diagnostic

ROOT = Path(__file__).resolve().parent.parent
_ALONE = re.compile(r"(?:[A-Z_]+=\S+ )*playbook ")
_ENVIRONMENT = re.compile(r"([A-Z_]+)=(\S+)")


def chapter(page: str, name: str) -> str:
    """The text of a chapter."""
    return page.partition(f"## {name}\n")[2].partition("\n## ")[0] + "\n"


def pieces(page: str, name: str) -> dict[str, str]:
    """The pieces of files in a chapter."""
    return {path: body for path, body in blocks(page, name).items() if path}


def commands(page: str, name: str) -> list[str]:
    """The lines of the shell in a chapter."""
    fences = FENCE.finditer(chapter(page, name))
    return [line for fence in fences if fence["word"] == "sh" for line in fence["body"].splitlines()]


def diagnosed(files: Mapping[str, str]) -> list[Diagnostic]:
    """Every fault that is found in a pack before anything is done with it."""
    loaded = load({path: text.encode() for path, text in files.items()})
    found = [*loaded.diagnostics]
    if loaded.pack is not None:
        for name in loaded.pack.protocols:
            found += [*vetting.check(loaded.pack, name), *read(loaded.pack, name).diagnostics]
    return list(dict.fromkeys(found))


class Room:
    """A folder with a pack, in which commands are typed."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self.patch, self.capture = folder, patch, capture
        patch.chdir(folder)
        patch.setenv("CRISIS_PLAYBOOK_NOW", NOW)
        patch.setenv("PATH", os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
        patch.setenv("PYTHONPATH", str(ROOT))
        patch.delenv("GITHUB_ACTIONS", raising=False)

    def lay(self, page: str, name: str) -> None:
        """The pack, with the pieces of a chapter laid over it."""
        for path, text in laid(pieces(page, name)).items():
            place = self.folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")

    def typed(self, page: str, name: str) -> Iterator[tuple[str, str]]:
        """Each command of a chapter with all that it writes."""
        for line in commands(page, name):
            command = MARK.sub("", line).strip()
            yield line, self.ours(command) if _ALONE.match(command) else self.shell(command)

    def ours(self, command: str) -> str:
        """What our program writes, in this process."""
        words = shlex.split(command)
        with self.patch.context() as patch:
            while named := _ENVIRONMENT.fullmatch(words[0]):
                patch.setenv(named[1], named[2])
                words.pop(0)
            patch.setattr(sys, "argv", words)
            cli.run()
        written = self.capture.readouterr()
        return written.out + written.err

    def shell(self, command: str) -> str:
        """What a shell writes. What only prepares must work."""
        done = subprocess.run(["sh", "-c", command], cwd=self.folder, capture_output=True, text=True, check=False)  # noqa: S607
        assert done.returncode == 0 or "python -m playbook" in command, done.stderr
        return done.stdout + done.stderr
