"""All that can be mended in a pack: to the end, once, and with every case as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from playbook.diagnostics import ERROR, WARNING, Diagnostic, Span
from playbook.engine import Decided, Pending, walk
from playbook.lint.fixing import Fixed, difference, fix, mends
from playbook.lint.linting import lint
from playbook.lint.memory import Kept
from playbook.loader import load
from playbook.source.guard import Limits
from tests.random_packs import complete, texts
from tests.rule_world import BASE, TODAY, laid
from tests.worlds import world

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from playbook.protocol import Answer

PARCEL, PACK, EXPLAIN = "protocols/parcel.yaml", "playbook.yaml", "templates/en/parcel/explain.j2"
WEIGHT = "questions:\n  weight:\n    ask: {es: A, en: B}\n    number: {min: 0, max: 9}\n"
LIMITS = Limits()


def look(files: Mapping[str, bytes]) -> Kept:
    return Kept(*lint(load(files), TODAY, LIMITS), frozenset())


def every(kept: Kept) -> Iterable[Diagnostic]:
    return kept.findings


def encoded(files: Mapping[str, str]) -> dict[str, bytes]:
    return {path: text.encode() for path, text in files.items()}


def fixed(files: Mapping[str, bytes]) -> tuple[Fixed, dict[str, bytes]]:
    """What is mended, and the files after it."""
    done = fix(files, look, every, LIMITS)
    return done, {**files, **{path: after for path, (_, after) in done.files.items()}}


def test_mends_of_mends_are_made_too() -> None:
    late = "facts:\n  late: weight > 3\n  later: late and weight > 5\n"
    done, after = fixed(encoded(laid({PARCEL: WEIGHT + late})))
    assert after == encoded(laid({}))
    assert (done.mended, done.kept.findings) == (3, ())


def test_the_first_and_the_last_of_a_map_go_with_its_key() -> None:
    files = encoded({**BASE, PACK: BASE[PACK] + "principles:\n  kind: {says: {es: A, en: B}}\n"})
    files[PACK] = files[PACK].replace(
        b"stances:\n  rebuild: {es: Asumir y reparar., en: Own it and repair.}\n", b""
    ) + (b"stances:\n  deny: {es: A, en: B}\n  hide: {es: A, en: B}\n")
    files[PARCEL] = files[PARCEL].replace(b"    stance: rebuild\n", b"")
    done, after = fixed(files)
    assert b"stances" not in after[PACK]
    assert [each.code for each in done.kept.findings] == ["PB079"]


def test_rounds_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playbook.lint.fixing.ROUNDS", 1)
    done, _ = fixed(encoded(laid({PARCEL: WEIGHT + "facts:\n  late: weight > 3\n"})))
    assert (done.mended, [each.code for each in done.kept.findings]) == (1, ["PB601"])


def test_only_what_is_wanted_is_mended() -> None:
    files = encoded(laid({PARCEL: WEIGHT, EXPLAIN: "http://a.example {{ due.follow_up|when }}"}))
    done = fix(files, look, lambda kept: [each for each in kept.findings if each.code == "PB615"], LIMITS)
    assert [*done.files] == [EXPLAIN]
    assert [each.code for each in done.kept.findings] == ["PB601"]


def test_what_a_scenario_names_is_left() -> None:
    scenario = "scenarios:\n  - name: n\n    channel: x\n    answers: {fault: customer, weight: 3}\n"
    scenario += "    expect: {outcome: explain}\n"
    files = encoded(laid({PARCEL: WEIGHT, "protocols/parcel.scenarios.yaml": scenario}))
    assert not fixed(files)[0].files


def test_a_round_that_would_bring_a_new_fault_is_not_taken() -> None:
    files = {"f.j2": b"http://a"}
    link = Diagnostic("PB615", "m", Span("f.j2", 1, 1), severity=WARNING)
    fault = Diagnostic("PB200", "m", Span("f.j2", 1, 1), severity=ERROR)

    def worse(now: Mapping[str, bytes]) -> Kept:
        return Kept((link,) if now["f.j2"] == b"http://a" else (fault,), {}, 0, whole=True, fixable=frozenset())

    assert not fix(files, worse, every, LIMITS).files


def test_a_file_that_would_say_something_else_is_not_changed() -> None:
    text = "a: |\n  see # playbook: ignore PB601 -- why\n"
    unused = Diagnostic("PB651", "there is no PB601 to ignore here", Span("f.yaml", 2, 7), severity=WARNING)
    kept = Kept((unused,), {}, 0, whole=True, fixable=frozenset())
    assert not fix({"f.yaml": text.encode()}, lambda _: kept, every, LIMITS).files


class Unreadable(dict[str, bytes]):
    def __getitem__(self, path: str) -> bytes:
        raise OSError(0, path)


@pytest.mark.parametrize(
    "files",
    [{}, Unreadable(f=b""), {"f": b"\xff"}, {"f": b"http://a\rb"}, {"f": b"http://a" + b" " * LIMITS.size}],
    ids=["missing", "unreadable", "not UTF-8", "lone carriage returns", "too large"],
)
def test_what_cannot_be_counted_in_lines_is_left(files: dict[str, bytes]) -> None:
    assert mends([Diagnostic("PB615", "m", Span("f", 1, 1)), Diagnostic("PB615", "m")], files, LIMITS) == {}


def test_a_byte_order_mark_and_line_ends_stay() -> None:
    crlf = {
        path: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for path, text in laid({PARCEL: WEIGHT}).items()
    }
    base = {path: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for path, text in laid({}).items()}
    assert fixed(crlf)[1] == base


def test_a_difference_can_be_applied() -> None:
    files = {"a.j2": (b"one\x0b\ntwo", b"one\x0b\nthree"), "b.j2": (b"x\n", b"")}
    assert difference(Fixed(files, 2, look({}))) == (
        "--- a/a.j2\n+++ b/a.j2\n@@ -1,2 +1,2 @@\n one\x0b\n-two\n\\ No newline at end of file\n+three\n"
        "\\ No newline at end of file\n--- a/b.j2\n+++ b/b.j2\n@@ -1 +0,0 @@\n-x\n"
    )


SPARE = (
    ("protocols/shared/all.yaml", "questions:\n", "questions:\n  spare: {ask: I, yes_no: true}\n"),
    ("protocols/shared/all.yaml", "facts:\n", "facts:\n  idle: firm\n"),
    ("protocols/shared/all.yaml", "facts:\n", "facts:\n  idle_rules:\n    - {when: firm, is: a}\n    - {is: b}\n"),
    ("playbook.yaml", "marks: ", "principles:\n  p: {says: S}\nmarks: "),
    ("playbook.yaml", "  team: {title: Team}\n", "  team: {title: Team}\n  cook:\n    title: Cook\n"),
    ("protocols/a.yaml", "owner: team\n", "owner: team  # playbook: ignore PB620 -- why\n"),
    ("protocols/b.yaml", "title: T\n", "title: see http://a.example and раrcel\n"),  # noqa: RUF001 - as it is meant
    ("protocols/b.yaml", "version: 1.0.0\n", ""),
)


@settings(max_examples=30)
@given(texts(), st.lists(st.sampled_from(SPARE), unique=True), complete)
def test_no_case_changes_and_a_second_time_nothing_is_left(
    drawn: tuple[tuple[str, str], ...],
    spare: list[tuple[str, str, str]],
    answers: dict[str, Answer],
) -> None:
    files = world(dict(drawn))
    before = load(files)
    assume(before.pack is not None)
    for path, old, new in spare:
        files[path] = files[path].replace(old.encode(), new.encode(), 1)
    done, after = fixed(files)
    now = load(after)
    assert now.pack is not None
    assert before.pack is not None
    for protocol in ("a", "b"):
        one, other = (walk(pack, protocol, answers) for pack in (before.pack, now.pack))
        assert _short(one) == _short(other)
    assert not fix(after, look, every, LIMITS).files
    assert not {"PB651", "PB615", "PB661", "PB031"} & {each.code for each in done.kept.findings}


def _short(state: Decided | Pending) -> object:
    """What of a case somebody notices."""
    if isinstance(state, Pending):
        return state.question.id
    actions = [(action.do.by_locale, applies) for action, applies in state.actions]
    return (state.outcome.protocol, state.outcome.id, actions, state.marks, [each[0] for each in state.path])
