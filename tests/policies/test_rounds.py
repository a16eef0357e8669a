"""Extending and annulling an open round: clerks of all groups say it, once, and only in its time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import rounds
from policies.ballots import RoundStage, rerun_times
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.rounds import JointAct
from policies.standing_orders import load

OPENS = datetime(2026, 3, 1, 12, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=7)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def test_what_clerks_of_all_groups_do_together():
    assert set(JointAct) == {"extend", "annul"}


def test_the_last_group_makes_it_so_and_for_an_extension_if_it_names_the_same_close():
    *others, last = GROUP_KEYS
    closings = dict.fromkeys(others, CLOSES + DAY)
    assert not rounds.all_groups_said(closings)
    assert rounds.all_groups_agree_on(closings) is None
    assert rounds.all_groups_agree_on({**closings, last: CLOSES + 2 * DAY}) is None
    assert rounds.all_groups_agree_on({**closings, last: CLOSES + DAY}) == CLOSES + DAY


@given(st.sets(st.sampled_from(GROUP_KEYS)))
def test_it_is_so_only_once_every_group_has_said_it(groups):
    assert rounds.all_groups_said(groups) is (len(groups) == len(GROUP_KEYS))


@given(st.dictionaries(st.sampled_from(GROUP_KEYS), st.sampled_from([CLOSES + DAY, CLOSES + 2 * DAY])))
def test_an_extension_is_agreed_when_all_groups_have_named_the_same_close(closings):
    agreed = rounds.all_groups_agree_on(closings)
    if set(closings) == set(GROUP_KEYS) and len(set(closings.values())) == 1:
        assert agreed == closings[GROUP_KEYS[0]]
    else:
        assert agreed is None


@pytest.mark.parametrize(("length", "most"), [(7 * DAY, 7), (DAY, 1), (timedelta(hours=5), 1), (10 * DAY + SECOND, 10)])
def test_a_ballot_is_extended_by_at_most_the_days_it_was_announced_for(length, most):
    assert rounds.longest_extension(OPENS, OPENS + length) == most
    assert rounds.extended_close(OPENS, OPENS + length, most) == OPENS + length + most * DAY
    for days in (0, -1, most + 1, 10**30):
        with pytest.raises(RuleBroken, match=f"at least 1 day and at most {most},"):
            rounds.extended_close(OPENS, OPENS + length, days)


def test_a_ballot_is_extended_while_it_is_open_and_once():
    for now in (OPENS, CLOSES - SECOND):
        rounds.require_extendable(RoundStage.OPEN, now, OPENS, CLOSES, is_extended=False)
    with pytest.raises(RuleBroken, match="extended already"):
        rounds.require_extendable(RoundStage.OPEN, OPENS, OPENS, CLOSES, is_extended=True)


@pytest.mark.parametrize(
    ("stage", "now"),
    # The clock may have stepped back behind the opening.
    [("prepared", OPENS), ("closed", OPENS), ("published", OPENS), ("open", CLOSES), ("open", OPENS - SECOND)],
)
def test_at_any_other_time_it_is_not(stage, now):
    with pytest.raises(RuleBroken, match="only while it is open"):
        rounds.require_extendable(RoundStage(stage), now, OPENS, CLOSES, is_extended=False)


def test_a_round_is_annulled_after_its_opening_and_before_its_result():
    assert set(rounds.ANNULLABLE) == {"open", "closed"}
    for stage in RoundStage:
        if stage in {"open", "closed"}:
            rounds.require_annullable(stage)
        else:
            words = "Cancel it instead" if stage is RoundStage.PREPARED else f"that is {stage} stands as it is"
            with pytest.raises(RuleBroken, match=words):
                rounds.require_annullable(stage)


def test_another_text_can_be_asked_for_from_the_day_after_the_last_vote():
    assert rounds.earliest_condition_day(date(2026, 2, 28)) == date(2026, 3, 1)
    assert rounds.is_in_time(date(2026, 3, 1), date(2026, 2, 28))
    assert not rounds.is_in_time(date(2026, 2, 28), date(2026, 2, 28))


ORDERS = list(load().values())


def test_the_last_vote_can_be_cast_in_a_re_run_when_both_ballots_were_extended():
    # Seven days and seven more, seven days' rest, seven days and seven more.
    assert rounds.latest_close(OPENS, CLOSES, ORDERS) == OPENS + 35 * DAY


@given(st.integers(0, 7), st.integers(0, 7), st.sets(st.sampled_from(GROUP_KEYS), min_size=1))
def test_no_extension_and_no_re_run_of_some_groups_closes_later(first, second, lacking):
    again = rerun_times(CLOSES + first * DAY, [orders for orders in ORDERS if orders.group in lacking])
    assert again[1] + second * DAY <= rounds.latest_close(OPENS, CLOSES, ORDERS)
