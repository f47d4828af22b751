"""Hold the JSON Schemas against yaml-language-server, as an editor uses them, and print what came of it as a table.

    python -m tools.editors node_modules/.bin/yaml-language-server

It opens every file of the pack that ships and of one that was scaffolded (nothing may be marked), and files with a
fault planted (the right lines must be marked), rests the pointer on keys, and asks what may be written. 1 where
something is not as it should be.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playbook.scaffold import serving
from tools.languageserver import Server
from tools.pages import table

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
DELIVERY, PLAYBOOK, CASES = "protocols/delivery.yaml", "playbook.yaml", "protocols/delivery.scenarios.yaml"
FAULTS = (
    (DELIVERY, "version: 1.0.0", "version: 1.0", 1),
    (DELIVERY, "review_by: 2027", "review_by: 27", 1),
    (DELIVERY, "owner: logistics", "owners: logistics", 2),
    (DELIVERY, "owner: logistics", "owner: Logistics", 1),
    (DELIVERY, "worse: higher", "worse: more", 1),
    (DELIVERY, "level: 2", "level: 4", 1),
    (DELIVERY, "within: 4h", "within: soon", 1),
    (DELIVERY, "- do:", "- does:", 1),
    (DELIVERY, "steps:", "stepz:", 2),
    (PLAYBOOK, "register: tu", "register: vos", 1),
    (PLAYBOOK, "locales: [es, en]", "locales: es", 1),
    (PLAYBOOK, "name: Olmeda", "name:", 1),
    (CASES, "outcome: send_what_was_ordered", "outcome:", 1),
    (CASES, "channel: x", "canal: x", 1),
)
"""A file, a piece of it, what is planted there, and how many lines are marked: a lacking key marks its map too."""
HOVERS = (
    (DELIVERY, "review_by:", "Left out: nobody is reminded"),
    (DELIVERY, "worse:", "`higher`"),
    (DELIVERY, "use:", "Shared files"),
    (DELIVERY, "level:", "crisis"),
    (DELIVERY, "within:", "2wd"),
    (PLAYBOOK, "register:", "`usted`"),
    (CASES, "principle:", "principle that decides it"),
)
"""A file, the first place where this key stands, and a piece of what is shown there."""
HEAD = "# yaml-language-server: $schema={}schema/{}.schema.json\n"
OFFERS = (
    ("protocol", "protocol: a\n@", "review_by steps outcomes red_lines"),
    ("protocol", "outcomes:\n  a:\n    level: @", "0 1 2 3"),
    ("protocol", "outcomes:\n  a:\n    title: T\n    @", "because reply follow_up approval"),
    ("protocol", "questions:\n  a:\n    ask: A\n    @", "choices number yes_no text unknown worse"),
    ("protocol", "questions:\n  a:\n    ask: A\n    worse: @", "later earlier higher lower more"),
    ("protocol", "steps:\n  a: @", "ask check"),
    ("shared", "@", "questions facts first"),
    ("playbook", "lint:\n  @", "PB601 PB623"),
    ("playbook", "lint:\n  PB601: @", "error warning"),
    ("playbook", "register: @", "tu usted"),
    ("playbook", "channels:\n  @", "x whatsapp sms"),
    ("scenarios", "scenarios:\n  - name: N\n    channel: @", "x whatsapp sms"),
    ("scenarios", "scenarios:\n  - name: N\n    expect:\n      @", "outcome level actions reply"),
)
"""A kind of file, its text with the pointer at `@`, and some of what must be offered there."""

MOST = 9
"""How many offers are shown."""


class Row(NamedTuple):
    """What was looked at, what came of it, and whether it is as it should be."""

    looked: str
    found: str
    right: bool


def valid(server: Server, folder: Path, what: str) -> Iterator[Row]:
    """Every YAML file of a pack, as it is."""
    files = [folder / PLAYBOOK, *sorted((folder / "protocols").rglob("*.yaml"))]
    marked = [each.name for each in files if server.diagnostics(each.as_uri(), each.read_text(encoding="utf-8"))]
    yield Row(f"the files of {what}", f"{len(files)} opened, {', '.join(marked) or 'nothing'} marked", not marked)


def faults(server: Server) -> Iterator[Row]:
    """Files with a fault planted."""
    for number, (file, old, planted, many) in enumerate(FAULTS):
        text = (ROOT / file).read_text(encoding="utf-8")
        at = text.index(old)
        line = text.count("\n", 0, at) + 1
        uri = _beside(file, f"fault{number}")
        found = server.diagnostics(uri, text.replace(old, planted, 1))
        lines = sorted({each["range"]["start"]["line"] + 1 for each in found})
        said = next((each["message"] for each in found if each["range"]["start"]["line"] + 1 == line), "nothing")
        yield Row(f"`{planted}` in `{file}`, line {line}", f"line {line}: {said}", line in lines and len(lines) == many)
        server.closes(uri)


def hovers(server: Server) -> Iterator[Row]:
    """The pointer on a key."""
    for number, (file, key, piece) in enumerate(HOVERS):
        text = (ROOT / file).read_text(encoding="utf-8")
        line, own = next((n, own) for n, own in enumerate(text.splitlines(), 1) if own.lstrip(" -").startswith(key))
        uri = _beside(file, f"hover{number}")
        server.diagnostics(uri, text)
        shown = server.hover(uri, line, own.index(key) + 2)
        told = next((each for each in shown.splitlines() if each and not each.startswith("#")), "nothing")
        yield Row(f"the pointer on `{key}` in `{file}`", told, piece in shown)
        server.closes(uri)


def offers(server: Server) -> Iterator[Row]:
    """What may be written at a place."""
    for number, (kind, text, wanted) in enumerate(OFFERS):
        folder = "" if kind == "playbook" else "../../" if kind == "shared" else "../"
        where = {"playbook": "x.yaml", "shared": "protocols/shared/x.yaml"}.get(kind, "protocols/x.yaml")
        before, _, _ = whole = (HEAD.format(folder, kind) + text).partition("@")
        uri = _beside(where, f"offer{number}")
        server.diagnostics(uri, whole[0] + whole[2])
        line = before.count("\n") + 1
        labels = server.completion(uri, line, len(before) - before.rfind("\n"))
        offered = [f"`{each}`" for each in dict.fromkeys(labels)]
        shown = ", ".join((*offered[:MOST], *(("…",) if len(offered) > MOST else ())))
        place = " / ".join(line.strip() for line in text.splitlines())
        right = set(wanted.split()) <= set(labels)
        yield Row(f"completing `{place}` ({kind})", shown or "nothing", right)


def _beside(file: str, name: str) -> str:
    """The address of a text that stands nowhere, in the folder of a file."""
    return (ROOT / file).with_name(f"{name}.yaml").as_uri()


def main(command: list[str]) -> int:
    """Print the table; 1 where a row is wrong."""
    with tempfile.TemporaryDirectory() as room, Server([*command, "--stdio"], ROOT) as server:
        folder = Path(room) / "pack"
        serving.new_pack(folder, ["es", "en"], date(2026, 11, 24))
        rows = [
            *valid(server, ROOT, "the pack that ships"),
            *valid(server, folder, "a pack from `playbook new pack`"),
            *faults(server),
            *hovers(server),
            *offers(server),
        ]
    print(
        table(
            ("", "what came of it", "right"),
            ((each.looked, each.found, "yes" if each.right else "NO") for each in rows),
        )
    )
    return int(not all(each.right for each in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
