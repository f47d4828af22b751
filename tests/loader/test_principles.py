"""What a playbook stands for: principles, whatever carries them out, and the marks that set themselves."""

from __future__ import annotations

from playbook import scenarios
from tests.worlds import PLAYBOOK, faults, pack, protocol, told, warnings

STANDS_FOR = PLAYBOOK + "principles:\n  calm: {says: Keep calm}\n  quick: {says: Be quick, source: The handbook}\n"
QUESTION = "questions:\n  a: {ask: A, yes_no: true, carries: [calm]}\n"
STEPS = "steps:\n  s: {ask: a, then: x}\n"
END = "  x: {{title: T, level: 1, because: B, reply: {{{reply}}}, marks: [{marks}]{more}}}\n"


def outcome(reply: str = "silence: S", marks: str = "", more: str = "") -> str:
    return "outcomes:\n" + END.format(reply=reply, marks=marks, more=more)


def test_principles_are_sentences_with_a_source_and_everything_that_acts_may_carry_them() -> None:
    action = ", actions: [{do: D, owner: team, carries: [calm]}]"
    line = "red_lines:\n  l: {because: B, never: [refund], carries: [calm, quick]}\n"
    text = protocol("carries: [quick]\n" + QUESTION + STEPS + outcome(more=", carries: [quick]" + action) + line)
    found = pack(text, STANDS_FOR)
    own = found.protocols["p"]
    assert [(name, each.says.say("en")) for name, each in found.principles.items()] == [
        ("calm", "Keep calm"),
        ("quick", "Be quick"),
    ]
    assert found.principles["quick"].source is not None
    assert own.carries == ("quick",)
    assert own.questions["a"].carries == ("calm",)
    assert own.outcomes["x"].carries == ("quick",)
    assert own.outcomes["x"].actions[0].carries == ("calm",)
    assert own.red_lines["l"].carries == ("calm", "quick")


def test_a_principle_that_is_not_there_is_told_with_the_nearest() -> None:
    text = protocol(QUESTION.replace("calm", "clam") + STEPS + outcome())
    told_ = "protocols/p.yaml:6:39 PB038 no principle is called `clam` | did you mean `calm`?"
    assert faults(text, STANDS_FOR) == [told_]


def test_a_principle_is_carried_once_by_each() -> None:
    text = protocol(QUESTION.replace("calm", "calm, calm") + STEPS + outcome())
    told_ = "protocols/p.yaml:6:45 PB036 `calm` is listed twice | leave one out"
    assert faults(text, STANDS_FOR) == [told_]


def test_a_principle_that_nothing_carries_out_is_warned_of_at_its_place() -> None:
    files = {"playbook.yaml": STANDS_FOR, "protocols/p.yaml": protocol(QUESTION + STEPS + outcome())}
    hint = "write `carries: [quick]` where it is kept: in an outcome, an action, a question or a red line"
    assert warnings(files) == [f"playbook.yaml:12:10 PB079 nothing carries out the principle `quick` | {hint}"]


def test_one_that_a_shared_file_carries_out_is_not_warned_of() -> None:
    shared = "actions:\n  - {do: D, owner: team, carries: [quick]}\n"
    files = {
        "playbook.yaml": STANDS_FOR,
        "protocols/p.yaml": protocol("use: [s]\n" + QUESTION + STEPS + outcome()),
        "protocols/shared/s.yaml": shared,
    }
    assert warnings(files) == []


def test_a_scenario_names_the_principle_that_decides_it() -> None:
    cases = "scenarios:\n  - {{name: N, principle: {}, answers: {{a: yes}}, expect: {{outcome: x}}}}\n"
    files = {
        "playbook.yaml": STANDS_FOR,
        "protocols/p.yaml": protocol(QUESTION + STEPS + outcome()),
        "protocols/p.scenarios.yaml": cases.format("quick"),
    }
    (scenario,) = scenarios.read(pack(files), "p").scenarios
    assert scenario.principle == "quick"
    wrong = scenarios.read(pack({**files, "protocols/p.scenarios.yaml": cases.format("quik")}), "p")
    (line,) = told(wrong.diagnostics)
    assert line == ("protocols/p.scenarios.yaml:2:26 PB038 no principle is called `quik` | did you mean `quick`?")
    none = scenarios.read(
        pack({**files, "protocols/p.scenarios.yaml": cases.replace("principle: {}, ", "").format()}), "p"
    )
    assert [each.principle for each in none.scenarios] == [None]


def test_saying_something_in_public_and_saying_nothing_are_marked_by_themselves_where_the_pack_lists_it() -> None:
    listed = PLAYBOOK.replace("marks: {", "marks: {public_reply: we answer, silence: we do not, ")
    spoken = protocol("questions:\n  a: {ask: A, yes_no: true}\n" + STEPS + outcome("public: t", "refund"))
    private = protocol("questions:\n  a: {ask: A, yes_no: true}\n" + STEPS + outcome("private: t", "refund"))
    silent = protocol("questions:\n  a: {ask: A, yes_no: true}\n" + STEPS + outcome("silence: S", "refund, silence"))
    marks = [pack(text, listed).protocols["p"].outcomes["x"].marks for text in (spoken, private, silent)]
    assert marks == [("refund", "public_reply"), ("refund",), ("refund", "silence")]
    assert pack(spoken).protocols["p"].outcomes["x"].marks == ("refund",)
