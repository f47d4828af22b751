"""Graphviz, which makes SVG and PNG of DOT: its program `dot` where there is one, else the extra `svg`.

The extra runs in a process of its own as well. It brings its own copies of libraries that WeasyPrint takes from the
system, and two of them in one process crash; and a drawing that takes too long can be stopped.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec

from playbook.diagnostics import Diagnostic, PlaybookError

TIMEOUT = 60.0
"""Seconds that a picture may take."""
_DENSITY = {"svg": "-Gdpi=72", "png": "-Gdpi=144"}
"""Dots per inch: the text of a PNG stays sharp when it is printed."""
_EXTRA = (
    "import sys, pygraphviz; graph = pygraphviz.AGraph(string=sys.stdin.read()); "
    "sys.stdout.buffer.write(graph.draw(format=sys.argv[1], prog='dot', args=sys.argv[2]))"
)


def drawn(text: str, form: str) -> bytes:
    """What Graphviz makes of DOT: `svg` without anything around it, or `png`.

    Raises:
        PlaybookError: Graphviz is not there (PB422), or could not do it (PB423).
    """
    command = [*_command(form), _DENSITY[form]]
    try:
        done = subprocess.run(  # noqa: S603 - the command is ours, and what is drawn comes in as data
            command, input=text.encode("utf-8", "replace"), capture_output=True, timeout=TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired:
        raise _failed(f"it took more than {TIMEOUT:g} seconds") from None
    except OSError as fault:
        raise _failed((fault.strerror or "it could not be started").lower()) from None
    made = done.stdout
    if done.returncode or not made:
        rows = done.stderr.decode("utf-8", "replace").strip().split("\n")
        raise _failed(rows[-1].lower() or f"exit code {done.returncode}")
    return made[made.index(b"<svg") :] if form == "svg" else made


def _command(form: str) -> list[str]:
    program = shutil.which("dot")
    if program:
        return [program, f"-T{form}"]
    if find_spec("pygraphviz"):
        return [sys.executable, "-P", "-X", "utf8", "-c", _EXTRA, form]  # -P: nothing from the folder one stands in
    message = "there is no Graphviz here: neither its program `dot` nor the extra `svg`"
    hint = "install Graphviz, or `pip install 'crisis-playbook[svg]'`; `--format mermaid` and `dot` need neither"
    raise PlaybookError([Diagnostic("PB422", message, hint=hint)])


def _failed(why: str) -> PlaybookError:
    message = f"Graphviz could not draw it: {why.rstrip('.')}"
    return PlaybookError([Diagnostic("PB423", message, hint="draw less: `--depth 0`, or `--collapse PROTOCOL`")])
