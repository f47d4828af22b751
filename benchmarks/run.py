"""Run every benchmark of this folder, one after the other, and print what each prints.

    python benchmarks/run.py [name…]                      # names such as `startup`, to run only these
    python benchmarks/run.py --write docs/benchmarks.md   # all of them, and put what they print into that page

The exit code is 1 where a limit is missed or a benchmark fails. One that fails leaves the page as it was; a limit that
is missed is written down as it is.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
BEGIN, END = "<!-- measured -->", "<!-- end of what is measured -->"
MISSED = "MISSED"
"""What a benchmark prints behind a limit that it misses; it exits with 1 then."""


class Ran(NamedTuple):
    """One benchmark: what it printed, and how it ended."""

    name: str
    printed: str
    code: int

    @property
    def failed(self) -> bool:
        """Whether it ended otherwise than with its table."""
        return not self.printed.strip() or (self.code != 0 and MISSED not in self.printed)


def names() -> list[str]:
    """The benchmarks, by file name: all in this folder but this file."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem != Path(__file__).stem)


def machine() -> str:
    """When this is measured, and what the figures hold for."""
    today = date.today().isoformat()  # noqa: DTZ011 - the day on the clock of whoever measures
    return f"{today}, {platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores"


def run(name: str) -> Ran:
    """Run one benchmark and print its table; its messages are passed through."""
    print(f"\n== {name}", flush=True)
    command = [sys.executable, str(HERE / f"{name}.py")]
    env = {**os.environ, "PYTHONUTF8": "1"}  # a pipe takes every letter of a table
    done = subprocess.run(command, cwd=HERE.parent, env=env, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    print(done.stdout, end="", flush=True)
    return Ran(name, done.stdout, done.returncode)


def block(head: str, ran: list[Ran]) -> str:
    """What stands between the markers of a page, in Markdown."""
    tables = [f"`{each.name}`:\n\n```text\n{each.printed.strip(chr(10))}\n```" for each in ran]
    return "\n\n".join([BEGIN, f"Measured on {head}.", *tables, END])


def written(page: str, text: str) -> str:
    """The page with `text` in place of what stood between the markers, these included.

    Raises ValueError where the page does not have both, once and in their order.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end) or BEGIN in rest or END in after:
        message = f"the page must have `{BEGIN}` and below it `{END}`, each once"
        raise ValueError(message)
    return before + text + after


def asked() -> argparse.Namespace:
    """What the command line asks for; a page that cannot be written is refused now, and not after minutes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", nargs="*", help="only these: " + ", ".join(names()))
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put all that is printed into this page")
    options = parser.parse_args()
    if strangers := set(options.name) - set(names()):
        parser.error(f"no benchmark is called {', '.join(sorted(strangers))}; there are {', '.join(names())}")
    if options.write and options.name:
        parser.error("a page holds all benchmarks: leave the names out")
    if options.write:
        try:
            written(options.write.read_text(encoding="utf-8"), "")
        except (OSError, ValueError) as fault:
            parser.error(str(fault))
    return options


def main() -> int:
    """Run those that are named, or all; 1 where one missed a limit or failed."""
    options = asked()
    print(head := machine())
    ran = [run(name) for name in options.name or names()]
    failed = [each.name for each in ran if each.failed]
    missed = [each.name for each in ran if each.code and not each.failed]
    for said, found in (("failed", failed), ("missed a limit", missed)):
        if found:
            print(f"\n{said}: {', '.join(found)}", file=sys.stderr)
    if options.write and not failed:
        page = options.write.read_text(encoding="utf-8")
        options.write.write_text(written(page, block(head, ran)), encoding="utf-8")
        print(f"\n{options.write}: written")
    return int(bool(failed or missed))


if __name__ == "__main__":
    sys.exit(main())
