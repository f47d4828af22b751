"""Suggestions as YAML: what is written is read again, and refused until the author says how each must end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given, settings

from playbook.scenarios import read
from playbook.scenarios.coverage import Ground
from playbook.scenarios.suggesting import Suggested, Suggestion, suggest
from playbook.trial.proposing import document, doubts
from tests.random_packs import packs
from tests.trial_world import pack, trial
from tests.worlds import told

if TYPE_CHECKING:
    from playbook.protocol import Answer, Pack


def proposed() -> Suggested:
    found = trial()
    return suggest(found.ground, found.protocols, found.coverage.missing)


def test_scenarios_are_written_with_their_answers_and_why_they_are_suggested() -> None:
    assert document(proposed(), {"parcel": {"eight days late"}}) == (
        "# add to protocols/parcel.scenarios.yaml\n"
        "  # protocols/shared/flags.yaml:5:5 first line 1 of `parcel`\n"
        "  - name: alarm yes\n"
        "    answers:\n"
        "      alarm: yes\n"
        "    expect:\n"
        "      outcome:\n"
        "  # protocols/parcel.yaml:11:46 `them` of `parcel.whose`\n"
        "  # protocols/parcel.yaml:29:5 the outcome `parcel.explain`\n"
        "  - name: alarm no; fault them\n"
        "    answers:\n"
        "      alarm: no\n"
        "      fault: them\n"
        "    expect:\n"
        "      outcome:\n"
        "  # protocols/parcel.yaml:11:64 `unknown` of `parcel.whose`\n"
        "  # protocols/parcel.yaml:15:9 `days` 7, at the edge of `days >= limits.serious (8)`\n"
        "  # protocols/parcel.yaml:17:9 line 2 of `parcel.how_late`\n"
        "  # protocols/parcel.yaml:29:5 the outcome `parcel.explain`\n"
        "  - name: alarm no; fault unknown; days 7\n"
        "    answers:\n"
        "      alarm: no\n"
        "      fault: null\n"
        "      days: 7\n"
        "    expect:\n"
        "      outcome:\n"
        "  # protocols/parcel.yaml:11:64 `unknown` of `parcel.whose`\n"
        "  # protocols/parcel.yaml:27:9 `worth` 50, at the edge of `worth > 50`\n"
        "  - name: alarm no; fault unknown; days 8; worth 50\n"
        "    answers:\n"
        "      alarm: no\n"
        "      fault: null\n"
        "      days: 8\n"
        "      worth: 50\n"
        "    expect:\n"
        "      outcome:\n"
    )


def test_a_protocol_without_a_file_gets_a_whole_one_with_channel_ticks_and_no_answers_at_all() -> None:
    answers: dict[str, Answer] = {"channel": "x", "signs": ("a", "b"), "none": (), "days": 1, "sure": True}
    found = Suggested((Suggestion("a", answers, ()), Suggestion("b", {}, ())), (), every=True, fewest=True)
    assert document(found, {"a": (), "b": {"nothing is asked"}}) == (
        "# protocols/a.scenarios.yaml\n"
        "scenarios:\n"
        "  - name: channel x; signs a and b; none none; days 1; sure yes\n"
        "    channel: x\n"
        "    answers:\n"
        "      signs: [a, b]\n"
        "      none: []\n"
        "      days: 1\n"
        "      sure: yes\n"
        "    expect:\n"
        "      outcome:\n"
        "\n"
        "# add to protocols/b.scenarios.yaml\n"
        "  - name: nothing is asked (2)\n"
        "    answers: {}\n"
        "    expect:\n"
        "      outcome:\n"
    )


def test_what_is_suggested_is_refused_until_the_outcome_is_filled_in() -> None:
    ground = Ground(pack(), ["parcel"])
    text = document(suggest(ground, ("parcel",), ground.items), {"parcel": ()})
    found = read(pack({"protocols/parcel.scenarios.yaml": text}), "parcel")
    assert found.scenarios == ()
    assert {each.code for each in found.diagnostics} == {"PB059"}
    assert len(found.diagnostics) == text.count("- name:")


@settings(max_examples=30)
@given(packs())
def test_whatever_is_suggested_can_be_read_with_its_answers(known: Pack) -> None:
    ground = Ground(known, known.protocols)
    found = suggest(ground, ("b",), ground.items)
    text = re.sub("outcome:$", "outcome: end", document(found, {"b": ()}), flags=re.MULTILINE)
    files = {**known.files, "protocols/b.scenarios.yaml": text.encode()}
    again = read(known._replace(files=files), "b")
    assert again.diagnostics == ()
    assert [{**each.answers, **({"channel": each.channel} if each.channel else {})} for each in again.scenarios] == [
        each.answers for each in found.suggestions
    ]


def test_what_may_be_missing_is_told() -> None:
    ground = Ground(pack(), ["safety"])
    left = ground.items[:1]
    assert told([*doubts(Suggested((), left, every=True, fewest=True))]) == [
        "protocols/safety.yaml:7:9 PB506 no case comes through first line 2 of `safety`"
    ]
    assert told([*doubts(Suggested((), left, every=False, fewest=True))]) == [
        "protocols/safety.yaml:7:9 PB506 none of the cases that were walked comes through first line 2 of `safety`",
        (
            "None PB507 there are too many cases to walk them all: others may come through more"
            " | fill these in, and ask again; or name one protocol"
        ),
    ]
    assert told([*doubts(Suggested((), (), every=True, fewest=False))]) == [
        "None PB507 these are few, and perhaps not the fewest"
    ]
