from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from playbook.loader import load
from playbook.proofs import findings as f
from playbook.proofs.telling import told
from playbook.proofs.verifying import Budget, proved, verify
from tests.worlds import HEAD, OUTCOME, PLAYBOOK, loaded, pack, protocol, world

if TYPE_CHECKING:
    from playbook.protocol import Pack

QUESTIONS = """\
questions:
  fault: {ask: F, choices: {customer: C, us: U}, unknown: true}
  days: {ask: D, number: {min: 0, max: 30}, worse: higher}
  sure: {ask: S, yes_no: true}
"""


def own(steps: str, more: str = "", outcomes: str = "a b") -> Pack:
    """A protocol with these steps, and with what stands beside them."""
    plain = "".join(f"  {name}: {OUTCOME}\n" for name in outcomes.split())
    return pack(HEAD.replace("{id}", "p") + QUESTIONS + f"steps:\n{steps}outcomes:\n{plain}{more}")


def findings(found: Pack) -> list[str]:
    report = verify(found, found.protocols, whole=True)
    return [f"{each.fault.span}: {each.fault.code}: {each.fault.message}" for each in report.findings]


def test_a_pack_without_fault_is_proved() -> None:
    report = verify(own("  s: {ask: sure, then: {yes: a, no: b}}\n"), ["p"], whole=True)
    assert (report.status, report.exit_code, report.findings) == (f.PROVED, 0, ())
    assert report.starts == (f.Start("p", f.Extent(2, 2)),)


LINES = "red_lines:\n  line: {because: B, "
PAYS = "  pay: {title: T, level: 1, because: B, marks: [refund], reply: {silence: S}}\n"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("never: [refund]}", "it may end with `refund`"),
        (
            "when: \"fault == 'customer'\", never: [refund]}",
            "it may end with `refund`, where `fault` may be `customer`",
        ),
        ("always: [refund, concession]}", "it may end without `concession`"),
        ("never: [refund], always: [concession]}", "it may end with `refund` and without `concession`"),
        ("when: fault is unknown, never: [refund]}", 'it may end with `refund`, where `fault` may be "don\'t know"'),
    ],
)
def test_a_red_line_that_is_crossed_is_told_with_what_is_wrong(line: str, message: str) -> None:
    found = own("  s: {ask: sure, then: {yes: pay, no: a}}\n", PAYS + LINES + line, "a")
    assert findings(found)[0].endswith(f"PB551: a case crosses the red line `p.line`: {message}")


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        ("seen.smoke", "`seen` may be `smoke`"),
        ("seen.none and sure", "`sure` may be yes and `seen` may be none of its choices"),
        ("not sure and days > 4", "`days` may be `5` and `sure` may be no"),
    ],
)
def test_a_truth_that_is_left_open_is_told_in_words(when: str, shown: str) -> None:
    seen = "  seen: {ask: S, choices: {smoke: K, fire: I}, many: true}\n"
    body = HEAD.replace("{id}", "p") + QUESTIONS + seen + "steps:\n  s: {ask: fault, then: pay}\noutcomes:\n" + PAYS
    found = pack(body + LINES + f'when: "{when}", never: [refund]}}\n')
    assert findings(found)[0].endswith(f", where {shown}")


def test_a_line_that_speaks_of_no_case_is_proved_and_said_to() -> None:
    steps = "  s: {ask: fault, then: {customer: a, us: b, unknown: b}}\n"
    line = "given: {fault: us}\nred_lines:\n  line: {because: B, when: \"fault == 'customer'\", never: [refund]}\n"
    report = verify(own(steps, line), ["p"], whole=False)
    assert [(each.status, each.spoken_of) for each in report.lines] == [(f.PROVED, False)]
    assert "proved: `p.line`, which speaks of no case" in told(report)


def test_what_a_protocol_is_given_is_not_shown_as_an_answer() -> None:
    steps = "  s: {ask: fault, then: {customer: a, us: t, unknown: b}}\n  t: {ask: sure, then: {yes: pay, no: b}}\n"
    found = own(steps, PAYS + "given: {fault: us}\nred_lines:\n  line: {because: B, never: [refund]}\n")
    (finding, *_) = verify(found, ["p"], whole=False).findings
    assert finding.examples[0].answers == {"sure": True}


def test_lines_that_no_case_takes_are_found_with_their_place() -> None:
    found = own(
        "  s: {ask: sure, then: {yes: t, no: u}}\n"
        "  t: {ask: sure, then: {yes: a, no: v}}\n"
        "  u:\n    check:\n"
        "      - {when: sure, then: b}\n"
        "      - {when: days > 3, then: a}\n"
        "      - {then: b}\n"
        "  v: {ask: sure, then: {yes: a, no: a}}\n"
    )
    assert findings(found) == [
        "protocols/p.yaml:17:6: PB552: no case comes to the step `p.v`",
        "protocols/p.yaml:11:37: PB553: no case takes this line of `p.t`",
        "protocols/p.yaml:14:9: PB553: no case takes this line of `p.u`",
    ]


def test_an_unknown_line_that_is_only_there_to_be_safe_is_let_stand() -> None:
    found = own(
        "  s: {ask: fault, then: {customer: t, us: t, unknown: b}}\n"
        "  t:\n    check:\n"
        "      - {when: \"fault == 'us'\", then: a}\n"
        "      - {unknown: b}\n"
        "      - {then: b}\n"
    )
    assert findings(found) == []


def test_an_outcome_that_nothing_leads_to_is_found() -> None:
    assert findings(own("  s: {ask: sure, then: {yes: a, no: a}}\n")) == [
        "protocols/p.yaml:13:6: PB552: no case comes to the outcome `p.b`",
        "protocols/p.yaml:8:9: PB554: no answer to `sure` changes an outcome, what is done, or what is said",
    ]


FLAGS = """\
questions:
  flags: {ask: F, choices: {fire: A, smoke: B}, many: true}
first:
  - {when: flags.fire, then: p.a}
  - {when: flags.fire and flags.smoke, then: p.b}
"""


def test_a_first_line_that_no_case_takes_is_found_once() -> None:
    files = {
        "protocols/shared/flags.yaml": FLAGS,
        "protocols/p.yaml": protocol(
            "use: [flags]\nsteps:\n  s: {then: b}\n".replace("{then", "{check: [{then")
        ).replace("then: b}", "then: b}]}")
        + f"outcomes: {{a: {OUTCOME}, b: {OUTCOME}}}\n",
        "protocols/q.yaml": HEAD.replace("{id}", "q") + "use: [flags]\nsteps:\n  s: {check: [{then: {protocol: p}}]}\n",
    }
    assert findings(pack(files)) == [
        "protocols/shared/flags.yaml:5:5: PB553: no case takes this line of the first lines of `q`"
    ]


TEMPLATES = {"templates/en/p/hello.j2": "Hello {{ words }}{% if said %}!{% elif sure %}.{% else %}?{% endif %}\n"}
ASKED = (
    HEAD.replace("{id}", "p")
    + QUESTIONS
    + "  words: {ask: W, text: {max: 9}}\nfacts: {said: \"fault == 'us'\"}\n"
    + "steps:\n  s: {ask: sure, then: {yes: t, no: t}}\n  t: {ask: fault, then: u}\n  u: {ask: days, then: a}\n"
    + "outcomes:\n  a: {title: T, level: 1, because: B, reply: {public: hello}{more}}\n"
)


def asked(more: str = "", templates: dict[str, str] | None = None) -> list[str]:
    files = {"protocols/p.yaml": ASKED.replace("{more}", more), **(templates or TEMPLATES)}
    found = load(world(files)).pack
    assert found is not None
    return [each.rpartition("no answer to ")[2].split()[0] for each in findings(found)]


def test_a_question_that_only_a_reply_speaks_of_changes_something() -> None:
    assert asked() == ["`days`"]


@pytest.mark.parametrize(
    "more", [", avoid: [{say: X, when: days > 3}]", ", actions: [{do: D, owner: team, when: days > 3}]"]
)
def test_a_question_that_only_an_action_or_an_avoid_rests_on_changes_something(more: str) -> None:
    assert asked(more) == []


def test_of_a_template_that_cannot_be_read_nothing_is_said() -> None:
    assert asked(templates={"templates/en/p/hello.j2": "Hello {{"}) == []


def test_of_a_template_that_cannot_be_opened_nothing_is_said() -> None:
    class Closed(dict[str, bytes]):
        def __getitem__(self, path: str) -> bytes:
            if path.endswith(".j2"):
                raise OSError(path)
            return super().__getitem__(path)

    found = load(world({"protocols/p.yaml": ASKED.replace("{more}", ""), **TEMPLATES})).pack
    assert found is not None
    assert findings(found._replace(files=Closed(found.files))) == []


MILDER = "  s: {ask: days, then: t}\n  t:\n    check:\n      - {when: days > 9, then: a}\n      - {then: b}\n"


def test_a_worse_answer_that_leads_to_a_lower_level_is_told_with_both_cases() -> None:
    graver = "  b: {title: T, level: 3, because: B, reply: {silence: S}}\n"
    report = verify(own(MILDER, graver, "a"), ["p"], whole=True)
    (finding,) = report.findings
    assert finding.fault.message == "milder when worse: a worse answer to `days` leads from level 3 to level 1"
    assert [(each.answers, each.outcome.name) for each in finding.examples] == [({"days": 0}, "b"), ({"days": 10}, "a")]
    assert (report.status, report.worse) == (f.BROKEN, ())


def test_a_worse_answer_that_does_not_is_proved_not_to() -> None:
    graver = "  a: {title: T, level: 3, because: B, reply: {silence: S}}\n"
    report = verify(own(MILDER, graver, "b"), ["p"], whole=True)
    assert (report.status, report.worse) == (f.PROVED, ("days",))


TWO = {
    "protocols/p.yaml": protocol(
        "questions: {q: {ask: Q, yes_no: true}}\n"
        "steps: {s: {ask: q, then: {yes: a, no: b}}}\n"
        "red_lines: {own: {because: B, never: [refund]}}\n",
        outcomes="a b",
    ),
    "protocols/r.yaml": protocol(
        "questions: {x: {ask: Q, choices: {one: A, two: B, three: C, four: D}}, y: {ask: Y, yes_no: true}}\n"
        "steps:\n  s: {ask: x, then: {one: t, two: u, three: t, four: u}}\n"
        "  t: {ask: y, then: {yes: a, no: b}}\n  u: {ask: y, then: {yes: b, no: a}}\n"
        "red_lines: {own: {because: B, never: [refund]}}\n",
        "r",
        "a b",
    ),
}
COMMON = PLAYBOOK + "red_lines:\n  all: {because: B, never: [concession]}\n"


@pytest.mark.parametrize(
    ("budget", "reached", "said"),
    [
        (
            Budget(nodes=28),
            f.Progress("putting its steps together", 3, 5),
            "putting its steps together, at 3 of 5 steps",
        ),
        (Budget(looks=44), f.Progress("following its ways", 2, 5), "following its ways, at 2 of 5 steps"),
    ],
)
def test_a_protocol_that_is_too_large_is_told_and_the_others_are_still_proved(
    budget: Budget, reached: f.Progress, said: str
) -> None:
    report = verify(pack(TWO, COMMON), ["r", "p"], whole=True, budget=budget)
    large, small = report.starts
    assert large == f.Start("r", None, reached)
    assert small == f.Start("p", f.Extent(2, 2))
    assert {each.name: each.status for each in report.lines} == {
        "all": f.UNDECIDED,
        "p.own": f.PROVED,
        "r.own": f.UNDECIDED,
    }
    assert (report.status, report.exit_code, report.whole) == (f.UNDECIDED, 2, False)
    text = "\n".join(told(report))
    assert f"not decided: `r` is too large: the budget was spent while {said}\n" in text
    assert "not decided: `all` holds as far as could be seen, over 2 ways / 2 combinations" in text
    assert text.endswith("\n1 of 3 red lines proved, 1 of 2 protocols not decided")


def test_a_red_line_that_was_held_against_all_is_proved_though_more_was_to_be_looked_at() -> None:
    report = verify(pack(TWO, COMMON), ["r", "p"], whole=True, budget=Budget(nodes=57))
    (large, _) = report.starts
    assert large.reached == f.Progress("comparing worse answers with milder ones", 0, 0, "questions")
    assert {each.status for each in report.lines} == {f.PROVED}
    assert report.status == f.UNDECIDED
    assert "the budget was spent while comparing worse answers with milder ones" in "\n".join(told(report))


def test_of_what_was_not_looked_at_nothing_is_said_to_hold() -> None:
    report = verify(pack(TWO, COMMON), ["r"], whole=True, budget=Budget(late=lambda: True))
    assert report.starts == (f.Start("r", None, f.Progress("before it was looked at"), late=True),)
    assert list(told(report)) == [
        "not decided: `r` was not ended: the time was up before it was looked at",
        "not decided: `all` was not looked at",
        "not decided: `r.own` was not looked at",
        "",
        "0 of 2 red lines proved, 1 of 1 protocols not decided",
    ]


@pytest.mark.parametrize("looks", [3, 40])
def test_when_the_time_is_up_it_is_told_what_was_being_done(looks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playbook.regions.diagram.BETWEEN", 1)
    clock = iter([False] * looks + [True] * 9)
    report = verify(pack(TWO, COMMON), ["p", "r"], whole=True, budget=Budget(late=lambda: next(clock)))
    open_ = [each for each in report.starts if each.extent is None]
    assert all(each.late for each in open_)
    assert open_[0].reached
    assert open_[0].reached.doing != "before it was looked at"
    assert f"the time was up while {open_[0].reached.doing}" in "\n".join(told(report))
    assert (report.exit_code, report.whole) == (2, False)


def test_what_holds_of_worse_answers_is_not_said_to_be_proved_where_a_protocol_is_not_decided() -> None:
    graver = "  a: {title: T, level: 3, because: B, reply: {silence: S}}\n"
    report = verify(own(MILDER, graver, "b"), ["p"], whole=True)._replace(left_out=("q",))
    said = "not decided, but as far as could be seen: a worse answer never leads to a lower level, for `days`"
    assert said in list(told(report))


def test_ways_that_are_too_many_are_not_counted_and_all_else_is_proved() -> None:
    report = verify(pack(TWO), ["r"], whole=False, budget=Budget(boxes=1))
    assert report.starts == (f.Start("r", f.Extent(None, 8)),)
    assert report.status == f.PROVED
    assert "proved: every answer in `r` leads to one outcome, over too many ways to count / 8 combinations" in told(
        report
    )


def test_what_could_not_be_read_is_not_decided_and_what_was_found_is_still_told() -> None:
    broken = {**TWO, "protocols/r.yaml": "protocol: r\n"}
    found = loaded(broken, ["p"], COMMON)
    assert found.pack is not None
    report = proved(found._replace(pack=found.pack._replace(files=world(broken))), None)
    assert report is not None
    assert (report.left_out, report.status, report.whole) == (("r",), f.UNDECIDED, False)
    assert {each.name: each.status for each in report.lines} == {"all": f.UNDECIDED, "p.own": f.PROVED}
    assert "not decided: `r` cannot be read" in told(report)


def test_of_a_pack_that_cannot_be_read_nothing_is_proved() -> None:
    assert proved(loaded("protocol: p\n"), None) is None
