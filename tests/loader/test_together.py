"""Faults of several kinds at once: one does not hide another that stands on its own."""

from __future__ import annotations

import pytest

from tests.worlds import PLAYBOOK, faults, protocol

SHARED = "questions:\n  a: {ask: A, yes_no: true, unknown: true}\n"
SLIDES = "use: [s]\nsteps:\n  t:\n    check:\n      - {when: a, then: x}\n      - {then: y}\n"
SLIDING = protocol(SLIDES, outcomes="x y")
BROKEN = protocol("steps:\n  t: {ask: nope, then: x}\n", "q", "x")
PACK = {"protocols/shared/s.yaml": SHARED, "protocols/p.yaml": SLIDING}


def codes(files: dict[str, str], playbook: str = PLAYBOOK) -> list[str]:
    """File and code of each fault."""
    return [line.split(":")[0].split("/")[-1] + " " + line.split()[1] for line in faults(files, playbook)]


def test_a_check_that_slides_is_told_beside_the_faults_of_another_protocol() -> None:
    assert codes({**PACK, "protocols/q.yaml": BROKEN}) == ["p.yaml PB068", "q.yaml PB055"]
    assert codes({**PACK, "protocols/q.yaml": "protocol: ["}) == ["p.yaml PB068", "q.yaml PB005"]
    assert codes({**PACK, "protocols/shared/r.yaml": "questions: []"}) == ["p.yaml PB068", "r.yaml PB032"]


@pytest.mark.parametrize(
    ("was", "now", "code"),
    [
        ("title: T\n", "title: T\nreview_by: soon\n", "PB036"),
        ("version: 1.0.0\n", "", "PB031"),
        ("protocol: p\n", "protocol: r\n", "PB064"),
        ("level: 1", "level: 9", "PB036"),
    ],
)
def test_a_fault_beside_the_tree_does_not_hide_a_check_that_slides(was: str, now: str, code: str) -> None:
    broken = SLIDING.replace(was, now, 1)
    assert sorted(codes({**PACK, "protocols/p.yaml": broken})) == sorted([f"p.yaml {code}", "p.yaml PB068"])


@pytest.mark.parametrize(
    ("was", "now", "code"),
    [
        ("use: [s]", "use: [s, s]", "PB036"),
        ("steps:\n", "questions: {b: {ask: B}}\nsteps:\n", "PB040"),
        ("steps:\n", "steps:\n  r: {ask: nope, then: t}\n", "PB055"),
        ("when: a, then: x", "when: a, then: z", "PB051"),
    ],
)
def test_of_a_tree_with_faults_only_these_are_told(was: str, now: str, code: str) -> None:
    assert codes({**PACK, "protocols/p.yaml": SLIDING.replace(was, now, 1)}) == [f"p.yaml {code}"]


def test_where_a_shared_file_or_the_numbers_are_broken_nothing_is_said_of_the_checks_that_need_them() -> None:
    shared = SHARED + "  b: {ask: B}\n"
    assert codes({**PACK, "protocols/shared/s.yaml": shared}) == ["s.yaml PB040"]
    limits = PLAYBOOK.replace("value: 8", "value: eight")
    assert codes(PACK, limits) == ["playbook.yaml PB036"]
    channels = PLAYBOOK + "channels: {Post: {name: P}}\n"
    assert codes(PACK, channels) == ["playbook.yaml PB037"]
    assert codes(PACK, PLAYBOOK + "colour: red\n") == ["playbook.yaml PB030", "p.yaml PB068"]
    assert codes(PACK, PLAYBOOK + "chanels: {post: {name: P}}\n") == ["playbook.yaml PB030"]


def test_a_line_into_a_broken_protocol_is_still_a_line_of_its_check() -> None:
    leads = SLIDING.replace("{when: a, then: x}", "{when: a, then: q}").replace("{then: y}", "{then: q.x}")
    broken = {**PACK, "protocols/p.yaml": leads, "protocols/q.yaml": "protocol: ["}
    assert codes(broken) == ["p.yaml PB068", "q.yaml PB005"]
    empty = protocol("steps: {}\n", "q", "x")
    assert codes({**broken, "protocols/q.yaml": empty}) == ["p.yaml PB068", "q.yaml PB053"]


def test_a_question_declared_twice_is_taken_as_declared_first() -> None:
    twice = protocol("questions:\n  a: {ask: A, number: {min: 0, max: 9}}\nsteps:\n  t: {ask: a, then: x}\n", "q", "x")
    assert codes({**PACK, "protocols/q.yaml": twice}) == ["p.yaml PB068", "q.yaml PB063"]


def test_a_misspelt_key_hides_no_other_fault() -> None:
    broken = SLIDING.replace("title: T\n", "titel: T\n", 1).replace("then: x", "then: z").replace("[s]", "[s, r]")
    assert codes({**PACK, "protocols/p.yaml": broken}) == ["p.yaml PB030", "p.yaml PB051", "p.yaml PB051"]
    for spelt in ("titel: {en: T}", "zzz: T"):
        broken = SLIDING.replace("title: T\n", f"title: T\n{spelt}\n", 1).replace("when: a", "when: b")
        assert codes({**PACK, "protocols/p.yaml": broken.replace("title: T\ntitel", "titel")}) == [
            "p.yaml PB030",
            "p.yaml PB082",
        ]


def test_a_misspelt_key_that_may_hide_names_lets_names_pass() -> None:
    for key, spelt in (("use", "uses"), ("steps", "stepz"), ("outcomes", "out_comes"), ("use", "with")):
        assert codes({**PACK, "protocols/p.yaml": SLIDING.replace(f"{key}:", f"{spelt}:", 1)}) == ["p.yaml PB030"]
    shared = SHARED.replace("questions", "qestions")
    assert codes({**PACK, "protocols/shared/s.yaml": shared}) == ["s.yaml PB030"]
    harmless = SHARED + "acions: []\n"
    nameless = SLIDING.replace("when: a", "when: b")
    files = {"protocols/shared/s.yaml": harmless, "protocols/p.yaml": nameless}
    assert codes(files) == ["p.yaml PB082", "s.yaml PB030"]


@pytest.mark.parametrize("word", ["known", "channel", "limits", "none", "true", "and", "unknown"])
@pytest.mark.parametrize("kind", ["facts", "questions", "shared"])
def test_a_word_of_the_language_as_an_id_is_one_fault_however_often_it_is_spoken_of(word: str, kind: str) -> None:
    uses = f"""\
        facts:
          other: not ({word})
        steps:
          t: {{check: [{{when: "sure and {word}", then: x}}, {{then: x}}]}}
          u: {{ask: {word}, then: {{yes: x, no: x}}}}
        """
    declared = {"questions": f"  {word}: {{ask: W, yes_no: true}}\n", "facts": f"  {word}: sure\n"}
    words = "questions:\n  sure: {ask: S, yes_no: true}\n" + declared["questions"]
    own = protocol(uses, outcomes="x")
    if kind == "shared":
        files = {"protocols/shared/s.yaml": words, "protocols/p.yaml": own.replace("facts:", "use: [s]\nfacts:", 1)}
    elif kind == "questions":
        files = {"protocols/p.yaml": own.replace("facts:", f"{words}facts:", 1)}
    else:
        known = "questions:\n  sure: {ask: S, yes_no: true}\nfacts:\n" + declared["facts"]
        files = {"protocols/p.yaml": own.replace("facts:\n", known, 1)}
    assert [line.split(" ", 1)[1] for line in faults(files)] == [
        f"PB037 `{word}` is a word of the language | choose another id"
    ]


def test_other_conditions_of_such_a_file_are_read_as_ever() -> None:
    files = protocol(
        "questions:\n  true: {ask: T, yes_no: true}\nsteps:\n  t: {check: [{when: channel =, then: x}, {then: x}]}\n",
        outcomes="x",
    )
    assert [line.split()[1] for line in faults(files)] == ["PB037", "PB081"]


def follow_up(times: str) -> list[str]:
    """What is told of a follow-up with these times."""
    plain = "{title: T, level: 1, because: B, reply: {silence: S}, follow_up: {owner: team, check: C, %s}}"
    return faults(protocol("steps:\n  t: {ask: channel, then: x}\noutcomes:\n  x: " + plain % times + "\n"))


def test_a_follow_up_lasts_until_somebody_looks_at_least_once() -> None:
    assert [line.split(" ", 1)[1] for line in follow_up("every: 3h, for: 2h")] == [
        "PB060 `for: 2h` is over before the first `every: 3h` | make `for` at least as long as `every`"
    ]
    for right in ("every: 2h, for: 2h", "every: 20min, for: 2h", "every: 90min, for: 1d", "every: 3h", "within: 3h"):
        assert follow_up(right) == []
    for broken in ("every: 3h, for: long", "every: often, for: 2h", "every: 3h, for: [2h]"):
        assert len(follow_up(broken)) == 1


@pytest.mark.parametrize("level", ["high", "4", "-1", "'2'", "[2]", ""])
def test_what_is_no_level_has_the_four_named(level: str) -> None:
    text = protocol("steps:\n  t: {ask: channel, then: x}\n", outcomes="x").replace("level: 1", f"level: {level}")
    (line,) = faults(text)
    assert line.endswith("is no level | 0 watch, 1 routine, 2 elevated, 3 crisis")


def test_a_name_that_is_known_twice_is_named_once() -> None:
    steps = "steps:\n  apologise: {ask: channel, then: zzzz}\n"
    assert faults(protocol(steps, outcomes="apologise"))[1].endswith("| known: `apologise`, `p`")
