"""The tables of the documents, taken from the program itself, so that they cannot drift. Called from cog's marks."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from typer.testing import CliRunner

from playbook import channels, shape
from playbook.cli import app
from playbook.lint.pages import every, meanings
from playbook.shape import Named, Several, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.lint.pages import Page

ROOT = Path(__file__).resolve().parent.parent
FEW = 3  # keys that are named rather than referred to
CODE = re.compile(r"PB[0-9]{3}")
KINDS = {
    shape.TEXT: "text, by locale",
    shape.STRING: "text",
    shape.RAW: "see below",
    shape.SIDE: "template or own words",
    shape.AVOID: "text, or `say` and `when`",
    shape.UNIT: "unit",
}
UNITS = {
    "characters": "characters",
    "utf16": "UTF-16 units",
    "utf8": "UTF-8 bytes",
    "graphemes": "graphemes",
    "weighted": "as X weighs them",
    "mastodon": "as Mastodon counts them",
    "emoji_bytes": "characters, emoji as UTF-8 bytes",
    "segments": "SMS segments",
}
"""Each unit of `channels.json` in words."""


def table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |" for line in lines)


def keys(*names: str) -> str:
    """The keys of the shapes called `names` in `playbook.shape`, each with what it holds and means."""
    parts = [table(("key", "holds", "means"), _rows(getattr(shape, name))) for name in names]
    return "\n\n".join(parts)


def _rows(described: Shape) -> Iterator[tuple[str, ...]]:
    for key in described.keys:
        name = f"**`{key.name}`**" if key.required else f"`{key.name}`"
        yield name, kind(key.reads), key.doc


def kind(reads: shape.Reads) -> str:
    """What a key holds, in words."""
    if isinstance(reads, Shape):
        names = [f"`{key.name}`" for key in reads.keys]
        return ", ".join(names) if len(names) < FEW else f"a map, see below: {reads.word}"
    if isinstance(reads, Several):
        return f"a list: {kind(reads.of)}"
    if isinstance(reads, Named):
        return f"a map of ids: {kind(reads.of)}"
    return KINDS.get(reads, reads)


def channel_table() -> str:
    """Every channel that ships."""
    heads = ("id", "channel", "at most", "private", "thread", "answer within", "checked", "source")
    return table(heads, (_channel(each) for each in channels.shipped().values()))


def _channel(each: channels.Channel) -> tuple[str, ...]:
    limits = ", ".join(f"{limit.count} {UNITS[limit.unit]}" for limit in each.limits) or "no limit known"
    source = f"[source]({each.source})" if each.source and each.source.startswith("https://") else each.source or ""
    return (
        f"`{each.id}`",
        each.name.say("en"),
        limits + ("" if each.certain else " (uncertain)"),
        "yes" if each.private else "",
        "yes" if each.thread else "",
        each.answer_within or "",
        each.checked or "",
        source,
    )


def verbs() -> list[str]:
    """The names of the commands, in the order of the help."""
    return [str(each.name) for each in app().registered_commands]


def help_text(*command: str) -> str:
    """What `playbook COMMAND -h` prints, at the width of a page."""
    done = CliRunner().invoke(app(), [*command, "-h"], prog_name="playbook", env={"COLUMNS": "88"}, terminal_width=88)
    if done.exit_code:
        raise typer.Exit(done.exit_code) from done.exception
    return "\n".join(line.rstrip() for line in done.output.strip().splitlines())


def helps() -> str:
    """Every command with its help, as chapters."""
    chapters = [f"## playbook\n\n```text\n{help_text()}\n```"]
    chapters += [f"## playbook {verb}\n\n```text\n{help_text(verb)}\n```" for verb in verbs()]
    return "\n\n".join(chapters)


def codes() -> dict[str, list[str]]:
    """Every code that the program gives, with the files that give it."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "playbook").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found.setdefault(node.value, []).append(path.name)
    return dict(sorted(found.items()))


def rule_pages() -> str:
    """The pages of all rules of `playbook lint`, as chapters."""
    return "\n\n".join(_chapter(each, "##") for each in every() if each.name)


def _chapter(page: Page, heading: str) -> str:
    """A page under its code; its own chapters are only set in bold."""
    body = re.sub(r"^## (.+)$", r"**\1**", page.page.rstrip(), flags=re.MULTILINE)
    return f"{heading} {page.code}\n\n{page.title}.\n\n{body}"


def code_tables() -> str:
    """A chapter for each group of codes: a table, and the pages of those that are no rules.

    KeyError where a code has no meaning or a meaning no code.
    """
    explained = {code: text for chapter in meanings().values() for code, text in chapter.items()}
    odd = explained.keys() ^ codes().keys()
    if odd:
        message = f"in the program or in playbook/codes/codes.toml, not in both: {', '.join(sorted(odd))}"
        raise KeyError(message)
    known = {each.code: each for each in every()}
    return "\n\n".join(_group(title, chapter, known) for title, chapter in meanings().items())


def _group(title: str, chapter: dict[str, str], known: dict[str, Page]) -> str:
    linked = {code: f"rules.md#{code.lower()}" if known[code].name else f"#{code.lower()}" for code in chapter}
    rows = ((f"[`{code}`]({linked[code]})", text) for code, text in chapter.items())
    pages = [_chapter(known[code], "###") for code in chapter if not known[code].name]
    return "\n\n".join((f"## {title}", table(("code", "what is wrong"), rows), *pages))


def action() -> str:
    """The inputs of the action for GitHub."""
    import yaml

    inputs = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    rows = (
        (f"`{name}`", each["description"], f"`{each['default']}`" if each["default"] else "")
        for name, each in inputs.items()
    )
    return table(("input", "means", "where it is left out"), rows)
