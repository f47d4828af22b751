"""The command line as a whole: help, version, streams that fail, faults of ours, completion."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pexpect
import pytest

from playbook import __main__, __version__, cli, report
from tests.desk_world import CASE, NOW, run, write

ROOT = Path(__file__).parents[1]
SCRIPTS = Path(sysconfig.get_path("scripts"))
WHOLE = (*CASE, "--channel", "x", "--no-input")


def shell(folder: Path, line: str, **env: str) -> subprocess.CompletedProcess[str]:
    """A line of shell in which `playbook` is the real program."""
    own = {"CRISIS_PLAYBOOK_NOW": NOW, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}", **env}
    return subprocess.run(
        ["bash", "-c", line],  # noqa: S607 - wherever it is
        cwd=folder,
        env={**os.environ, **own},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


# --- help and version -------------------------------------------------------------------------------


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_the_version_in_one_line(flag: str, tmp_path: Path) -> None:
    done = run(tmp_path, flag)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"playbook {__version__}\n", "")


@pytest.mark.parametrize("flags", [("-h",), ("--help",)])
def test_the_help_says_where_to_start(flags: tuple[str, ...], tmp_path: Path) -> None:
    done = run(tmp_path, *flags)
    assert done.returncode == 0
    assert "Start here: playbook triage" in done.stdout
    assert all(f"  {verb} " in done.stdout for verb in ("triage", "list", "show", "init"))


def test_without_a_verb_the_help_is_shown_and_it_is_a_fault_of_usage(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 2
    assert "Start here: playbook triage" in done.stdout + done.stderr


@pytest.mark.parametrize("arguments", ["nope", "triage --nope", "triage a b", "--nope"])
def test_a_fault_of_usage_is_on_standard_error(arguments: str, tmp_path: Path) -> None:
    done = run(tmp_path, *arguments.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert "Error: " in done.stderr


def test_both_names_are_the_same_program(tmp_path: Path) -> None:
    done = shell(tmp_path, "crisis-playbook --version")
    assert done.stdout == f"playbook {__version__}\n"


# --- streams ----------------------------------------------------------------------------------------


def test_closed_standard_input_is_no_person(tmp_path: Path) -> None:
    done = shell(write(tmp_path), "playbook triage <&-")
    assert done.returncode == 2
    assert done.stderr.startswith("error: standard input is no terminal, so nothing can be asked [PB401]\n")


def test_closed_standard_input_holds_no_answers(tmp_path: Path) -> None:
    done = shell(write(tmp_path), "playbook triage --no-input --answers - <&-")
    assert (done.returncode, done.stdout) == (2, "")
    assert "[PB443]" in done.stderr


def test_closed_standard_input_does_not_hinder_a_case_that_asks_nothing(tmp_path: Path) -> None:
    assert shell(write(tmp_path), f"playbook triage {' '.join(WHOLE)} <&-").returncode == 0


def test_closed_standard_output_is_said(tmp_path: Path) -> None:
    for flag in ("--no-input", "--json"):
        done = shell(write(tmp_path), f"playbook triage {flag} >&-")
        assert done.returncode == 2
        assert done.stderr == "error: standard output is closed: there is nowhere to write to [PB406]\n"


def test_closed_standard_error_changes_no_exit_code(tmp_path: Path) -> None:
    done = shell(write(tmp_path), "playbook triage nope --no-input 2>&-")
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", ["triage --json", "triage --no-input", "--version", "-h", "list"])
def test_a_full_disk_is_said_once(arguments: str, tmp_path: Path) -> None:
    done = shell(write(tmp_path), f"playbook {arguments} >/dev/full")
    assert done.returncode == 2
    assert done.stderr == "error: cannot write to standard output: no space left on device [PB407]\n"


@pytest.mark.parametrize("arguments", ["triage --json", "show parcel", "-h"])
def test_a_reader_that_leaves_early_is_no_fault(arguments: str, tmp_path: Path) -> None:
    done = shell(write(tmp_path), f"playbook {arguments} | (exec <&-; sleep 0.01); echo ${{PIPESTATUS[0]}}")
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_a_reader_that_leaves_in_the_middle_is_no_fault(tmp_path: Path) -> None:
    many = "".join(f"      c{at}: {{es: '{'x' * 150} {at}', en: c}}\n" for at in range(700))
    pack = write(tmp_path)
    text = (pack / "protocols/parcel.yaml").read_text("utf-8")
    (pack / "protocols/parcel.yaml").write_text(text.replace("      gift:", many + "      gift:"), "utf-8")
    done = shell(pack, "playbook triage --json --ui es --set fault=us --set days=12 | head -c 1; echo ${PIPESTATUS[0]}")
    assert done.stdout in {"{0\n", "{4\n"}, "the system may have taken all of it before the reader left"
    assert done.stderr == ""


def test_ctrl_c_while_answers_are_awaited_ends_with_130(tmp_path: Path) -> None:
    arguments = [sys.executable, "-m", "playbook", "triage", "--no-input", "--answers", "-"]
    with subprocess.Popen(
        arguments, cwd=write(tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        assert child.stdin is not None
        until = time.monotonic() + 20
        while "read" not in Path(f"/proc/{child.pid}/wchan").read_text("utf-8") and time.monotonic() < until:
            time.sleep(0.05)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=20)
    assert (child.returncode, out, err) == (130, b"", b"")


def test_ctrl_c_while_the_program_is_loaded_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "run", interrupted)
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    assert ended.value.code == 130


# --- faults of ours ---------------------------------------------------------------------------------

BROKEN = """
import sys
from playbook import cli
from playbook.desk import opening
def opened(*_):
    raise {fault}
import playbook.desk
playbook.desk.opened = opened
sys.argv = ["playbook", "triage", "--no-input"]
sys.exit(cli.run())
"""


def broken(folder: Path, fault: str, **env: str) -> subprocess.CompletedProcess[str]:
    """A run in which `fault` is raised where nothing should be."""
    return subprocess.run(
        [sys.executable, "-c", BROKEN.replace("{fault}", fault)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_fault_of_ours_is_told_without_the_operators_words(tmp_path: Path) -> None:
    done = broken(tmp_path, "KeyError('what the customer wrote')")
    assert (done.returncode, done.stdout) == (3, "")
    lines = done.stderr.splitlines()
    assert lines[0] == "playbook: this is a fault of ours, not yours [KeyError]"
    assert re.fullmatch(r"please report these lines: playbook \S+, Python 3\.\d+\.\d+\S*", lines[1])
    assert any(re.fullmatch(r"  desk/__init__\.py:\d+ in serve", line) for line in lines[2:])
    assert "customer" not in done.stderr
    assert str(ROOT) not in done.stderr


def test_with_debug_everything_is_told(tmp_path: Path) -> None:
    done = broken(tmp_path, "KeyError('what the customer wrote')", CRISIS_PLAYBOOK_DEBUG="1")
    assert done.returncode == 3
    assert "Traceback (most recent call last):" in done.stderr
    assert "what the customer wrote" in done.stderr


def test_a_file_that_cannot_be_read_is_not_taken_for_a_full_disk(tmp_path: Path) -> None:
    done = broken(tmp_path, "OSError(5, 'Input/output error', 'x.yaml')")
    assert (done.returncode, "[OSError]" in done.stderr) == (3, True)


def test_the_app_may_end_without_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def ends(**_: object) -> None:
        raise SystemExit

    monkeypatch.setattr(cli, "app", lambda _: ends)
    assert cli.run() == 0
    monkeypatch.setattr(cli, "app", lambda _: lambda **_: None)
    assert cli.run() == 0


def test_a_pipe_that_breaks_at_the_last_flush_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(**_: object) -> None:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    quiet: list[int] = []
    monkeypatch.setattr(cli, "app", lambda _: breaks)
    monkeypatch.setattr(os, "dup2", lambda _from, to: quiet.append(to))
    assert cli.run() == 0
    assert quiet == [1]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/x/site-packages/typer/main.py", "typer/main.py"),
        ("/home/me/playbook/desk/opening.py", "desk/opening.py"),
        ("C:\\x\\Lib\\site-packages\\yaml\\nodes.py", "yaml/nodes.py"),
        ("/usr/lib/python3.11/json/decoder.py", "python3.11/json/decoder.py"),
        ("<string>", "<string>"),
    ],
)
def test_where_a_file_is_installed_is_not_told(path: str, shown: str) -> None:
    assert report._inside(path) == shown


# --- completion -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("bash", "complete -o default -F _playbook_completion playbook"),
        ("zsh", "compdef _playbook_completion playbook"),
        ("fish", "complete --command playbook"),
        ("powershell", "Register-ArgumentCompleter -Native -CommandName playbook"),
        ("pwsh", "Register-ArgumentCompleter -Native -CommandName playbook"),
    ],
)
def test_each_shell_has_its_completion(name: str, sign: str, tmp_path: Path) -> None:
    done = shell(tmp_path, "playbook", _PLAYBOOK_COMPLETE=f"source_{name}")
    assert done.returncode == 0
    assert sign in done.stdout


def test_the_shell_is_found_without_being_named(tmp_path: Path) -> None:
    done = shell(tmp_path, "playbook --show-completion; true")
    assert "complete -o default -F _playbook_completion playbook" in done.stdout


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("playbook tri", "playbook triage "),
        ("playbook triage par", "playbook triage parcel "),
        ("playbook triage --channel mast", "playbook triage --channel mastodon "),
        ("playbook triage --locale e", "playbook triage --locale e"),
        ("playbook triage --skip", "playbook triage --skip-details "),
    ],
)
def test_tab_in_a_real_bash(typed: str, completed: str, tmp_path: Path) -> None:
    (tmp_path / "rc").write_text("PS1='$ '\nsource <(_PLAYBOOK_COMPLETE=source_bash playbook)\necho ready\n", "utf-8")
    env = {**os.environ, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}", "TERM": "dumb", "HOME": str(tmp_path)}
    child = pexpect.spawn(
        "bash", ["--noprofile", "--rcfile", "rc", "-i"], cwd=str(write(tmp_path)), env=env, encoding="utf-8", timeout=20
    )
    try:
        child.expect_exact("ready")
        child.send(f"{typed}\t")
        child.expect_exact(completed)
    finally:
        child.close(force=True)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("triage ", {"parcel"}),
        ("triage --pack nowhere ", set()),
        ("show ", {"parcel"}),
        ("show par", {"parcel"}),
        ("show --pack nowhere ", set()),
        ("triage --locale ", {"en", "es"}),
        ("triage --pack nowhere --locale ", set()),
        ("triage --channel insta", {"instagram", "instagram_message"}),
        ("triage --pack nowhere --channel insta", set()),
    ],
)
def test_what_tab_offers(typed: str, offered: set[str], tmp_path: Path) -> None:
    words = f"playbook {typed}"
    done = shell(
        write(tmp_path),
        "playbook",
        _PLAYBOOK_COMPLETE="complete_bash",
        COMP_WORDS=words,
        COMP_CWORD=str(len(words.split(" ")) - 1),
    )
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) == offered
    assert done.stderr == ""
