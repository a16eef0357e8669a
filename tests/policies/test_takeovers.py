"""Takeover: for how long, by what words it is refused, and where what was withdrawn goes on."""

from datetime import UTC, datetime, timedelta

import pytest

from policies import takeovers
from policies.amendments import AmendmentStage
from policies.errors import RuleBroken
from policies.planks import Second, Stage

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)

# Written out again by hand: in which stage something was withdrawn, and in which it goes on.
PLANKS = {"seeking_seconders": "seeking_seconders", "checking": "checking", "open": "open"}
AMENDMENTS = {"submitted": "submitted", "open": "open"}


def seconds(*groups: str) -> list[Second]:
    """Seconds of members of these groups."""
    return [Second(person, group) for person, group in enumerate(groups, start=2)]


def test_the_tables_hold_what_can_be_withdrawn_and_nothing_else():
    assert takeovers.PLANK_RESUMES == PLANKS
    assert takeovers.AMENDMENT_RESUMES == AMENDMENTS


@pytest.mark.parametrize(
    ("before", "submitted", "days"),
    [("open", 0, 7), ("checking", 58, 7), ("seeking_seconders", 10, 7), ("seeking_seconders", 58, 2)],
)
def test_a_plank_waits_seven_days_and_not_beyond_the_sixty_for_its_seconders(before, submitted, days):
    until = takeovers.plank_waits_until(Stage(before), NOON, NOON - submitted * DAY)
    assert until == NOON + days * DAY


def test_an_imported_plank_and_an_amendment_wait_their_time():
    assert takeovers.plank_waits_until(Stage.SEEKING_SECONDERS, NOON, None) == NOON + 7 * DAY
    assert takeovers.amendment_waits_until(NOON) == NOON + 2 * DAY


def test_it_is_taken_over_until_the_last_second_and_once():
    takeovers.require_waits(is_withdrawn=True, until=NOON, now=NOON - SECOND)
    with pytest.raises(RuleBroken, match="has passed"):
        takeovers.require_waits(is_withdrawn=True, until=NOON, now=NOON)
    for is_withdrawn, until in ((False, NOON), (True, None)):
        with pytest.raises(RuleBroken, match="not withdrawn now"):
            takeovers.require_waits(is_withdrawn=is_withdrawn, until=until, now=NOON - SECOND)


@pytest.mark.parametrize(
    ("before", "left", "after"),
    [
        ("open", (), "open"),
        ("checking", ("green",), "checking"),
        ("seeking_seconders", (), "seeking_seconders"),
        ("seeking_seconders", ("green",), "seeking_seconders"),
        ("seeking_seconders", ("labour",), "seeking_seconders"),
        ("seeking_seconders", ("labour", "green"), "checking"),
    ],
)
def test_a_plank_goes_on_where_it_was_and_is_seconded_anew_only_while_it_seeks_seconders(before, left, after):
    assert takeovers.plank_resumes(Stage(before), "labour", seconds(*left)) == after


@pytest.mark.parametrize(
    ("before", "left", "after"),
    [
        ("open", ("lib_dem",), "open"),
        ("open", ("labour", "green"), "open"),
        ("open", ("labour",), "submitted"),
        ("open", (), "submitted"),
        ("submitted", (), "submitted"),
        ("submitted", ("green",), "submitted"),
    ],
)
def test_an_amendment_stays_open_only_with_another_group_behind_it(before, left, after):
    assert takeovers.amendment_resumes(AmendmentStage(before), "labour", seconds(*left)) == after
