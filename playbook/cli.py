"""The command line: the app, its exit codes, and the one place where a fault becomes a message.

0 done, 1 findings, 2 cannot run (usage or input), 3 a fault of ours, 4 answers are missing, 75 paused and saved,
130 interrupted.
"""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated, Any

import typer

from playbook import __version__
from playbook.diagnostics import Diagnostic, PlaybookError

if TYPE_CHECKING:
    from collections.abc import Iterable

DONE, CANNOT_RUN, OUR_FAULT = 0, 2, 3
FULL = {errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EDQUOT, errno.EBADF}
"""What a stream that takes no more fails with."""

USAGE: type[Exception] = typer.BadParameter.__mro__[2]
"""Whatever typer refuses; it only shows one kind of it by name."""

VERBS = (
    "triage",
    "list",
    "show",
    "lint",
    "rule",
    "test",
    "verify",
    "init",
)
"""Each a module of `playbook.commands`, in the order of the help."""


def app(verbs: Iterable[str] = VERBS) -> typer.Typer:
    """The command line with these verbs: a run that names its verb need not load the others."""
    whole = typer.Typer(
        name="playbook",
        help="Crisis response as code: be led through a case, and get a reply to paste, actions with owners and "
        "deadlines, and the reasons.",
        epilog="Start here: playbook triage",
        context_settings={"help_option_names": ["-h", "--help"]},
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
    )
    whole.callback()(root)
    for verb in verbs:
        whole.command(verb)(import_module(f"playbook.commands.{verb}").run)
    return whole


def _asked(arguments: list[str]) -> tuple[str, ...]:
    """The verb that is asked for; all, where none stands first (a help, a completion, a word that is no verb)."""
    return tuple(arguments[:1]) if arguments and arguments[0] in VERBS else VERBS


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"playbook {__version__}")
        raise typer.Exit


def root(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Take the options that stand before a verb."""
    del version


def run() -> int:
    """Run the app on the process's arguments; the exit code."""
    try:
        _prepare()
        code = _run()
        sys.stdout.flush()
    except PlaybookError as fault:
        from playbook.report import tell

        tell(fault.diagnostics)
        return fault.exit_code
    except BrokenPipeError:
        return _reader_gone()
    except Exception as fault:  # noqa: BLE001 - the one catch: whatever it is, it is ours
        return _told(fault)
    return code


def _run() -> int:
    stdout = sys.stdout
    try:
        code = app(_asked(sys.argv[1:]))(standalone_mode=False)
    except USAGE as fault:
        return _misused(fault)
    except SystemExit as ended:
        if sys.stdout is not stdout:  # exchanged for one that swallows what nobody reads any more
            raise BrokenPipeError from None
        return ended.code if isinstance(ended.code, int) else DONE
    return code if isinstance(code, int) else DONE


def _misused(fault: Any) -> int:  # noqa: ANN401 - typer does not show its own type
    """Tell of an unknown option or a missing value: as typer does, with `--json` as the document of an error."""
    if "--json" not in sys.argv:
        fault.show()
        return CANNOT_RUN
    from playbook import contract
    from playbook.output import put_json

    message = str(fault.format_message()).rstrip(".")
    put_json(contract.failed([Diagnostic("PB409", message[:1].lower() + message[1:], hint="see `--help`")]))
    return CANNOT_RUN


def _prepare() -> None:
    """Have three streams that can be used: what is closed leads nowhere, and no letter is too strange to be written.

    Raises PlaybookError where there is nowhere to write to.
    """
    closed = sys.stdout is None
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - open to the end
        elif isinstance(stream, TextIOWrapper) and name != "stdin" and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")
    if closed:
        raise PlaybookError([Diagnostic("PB406", "standard output is closed: there is nowhere to write to")])


def _reader_gone() -> int:
    """Whoever read our output has enough: say nothing more, and do not fail again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return DONE


def _told(fault: Exception) -> int:
    """Tell of a stream that takes no more (its errors name no file), or of a fault of ours; the exit code."""
    from playbook.report import our_fault, tell

    if isinstance(fault, OSError) and fault.errno in FULL and fault.filename is None:
        tell([Diagnostic("PB407", f"cannot write to standard output: {os.strerror(fault.errno).lower()}")])
        setattr(sys, "stdout", None)  # noqa: B010 - what it still holds would fail again at exit
        return CANNOT_RUN
    our_fault(fault, os.environ)
    return OUR_FAULT
