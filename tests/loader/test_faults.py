"""Faults planted one at a time: each is told once, at its place, with its cure, and nothing that follows from it."""

# ruff: noqa: E501 - what is said stands on one line, as it is printed

from __future__ import annotations

import pytest

from tests.worlds import HEAD, PLAYBOOK, faults, loaded, told

QUESTIONS = """\
questions:
  fault:
    ask: Whose?
    choices: {us: Ours, them: Theirs}
    unknown: true
  days: {ask: How many?, number: {min: 0, max: 10}}
  sure: {ask: Sure?, yes_no: true}
  extras:
    ask: Which?
    choices: {gift: Gift, fragile: Fragile}
    many: true
  order: {ask: Which order?, text: {max: 40}}
"""
FACTS = """\
facts:
  late:
    - {when: days >= limits.serious, is: very}
    - {is: hardly}
  ours: fault == 'us'
"""
STEPS = """\
steps:
  whose:
    ask: fault
    then:
      us: size
      them: bye
      unknown: bye
  size:
    check:
      - when: late == 'very' and sure
        then: pay
      - then: bye
"""
OUTCOMES = """\
outcomes:
  pay:
    title: Pay
    level: 2
    stance: rebuild
    marks: [concession]
    because: B
    reply: {public: pay_public, private: pay_private}
    answer_within: 1h
    actions:
      - {do: D, owner: team, within: 4h}
      - {when: sure, do: E, owner: boss, marks: [refund]}
    approval: [boss]
    follow_up: {owner: team, within: 24h, check: C}
    avoid:
      - Promise a date
      - {when: not ours, say: Admit it}
  bye:
    title: Bye
    level: 0
    because: B
    reply: {silence: S}
red_lines:
  own: {because: B, when: sure, never: [concession]}
"""
WHOLE = HEAD.replace("{id}", "p") + QUESTIONS + FACTS + STEPS + OUTCOMES


def place(text: str, spot: str) -> str:
    """The line and column of `spot`'s part behind `^`, in `text`."""
    before, found, after = spot.partition("^")
    at = text.index(before + after) + len(before)
    assert found
    return f"{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)}"


def planted(old: str, new: str, spot: str, said: str) -> None:
    assert WHOLE.count(old) == 1, WHOLE.count(old)
    text = WHOLE.replace(old, new)

    assert faults(text) == [f"protocols/p.yaml:{place(text, spot)} {said}"]


def test_the_pack_in_which_faults_are_planted_has_none() -> None:
    assert faults(WHOLE) == []


NEAR = "did you mean"
LEADS_ON = "a step only ever leads on, so that no case goes in a circle: move the target below"
IDS = "ids are lower-case letters, digits and `_`, start with a letter, and have at most 60"
FAULTS = [
    ("owner: team\n", "owner: [team]\n", "^[team]", "PB032 a list stands where a role should"),
    ("version: 1.0.0", "version: {}", "^{}", "PB032 a map stands where a version should"),
    # keys
    ("title: T\n", "titel: T\n", "^titel", f"PB030 `titel` is no key of a protocol | {NEAR} `title`?"),
    ("title: T\n", "", "^protocol", "PB031 this protocol lacks `title`"),
    ("version: 1.0.0", "version: 1.0", "version: ^1.0", "PB036 `1.0` is not a version | three numbers: `1.2.0`"),
    (
        "protocol: p",
        "protocol: q",
        "protocol: ^q",
        "PB064 `q` is not the file's name | write `protocol: p`, or rename the file",
    ),
    ("owner: team\n", "owner: taem\n", "^taem", f"PB038 no role is called `taem` | {NEAR} `team`?"),
    (
        "title: T\n",
        "title: T\nreview_by: 2027-02-30\n",
        "^2027",
        "PB036 `2027-02-30` is not a date | no calendar has that day",
    ),
    ("title: T\n", "title: T\nreview_by: soon\n", "^soon", "PB036 `soon` is not a date | year-month-day: `2027-05-31`"),
    ("title: T\n", "title:\n", "title:^", "PB033 this is empty, a text should stand here"),
    ("title: T\n", "title: {en: T, xx: U}\n", "^xx", "PB034 `xx` is no locale of this pack | known: `en`"),
    ("title: T\n", "title: {eng: T}\n", "^eng", f"PB034 `eng` is no locale of this pack | {NEAR} `en`?"),
    ("title: T\n", "title: {}\n", "^{}", "PB035 this text lacks the default locale `en` | add `en:`"),
    ("title: T\n", "title: {en: ''}\n", "^''", "PB033 this is empty, a text should stand here"),
    ("title: T\n", "title: [T]\n", "^[T]", "PB032 a list stands where a text should"),
    (
        "title: T\n",
        "title: T\nsources: [{title: S, url: http://x}]\n",
        "^http",
        "PB036 `http://x` is not an https address | it starts with `https://`",
    ),
    (
        "title: T\n",
        "title: T\nsources: S\n",
        "sources: ^S",
        "PB032 a single value stands where a list should | put it under the key, one a line",
    ),
    (
        "title: T\n",
        "title: T\nuse: [flgs]\n",
        "^flgs",
        "PB051 no shared file is called `flgs` | shared files stand in `protocols/shared/`",
    ),
    ("title: T\n", "title: T\nuse: [Flgs]\n", "^Flgs", f"PB037 `Flgs` is no id | {IDS}"),
    ("title: T\n", "title: T\ngiven: {falt: us}\n", "^falt", f"PB055 no question is called `falt` | {NEAR} `fault`?"),
    (
        "title: T\n",
        "title: T\ngiven: {late: very}\n",
        "{^late",
        "PB055 no question is called `late` | known: `channel`, `days`, `extras`, `fault`, `order`, `sure`",
    ),
    ("title: T\n", "title: T\ngiven: {fault: tem}\n", "^tem", f"PB065 `fault` does not take `tem` | {NEAR} `them`?"),
    (
        "title: T\n",
        "title: T\ngiven: {fault: {us: 1}}\n",
        "^{us",
        'PB065 `fault` does not take `{}` | one of `us`, `them`; null for "don\'t know"',
    ),
    (
        "title: T\n",
        "title: T\ngiven: {extras: [gift, [x]]}\n",
        "^[gift",
        "PB065 `extras` does not take `['gift', None]` | any of `gift`, `fragile`, or none",
    ),
    (
        "title: T\n",
        "title: T\ngiven: fault\n",
        "given: ^fault",
        "PB032 a single value stands where a map from questions to answers should | put it under the key, one a line",
    ),
    # questions
    ("    ask: Whose?\n", "    aks: Whose?\n", "^aks", f"PB030 `aks` is no key of a question | {NEAR} `ask`?"),
    ("    ask: Whose?\n", "", "^choices: {us", "PB031 this question lacks `ask`"),
    (
        "choices: {us: Ours, them: Theirs}",
        "choices: {us: Ours}",
        "^{us",
        "PB040 a question has at least two choices | or make it `yes_no: true`",
    ),
    (
        "choices: {us: Ours, them: Theirs}",
        "choices: [us, them]",
        "^[us",
        "PB032 a list stands where a map from ids to labels should",
    ),
    (
        "choices: {us: Ours, them: Theirs}",
        "choices: {us: Ours, them: {help: H}}",
        "^{help",
        "PB031 this choice lacks `label`",
    ),
    (
        "choices: {us: Ours, them: Theirs}",
        "choices: {us: Ours, unknown: U, them: Theirs}",
        "^unknown: U",
        "PB037 `unknown` is a word of the language | choose another id",
    ),
    (
        "choices: {us: Ours, them: Theirs}",
        "choices: {us: Ours, them: {label: L, help: ''}}",
        "^''",
        "PB033 this is empty, a text should stand here",
    ),
    (
        "    choices: {us: Ours, them: Theirs}\n",
        "",
        "^ask: Whose",
        "PB040 `fault` says how it is answered nowhere | give it one of `choices`, `number`, `yes_no: true` or `text`",
    ),
    (
        "    choices: {us: Ours, them: Theirs}\n",
        "    choises: {us: Ours, them: Theirs}\n",
        "^choises",
        f"PB030 `choises` is no key of a question | {NEAR} `choices`?",
    ),
    (
        "yes_no: true}",
        "yes_no: true, text: {max: 4}}",
        "^{ask: Sure",
        "PB040 `sure` says how it is answered more than once | give it one of `choices`, `number`, `yes_no: true` or `text`",
    ),
    ("yes_no: true}", "yes_no: false}", "^false", "PB040 `yes_no` is `true` or left out"),
    (
        "yes_no: true}",
        "yes_no: yes}",
        "yes_no: ^yes",
        "PB036 `yes` is neither `true` nor `false` | write it plain, without quotes",
    ),
    ("yes_no: true}", "yes_no: true, many: true}", "^many: true}", "PB040 `many` belongs to `choices` | leave it out"),
    (
        "yes_no: true}",
        "yes_no: true, worse: later}",
        "worse: ^later",
        "PB040 `worse: later` does not fit this question | here it may be `yes` or `no`",
    ),
    (
        "yes_no: true}",
        "yes_no: true, worse: louder}",
        "^louder",
        f"PB038 no order is called `louder` | {NEAR} `lower`?",
    ),
    (
        "text: {max: 40}",
        "text: {max: 40}, worse: yes",
        "worse: ^yes",
        "PB040 `worse: yes` does not fit this question | texts have no order",
    ),
    ("text: {max: 40}", "text: {max: 4001}", "^{max: 4001", "PB040 a text has 1 to 4000 characters"),
    (
        "number: {min: 0, max: 10}",
        "number: {min: 10, max: 10}",
        "^{min",
        "PB040 `min` is 10 and `max` 10: there is nothing to choose",
    ),
    ("number: {min: 0, max: 10}", "number: {min: 0, max: ten}", "^ten", "PB036 `ten` is no whole number"),
    (
        "number: {min: 0, max: 10}",
        "number: {min: 0, max: '10'}",
        "^'10'",
        "PB036 `10` is no whole number | leave out the quotes",
    ),
    ("number: {min: 0, max: 10}", "number: {min: 0}", "^{min", "PB031 this number lacks `max`"),
    (
        "    many: true\n",
        "    many: maybe\n",
        "^maybe",
        "PB036 `maybe` is neither `true` nor `false` | write it plain, without quotes",
    ),
    ("  sure: {", "  Sure: {", "^Sure: {", f"PB037 `Sure` is no id | {IDS}"),
    (
        "  days: {",
        "  days: 5\n  dayz: {",
        "days: ^5",
        "PB032 a single value stands where a map with `ask`, `help`, `choices`, `many` should | put it under the key, one a line",
    ),
    # facts
    (
        "  ours: fault == 'us'\n",
        "  ours: fault == 'tem'\n",
        "^'tem'",
        f"PB082 `fault` has no choice `tem` | {NEAR} `them`?",
    ),
    (
        "  ours: fault == 'us'\n",
        "  ours: \"fault == 'tem'\"\n",
        "^'tem'",
        f"PB082 `fault` has no choice `tem` | {NEAR} `them`?",
    ),
    (
        "  ours: fault == 'us'\n",
        "  ours: fault = 'us'\n",
        "^= 'us'",
        "PB081 `=` has no meaning in a condition | equality is written `==`",
    ),
    (
        "  ours: fault == 'us'\n",
        "  ours: {fault: us}\n",
        "^{fault: us}",
        "PB080 a map stands where a condition should | a condition that starts with a bracket needs double quotes around it",
    ),
    (
        "  ours: fault == 'us'\n",
        "  ours: |\n    fault == 'us'\n",
        "ours: ^|",
        "PB080 a condition is written on one line or in quotes | leave out the `|`",
    ),
    (
        "  ours: fault == 'us'\n",
        "  ours: not also\n  also: ours\n",
        "ours: ^not",
        "PB042 facts lead in a circle: `ours` → `also` → `ours` | define one of them by questions alone",
    ),
    (
        "  ours: fault == 'us'\n",
        "  ours: fault == 'us'\n  sure: days < 4\n",
        "^sure: days",
        "PB063 `sure` is declared as a question and as a fact | rename one",
    ),
    (
        "  ours: fault == 'us'\n",
        "  ours: fault == 'us'\n  no_one: []\n",
        "^[]",
        "PB041 `no_one` has no rules | write `- {when: …, is: …}`, and `- {is: …}`",
    ),
    (
        "    - {is: hardly}\n",
        "",
        "- ^{when: days",
        "PB041 the last rule of `late` has a `when` | end with a rule that is only `is: …`",
    ),
    (
        "    - {is: hardly}\n",
        "    - {is: hardly}\n    - {is: not_much}\n",
        "- ^{is: hardly",
        "PB041 a rule of `late` has no `when`, but more follow | only the last rule may do without",
    ),
    ("    - {is: hardly}\n", "    - {iz: hardly}\n", "^iz", "PB030 `iz` is no key of a rule | did you mean `is`?"),
    (
        "    - {is: hardly}\n",
        "    - hardly\n",
        "^hardly\n  ours",
        "PB032 a single value stands where a map with `when`, `is`, `title` should | put it under the key, one a line",
    ),
    (
        "days >= limits.serious",
        "days >= limits.serius",
        "days >= ^limits.serius",
        f"PB082 no limit is called `serius` | {NEAR} `serious`?",
    ),
    # steps
    ("    ask: fault\n", "    ask: falt\n", "ask: ^falt", f"PB055 no question is called `falt` | {NEAR} `fault`?"),
    (
        "    ask: fault\n",
        "    ask: ours\n",
        "ask: ^ours",
        "PB055 `ours` is a fact: it is never asked | `check` it: facts follow from answers",
    ),
    (
        "    ask: fault\n",
        "    ask: order\n",
        "ask: ^order",
        "PB055 `order` is a text: no step asks for it | texts are asked after the outcome, by the replies that use them",
    ),
    (
        "    ask: fault\n",
        "    ask: days\n",
        "^us: size",
        "PB056 `days` has too many answers for a line each | name one target, and branch on it with `check` there",
    ),
    (
        "    ask: fault\n",
        "    ask: fault\n    check: [{then: bye}]\n",
        "^ask: fault\n    check",
        "PB053 `whose` both asks and checks | make two steps of it",
    ),
    (
        "    ask: fault\n",
        "",
        "^then:\n      us",
        "PB053 `whose` needs either `ask` or `check` | `ask` a question, or `check` what is known",
    ),
    ("    ask: fault\n", "    aks: fault\n", "^aks", f"PB030 `aks` is no key of a step | {NEAR} `ask`?"),
    ("    ask: fault\n", "    ask: [fault]\n", "^[fault]", "PB032 a list stands where a question's id should"),
    (
        "      us: size\n",
        "      us: sise\n",
        "^sise",
        f"PB051 no step, outcome or protocol is called `sise` | {NEAR} `size`?",
    ),
    ("      us: size\n", "      us: whose\n", "us: ^whose", f"PB052 `whose` is this step itself | {LEADS_ON}"),
    ("      us: size\n", "      us: p.whose\n", "^p.whose", f"PB052 `p.whose` is this step itself | {LEADS_ON}"),
    ("      us: size\n", "      us: p\n", "us: ^p", f"PB052 `p` is this protocol itself | {LEADS_ON}"),
    (
        "      us: size\n",
        "      us: {protocol: p}\n",
        "protocol: ^p}",
        f"PB052 `p` is this protocol itself | {LEADS_ON}",
    ),
    (
        "      us: size\n",
        "      us: {protocol: size}\n",
        "protocol: ^size}",
        "PB051 no protocol is called `size` | known: `p`",
    ),
    (
        "      us: size\n",
        "      us: {step: size}\n",
        "^{step",
        "PB050 a map stands where a target should | write the target's name, or `{protocol: name}`",
    ),
    ("      us: size\n", "      us: p.sise\n", "^p.sise", f"PB051 `p` has no step or outcome `sise` | {NEAR} `size`?"),
    ("      us: size\n", "      us: q.size\n", "^q.size", "PB051 no protocol is called `q` | known: `p`"),
    ("      us: size\n", "      us:\n", "us:^\n", "PB033 this is empty, a target should stand here"),
    (
        "      us: size\n",
        "      us: size\n      tem: size\n",
        "^tem",
        f"PB056 `fault` is never answered `tem` | {NEAR} `them`?",
    ),
    (
        "      us: size\n",
        "",
        "^them: bye",
        "PB057 no line for `us` | every answer needs its line, `unknown` too where it may be given",
    ),
    (
        "      unknown: bye\n",
        "",
        "^us: size",
        "PB057 no line for `unknown` | every answer needs its line, `unknown` too where it may be given",
    ),
    (
        "    unknown: true\n",
        "",
        "^unknown: bye",
        "PB056 `fault` is never answered `unknown` | leave it out, or add `unknown: true` to `fault`",
    ),
    (
        "        then: pay\n",
        "        then: whose\n",
        "then: ^whose",
        f"PB052 `whose` stands above this step | {LEADS_ON}",
    ),
    (
        "        then: pay\n",
        "",
        "- ^when: late",
        "PB058 a line is `when` with `then`, or `unknown` alone | `- {when: …, then: target}`, or `- unknown: target`",
    ),
    (
        "      - then: bye\n",
        "",
        "- ^when: late",
        "PB058 the last line may not decide | end with a line that is only `then:`",
    ),
    (
        "      - then: bye\n",
        "      - then: bye\n      - then: pay\n",
        "- ^then: bye",
        "PB058 this line always decides: those below it are never reached | give it a `when`, or move it to the end",
    ),
    ("      - then: bye\n", "      - than: bye\n", "^than", f"PB030 `than` is no key of a line | {NEAR} `then`?"),
    (
        "      - then: bye\n",
        "      - bye\n",
        "- ^bye",
        "PB032 a single value stands where a map with `when`, `then`, `unknown` should | put it under the key, one a line",
    ),
    (
        "late == 'very' and sure",
        "late == 'vary' and sure",
        "^'vary'",
        f"PB082 `late` has no choice `vary` | {NEAR} `very`?",
    ),
    (
        "late == 'very' and sure",
        "order is known",
        "^order is known",
        "PB082 `order` is a text, or rests on one: no line is decided by it | texts are asked after the outcome, by the replies that use them",
    ),
    (
        "  size:\n",
        "  pay: {ask: sure, then: bye}\n  size:\n",
        "^pay: {ask",
        "PB054 `pay` is a step and an outcome | rename one: a target must be one of them",
    ),
    (
        "  size:\n",
        "  limits: {ask: sure, then: bye}\n  size:\n",
        "^limits: {ask",
        "PB037 `limits` is a word of the language | choose another id",
    ),
    # outcomes and red lines
    (
        "    level: 2\n",
        "    level: 4\n",
        "level: ^4",
        "PB036 `4` is no level | 0 watch, 1 routine, 2 elevated, 3 crisis",
    ),
    (
        "    stance: rebuild\n",
        "    stance: rebuld\n",
        "^rebuld",
        f"PB038 no stance is called `rebuld` | {NEAR} `rebuild`?",
    ),
    (
        "    marks: [concession]\n",
        "    marks: [concesion]\n",
        "^concesion",
        f"PB038 no mark is called `concesion` | {NEAR} `concession`?",
    ),
    (
        "    marks: [concession]\n",
        "    marks: [concession, concession]\n",
        "concession, ^concession",
        "PB036 `concession` is listed twice | leave one out",
    ),
    (
        "reply: {silence: S}",
        "reply: {}",
        "^{}",
        "PB039 nothing is said, and no reason given | add `silence:` with the reason",
    ),
    (
        "reply: {silence: S}",
        "reply: {silense: S}",
        "^silense",
        f"PB030 `silense` is no key of a reply | {NEAR} `silence`?",
    ),
    (
        "reply: {silence: S}",
        "reply: {silence: S, public: x}",
        "{^silence: S, p",
        "PB039 `silence` gives the reason for saying nothing, but something is said | leave it out",
    ),
    (
        "reply: {silence: S}",
        "reply: {public: {own_words: []}}",
        "^[]",
        "PB039 `own_words` names no points | say what to make clear",
    ),
    (
        "reply: {silence: S}",
        "reply: {public: {own_words: ['']}}",
        "^''",
        "PB033 this is empty, a text should stand here",
    ),
    (
        "reply: {silence: S}",
        "reply: {public: {own_word: [x]}}",
        "^own_word",
        f"PB030 `own_word` is no key of a reply | {NEAR} `own_words`?",
    ),
    ("reply: {silence: S}", "reply: {public: a/b}", "^a/b", f"PB037 `a/b` is no id | {IDS}"),
    (
        "answer_within: 1h",
        "answer_within: 1 hour",
        "^1 hour",
        "PB036 `1 hour` is not a duration | `20min`, `4h`, `2d`, or `2wd` in working days",
    ),
    ("answer_within: 1h", "answer_within: [1h]", "^[1h]", "PB032 a list stands where a duration should"),
    (
        "within: 24h, check",
        "check",
        "^{owner: team, check",
        "PB060 a follow-up has either `within` or `every` | `within: 24h`, or `every: 20min` with `for: 2h`",
    ),
    (
        "within: 24h, check",
        "within: 24h, for: 2h, check",
        "^for: 2h",
        "PB060 `for` belongs to `every` | leave it out, or write `every`",
    ),
    (
        "      - Promise a date\n",
        "      - {say: P, wen: sure}\n",
        "^wen",
        f"PB030 `wen` is no key of an avoid | {NEAR} `when`?",
    ),
    ("      - Promise a date\n", "      - []\n", "- ^[]", "PB032 a list stands where a text should"),
    (
        "when: not ours",
        "when: not hours",
        "not ^hours",
        f"PB082 no question or fact is called `hours` | {NEAR} `ours`?",
    ),
    (
        "  bye:\n    title",
        "  p:\n    title: T\n    level: 1\n    because: B\n    reply: {silence: S}\n  bye:\n    title",
        "\n  ^p:",
        "PB054 `p` is an outcome and a protocol | rename the outcome: a target must be one of them",
    ),
    (
        ", never: [concession]}",
        "}",
        "own: ^{because",
        "PB061 `own` forbids nothing and demands nothing | add `never: [marks]` or `always: [marks]`",
    ),
    (
        ", never: [concession]}",
        ", nevr: [concession]}",
        "^nevr",
        f"PB030 `nevr` is no key of a red line | {NEAR} `never`?",
    ),
    (
        ", never: [concession]}",
        ", never: [concession], except: {p: B}}",
        "^except",
        "PB061 `except` belongs to the red lines of playbook.yaml | leave it out",
    ),
    (
        "  own: {because",
        "  own: B\n  two: {because",
        "own: ^B",
        "PB032 a single value stands where a map with `because`, `when`, `never`, `always` should | put it under the key, one a line",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "spot", "said"), FAULTS, ids=[f"{row[3][:5]}-{index}" for index, row in enumerate(FAULTS)]
)
def test_a_planted_fault_is_told_once_and_exactly(old: str, new: str, spot: str, said: str) -> None:
    planted(old, new, spot, said)


ROOT_FAULTS = [
    (
        "brand: {name: Acme, signature: The Acme team}",
        "brand: {name: Acme}",
        "^{name: Acme}",
        "PB031 this brand lacks `signature`",
    ),
    ("locales: [en]", "locales: []", "^[]", "PB036 there are no locales | list at least one: `locales: [es, en]`"),
    (
        "locales: [en]",
        "locales: [en, English]",
        "^English",
        "PB036 `English` is no locale | a language, or with a country: `es`, `es_MX`",
    ),
    ("locales: [en]", "locales: [en, en]", "en, ^en", "PB036 `en` is listed twice | leave one out"),
    (
        "locales: [en]",
        "locales: en",
        "locales: ^en",
        "PB032 a single value stands where a list should | put it under the key, one a line",
    ),
    ("locales: [en]", "locales: [en, '']", "^''", "PB033 this is empty, a text should stand here"),
    ("locales: [en]", "locales: [en]\nregister: vos", "^vos", "PB036 `vos` is no register | `tu` or `usted`"),
    (
        "locales: [en]",
        "locales: [en]\nstyle: {es: []}",
        "{^es: []",
        "PB034 `es` is no locale of this pack | known: `en`",
    ),
    ("locales: [en]", "locales: [en]\nstyle: {en: [{avoid: a}]}", "^{avoid", "PB031 this phrase lacks `because`"),
    (
        "locales: [en]",
        "locales: [en]\nstyle: {en: x}",
        "en: ^x",
        "PB032 a single value stands where a list should | put it under the key, one a line",
    ),
    (
        "locales: [en]",
        "locales: [en]\nstyle: x",
        "style: ^x",
        "PB032 a single value stands where a map from locales to phrases should | put it under the key, one a line",
    ),
    (
        "locales: [en]",
        "locales: [en]\nhours: {days: []}",
        "^[]",
        "PB036 there are no working days | list them: `days: [mon, tue]`",
    ),
    (
        "locales: [en]",
        "locales: [en]\nhours: {days: [mon, mun]}",
        "^mun",
        f"PB038 no weekday is called `mun` | {NEAR} `sun`?",
    ),
    *(
        (
            "locales: [en]",
            f"locales: [en]\nhours: {{days: [mon], from: {opens}, to: '21:00'}}",
            f"^{opens}",
            f"PB036 `{said}` is not a clock time | hours and minutes, two digits each: `09:00`, `21:30`",
        )
        for opens, said in (("9:00", "9:00"), ("'24:00'", "24:00"), ("'08:60'", "08:60"), ("9 am", "9 am"))
    ),
    (
        "locales: [en]",
        "locales: [en]\nhours: {days: [mon], from: '09:00', to: [21]}",
        "^[21]",
        "PB032 a list stands where a clock time should",
    ),
    (
        "locales: [en]",
        "locales: [en]\nhours: {days: [mon], from: '09:00'}",
        "^'09:00'",
        "PB031 these hours have `from`, but no `to` | say both, or neither",
    ),
    (
        "locales: [en]",
        "locales: [en]\nhours: {days: [mon], to: '21:00'}",
        "^'21:00'",
        "PB031 these hours have `to`, but no `from` | say both, or neither",
    ),
    (
        "locales: [en]",
        "locales: [en]\nhours: {days: [mon], form: '09:00', to: '21:00'}",
        "^form",
        f"PB030 `form` is no key of a timetable | {NEAR} `from`?",
    ),
    *(
        (
            "locales: [en]",
            f"locales: [en]\nhours: {{days: [mon], from: '21:00', to: '{closes}'}}",
            f"^'{closes}'",
            f"PB036 `{closes}` is not after `21:00` | `from` is earlier than `to`, on the same day",
        )
        for closes in ("09:00", "20:59")
    ),
    (
        "locales: [en]",
        "locales: [en]\nhours: {days: [mon], from: '21:00', to: \"21:00\"}",
        '^"21:00"',
        "PB036 `21:00` is not after `21:00` | `from` is earlier than `to`, on the same day",
    ),
    (
        "locales: [en]",
        "locales: [en]\nchannels: {fax: {private: true}}",
        "^{private",
        "PB062 `fax` is a new channel without a name | add `name`; the channels that ship are ",
    ),
    (
        "locales: [en]",
        "locales: [en]\nchannels: {x: {limits: [{count: 0, unit: utf8}]}}",
        "count: ^0",
        "PB062 `0` is no length | one or more",
    ),
    (
        "locales: [en]",
        "locales: [en]\nchannels: {x: {limits: [{count: 5, unit: utf9}]}}",
        "^utf9",
        f"PB038 no unit is called `utf9` | {NEAR} `utf8`?",
    ),
    ("locales: [en]", "locales: [en]\nquestions: {}", "^questions", "PB030 `questions` is no key of a playbook | "),
    ("value: 8", "value: eight", "^eight", "PB036 `eight` is no whole number"),
    (
        "locales: [en]",
        "locales: [en]\nred_lines: {r: {because: B, when: sure, never: [refund]}}",
        "when: ^sure",
        "PB082 no question or fact is called `sure` | known: `channel`",
    ),
    (
        "locales: [en]",
        "locales: [en]\nred_lines: {r: {because: B, never: [refund], except: {q: B}}}",
        "^q: B",
        "PB051 no protocol is called `q` | known: `p`",
    ),
    (
        "locales: [en]",
        "locales: [en]\nactions: x",
        "actions: ^x",
        "PB032 a single value stands where a list should | put it under the key, one a line",
    ),
]


@pytest.mark.parametrize(("old", "new", "spot", "said"), ROOT_FAULTS, ids=[row[1][-40:] for row in ROOT_FAULTS])
def test_a_fault_of_playbook_yaml_is_told_once_and_exactly(old: str, new: str, spot: str, said: str) -> None:
    text = PLAYBOOK.replace(old, new)
    found = faults(WHOLE, playbook=text)

    assert len(found) == 1, found
    assert found[0].startswith(f"playbook.yaml:{place(text, spot)} {said}")


def test_all_faults_are_told_in_one_go_in_the_order_of_the_files() -> None:
    text = WHOLE
    for old, new in [
        ("version: 1.0.0", "version: one"),
        ("max: 10", "max: ten"),
        ("us: size", "us: sise"),
        ("level: 2", "level: 9"),
    ]:
        text = text.replace(old, new)
    found = loaded(text, playbook=PLAYBOOK.replace("signature", "sinature"))

    assert [line.split()[1] for line in told(found.diagnostics)] == ["PB030", "PB036", "PB036", "PB051", "PB036"]
    assert found.pack is None
