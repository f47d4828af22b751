"""What a decided case comes to."""

from __future__ import annotations

import pytest

from playbook.result import companion, open_details, sides
from tests.result_world import decided, pack, told
from tests.shipped import shipped

OURS = {"fault": "us", "days": 9}


def test_a_public_channel_has_both_sides() -> None:
    found = told("wall", **OURS, order_ref="A-1")
    assert found.public is not None
    assert found.private is not None
    assert found.private.text == "Hola: A-1 sale hoy."
    assert (found.public.channel, found.private.channel) == ("wall", "wall_message")


def test_a_private_channel_has_the_private_side_alone() -> None:
    found = told("wall_message", **OURS, order_ref="A-1")
    assert found.public is None
    assert found.private is not None
    assert found.private.text == "Hola: A-1 sale hoy."


def test_a_private_channel_takes_the_public_side_where_there_is_no_other() -> None:
    found = told("wall_message", fault="nobody")
    assert found.public is None
    assert found.private is not None
    assert found.private.text == "¡Gracias por decirlo!"


def test_without_a_channel_both_sides_are_told_unmeasured() -> None:
    case = decided(**OURS)
    assert sides(case, None) == (case.outcome.reply.public, case.outcome.reply.private)
    found = told(None, **OURS)
    assert found.public is not None
    assert (found.channel, found.public.channel, found.public.measure) == (None, None, None)


def test_an_outcome_of_silence_has_no_side() -> None:
    found = told("wall", fault="customer")
    assert (found.public, found.private, found.missing) == (None, None, ())


@pytest.mark.parametrize(
    ("channel", "beside"),
    [("x", "x_message"), ("instagram", "instagram_message"), ("facebook", "messenger"), ("youtube", None)],
)
def test_the_private_channel_beside_a_public_one(channel: str, beside: str | None) -> None:
    found = companion(shipped(), shipped().channels[channel])
    assert (found and found.id) == beside


def test_a_private_channel_is_its_own_companion_and_no_channel_has_none() -> None:
    message = pack().channels["wall_message"]
    assert companion(pack(), message) is message
    assert companion(pack(), None) is None


def test_open_details_are_what_actions_avoids_and_replies_still_need() -> None:
    assert open_details(decided(**OURS), pack().channels["wall"], "es") == ("wants_refund", "order_ref")
    assert open_details(decided(**OURS, wants_refund=True), None, "es") == ("order_ref",)
    assert open_details(decided(**OURS, wants_refund=True, order_ref="A-1"), None, "es") == ()
    assert open_details(decided(fault="customer"), None, "es") == ()


def test_the_texts_that_are_blank_are_told_once() -> None:
    assert told("wall", **OURS).missing == ("order_ref",)


def test_the_answer_is_due_by_the_sooner_of_the_outcomes_and_the_channels_time() -> None:
    assert f"{told('wall', **OURS).answer_due:%H:%M}" == "13:10"
    assert f"{told('board', **OURS).answer_due:%H:%M}" == "13:40"
    assert told("board", fault="customer").answer_due is None


def test_actions_come_with_their_moments_and_whether_they_apply() -> None:
    deeds = told("wall", **OURS).deeds
    assert [(each.action.owner, each.due and f"{each.due:%d %H:%M}", each.applies) for each in deeds] == [
        ("community", None, True),
        ("management", "24 12:40", False),  # the Monday is a holiday
        ("logistics", "20 16:40", True),
    ]


def test_an_action_whose_condition_is_false_is_left_out() -> None:
    assert [each.action.owner for each in told("wall", **OURS, wants_refund=False).deeds] == ["community", "logistics"]


def test_a_follow_up_is_due_when_it_first_comes_round() -> None:
    assert f"{told('wall', **OURS).follow_up_due:%d %H:%M}" == "20 13:10"
    assert f"{told('wall', fault='carrier').follow_up_due:%d %H:%M}" == "24 12:45"
    assert told("wall", fault="customer").follow_up_due is None
