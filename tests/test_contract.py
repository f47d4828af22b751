"""What programs see, held against its JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from playbook import contract, screen
from playbook.channels.counting import UNITS
from playbook.desk.lines import text
from playbook.diagnostics import Diagnostic, Span
from playbook.engine import Decided, Pending, walk
from playbook.result import open_details, result
from playbook.words import Words
from tests.result_world import NOW, pack, told
from tests.shipped import ran, shipped

if TYPE_CHECKING:
    from playbook.scenarios import Ran

DIGEST = "sha256:" + "0" * 64
OURS = {"fault": "us", "days": 9}
SCHEMA = json.loads((Path(__file__).parent.parent / "schema" / "triage.schema.json").read_bytes())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def checked(shown: contract.Json) -> dict[str, Any]:
    """What a program reads, after the schema has taken it."""
    read: dict[str, Any] = json.loads(json.dumps(shown))
    VALIDATOR.validate(read)
    return read


def waiting(**answers: Any) -> Pending:  # noqa: ANN401 - answers of every kind
    state = walk(pack(), "parcel", answers)
    assert isinstance(state, Pending)
    return state


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$defs"]["schema_version"]["const"] == contract.SCHEMA_VERSION


def test_the_schema_knows_every_unit_of_length() -> None:
    assert {*SCHEMA["$defs"]["side"]["properties"]["unit"]["enum"]} == {*UNITS, None}


def test_a_pending_case_names_the_next_question_and_all_that_may_come() -> None:
    read = checked(contract.pending(waiting(), "en", DIGEST))
    assert read["status"], read["stage"] == ("pending", "outcome")
    assert read["protocol"] == {"id": "parcel", "version": "1.2.0", "digest": DIGEST}
    assert read["question"] == {
        "id": "fault",
        "type": "choice",
        "ask": "Whose error was it?",
        "help": None,
        "choices": [
            {"id": "us", "label": "Ours", "help": None},
            {"id": "carrier", "label": "The carrier's", "help": None},
            {"id": "customer", "label": "The customer's", "help": None},
            {"id": "nobody", "label": "Nobody's", "help": None},
        ],
        "unknown": True,
        "private": False,
        "schema": {"enum": ["us", "carrier", "customer", "nobody", None]},
    }
    assert (read["may_still_ask"], read["most_questions_left"]) == (["fault", "days"], 2)
    assert [each["id"] for each in read["questions"]] == ["fault", "days"]
    assert {*read["possible_outcomes"]} == {"parcel.make_right", "parcel.listen", "parcel.quiet", "parcel.thank"}
    assert read["answers"] == {}


def test_answers_are_carried_as_json_holds_them() -> None:
    assert contract.said({"a": ("x", "y"), "b": None, "c": True, "d": 3}) == {
        "a": ["x", "y"],
        "b": None,
        "c": True,
        "d": 3,
    }


def test_a_decided_case_carries_all_that_the_screen_shows() -> None:
    read = checked(contract.decided(told("wall", "en", **OURS, order_ref="A-1"), DIGEST))
    assert read["outcome"] == {
        "id": "make_right",
        "protocol": "parcel",
        "title": "Make it right",
        "level": 3,
        "stance": "rebuild",
        "marks": ["apology", "remedy"],
        "because": "The error is ours",
        "source": "Handbook",
    }
    assert read["reply"]["due"] == "2026-11-20T13:10:00+01:00"
    assert read["reply"]["silence"] is None
    assert read["actions"] == [
        {"do": "Keep a screenshot", "owner": "community", "within": None, "due": None, "if": None},
        {
            "do": "Pay the money back",
            "owner": "management",
            "within": "1wd",
            "due": "2026-11-24T12:40:00+01:00",
            "if": "wants_refund",
        },
        {"do": "Send another", "owner": "logistics", "within": "4h", "due": "2026-11-20T16:40:00+01:00", "if": None},
    ]
    assert read["approval"] == ["management", "community"]
    assert read["follow_up"] == {
        "owner": "community",
        "within": None,
        "every": "30min",
        "for": "2h",
        "due": "2026-11-20T13:10:00+01:00",
        "check": "That it has left",
    }
    assert read["avoid"] == ["Irony", "Talking of dates"]


def test_a_reply_comes_with_its_length_and_its_parts() -> None:
    read = checked(contract.decided(told("wall", "en", **OURS), DIGEST))
    public, private = read["reply"]["public"], read["reply"]["private"]
    assert public["parts"] == ["1/2 We are sorry, the mistake was ours.", "2/2 Another parcel leaves today."]
    assert (public["length"], public["limit"], public["unit"], public["fits"]) == (65, 60, "characters", True)
    assert (private["channel"], private["missing"], private["fits"]) == ("wall_message", ["order_ref"], True)


def test_a_reply_that_does_not_fit_says_so_and_is_whole() -> None:
    public = checked(contract.decided(told("board", "en", **OURS), DIGEST))["reply"]["public"]
    assert (public["fits"], public["length"], public["limit"]) == (False, 65, 20)
    assert public["parts"] == [public["text"]]


def test_a_reply_on_no_channel_has_no_limit() -> None:
    public = checked(contract.decided(told(None, "ca", fault="nobody"), DIGEST))["reply"]["public"]
    assert (public["length"], public["limit"], public["unit"], public["fits"]) == (None, None, None, True)
    assert (public["locale"], public["fell_back"]) == ("es", True)


def test_own_words_are_told_by_side() -> None:
    reply = checked(contract.decided(told("wall", "en", fault="carrier"), DIGEST))["reply"]
    assert reply["own_words"] == {"private": ["Say your name", "Ask how they are"]}
    assert (reply["public"], reply["private"]) == (None, None)


def test_silence_comes_with_its_reason() -> None:
    read = checked(contract.decided(told("wall", "en", fault="customer"), DIGEST))
    assert read["reply"]["silence"] == "Nobody expects an answer"
    assert (read["follow_up"], read["reply"]["due"], read["outcome"]["stance"]) == (
        None,
        None,
        None,
    )


def test_the_trace_says_what_was_asked_and_where_it_led() -> None:
    lines = {text: number for number, text in enumerate(pack().files["protocols/parcel.yaml"].decode().split("\n"), 1)}
    whose, late = checked(contract.decided(told("wall", "en", **OURS), DIGEST))["trace"]
    others = whose.pop("others")
    assert whose == {
        "protocol": "parcel",
        "step": "whose",
        "asked": {"fault": "us"},
        "if": None,
        "then": "how_late",
        "source": f"protocols/parcel.yaml:{lines['      us: how_late']}",
    }
    assert [each["if"] for each in others] == ["carrier", "customer", "nobody", "unknown"]
    assert others[0] == {
        "if": "carrier",
        "then": "listen",
        "why": "other",
        "because": {"fault": "us"},
        "source": f"protocols/parcel.yaml:{lines['      carrier: listen']}",
    }
    assert (late["asked"], late["if"], late["then"]) == ({"days": 9}, "late", "make_right")
    assert [(each["why"], each["because"]) for each in late["others"]] == [("below", {})] * 2


def test_the_operator_is_told_in_one_language_and_the_person_answered_in_another() -> None:
    shown = told("wall", "en", **OURS)
    read = checked(contract.decided(shown, DIGEST, "es"))
    assert read["reply"]["public"]["locale"] == "en"
    assert read["outcome"]["title"] == shown.decided.outcome.title.say("es") != shown.decided.outcome.title.say("en")
    missing = open_details(shown.decided, shown.channel, "en")
    asked = checked(contract.details(shown, missing, DIGEST, "es"))["question"]
    assert asked["ask"] == shown.decided.pack.questions[missing[0]].ask.say("es")


def test_what_to_avoid_in_doubt_is_told_with_its_condition() -> None:
    read = checked(contract.decided(told("wall", "en", **OURS), DIGEST))
    assert [each["if"] for each in read["avoid_if"]] == ["wants_refund"]
    settled = checked(contract.decided(told("wall", "en", **OURS, wants_refund=True), DIGEST))
    assert settled["avoid_if"] == []
    assert {each["say"] for each in read["avoid_if"]} <= set(settled["avoid"])


def test_details_carry_the_outcome_and_what_is_still_missing() -> None:
    shown = told("wall", "en", **OURS)
    missing = open_details(shown.decided, shown.channel, "en")
    read = checked(contract.details(shown, missing, DIGEST))
    assert (read["status"], read["stage"]) == ("pending", "details")
    assert (read["question"]["id"], read["may_still_ask"]) == ("wants_refund", ["wants_refund", "order_ref"])
    assert read["questions"][1]["private"] is True
    assert (read["most_questions_left"], read["outcome"]["id"]) == (2, "make_right")


def test_a_fault_of_input_tells_every_diagnostic() -> None:
    faults = [
        Diagnostic("PB301", "`fault` does not take `them`", hint="one of …"),
        Diagnostic("PB030", "`stepps` is no key of a protocol", Span("protocols/a.yaml", 3, 1), severity="warning"),
    ]
    read = checked(contract.failed(faults))
    assert read["diagnostics"][0]["file"] is None
    assert read["diagnostics"][1] == {
        "code": "PB030",
        "severity": "warning",
        "message": "`stepps` is no key of a protocol",
        "hint": None,
        "file": "protocols/a.yaml",
        "line": 3,
        "column": 1,
    }


@pytest.mark.parametrize(
    "spoil",
    [
        {"schema_version": 2},
        {"status": "done"},
        {"more": 1},
        {"avoid": [None]},
        {"approval": None},
        {"stage": "details"},
    ],
    ids=str,
)
def test_the_schema_refuses_another_shape(spoil: contract.Json) -> None:
    good = contract.decided(told("wall", "en", **OURS), DIGEST)
    assert VALIDATOR.is_valid(json.loads(json.dumps(good)))
    assert not VALIDATOR.is_valid(json.loads(json.dumps({**good, **spoil})))


@pytest.mark.parametrize("locale", ["es", "en"])
@pytest.mark.parametrize("each", ran(), ids=lambda each: f"{each.scenario.protocol}: {each.scenario.name}")
def test_every_scenario_of_the_pack_that_ships_is_told_by_the_schema(each: Ran, locale: str) -> None:
    state = each.state
    assert isinstance(state, Decided)
    channel = shipped().channels.get(str(each.scenario.channel))
    shown = result(state, channel, locale, NOW)
    checked(contract.decided(shown, DIGEST))
    missing = open_details(state, channel, locale)
    if missing:
        checked(contract.details(shown, missing, DIGEST))
    first = walk(shipped(), each.scenario.protocol, {})
    assert isinstance(first, Pending)
    checked(contract.pending(first, locale, DIGEST))


def test_where_a_step_leads_into_another_protocol_its_name_is_told() -> None:
    states = [each.state for each in ran() if each.scenario.protocol == "intake"]
    led = next(each for each in states if isinstance(each, Decided) and each.outcome.protocol == "threat")
    shown = contract.decided(result(led, None, "en", NOW), DIGEST)
    assert "threat.whose" in [step["then"] for step in checked(shown)["trace"]]


def test_a_saved_case_leaves_private_answers_out_and_says_which() -> None:
    open_ = contract.decided(told("wall", "en", **OURS, order_ref="A-1"), DIGEST)
    assert "order_ref" in checked(open_)["answers"]
    found = checked(contract.saved(told("wall", "en", **OURS, order_ref="A-1"), DIGEST, "en"))
    assert found["left_out"] == ["order_ref"]
    assert "order_ref" not in found["answers"]


def test_a_saved_case_names_private_answers_nowhere_on_the_way() -> None:
    case = told("wall", "en", **OURS)
    questions = {**case.decided.pack.questions}
    questions |= {name: questions[name]._replace(private=True) for name in ("fault", "days")}
    secret = case._replace(decided=case.decided._replace(pack=case.decided.pack._replace(questions=questions)))
    found = checked(contract.saved(secret, DIGEST, "en"))
    assert sorted(found["left_out"]) == ["days", "fault"]
    for step in found["trace"]:
        assert step["asked"] == {}
        assert all(not {"days", "fault"} & set(each["because"]) for each in step["others"])
    assert "Ours" in text(screen.rows(secret, Words("en")))
    assert "Ours" not in text(screen.why(secret.decided, Words("en"), exported=True))
