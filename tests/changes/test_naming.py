"""What has another name and is the same, and what differs in words alone."""

from __future__ import annotations

from playbook.changes.naming import names
from playbook.changes.wording import about, parts, reworded, settings
from playbook.protocol import Target
from tests.worlds import PLAYBOOK, pack, protocol

BODY = """\
questions:
  one: {ask: One?, yes_no: true}
  two: {ask: Two?, yes_no: true}
steps:
  s: {ask: one, then: {yes: t, no: end}}
  t: {ask: two, then: {yes: end, no: out}}
outcomes:
  end: {title: The end, level: 1, because: B, reply: {silence: S}}
  out: {title: The way out, level: 1, because: B, reply: {silence: S}}
"""


def test_names_are_new_where_all_else_is_the_same() -> None:
    base = pack(protocol(BODY))
    new = BODY.replace("one", "first").replace("end", "close").replace("The close", "The end")
    found = names(base, pack(protocol(new)))
    assert found.questions == {"one": "first"}
    assert found.outcomes == {Target("p", "end"): Target("p", "close")}
    assert found.place(Target("p", "end")) == Target("p", "close")
    assert found.place(Target("p", "s")) == Target("p", "s")


def test_what_may_be_of_two_things_keeps_its_name() -> None:
    twice = BODY.replace("One?", "Same?").replace("Two?", "Same?")
    new = twice.replace("one", "first").replace("two", "second").replace("The", "A")
    found = names(pack(protocol(twice)), pack(protocol(new)))
    assert found.questions == {}


def test_a_protocol_is_known_again_by_the_names_in_it() -> None:
    base = pack({"protocols/a.yaml": protocol(BODY, "a")})
    head = pack({"protocols/b.yaml": protocol(BODY, "b")})
    assert names(base, head).protocols == {"a": "b"}
    assert names(base, head).place(Target("a", "s")) == Target("b", "s")


def test_texts_are_told_in_the_language_in_which_they_differ() -> None:
    both = PLAYBOOK.replace("locales: [en]", "locales: [en, es]")
    text = BODY.replace("title: The end", "title: {en: The end, es: El fin}")
    old = pack(protocol(text), playbook=both).protocols["p"]
    new = pack(protocol(text.replace("El fin", "Fin").replace("One?", "Which?")), playbook=both).protocols["p"]
    told = {(each.place, each.before, each.after) for each in reworded(parts(old), parts(new), "en")}
    assert told == {("question one ask", "One?", "Which?"), ("outcome end title", "El fin", "Fin")}
    fewer = pack(protocol(BODY.replace("  out: {", "  off: {").replace("no: out", "no: off")), playbook=both).protocols[
        "p"
    ]
    assert all(not each.place.startswith("outcome o") for each in reworded(parts(old), parts(fewer), "en"))


def test_what_is_kept_of_a_protocol_and_decides_nothing_is_named() -> None:
    old = pack(protocol(BODY))
    sources = "sources: [{title: A book}]\nreview_by: 2030-01-01\n"
    new = pack(protocol(sources + BODY), playbook=PLAYBOOK.replace("title: Team", "title: The team"))
    moved = pack(protocol("\n" + BODY))
    assert about(old.protocols["p"], new.protocols["p"]) == ("review_by", "sources")
    assert about(old.protocols["p"], moved.protocols["p"]) == ()
    assert settings(old, new) == ("roles",)
    assert settings(old, moved) == ()
