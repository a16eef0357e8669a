"""Pauses: who sets one, how long it lasts, and what holds it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.endorsements import StanceKind
from policies.errors import RuleBroken
from policies.suspensions import (
    LONGEST_DAYS,
    REASON_CHARACTERS,
    Pause,
    ended,
    ends_at,
    holds_on,
    paused_until,
    require_can_be_asked,
    require_second_officer,
    require_sound_pause,
)

START = datetime(2026, 5, 3, 12, tzinfo=UTC)
UNTIL = START + timedelta(days=5)
LATER = UNTIL + timedelta(days=3)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("kind", [*StanceKind, None])
def test_only_backing_is_paused_and_once_a_version(kind):
    if kind in ("endorsed", "reservation", "opt_out"):
        require_can_be_asked(kind, is_used=False)
        with pytest.raises(RuleBroken, match="has used its pause"):
            require_can_be_asked(kind, is_used=True)
    else:
        with pytest.raises(RuleBroken, match="nothing to pause"):
            require_can_be_asked(kind, is_used=False)


def test_a_pause_has_one_to_fourteen_days_and_a_reason():
    assert LONGEST_DAYS == 14
    for days in (1, 14):
        require_sound_pause(days, "We look at it again.")
    for days in (0, -1, 15):
        with pytest.raises(RuleBroken, match="from 1 to 14"):
            require_sound_pause(days, "We look at it again.")
    with pytest.raises(RuleBroken, match="Write the reason"):
        require_sound_pause(3, " \n")
    with pytest.raises(RuleBroken, match="Shorten the reason"):
        require_sound_pause(3, "x" * (REASON_CHARACTERS + 1))


def test_two_different_persons_set_it():
    require_second_officer(1, 2)
    with pytest.raises(RuleBroken, match="another clerk of your group"):
        require_second_officer(1, 1)


@pytest.mark.parametrize(
    ("pause", "now", "until"),
    [
        (Pause(START, UNTIL), START - HOUR, None),
        (Pause(START, UNTIL), START, UNTIL),
        (Pause(START, UNTIL), UNTIL - HOUR, UNTIL),
        (Pause(START, UNTIL), UNTIL, None),
        (Pause(START, UNTIL, withdrawal_closes_at=LATER), UNTIL - HOUR, UNTIL),
        (Pause(START, UNTIL, withdrawal_closes_at=LATER), UNTIL, LATER),
        (Pause(START, UNTIL, withdrawal_closes_at=LATER), LATER + HOUR, LATER),
        (Pause(START, UNTIL, ended_at=START + HOUR), START + HOUR, None),
        (Pause(START, UNTIL, ended_at=LATER, withdrawal_closes_at=LATER), LATER, None),
    ],
)
def test_until_when_a_pause_lasts(pause, now, until):
    assert paused_until(pause, now) == until


@pytest.mark.parametrize(
    ("pause", "noted_at", "ended_at"),
    [
        # A group decides anew while its pause runs, and while a ballot holds it.
        (Pause(START, UNTIL), START + HOUR, START + HOUR),
        (Pause(START, UNTIL, withdrawal_decided_at=LATER), LATER - HOUR, LATER - HOUR),
        # The service comes back days after.
        (Pause(START, UNTIL), LATER, UNTIL),
        # A withdrawal that failed held it until its result was published, which is a while after the close.
        (Pause(START, UNTIL, withdrawal_closes_at=LATER - HOUR, withdrawal_decided_at=LATER), LATER + HOUR, LATER),
        (Pause(START, UNTIL, withdrawal_decided_at=UNTIL - HOUR), LATER, UNTIL),
    ],
)
def test_a_pause_ends_in_its_time_however_late_that_is_noted(pause, noted_at, ended_at):
    assert ended(pause, noted_at) == ended_at


def test_a_ballot_holds_a_pause_that_ran_when_it_opened_and_no_other():
    assert holds_on(UNTIL, UNTIL)
    assert not holds_on(UNTIL + HOUR, UNTIL)


@given(st.integers(1, 14), st.integers(0, 60 * 24 * 30))
def test_a_pause_that_nothing_holds_never_lasts_longer_than_fourteen_days(days, minutes):
    now = START + timedelta(minutes=minutes)
    found = paused_until(Pause(START, ends_at(START, days)), now)
    assert (found is not None) is (now < START + timedelta(days=days))
    assert now < START + timedelta(days=14) or found is None


def test_a_pause_ends_after_its_days():
    assert ends_at(START, 14) == datetime(2026, 5, 17, 12, tzinfo=UTC)
