"""A case without a person at the keys: what goes in, what comes out, and with which exit code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from tests.desk_world import CASE, PARCEL, run, write

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = (*CASE, "--channel", "x")


def told(folder: Path, *arguments: str, code: int = 0, typed: str = "", **env: str) -> Any:  # noqa: ANN401 - JSON
    """What a program is told; nothing else is written."""
    done = run(folder, "triage", "--json", *arguments, typed=typed, **env)
    assert (done.returncode, done.stderr) == (code, "")
    return json.loads(done.stdout)


# --- a whole case -----------------------------------------------------------------------------------


def test_a_decided_case_is_shown_whole(tmp_path: Path) -> None:
    done = run(write(tmp_path), "triage", "--no-input", *WHOLE, "--ui", "en", "--locale", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "■ Apologise · level 2, elevated\n"
        "It was ours\n"
        "\n"
        "Answer by: today at 13:40\n"
        "Before posting, approval of: Management\n"
        "\n"
        "PUBLIC REPLY · X (post or reply) · 62 of 280 on X\n"
        "\n"
        "We apologise for the delay. We write to you tomorrow at 12:45.\n"
        "\n"
        "PRIVATE REPLY · X (direct message) · 43 of 10000 characters\n"
        "\n"
        "We apologise.\n"
        "\n"
        "Your order A-1 leaves today.\n"
        "\n"
        "ACTIONS\n"
        "  ▸ Find the parcel\n"
        "    Community · due today at 14:40\n"
        "\n"
        "FOLLOW-UP\n"
        "  Community · tomorrow at 12:45: That it arrived\n"
        "\n"
        "AVOID\n"
        "  ✗ Excuses\n"
        "\n"
        "WHY\n"
        "  · Whose error was it? Ours  protocols/parcel.yaml:22\n"
    )


def test_a_decided_case_as_data(tmp_path: Path) -> None:
    found = told(write(tmp_path), *WHOLE)
    assert (found["schema_version"], found["status"]) == (1, "decided")
    assert found["protocol"]["id"] == "parcel"
    assert found["protocol"]["digest"].startswith("sha256:")
    assert found["answers"] == {
        "fault": "us",
        "days": 3,
        "inside": ["glass"],
        "refund": False,
        "order": "A-1",
        "channel": "x",
    }
    assert found["outcome"]["id"] == "sorry"
    assert found["reply"]["due"] == "2026-11-22T13:40:00+01:00"


@pytest.mark.parametrize("protocol", [(), ("parcel",)])
def test_the_only_protocol_need_not_be_named(protocol: tuple[str, ...], tmp_path: Path) -> None:
    assert told(write(tmp_path), *protocol, *WHOLE)["outcome"]["id"] == "sorry"


def test_intake_is_where_a_case_starts(tmp_path: Path) -> None:
    intake = PARCEL.replace("protocol: parcel", "protocol: intake").replace(
        "public: sorry, private: sorry_private", "silence: no"
    )
    found = told(write(tmp_path, {"protocols/intake.yaml": intake}), *WHOLE)
    assert found["protocol"]["id"] == "intake"


def test_the_pack_that_ships_is_there_in_an_empty_folder(tmp_path: Path) -> None:
    found = told(tmp_path, "threat", code=4)
    assert (found["protocol"]["id"], found["stage"]) == ("threat", "outcome")


# --- ways to give answers ---------------------------------------------------------------------------


def test_answers_from_a_file_from_standard_input_and_one_by_one_are_the_same(tmp_path: Path) -> None:
    answers = {"fault": "us", "days": 3, "inside": ["glass"], "refund": False, "order": "A-1", "channel": "x"}
    (tmp_path / "a.json").write_text(json.dumps(answers), "utf-8")
    one_by_one = told(write(tmp_path), *WHOLE)
    assert told(tmp_path, "--answers", "a.json") == one_by_one
    assert told(tmp_path, "--answers", "-", typed=json.dumps(answers)) == one_by_one


def test_a_setting_outranks_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"fault": "us", "days": 90}', "utf-8")
    found = told(write(tmp_path), "--answers", "a.json", "--set", "fault=customer")
    assert found["answers"] == {"fault": "customer", "days": 90}
    assert found["outcome"]["id"] == "explain"


@pytest.mark.parametrize(
    ("setting", "name", "answer"),
    [
        ("refund=yes", "refund", True),
        ("refund=sí", "refund", True),
        ("refund=si", "refund", True),
        ("refund=no", "refund", False),
        ("refund=unknown", "refund", None),
        ("inside=gift,glass", "inside", ["gift", "glass"]),
        ("inside=glass, gift", "inside", ["gift", "glass"]),
        ("inside=none", "inside", []),
        ("inside=", "inside", []),
        ("fault=unknown", "fault", None),
        (" days =7", "days", 7),
        ("order=a=b", "order", "a=b"),
        ("order=unknown", "order", "unknown"),
    ],
)
def test_every_kind_of_answer_can_be_set(setting: str, name: str, answer: object, tmp_path: Path) -> None:
    assert told(write(tmp_path), *WHOLE, "--set", setting)["answers"][name] == answer


def test_what_was_printed_can_be_read_again(tmp_path: Path) -> None:
    pending = run(write(tmp_path), "triage", "--json", "--set", "fault=us")
    (tmp_path / "a.json").write_text(pending.stdout, "utf-8")
    found = told(tmp_path, "--answers", "a.json", "--set", "days=3", "--skip-details")
    assert found["answers"] == {"fault": "us", "days": 3}


def test_an_answer_to_a_question_of_another_protocol_is_kept(tmp_path: Path) -> None:
    other = PARCEL.replace("protocol: parcel", "protocol: other").replace("sorry_private", "x").replace("sorry", "y")
    for name in ("fault", "days", "refund", "inside", "order"):
        other = (
            other.replace(f"  {name}:", f"  {name}_two:")
            .replace(f"{name} ", f"{name}_two ")
            .replace(f" {name}.", f" {name}_two.")
        )
    other = other.replace("ask: fault,", "ask: fault_two,").replace("when: refund,", "when: refund_two,")
    other = other.replace("reply: {public: y, private: x}", "reply: {silence: no}").replace("inside_two ", "inside ")
    write(tmp_path, {"protocols/other.yaml": other})
    assert told(tmp_path, "parcel", *WHOLE, "--set", "days_two=1")["answers"]["days_two"] == 1


# --- answers that are missing -----------------------------------------------------------------------


def test_the_next_question_is_told_with_all_that_may_follow(tmp_path: Path) -> None:
    found = told(write(tmp_path), "--set", "fault=us", "--ui", "en", code=4)
    assert (found["status"], found["stage"]) == ("pending", "outcome")
    assert found["question"]["id"] == "days"
    assert found["question"]["schema"] == {"type": "integer", "minimum": 0, "maximum": 90}
    assert found["may_still_ask"] == ["days", "inside"]
    assert [each["id"] for each in found["questions"]] == ["days", "inside"]
    assert found["most_questions_left"] == 2
    assert found["possible_outcomes"] == ["parcel.sorry"]


def test_a_program_can_go_on_until_the_end_by_what_it_is_told(tmp_path: Path) -> None:
    write(tmp_path)
    answers: dict[str, object] = {}
    for _ in range(10):
        done = run(tmp_path, "triage", "--json", "--answers", "-", typed=json.dumps(answers))
        found = json.loads(done.stdout)
        if done.returncode == 0:
            break
        assert done.returncode == 4
        question = found["question"]
        answer = {"choice": "us", "many": [], "yes_no": True, "number": 12, "text": "A-1"}[question["type"]]
        answer = "x" if question["id"] == "channel" else answer
        Draft202012Validator(question["schema"]).validate(answer)
        answers[question["id"]] = answer
    assert found["status"] == "decided"
    assert list(answers) == ["fault", "days", "inside", "channel", "refund", "order"]


def test_details_come_with_the_outcome_and_can_be_done_without(tmp_path: Path) -> None:
    half = ("--set", "fault=us", "--set", "days=3")
    found = told(write(tmp_path), *half, code=4)
    assert (found["status"], found["stage"], found["outcome"]["id"]) == ("pending", "details", "sorry")
    assert found["may_still_ask"] == ["channel", "refund", "order"]
    assert found["reply"]["private"]["missing"] == ["order"]
    skipped = told(tmp_path, *half, "--skip-details")
    assert skipped["status"] == "decided"
    assert [each["if"] for each in skipped["actions"]] == ["refund", None]


def test_nothing_to_say_needs_no_channel(tmp_path: Path) -> None:
    assert told(write(tmp_path), "--set", "fault=customer")["reply"]["silence"] == "Nothing to say"


def test_for_people_the_next_question_comes_with_how_to_answer(tmp_path: Path) -> None:
    done = run(write(tmp_path), "triage", "--no-input", "--ui", "es")
    assert (done.returncode, done.stderr) == (4, "")
    assert done.stdout == (
        "Faltan respuestas (como mucho 3). La siguiente:\n"
        "fault: ¿De quién fue el error?\n"
        "  customer: Del cliente\n"
        "  us: Nuestro\n"
        "Responde con --set fault=customer (unknown si no se sabe)\n"
        "Después puede hacer falta: days, inside\n"
    )


@pytest.mark.parametrize(
    ("given", "how"),
    [
        ("fault=us", "Answer with --set days=0 (a whole number from 0 to 90)"),
        ("fault=us days=12", "Answer with --set inside=gift (several with commas, or none)"),
        ("fault=us days=3", "Answer with --set channel=x"),
        ("fault=us days=3 channel=x", "Answer with --set refund=yes (yes or no; unknown where nobody knows)"),
        ("fault=us days=3 channel=x refund=no", "Answer with --set order='…' (up to 40 characters)"),
    ],
)
def test_each_kind_of_question_says_how_it_is_answered(given: str, how: str, tmp_path: Path) -> None:
    settings = [word for each in given.split() for word in ("--set", each)]
    done = run(write(tmp_path), "triage", "--no-input", "--ui", "en", *settings)
    assert done.returncode == 4
    assert how in done.stdout.splitlines()


# --- where nobody can be asked ----------------------------------------------------------------------


def test_a_piped_standard_input_is_refused_with_the_names_of_the_flags(tmp_path: Path) -> None:
    done = run(write(tmp_path), "triage", typed="1\n1\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "error: standard input is no terminal, so nothing can be asked [PB401]\n"
        "  hint: without a person at the keys: `--no-input` with `--answers FILE` or `--set key=value`, "
        "`--json` for a program\n"
    )


def test_the_language_of_the_interface_and_of_the_reply_are_two_things(tmp_path: Path) -> None:
    done = run(write(tmp_path), "triage", "--no-input", *WHOLE, "--locale", "en", LANG="es_ES.UTF-8", LC_ALL="")
    assert "PEDIR" not in done.stdout
    assert "RESPUESTA PÚBLICA" in done.stdout
    assert "We apologise for the delay." in done.stdout
    assert told(tmp_path, *WHOLE, "--locale", "en", "--ui", "es")["reply"]["public"]["locale"] == "en"


def test_without_a_moment_it_is_now(tmp_path: Path) -> None:
    found = told(write(tmp_path), *WHOLE, CRISIS_PLAYBOOK_NOW="")
    assert found["reply"]["due"] is not None
