"""Memberships: every step from every stage, who may still vote, and what a name and a reason must be."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from policies import membership
from policies.errors import RuleBroken
from policies.membership import LASTING, MAY_STILL_VOTE, PENDING, SIGNS_IN, UNPROVEN, MembershipStage, MembershipStep

# Written out again by hand from domain.md, section 5, so that a wrong row in the rulebook cannot agree with itself.
JOURNEYS = {
    ("applied", "confirm the address of"): "verified",
    ("invited", "confirm the address of"): "verified",
    ("verified", "approve"): "active",
    ("verified", "refuse"): "removed",
    ("verified", "leave"): "left",
    ("invited", "take back the invitation to"): "erased",
    ("active", "leave"): "left",
    ("lapsed", "leave"): "left",
    ("applied", "forget"): "erased",
    ("invited", "forget"): "erased",
    ("active", "end the time of"): "lapsed",
    ("active", "renew"): "active",
    ("lapsed", "renew"): "active",
    ("active", "suspend"): "suspended",
    ("lapsed", "suspend"): "suspended",
    ("suspended", "give back"): "active",
    ("suspended", "remove"): "removed",
    ("suspended", "leave"): "left",
    ("removed", "forget"): "erased",
    ("left", "forget"): "erased",
}
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(("stage", "step"), list(product(MembershipStage, MembershipStep)))
def test_each_step_from_each_stage_of_a_membership(stage, step):
    if (stage, step) in JOURNEYS:
        assert membership.next_membership_stage(stage, step) == JOURNEYS[stage, step]
    else:
        with pytest.raises(RuleBroken, match=f"^You cannot {step} a membership that is {stage.words}"):
            membership.next_membership_stage(stage, step)


def test_the_stages_are_stored_under_the_words_of_the_domain():
    assert set(MembershipStage) == {
        *("applied", "invited", "verified", "active", "lapsed", "suspended", "left", "removed", "erased")
    }


def test_nobody_becomes_active_without_a_proven_address_and_an_approval():
    table = membership.NEXT_MEMBERSHIP_STAGE
    into_active = {stage for (stage, _step), after in table.items() if after == "active"}
    assert into_active == {MembershipStage.VERIFIED, *("active", "lapsed", "suspended")}
    for again in into_active - {MembershipStage.VERIFIED}:
        assert {stage for (stage, _step), after in table.items() if after == again} <= into_active


def test_one_who_lapsed_may_still_vote_and_one_who_left_or_was_removed_may_not():
    assert {"active", "lapsed"} == MAY_STILL_VOTE


def test_what_is_pending_and_what_lasts():
    assert {"applied", "invited"} == UNPROVEN
    assert {"applied", "invited", "verified"} == PENDING
    assert {"applied", "invited", "verified", "active", "lapsed", "suspended"} == LASTING
    assert {"active", "lapsed", "suspended", "removed"} == SIGNS_IN


def test_a_name_is_given_and_not_too_long():
    membership.require_name("J" * 80)
    with pytest.raises(RuleBroken, match="Write your name"):
        membership.require_name("")
    with pytest.raises(RuleBroken, match="Shorten the name to 80 characters; it has 81"):
        membership.require_name("J" * 81)


def test_nobody_is_refused_without_a_reason():
    membership.require_reason("R" * 500)
    with pytest.raises(RuleBroken, match="Say why"):
        membership.require_reason("")
    with pytest.raises(RuleBroken, match="Shorten the reason to 500 characters; it has 501"):
        membership.require_reason("R" * 501)


def test_an_address_that_was_not_proven_is_forgotten_after_two_weeks():
    assert not membership.is_forgotten(NOON, NOON + timedelta(days=13, hours=23))
    assert membership.is_forgotten(NOON, NOON + timedelta(days=14))


def test_the_only_clerk_hands_over_before_leaving():
    for is_clerk, others in ((False, 0), (True, 1)):
        membership.require_may_leave(is_clerk, others)
    with pytest.raises(RuleBroken, match="Propose another member as its clerk first"):
        membership.require_may_leave(True, 0)
