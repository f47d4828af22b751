"""What `new` writes passes lint, test and verify at once, fits its pack, and takes no file's place."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from playbook import pack as packs
from playbook import schema
from playbook.commands import new
from playbook.diagnostics import PlaybookError
from playbook.lint.linting import lint
from playbook.loader import load
from playbook.loader.values import is_id
from playbook.proofs.verifying import proved
from playbook.scaffold import scenario, serving, writing
from playbook.scaffold.protocol import Surroundings, drafted
from playbook.scaffold.walking import case, plainest
from playbook.scenarios.trial import attempt
from playbook.source.guard import Limits
from tests.random_packs import QUESTIONS
from tests.rule_world import BASE, PLAYBOOK
from tests.test_schema import document
from tests.worlds import pack as world
from tests.worlds import protocol

if TYPE_CHECKING:
    from playbook.loader import Loaded

TODAY = date(2026, 11, 24)
KINDS = {"playbook.yaml": "playbook", "scenarios.yaml": "scenarios", "yaml": "protocol"}
TAKEN = ("whose", "put_right", "explain", "find_out", "size", "apologise", "make_right", "parcel")
NO_FLAGS = PLAYBOOK.replace("marks:\n", "marks:\n  public_reply: {es: P, en: P}\n  denial: {es: N, en: D}\n")


def laid(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder


def passes(root: Path, name: str) -> Loaded:
    """The pack, once it is seen that lint, test and verify have nothing to say of one of its protocols."""
    loaded = packs.read_pack(root, [name])
    assert loaded.pack is not None, loaded.diagnostics
    found = [each for each in lint(loaded, TODAY, Limits()).findings if each.span and name in each.span.file]
    assert found == []
    trial = attempt(loaded.pack, (name,), Limits())
    assert (trial.holds, len(trial.ran)) == (True, 3)
    report = proved(loaded, [name])
    assert report is not None
    assert [each.fault for each in report.findings] == []
    return loaded


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return laid(tmp_path / "small", BASE)


@pytest.mark.parametrize("locales", [["es", "en"], ["en"], ["es_MX", "pt"]], ids="-".join)
def test_a_new_pack_passes_everything_in_whatever_languages(locales: list[str], tmp_path: Path) -> None:
    made = serving.new_pack(tmp_path / "ours", locales, TODAY)
    loaded = passes(tmp_path / "ours", "complaint")
    assert loaded.pack is not None
    assert loaded.pack.locales == tuple(locales)
    assert lint(packs.read_pack(tmp_path / "ours"), TODAY, Limits()).findings == ()
    assert {*made} == {*packs.files_of(tmp_path / "ours")}


@pytest.mark.parametrize("path", ["playbook.yaml", "protocols/complaint.yaml", "protocols/complaint.scenarios.yaml"])
def test_what_is_written_names_its_schema_which_stands_there_and_does_not_refuse_it(path: str, tmp_path: Path) -> None:
    serving.new_pack(tmp_path, ["es", "en"], TODAY)
    text = (tmp_path / path).read_text(encoding="utf-8")
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert named
    there = json.loads((tmp_path / path).parent.joinpath(named[1]).read_text(encoding="utf-8"))
    kind = next(kind for ending, kind in KINDS.items() if path.endswith(ending))
    assert there == schema.of(kind)
    assert list(Draft7Validator(there).iter_errors(document(text))) == []


def test_comments_are_in_the_first_language_of_the_pack(tmp_path: Path) -> None:
    serving.new_pack(tmp_path / "es", ["es", "en"], TODAY)
    serving.new_pack(tmp_path / "en", ["en", "es"], TODAY)
    assert "# Quiénes somos" in (tmp_path / "es" / "playbook.yaml").read_text(encoding="utf-8")
    assert "# Who we are" in (tmp_path / "en" / "playbook.yaml").read_text(encoding="utf-8")


def test_a_new_protocol_fits_a_pack_with_other_roles_and_no_contact(small: Path) -> None:
    made = serving.new_protocol(small, "lost_refund", TODAY)
    loaded = passes(small, "lost_refund")
    assert loaded.pack is not None
    own = loaded.pack.protocols["lost_refund"]
    assert (own.owner, own.title.say("es"), own.review_by, own.use) == ("team", "Lost refund", "2027-05-25", ())
    assert "en privado" not in (small / made[1]).read_text(encoding="utf-8")
    assert "por privado" in (small / made[1]).read_text(encoding="utf-8")
    assert (small / "schema" / "protocol.schema.json").is_file()


def test_a_new_protocol_keeps_the_red_lines_and_flags_of_the_pack_that_ships(tmp_path: Path) -> None:
    shutil.copytree(packs.shipped() / "protocols", tmp_path / "protocols")
    shutil.copytree(packs.shipped() / "templates", tmp_path / "templates")
    shutil.copy(packs.shipped() / "playbook.yaml", tmp_path)
    serving.new_protocol(tmp_path, "refund", TODAY)
    loaded = passes(tmp_path, "refund")
    assert loaded.pack is not None
    own = loaded.pack.protocols["refund"]
    assert own.use == ("flags",)
    assert set(own.outcomes["explain"].marks) >= {"private_path", "owned"}
    assert "{{ brand.contact.phone }}" in (tmp_path / "templates/es/refund/explain.j2").read_text(encoding="utf-8")


def test_a_red_line_that_no_mark_can_keep_is_left_to_the_author(tmp_path: Path) -> None:
    line = "red_lines:\n  quiet:\n    because: {es: Q, en: Q}\n    never: [public_reply]\n"
    serving.new_protocol(laid(tmp_path, {**BASE, "playbook.yaml": NO_FLAGS + line}), "refund", TODAY)
    pack = packs.read_pack(tmp_path).pack
    assert pack is not None
    assert pack.protocols["refund"].outcomes["explain"].marks == ("public_reply",)


def test_first_lines_that_take_every_case_leave_nothing_to_expect(tmp_path: Path) -> None:
    shared = (
        "questions:\n  here: {ask: {es: A, en: A}, yes_no: true}\nfirst:\n  - {when: here or not here, then: parcel}\n"
    )
    made = serving.new_protocol(laid(tmp_path, {**BASE, "protocols/shared/all.yaml": shared}), "refund", TODAY)
    assert (tmp_path / made[-1]).read_text(encoding="utf-8").endswith("scenarios: []\n")


@pytest.mark.parametrize(
    ("name", "code"),
    [("parcel", "PB410"), ("Refund", "PB037"), ("unknown", "PB037"), ("explain", "PB054"), ("apologise", "PB054")],
)
def test_a_protocol_that_cannot_be_is_refused_and_nothing_written(name: str, code: str, small: Path) -> None:
    before = sorted(small.rglob("*"))
    with pytest.raises(PlaybookError) as fault:
        serving.new_protocol(small, name, TODAY)
    assert fault.value.diagnostics[0].code == code
    assert sorted(small.rglob("*")) == before


@settings(max_examples=30)
@example("a" * 60)
@given(st.from_regex(r"[a-z][a-z0-9_]{0,59}", fullmatch=True))
def test_a_protocol_may_have_any_id_that_is_free(name: str) -> None:
    assume(is_id(name) and name not in {*TAKEN, "null"})
    files = {path: text.encode() for path, text in BASE.items()}
    made = drafted(files, Surroundings(("es", "en"), "team"), name, TODAY)
    loaded = load({**files, **{path: text.encode() for path, text in made.items()}})
    assert loaded.diagnostics == ()
    assert loaded.pack is not None
    assert attempt(loaded.pack, (name,), Limits()).coverage.missing == ()


def test_a_file_that_is_there_is_not_written_over_and_nothing_is_written_beside_it(small: Path) -> None:
    own = small / "templates" / "en" / "refund" / "explain.j2"
    own.parent.mkdir()
    own.write_text("mine", encoding="utf-8")
    with pytest.raises(PlaybookError, match=r"explain\.j2` is there already"):
        serving.new_protocol(small, "refund", TODAY)
    assert own.read_text(encoding="utf-8") == "mine"
    assert not (small / "protocols" / "refund.yaml").exists()


def test_a_pack_takes_no_folder_in_which_something_stands(small: Path) -> None:
    with pytest.raises(PlaybookError, match="is there already and not empty"):
        serving.new_pack(small, ["es"], TODAY)


def test_a_locale_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match="`english` is no locale"):
        serving.new_pack(tmp_path / "ours", ["english"], TODAY)
    assert not (tmp_path / "ours").exists()


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(PlaybookError, match="cannot write to"):
        writing.beside(tmp_path / "file", {"a/b": b""})


def test_a_new_scenario_is_one_that_no_scenario_comes_through_and_holds(small: Path) -> None:
    for count in (1, 2, 3, 4):
        path, _ = serving.new_scenario(small, "parcel", {})
        pack = packs.read_pack(small).pack
        assert pack is not None
        trial = attempt(pack, ("parcel",), Limits())
        assert (path, trial.holds, len(trial.ran)) == ("protocols/parcel.scenarios.yaml", True, count)
    assert not trial.coverage.missing
    names = [each.scenario.name for each in trial.ran]
    assert len(set(names)) == len(names)


def test_answers_that_are_named_are_those_of_the_new_scenario(small: Path) -> None:
    _, text = serving.new_scenario(small, None, {"fault": "us", "days": "9", "channel": "x"})
    assert text == (
        "  - name: fault us; days 9; channel x\n"
        "    channel: x\n"
        "    answers: {fault: us, days: 9}\n"
        "    expect: # lo que da hoy el protocolo: ¿es lo correcto para este caso?\n"
        "      outcome: make_right\n"
        "      level: 3\n"
        "      asked: [fault, days]\n"
    )


def test_words_that_yaml_would_take_for_something_else_are_quoted(small: Path) -> None:
    _, text = serving.new_scenario(small, "parcel", {"fault": "customer", "order": "7: a # b"})
    assert 'answers: {fault: customer, order: "7: a # b"}' in text
    pack = packs.read_pack(small).pack
    assert pack is not None
    assert attempt(pack, ("parcel",), Limits()).ran[0].scenario.answers["order"] == "7: a # b"


def test_a_scenario_for_a_list_in_another_style_is_shown_and_not_written(small: Path) -> None:
    whole = "scenarios: [{name: n, answers: {fault: customer}, expect: {outcome: explain}}]\n"
    laid(small, {"protocols/parcel.scenarios.yaml": whole})
    path, text = serving.new_scenario(small, "parcel", {"fault": "us", "days": "3"})
    assert (path, text.splitlines()[0]) == ("", "  - name: fault us; days 3")
    assert (small / "protocols" / "parcel.scenarios.yaml").read_text(encoding="utf-8") == whole


@pytest.mark.parametrize(
    ("name", "given", "code"),
    [("parcels", {}, "PB071"), ("parcel", {"fault": "none"}, "PB301"), ("parcel", {"what": "none"}, "PB300")],
)
def test_a_scenario_that_cannot_be_is_refused(name: str, given: dict[str, str], code: str, small: Path) -> None:
    with pytest.raises(PlaybookError) as fault:
        serving.new_scenario(small, name, given)
    assert [each.code for each in fault.value.diagnostics] == [code]


def test_of_several_protocols_one_must_be_named(small: Path) -> None:
    serving.new_protocol(small, "refund", TODAY)
    with pytest.raises(PlaybookError, match="no protocol is named"):
        serving.new_scenario(small, None, {})


def test_a_fault_in_the_scenarios_is_told_before_one_is_added(small: Path) -> None:
    laid(small, {"protocols/parcel.scenarios.yaml": "scenarios: [{name: n}]\n"})
    with pytest.raises(PlaybookError, match="this scenario lacks"):
        serving.new_scenario(small, "parcel", {})


def test_the_plainest_answer_comes_first() -> None:
    found = world(protocol(f"{QUESTIONS}steps: {{s: {{ask: kind, then: out}}}}\n", outcomes="out"))
    assert {name: plainest(each)[0] for name, each in found.questions.items() if name != "channel"} == {
        "kind": "one",
        "plain": "one",
        "sure": False,
        "firm": False,
        "days": 0,
        "ticks": (),
    }
    assert plainest(found.questions["ticks"]) == ((), ("left",), ("right",), None)


def test_a_search_that_takes_too_long_is_given_up(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playbook.scaffold.walking.MOST_WALKS", 1)
    pack = packs.read_pack(small).pack
    assert pack is not None
    assert case(pack, "parcel", {}) is None
    with pytest.raises(PlaybookError, match="no case of `parcel` was found"):
        serving.new_scenario(small, "parcel", {"order": "7"})


def test_a_case_without_answers_has_a_name() -> None:
    found = world(protocol("steps: {s: {check: [{then: out}]}}\n", outcomes="out"))
    ended = case(found, "p", {})
    assert ended is not None
    assert scenario.name(ended, {"nothing is asked"}) == "nothing is asked (2)"


def test_the_command_says_what_it_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    new.run("pack", "ours", locales="en, es")
    new.run("protocol", pack=Path("ours"))
    new.run("scenario", "new_protocol", pack=Path("ours"), given=["new_protocol_ours=no"])
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "ours/playbook.yaml"
    assert "ours/protocols/new_protocol.yaml" in out
    assert out[-1] == "ours/protocols/new_protocol.scenarios.yaml"
    laid(tmp_path, {"ours/protocols/new_protocol.scenarios.yaml": "scenarios: []\n"})
    new.run("scenario", "new_protocol", pack=Path("ours"))
    shown = capsys.readouterr()
    assert shown.out.startswith("  - name: new_protocol_ours ")
    assert shown.err == "this could not be added to the scenarios that are there: paste it into their list\n"
    with pytest.raises(PlaybookError, match="names no answer"):
        new.run("scenario", "new_protocol", pack=Path("ours"), given=["no"])


def test_a_pack_without_a_name_has_the_folder_that_init_takes_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    new.run("pack")
    assert (tmp_path / "crisis-playbook" / "playbook.yaml").is_file()
