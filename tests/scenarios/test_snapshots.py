"""Stored replies: written to be read in a review, and read back as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.diagnostics import WARNING
from playbook.scenarios.snapshots import Stored, parsed, path_of, read, snapshot, written
from tests.trial_world import SCENARIOS, SNAPSHOTS, pack, trial
from tests.worlds import told

if TYPE_CHECKING:
    from playbook.scenarios import Failure
    from playbook.scenarios.trial import Trial

FILE = "protocols/parcel.snapshots.md"
lines = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=20)
names = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=10)
readings = st.tuples(names, st.sampled_from(("es", "en")), st.sampled_from(("", "email", "x")))


def failures(found: Trial) -> list[Failure]:
    return [failure for each in found.ran for failure in each.failures]


@given(st.dictionaries(readings, st.lists(lines).map("\n".join).map(snapshot), max_size=5))
def test_whatever_a_reply_says_is_read_back_as_it_was_written(texts: dict[tuple[str, str, str], str]) -> None:
    ordered = dict(sorted(texts.items()))
    assert parsed(written("parcel", ordered)) == ordered


def test_a_file_is_written_to_be_read_in_a_review() -> None:
    assert written("parcel", trial(update=True).snapshots["parcel"]) == SNAPSHOTS


def test_line_ends_of_another_machine_change_nothing() -> None:
    assert parsed(SNAPSHOTS.replace("\n", "\r\n")) == parsed(SNAPSHOTS)
    assert snapshot("\r\na\r\nb\n") == "a\nb"


def test_what_is_no_reply_is_passed_over() -> None:
    assert parsed("    lost\n## a\nnothing\n### es\n\n    said\n") == {("a", "es", ""): "said"}


def test_a_reply_as_it_is_stored_holds_on_any_day_and_channel() -> None:
    assert failures(trial()) == []


def test_a_reply_that_reads_otherwise_is_told_beside_the_stored_one() -> None:
    found = trial({"templates/es/parcel/repay.j2": "Perdón por lo de {{ ref }}."})
    (failure,) = failures(found)
    assert failure.what == "reply snapshot (es)"
    assert failure.expected == "public:\nPerdona lo de A-1.\n\nprivate:\nHola."
    assert failure.got == "public:\nPerdón por lo de A-1.\n\nprivate:\nHola."
    assert told([each for each in found.findings if each.code == "PB501"]) == [
        (
            "protocols/parcel.scenarios.yaml:12:24 PB501 eight days late: reply snapshot (es): it reads otherwise now"
            " | read it, and take it with `playbook test --update`"
        )
    ]


def test_a_reply_that_is_not_stored_yet_fails() -> None:
    found = trial({FILE: None})
    assert [each.what for each in failures(found)] == [
        "reply snapshot (en)",
        "reply snapshot (en on email)",
        "reply snapshot (es)",
    ]
    assert {each.expected for each in failures(found)} == {"no reply is stored yet"}
    assert not found.holds


def test_a_reply_that_cannot_be_told_fails_and_is_kept_as_it_was_stored() -> None:
    broken = {"templates/es/parcel/repay.j2": "{{ nothing }}"}
    (failure,) = failures(trial(broken))
    assert (failure.expected, failure.got) == (
        "public:\nPerdona lo de A-1.\n\nprivate:\nHola.",
        "nothing is called `nothing`",
    )
    renewed = trial(broken, update=True)
    assert [each.what for each in failures(renewed)] == ["reply snapshot (es)"]
    assert renewed.snapshots["parcel"] == parsed(SNAPSHOTS)
    assert [each.expected for each in failures(trial({**broken, FILE: None}))][-1] == "a reply"


def test_what_was_taken_as_right_holds() -> None:
    changed = {"templates/es/parcel/repay.j2": "Perdón por lo de {{ ref }}."}
    renewed = trial(changed, update=True)
    assert failures(renewed) == []
    again = trial({**changed, FILE: written("parcel", renewed.snapshots["parcel"])})
    assert failures(again) == []


def test_silence_is_stored_as_such() -> None:
    text = "scenarios:\n  - {name: a, answers: {alarm: no}, expect: {outcome: quiet, reply: {en: {snapshot: true}}}}\n"
    renewed = trial({"protocols/safety.scenarios.yaml": text}, "safety", update=True)
    assert renewed.snapshots == {"safety": {("a", "en", ""): "nothing is said"}}


def test_a_snapshot_that_is_not_wanted_is_none() -> None:
    found = trial(
        {"protocols/parcel.scenarios.yaml": SCENARIOS.replace("snapshot: true", "snapshot: false"), FILE: None}
    )
    assert failures(found) == []
    assert found.snapshots["parcel"] == {}


def test_a_stored_reply_that_no_scenario_asks_for_is_a_warning_until_it_is_removed() -> None:
    renamed = {"protocols/parcel.scenarios.yaml": SCENARIOS.replace("  es: {snapshot: true}", "  es: {}")}
    stale = [each for each in trial(renamed).findings if each.code == "PB504"]
    assert told(stale) == [
        (
            f"{FILE}:1:1 PB504 no scenario asks for the stored reply of `eight days late` (es)"
            " | `playbook test --update` removes it"
        )
    ]
    assert [each.severity for each in stale] == [WARNING]
    assert not [each for each in trial(renamed, update=True).findings if each.code == "PB504"]
    other = SCENARIOS.replace("name: eight", "name: nine")
    found = trial({"protocols/parcel.scenarios.yaml": other}).findings
    assert "(en on email)" in " ".join(each.message for each in found if each.code == "PB504")


def test_a_name_of_several_lines_stands_in_one_heading() -> None:
    text = SCENARIOS.replace("name: eight days late", 'name: "eight\\n   days late"')
    assert failures(trial({"protocols/parcel.scenarios.yaml": text})) == []


class Unreadable(dict[str, bytes]):
    """Files of which the stored replies cannot be read."""

    def __init__(self, known: dict[str, bytes], fault: OSError) -> None:
        super().__init__(known)
        self.fault = fault

    def __getitem__(self, path: str) -> bytes:
        if path == FILE:
            raise self.fault
        return super().__getitem__(path)


@pytest.mark.parametrize(
    ("fault", "why"), [(OSError(13, "Permission denied"), "permission denied"), (OSError(), "it failed")]
)
def test_a_file_that_cannot_be_opened_says_why(fault: OSError, why: str) -> None:
    known = pack()
    assert read(known._replace(files=Unreadable({**known.files}, fault)), "parcel", 1000) == Stored({}, why)


def test_a_file_that_is_too_large_or_no_text_says_so() -> None:
    assert read(pack(), "parcel", 100).why == "it has more than 100 bytes"
    known = pack()
    files = {**known.files, FILE: b"\xff"}
    assert read(known._replace(files=files), "parcel", 100).why == "it is not UTF-8"
    assert path_of("parcel") == FILE


def test_a_file_that_cannot_be_read_is_a_finding_unless_it_is_written_anew() -> None:
    long = {FILE: SNAPSHOTS + " " * 300_000}
    found = [each for each in trial(long).findings if each.code == "PB070"]
    assert told(found) == [
        (
            f"{FILE}:1:1 PB070 cannot read `{FILE}`: it has more than 262,144 bytes"
            " | `playbook test --update` writes it anew"
        )
    ]
    assert trial(long, update=True).holds
