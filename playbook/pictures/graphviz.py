"""Graphviz, which makes SVG and PNG of DOT: its program `dot` where there is one, else the extra `svg`."""

from __future__ import annotations

import shutil
import subprocess

from playbook.diagnostics import Diagnostic, PlaybookError

TIMEOUT = 60.0
"""Seconds that a picture may take."""
_DENSITY = 144
"""Dots per inch of a PNG: text stays sharp when it is printed."""


def drawn(text: str, form: str) -> bytes:
    """What Graphviz makes of DOT: `svg` without anything around it, or `png`.

    Raises:
        PlaybookError: Graphviz is not there (PB422), or could not do it (PB423).
    """
    density = f"-Gdpi={_DENSITY}" if form == "png" else "-Gdpi=72"
    program = shutil.which("dot")
    made = _by_program(program, text, form, density) if program else _by_library(text, form, density)
    return made[made.index(b"<svg") :] if form == "svg" and b"<svg" in made else made


def _by_program(program: str, text: str, form: str, density: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - the name is ours, and what is drawn comes in as data
            [program, f"-T{form}", density],
            input=text.encode("utf-8", "replace"),
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _failed(f"it took more than {TIMEOUT:g} seconds") from None
    except OSError as fault:
        raise _failed((fault.strerror or "it could not be started").lower()) from None
    if done.returncode or not done.stdout:
        rows = done.stderr.decode("utf-8", "replace").split("\n")
        raise _failed(rows[0].strip().lower() or f"exit code {done.returncode}")
    return done.stdout


def _by_library(text: str, form: str, density: str) -> bytes:
    try:
        import pygraphviz
    except ImportError:
        message = "there is no Graphviz here: neither its program `dot` nor the extra `svg`"
        hint = "install Graphviz, or `pip install 'crisis-playbook[svg]'`; `--format mermaid` and `dot` need neither"
        raise PlaybookError([Diagnostic("PB422", message, hint=hint)]) from None
    try:
        return bytes(pygraphviz.AGraph(string=text).draw(format=form, prog="dot", args=density))
    except (OSError, ValueError, RuntimeError) as fault:
        raise _failed(str(fault).split("\n")[0].lower()) from None


def _failed(why: str) -> PlaybookError:
    message = f"Graphviz could not draw it: {why.rstrip('.')}"
    return PlaybookError([Diagnostic("PB423", message, hint="draw less: `--depth 0`, or `--collapse PROTOCOL`")])
