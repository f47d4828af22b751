"""Jinja's own reading of templates, behind ours."""

from __future__ import annotations

import pytest

from playbook.replies.jinja import reread
from playbook.replies.template import Template, read


def unchecked(source: str) -> Template:
    """A template as it would be if our own reader had let everything pass."""
    return Template("templates/es/x/y.j2", source, (), ())


def test_what_we_accept_jinja_accepts() -> None:
    source = "{% if fault == 'us' and days >= 4 %}{{ you('te', 'le') }}{% include '_who' %}{% endif %}{# nota #}"
    assert reread([read("templates/es/x/y.j2", source.encode())]) == []


def test_what_jinja_refuses_is_told_with_its_line_and_words() -> None:
    (found,) = reread([unchecked("a\n{% if %}")])
    assert (found.code, str(found.span)) == ("PB214", "templates/es/x/y.j2:2:1")
    assert "Expected an expression" in (found.hint or "")


@pytest.mark.parametrize("source", ["{{ " + "(" * 5000 + " }}", "{{ '\\N{nothing}' }}", "{% raw"])
def test_a_hostile_source_ends_in_a_message(source: str) -> None:
    (found,) = reread([unchecked(source)])
    assert found.code == "PB214"


def test_a_template_with_faults_of_ours_is_not_read_again() -> None:
    assert reread([read("templates/es/x/y.j2", b"{% for %}")]) == []


def test_of_several_templates_the_one_is_told_of_that_jinja_refuses() -> None:
    good = read("templates/es/x/good.j2", b"{% if a %}b{% elif c %}d{% else %}e{% endif %}{% include '_who' %}")
    assert reread([good, good]) == []
    (found,) = reread([good, unchecked("{% if %}")])
    assert found.span
    assert found.span.file == "templates/es/x/y.j2"
