"""Not the same question again: how long a group is left in peace with words that it did not carry."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.ballots import Outcome
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.retabling import Asked, free_from, require_change_is_free, require_free, resting, said_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MONTH = timedelta(days=30)


@pytest.mark.parametrize(
    ("outcome", "is_rerun", "rests"),
    [
        ("carried", False, False),
        ("carried", True, False),
        ("not_carried", False, True),
        ("not_carried", True, True),
        ("no_quorum", False, False),
        ("no_quorum", True, True),
    ],
)
def test_a_group_that_declined_or_twice_had_no_quorum_is_left_in_peace(outcome, is_rerun, rests):
    found = free_from(Asked(Outcome(outcome), is_rerun, NOON, MONTH))
    assert found == (NOON + MONTH if rests else None)


def test_the_longest_period_of_several_counts_and_ends_with_its_moment():
    short = Asked(Outcome.NOT_CARRIED, False, NOON, MONTH)
    times = {"green": [short, Asked(Outcome.NO_QUORUM, True, NOON, 2 * MONTH)], "labour": [], "lib_dem": [short]}
    assert resting(times, NOON) == {"green": NOON + 2 * MONTH, "lib_dem": NOON + MONTH}
    assert resting(times, NOON + MONTH) == {"green": NOON + 2 * MONTH}
    assert resting(times, NOON + 2 * MONTH) == {}


asked = st.builds(
    Asked,
    st.sampled_from(Outcome),
    st.booleans(),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),
    st.timedeltas(timedelta(0), timedelta(days=366)),
)
many = st.dictionaries(st.sampled_from(["labour", "lib_dem", "green", "fourth", "fifth"]), st.lists(asked, max_size=4))


@given(many, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_a_group_rests_exactly_while_a_period_of_its_own_runs(times, ahead):
    now = NOON + ahead
    rest = resting(times, now)
    for group, of_group in times.items():
        ends = [end for end in map(free_from, of_group) if end]
        assert rest.get(group) == (max(ends) if ends and max(ends) > now else None)
    assert resting(times, max([now, *rest.values()])) == {}


@given(many, st.sampled_from(["labour", "fourth"]), st.lists(asked, max_size=3))
def test_what_one_group_was_asked_leaves_no_other_in_peace(times, group, more):
    changed = {**times, group: [*times.get(group, []), *more]}
    before, after = resting(times, NOON), resting(changed, NOON)
    assert {key: end for key, end in after.items() if key != group} == {
        key: end for key, end in before.items() if key != group
    }


def test_a_round_on_the_same_words_says_from_when_it_can_be_prepared():
    with pytest.raises(
        RuleBroken, match=r"Compass Green group voted .* before 31 March 2026, 12:00 UTC\. .* new version"
    ):
        require_free({"green": NOON + MONTH}, is_backed_by_another=False)
    require_free({}, is_backed_by_another=False)


def test_a_group_that_backs_the_words_can_be_asked_to_withdraw_at_any_time():
    require_free({"green": NOON + MONTH}, is_backed_by_another=True)


def test_several_groups_are_named_in_the_order_of_their_list():
    said = said_of(dict.fromkeys(reversed(GROUP_KEYS), NOON))
    assert said.startswith(
        "The Compass Labour group, the Compass Liberal Democrat group and the Compass Green group voted"
    )
    assert "not put to those groups again before 1 March 2026, 12:00 UTC." in said
    assert "not put to that group again" in said_of({"green": NOON})


def test_the_same_change_waits_for_the_longest_period_of_those_who_refused_it():
    refused = [(NOON, MONTH), (NOON, 2 * MONTH)]
    with pytest.raises(RuleBroken, match=r"again from 30 April 2026, 12:00 UTC on\. Your words are kept"):
        require_change_is_free(refused, NOON + MONTH)
    require_change_is_free(refused, NOON + 2 * MONTH)
    require_change_is_free([], NOON)
