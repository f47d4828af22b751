"""The pack that ships: its files, scenarios, replies and outcomes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from playbook import scenarios
from playbook.pack import read_pack
from playbook.replies import style, vetting
from playbook.scenarios.cases import CONTAINS
from tests.shipped import ROOT, SITUATIONS, ran, shipped, written

if TYPE_CHECKING:
    from playbook.protocol import Outcome
    from playbook.scenarios import Ran
    from tests.shipped import Written

pytestmark = pytest.mark.exhaustive

OUTCOMES = [each for protocol in shipped().protocols.values() for each in protocol.outcomes.values()]
LOCALES = ("es", "en")
SYNTAX = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\[[^\]]*\]|<[^>]*>|\bNone\b")
SLIPS = re.compile(r"  |\n{3,}|[ \t]\n|\n[ \t]|\s[,.;:!?](?!\w)|[,;:][,.;:]|\.\.(?!\.)|\( | \)")
# `contesta` and its like ask something of the person where a sentence starts; elsewhere they tell what somebody does.
FAMILIAR = re.compile(
    r"\b(tú|tus?|te|ti|contigo|tuy[oa]s?|tienes|quieres|puedes|necesitas|prefieres|sabes|eres|has|estás|vas|"
    r"escríbenos|llámanos|dinos|cuéntanos|(?<=[.:;] )(?:contesta|llama|escribe)|mándanos|envíanos|pídenos|avísanos|"
    r"aléjate|(?!existe|insiste|consiste|triste|chiste)\w+[ai]ste)\b",
    re.IGNORECASE,
)
FORMAL = re.compile(
    r"\b(ustedes|usted|escríbanos|llámenos|díganos|cuéntenos|mándenos|envíenos|pídanos|avísenos|aléjese|suy[oa]s?)\b",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"(dinos|díganos|danos|denos|indícanos|indíquenos|pásanos|pásenos|mándanos|mándenos|envíanos|envíenos|"
    r"cuál es (tu|su)|tell us|send us|give us|let us have|what is your)\b[^.?!]*"
    r"\b(pedido|dni|teléfono|dirección|correo|nombre|cuenta|tarjeta|edad|order|phone|address|name|account|card|age)\b",
    re.IGNORECASE,
)
IN_PRIVATE = re.compile(r"privado|private|mensaje directo|direct message|@", re.IGNORECASE)


def failing(found: list[str]) -> str:
    return "\n".join(found[:12]) + (f"\n… and {len(found) - 12} more" if len(found) > 12 else "")


def test_it_loads_without_any_diagnostic() -> None:
    loaded = read_pack(ROOT)
    assert loaded.diagnostics == ()
    assert loaded.pack is not None


@pytest.mark.parametrize("protocol", sorted(shipped().protocols))
def test_nothing_is_wrong_with_the_templates_of_a_protocol(protocol: str) -> None:
    assert vetting.check(shipped(), protocol) == []


@pytest.mark.parametrize("protocol", sorted(shipped().protocols))
def test_the_scenarios_of_a_protocol_can_be_read(protocol: str) -> None:
    read = scenarios.read(shipped(), protocol)
    assert read.diagnostics == ()
    assert read.scenarios


@pytest.mark.parametrize("each", ran(), ids=lambda each: f"{each.scenario.protocol}: {each.scenario.name}")
def test_every_scenario_holds(each: Ran) -> None:
    assert [f"{one.span} {one.what}: expected {one.expected}, got {one.got}" for one in each.failures] == []


def test_the_scenarios_come_through_every_line_and_reach_every_outcome() -> None:
    missing = scenarios.unused(shipped(), ran())
    assert not missing, "no scenario comes through\n" + "\n".join(missing)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("outcome", "answers"),
    [
        ("make_it_right", {"demand": "help", "fault": "us", "reaction": "no_answer"}),
        ("offer_solution_first", {"demand": "threat", "fault": "us", "reaction": "right", "offered": "before"}),
        ("stand_firm", {"demand": "threat", "fault": "us", "reaction": "right", "offered": "after"}),
        ("repair_our_reaction", {"demand": "threat", "fault": "us", "reaction": "charged"}),
    ],
    ids=["helped well", "threatened before a solution", "threatened after a solution", "asked to pay again"],
)
def test_lunas_cases_are_told_in_both_languages(outcome: str, answers: dict[str, str], locale: str) -> None:
    luna = [each for each in ran() if "Luna" in each.scenario.name and not each.failures]
    assert any(
        answers.items() <= each.scenario.answers.items()
        and each.state.path[-1].then.name == outcome
        and any(one.what == CONTAINS and one.locale == locale for one in each.scenario.expectations)
        for each in luna
    )


@pytest.fixture(params=SITUATIONS)
def replies(request: pytest.FixtureRequest) -> tuple[Written, ...]:
    register, locale = request.param
    return written(register, locale)


def test_every_reply_is_written_with_nothing_missing(replies: tuple[Written, ...]) -> None:
    found = [str(each) for each in replies if not each.reply.text or each.reply.missing or each.reply.fell_back]
    assert not found, failing(found)


def test_every_reply_fits_its_channel(replies: tuple[Written, ...]) -> None:
    found = [
        f"{each.reply.measure.over} {each.reply.measure.unit} too long: {each}"
        for each in replies
        if each.reply.measure is not None
        and each.channel.certain
        and not each.reply.measure.fits
        and len(each.reply.parts) == 1
    ]
    assert not found, failing(found)


def test_no_reply_says_what_the_pack_avoids(replies: tuple[Written, ...]) -> None:
    found = [
        f"{said[0][0]}: {each}" for each in replies if (said := style.found(each.reply.text, shipped(), each.locale))
    ]
    assert not found, failing(found)


def test_no_reply_shows_how_it_was_made(replies: tuple[Written, ...]) -> None:
    found = [f"{slip[0]!r}: {each}" for each in replies if (slip := SYNTAX.search(each.reply.text))]
    assert not found, failing(found)


def test_spaces_and_stops_are_where_they_belong(replies: tuple[Written, ...]) -> None:
    found = [f"{slip[0]!r}: {each}" for each in replies if (slip := SLIPS.search(each.reply.text))]
    assert not found, failing(found)


@pytest.mark.parametrize(
    ("register", "other"),
    [
        pytest.param("tu", FORMAL, id="tu", marks=pytest.mark.xdist_group("tu es")),
        pytest.param("usted", FAMILIAR, id="usted", marks=pytest.mark.xdist_group("usted es")),
    ],
)
def test_a_spanish_reply_keeps_to_one_way_of_addressing_people(register: str, other: re.Pattern[str]) -> None:
    found = [f"{slip[0]!r}: {each}" for each in written(register, "es") if (slip := other.search(each.reply.text))]
    assert not found, failing(found)


def test_nobody_is_asked_for_personal_data_in_public(replies: tuple[Written, ...]) -> None:
    found = [
        f"{asked[0]!r}: {each}"
        for each in replies
        if each.side == "public" and not each.channel.private
        for sentence in re.split(r"(?<=[.?!])\s", each.reply.text)
        if (asked := ASKS.search(sentence)) and not IN_PRIVATE.search(sentence)
    ]
    assert not found, failing(found)


@pytest.mark.parametrize(
    "locale", [pytest.param(each, marks=pytest.mark.xdist_group(f"tu {each}")) for each in LOCALES]
)
def test_no_two_outcomes_say_the_same(locale: str) -> None:
    said: dict[str, set[str]] = {}
    for each in written("tu", locale):
        if each.texts == "none":
            said.setdefault(each.reply.text, set()).add(f"{each.outcome.protocol}.{each.outcome.id}")
    for outcome in OUTCOMES:
        for words in (outcome.title, outcome.because):
            said.setdefault(words.say(locale), set()).add(f"{outcome.protocol}.{outcome.id}")
    assert {text: who for text, who in said.items() if len(who) > 1} == {}


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda each: f"{each.protocol}.{each.id}")
def test_an_outcome_says_all_that_is_needed_to_act_on_it(outcome: Outcome) -> None:
    for words in (outcome.title, outcome.because):
        assert all(words.by_locale.get(locale) for locale in LOCALES)
    assert outcome.stance in shipped().stances
    assert outcome.actions
    assert all(each.owner in shipped().roles and each.within for each in outcome.actions)
    assert outcome.follow_up is not None
    assert outcome.follow_up.within or (outcome.follow_up.every and outcome.follow_up.lasting)
    assert outcome.avoid
    assert outcome.reply.public or outcome.reply.private or outcome.reply.silence


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda each: f"{each.protocol}.{each.id}")
def test_every_word_of_an_outcome_is_there_in_both_languages(outcome: Outcome) -> None:
    texts = [*(each.do for each in outcome.actions), *(each.say for each in outcome.avoid)]
    for side in (outcome.reply.public, outcome.reply.private):
        texts += side.own_words if side else ()
    texts += [each for each in (outcome.source, outcome.reply.silence) if each]
    texts += [outcome.follow_up.check] if outcome.follow_up else []
    assert [each.by_locale for each in texts if {*each.by_locale} != {*LOCALES}] == []
