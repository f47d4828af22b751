"""Templates held against their pack."""

from __future__ import annotations

import pytest

from playbook.replies.vetting import check
from tests.reply_world import PARCEL, world

BOTH = {"parcel/out": "fuera", "parcel/dm": "dentro", "en/parcel/out": "out", "en/parcel/dm": "in"}


def found(templates: dict[str, str], parcel: str = PARCEL) -> list[str]:
    pack = world({**BOTH, **templates}, parcel=parcel)
    return [
        f"{each.span} {each.severity} {each.code} {each.message} ({each.hint})".removeprefix("templates/es/")
        for each in check(pack, "parcel")
    ]


def test_templates_that_are_all_there_and_right_have_no_faults() -> None:
    right = (
        "{{ name }} {{ days }} {{ days|number }} {{ fault }} {{ brand.name }} {{ brand.signature }}"
        " {{ brand.contact.mail }}"
        " {{ limits.price }} {{ due.answer|when }} {{ due.follow_up|date }} {{ due.answer|time }} {{ channel }}"
        " {% if ours and delay == 'long' and extras.gift and urgent %}{% endif %}"
        " {% if name is known and channel.private %}{% endif %}"
    )
    assert found({"parcel/out": right, "parcel/dm": right + "{{ order }}{% if secret %}{% endif %}"}) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ nam }}", "1:4 error PB206 nothing is called `nam` (did you mean `name`?)"),
        ("{{ brand.nam }}", "1:4 error PB206 nothing is called `brand.nam` (did you mean `brand.name`?)"),
        (
            "{{ brand.contact.male }}",
            "1:4 error PB206 nothing is called `brand.contact.male` (did you mean `brand.contact.mail`?)",
        ),
        ("{{ limits.prise }}", "1:4 error PB206 nothing is called `limits.prise` (did you mean `limits.price`?)"),
        ("{{ name.upper }}", "1:4 error PB206 nothing is called `name.upper` (None)"),
        ("{{ __class__ }}", "1:4 error PB206 nothing is called `__class__` (None)"),
        ("{{ ours }}", "1:4 error PB207 `ours` is a fact, and cannot be printed (branch on it with `{% if … %}`)"),
        (
            "{{ urgent }}",
            "1:4 error PB207 `urgent` is answered with no words to print (branch on it: `{% if urgent %}`)",
        ),
        (
            "{{ extras }}",
            "1:4 error PB207 `extras` is answered with no words to print (branch on it: `{% if extras.gift %}`)",
        ),
        ("{{ name|nubmer }}", "1:4 error PB207 no filter is called `nubmer` (did you mean `number`?)"),
        ("{{ name|upper }}", "1:4 error PB207 no filter is called `upper` (known: `date`, `number`, `time`, `when`)"),
        ("{{ name|when }}", "1:4 error PB207 `when` does not go with `name` (write `{{ name }}`)"),
        ("{{ days|date }}", "1:4 error PB207 `date` does not go with `days` (write `{{ days|number }}`)"),
        (
            "{{ due.answer }}",
            ("1:4 error PB207 `due.answer` is a moment, and needs a filter"
            " (write `{{ due.answer|when }}` or `{{ due.answer|date }}` or `{{ due.answer|time }}`)"),
        ),
        (
            "{% if nam is known %}{% endif %}",
            "1:7 error PB205 no question or fact is called `nam` (did you mean `name`?)",
        ),
        (
            "{% if ours and\n  fault == 'uss' %}{% endif %}",
            "2:12 error PB205 `fault` has no choice `uss` (did you mean `us`?)",
        ),
        (
            "{% if days > 20000 %}{% endif %}",
            "1:7 error PB205 `days > 20000` can only be false (`days` goes from 0 to 20000)",
        ),
        ("{% include '_nobody' %}", "1:12 error PB208 there is no partial `templates/es/_nobody.j2` (write it)"),
        (
            "{{ a() }}",
            ("1:4 error PB204 `a()` cannot be printed"
            " (write `{{ name }}`, `{{ name|filter }}` or `{{ you('…', '…') }}`)"),
        ),
    ],
)  # fmt: skip
def test_a_name_without_meaning_is_refused_at_its_place(source: str, expected: str) -> None:
    assert found({"parcel/dm": source}) == [f"parcel/dm.j2:{expected}"]


def test_partials_are_vetted_with_what_includes_them() -> None:
    assert found({"parcel/dm": "{% include '_one' %}{% include '_one' %}", "_one": "\n{{ nam }}"}) == [
        "_one.j2:2:4 error PB206 nothing is called `nam` (did you mean `name`?)"
    ]
    assert found({"parcel/dm": "{% include '_gretting' %}", "_greeting": ""}) == [
        "parcel/dm.j2:1:12 error PB208 there is no partial `templates/es/_gretting.j2` (did you mean `_greeting`?)"
    ]


@pytest.mark.parametrize("blank", ["", " \n", "{# later #}", "{% if ours %}{% endif %}"])
def test_a_template_that_prints_nothing_is_a_fault_and_an_emptied_partial_is_none(blank: str) -> None:
    hint = "write it, or give the outcome's reply `silence:` with the reason"
    assert found({"parcel/dm": blank}) == [
        f"parcel/dm.j2:1:1 error PB215 there is nothing in this template to print ({hint})"
    ]
    assert found({"parcel/dm": "{% include '_p' %}", "_p": blank}) == []


def test_partials_do_not_go_in_circles() -> None:
    circle = {"_a": "{% if ours %}{% include '_b' %}{% endif %}", "_b": "{% include '_a' %}"}
    assert found({"parcel/dm": "{% include '_a' %}", **circle}) == [
        "_b.j2:1:12 error PB209 partials include one another: `_a` → `_b` → `_a` (take one include away)"
    ]


def test_at_most_five_files_stand_inside_one_another() -> None:
    chain = {f"_p{number}": f"{{% include '_p{number + 1}' %}}" for number in range(1, 2000)} | {"_p2000": ""}
    deep = "error PB209 more than 5 files inside one another (include fewer partials in partials)"
    assert found({"parcel/dm": "{% include '_p1997' %}", **chain}) == []
    assert found({"parcel/dm": "{% include '_p1' %}", **chain}) == [f"_p4.j2:1:12 {deep}"]
    # The chain is as deep where its end was seen before.
    both = "{% include '_p1997' %}{% include '_p1996' %}"
    assert found({"parcel/dm": both, **chain}) == [f"_p1996.j2:1:12 {deep}"]


def test_what_is_private_is_not_said_or_hinted_at_on_the_public_side() -> None:
    hint = "everybody reads this side: leave it out, or take the question's `private` away"
    for source, column in (
        ("{{ order }}", 4),
        ("{% if order is known %}a{% endif %}", 7),
        ("{% if secret %}a{% endif %}", 7),
    ):
        assert found({"parcel/out": source}) == [f"parcel/out.j2:1:{column} error PB210 `order` is private ({hint})"]
        assert found({"parcel/dm": source}) == []
    assert found({"parcel/out": "{% include '_p' %}", "_p": "{{ order }}"}) == [
        f"_p.j2:1:4 error PB210 `order` is private ({hint})"
    ]


def test_a_deadline_that_the_outcome_does_not_have_cannot_be_named() -> None:
    bare = PARCEL.replace("    answer_within: 4h\n    follow_up: {owner: us, within: 1d, check: mirar}\n", "")
    assert found({"parcel/dm": "{{ due.answer|when }}{{ due.follow_up|when }}"}, bare) == [
        "parcel/dm.j2:1:4 error PB212 `due.answer` has no moment here (give the outcome `sorry` an `answer_within`)",
        "parcel/dm.j2:1:25 error PB212 `due.follow_up` has no moment here (give the outcome `sorry` a `follow_up`)",
    ]
    often = PARCEL.replace("within: 1d", "every: 20min, for: 2h")
    assert found({"parcel/dm": "{{ due.follow_up|when }}"}, often) == []


def test_every_variant_in_every_locale_is_vetted() -> None:
    sources = {
        "parcel/dm.short": "{{ a }}",
        "parcel/dm.tiny": "{{ b }}",
        "en/parcel/dm": "{{ c }}",
        "parcel/dm.tini": "d",
    }
    assert [each.split(" (")[0] for each in found(sources)] == [
        "parcel/dm.short.j2:1:4 error PB206 nothing is called `a`",
        "parcel/dm.tini.j2:1:1 error PB213 `tini` is no channel",
        "parcel/dm.tiny.j2:1:4 error PB206 nothing is called `b`",
        "templates/en/parcel/dm.j2:1:4 error PB206 nothing is called `c`",
    ]
    assert found({"parcel/dm.tiny.web_chat": "d"}) == [
        "parcel/dm.tiny.web_chat.j2:1:1 error PB213 `tiny.web_chat` is no channel (did you mean `web_chat`?)"
    ]


def test_a_missing_template_is_an_error_in_the_default_locale_and_a_warning_where_it_is_only_there() -> None:
    pack = world({"parcel/outt": "out", "parcel/dm": "in"})
    told = [(str(each.span), each.severity, each.code, each.message, each.hint) for each in check(pack, "parcel")]
    place, there_is_no_file = "protocols/parcel.yaml", "there is no file"
    in_es = "in `en` the reply is the one in `es`"
    missing = f"{there_is_no_file} `templates/es/parcel/out.j2`"
    translated = f"{there_is_no_file} `templates/en/parcel/dm.j2`: {in_es}"
    assert told == [
        (f"{place}:44:15", "error", "PB200", missing, "did you mean `outt`?"),
        (f"{place}:45:16", "warning", "PB201", translated, "translate it"),
    ]
