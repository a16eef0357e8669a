"""Conditional backing comes true for one exact text of the same plank, in time, and for nothing else."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from policies.conditions import Adopted, Promise, comes_true, has_lapsed
from policies.text.canonical import digest

BY = date(2026, 5, 3)
NAMED = digest("Warm homes", "Every home by 2030.")
PROMISE = Promise(plank_id=1, sha256=NAMED, by_date=BY)
IN_TIME = Adopted(plank_id=1, sha256=NAMED, on=BY)


def test_the_very_text_on_the_very_plank_by_the_very_day():
    assert comes_true(PROMISE, IN_TIME)
    assert comes_true(PROMISE, replace(IN_TIME, on=BY - timedelta(days=30)))
    assert not comes_true(PROMISE, replace(IN_TIME, on=BY + timedelta(days=1)))
    assert not comes_true(PROMISE, replace(IN_TIME, plank_id=2))
    assert not comes_true(PROMISE, replace(IN_TIME, sha256=digest("Warm homes", "Every home by 2030!")))


@given(st.integers(-400, 400))
def test_a_condition_comes_true_or_has_lapsed_on_any_day_and_never_both(days):
    today = BY + timedelta(days=days)
    assert comes_true(PROMISE, replace(IN_TIME, on=today)) is not has_lapsed(PROMISE, today)


def test_a_condition_lapses_the_day_after_its_date():
    assert not has_lapsed(PROMISE, BY)
    assert has_lapsed(PROMISE, BY + timedelta(days=1))
