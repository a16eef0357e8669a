"""How long the bytes of a public page are good for."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from policies.keeping import WITH_THE_TIME, WITHOUT_THE_TIME, good_until

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))


def test_a_page_that_looked_at_the_clock_is_good_for_five_seconds() -> None:
    assert good_until(NOON, []) == NOON + timedelta(seconds=5) == NOON + WITH_THE_TIME
    assert timedelta(minutes=1) == WITHOUT_THE_TIME


def test_a_file_that_says_nothing_of_the_moment_is_good_for_longer_but_past_no_turn() -> None:
    minute = timedelta(minutes=1)
    assert good_until(NOON, [], longest=minute) == NOON + minute
    assert good_until(NOON, [NOON + timedelta(seconds=9)], longest=minute) == NOON + timedelta(seconds=9)


def test_it_ends_with_the_pause_that_it_shows() -> None:
    assert good_until(NOON, [NOON + timedelta(seconds=2), NOON + timedelta(hours=1)]) == NOON + timedelta(seconds=2)


def test_what_has_turned_already_is_no_reason() -> None:
    assert good_until(NOON, [NOON, NOON - timedelta(seconds=1)]) == NOON + WITH_THE_TIME


def test_it_ends_with_the_day_on_which_conditions_and_standing_orders_turn() -> None:
    late = datetime(2026, 5, 3, 23, 59, 58, tzinfo=UTC)
    assert good_until(late, []) == datetime(2026, 5, 4, tzinfo=UTC)


@given(moments, st.lists(moments))
def test_no_page_outlives_a_turn_or_five_seconds_and_each_lives_a_moment(now: datetime, turns: list[datetime]) -> None:
    until = good_until(now, turns)
    assert now < until <= now + WITH_THE_TIME
    assert not any(now < turn < until for turn in turns)
