"""How long a membership lasts, when it can be renewed, and when its member is reminded."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import lapsing
from policies.errors import RuleBroken
from policies.membership import MembershipStage

BEGINS = datetime(2026, 3, 1, 12, tzinfo=UTC)
END = datetime(2027, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def days(number):
    """So many days."""
    return timedelta(days=number)


def test_a_membership_runs_for_a_year():
    assert lapsing.runs_until(BEGINS) == END
    assert not lapsing.is_over(END, END - SECOND)
    assert lapsing.is_over(END, END)
    assert not lapsing.is_over(None, END)


@pytest.mark.parametrize(
    ("stage", "until", "now", "can"),
    [
        ("active", END, END - days(30) - SECOND, False),
        ("active", END, END - days(30), True),
        ("active", END, END + days(3), True),  # The clock has not come to it yet.
        ("active", None, END, False),
        ("lapsed", END, END, True),
        ("lapsed", END, END + days(365) - SECOND, True),
        ("lapsed", END, END + days(365), False),
        ("suspended", END, END, False),
        ("left", END, END, False),
    ],
)
def test_it_is_renewed_in_its_last_thirty_days_and_for_a_year_after_it_lapsed(stage, until, now, can):
    assert lapsing.can_be_renewed(MembershipStage(stage), until, now) is can
    if can:
        lapsing.require_can_be_renewed(MembershipStage(stage), until, now)
        return
    says = {"active": "need not be renewed now", "lapsed": "Join the group again"}.get(stage, "cannot be renewed")
    with pytest.raises(RuleBroken, match=says):
        lapsing.require_can_be_renewed(MembershipStage(stage), until, now)


def test_who_renews_after_a_lapse_waits_again_before_the_first_vote():
    assert lapsing.keeps_qualifying_days(MembershipStage.ACTIVE)
    assert not lapsing.keeps_qualifying_days(MembershipStage.LAPSED)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (END - days(30) - SECOND, None),
        (END - days(30), 30),
        (END - days(7) - SECOND, 30),
        (END - days(7), 7),  # Also where an outage has swallowed the first one.
        (END - SECOND, 7),
        (END, None),
    ],
)
def test_a_member_is_reminded_thirty_and_seven_days_before_the_end(now, due):
    assert lapsing.reminder_due(END, now) == due


@given(st.lists(st.integers(0, 60 * 24), max_size=40))
def test_however_the_clock_runs_each_reminder_is_due_in_one_stretch(hours):
    moments = [END - timedelta(hours=number) for number in sorted(hours, reverse=True)]
    due = [lapsing.reminder_due(END, now) for now in moments]
    told = [number for number in due if number]
    assert told == sorted(told, reverse=True)
    assert set(told) <= {30, 7}
