# ruff: noqa: E501, ARG005, PTH123, PTH211, RUF001 - files of a stranger, written as one would
"""Packs of a stranger who wants to stop us, made by code: each file at the limits, in the way that costs most.

A pack is a mapping of files to their content; `Hostile.lay` may add to the folder what no content can be (links, pipes).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from playbook.source.guard import Limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIZE, NODES, DEPTH = Limits().size, Limits().nodes, Limits().depth
PARCEL, PACK = "protocols/parcel.yaml", "playbook.yaml"
PLAYBOOK = """\
brand: {name: Acme, signature: Acme}
locales: [en]
roles: {team: {title: Team}}
marks: {refund: we pay back}
"""
HEAD = "protocol: parcel\nversion: 1.0.0\ntitle: T\nowner: team\n"
QUESTION = "questions:\n  late: {ask: Late?, yes_no: true, unknown: true}\n"
STEPS = "steps:\n  s: {ask: late, then: {yes: o, no: o, unknown: o}}\n"
OUTCOME = "{title: T, level: 1, because: B, reply: {silence: S}}"
OUTCOMES = f"outcomes:\n  o: {OUTCOME}\n"
SOUND = {PACK: PLAYBOOK, PARCEL: HEAD + QUESTION + STEPS + OUTCOMES}


class Hostile(NamedTuple):
    """A pack, and what is laid over its folder besides."""

    files: dict[str, bytes]
    lay: Callable[[Path], None] | None = None

    def write(self, folder: Path) -> Path:
        """Write it into a folder."""
        for name, data in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if self.lay:
            self.lay(folder)
        return folder


def pack(**changed: str) -> Hostile:
    """The sound pack with files exchanged: `parcel` for the protocol, `playbook` for its settings, `reply` for a template."""
    names = {"parcel": PARCEL, "playbook": PACK, "scenarios": "protocols/parcel.scenarios.yaml"}
    names |= {"snapshots": "protocols/parcel.snapshots.md", "reply": "templates/en/parcel/reply.j2"}
    files = {**SOUND, **{names[name]: text for name, text in changed.items()}}
    if "reply" in changed:
        files[PARCEL] = files[PARCEL].replace("{silence: S}", "{public: reply}")
    return Hostile({path: text.encode(errors="surrogatepass") for path, text in files.items()})


def up_to(pieces: Callable[[int], str], size: int = SIZE, most: int = NODES) -> str:
    """Pieces one after the other, as many as fit."""
    found: list[str] = []
    left = size
    for number in range(most):
        piece = pieces(number)
        left -= len(piece.encode())
        if left < 0:
            break
        found.append(piece)
    return "".join(found)


def protocol(questions: str = QUESTION, steps: str = STEPS, outcomes: str = OUTCOMES, more: str = "") -> str:
    """The text of a protocol."""
    return HEAD + questions + more + steps + outcomes


def many_questions(count: int) -> str:
    return "questions:\n" + "".join(f"  q{n}: {{ask: Q, yes_no: true, unknown: true}}\n" for n in range(count))


def _long(word: str, most: int = 1990) -> str:
    return word * (most // len(word))


def everything() -> dict[str, Callable[[], Hostile]]:
    """Every hostile pack by its name."""
    return {
        # reading
        "a bomb of aliases": lambda: pack(
            parcel="a: &a [x, x]\n"
            + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)).replace("*a0", "*a")
        ),
        "a bomb of merges": lambda: pack(
            parcel="a: &a {x: 1}\n" + up_to(lambda n: f"b{n}: {{<<: [*a, *a, *a, *a]}}\n")
        ),
        "brackets": lambda: pack(parcel="[" * 50_000),
        "braces": lambda: pack(parcel="{a: " * 50_000),
        "dashes": lambda: pack(parcel="- " * 100_000),
        "one long line": lambda: pack(parcel=HEAD + QUESTION.replace("Late?", "x" * 200_000) + STEPS + OUTCOMES),
        "one long line of words": lambda: pack(
            parcel=HEAD + QUESTION.replace("Late?", "ab " * 60_000) + STEPS + OUTCOMES
        ),
        "comments": lambda: pack(
            parcel=up_to(lambda n: "# playbook: ignore PB601 -- why\n", SIZE - 2000, 10**6) + SOUND[PARCEL]
        ),
        "empty lines": lambda: pack(parcel="\n" * (SIZE - 2000) + SOUND[PARCEL]),
        "quotes that do not end": lambda: pack(parcel=HEAD + 'title: "' + "\\x41" * 60_000),
        "escapes": lambda: pack(parcel=protocol().replace("title: T", 'title: "' + "\\x41" * 60_000 + '"', 1)),
        "controls": lambda: pack(parcel=protocol().replace("title: T", 'title: "' + "\\x00" * 60_000 + '"', 1)),
        "bidi": lambda: pack(parcel=protocol().replace("title: T", "title: " + "\u202e" * 80_000, 1)),
        "look-alikes": lambda: pack(parcel=HEAD + up_to(lambda n: f"сlаim{n}: 1\n", SIZE - 200)),
        "surrogates": lambda: pack(parcel=HEAD + "title: " + "\ud800" * 1000),
        "no UTF-8": lambda: Hostile({**pack().files, PARCEL: b"\xff" * SIZE}),
        "NUL bytes": lambda: Hostile({**pack().files, PARCEL: b"\0" * SIZE}),
        "decomposed marks": lambda: pack(
            parcel=protocol().replace("title: T", "title: a" + "\u0316\u0301" * 50_000, 1)
        ),
        "wide compatibility": lambda: pack(parcel=protocol().replace("title: T", "title: " + "\ufdfa" * 80_000, 1)),
        "unknown keys": lambda: pack(parcel=HEAD + up_to(lambda n: f"protocolx{n}: 1\n", SIZE - 200, NODES - 100)),
        "long unknown keys": lambda: pack(
            parcel=HEAD + up_to(lambda n: f"{n}" + "protocol" * 60 + ": 1\n", SIZE - 200, 500)
        ),
        "the same key": lambda: pack(parcel=HEAD + up_to(lambda n: "a: 1\n", SIZE - 200)),
        # names
        "bad targets": lambda: pack(
            parcel=protocol(
                steps="steps:\n" + "".join(f"  step_{n}: {{ask: late, then: stap_{n}}}\n" for n in range(800)),
                outcomes="outcomes:\n" + f"  o: {OUTCOME}\n",
            )
        ),
        "long bad targets": lambda: pack(
            parcel=protocol(
                steps="steps:\n"
                + "".join(f"  s{n}{'ab' * 60}: {{ask: late, then: s{n}{'ba' * 60}}}\n" for n in range(600))
            )
        ),
        "bad names in conditions": lambda: pack(
            parcel=protocol(
                many_questions(500),
                more="facts:\n" + "".join(f"  f{n}: qu{n} or qa{n} or qo{n}\n" for n in range(1000)),
            )
        ),
        "bad answers": lambda: pack(
            scenarios="scenarios:\n"
            + "".join(
                f"- {{name: n{n}, answers: {{latte{n}: true}}, expect: {{outcome: oo{n}}}}}\n" for n in range(800)
            )
        ),
        # conditions
        "long conditions": lambda: pack(
            parcel=protocol(
                many_questions(200),
                "steps:\n  s:\n    check:\n"
                + up_to(
                    lambda n: f"      - {{when: {' or '.join(f'q{(n + m) % 200}' for m in range(200))}, then: o, }}\n",
                    200_000,
                    150,
                )
                + "      - {then: o}\n",
            )
        ),
        "nots": lambda: pack(
            parcel=protocol(more="facts:\n" + "".join(f"  f{n}: {'not ' * 49} late\n" for n in range(1000)))
        ),
        "parentheses": lambda: pack(parcel=protocol(more=f"facts:\n  f: {'(' * 990}late{')' * 990}\n")),
        "facts on facts": lambda: pack(
            parcel=protocol(
                more="facts:\n  f0: late\n" + "".join(f"  f{n}: f{n - 1} or not f{n - 1}\n" for n in range(1, 2000)),
                steps="steps:\n  s:\n    check:\n      - {when: f1999, then: o}\n      - {unknown: o}\n      - {then: o}\n",
            )
        ),
        "facts on two facts": lambda: pack(
            parcel=protocol(
                more="facts:\n  f0: late\n  f1: not late\n"
                + "".join(f"  f{n}: f{n - 1} and not f{n - 2} or f{n - 2}\n" for n in range(2, 2000)),
                steps="steps:\n  s:\n    check:\n      - {when: f1999, then: o}\n      - {unknown: o}\n      - {then: o}\n",
            )
        ),
        "facts in a circle": lambda: pack(
            parcel=protocol(more="facts:\n" + "".join(f"  f{n}: f{(n + 1) % 2000}\n" for n in range(2000)))
        ),
        "huge numbers": lambda: pack(
            parcel=protocol(
                "questions:\n  late: {ask: Q, number: {min: -999999999999999, max: 999999999999999}}\n",
                "steps:\n  s: {ask: late, then: c}\n  c:\n    check:\n"
                + "".join(f"      - {{when: late == {n * 7919}, then: o}}\n" for n in range(1000))
                + "      - {then: o}\n",
            )
        ),
        "digits": lambda: pack(
            parcel=protocol("questions:\n  late: {ask: Q, number: {min: 0, max: " + "9" * 200_000 + "}}\n")
        ),
        "digits in a condition": lambda: pack(parcel=protocol(more="facts:\n  f: late == " + "9" * 1900 + "\n")),
        "many ticks": lambda: pack(
            parcel=protocol(
                "questions:\n  late:\n    ask: Q\n    many: true\n    choices:\n"
                + "".join(f"      c{n}: C\n" for n in range(1500)),
                "steps:\n  s: {ask: late, then: c}\n  c:\n    check:\n"
                + "".join(f"      - {{when: late.c{n} and not late.c{n + 700}, then: o}}\n" for n in range(700))
                + "      - {then: o}\n",
            )
        ),
        "many choices": lambda: pack(
            parcel=protocol(
                "questions:\n  late:\n    ask: Q\n    choices:\n" + "".join(f"      c{n}: C\n" for n in range(1500)),
                "steps:\n  s:\n    ask: late\n    then:\n" + "".join(f"      c{n}: o\n" for n in range(1500)),
            )
        ),
        # trees
        "steps": lambda: pack(
            parcel=protocol(
                steps="steps:\n"
                + "".join(f"  s{n}: {{ask: late, then: s{n + 1}}}\n" for n in range(1600))
                + "  s1600: {ask: late, then: o}\n"
            )
        ),
        "steps that ask": lambda: pack(
            parcel=protocol(
                many_questions(600),
                "steps:\n"
                + "".join(
                    f"  s{n}: {{ask: q{n}, then: {{yes: s{n + 1}, no: o, unknown: s{n + 1}}}}}\n" for n in range(300)
                )
                + "  s300: {ask: q300, then: o}\n",
            )
        ),
        "steps that rejoin": lambda: pack(
            parcel=protocol(
                many_questions(250),
                "steps:\n"
                + "".join(
                    f"  s{n}: {{ask: q{n % 250}, then: {{yes: s{n + 1}, no: s{min(n + 2, 400)}, unknown: s{min(n + 3, 400)}}}}}\n"
                    for n in range(400)
                )
                + "  s400: {ask: q0, then: o}\n",
            )
        ),
        "crossing conditions": lambda: pack(
            parcel=protocol(
                many_questions(120),
                "steps:\n"
                + "".join(f"  s{n}: {{ask: q{n}, then: s{n + 1}}}\n" for n in range(120))
                + "  s120:\n    check:\n"
                + "".join(
                    f"      - {{when: 'q{n} is known and q{(n * 37 + 11) % 120} is known and q{n} and not q{(n * 37 + 11) % 120}', then: o}}\n"
                    for n in range(120)
                )
                + "      - {then: o}\n",
            )
        ),
        "pairs far apart": lambda: pack(
            parcel=protocol(
                many_questions(120),
                "steps:\n"
                + "".join(f"  s{n}: {{ask: q{n}, then: s{n + 1}}}\n" for n in range(120))
                + "  s120:\n    check:\n      - {when: '"
                + " or ".join(f"(q{n} and q{n + 60})" for n in range(60))
                + "', then: o}\n      - {unknown: o}\n      - {then: o}\n",
            )
        ),
        "outcomes": lambda: pack(
            parcel=protocol(outcomes=OUTCOMES + "".join(f"  o{n}: {OUTCOME}\n" for n in range(800)))
        ),
        "red lines": lambda: pack(
            parcel=protocol(
                many_questions(150),
                outcomes=OUTCOMES,
                more="red_lines:\n"
                + "".join(
                    f"  r{n}: {{because: B, when: '{' or '.join(f'q{(n * 7 + m * 3) % 150}' for m in range(40))}', never: [refund]}}\n"
                    for n in range(400)
                ),
                steps="steps:\n"
                + "".join(f"  s{n}: {{ask: q{n}, then: s{n + 1}}}\n" for n in range(150))
                + "  s150: {ask: q0, then: o}\n",
            )
        ),
        "actions": lambda: pack(
            parcel=protocol(
                many_questions(60),
                steps="steps:\n"
                + "".join(f"  s{n}: {{ask: q{n}, then: s{n + 1}}}\n" for n in range(60))
                + "  s60: {ask: q0, then: o}\n",
                more="actions:\n"
                + "".join(f"  - {{do: D, owner: team, when: '{atoms_of(n)}', marks: [refund]}}\n" for n in range(700)),
            )
        ),
        "worse": lambda: pack(
            parcel=protocol(
                "questions:\n"
                + "".join(f"  q{n}: {{ask: Q, number: {{min: 0, max: 1000}}, worse: higher}}\n" for n in range(100)),
                "steps:\n"
                + "".join(f"  s{n}: {{ask: q{n}, then: s{n + 1}}}\n" for n in range(100))
                + "  s100:\n    check:\n"
                + "".join(
                    f"      - {{when: 'q{n % 100} > {n} and q{(n + 51) % 100} > {n}', then: o}}\n" for n in range(400)
                )
                + "      - {then: o}\n",
            )
        ),
        # playbook.yaml
        "locales": lambda: pack(
            playbook=PLAYBOOK.replace(
                "[en]",
                "[en, "
                + ", ".join(
                    f"{a}{b}{c}" for a in "abcdefghijkl" for b in "abcdefghijklmnop" for c in "abcdefghijklmnop"
                )
                + "]",
            )
        ),
        "roles": lambda: pack(
            playbook=PLAYBOOK.replace(
                "roles: {team: {title: Team}}",
                "roles:\n  team: {title: Team}\n" + "".join(f"  r{n}: {{title: R}}\n" for n in range(1500)),
            )
        ),
        "limits": lambda: pack(
            playbook=PLAYBOOK + "limits:\n" + "".join(f"  l{n}: {{value: {n}, because: B}}\n" for n in range(1500))
        ),
        "channels": lambda: pack(
            playbook=PLAYBOOK + "channels:\n" + "".join(f"  c{n}: {{name: C}}\n" for n in range(1500)),
            reply="We are sorry.",
        ),
        "style": lambda: pack(
            playbook=PLAYBOOK
            + "style:\n  en:\n"
            + "".join(f"    - {{avoid: '{'(a+)+$ .* ' * 3}{n}', because: B}}\n" for n in range(1500)),
            reply="a " * 10_000,
        ),
        "a long style": lambda: pack(
            playbook=PLAYBOOK
            + "style:\n  en:\n"
            + "".join(f"    - {{avoid: '{'a ' * 500}{n}', because: B}}\n" for n in range(200)),
            reply="a " * 15_000,
        ),
        "folded style": lambda: pack(
            playbook=PLAYBOOK
            + "style:\n  en:\n"
            + "".join(f"    - {{avoid: '{chr(0x390) * 100}{n}', because: B}}\n" for n in range(1000)),
            reply=chr(0x390) * 10_000,
        ),
        # replies
        "open ifs": lambda: pack(reply="{% if late %}" * 2_500),
        "ifs": lambda: pack(reply="{% if late %}a{% endif %}" * 1_300),
        "a large template": lambda: pack(reply="{% if late %}a{% endif %}" * 40_000),
        "braces in a template": lambda: pack(reply="{{" * 16_000),
        "quotes in a template": lambda: pack(reply="{{ '" * 8_000),
        "comments in a template": lambda: pack(reply="{# " * 10_000),
        "strays": lambda: pack(reply="}}%}#}" * 5_000),
        "spaces in a template": lambda: pack(reply="{% " + " " * 32_000),
        "blank lines in a template": lambda: pack(reply="\n" * 32_000),
        "spaces at ends": lambda: pack(reply=" " * 16_000 + "{% if late %}a{% endif %}" + " " * 15_000),
        "includes": lambda: Hostile(
            {
                **pack(reply="{% include '_p0' %}").files,
                **{f"templates/en/_p{n}.j2": (f"{{% include '_p{n + 1}' %}}" * 2).encode() for n in range(40)},
                "templates/en/_p40.j2": b"a",
            }
        ),
        "wide includes": lambda: Hostile(
            {
                **pack(reply="{% include '_p0' %}" * 1500).files,
                "templates/en/_p0.j2": b"{% include '_p1' %}" * 1500,
                "templates/en/_p1.j2": b"{% include '_p2' %}" * 1500,
                "templates/en/_p2.j2": b"a" * 32_000,
            }
        ),
        "includes in a circle": lambda: Hostile(
            {
                **pack(reply="{% include '_p0' %}").files,
                "templates/en/_p0.j2": b"{% include '_p1' %}",
                "templates/en/_p1.j2": b"{% include '_p0' %}",
            }
        ),
        "deep includes": lambda: Hostile(
            {
                **pack(reply="{% include '_p0' %}").files,
                **{f"templates/en/_p{n}.j2": f"{{% include '_p{n + 1}' %}}".encode() for n in range(1500)},
                "templates/en/_p1500.j2": b"a",
            }
        ),
        "a word without end": lambda: pack(reply="a" * 32_000),
        "addresses": lambda: pack(reply="https://a.b/" * 2_600),
        "dots": lambda: pack(reply="a." * 16_000),
        "ats": lambda: pack(reply="@a" * 16_000),
        "marks in a reply": lambda: pack(reply="a" + "\u0301" * 16_000),
        "emoji in a reply": lambda: pack(reply="\U0001f468\u200d" * 4_500 + "\U0001f468"),
        "sorry ifs": lambda: pack(reply="we are sorry if " * 2_000),
        "promises": lambda: pack(reply="we will refund you. " * 1_600),
        # scenarios
        "scenarios": lambda: pack(
            scenarios="scenarios:\n"
            + "".join(f"- {{name: n{n}, answers: {{late: true}}, expect: {{outcome: o}}}}\n" for n in range(700))
        ),
        "failing scenarios": lambda: pack(
            scenarios="scenarios:\n"
            + "".join(
                f"- {{name: n{n}, answers: {{late: true}}, expect: {{outcome: o, level: 3, marks: {{has: [refund]}}}}}}\n"
                for n in range(450)
            )
        ),
        "scenarios with phrases": lambda: pack(
            reply="a b " * 8_000,
            scenarios="scenarios:\n"
            + "".join(
                f"- {{name: n{n}, channel: x, answers: {{late: true}}, expect: {{outcome: o, reply: {{en: {{contains: [a b a b c]}}}}}}}}\n"
                for n in range(400)
            ),
        ),
        "brackets in scenarios": lambda: pack(scenarios="[" * 50_000),
        "snapshots": lambda: pack(
            snapshots="## a\n### en\n" * 20_000,
            scenarios="scenarios:\n- {name: a, channel: x, answers: {late: true}, expect: {outcome: o, reply: {en: {snapshot: true}}}}\n",
        ),
        "a large snapshot": lambda: pack(
            snapshots="x" * (SIZE + 10),
            scenarios="scenarios:\n- {name: a, channel: x, answers: {late: true}, expect: {outcome: o, reply: {en: {snapshot: true}}}}\n",
        ),
        # folders
        "thousands of protocols": lambda: Hostile(
            {
                **pack().files,
                **{
                    f"protocols/p{n}.yaml": SOUND[PARCEL]
                    .replace("protocol: parcel", f"protocol: p{n}")
                    .replace("  o: ", f"  o{n}: ")
                    .replace(": o", f": o{n}")
                    .replace("  late:", f"  late{n}:")
                    .replace("ask: late", f"ask: late{n}")
                    .replace("  s: ", f"  s{n}: ")
                    .encode()
                    for n in range(2000)
                },
            }
        ),
        "thousands of templates": lambda: Hostile(
            {**pack().files, **{f"templates/en/parcel/t{n}.j2": b"a" for n in range(9000)}}
        ),
        "too many files": lambda: Hostile(
            {**pack().files, **{f"templates/en/parcel/t{n}.j2": b"" for n in range(10_500)}}
        ),
        "deep folders": lambda: Hostile(pack().files, _deep),
        "links": lambda: Hostile(pack().files, _links),
        "a linked folder": lambda: Hostile(
            {PACK: PLAYBOOK.encode()}, lambda folder: os.symlink("/etc", folder / "protocols")
        ),
        "a linked pack file": lambda: Hostile(
            {PARCEL: SOUND[PARCEL].encode()}, lambda folder: os.symlink("/etc/passwd", folder / PACK)
        ),
        "an endless device": lambda: Hostile({PACK: PLAYBOOK.encode()}, _device),
        "a pipe": lambda: Hostile({PACK: PLAYBOOK.encode()}, _pipe),
        "a sparse file": lambda: Hostile({PACK: PLAYBOOK.encode()}, _sparse),
        "strange names": lambda: Hostile(pack().files, _strange),
    }


def atoms_of(n: int) -> str:
    return " or ".join(f"q{(n + m * 7) % 60}" for m in range(8))


def _deep(folder: Path) -> None:
    here = folder / "templates"
    while len(str(here)) < 3_900:
        here.mkdir()
        here /= "a"


def _links(folder: Path) -> None:
    os.symlink("/etc/passwd", folder / "protocols" / "secret.yaml")
    (folder / "templates" / "en" / "parcel").mkdir(parents=True)
    os.symlink("/etc/passwd", folder / "templates" / "en" / "parcel" / "reply.j2")
    os.symlink("/etc", folder / "templates" / "en" / "etc")


def _device(folder: Path) -> None:
    (folder / "protocols").mkdir()
    os.symlink("/dev/zero", folder / PARCEL)


def _pipe(folder: Path) -> None:
    (folder / "protocols").mkdir()
    os.mkfifo(folder / PARCEL)


def _sparse(folder: Path) -> None:
    (folder / "protocols").mkdir()
    with (folder / PARCEL).open("wb") as file:
        file.truncate(10 * 1024**3)


def _strange(folder: Path) -> None:
    for name in (
        b"\xff\xfe.yaml",
        b"a\nb.yaml",
        b"\x1b]52;c;x\x07.yaml",
        b"..yaml",
        "é.yaml".encode(),
        b"PARCEL.YAML",
        b"Parcel.yaml",
        b" .yaml",
        b"-rf.yaml",
    ):
        with open(os.fsencode(folder / "protocols") + b"/" + name, "wb") as file:
            file.write(SOUND[PARCEL].encode())
