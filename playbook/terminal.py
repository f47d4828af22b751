r"""What the terminal is, and what may be sent to it.

`safe` is the one function that makes outside text harmless to look at: whatever could move the cursor, set the
clipboard, turn the reading direction or hide is shown as its escape (`\x1b`). It changes only what is shown, never
what is copied or saved.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_BLANK = (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x2800, 0x3164, 0xFFA0)
_VARIANTS = (*range(0xFE00, 0xFE0E), *range(0xE0100, 0xE01F0))
HIDDEN = frozenset(map(chr, (*_BLANK, *_VARIANTS)))
"""Letters and marks that are drawn as nothing: fillers, and variation selectors other than text or emoji style."""
JOINER = "\u200d"
SMALLEST = (40, 14)
"""Columns and lines below which prompts that draw are no help."""
TIMEOUT = 2.0
"""Seconds that a clipboard program may take."""
LONGEST_OSC = 74_994
"""Bytes of base64 that terminals agree to take in one OSC 52 sequence."""
STAND_INS = str.maketrans(
    {"·": "-", "•": "*", "●": "*", "✓": "+", "→": "->", "↩": "<", "–": "-", "—": "-", "…": "...", "€": "EUR"}
    | {"«": '"', "»": '"', "“": '"', "”": '"', "‘": "'", "’": "'", "¿": "", "¡": ""}
    | {"✗": "x", "│": "|", "≠": "!"}
)


class Stream(Protocol):
    """The part of a text stream that is asked for here."""

    @property
    def encoding(self) -> str:
        """The name of the encoding it writes."""
        ...

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        ...

    def write(self, text: str, /) -> object:
        """Write text."""
        ...

    def flush(self) -> object:
        """Send what was written on its way."""
        ...


def safe(text: str, keep: str = "\n\t") -> str:
    r"""`text` with everything a terminal could obey, or that hides, written out: ESC as `\x1b`, U+202E as `\u202e`.

    Args:
        text: Anything from outside: a pack's text, a file name, what was typed or pasted.
        keep: Control characters that stay, by default line feed and tab.
    """
    bare = text.translate(dict.fromkeys(map(ord, keep)))
    if bare.isprintable() and HIDDEN.isdisjoint(bare):
        return text
    return "".join(each if _harmless(text, at) or each in keep else _escape(ord(each)) for at, each in enumerate(text))


def _harmless(text: str, at: int) -> bool:
    import unicodedata

    each = text[at]
    if each == JOINER:  # harmless only where it joins two pictures, as in a family or a profession
        before = text[:at].rstrip("\ufe0f")[-1:]
        after = text[at + 1 : at + 2]
        return bool(before and after) and {unicodedata.category(before), unicodedata.category(after)} <= {"So", "Sk"}
    return each not in HIDDEN and unicodedata.category(each) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _escape(code: int) -> str:
    if code < 0x100:  # noqa: PLR2004 - what two hexadecimal digits hold
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004 - as above


def encodable(text: str, encoding: str | None) -> str:
    """`text` as far as `encoding` can write it: a stand-in if there is one, the letter without its accent, or `?`."""
    coding = encoding or "utf-8"
    try:
        text.encode(coding)
    except (UnicodeEncodeError, LookupError):
        return "".join(_stand_in(each, coding) for each in text)
    return text


def _stand_in(each: str, coding: str) -> str:
    import unicodedata

    for attempt in (each, each.translate(STAND_INS), unicodedata.normalize("NFD", each)[0]):
        try:
            attempt.encode(coding)
        except UnicodeEncodeError:
            continue
        except LookupError:
            return each if each.isascii() else "?"
        return attempt
    return "?"


def put(stream: Stream, text: str) -> None:
    """Write `text` made safe and encodable, and flush: the one way from here to a plain stream."""
    stream.write(encodable(safe(text), stream.encoding))
    stream.flush()


def size() -> tuple[int, int]:
    """Columns and lines of the terminal (80 by 24 where nobody knows)."""
    columns, lines = shutil.get_terminal_size()
    return columns, lines


def called(arguments: Sequence[str], whole: Sequence[str], path: str | None = None) -> tuple[str, ...]:
    """The words that start this program again from here: its name where the shell finds it by that, else as it was.

    Args:
        arguments: `sys.argv`.
        whole: `sys.orig_argv`, for a program started as a module.
        path: Where the shell looks; None: `PATH`.
    """
    own = Path(arguments[0])
    if own.name == "__main__.py":
        return tuple(whole[: len(whole) - len(arguments) + 1])
    found = shutil.which(own.stem, path=path)
    same = found is not None and Path(found).resolve().with_suffix("") == own.resolve().with_suffix("")
    return (own.stem if same else arguments[0],)


def is_dumb(environ: Mapping[str, str]) -> bool:
    """Whether the terminal says it can only print (`TERM=dumb`, or an editor's shell)."""
    return environ.get("TERM", "").lower() in {"dumb", "emacs"}


def colour_allowed(environ: Mapping[str, str], stream: Stream) -> bool:
    """Whether colour may be used: a terminal that is not dumb, and no `NO_COLOR` (any value but an empty one)."""
    return stream.isatty() and not is_dumb(environ) and not environ.get("NO_COLOR")


def wants_plain(environ: Mapping[str, str], stream: Stream, room: tuple[int, int]) -> bool:
    """Whether prompts that draw would be no help: a terminal dumb, too small, or without their signs."""
    small = room[0] < SMALLEST[0] or room[1] < SMALLEST[1]
    return small or is_dumb(environ) or encodable("●", stream.encoding) != "●"


class Tool(Record):
    """A program that fills the clipboard from its standard input, and the variable without which it has no screen."""

    command: tuple[str, ...]
    needs: str = ""
    coding: str = "utf-8"


TOOLS = (
    Tool(("wl-copy",), "WAYLAND_DISPLAY"),
    Tool(("xclip", "-selection", "clipboard"), "DISPLAY"),
    Tool(("xsel", "--clipboard", "--input"), "DISPLAY"),
    Tool(("pbcopy",)),
    Tool(("clip.exe",), coding="utf-16"),  # with its byte order mark: otherwise accents are read by the code page
    Tool(("termux-clipboard-set",)),
)


def copy(text: str, stream: Stream, environ: Mapping[str, str]) -> str | None:
    """Copy `text`, and say by what: a program's name (sure), `OSC 52` (sent; the terminal never answers), or None.

    Both ways are used where both are there: over SSH only the terminal can reach the clipboard of the person who reads.
    """
    sent = _copy_by_terminal(text, stream, environ)
    for tool in TOOLS:
        if (not tool.needs or environ.get(tool.needs)) and _copy_by_program(text, tool, environ):
            return tool.command[0]
    return "OSC 52" if sent else None


def _copy_by_terminal(text: str, stream: Stream, environ: Mapping[str, str]) -> bool:
    from base64 import b64encode

    if not stream.isatty() or is_dumb(environ) or environ.get("TERM") == "linux":
        return False  # the text console has no clipboard
    load = b64encode(text.encode("utf-8", "replace")).decode("ascii")
    if len(load) > LONGEST_OSC:
        return False
    stream.write(f"\x1b]52;c;{load}\x07")
    stream.flush()
    return True


def _copy_by_program(text: str, tool: Tool, environ: Mapping[str, str]) -> bool:
    import subprocess

    program = shutil.which(tool.command[0], path=environ.get("PATH", os.defpath))
    if program is None:
        return False
    try:
        # Its output goes nowhere: these programs stay in the background and would keep a pipe open.
        done = subprocess.run(  # noqa: S603 - a fixed list of programs, never a shell
            [program, *tool.command[1:]],
            input=text.encode(tool.coding, "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT,
            check=False,
            env={**environ, "LC_CTYPE": "UTF-8"} if program.endswith("pbcopy") else dict(environ),
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
