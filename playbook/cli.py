"""The command line: the app, its exit codes, and the one place where a fault becomes a message.

0 done, 1 findings, 2 cannot run (usage or input), 3 a fault of ours, 4 answers are missing, 75 paused and saved, 130 interrupted.
"""

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import typer

from playbook import __version__
from playbook.commands import init, list, show, triage  # noqa: A004 - the verb is called that
from playbook.diagnostics import PlaybookError

OUR_FAULT, INTERRUPTED = 3, 130

app = typer.Typer(
    name="playbook",
    help="Crisis response as code: be led through a case, and get a reply to paste, actions with owners and deadlines, and the reasons.",
    epilog="Start here: playbook triage",
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)
app.command("triage")(triage.run)
app.command("list")(list.run)
app.command("show")(show.run)
app.command("init")(init.run)


def _version(wanted: bool) -> None:  # noqa: FBT001 - the shape that typer calls
    if wanted:
        print(f"playbook {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Show the version and exit.")] = False,  # noqa: FBT002
) -> None:
    """Take the options that stand before a verb."""
    del version


def run() -> NoReturn:
    """Run the app on the process's arguments and exit."""
    try:
        app(standalone_mode=True)
    except PlaybookError as fault:
        from playbook.report import tell

        tell(fault.diagnostics)
        sys.exit(fault.exit_code)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.exit(_closed_pipe())
    except Exception:  # noqa: BLE001 - the one catch: whatever it is, it is ours
        from playbook.report import our_fault

        our_fault()
        sys.exit(OUR_FAULT)
    sys.exit(0)


def _closed_pipe() -> int:
    """Whoever read our output has gone: say nothing more, and do not fail again at exit."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
