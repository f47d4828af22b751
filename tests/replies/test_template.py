"""The template language: what it reads, what it refuses and where, and that Jinja reads it alike."""

from __future__ import annotations

import re
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from playbook.conditions import expression as ex
from playbook.replies.template import LARGEST, MOST_FAULTS, Choose, Include, Part, Pick, Say, Template, prints, read

PATH = "templates/es/parcel/sorry.j2"
NAMES = ("name", "seen", "ready")


def template(source: str) -> Template:
    return read(PATH, source.encode())


def faults(source: str) -> list[str]:
    return [
        f"{each.span.line}:{each.span.column} {each.code} {each.message} ({each.hint})"
        for each in template(source).faults
        if each.span
    ]


# --- the same as Jinja ----------------------------------------------------------------------------

VALUES = {"name": "Ana {{ name }}", "brand": {"name": "Papel"}, "seen": True, "ready": False, "fault": "us", "days": 4}
TAG = r"\{%-?[ \t\n]*(?:if|elif|else|endif)\b(?:'[^'\n]*'|[^%'])*%\}|\{#(?:(?!#\}).)*#\}"
ALONE = re.compile(rf"(?ms)^[ \t]*((?:(?:{TAG})[ \t]*)+)(?:\n|\Z)")


def by_jinja(source: str) -> str:
    """What Jinja prints, once the lines are taken away that hold nothing but tags: that alone is our own."""
    source = ALONE.sub(lambda match: "".join(re.findall(rf"(?s){TAG}", match[1])), source.removesuffix("\n"))
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
    environment.filters["loud"] = str.upper
    environment.globals["you"] = lambda tu, _usted: tu
    return environment.from_string(source).render(VALUES)


def holds(expression: ex.Expression) -> bool:
    """A condition over `VALUES`, in the small."""
    match expression:
        case ex.And():
            return all(holds(part) for part in expression.parts)
        case ex.Or():
            return any(holds(part) for part in expression.parts)
        case ex.Not():
            return not holds(expression.part)
        case ex.OneOf():
            return (VALUES[expression.name] in {word.id for word in expression.words}) != expression.negated
        case ex.Compare():
            assert expression.op == ">="
            return VALUES[expression.name] >= (expression.constant.value or 0)  # type: ignore[operator]
        case _:
            return bool(VALUES[expression.name])


def by_us(parts: tuple[Part, ...]) -> str:
    printed = ""
    for part in parts:
        if isinstance(part, str):
            printed += part
        elif isinstance(part, Pick):
            printed += part.tu
        elif isinstance(part, Choose):
            taken = (each.parts for each in part.branches if not each.condition or holds(each.condition.expression))
            printed += by_us(next(taken, ()))
        else:
            assert isinstance(part, Say)
            value = "Papel" if part.path == ("brand", "name") else str(VALUES[part.name])
            printed += value.upper() if part.filter == "loud" else value
    return printed


SAMPLE = """\
Hola, {{ name }}:
{#- a note -#}
{% if seen %}
  Lo hemos visto{% if ready %} y está listo{% else %}, {{- you('tú', 'usted') }}{% endif %}.
{% elif fault == 'us' %}
no
{% else %}{# nothing #}
no
{% endif %}

{% if days >= 5 %}tarde{% endif %}
{% if not ready and (fault in ['us', "carrier"] or ready) -%}
    nuestro   {{ brand.name|loud }}
{%- endif %}
  {# a note that
     goes on #}  {% if seen %}  {% endif %}
}{ 100 % # fin{{ brand.name }}
"""


def test_a_sample_prints_what_jinja_prints() -> None:
    assert not template(SAMPLE).faults
    assert by_us(template(SAMPLE).parts) == by_jinja(SAMPLE)
    assert by_us(template(SAMPLE).parts) == (
        "Hola, Ana {{ name }}:  Lo hemos visto,tú.\n\n\nnuestro   PAPEL}{ 100 % # finPapel"
    )


WORDS = st.sampled_from(
    ["Hola", "\n", "  ", "\t", " fin.", "¿Qué tal?", "}", "{", "%", "#", "'", '"', "\\", "\n\n", "🙂"]
)
SAID = st.sampled_from(
    ["{{ name }}", "{{name}}", "{{- brand.name|loud -}}", "{{ you('tú', \"usted\") }}", "{{ seen -}}"]
)
NOTES = st.sampled_from(["{# nota #}", "{#- nota -#}", "{#\n{{ nota #}"])
CONDITIONS = st.sampled_from(
    ["seen", "ready", "not ready", "fault == 'us'", "seen and (ready or days >= 4)", "days >= 5"]
)


def _choice(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    marks = st.sampled_from(["", "-"])
    forms = (
        "{{%{0} if {4} {1}%}}{6}{{%{2} endif {3}%}}",
        "{{%{0} if {4} {1}%}}{6}{{% else %}}{7}{{%{2} endif {3}%}}",
        "{{%{0} if {4} {1}%}}\n{6}\n{{% elif {5} %}}\n{7}\n{{%{2} endif {3}%}}\n",
    )
    return st.builds(
        str.format, st.sampled_from(forms), marks, marks, marks, marks, CONDITIONS, CONDITIONS, inner, inner
    )


SOURCES = st.recursive(
    st.one_of(WORDS, SAID, NOTES),
    lambda inner: st.one_of(_choice(inner), st.lists(inner, max_size=6).map("".join)),
    max_leaves=20,
)


@given(SOURCES)
def test_whatever_this_reader_accepts_jinja_prints_alike(source: str) -> None:
    found = template(source)
    if not found.faults:
        assert by_us(found.parts) == by_jinja(source)


# --- lines and space ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("a\n{% if seen %}\nb\n{% endif %}\nc", "a\nb\nc"),
        ("a\n  {% if seen %}  \n  b\n  {% endif %}  \nc", "a\n  b\nc"),
        ("{% if ready %}\nb\n{% endif %}\nc", "c"),
        ("a {% if seen %}b{% endif %}\nc", "a b\nc"),
        ("a\n{# note #}{% if seen %} {# note #}\nb\n{% endif %}", "a\nb\n"),
        ("a  {%- if seen -%}  b  {%- endif -%}  c", "abc"),
        ("a\r\n{% if seen %}\r\nb\r{% endif %}\r\n", "a\nb\n"),
        ("\ufeffa\n", "a"),
        ("{% if seen %}\n{% if seen %}\na\n{% endif %}\n{% endif %}\nb", "a\nb"),
        ("{# note #} x", " x"),
    ],
)
def test_a_line_of_nothing_but_tags_leaves_no_line_behind(source: str, printed: str) -> None:
    assert not template(source).faults
    assert by_us(template(source).parts) == printed


def test_an_include_stands_where_it_is_written() -> None:
    assert template("{% include '_a' %}\nb {% include \"_b\" %}.").parts == (
        Include("_a", 11),
        "\nb ",
        Include("_b", 32),
        ".",
    )


def test_joiners_of_emoji_may_stay() -> None:
    assert template("👩‍💻 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ❤️").parts == ("👩‍💻 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ❤️",)


# --- faults ---------------------------------------------------------------------------------------

PRINTS = "write `{{ name }}`, `{{ name|filter }}` or `{{ you('…', '…') }}`"
PARTIAL = "a partial's name starts with `_`: `{% include '_greeting' %}`"
KNOWN = "known: `elif`, `else`, `endif`, `if`, `include`"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a\n {{ 'a'*10**8 }}", f"2:5 PB204 `'a'*10**8` cannot be printed ({PRINTS})"),
        ("{{ ''.__class__ }}", f"1:4 PB204 `''.__class__` cannot be printed ({PRINTS})"),
        ("{{ lipsum() }}", f"1:4 PB204 `lipsum()` cannot be printed ({PRINTS})"),
        ("{{ '%0999d'|format(1) }}", f"1:4 PB204 `'%0999d'|format(1)` cannot be printed ({PRINTS})"),
        ("{{ name|upper|lower }}", f"1:4 PB204 `name|upper|lower` cannot be printed ({PRINTS})"),
        ("{{ name[0] }}", f"1:4 PB204 `name[0]` cannot be printed ({PRINTS})"),
        ("{{ you('a\\'', 'b') }}", f"1:4 PB204 `you('a\\'', 'b')` cannot be printed ({PRINTS})"),
        ("{{ " + "a + " * 20 + "a }}", f"1:4 PB204 `{'a + ' * 9}a +…` cannot be printed ({PRINTS})"),
        ("{{}}", f"1:3 PB204 nothing is named here ({PRINTS})"),
        ("{% for x in y %}", f"1:4 PB204 `for` is not part of templates ({KNOWN})"),
        ("{% set x = 1 %}", f"1:4 PB204 `set` is not part of templates ({KNOWN})"),
        ("{% raw %}", f"1:4 PB204 `raw` is not part of templates ({KNOWN})"),
        ("{% esle %}", "1:4 PB204 `esle` is not part of templates (did you mean `else`?)"),
        ("{% if2<days %}", "1:4 PB204 `if2` is not part of templates (did you mean `if`?)"),
        ("{% %}", "1:4 PB204 a tag without a word (templates know `if`, `elif`, `else`, `endif` and `include`)"),
        ("{% include x %}", f"1:12 PB204 `x` cannot be included ({PARTIAL})"),
        ("{% include '../x' %}", f"1:12 PB204 `'../x'` cannot be included ({PARTIAL})"),
        ("{% include '_x' ignore missing %}", f"1:12 PB204 `'_x' ignore missing` cannot be included ({PARTIAL})"),
        ("{% if a = 'x' %}{% endif %}", "1:9 PB205 `=` has no meaning in a condition (equality is written `==`)"),
        (
            "\n{% if seen %}{% elif %}{% endif %}",
            "2:22 PB205 the condition ends where a question or a fact should follow (None)",
        ),
        ("{% if seen %}", "1:1 PB203 this `if` is not closed (close it with `{% endif %}`)"),
        ("a {% endif %}", "1:3 PB203 `endif` without an `if` (open one with `{% if … %}`)"),
        ("{% if seen %}{% else %}{% else %}{% endif %}", "1:24 PB203 `else` after `else` (`else` is the last branch)"),
        (
            "{% if seen %}{% else %}{% elif seen %}{% endif %}",
            "1:24 PB203 `elif` after `else` (`else` is the last branch)",
        ),
        ("{% if seen %}{% endif seen %}", "1:22 PB203 `seen` behind `endif` (`endif` stands alone)"),
        ("a }} b", "1:3 PB203 `}}` closes nothing (open it with `{{`, or delete it)"),
        ("a %} b", "1:3 PB203 `%}` closes nothing (open it with `{%`, or delete it)"),
        ("a #} b", "1:3 PB203 `#}` closes nothing (open it with `{#`, or delete it)"),
        ("a {{ name", "1:3 PB203 `{{` is not closed (close it with `}}`)"),
        ("a {{ name {{ name }}", "1:3 PB203 `{{` is not closed (close it with `}}`)"),
        ("a {% if {# x #}", "1:3 PB203 `{%` is not closed (close it with `%}`)"),
        ("a {# x", "1:3 PB203 `{#` is not closed (close it with `#}`)"),
        ("{{ " + "a" * 3000 + " }}", "1:1 PB203 `{{` is not closed (close it with `}}`)"),
        ("a\n\u202eb", "2:1 PB202 an invisible character, U+202E (delete it: a reply is pasted into the world)"),
        ("a\x1bb", "1:2 PB202 an invisible character, U+001B (delete it: a reply is pasted into the world)"),
    ],
)  # fmt: skip
def test_what_is_not_part_of_the_language_is_refused_at_its_place(source: str, expected: str) -> None:
    assert faults(source) == [expected]


def test_all_faults_of_a_file_are_told_at_once_and_in_order() -> None:
    found = faults("{{ a() }}\n{% for x in y %}\n{{ b() }}{% endfor %}")
    assert [each.split()[0] for each in found] == ["1:4", "2:4", "3:4"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% for x in y %}a{% else %}b{% endfor %}", ["1:4 PB204"]),
        ("{% for x in y %}{% for z in x %}a{% endfor %}{% endfor %}", ["1:4 PB204", "1:20 PB204"]),
        ("{% if seen %}{% for x in y %}a{% endfor %}{% else %}b{% endif %}", ["1:17 PB204"]),
        ("{% if seen %}{% set x = 1 %}{% else %}{% else %}{% endif %}", ["1:17 PB204", "1:39 PB203"]),
        ("{% endfor %}", ["1:4 PB204"]),
        ("{% for x in y %}{% endfor %}{% endfor %}", ["1:4 PB204", "1:32 PB204"]),
        ("{% for x in y %}{% endif %}", ["1:4 PB204", "1:17 PB203"]),
        ("{% macro a() %}b{% endmacro %}", ["1:4 PB204"]),
    ],
)
def test_what_closes_a_refused_block_is_not_refused_once_more(source: str, expected: list[str]) -> None:
    assert [" ".join(each.split()[:2]) for each in faults(source)] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", False),
        (" \n", False),
        ("{# a #}", False),
        ("{% if seen %} {% elif known %}{% else %}\n{% endif %}", False),
        ("{{ you('', ' ') }}", False),
        ("{{ you('', 'a') }}", True),
        ("{{ name }}", True),
        ("{% include '_a' %}", True),
        ("{% if seen %}{% else %}{% if seen %}a{% endif %}{% endif %}", True),
    ],
)
def test_whether_a_template_can_print_anything_is_seen_without_a_case(source: str, *, expected: bool) -> None:
    assert prints(read(PATH, source.encode()).parts) is expected


def test_a_comment_may_hold_what_it_likes_and_be_long() -> None:
    assert not faults("{# {{ 'a'*10**8 }} {% for %} '" + "x" * 9000 + " #}")


def test_a_file_that_is_no_text_or_too_large_is_refused() -> None:
    found = read(PATH, b"hola\n\xff").faults[0]
    assert (found.code, found.message, found.span and found.span.line) == (
        "PB202",
        "byte 6 of the file is not UTF-8",
        2,
    )
    large = read(PATH, b"x" * (LARGEST + 1))
    assert large.faults[0].message == "the template has more than 32,768 bytes"
    assert large.parts == ()


def test_ifs_may_not_nest_without_end() -> None:
    deep = "{% if seen %}" * 2000 + "x"
    found = faults(deep)
    assert len(found) == MOST_FAULTS
    assert faults("{% if seen %}" * 21 + "{% endif %}" * 21) == [
        "1:261 PB203 more than 20 `if`s inside one another (split the template)"
    ]
    assert faults("{% if seen %}" * 20 + "{% endif %}" * 20) == []


HOSTILE = [
    "{{ 'a'*10**8 }}", "{{ ''.__class__.__mro__ }}",
    "{% for x in range(10**9) %}", "{% endfor %}", "{{ lipsum(10**6) }}",
    "{{ '%0999d'|format(1) }}",
    "{{ cycler.__init__.__globals__ }}", "{% include '/etc/passwd' %}", "{% extends 'x' %}",
    "{% if ", "{% if a %}", "{% endif %}", "{% else %}", "{{", "}}", "{%", "%}", "{#", "#}", "-",
    "'", '"', "(" * 300, "[" * 300,
    "not " * 300, "\n", "\\", "\x00", "\u202e", "🙂", "{{ name }}", "{{ a|b }}", "{{ you('a', 'b') }}", "a" * 3000, " ",
]  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=8)), max_size=30).map("".join))
def test_no_source_ever_raises_and_every_fault_has_a_place_in_it(source: str) -> None:
    data = source.encode(errors="surrogatepass")
    found = read(PATH, data)
    lines = found.source.split("\n")
    for fault in found.faults:
        assert fault.span is not None
        assert 1 <= fault.span.line <= max(len(lines), 1)
        assert fault.span.column >= 1


@given(st.binary(max_size=200))
def test_no_bytes_ever_raise(data: bytes) -> None:
    assert isinstance(read(PATH, data), Template)


@pytest.mark.parametrize("unit", [*HOSTILE, "{{'", "{%'", "{{-", "{% if a %}\n", " \n", "-}}", "{# #}", "{# #}\n"])
def test_hostile_sources_cost_little_however_large(unit: str) -> None:
    for size in (LARGEST - 4, 10_000_000):
        data = (unit * (size // len(unit.encode()) + 1)).encode()[:size]
        tracemalloc.start()
        started = time.process_time()
        read.__wrapped__(PATH, data)
        spent, peak = time.process_time() - started, tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert spent < 5
        assert peak < 20_000_000
