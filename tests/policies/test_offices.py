"""The office of a clerk: every step of a proposal, what can be proposed of whom and by whom, and terms."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from policies import offices
from policies.errors import RuleBroken
from policies.membership import MembershipStage
from policies.offices import OfficeChange, ProposalStage, ProposalStep

JOURNEYS = {
    ("proposed", "confirm"): "confirmed",
    ("proposed", "give up"): "dropped",
    ("confirmed", "accept"): "done",
    ("confirmed", "refuse"): "refused",
    ("confirmed", "give up"): "dropped",
}
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("stage", "step"), list(product(ProposalStage, ProposalStep)))
def test_each_step_from_each_stage_of_a_proposal(stage, step):
    if (stage, step) in JOURNEYS:
        assert offices.next_proposal_stage(stage, step) == JOURNEYS[stage, step]
    else:
        with pytest.raises(RuleBroken, match=f"^You cannot {step} a proposal that is {stage.words}"):
            offices.next_proposal_stage(stage, step)


def test_no_office_is_given_without_a_second_clerk_and_what_waits_has_a_way_on():
    assert {stage for (stage, _step), after in JOURNEYS.items() if after == "done"} == {"confirmed"}
    assert {stage for (stage, step), _after in JOURNEYS.items() if step == "confirm"} == {"proposed"}
    assert {stage for stage, _step in JOURNEYS} == offices.WAITING == {"proposed", "confirmed"}


def test_only_a_new_office_wants_to_be_accepted():
    assert [change for change in OfficeChange if offices.wants_acceptance(change)] == [OfficeChange.APPOINT]
    assert len({change.words for change in OfficeChange}) == 3


@pytest.mark.parametrize(
    ("change", "stage", "is_clerk", "refused"),
    [
        (OfficeChange.APPOINT, "active", False, None),
        (OfficeChange.APPOINT, "active", True, "is a clerk of your group already"),
        (OfficeChange.APPOINT, "lapsed", False, "no active member"),
        (OfficeChange.NEXT_TERM, "active", True, None),
        (OfficeChange.NEXT_TERM, "active", False, "is no clerk"),
        (OfficeChange.END, "active", True, None),
        (OfficeChange.END, "active", False, "is no clerk"),
        (OfficeChange.END, "left", True, "no active member"),
    ],
)
def test_what_can_be_proposed_of_whom(change, stage, is_clerk, refused):
    if refused is None:
        offices.require_can_be_proposed(change, MembershipStage(stage), is_clerk=is_clerk)
        return
    with pytest.raises(RuleBroken, match=refused):
        offices.require_can_be_proposed(change, MembershipStage(stage), is_clerk=is_clerk)


def test_each_clerk_asks_for_the_own_next_term_and_proposes_no_end_of_the_own_office():
    offices.require_asker(OfficeChange.NEXT_TERM, 1, 1)
    offices.require_asker(OfficeChange.END, 1, 2)
    offices.require_asker(OfficeChange.APPOINT, 1, 2)
    with pytest.raises(RuleBroken, match="asks for the own next term"):
        offices.require_asker(OfficeChange.NEXT_TERM, 1, 2)
    with pytest.raises(RuleBroken, match="step down"):
        offices.require_asker(OfficeChange.END, 1, 1)


def test_whoever_loses_an_office_is_told_why():
    offices.require_reason(OfficeChange.APPOINT, "", 10)
    offices.require_reason(OfficeChange.END, "R" * 10, 10)
    with pytest.raises(RuleBroken, match="Write the reason"):
        offices.require_reason(OfficeChange.END, " ", 10)
    with pytest.raises(RuleBroken, match="Shorten the reason to 10 characters; it has 11"):
        offices.require_reason(OfficeChange.END, "R" * 11, 10)


def test_a_term_lasts_a_year_and_the_next_one_follows_it_without_a_gap():
    assert offices.term_ends(NOON) == datetime(2027, 3, 1, 12, tzinfo=UTC)
    ends = NOON + timedelta(days=20)
    assert offices.next_term_ends(ends, NOON) == offices.term_ends(ends)
    for past in (None, NOON - timedelta(days=20)):
        assert offices.next_term_ends(past, NOON) == offices.term_ends(NOON)


def test_the_next_term_is_asked_for_in_the_last_sixty_days():
    ends = NOON + timedelta(days=60)
    assert offices.can_ask_for_next_term(ends, NOON)
    offices.require_can_ask_for_next_term(ends, NOON)
    for until in (ends + SECOND, None):
        assert not offices.can_ask_for_next_term(until, NOON)
        with pytest.raises(RuleBroken, match="not near its end"):
            offices.require_can_ask_for_next_term(until, NOON)


def test_a_proposal_that_nobody_answers_for_fourteen_days_is_given_up():
    assert not offices.is_dropped(NOON, NOON + timedelta(days=14) - SECOND)
    assert offices.is_dropped(NOON, NOON + timedelta(days=14))


def test_whoever_runs_the_service_appoints_the_first_two_clerks_and_no_more():
    for clerks in (0, 1):
        offices.require_first_clerks(clerks)
    with pytest.raises(RuleBroken, match="two clerks, who make others"):
        offices.require_first_clerks(2)


def test_no_group_is_left_without_a_clerk():
    for is_clerk, others in ((False, 0), (True, 1)):
        offices.require_a_clerk_stays(is_clerk, others)
    with pytest.raises(RuleBroken, match="Propose another member as its clerk first"):
        offices.require_a_clerk_stays(True, 0)


def test_whoever_runs_the_machine_holds_no_office():
    offices.require_no_operator(is_operator=False)
    with pytest.raises(RuleBroken, match="cannot hold an office"):
        offices.require_no_operator(is_operator=True)
