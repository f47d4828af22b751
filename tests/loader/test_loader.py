# ruff: noqa: E501 - what is said stands on one line, as it is printed
from __future__ import annotations

import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from playbook.engine import Pending, walk
from playbook.loader import load, protocol_ids
from playbook.protocol import Check, Hours, Target
from playbook.source.guard import Limits
from tests.loader.test_faults import QUESTIONS, WHOLE
from tests.worlds import HEAD, PLAYBOOK, faults, loaded, pack, protocol, told, world

SHARED = """\
questions:
  flags: {ask: F?, choices: {fire: Fire, flood: Flood}, many: true}
facts:
  hot: flags.fire
first:
  - {when: hot, then: safety.alarm}
"""
SAFETY = protocol("use: [flags]\nsteps:\n  alarm: {ask: flags, then: calm}\n", "safety", "calm")
CASE = protocol("use: [flags]\nsteps:\n  one: {check: [{when: hot, then: safety}, {then: done}]}\n", "case", "done")
FILES = {"protocols/shared/flags.yaml": SHARED, "protocols/safety.yaml": SAFETY, "protocols/case.yaml": CASE}
CLOSE = "first tries the lines of"


def test_shared_questions_facts_and_first_lines_belong_to_every_protocol_that_uses_them() -> None:
    found = pack(FILES)
    entry = found.protocols["case"].entry

    assert entry is not None
    assert [line.target for line in entry.lines] == [Target("safety", "alarm"), Target("case", "one")]
    assert entry.last_resort == -1
    assert found.questions["flags"].ids == ("fire", "flood")
    assert found.protocols["case"].questions == {}
    assert set(found.places) == {
        Target("case", "one"),
        Target("case", "done"),
        Target("safety", "alarm"),
        Target("safety", "calm"),
    }


def test_only_the_protocols_that_are_wanted_and_what_they_lead_into_are_read() -> None:
    broken = {
        **FILES,
        "protocols/other.yaml": "protocol: [",
        "protocols/other.scenarios.yaml": "x",
        "protocols/a/b.yaml": "",
    }
    found = loaded(broken, only=["safety"])

    assert told(found.diagnostics) == []
    assert found.pack is not None
    assert list(found.pack.protocols) == ["safety"]
    assert loaded(broken, only=["case"]).pack is not None
    assert [each.code for each in loaded(broken).diagnostics] == ["PB005"]
    assert protocol_ids(broken) == ("case", "other", "safety")


def test_a_wanted_protocol_that_does_not_exist_is_told_with_the_nearest_one() -> None:
    assert told(loaded(FILES, only=["safty"]).diagnostics) == [
        "None PB071 no protocol is called `safty` | did you mean `safety`?"
    ]
    found = loaded(FILES, only=["zzz"])
    assert found.diagnostics[0].hint == "known: `case`, `safety`"
    assert faults({}) == [
        "playbook.yaml:1:1 PB071 this pack has no protocols | a protocol is a file `protocols/<id>.yaml`"
    ]


def test_without_playbook_yaml_there_is_no_pack() -> None:
    assert told(load({}).diagnostics) == [
        "playbook.yaml:1:1 PB070 cannot read `playbook.yaml`: there is no such file | `playbook init` writes a starter pack"
    ]


def test_a_file_that_cannot_be_read_is_told_and_nothing_that_follows_from_it() -> None:
    class Refusing(dict[str, bytes]):
        def __getitem__(self, name: str) -> bytes:
            if name == "protocols/shared/flags.yaml":
                raise PermissionError(13, "Permission denied")
            return super().__getitem__(name)

    found = load(Refusing(world(FILES)))

    assert told(found.diagnostics) == [
        "protocols/shared/flags.yaml:1:1 PB070 cannot read `protocols/shared/flags.yaml`: permission denied"
    ]


@pytest.mark.parametrize(
    ("path", "text", "codes"),
    [
        ("protocols/shared/flags.yaml", "questions: {", ["PB005"]),
        ("protocols/shared/flags.yaml", "- x", ["PB032"]),
        ("protocols/shared/flags.yaml", SHARED.replace("  flags:", "  fl\u0430gs:"), ["PB015"]),
        ("protocols/shared/flags.yaml", SHARED.replace("questions:", "qestions:"), ["PB030"]),
        ("protocols/shared/flags.yaml", "questions: x\n" + SHARED[SHARED.index("facts") :], ["PB032"]),
        ("protocols/shared/flags.yaml", "facts: x\n" + SHARED[SHARED.index("first") :], ["PB032"]),
        ("protocols/shared/flags.yaml", SHARED.replace("choices: {", "choices: {x y: A, "), ["PB037"]),
        ("protocols/shared/flags.yaml", SHARED.replace("hot: flags", "hot: flugs"), ["PB082"]),
        ("protocols/shared/flags.yaml", SHARED.replace("hot:", "Hot:"), ["PB037"]),
        ("protocols/shared/flags.yaml", SHARED.replace("first:\n  -", "first:"), ["PB032"]),
        ("protocols/safety.yaml", "protocol: {", ["PB005"]),
        ("protocols/safety.yaml", "- x", ["PB032"]),
        ("protocols/safety.yaml", SAFETY.replace("steps:", "stepz:"), ["PB030"]),
        ("protocols/safety.yaml", SAFETY.replace("  alarm:", "  &x alarm:"), ["PB009"]),
        ("protocols/case.yaml", CASE.replace("use: [flags]", "use: flags"), ["PB032"]),
        ("protocols/case.yaml", CASE.replace("use: [flags]", "use: [flgs]"), ["PB051"]),
        ("protocols/case.yaml", CASE.replace("use: [flags]", "use: [[flags]]"), ["PB032"]),
        ("protocols/case.yaml", CASE.replace("use: [flags]", "use: [flags, flags]"), ["PB036"]),
        ("protocols/case.yaml", CASE.replace("steps:", "questions: []\nsteps:"), ["PB032"]),
        ("protocols/case.yaml", CASE.replace("steps:", "st\u0430ps:"), ["PB015"]),
        (
            "protocols/case.yaml",
            CASE.replace("steps:\n  one: ", "steps: []\nred_lines: []\noutcome: "),
            ["PB032", "PB032", "PB030"],
        ),
        ("protocols/case.yaml", CASE.replace("  one: ", "  one: {}\n  two: "), ["PB053"]),
        ("protocols/case.yaml", CASE[: CASE.index("steps")] + "steps: {}\n", ["PB053"]),
    ],
)
def test_one_fault_is_told_once_however_many_speak_of_what_it_broke(path: str, text: str, codes: list[str]) -> None:
    found = loaded({**FILES, path: text})

    assert [each.code for each in found.diagnostics] == codes, told(found.diagnostics)
    assert found.pack is None


def test_a_broken_question_does_not_make_its_users_fail() -> None:
    text = WHOLE
    for old, new in [
        ("choices: {us: Ours, them", "choices: {us: [], them"),
        ("max: 10", "max: x"),
        ("sure: {", "sure: 5\n  no: {"),
        ("many: true", "many: 5"),
    ]:
        text = text.replace(old, new)
    text = text.replace("when: sure, do: E", "when: sure and extras.gft, do: E").replace(
        "sure: 5\n  no: {ask: Sure?, yes_no: true}", "sure: 5"
    )

    assert [line.split()[1] for line in faults(text)] == ["PB032", "PB036", "PB032", "PB036"]


def test_targets_are_looked_at_even_where_the_question_is_not_known() -> None:
    body = "steps:\n  a: {ask: nobody, then: {x: b, y: nowhere}}\n  b: {ask: nobody, then: nirgends}\n  c: {then: c}\n"

    assert [line.split(" |")[0].split(" ", 2)[1:] for line in faults(protocol(body, outcomes="out"))] == [
        ["PB055", "no question is called `nobody`"],
        ["PB051", "no step, outcome or protocol is called `nowhere`"],
        ["PB055", "no question is called `nobody`"],
        ["PB051", "no step, outcome or protocol is called `nirgends`"],
        ["PB053", "`c` needs either `ask` or `check`"],
        ["PB052", "`c` is this step itself"],
    ]


def test_a_yes_or_no_question_takes_the_words_of_yaml_too_but_each_answer_once() -> None:
    body = QUESTIONS + "steps:\n  a: {ask: sure, then: {true: out, false: out}}\n"
    ask = pack(protocol(body, outcomes="out")).protocols["p"].steps["a"]
    assert sorted(ask.edges) == ["no", "yes"]  # type: ignore[union-attr]

    twice = body.replace("false: out", "false: out, no: out")
    assert [line.split(" ", 1)[1] for line in faults(protocol(twice, outcomes="out"))] == [
        "PB056 `no` has its line already | leave one out"
    ]
    listed = body.replace("{true: out, false: out}", "[out]")
    assert "a map from answers to targets" in faults(protocol(listed, outcomes="out"))[0]


def test_a_step_that_asks_may_lead_to_one_place_whatever_the_answer() -> None:
    body = QUESTIONS + "steps:\n  a: {ask: fault, then: b}\n  b: {ask: days, then: {protocol: q}}\n"
    files = {
        "protocols/p.yaml": protocol(body),
        "protocols/q.yaml": protocol("steps:\n  s: {ask: sure, then: o}\n", "q", "o"),
    }
    shared = {"protocols/shared/s.yaml": QUESTIONS}
    files = {path: text.replace(QUESTIONS, "").replace("steps:", "use: [s]\nsteps:") for path, text in files.items()}

    found = pack({**files, **shared})
    assert found.protocols["p"].steps["b"].always.target == Target("q", "s")  # type: ignore[union-attr]


def test_one_name_is_declared_in_one_file() -> None:
    files = {
        **FILES,
        "protocols/case.yaml": CASE.replace("steps:", "questions:\n  flags: {ask: F?, yes_no: true}\nsteps:"),
    }

    assert [line.split(" ", 1)[1] for line in faults(files)] == [
        "PB063 `flags` is declared in `protocols/shared/flags.yaml` too | declare it once, in a shared file that both `use`"
    ]


def test_protocols_lead_in_no_circle_and_first_lines_close_none() -> None:
    back = SAFETY.replace("then: calm", "then: case")
    assert [line.split(" |")[0] for line in faults({**FILES, "protocols/safety.yaml": back})] == [
        "protocols/safety.yaml:7:29 PB066 protocols lead in a circle: `case` → `safety` → `case`"
    ]
    both = {**FILES, "protocols/shared/flags.yaml": SHARED + "  - {when: flags.flood, then: case.done}\n"}
    assert faults(both) == []


def test_every_circle_of_facts_is_told() -> None:
    body = QUESTIONS + "facts:\n  a: b\n  b: a and c\n  c: c\nsteps:\n  s: {ask: sure, then: o}\n"

    assert [line.split(" PB042 ")[1].split(" |")[0] for line in faults(protocol(body, outcomes="o"))] == [
        "facts lead in a circle: `a` → `b` → `a`",
        "facts lead in a circle: `c` → `c`",
    ]


def test_a_protocol_uses_what_it_leads_into_relies_on() -> None:
    lone = CASE.replace("use: [flags]\n", "").replace("when: hot", "when: channel.private")
    assert [line.split(" |")[0] for line in faults({**FILES, "protocols/case.yaml": lone})] == [
        "protocols/case.yaml:6:47 PB067 `safety` first tries the lines of `flags`: a case from `case` would not pass them"
    ]
    other = "first:\n  - {when: channel.private, then: safety}\n"
    files = {
        **FILES,
        "protocols/shared/other.yaml": other,
        "protocols/case.yaml": lone.replace("steps:", "use: [other]\nsteps:").replace("then: safety", "then: done"),
    }
    files["protocols/more.yaml"] = files["protocols/case.yaml"].replace("protocol: case", "protocol: more")
    assert [line.split(" ")[0] for line in faults(files)] == ["protocols/shared/other.yaml:2:35"]


def test_what_a_shared_file_leads_into_may_be_a_place_that_does_not_exist() -> None:
    files = {**FILES, "protocols/shared/flags.yaml": SHARED.replace("safety.alarm", ".alarm")}
    assert [line.split(" ", 1)[1] for line in faults(files)] == [
        "PB051 no protocol is called `` | known: `case`, `safety`"
    ]

    files["protocols/shared/flags.yaml"] = SHARED.replace("safety.alarm", "alarm")
    assert "no step, outcome or protocol is called `alarm`" in faults(files)[0]


def test_the_name_of_a_shared_file_is_an_id() -> None:
    assert [line.split(" |")[0] for line in faults({**FILES, "protocols/shared/Not-So.yaml": "facts: {}"})] == [
        "protocols/shared/Not-So.yaml:1:1 PB037 `Not-So` is no id"
    ]


def test_towers_of_facts_are_refused_before_settling_them_could_fail() -> None:
    tower = "".join(f"  f{n}: f{n + 1} and sure\n" for n in range(400)) + "  f400: sure\n"
    body = QUESTIONS + f"facts:\n{tower}steps:\n  s: {{check: [{{when: f0, then: o}}, {{then: o}}]}}\n"

    assert [line.split(" |")[0].split(" ", 1)[1] for line in faults(protocol(body, outcomes="o"))] == [
        "PB042 `f350` rests on too many facts, one on another"
    ]
    low = "".join(f"  f{n}: {f'f{n + 1} and ' if n % 40 else ''}sure\n" for n in range(400))
    found = pack(protocol(body.replace(tower, low + "  f400: sure\n"), outcomes="o"))
    assert isinstance(walk(found, "p", {}), Pending)


def test_a_condition_of_the_deepest_kind_can_be_asked() -> None:
    text = "sure and (not " * 24 + "(sure or sure)" + ")" * 24
    body = QUESTIONS + f"steps:\n  s:\n    check:\n      - {{when: '{text}', then: o}}\n      - {{then: o}}\n"
    found = pack(protocol(body, outcomes="o"))

    assert isinstance(walk(found, "p", {}), Pending)


def test_a_check_knows_where_its_last_resort_stands() -> None:
    body = (
        QUESTIONS
        + "steps:\n  s:\n    check:\n      - {when: fault == 'us', then: o}\n      - unknown: o\n      - then: o\n"
    )
    step = pack(protocol(body, outcomes="o")).protocols["p"].steps["s"]

    assert isinstance(step, Check)
    assert step.last_resort == 1


def test_an_override_of_a_channel_keeps_what_it_does_not_name() -> None:
    text = PLAYBOOK + (
        "channels:\n  x: {answer_within: 30min, theirs: false}\n"
        "  fax: {name: Fax, private: true, limits: [{count: 5, unit: utf8}]}\n"
        "style: {en: [{avoid: a, because: b}]}\nhours: {days: [mon], holidays: [2026-12-25], from: 09:00, to: '21:30'}\n"
    )
    found = pack(WHOLE, playbook=text)

    assert (found.channels["x"].answer_within, found.channels["x"].theirs) == ("30min", False)
    assert found.channels["x"].limits
    assert (found.channels["fax"].name.say("en"), found.channels["fax"].limits[0].count) == ("Fax", 5)
    assert found.style == {"en": (("a", "b"),)}
    assert found.hours == Hours(("mon",), ("2026-12-25",), "09:00", "21:30")


def test_a_fault_in_playbook_yaml_hides_none_in_the_protocols() -> None:
    for broken in ("roles: 5", "locales: 5", "marks: 5", "stances: 5"):
        key = broken.split(":")[0]
        lines = [
            line
            for line in PLAYBOOK.splitlines()
            if not line.startswith((f"{key}:", "  team", "  boss") if key == "roles" else f"{key}:")
        ]
        found = faults(WHOLE.replace("level: 2", "level: 9"), playbook="\n".join([*lines, broken, ""]))
        assert [line.split()[1] for line in found] == ["PB032", "PB036"], found


def test_playbook_yaml_that_is_no_map_is_one_fault() -> None:
    assert [line.split()[1] for line in faults(WHOLE, playbook="- x\n")] == ["PB032"]
    assert [line.split()[1] for line in faults(WHOLE, playbook="x: [\n")] == ["PB005"]


def test_the_limits_of_a_file_can_be_raised() -> None:
    files = world(WHOLE)

    assert load(files, limits=Limits(nodes=10)).pack is None
    assert load(files, limits=Limits(nodes=10_000)).pack is not None


ROWS = WHOLE.splitlines(keepends=True)
TOKENS = [
    "{",
    "}",
    "[",
    "]",
    ":",
    "- ",
    "ask",
    "then",
    "when",
    "unknown",
    "''",
    "x",
    "&a",
    "*a",
    "0",
    "null",
    "us",
    "p",
    "#",
    "|",
    "\t",
    "not",
]


@given(st.data())
def test_whatever_is_done_to_a_packs_text_loading_it_does_not_fail(data: st.DataObject) -> None:
    rows = list(ROWS)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(rows) - 1))
        how = data.draw(st.sampled_from(("drop", "repeat", "move", "token", "indent")))
        if how == "drop":
            rows[at] = ""
        elif how == "repeat":
            rows.insert(at, rows[at])
        elif how == "move":
            rows.insert(data.draw(st.integers(0, len(rows) - 1)), rows.pop(at))
        elif how == "indent":
            rows[at] = "  " + rows[at]
        else:
            words = rows[at].split(" ")
            words[data.draw(st.integers(0, len(words) - 1))] = data.draw(st.sampled_from(TOKENS))
            rows[at] = " ".join(words)
    found = loaded("".join(rows))

    assert (found.pack is None) == bool(found.diagnostics)
    for each in found.diagnostics:
        assert each.span is not None
        assert each.message[0].islower() or each.message[0] in "`1234567890"
        assert not each.message.endswith(".")


@given(st.binary(max_size=60))
@example(b"")
def test_whatever_a_file_holds_loading_it_does_not_fail(data: bytes) -> None:
    for path in ("playbook.yaml", "protocols/p.yaml"):
        found = load({**world(WHOLE), path: data})
        assert found.pack is None
        assert found.diagnostics


def calls(protocol_: str) -> int:
    """How many functions a load calls: what it costs, the same on every machine."""
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event == "call"

    files, limits, before = world(protocol_), Limits(size=10**7, nodes=10**6), sys.getprofile()
    sys.setprofile(count)
    try:
        load(files, limits=limits)
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize("broken", [False, True], ids=["sound", "full of faults"])
def test_twice_the_file_costs_about_twice_as_much(broken: bool) -> None:  # noqa: FBT001 - a parameter of the test
    def tall(size: int) -> str:
        target = "stap_{}" if broken else "step_{}"
        facts = "".join(f"  fact_{n}: days > {n % 9} and {'sur' if broken else 'sure'}\n" for n in range(size))
        steps = "".join(
            f"  step_{n}:\n    check:\n      - {{when: fact_{n}, then: {target.format(n + 1)}}}\n      - then: {target.format(n + 1)}\n"
            for n in range(size)
        )
        return protocol(
            QUESTIONS + f"facts:\n{facts}steps:\n{steps}  step_{size}: {{ask: sure, then: o}}\n", outcomes="o"
        )

    small, large = calls(tall(300)), calls(tall(1200))

    assert large < 4 * small * 1.2, (small, large)
    assert HEAD


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("  a: 5\n", "PB032 a single value stands where a map with `ask`, `check`, `then` should"),
        ("  a: {check: [{then: out}], then: out}\n", "PB053 `then` belongs to the lines of the check"),
        ("  a: {ask: sure}\n", "PB053 `a` asks but leads nowhere"),
        ("  a: {check: []}\n", "PB058 this check has no lines"),
        ("  a: {check: x}\n", "PB032 a single value stands where a list of lines should"),
        ("  p: {ask: sure, then: out}\n", "PB054 `p` is a step and a protocol"),
        ("  a: {ask: sure, then: q.nowhere}\n", "PB051 `q` has no step or outcome `nowhere`"),
        (
            "  a: {check: [{when: texts, then: out}, {then: out}]}\n",
            "PB082 `texts` is a text, or rests on one: no line is decided by it",
        ),
        (
            "  a: {check: [{when: both, then: out}, {then: out}]}\n",
            "PB082 `both` is a text, or rests on one: no line is decided by it",
        ),
        (
            "  a: {ask: sure, then: out}\ngiven: {sure: yes, order: x}\nred_lines: {Bad: {because: B, never: []}}\n",
            "PB037 `Bad` is no id",
        ),
    ],
)
def test_a_step_that_is_none_is_told_once(steps: str, said: str) -> None:
    facts = "facts:\n  both: texts and sure\n  texts: order is known\n"
    q = protocol("questions: {other: {ask: O, yes_no: true}}\nsteps:\n  s: {ask: other, then: o}\n", "q", "o")
    files = {
        "protocols/p.yaml": protocol(QUESTIONS + facts + "steps:\n" + steps, outcomes="out"),
        "protocols/q.yaml": q,
    }

    assert [line.split(" ", 1)[1].split(" |")[0] for line in faults(files)] == [said]


def test_where_keys_were_refused_unknown_targets_and_given_answers_pass() -> None:
    body = (
        QUESTIONS.replace("  sure:", "  &x sure:")
        + "given: {nobody: x}\nsteps:\n  a: {ask: days, then: p.nowhere}\n  b: {ask: days, then: nowhere}\n"
    )

    assert [line.split()[1] for line in faults(protocol(body, outcomes="out"))] == ["PB009"]


def test_a_red_line_may_spare_protocols_that_exist() -> None:
    lines = "red_lines: {own: {because: B, never: [refund], except: {p: Not here}}}\n"

    assert pack(WHOLE, playbook=PLAYBOOK + lines).red_lines["own"].exceptions["p"].say("en") == "Not here"
