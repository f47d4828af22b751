"""Two versions over one space: which levels a question has, and which answers each version takes."""

from __future__ import annotations

from playbook.regions.diagram import Diagrams
from playbook.regions.joint import sides
from tests.worlds import pack, protocol

OLD = """\
questions:
  gone: {ask: Gone?, yes_no: true}
  whose: {ask: Whose?, choices: {us: Ours, them: Theirs}, unknown: true}
  kind: {ask: Kind?, yes_no: true}
  late: {ask: Late?, yes_no: true}
steps:
  a: {ask: gone, then: b}
  b: {ask: whose, then: c}
  c: {ask: kind, then: d}
  d: {ask: late, then: end}
"""
NEW = """\
questions:
  whose: {ask: Whose?, choices: {them: Theirs, it: Nobody's}}
  kind: {ask: Kind?, choices: {one: One, two: Two}}
  ticks: {ask: Ticks?, choices: {a: A, b: B}, many: true}
steps:
  b: {ask: whose, then: c}
  c: {ask: kind, then: e}
  e: {ask: ticks, then: end}
"""


def test_each_question_is_there_once_with_the_answers_of_both() -> None:
    base, head = sides(pack(protocol(OLD, outcomes="end")), pack(protocol(NEW, outcomes="end")), Diagrams())
    assert base.axes["whose"] is head.axes["whose"]
    assert head.axes["whose"].answers == ("them", "it", "us")
    assert {*base.refused} == {"whose"}
    assert base.refused["whose"] == {2}
    assert head.refused["whose"] == {3, 4}
    assert base.axes["kind"].level != head.axes["kind"].level
    order = sorted(base.axes.values(), key=lambda axis: axis.level)
    assert [axis.question.id for axis in order if axis.question.id != "channel"] == ["gone", "whose", "kind", "late"]


def test_answers_are_told_as_each_version_takes_them() -> None:
    many = NEW.replace("b: B}", "b: B, c: C}").replace("many: true", "many: true, unknown: true")
    base, head = sides(pack(protocol(NEW, outcomes="end")), pack(protocol(many, outcomes="end")), Diagrams())
    axis = head.axes["ticks"]
    values = {axis.level: 1, axis.level + 1: 1, axis.level + 3: 1}
    assert head.own(values) == {"ticks": ("a", "c")}
    assert base.own(values) == {"ticks": ("a",)}
    assert base.own({axis.level: 2}) == {}
    assert head.own({axis.level: 2, base.axes["whose"].level: 1}) == {"whose": "them", "ticks": None}
    refused = base.refusing("ticks")
    assert not base.diagrams.both(refused, base.answered("ticks"))
    assert base.diagrams.both(refused, base.pinned(values))
    assert base.names(base.mask(refused)) == ["ticks"]
