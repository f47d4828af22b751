"""What does not hold, as findings: each with the smallest case that shows it, walked by the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import protocol as p
from playbook.diagnostics import Diagnostic
from playbook.proofs import findings as f
from playbook.proofs import longest, red_lines, worse
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from playbook.engine import Decided
    from playbook.proofs.longest import Length
    from playbook.proofs.worse import Milder
    from playbook.protocol import Answer, Pack, RedLine


class Settled(Record):
    """A red line with how it came out for the cases that start in one protocol."""

    line: RedLine
    extent: f.Extent
    spoken_of: bool
    protocol: str
    crossed: dict[str, Answer] | None
    so: dict[str, Answer] | None
    """What may be so in the case that crosses it, of what its answers leave open."""


def crossings(pack: Pack, held: Mapping[str, Mapping[str, Settled]]) -> Iterator[f.Finding]:
    """Each red line that is crossed, with its smallest case."""
    for name, every in held.items():
        crossing = [each for each in every.values() if each.crossed is not None]
        if crossing:
            least = min(crossing, key=lambda each: len(each.crossed or ()))
            case = red_lines.replayed(pack, least.protocol, least.crossed or {}, least.line)
            so = least.so or {}
            where = ", where " + " and ".join(f"`{each}` may be {shown(so[each])}" for each in so) if so else ""
            message = f"a case crosses the red line `{name}`: it may end {_wrong(case, least.line)}{where}"
            hint = "change what leads there, or what it ends with"
            example = _example(f"crosses {name}", case, least.crossed or {})
            yield f.Finding(Diagnostic("PB551", message, least.line.span, hint), (example,))


def reversals(pack: Pack, milder: Iterable[Milder]) -> Iterator[f.Finding]:
    """Each question of which a worse answer leads to a lower level, with the smallest pair of cases."""
    by_question: dict[str, list[Milder]] = {}
    for each in milder:
        by_question.setdefault(each.question, []).append(each)
    for name, every in by_question.items():
        least = min(every, key=lambda each: len(each.mild))
        cases = worse.replayed(pack, least)
        levels = [each.outcome.level for each in cases]
        question = pack.questions[name]
        message = f"milder when worse: a worse answer to `{name}` leads from level {levels[0]} to level {levels[1]}"
        hint = f"change what it leads to, or what `{name}` says is `worse`"
        told = (("the milder answer", cases[0], least.mild), ("the worse answer", cases[1], least.worse))
        examples = tuple(_example(f"{name}, {words}", case, answers) for words, case, answers in told)
        yield f.Finding(Diagnostic("PB555", message, question.span, hint), examples)


def overlong(pack: Pack, lengths: Iterable[Length]) -> Iterator[f.Finding]:
    """Each promise of how long cases may take that does not hold, with the longest case."""
    for each in lengths:
        promised, protocol = each.promised, each.protocol
        if each.questions > promised.questions:
            target = longest.replayed(pack, each)
            where = f"in `{protocol}` itself" if promised.here else f"that starts in `{protocol}`"
            message = f"a case {where} takes {each.questions} questions, and not at most {promised.questions}"
            hint = f"ask less, or promise `{each.questions} questions{' here' if promised.here else ''}`"
            example = f.Example(f"the longest case of {protocol}", protocol, each.answers, target)
            yield f.Finding(Diagnostic("PB556", message, promised.span, hint), (example,))


def shown(answer: Answer) -> str:
    """An answer in a message."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if answer is None:
        return '"don\'t know"'
    if isinstance(answer, tuple):
        return " and ".join(f"`{each}`" for each in answer) or "none of its choices"
    return f"`{answer}`"


def _wrong(case: Decided, line: RedLine) -> str:
    """What a case may end with and should not, or may lack and should not."""
    perhaps = {*case.marks, *(mark for action, _ in case.actions for mark in action.marks)}
    parts = [
        (word, marks)
        for word, marks in (
            ("with", [each for each in line.never if each in perhaps]),
            ("without", [each for each in line.always if each not in case.marks]),
        )
        if marks
    ]
    return " and ".join(f"{word} {', '.join(f'`{each}`' for each in marks)}" for word, marks in parts)


def _example(name: str, case: Decided, answers: dict[str, Answer]) -> f.Example:
    return f.Example(name, case.protocol, answers, p.Target(case.outcome.protocol, case.outcome.id))
