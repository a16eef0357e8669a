"""Changing standing orders: two clerks of one group, exact figures, a day to come, and nothing that reaches back."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import orders_changes as rules
from policies import standing_orders
from policies.errors import RuleBroken
from policies.orders_changes import STAGE_WORDS, ChangeStage, ChangeStep
from policies.standing_orders import Effect, could_carry_a_tie, holding_on, is_out_of_reach, least_days

ORDERS = standing_orders.load()["green"]
TODAY = date(2026, 5, 3)
TOMORROW = TODAY + timedelta(days=1)

JOURNEYS = {
    ("waiting", "confirm"): "confirmed",
    ("waiting", "turn down"): "turned_down",
    ("waiting", "take back"): "taken_back",
}


@pytest.mark.parametrize(("stage", "step"), list(product(ChangeStage, ChangeStep)))
def test_each_step_from_each_stage_of_a_change(stage, step):
    if (stage, step) in JOURNEYS:
        assert rules.next_change_stage(stage, step) == JOURNEYS[stage, step]
    else:
        with pytest.raises(RuleBroken, match=f"^You cannot {step} a change that is {STAGE_WORDS[stage]}"):
            rules.next_change_stage(stage, step)


def test_stages_and_effects_are_stored_under_these_words():
    assert set(ChangeStage) == {"waiting", "confirmed", "turned_down", "taken_back"} == set(STAGE_WORDS)
    assert set(Effect) == {"binding", "consultative"}


@pytest.mark.parametrize(
    ("step", "is_proposer", "said"),
    [
        ("confirm", True, "another clerk of your group has to decide on it"),
        ("turn down", True, "another clerk of your group has to decide on it"),
        ("take back", False, "You can turn it down"),
        ("confirm", False, ""),
        ("turn down", False, ""),
        ("take back", True, ""),
    ],
)
def test_another_clerk_decides_and_who_proposed_takes_back(step, is_proposer, said):
    if not said:
        rules.require_may_take(ChangeStep(step), 7, 7 if is_proposer else 8)
        return
    with pytest.raises(RuleBroken, match=said):
        rules.require_may_take(ChangeStep(step), 7, 7 if is_proposer else 8)


def test_one_change_at_a_time_in_a_group_with_another_clerk():
    rules.require_can_propose(2, is_one_waiting=False)
    with pytest.raises(RuleBroken, match="Invite another clerk first"):
        rules.require_can_propose(1, is_one_waiting=False)
    with pytest.raises(RuleBroken, match="waits already"):
        rules.require_can_propose(2, is_one_waiting=True)


@pytest.mark.parametrize(
    ("typed", "share"),
    [("1/10", Fraction(1, 10)), (" 2/3 ", Fraction(2, 3)), ("10 %", Fraction(1, 10)), ("12.5%", Fraction(1, 8))]
    + [("1/1", Fraction(1)), ("1", Fraction(1)), ("100 %", Fraction(1)), ("0.01 %", Fraction(1, 10_000))],
)
def test_a_share_is_read_exactly(typed, share):
    assert rules.share_typed(typed) == share


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Write a share"), ("0.1", "Write a share"), ("-1/2", "Write a share")]
    + [("1/2/3", "Write a share"), ("１/２", "Write a share"), ("one half", "Write a share")]
    + [("0", "share of nothing"), ("0/5", "share of nothing"), ("0 %", "share of nothing"), ("1/0", "divided by 0")]
    + [("11/10", "larger than all"), ("101 %", "larger than all")],
)
def test_what_is_no_share_is_refused_with_what_to_write(typed, said):
    with pytest.raises(RuleBroken, match=said):
        rules.share_typed(typed)


@given(st.integers(0, 300), st.integers(0, 300), st.fractions(0, 2, max_denominator=60), st.booleans())
def test_no_threshold_that_could_be_taken_is_reached_by_a_tie_or_by_nobody(yes, no, threshold, is_strict):
    if could_carry_a_tie(threshold, is_strict=is_strict) or is_out_of_reach(threshold, is_strict=is_strict):
        return
    share = Fraction(yes, yes + no) if yes + no else Fraction(0)
    passes = share > threshold if is_strict else share >= threshold
    assert not passes or yes > no
    assert threshold < 1 or not is_strict


@pytest.mark.parametrize(
    ("threshold", "is_strict", "said"),
    [
        ("1/2", False, "A tie could reach that"),
        ("1/3", True, "A tie could reach that"),
        ("1", True, "no more than all"),
        ("1/2", True, ""),
        ("2/3", False, ""),
        ("1", False, ""),
    ],
)
def test_a_threshold_is_above_a_tie_and_within_reach(threshold, is_strict, said):
    if not said:
        rules.require_sound_threshold(Fraction(threshold), is_strict=is_strict)
        return
    with pytest.raises(RuleBroken, match=said):
        rules.require_sound_threshold(Fraction(threshold), is_strict=is_strict)


@pytest.mark.parametrize("name", standing_orders.DAYS)
def test_days_are_whole_and_within_a_year(name):
    least = 1 if name == "ballot_days" else 0
    assert least_days(name) == least
    for typed in (least, 366):
        assert rules.days_typed(name, f" {typed} ") == timedelta(days=typed)
    for typed in (str(least - 1), "367", "7.5", "", "seven", "٧", "9" * 30):
        with pytest.raises(RuleBroken, match=f"whole number of days from {least} to 366"):
            rules.days_typed(name, typed)


def test_a_change_changes_something():
    rules.require_other_figures(ORDERS, replace(ORDERS, effect=Effect.CONSULTATIVE))
    with pytest.raises(RuleBroken, match="Every figure is as it is already"):
        rules.require_other_figures(ORDERS, replace(ORDERS, version=9, since=TODAY))


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (TODAY, "from tomorrow on"),
        (TODAY - timedelta(days=1), "from tomorrow on"),
        (TODAY + timedelta(days=367), "within the next 366 days"),
        (TOMORROW, "Version 2 begins on 2026-05-04"),
    ],
)
def test_a_change_holds_from_a_day_to_come_after_the_version_before(since, said):
    with pytest.raises(RuleBroken, match=said):
        rules.require_sound_day(since, TODAY, replace(ORDERS, version=2, since=TOMORROW))
    rules.require_sound_day(TOMORROW, TODAY, ORDERS)
    rules.require_sound_day(TODAY + timedelta(days=366), TODAY, ORDERS)


def test_no_change_reaches_back():
    rules.require_can_be_confirmed(TOMORROW, TODAY)
    with pytest.raises(RuleBroken, match="Turn it down"):
        rules.require_can_be_confirmed(TODAY, TODAY)


def test_what_is_confirmed_has_the_next_number():
    assert rules.next_version(replace(ORDERS, version=4), replace(ORDERS, minority=Fraction(1))).version == 5


days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def test_before_its_day_a_version_does_not_hold():
    known = [ORDERS, replace(ORDERS, version=2, since=TOMORROW)]
    assert [holding_on(known, day).version for day in (TODAY, TOMORROW, date(2020, 1, 1))] == [1, 2, 1]


@given(st.lists(days, min_size=1, max_size=6, unique=True), days)
def test_the_newest_version_that_has_begun_holds_and_before_any_has_the_first(begins, day):
    known = [replace(ORDERS, version=place, since=since) for place, since in enumerate(sorted(begins), start=1)]
    holds = holding_on(known, day)
    begun = [orders for orders in known if orders.since <= day]
    assert holds == (begun[-1] if begun else known[0])


@given(st.lists(days, min_size=1, max_size=6, unique=True), days, st.integers(1, 366))
def test_a_version_confirmed_later_changes_nothing_of_the_days_before_it(begins, day, ahead):
    known = [replace(ORDERS, version=place, since=since) for place, since in enumerate(sorted(begins), start=1)]
    later = replace(ORDERS, version=len(known) + 1, since=max(known[-1].since, day) + timedelta(days=ahead))
    assert holding_on([*known, later], day) == holding_on(known, day)
