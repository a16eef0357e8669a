"""The laws of deciding hold for two groups as for five: nothing in the rulebook counts on there being three."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import ballots, standing_orders
from policies.agreement import LevelKey, becomes_agreed, label_of, level
from policies.amendments import AmendmentStep, Contender, amendment_is_seconded, settle
from policies.ballots import CountingRules, Outcome, Tally, outcome
from policies.differences import differences
from policies.endorsements import FormKind, StanceKind, stance_after
from policies.groups import GROUPS, NUMBERS, all_in_words, number_in_words
from policies.moderation import GROUPS_TO_DECIDE, Said, Verdict, decision
from policies.offers import opens_at_once
from policies.planks import Second, plank_is_seconded, seconds_wanted
from policies.standing_orders import Effect, QuorumMode

FIVE = ("labour", "lib_dem", "green", "fourth", "fifth")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SHIPPED = standing_orders.load()["green"]

groups = st.integers(2, 5).map(lambda number: FIVE[:number])
votes = st.integers(0, 60)
tallies = st.builds(Tally, votes, votes, votes)
SHARES = [Fraction(1, 100), Fraction(1, 10), Fraction(1, 3), Fraction(1)]
# Every threshold in tenths and twelfths that standing orders may name, and every way to count.
THRESHOLDS = [
    (threshold, is_strict)
    for threshold, is_strict in product(
        {Fraction(up, down) for down in (10, 12) for up in range(down + 1)}, (True, False)
    )
    if not standing_orders.could_carry_a_tie(threshold, is_strict=is_strict)
    and not standing_orders.is_out_of_reach(threshold, is_strict=is_strict)
]
ALLOWED = [
    replace(
        SHIPPED,
        effect=effect,
        quorum_mode=mode,
        quorum=quorum,
        threshold=threshold,
        threshold_is_strict=is_strict,
        ballot_period=timedelta(1 + place % 13),
        notice=timedelta(place % 7),
        rerun_after=timedelta(place % 11),
    )
    for place, (effect, mode, quorum, (threshold, is_strict)) in enumerate(
        product(Effect, QuorumMode, SHARES, sorted(THRESHOLDS))
    )
]
allowed_orders = st.sampled_from(ALLOWED)
held_rounds = groups.flatmap(
    lambda keys: st.lists(st.tuples(allowed_orders, tallies, votes), min_size=len(keys), max_size=len(keys)).map(
        lambda drawn: (
            keys,
            {key: orders for key, (orders, _cast, _away) in zip(keys, drawn, strict=True)},
            {key: cast for key, (_orders, cast, _away) in zip(keys, drawn, strict=True)},
            {key: cast.cast + away for key, (_orders, cast, away) in zip(keys, drawn, strict=True)},
        )
    )
)


def stances_of(keys, orders, cast, rolls):
    """What one endorsement round leaves."""
    found = {
        key: stance_after(
            FormKind.ENDORSE,
            outcome(cast[key], rolls[key], CountingRules.of(orders[key])),
            None,
            is_rerun=False,
            effect=orders[key].effect,
        )
        for key in keys
    }
    return {key: stance for key, stance in found.items() if stance}


@given(held_rounds)
def test_agreed_are_words_that_every_group_bound_itself_to_by_more_yes_than_no(held):
    keys, orders, cast, _rolls = held
    stances = stances_of(*held)
    if becomes_agreed(stances, keys):
        assert all(cast[key].yes > cast[key].no and orders[key].effect is Effect.BINDING for key in keys)
    assert (level(stances, groups=keys).key is LevelKey.AGREED) is (
        set(stances.values()) == {StanceKind.ENDORSED} and len(stances) == len(keys)
    )


@given(held_rounds, st.data(), tallies)
def test_what_one_group_votes_changes_no_other(held, data, more):
    keys, orders, cast, rolls = held
    group = data.draw(st.sampled_from(keys))
    after = stances_of(keys, orders, {**cast, group: more}, {**rolls, group: more.cast + 1})
    before = stances_of(*held)
    assert {key: after.get(key) for key in keys if key != group} == {
        key: before.get(key) for key in keys if key != group
    }


@given(held_rounds, st.data(), st.integers(1, 40))
def test_more_yes_in_a_group_never_worsens_what_it_or_all_together_decided(held, data, more):
    keys, orders, cast, rolls = held
    group = data.draw(st.sampled_from(keys))
    better = replace(cast[group], yes=cast[group].yes + more)
    rules, roll = CountingRules.of(orders[group]), rolls[group] + more
    ranks = [Outcome.NO_QUORUM, Outcome.NOT_CARRIED, Outcome.CARRIED]
    assert ranks.index(outcome(better, roll, rules)) >= ranks.index(outcome(cast[group], roll, rules))
    was = level(stances_of(keys, orders, cast, {**rolls, group: roll}), groups=keys)
    now = level(stances_of(keys, orders, {**cast, group: better}, {**rolls, group: roll}), groups=keys)
    order = [LevelKey.BEING_DRAFTED, LevelKey.BACKED_BY_ALL_BUT_ONE, LevelKey.AGREED_IN_PART, LevelKey.AGREED]
    assert order.index(now.key) >= order.index(was.key)


@given(allowed_orders, votes, votes, votes)
def test_under_no_orders_does_a_tie_carry_nor_no_votes_at_all(orders, either, abstained, away):
    rules = CountingRules.of(orders)
    for tally in (Tally(either, either, abstained), Tally(0, 0, abstained)):
        assert outcome(tally, tally.cast + away, rules) is not Outcome.CARRIED
        assert not ballots.passes_threshold(tally, rules)


@given(allowed_orders, st.integers(5, 200))
def test_under_all_orders_a_roll_that_all_says_yes_carries(orders, roll):
    assert outcome(Tally(roll), roll, CountingRules.of(orders)) is Outcome.CARRIED


@given(st.lists(allowed_orders, min_size=2, max_size=5))
def test_no_group_has_less_notice_or_fewer_ballot_days_than_its_own_orders_say(orders):
    opens, closes = ballots.opening_times(NOON, orders)
    again, ends = ballots.rerun_times(NOON, orders)
    for one in orders:
        assert opens - NOON >= one.notice
        assert min(closes - opens, ends - again) >= one.ballot_period
        assert again - NOON >= one.rerun_after


@given(groups, st.data())
def test_a_plank_is_seconded_by_its_own_group_and_any_other(keys, data):
    mover = data.draw(st.sampled_from(keys))
    seconds = [Second(place, key) for place, key in enumerate(data.draw(st.lists(st.sampled_from(keys), max_size=6)))]
    of_own, of_other = ({second.group == mover for second in seconds} >= {is_own} for is_own in (True, False))
    assert plank_is_seconded(mover, seconds) is (of_own and of_other) is (not seconds_wanted(mover, seconds))
    assert amendment_is_seconded(mover, seconds) is of_other
    for key in keys:
        assert opens_at_once(mover, key) is (key != mover)


@given(groups, st.data())
def test_clerks_of_two_groups_decide_however_many_groups_there_are(keys, data):
    said = data.draw(st.dictionaries(st.sampled_from(keys), st.sampled_from(Verdict)))
    found = decision([Said(key, number, verdict, "a") for number, (key, verdict) in enumerate(said.items())], "a")
    agreeing = {verdict: [key for key in said if said[key] is verdict] for verdict in Verdict}
    assert ballots.GROUPS_TO_OPEN == GROUPS_TO_DECIDE == 2 <= len(keys)
    assert (found is None) is all(len(clerks) < 2 for clerks in agreeing.values())


@given(groups, st.data())
def test_an_amendment_is_carried_only_in_each_group(keys, data):
    outcomes = tuple(data.draw(st.sampled_from(Outcome)) for _ in keys)
    (step,) = settle([Contender(1, 3, outcomes, minority=False)], []).values()
    assert (step is AmendmentStep.CARRY) is (set(outcomes) == {Outcome.CARRIED})


@given(groups, st.data())
def test_groups_differ_only_by_what_groups_of_the_list_said(keys, data):
    stances = data.draw(st.dictionaries(st.sampled_from(FIVE), st.sampled_from(StanceKind)))
    assert set(differences(stances, keys)) <= set(keys) & set(stances)


@pytest.mark.parametrize(
    ("number", "all_of_them", "all_but_one"),
    [
        (2, "both", "Backed by one of two"),
        (3, "all three", "Backed by two of three"),
        (4, "all four", "Backed by three of four"),
        (5, "all five", "Backed by four of five"),
    ],
)
def test_how_many_there_are_is_said_from_their_list(number, all_of_them, all_but_one):
    assert all_in_words(FIVE[:number]) == all_of_them
    assert number_in_words(FIVE[:number]) == NUMBERS[number]
    assert label_of(LevelKey.BACKED_BY_ALL_BUT_ONE, number) == all_but_one
    assert (all_in_words(), number_in_words()) == (all_in_words(GROUPS), number_in_words(GROUPS))


def test_among_two_groups_there_is_no_backing_by_all_but_one():
    assert level({"labour": StanceKind.ENDORSED}, groups=FIVE[:2]).key is LevelKey.BEING_DRAFTED
