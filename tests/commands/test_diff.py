"""`playbook diff`: what it finds to compare, what it tells, and how it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import typer
from jsonschema import Draft202012Validator

from playbook.changes import covering, following
from playbook.changes.reviewing import Reviewing
from playbook.commands.diff import run
from playbook.regions import diagram
from playbook.regions.diagram import Spent
from playbook.review import markdown, neighbourhood, serving, showing
from playbook.review.serving import Wishes
from tests.revision_world import PARCEL, WORLD, commit, edit, git, put, refused, told

SCHEMA = json.loads((Path(__file__).parents[2] / "schema" / "diff.schema.json").read_bytes())
PROTOCOL = "protocols/parcel.yaml"
ONWARDS = "{yes: {protocol: parcel}, no: explain, unknown: parcel.whose}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack in a repository, where one stands."""
    pack = tmp_path / "pack"
    pack.mkdir()
    put(WORLD, pack)
    git(pack, "init", "-q")
    commit(pack)
    monkeypatch.chdir(pack)
    return pack


def as_json(capsys: pytest.CaptureFixture[str], **wishes: Any) -> tuple[int, Any]:  # noqa: ANN401 - whatever is wished for
    code, out, _ = told(capsys, Wishes(form="json", **wishes))
    document = json.loads(out)
    Draft202012Validator(SCHEMA).validate(document)
    return code, document


def human(capsys: pytest.CaptureFixture[str], **wishes: Any) -> tuple[int, str]:  # noqa: ANN401 - as above
    code, out, errors = told(capsys, Wishes(**wishes))
    assert errors == ""
    return code, out


def test_without_a_change_nothing_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = human(capsys)
    commit_ = git(folder, "rev-parse", "HEAD")[:9]
    assert (code, out) == (0, f"main at {commit_} → the working tree\nno change\n")


def test_a_moved_threshold_is_told_by_the_cases_that_it_changes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(folder, PROTOCOL, "days >= limits.late, then: whose", "days >= 20, then: whose")
    code, out = human(capsys, base="HEAD")
    assert code == 1
    assert (
        out
        == """\
HEAD → the working tree

parcel
  3 of 7 ways, 3 of 7 combinations: 1 milder, 2 sideways

  milder: parcel.pay (level 2) → parcel.reassure (level 1)
    1 of 7 ways, 1 of 7 combinations
    when «How many days late is it?» is 10 to 19 and «Was the error ours?» is yes
    smallest case: days: 10, ours: yes
      before                                        │ after
      outcome
      Pay it back (parcel.pay, level 2)             ≠ Reassure (parcel.reassure, level 1)
      approval
      boss                                          ≠
      public reply
                                                    ≠ in one's own words:
                                                    ≠ - when it comes
      private reply
      in one's own words:                           ≠
      - that the money goes back                    ≠

  sideways: parcel.look (level 1) → parcel.reassure (level 1)
    1 of 7 ways, 1 of 7 combinations
    when «How many days late is it?» is 10 to 19 and «Was the error ours?» is “don't know”
    smallest case: days: 10, ours: null
      before                                        │ after
      outcome
      Look for it (parcel.look, level 1)            ≠ Reassure (parcel.reassure, level 1)
      actions
      - Search the depot (shop, within 4h)          ≠
      - if item == 'toy': Search the toys (shop,    ≠
      within 1d)                                    │
      public reply
      We are looking for it.                        ≠ in one's own words:
                                                    ≠ - when it comes

  sideways: no longer asked: ours
    1 of 7 ways, 1 of 7 combinations
    when «How many days late is it?» is 10 to 19 and «Was the error ours?» is no
    smallest case: days: 10, ours: no

  version is still 1.0.0: this change is minor (cases come out otherwise), 1.1.0 or later [PB567]
"""
    )


def test_a_renamed_step_is_no_change_of_behaviour(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(folder, PROTOCOL, "whose", "who_erred")
    edit(folder, "protocols/toy.yaml", "parcel.whose", "parcel.who_erred")
    assert human(capsys, base="HEAD") == (
        0,
        "HEAD → the working tree\n\nparcel: no change of behaviour\n\ntoy: no change of behaviour\n",
    )


def test_words_are_listed_apart_and_ask_for_a_patch(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(folder, PROTOCOL, "title: Reassure", "title: Comfort")
    put({"templates/en/parcel/look.j2": "We are on it.\n"}, folder)
    code, out = human(capsys, base="HEAD")
    assert code == 1
    assert out.splitlines()[2:] == [
        "parcel: no change of behaviour, only words",
        "  words only",
        "    outcome reassure title",
        "      - Reassure",
        "      + Comfort",
        "    templates/en/parcel/look.j2",
        "  version is still 1.0.0: this change is patch (only words changed), 1.0.1 or later [PB567]",
    ]
    edit(folder, PROTOCOL, "version: 1.0.0", "version: 1.0.1")
    code, out = human(capsys, base="HEAD")
    assert code == 0
    assert out.endswith("  version 1.0.0 → 1.0.1: raised enough for patch\n")


def test_an_outcome_that_is_gone_and_a_question_that_is_new_ask_for_a_major_version(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = PARCEL.replace("no: reassure, unknown: look", "no: reassure, unknown: ask_what")
    text = text.replace("outcomes:\n", "  ask_what: {ask: item, then: look}\noutcomes:\n")
    put({PROTOCOL: text.replace("version: 1.0.0", "version: 1.9.0")}, folder)
    code, document = as_json(capsys, base="HEAD")
    assert code == 1
    [parcel] = document["protocols"]
    assert parcel["version"] == {
        "before": "1.0.0",
        "after": "1.9.0",
        "rise": "major",
        "least": "2.0.0",
        "raised": False,
    }
    assert parcel["changes"][0]["asked"] == ["item"]
    [region] = parcel["changes"][0]["regions"]
    assert region["what"] == "newly asked: item"
    assert region["share"] == {"ways": 1, "combinations": 2}


def test_an_action_whose_condition_is_asked_about_later_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(folder, PROTOCOL, "item == 'toy'", "item == 'book'")
    code, document = as_json(capsys, base="HEAD")
    assert code == 1
    [region] = document["protocols"][0]["changes"][0]["regions"]
    assert region["what"] == "other actions, by what is answered after the outcome"
    assert region["smallest_case"]["answers"] == {"days": 10, "ours": None, "item": "book"}


def test_a_red_line_that_is_newly_broken_or_proved_or_gone_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(folder, PROTOCOL, "unknown: look", "unknown: pay")
    edit(folder, PROTOCOL, "version: 1.0.0", "version: 2.0.0")
    code, document = as_json(capsys, base="HEAD")
    assert code == 1
    line = {"name": "no_refund_for_a_threat", "status": "broken", "new": False, "case": {"days": 10, "ours": None}}
    assert document["protocols"][0]["red_lines"] == [line]
    broken = commit(folder)
    git(folder, "checkout", "-q", "HEAD~1", "--", ".")
    edit(folder, PROTOCOL, "version: 1.0.0", "version: 3.0.0")
    code, document = as_json(capsys, base=broken)
    assert (code, document["protocols"][0]["red_lines"][0]["status"]) == (0, "proved")
    edit(folder, "playbook.yaml", "no_refund_for_a_threat", "nobody_is_paid_for_a_threat")
    code, out = human(capsys, base=broken, protocols=("parcel",))
    assert code == 0
    assert "  red line nobody_is_paid_for_a_threat: new, and proved\n" in out
    assert "  red line no_refund_for_a_threat: it is gone, and no longer held\n" in out


LINE = """\
red_lines:
  none_here: {because: Nothing is given for a toy, never: [gift]}
steps:"""


def lead_in(folder: Path) -> None:
    """A line of the protocol that leads into the other, and a change of the other that breaks it."""
    edit(folder, "playbook.yaml", "refund: money goes back", "refund: money goes back, gift: something is given")
    edit(folder, "protocols/toy.yaml", "steps:", LINE)
    commit(folder)
    edit(folder, PROTOCOL, "marks: [refund]", "marks: [refund, gift]")
    edit(folder, PROTOCOL, "version: 1.0.0", "version: 1.1.0")


def test_a_red_line_of_a_protocol_that_leads_into_a_changed_one_is_held(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lead_in(folder)
    far = "protocol: far\nversion: 1.0.0\ntitle: Far\nowner: shop\nuse: [case]\nsteps:\n"
    put({"protocols/far.yaml": f"{far}  on: {{ask: threatens, then: {{protocol: toy}}}}\n"}, folder)
    git(folder, "add", "protocols/far.yaml")
    git(folder, "commit", "-q", "-m", "far", "protocols/far.yaml")
    code, out = human(capsys, base="HEAD")
    assert code == 1
    assert out.endswith("\n\ntoy\n  red line toy.none_here: newly broken, by ours: yes, days: 10\n")
    assert human(capsys, base="HEAD", protocols=("parcel",))[0] == 0
    code, out = human(capsys, base="HEAD", protocols=("far",))
    assert (code, "far\n  red line toy.none_here: newly broken" in out) == (1, True)
    broken = commit(folder)
    edit(folder, PROTOCOL, "marks: [refund, gift]", "marks: [refund]")
    edit(folder, PROTOCOL, "version: 1.1.0", "version: 1.2.0")
    code, document = as_json(capsys, base=broken)
    lines = [{"name": "toy.none_here", "status": "proved", "new": False, "case": None}]
    assert code == 0
    assert [(each["id"], each["red_lines"]) for each in document["protocols"]] == [("parcel", []), ("toy", lines)]


def test_a_line_of_the_pack_is_held_for_cases_that_start_where_nothing_changed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(folder, "playbook.yaml", "never: [refund]", "never: [refund]\n    except: {parcel: it may}")
    commit(folder)
    edit(folder, PROTOCOL, "unknown: look", "unknown: pay")
    edit(folder, PROTOCOL, "version: 1.0.0", "version: 1.1.0")
    code, out = human(capsys, base="HEAD")
    assert code == 1
    assert "\ntoy\n  red line no_refund_for_a_threat: newly broken, by " in out


def test_a_change_that_is_told_already_or_weighs_nothing_is_not_told_of_those_that_lead_there(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(folder, PROTOCOL, "unknown: look", "unknown: pay")
    edit(folder, PROTOCOL, "version: 1.0.0", "version: 1.1.0")
    assert "\ntoy" not in human(capsys, base="HEAD")[1]
    git(folder, "checkout", "-q", "--", ".")
    edit(folder, PROTOCOL, "title: Reassure", "title: Comfort")
    edit(folder, "protocols/toy.yaml", "steps:", LINE.replace("gift", "refund"))
    commit(folder)
    edit(folder, PROTOCOL, "title: Comfort", "title: Reassure")
    assert "\ntoy" not in human(capsys, base="HEAD")[1]


def test_a_protocol_that_leads_into_a_changed_one_and_cannot_be_held_is_not_decided(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lead_in(folder)

    def spent(_: object, __: object, protocols: tuple[str, str], ___: object) -> tuple[()]:
        if protocols[0] == "toy":
            raise Spent
        return ()

    with monkeypatch.context() as patch:
        patch.setattr(Reviewing, "_turned", spent)
        code, out = human(capsys, base="HEAD")
    assert code == 2
    assert "\ntoy: not decided: it is too large; it stopped while putting the steps" in out
    edit(folder, PROTOCOL, "whose", "who_erred")
    code, out, errors = told(capsys, Wishes("HEAD"))
    assert code == 2
    assert "error: `toy` is not compared: it cannot be read in the working tree [PB566]" in errors
    assert "parcel\n" in out


def test_where_there_are_no_red_lines_those_that_lead_into_a_changed_protocol_are_not_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put({"playbook.yaml": WORLD["playbook.yaml"].partition("red_lines:")[0]}, folder)
    commit(folder)
    edit(folder, PROTOCOL, "whose", "who_erred")
    edit(folder, PROTOCOL, "level: 2", "level: 3")
    edit(folder, PROTOCOL, "version: 1.0.0", "version: 1.1.0")
    code, out = human(capsys, base="HEAD")
    assert (code, "\ntoy" in out) == (0, False)


def test_folders_files_and_revisions_may_be_compared(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = git(folder, "rev-parse", "HEAD")
    old = put(WORLD, tmp_path / "old")
    edit(folder, PROTOCOL, "level: 2", "level: 3")
    commit(folder)
    put({"draft.yaml": PARCEL}, folder)
    for base, head in (
        (first, None),
        (first, "HEAD"),
        (str(old), None),
        (str(old), "."),
        (first, "."),
        (str(old), "HEAD"),
    ):
        code, document = as_json(capsys, base=base, head=head)
        assert code == 1, (base, head)
        assert [each["what"] for each in document["protocols"][0]["changes"][0]["regions"]] == ["level 2 → 3"]
    for base, head in (("draft.yaml", None), ("draft.yaml", PROTOCOL), ("draft.yaml", "HEAD")):
        code, document = as_json(capsys, base=base, head=head)
        assert document["protocols"][0]["changes"][0]["regions"][0]["direction"] == "stricter"
    code, document = as_json(capsys, base="HEAD", head="draft.yaml")
    assert document["protocols"][0]["changes"][0]["regions"][0]["direction"] == "milder"


def test_what_others_lead_to_is_compared_from_there_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = PARCEL.replace("  whose: {", "  apart: {ask: ours, then: {yes: pay, no: look, unknown: look}}\n  whose: {")
    put({PROTOCOL: text}, folder)
    edit(folder, "protocols/toy.yaml", "parcel.whose", "parcel.apart")
    commit(folder)
    edit(folder, PROTOCOL, "no: look, unknown: look", "no: reassure, unknown: look")
    code, document = as_json(capsys, base="HEAD")
    assert code == 1
    [entered] = document["protocols"][0]["changes"]
    assert entered["entered_at"] == "parcel.apart"
    assert entered["regions"][0]["smallest_case"]["answers"] == {"ours": False}
    code, out = human(capsys, base="HEAD")
    assert "  entered at parcel.apart, from other protocols\n" in out
    edit(folder, "protocols/toy.yaml", "parcel.apart", "parcel.look")
    edit(folder, PROTOCOL, "within: 4h", "within: 2h")
    _, document = as_json(capsys, base="HEAD", protocols=("parcel",))
    assert [each["entered_at"] for each in document["protocols"][0]["changes"]] == [None, "parcel.apart"]


def test_answers_that_only_one_version_takes_are_told_apart(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(folder, PROTOCOL, "max: 60", "max: 90")
    code, out = human(capsys, base="HEAD")
    assert code == 1
    assert "  answers that are new\n    1 combination beside the 4 lead to parcel.reassure\n" not in out
    assert "  answers that are new\n" in out
    edit(folder, PROTOCOL, "max: 90", "max: 30")
    _, document = as_json(capsys, base="HEAD")
    outcomes = [each["outcome"] for each in document["protocols"][0]["changes"][0]["answers_no_longer_taken"]]
    assert outcomes == ["parcel.pay", "parcel.reassure", "parcel.look"]


def test_protocols_that_are_new_gone_or_called_otherwise_are_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put({"protocols/doll.yaml": WORLD["protocols/toy.yaml"].replace("protocol: toy", "protocol: doll")}, folder)
    (folder / "protocols/toy.yaml").unlink()
    code, out = human(capsys, base="HEAD")
    assert code == 0
    assert out.endswith("\ndoll: no change of behaviour\n  renamed: toy → doll\n")
    put(
        {
            "protocols/doll.yaml": WORLD["protocols/toy.yaml"]
            .replace("protocol: toy", "protocol: doll")
            .replace("whose:", "who:")
        },
        folder,
    )
    code, out = human(capsys, base="HEAD")
    assert (code, out.splitlines()[2:]) == (0, ["doll: new", "", "toy: gone"])


def test_a_renamed_outcome_and_a_renamed_question_are_seen_as_such(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = PARCEL.replace("reassure", "comfort").replace("days", "days_late").replace("days_late late", "days late")
    put({PROTOCOL: text}, folder)
    code, document = as_json(capsys, base="HEAD")
    assert code == 1
    assert document["protocols"][0]["outcomes"]["renamed"] == [{"from": "reassure", "to": "comfort"}]
    assert document["protocols"][0]["changes"] == []
    assert document["protocols"][0]["version"]["rise"] == "major"


def test_a_version_that_cannot_be_read_leaves_the_others_compared(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(folder, PROTOCOL, "unknown: look", "unknown: nowhere")
    edit(folder, "protocols/toy.yaml", "level: 0", "level: 1")
    put(
        {"protocols/doll.yaml": PARCEL.replace("protocol: parcel", "protocol: doll").replace("days", "days_late")},
        folder,
    )
    code, out, errors = told(capsys, Wishes("HEAD"))
    assert code == 2
    assert "error: `parcel` is not compared: it cannot be read in the working tree [PB566]" in errors
    assert "protocols/parcel.yaml:" in errors
    assert "doll: new" in out
    code, document = as_json(capsys, base="HEAD")
    assert (code, document["status"]) == (2, "undecided")
    code, out, _ = told(capsys, Wishes("HEAD", form="markdown"))
    assert "- **not compared**: ``error" not in out
    assert "- **not compared**: " in out


def test_a_pack_that_was_not_there_before_is_new(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(folder, "rm", "-q", "--cached", "-r", ".")
    git(folder, "commit", "-q", "-m", "nothing")
    code, out = human(capsys, base="HEAD")
    assert (code, out.splitlines()[2:]) == (0, ["parcel: new", "", "toy: new"])
    edit(folder, "playbook.yaml", "locales:", "locale:")
    code, out, errors = told(capsys, Wishes("HEAD"))
    assert code == 2
    assert "PB566" in errors


def test_what_takes_too_long_is_not_decided(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(folder, PROTOCOL, "level: 2", "level: 3")
    moments = iter(range(0, 10**9, 100))
    monkeypatch.setattr(serving, "monotonic", lambda: next(moments))
    monkeypatch.setattr(diagram, "BETWEEN", 1)
    code, out = human(capsys, base="HEAD")
    assert code == 2
    assert out.splitlines()[2] == (
        "parcel: not decided: it is too large; it stopped while putting the steps of both versions together"
    )
    _, document = as_json(capsys, base="HEAD")
    assert document["protocols"][0]["status"] == "undecided"


def test_what_holds_for_every_protocol_is_told_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(folder, "playbook.yaml", "title: The shop", "title: Our shop")
    edit(folder, "protocols/shared/case.yaml", "Do they threaten?", "Do they threaten us?")
    put({"templates/en/_who.j2": "Us"}, folder)
    code, out = human(capsys, base="HEAD")
    assert code == 0
    assert out.splitlines()[2:] == [
        "parcel: no change of behaviour",
        "",
        "toy: no change of behaviour",
        "",
        "For every protocol",
        "    shared case question threatens ask",
        "      - Do they threaten?",
        "      + Do they threaten us?",
        "  playbook.yaml: roles",
        "  templates/en/_who.j2",
    ]
    code, out, _ = told(capsys, Wishes("HEAD", form="markdown"))
    assert "#### For every protocol\n\n- `shared case question threatens ask`: `Do they threaten?` → `Do they " in out


def test_a_comment_takes_nothing_of_a_pack_for_markup(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evil = "@all https://evil.example `x` <b> </pre> [a](b) | #1"
    edit(folder, PROTOCOL, "title: Pay it back", f"title: '{evil}'")
    edit(folder, "protocols/shared/case.yaml", "ask: Was the error ours?", f"ask: '{evil}'")
    edit(folder, PROTOCOL, "level: 2", "level: 3")
    code, out, _ = told(capsys, Wishes("HEAD", form="markdown"))
    assert code == 1
    bare = re.sub(r"(?s)```mermaid.*?```|<pre>.*?</pre>|``.*?``|`[^`]*`", "", out)
    assert "@" not in bare
    assert "evil" not in bare
    assert "<pre>@all https://evil.example `x` &lt;b&gt; &lt;/pre&gt;" in out
    assert "```mermaid\nflowchart TD\n" in out
    assert "@all" not in out.partition("```mermaid")[2].partition("```")[0]


def test_a_comment_that_would_be_too_long_leaves_out_cases_and_then_is_cut(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(folder, PROTOCOL, "days >= limits.late, then: whose", "days >= 20, then: whose")
    _, whole, _ = told(capsys, Wishes("HEAD", form="markdown"))
    assert whole.count("<details>") == 2
    monkeypatch.setattr(markdown, "MOST", len(whole) - 1)
    _, shorter, _ = told(capsys, Wishes("HEAD", form="markdown"))
    assert 0 < shorter.count("smallest case") < whole.count("smallest case")
    assert markdown.CUT in shorter
    monkeypatch.setattr(markdown, "MOST", 400)
    _, cut, _ = told(capsys, Wishes("HEAD", form="markdown"))
    assert len(cut) <= 400
    assert cut.endswith(markdown.CUT)
    assert "<details>" not in cut


def lines_of(capsys: pytest.CaptureFixture[str]) -> tuple[list[str], str]:
    """What differs of each region, and all of the text and of the comment."""
    _, document = as_json(capsys, base="HEAD", protocols=("parcel",))
    _, out = human(capsys, base="HEAD", protocols=("parcel",))
    _, comment, _ = told(capsys, Wishes("HEAD", form="markdown", protocols=("parcel",)))
    regions = [each["what"] for part in document["protocols"][0]["changes"] for each in part["regions"]]
    return regions, out + comment


def test_all_that_an_outcome_comes_to_is_compared(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(folder, "playbook.yaml", "limits:", "stances: {deny: no, rebuild: yes we do}\nlimits:")
    put({PROTOCOL: PARCEL.replace("    marks: [refund]\n", "    marks: [refund]\n    stance: deny\n")}, folder)
    commit(folder)
    more = """\
    title: Pay it back
    level: 2
    because: Whoever waits need not look for what we lost
    stance: rebuild
    answer_within: 2h
    follow_up: {owner: shop, every: 2h, for: 1d, check: Whether it came}
    actions:
      - {do: Pay, owner: boss, within: 1d}
      - {do: Say so, owner: shop}
    avoid: [Excuses, {when: threatens, say: Threats}]
    reply: {silence: nothing to say}
"""
    text = (folder / PROTOCOL).read_text(encoding="utf-8")
    put({PROTOCOL: text[: text.index("    title: Pay it back")] + more}, folder)
    regions, text = lines_of(capsys)
    assert regions == [
        (
            "said: private → silence; approval: boss → nobody; answer within: none → 2h; "
            "follow-up: none → shop 2h 1d; stance: deny → rebuild; marks: refund → none; what to avoid; "
            "newly: 2 actions (boss within 1d, shop)"
        )
    ]
    assert "every 2h for 1d: Whether it came" in text
    assert "silence: nothing to say" in text
    commit(folder)
    edit(folder, PROTOCOL, "every: 2h, for: 1d", "within: 1d")
    edit(folder, PROTOCOL, "      - {do: Say so, owner: shop}\n", "")
    regions, text = lines_of(capsys)
    assert regions == ["follow-up: shop 2h 1d → shop 1d; no longer: 1 action (shop)"]
    edit(folder, PROTOCOL, "{do: Pay, owner: boss, within: 1d}", "{do: Pay, owner: boss}")
    edit(folder, PROTOCOL, "within: 1d, check", "every: 2h, check")
    regions, text = lines_of(capsys)
    assert regions[0].startswith(
        "follow-up: shop 2h 1d → shop 2h; no longer: 2 actions (boss within 1d, shop); newly: 1"
    )
    assert "every 2h: Whether it came" in text


def test_things_to_avoid_by_what_is_answered_later_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(folder, PROTOCOL, "    approval: [boss]", "    approval: [boss]\n    avoid: [{when: item == 'toy', say: A}]")
    commit(folder)
    edit(folder, PROTOCOL, "{when: item == 'toy', say: A}", "{when: item == 'book', say: A}")
    regions, text = lines_of(capsys)
    assert regions == ["other things to avoid, by what is answered after the outcome"]
    assert "smallest case: days: 10, ours: yes, item: book" in text


def test_a_deadline_of_one_action_is_told_as_such(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(folder, PROTOCOL, "within: 4h", "within: 8h")
    regions, text = lines_of(capsys)
    assert regions == ["an action of shop: within 4h → 8h"]
    assert "- Search the depot (shop, within 4h)          ≠ - Search the depot (shop, within 8h)" in text
    assert "Search the toys (shop" not in text


def test_a_reply_that_cannot_be_written_says_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put({"templates/en/parcel/look.j2": "We {{ look }}.\n"}, folder)
    edit(folder, PROTOCOL, "within: 4h", "within: 8h")
    _, text = lines_of(capsys)
    assert "(it cannot be written: " in text


def test_what_is_otherwise_around_the_regions_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = PARCEL.replace(
        "whose: {ask: ours, then: {yes: pay, no: reassure, unknown: look}}",
        "whose: {ask: item, then: {book: end, toy: away}}",
    )
    ends = "".join(
        f"  {name}: {{title: {name}, level: 0, because: B, reply: {{silence: S}}}}\n" for name in ("end", "away")
    )
    text = text[: text.index("  look:")] + ends
    put(
        {
            PROTOCOL: text.replace("owner: shop\nuse", "owner: boss\nuse").replace(
                "[case]", "[case]\nreview_by: 2030-01-01"
            )
        },
        folder,
    )
    edit(folder, "protocols/toy.yaml", "parcel.whose", "parcel.end")
    _, text = lines_of(capsys)
    for line in (
        "outcomes new: end, away",
        "outcomes gone: look, pay",
        "newly asked: item",
        "no longer asked: ours",
        "owner is another",
    ):
        assert line in text
    assert "-.->" in text.partition("```mermaid")[2]


def test_renames_words_and_shares_that_are_too_many_are_told_in_short(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(folder, PROTOCOL, "reassure", "comfort")
    assert "outcome renamed: reassure → comfort" in lines_of(capsys)[1]
    edit(folder, PROTOCOL, "level: 2", "level: 3")
    edit(folder, PROTOCOL, "What did they order?", "What was it?")
    edit(folder, PROTOCOL, "A book", "Book")
    for module in (showing, markdown):
        monkeypatch.setattr(module, "MOST_WORDS", 1)
    monkeypatch.setattr(following.Following, "ways", lambda *_: None)
    monkeypatch.setattr(covering.Covering, "boxes", lambda _, region: ([], region))
    monkeypatch.setattr(neighbourhood, "MOST", 0)
    _, text = lines_of(capsys)
    assert "and 1 other texts" in text
    assert "1 of 4 combinations (too many ways to count)" in text
    assert "or in 1 other combination" in text
    assert "mermaid" not in text


def test_ways_are_counted_up_to_a_bound(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    init: Any = following.Following.__init__

    def bounded(self: following.Following, *rest: Any) -> None:  # noqa: ANN401 - as they are
        init(self, *rest[:-1], 1)

    monkeypatch.setattr(following.Following, "__init__", bounded)
    edit(folder, PROTOCOL, "level: 2", "level: 3")
    _, document = as_json(capsys, base="HEAD", protocols=("parcel",))
    assert document["protocols"][0]["changes"][0]["all"] == {"ways": None, "combinations": 4}


def test_red_lines_that_hold_for_others_are_other_lines(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(folder, "playbook.yaml", "never: [refund]", "never: [refund]\n    except: {toy: B}")
    code, document = as_json(capsys, base="HEAD", protocols=("parcel",))
    assert (code, document["protocols"][0]["red_lines"]) == (0, [])
    edit(folder, "playbook.yaml", "never: [refund]", "always: [refund]")
    code, document = as_json(capsys, base="HEAD", protocols=("parcel",))
    assert (code, document["protocols"][0]["red_lines"][0]["status"]) == (1, "broken")
    _, comment, _ = told(capsys, Wishes("HEAD", form="markdown", protocols=("parcel",)))
    assert "- ❌ red line no_refund_for_a_threat: newly broken, by days: 0\n" in comment


def test_a_comment_tells_of_answers_that_are_new_and_of_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, comment, _ = told(capsys, Wishes("HEAD", form="markdown"))
    assert comment.endswith("\nNo change.\n")
    edit(folder, PROTOCOL, "max: 60", "max: 90")
    _, comment, _ = told(capsys, Wishes("HEAD", form="markdown"))
    assert "**Answers that are new**\n\n- 3 combinations beside the 4 lead to " not in comment
    assert "**Answers that are new**\n\n" in comment


def test_a_file_that_cannot_be_read_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "protocols/toy.yaml").unlink()
    (folder / "protocols/toy.yaml").symlink_to("parcel.yaml")
    edit(folder, PROTOCOL, "level: 2", "level: 3")
    code, _, errors = told(capsys, Wishes("HEAD"))
    assert code == 2
    assert "it is a symbolic link" in errors


def test_a_template_alone_is_told_with_its_protocol(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put({"templates/en/parcel/look.j2": "We look.\n"}, folder)
    code, document = as_json(capsys, base="HEAD")
    assert [each["id"] for each in document["protocols"]] == ["parcel"]
    assert (code, document["protocols"][0]["templates"]) == (1, ["templates/en/parcel/look.j2"])
    plain = WORLD["protocols/toy.yaml"].replace("toy", "plain").replace("use: [case]\n", "")
    plain = (
        plain.replace("ask: ours", "ask: sure")
        .replace(", unknown: parcel.whose", "")
        .replace("{protocol: parcel}", "explain")
    )
    put(
        {
            "protocols/plain.yaml": plain.replace(
                "steps:", "questions:\n  sure: {ask: In any case?, yes_no: true}\nsteps:"
            )
        },
        folder,
    )
    commit(folder)
    edit(folder, "protocols/shared/case.yaml", "Do they threaten?", "Do they threaten us?")
    _, document = as_json(capsys, base="HEAD")
    assert [each["id"] for each in document["protocols"]] == ["parcel", "toy"]


def test_it_may_be_written_to_a_file(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(folder, PROTOCOL, "level: 2", "level: 3")
    for form in ("human", "markdown", "json"):
        code, out, _ = told(capsys, Wishes("HEAD", form=form, output=tmp_path / form))
        assert (code, out) == (1, "")
        assert "parcel" in (tmp_path / form).read_text(encoding="utf-8")


def test_what_cannot_be_compared_is_refused_with_its_reason(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (folder / "note.txt").write_text("no protocol", encoding="utf-8")
    assert refused(Wishes("nowhere")) == [("PB561", "there is no revision, folder or file `nowhere`")]
    assert refused(Wishes(str(tmp_path / "empty")))[0][0] == "PB565"
    assert refused(Wishes("note.txt")) == [("PB565", "`note.txt` is no protocol")]
    edit(folder, PROTOCOL, "level: 2", "level: 3")
    assert refused(Wishes("HEAD", protocols=("parcl",)))[0] == ("PB071", "no protocol is called `parcl`")


@pytest.mark.usefixtures("folder")
def test_programs_are_told_why_it_cannot_be_compared(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = told(capsys, Wishes("nowhere", form="json"))
    assert code == 2
    document = json.loads(out)
    Draft202012Validator(SCHEMA).validate(document)
    assert document["diagnostics"][0]["code"] == "PB561"


def test_the_command_hands_on_what_it_is_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(None, None, None, None, None, None, 60)
    assert capsys.readouterr().out.endswith("no change\n")
    edit(folder, PROTOCOL, "level: 2", "level: 3")
    with pytest.raises(typer.Exit) as ended:
        run("HEAD", None, None, ["parcel"], "json", None, 60)
    assert ended.value.exit_code == 1
    assert json.loads(capsys.readouterr().out)["status"] == "findings"


def test_a_base_that_cannot_be_read_leaves_the_others_compared(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = WORLD["protocols/toy.yaml"].replace("toy", "alone").replace(ONWARDS, "explain")
    put({"protocols/alone.yaml": alone, PROTOCOL: PARCEL.replace("unknown: look", "unknown: nowhere")}, folder)
    commit(folder)
    put({"protocols/alone.yaml": alone.replace("level: 0", "level: 1"), PROTOCOL: PARCEL}, folder)
    code, out, errors = told(capsys, Wishes("HEAD"))
    assert code == 2
    assert "`parcel` is not compared: it cannot be read in HEAD [PB566]" in errors
    assert "stricter: level 0 → 1" in out
    assert "parcel" not in out


def test_of_a_long_text_the_lines_that_differ_are_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(folder, PROTOCOL, "because: First we look", "because: |\n      First we look.\n      Then we tell.")
    commit(folder)
    edit(folder, PROTOCOL, "Then we tell.", "Then we say so.")
    _, out = human(capsys, base="HEAD")
    assert "    outcome look because\n      - Then we tell.\n      + Then we say so.\n  version" in out


def test_each_of_several_red_lines_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = "  another: {because: B, when: threatens and not ours, never: [refund]}\n"
    put({"playbook.yaml": WORLD["playbook.yaml"] + line}, folder)
    commit(folder)
    edit(folder, PROTOCOL, "unknown: look", "unknown: pay")
    _, document = as_json(capsys, base="HEAD", protocols=("parcel",))
    assert [each["name"] for each in document["protocols"][0]["red_lines"]] == ["no_refund_for_a_threat", "another"]


SORRY = (PROTOCOL, "public: look", "public: sorry", "outcome look reply public template")
POINTS = (PROTOCOL, "[when it comes]", "[when it comes, whose fault]", "outcome reassure reply public own_words 2")
HELP = ("protocols/shared/case.yaml", "error ours?", "error ours?, help: Ask", "question ours help")


@pytest.mark.parametrize("words", [SORRY, POINTS, HELP])
def test_a_reply_or_a_help_that_is_another_is_told_as_words(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, str, str, str]
) -> None:
    path, old, new, place = words
    put({"templates/en/parcel/sorry.j2": "It is your fault.\n"}, folder)
    commit(folder)
    edit(folder, path, old, new)
    _, document = as_json(capsys, base="HEAD", protocols=("parcel",))
    found = [*document["words"], *(each for own in document["protocols"] for each in own["words"])]
    assert [each["place"].removeprefix("shared case ") for each in found] == [place]


def test_a_red_line_that_a_fact_alone_breaks_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(folder, "protocols/shared/case.yaml", "questions:", "facts:\n  grave: threatens and not ours\nquestions:")
    edit(folder, "playbook.yaml", "when: threatens and not ours", "when: grave")
    commit(folder)
    edit(folder, "protocols/shared/case.yaml", "grave: threatens and not ours", "grave: threatens or ours")
    code, document = as_json(capsys, base="HEAD", protocols=("parcel",))
    [parcel] = document["protocols"]
    assert (code, parcel["status"], parcel["changes"]) == (1, "changed", [])
    assert [each["status"] for each in parcel["red_lines"]] == ["broken"]


def test_what_a_given_answer_hides_from_its_own_cases_is_compared_for_those_of_others(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(folder, PROTOCOL, "use: [case]", "use: [case]\ngiven: {item: book}")
    edit(folder, PROTOCOL, "{ask: days, then: late}", "{ask: item, then: {book: count, toy: count}}")
    edit(folder, PROTOCOL, "  late:\n", "  count: {ask: days, then: late}\n  late:\n")
    commit(folder)
    edit(folder, PROTOCOL, "toy: count", "toy: look")
    _, document = as_json(capsys, base="HEAD", protocols=("parcel",))
    assert [each["entered_at"] for each in document["protocols"][0]["changes"]] == ["parcel.how_late"]


TOYS = "{{when: item == '{0}', do: Search the toys, owner: shop}}"
BOOKS = "{{when: item == '{1}', do: Search the books, owner: shop}}"


@pytest.mark.parametrize(
    ("key", "texts"),
    [
        ("actions", f"      - {TOYS}\n      - {BOOKS}\n"),
        ("avoid", "      - {{when: item == '{0}', say: A toy}}\n      - {{when: item == '{1}', say: A book}}\n"),
    ],
)
def test_conditions_that_change_places_are_a_change_of_behaviour(
    folder: Path, capsys: pytest.CaptureFixture[str], key: str, texts: str
) -> None:
    put({PROTOCOL: PARCEL.split("    actions:\n", maxsplit=1)[0]}, folder)
    rest = "  pay:" + PARCEL.split("  pay:")[1]
    old, new = (f"    {key}:\n{texts.format(*each)}" for each in (("toy", "book"), ("book", "toy")))
    start = (folder / PROTOCOL).read_text(encoding="utf-8")
    put({PROTOCOL: start + old + rest}, folder)
    commit(folder)
    put({PROTOCOL: start + new + rest}, folder)
    code, document = as_json(capsys, base="HEAD")
    [parcel] = document["protocols"]
    assert (code, parcel["status"]) == (1, "changed")
    assert [each["kinds"] for each in parcel["changes"][0]["regions"]] == [["afterwards"]]


TOY_ON_A_LINE = (
    '{"protocol": "toy", "version": "1.0.0", "title": "Toy # 1", "owner": "shop", "use": ["case"], "steps": {"whose": '
    '{"ask": "ours", "then": {"yes": "explain", "no": "explain", "unknown": "parcel.apart"}}}, "outcomes": {"explain": '
    '{"title": "Explain", "level": 0, "because": "It is so", "reply": {"silence": "nothing"}}}} # not parcel.whose\n'
)


def test_what_others_lead_to_is_found_behind_a_text_with_a_hash(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(folder, PROTOCOL, "  whose: {", "  apart: {ask: ours, then: {yes: pay, no: look, unknown: look}}\n  whose: {")
    put({"protocols/toy.yaml": TOY_ON_A_LINE}, folder)
    commit(folder)
    edit(folder, PROTOCOL, "no: look, unknown: look", "no: reassure, unknown: look")
    _, document = as_json(capsys, base="HEAD", protocols=("parcel",))
    assert [each["entered_at"] for each in document["protocols"][0]["changes"]] == ["parcel.apart"]


def test_a_promise_of_how_long_cases_take_that_is_another_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(folder, PROTOCOL, "use: [case]", "use: [case]\nat_most: 9 questions")
    commit(folder)
    edit(folder, PROTOCOL, "at_most: 9", "at_most: 20")
    code, document = as_json(capsys, base="HEAD")
    assert (code, document["protocols"][0]["about"]) == (1, ["at_most"])


def test_a_given_answer_that_is_another_may_break_a_red_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(folder, "playbook.yaml", "when: threatens and not ours", "when: threatens")
    edit(folder, PROTOCOL, "use: [case]", "use: [case]\ngiven: {threatens: false}")
    commit(folder)
    edit(folder, PROTOCOL, "given: {threatens: false}", "given: {threatens: true}")
    _, document = as_json(capsys, base="HEAD")
    assert [each["status"] for each in document["protocols"][0]["red_lines"]] == ["broken"]


def test_a_text_of_several_lines_is_on_one_line_in_a_comment() -> None:
    assert markdown.code("one\n  two `\x1b") == "``one two `\\x1b``"


@pytest.mark.parametrize("name", ["", "a" * 5_000])
@pytest.mark.usefixtures("folder")
def test_a_name_that_cannot_be_is_refused(name: str) -> None:
    for wishes in (Wishes(base=name), Wishes(base="HEAD", head=name)):
        assert [code for code, _ in refused(wishes)] == ["PB561"]
