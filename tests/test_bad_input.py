"""Whatever goes in that should not: one clear message for each fault on standard error, a documented exit code."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from tests.desk_world import CASE, FILES, PARCEL, run, write

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = (*CASE, "--channel", "x", "--no-input")
SORRY = "templates/es/parcel/sorry.j2"


def refused(folder: Path, *arguments: str, **more: str) -> list[str]:
    """The lines on standard error of a run that ends with 2 and prints nothing; with `--json`, the same as data."""
    plain = run(folder, *arguments, **more)
    assert (plain.returncode, plain.stdout) == (2, "")
    if arguments[0] == "triage":
        told = run(folder, *arguments, "--json", **more)
        assert told.returncode == 2
        found = json.loads(told.stdout)
        assert (found["status"], found["schema_version"]) == ("error", 1)
        for each in found["diagnostics"]:
            assert f"[{each['code']}]" in plain.stderr
    return plain.stderr.splitlines()


def first_lines(lines: list[str]) -> list[str]:
    """The messages without their cures."""
    return [each for each in lines if not each.startswith("  hint: ")]


# --- the pack ---------------------------------------------------------------------------------------


def test_no_pack_where_one_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path, "triage", "--pack", "nowhere", "--no-input") == [
        "error: there is no folder `nowhere`, which `--pack` names [PB072]"
    ]


def test_an_empty_folder_is_no_pack(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert refused(tmp_path, "triage", "--pack", "empty", "--no-input") == [
        "error: `empty`, which `--pack` names, has no `playbook.yaml` [PB072]",
        "  hint: `playbook init` writes a starter pack",
    ]


def test_a_pack_without_any_protocol(tmp_path: Path) -> None:
    write(tmp_path, {"protocols/parcel.yaml": None})
    assert len(first_lines(refused(tmp_path, "triage", "--no-input"))) == 1


def test_an_empty_playbook_file(tmp_path: Path) -> None:
    write(tmp_path, {"playbook.yaml": ""})
    lines = first_lines(refused(tmp_path, "triage", "--no-input"))
    assert len(lines) == 1
    assert lines[0].startswith("playbook.yaml:1:1: error: ")


def test_several_protocols_and_none_of_them_the_start(tmp_path: Path) -> None:
    write(tmp_path, {"protocols/other.yaml": PARCEL.replace("protocol: parcel", "protocol: other")})
    assert refused(tmp_path, "triage", "--no-input") == [
        "error: this pack has no `intake`, and several protocols to start in [PB404]",
        "  hint: name one of `other`, `parcel`",
    ]


def test_a_protocol_that_is_not_there(tmp_path: Path) -> None:
    assert refused(write(tmp_path), "triage", "parcle", "--no-input") == [
        "error: no protocol is called `parcle` [PB071]",
        "  hint: did you mean `parcel`?",
    ]


def test_a_protocol_that_does_not_load_tells_every_fault_at_once(tmp_path: Path) -> None:
    broken = (
        PARCEL.replace("owner: boss", "owner: bos").replace("us: late", "us: latte").replace("days >= 10", "dys >= 1")
    )
    lines = first_lines(refused(write(tmp_path, {"protocols/parcel.yaml": broken}), "triage", "--no-input"))
    assert [line.split(": error: ")[0] for line in lines] == [
        "protocols/parcel.yaml:22:53",
        "protocols/parcel.yaml:25:16",
        "protocols/parcel.yaml:41:75",
    ]
    for line, name in zip(lines, ("`latte`", "`dys`", "`bos`"), strict=True):
        assert name in line


def test_a_circle_of_steps(tmp_path: Path) -> None:
    circle = PARCEL.replace("- {then: sorry}", "- {then: whose}")
    lines = first_lines(refused(write(tmp_path, {"protocols/parcel.yaml": circle}), "triage", *WHOLE))
    assert len(lines) == 1
    assert "`whose`" in lines[0]


def test_an_unknown_outcome(tmp_path: Path) -> None:
    lost = PARCEL.replace("customer: explain", "customer: explian")
    lines = refused(write(tmp_path, {"protocols/parcel.yaml": lost}), "triage", *WHOLE)
    assert lines[0].startswith("protocols/parcel.yaml:22:")
    assert "`explian`" in lines[0]
    assert "did you mean `explain`?" in lines[1]


# --- templates --------------------------------------------------------------------------------------


def test_a_template_missing_in_the_locale_falls_back_and_says_so(tmp_path: Path) -> None:
    write(tmp_path, {"templates/en/parcel/sorry.j2": None})
    done = run(tmp_path, "triage", *WHOLE, "--locale", "en", "--ui", "en")
    assert done.returncode == 0
    assert "There is no template in “en”: this is “es”" in done.stdout
    assert "Perdona por el retraso." in done.stdout
    told = json.loads(run(tmp_path, "triage", *WHOLE, "--locale", "en", "--json").stdout)
    assert (told["reply"]["public"]["locale"], told["reply"]["public"]["fell_back"]) == ("es", True)
    assert (told["reply"]["private"]["locale"], told["reply"]["private"]["fell_back"]) == ("en", False)


def test_a_template_missing_in_every_locale(tmp_path: Path) -> None:
    write(tmp_path, {SORRY: None, "templates/en/parcel/sorry.j2": None})
    assert len(first_lines(refused(tmp_path, "triage", *WHOLE))) == 1


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("Hola {{ ordr }}", "`ordr`"),
        ("{% for each in order %}x{% endfor %}", "`for`"),
        ("{{ 'a' * 100000000 }}", ""),
        ("{{ order.__class__ }}", ""),
        ("{% include '../../playbook' %}", ""),
        ("{{ brand.name|upper }}", "`upper`"),
        ("{% if order is known %}Hola", ""),
    ],
    ids=["undefined", "loop", "arithmetic", "attribute", "path", "filter", "open"],
)
def test_a_template_that_is_not_allowed(template: str, fault: str, tmp_path: Path) -> None:
    lines = first_lines(refused(write(tmp_path, {SORRY: template}), "triage", *WHOLE))
    assert len(lines) == 1
    assert lines[0].startswith(f"{SORRY}:1:")
    assert fault in lines[0]


@pytest.mark.skipif(os.name == "nt", reason="there, who may read a file is another matter")
def test_a_template_that_may_not_be_read(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / SORRY).chmod(0)
    done = run(tmp_path, "triage", *WHOLE, who="mortal")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{SORRY}:1:1: error: cannot read `{SORRY}`: permission denied [PB070]\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--nope",), "no such option: --nope (Possible options: --no-input)"),
        (("--set",), "option '--set' requires an argument"),
    ],
)
def test_a_command_line_that_is_wrong_is_told_as_data_where_that_is_wanted(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    plain = run(write(tmp_path), "triage", *arguments)
    assert (plain.returncode, plain.stdout) == (2, "")
    assert said[1:] in plain.stderr
    told = run(tmp_path, "triage", "--json", *arguments)
    assert (told.returncode, told.stderr) == (2, "")
    found = json.loads(told.stdout)
    assert found["status"] == "error"
    assert [(each["code"], each["message"]) for each in found["diagnostics"]] == [("PB409", said)]


def test_a_template_that_is_a_link_out_of_the_pack(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "secret").write_text("secret", "utf-8")
    (tmp_path / SORRY).unlink()
    (tmp_path / SORRY).symlink_to(tmp_path / "secret")
    lines = first_lines(refused(tmp_path, "triage", *WHOLE))
    assert len(lines) == 1
    assert "symbolic link" in lines[0]
    assert "secret" not in lines[0]


# --- hostile YAML -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        "[" * 50_000,
        "a: &a [x, x]\nb: *a\n",
        b"protocol: parcel\ntitle: a\0b\n",
        b"protocol: parcel\ntitle: \xed\xa0\x80\n",
        b'protocol: parcel\ntitle: "\\ud800"\n',
        "protocol: parcel\ntitle: a\u202eb\n",
        "protocol: parcel\ntitle: a\x1b[2Jb\n",
        b"\xff\xfe\x00\xd8",
        "protocol: !!python/object/apply:os.system [ls]\n",
        "protocol: parcel\nprotocol: parcel\n",
        "title: " + "x" * 10_000_000,
        "",
        "- a\n- b\n",
    ],
    ids="deep alias nul half escaped bidi escape utf16 tag twice 10MB empty list".split(),
)
def test_a_hostile_protocol(content: str | bytes, tmp_path: Path) -> None:
    lines = refused(write(tmp_path, {"protocols/parcel.yaml": content}), "triage", *WHOLE)
    assert lines[0].startswith("protocols/parcel.yaml:")
    assert all(line.isprintable() for line in lines)
    assert len("".join(lines)) < 3000


# --- answers ----------------------------------------------------------------------------------------


def test_wrong_types_and_unknown_questions_are_all_told(tmp_path: Path) -> None:
    wrong = {"fault": 3, "days": "many", "refund": [], "inside": "gold", "order": {"a": 1}, "falt": "us"}
    (tmp_path / "answers.json").write_text(json.dumps(wrong), "utf-8")
    assert refused(write(tmp_path), "triage", "--no-input", "--answers", "answers.json") == [
        "error: `fault` does not take `3` [PB301]",
        '  hint: one of `customer`, `us`; null for "don\'t know"',
        "error: `days` does not take `many` [PB301]",
        "  hint: a whole number from 0 to 90",
        "error: `refund` does not take `[]` [PB301]",
        '  hint: `yes` or `no`; null for "don\'t know"',
        "error: `inside` does not take `gold` [PB301]",
        "  hint: any of `gift`, `glass`, or none",
        "error: `order` does not take `{'a': 1}` [PB301]",
        "  hint: a text of at most 40 characters",
        "error: no question is called `falt` [PB300]",
        "  hint: did you mean `fault`?",
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"{", "is no JSON"),
        (b"[1]", "holds no answers"),
        (b"\xff\xfe", "is no JSON"),
        (b"[" * 100_000, "is no JSON"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "is no JSON"),
        (b" " * 1_000_001, "too large"),
        (b"", "is no JSON"),
    ],
    ids="broken list binary deep number large empty".split(),
)
def test_a_hostile_answers_file(content: bytes, fault: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(content)
    lines = first_lines(refused(write(tmp_path), "triage", "--no-input", "--answers", "a.json"))
    assert len(lines) == 1
    assert fault in lines[0]


def test_an_answers_file_that_is_not_there(tmp_path: Path) -> None:
    assert refused(write(tmp_path), "triage", "--no-input", "--answers", "a.json") == [
        "error: cannot read `a.json`: no such file or directory [PB441]"
    ]


def test_a_draft_and_an_answers_file_at_once(tmp_path: Path) -> None:
    lines = refused(write(tmp_path), "triage", "--no-input", "--answers", "a", "--resume", "b", "--set", "oops")
    assert lines == [
        "error: `--set oops` names no answer [PB405]",
        "  hint: write `--set question=answer`",
        "error: `--answers` and `--resume` both name a file of answers [PB408]",
        "  hint: leave one of them out",
    ]


def test_an_unknown_channel_names_the_nearest(tmp_path: Path) -> None:
    lines = refused(write(tmp_path), "triage", "--no-input", "--channel", "instagrm")
    assert lines == ["error: `channel` does not take `instagrm` [PB301]", "  hint: did you mean `instagram`?"]


def test_a_language_the_pack_does_not_have_is_a_warning(tmp_path: Path) -> None:
    done = run(write(tmp_path), "triage", *WHOLE, "--locale", "fr", "--json")
    assert done.returncode == 0
    assert done.stderr == (
        "warning: this pack has no replies in `fr`: they will be in `es` [PB402]\n  hint: known: `en`, `es`\n"
    )
    assert json.loads(done.stdout)["reply"]["public"]["locale"] == "es"


def test_an_interface_language_that_there_is_not(tmp_path: Path) -> None:
    lines = refused(write(tmp_path), "triage", *WHOLE, "--ui", "de")
    assert lines == ["error: the interface has no language `de` [PB440]", "  hint: known: `en`, `es`"]


@pytest.mark.parametrize("moment", ["soon", "2026-11-22T12:40:00"])
def test_a_moment_that_is_none(moment: str, tmp_path: Path) -> None:
    lines = refused(write(tmp_path), "triage", *WHOLE, CRISIS_PLAYBOOK_NOW=moment)
    assert lines == [
        f"error: `CRISIS_PLAYBOOK_NOW` is `{moment}`, which is no moment with its zone [PB403]",
        "  hint: for example `2026-11-22T12:40:00+01:00`",
    ]


# --- text that a terminal could obey ----------------------------------------------------------------

EVIL = "[red]@maría[/] {{ 7*7 }} {% if x %} \x1b]0;title\x07\x1b[2J \x9b31m a\u202eb"
SHOWN = "[red]@maría[/] {{ 7*7 }} {% if x %} \\x1b]0;title\\x07\\x1b[2J \\x9b31m a\\u202eb"


def test_strange_text_is_shown_literally_in_errors(tmp_path: Path) -> None:
    lines = refused(write(tmp_path), "triage", "--no-input", "--set", f"fault={EVIL[:50]}")
    assert lines[0].startswith("error: `fault` does not take `[red]@maría[/] {{ 7*7 }} {% if x %} \\x1b]0;title")


def test_strange_text_is_literal_in_json_and_harmless(tmp_path: Path) -> None:
    write(tmp_path, {"protocols/parcel.yaml": PARCEL.replace("max: 40", "max: 400")})
    done = run(tmp_path, "triage", *WHOLE, "--set", f"order={EVIL}", "--json")
    assert done.returncode == 0, done.stderr
    assert all(line.isprintable() for line in done.stdout.splitlines())
    told = json.loads(done.stdout)
    assert told["answers"]["order"] == EVIL
    assert "[red]@maría[/] {{ 7*7 }} {% if x %}" in told["reply"]["private"]["text"]


def test_strange_text_is_shown_literally_in_a_result(tmp_path: Path) -> None:
    pack = PARCEL.replace("Pedir perdón", '"[red]@x[/] {{ 7*7 }}"').replace("Busca el paquete", '"[bold]busca[/]"')
    write(tmp_path, {"protocols/parcel.yaml": pack.replace("max: 40", "max: 400")})
    done = run(tmp_path, "triage", *WHOLE, "--set", f"order={EVIL}", "--ui", "es")
    assert "■ [red]@x[/] {{ 7*7 }} · nivel 2, elevado" in done.stdout
    assert "▸ [bold]busca[/]" in done.stdout
    assert "[red]@maría[/] {{ 7*7 }} {% if x %}" in done.stdout
    assert all(line.isprintable() for line in done.stdout.splitlines())


def test_half_characters_from_the_command_line_break_nothing(tmp_path: Path) -> None:
    half = "caf\udce9"
    write(tmp_path)
    assert "caf\\udce9" in refused(tmp_path, "triage", half, "--no-input")[0]
    assert refused(tmp_path, "triage", "--no-input", "--set", f"order={half}")[0] == (
        "error: `order` holds half a character [PB301]"
    )
    assert "caf\\udce9" in refused(tmp_path, "triage", "--no-input", "--answers", half)[0]


# --- the machine ------------------------------------------------------------------------------------


@pytest.mark.parametrize("coding", ["ascii", "latin-1", "cp1252"])
def test_another_encoding_costs_accents_at_most(coding: str, tmp_path: Path) -> None:
    write(tmp_path)
    done = run(tmp_path, "triage", "--no-input", "--ui", "es", coding=coding, PYTHONIOENCODING=f"{coding}:strict")
    assert done.returncode == 4
    assert (
        "fault: " + ("De" if coding == "ascii" else "¿De") + " quién fue"[: 3 if coding == "ascii" else None]
        in done.stdout
    )


def test_a_c_locale_without_utf8_mode(tmp_path: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run(write(tmp_path), "triage", *WHOLE, "--ui", "es", **plain)
    assert done.returncode == 0
    assert "RESPUESTA PUBLICA" in done.stdout
    told = run(tmp_path, "triage", *WHOLE, "--json", "--ui", "es", **plain)
    assert json.loads(told.stdout)["outcome"]["title"] == "Pedir perdón"


def test_files_of_the_pack_are_never_changed(tmp_path: Path) -> None:
    write(tmp_path)
    run(tmp_path, "triage", *WHOLE)
    assert {path: (tmp_path / path).read_text("utf-8") for path in FILES} == FILES
