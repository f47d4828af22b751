from __future__ import annotations

import os
import stat
import subprocess
import tempfile
from typing import TYPE_CHECKING

import pytest

from playbook.desk.editing import LARGEST, USUAL, EditFailed, NoEditor, NotThere, edit

if TYPE_CHECKING:
    from pathlib import Path


def editor(folder: Path, script: str) -> dict[str, str]:
    """An environment whose editor is this shell script; `$1` is the file."""
    path = folder / "an editor"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o700)
    return {"EDITOR": f"'{path}'", "PATH": os.environ["PATH"]}


@pytest.fixture(autouse=True)
def _own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))


def left_over(folder: Path) -> list[Path]:
    return list((folder / "tmp").iterdir())


def test_the_text_comes_back_as_the_editor_left_it(tmp_path: Path) -> None:
    environ = editor(tmp_path, 'printf "¿Y tú? \\nñ\\n\\n" >> "$1"')
    assert edit("Hola", environ) == "Hola\n¿Y tú? \nñ"
    assert left_over(tmp_path) == []


def test_the_editor_sees_the_text_and_nobody_else_does(tmp_path: Path) -> None:
    environ = editor(tmp_path, f'cp "$1" "{tmp_path}/seen"; stat -c %a "$1" > "{tmp_path}/mode"; printf x > "$1"')
    assert edit("¡Hola!", environ) == "x"
    assert (tmp_path / "seen").read_text("utf-8") == "¡Hola!\n"
    assert int((tmp_path / "mode").read_text("utf-8"), 8) == stat.S_IRUSR | stat.S_IWUSR


def test_visual_comes_before_editor_and_may_have_options(tmp_path: Path) -> None:
    environ = editor(tmp_path, 'echo "$1" > "$2"')
    environ["VISUAL"] = environ["EDITOR"] + " --wait"
    environ["EDITOR"] = "false"
    assert edit("Hola", environ) == "--wait"


@pytest.mark.parametrize("environ", [{}, {"EDITOR": ""}, {"EDITOR": "  ", "VISUAL": ""}])
def test_without_an_editor_nothing_is_done(environ: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(NoEditor):
        edit("Hola", {**environ, "PATH": str(tmp_path)})
    assert left_over(tmp_path) == []


@pytest.mark.parametrize("there", [("vi",), ("vi", "nano"), ("nano", "sensible-editor", "vi")])
def test_where_no_editor_is_named_the_most_usual_one_is_taken(there: tuple[str, ...], tmp_path: Path) -> None:
    for name in there:
        (tmp_path / name).write_text(f'#!/bin/sh\nprintf {name} > "$1"\n', "utf-8")
        (tmp_path / name).chmod(0o700)
    assert edit("Hola", {"PATH": str(tmp_path)}) == min(there, key=USUAL.index)


def test_an_editor_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotThere, match=r"^no-such-program$"):
        edit("Hola", {"VISUAL": "no-such-program --wait", "PATH": os.environ["PATH"]})
    assert left_over(tmp_path) == []


@pytest.mark.parametrize(
    "script",
    [
        "exit 1",
        ': > "$1"',
        'printf "  \\n" > "$1"',
        "printf '\\377' > \"$1\"",
        'rm "$1"',
        f'head -c {LARGEST + 1} /dev/zero | tr "\\0" a > "$1"',
        "kill -INT $$",
    ],
    ids=["fails", "empty", "blank", "binary", "removed", "huge", "killed"],
)
def test_an_editor_that_goes_wrong_changes_nothing(script: str, tmp_path: Path) -> None:
    with pytest.raises(EditFailed):
        edit("Hola", editor(tmp_path, script))
    assert left_over(tmp_path) == []


@pytest.mark.parametrize("command", ["'unclosed", "cannot-run"])
def test_an_editor_that_cannot_be_started_changes_nothing(command: str, tmp_path: Path) -> None:
    (tmp_path / "cannot-run").write_text("#!/no/such/interpreter\n", "utf-8")
    (tmp_path / "cannot-run").chmod(0o700)
    with pytest.raises(EditFailed):
        edit("Hola", {"EDITOR": command, "PATH": str(tmp_path)})
    assert left_over(tmp_path) == []


def test_ctrl_c_in_the_editor_ends_the_edit_and_not_the_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "run", interrupted)
    with pytest.raises(EditFailed):
        edit("Hola", {"EDITOR": "true"})
    assert left_over(tmp_path) == []


def test_a_machine_without_room_for_a_file_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(EditFailed):
        edit("Hola", {"EDITOR": "true"})
