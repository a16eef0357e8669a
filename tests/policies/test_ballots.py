"""Rounds and counts: each group carries a question in its own vote, by exact numbers, or not at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from policies import ballots, standing_orders
from policies.ballots import Choice, CountingRules, Outcome, RoundKind, RoundStage, RoundStep, Tally, outcome
from policies.errors import RuleBroken
from policies.standing_orders import QuorumMode

# Written out again by hand from domain.md, section 5.
JOURNEYS = {
    ("prepared", "open"): "open",
    ("prepared", "cancel"): "cancelled",
    ("open", "annul"): "annulled",
    ("closed", "annul"): "annulled",
    ("open", "close"): "closed",
    ("closed", "publish"): "published",
}

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ORDERS = standing_orders.load()["green"]
APPROVAL = CountingRules.of(ORDERS)
PARTICIPATION = replace(APPROVAL, quorum_mode=QuorumMode.PARTICIPATION)
FROM_WORST_TO_BEST = [Outcome.NO_QUORUM, Outcome.NOT_CARRIED, Outcome.CARRIED]

votes = st.integers(0, 120)
tallies = st.builds(Tally, votes, votes, votes)
counting_rules = st.builds(
    CountingRules,
    quorum_mode=st.sampled_from(QuorumMode),
    quorum=st.fractions(Fraction(1, 100), 1, max_denominator=100),
    threshold=st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)])
    | st.fractions(Fraction(1, 2), 1, max_denominator=50),
    threshold_is_strict=st.booleans(),
    minority=st.just(Fraction(1, 4)),
)
absentees = st.integers(0, 300)


@pytest.mark.parametrize(("stage", "step"), list(product(RoundStage, RoundStep)))
def test_each_step_from_each_stage_of_a_round(stage, step):
    if (stage, step) in JOURNEYS:
        assert ballots.next_stage(stage, step) == JOURNEYS[stage, step]
    else:
        with pytest.raises(RuleBroken, match=f"^You cannot {step} a round that is {stage}"):
            ballots.next_stage(stage, step)


def test_stages_kinds_and_choices_are_stored_under_the_words_of_the_domain():
    assert set(RoundStage) == {"prepared", "open", "closed", "published", "cancelled", "annulled"}
    assert set(RoundKind) == {"endorsement", "amendments"}
    assert set(Choice) == {"yes", "no", "abstain"}


def test_clerks_of_two_groups_open_a_round():
    assert ballots.GROUPS_TO_OPEN == 2


def test_papers_are_counted_by_choice():
    assert Tally.of([Choice.YES, Choice.NO, Choice.YES, Choice.ABSTAIN]) == Tally(2, 1, 1)
    assert Tally.of([]) == Tally(0, 0, 0)


@given(st.lists(st.sampled_from(Choice)))
def test_every_paper_is_counted_once(papers):
    assert Tally.of(papers).cast == len(papers)


def test_a_ballot_keeps_the_counting_part_of_the_standing_orders():
    assert CountingRules(QuorumMode.APPROVAL, Fraction(1, 10), Fraction(1, 2), True, Fraction(1, 4)) == APPROVAL


@pytest.mark.parametrize(
    ("tally", "roll", "rules", "decided"),
    [
        (Tally(10, 9, 0), 100, APPROVAL, "carried"),
        (Tally(9, 2, 80), 100, APPROVAL, "no_quorum"),
        (Tally(10, 10, 0), 100, APPROVAL, "not_carried"),
        (Tally(4, 3, 3), 100, PARTICIPATION, "carried"),
        (Tally(4, 3, 2), 100, PARTICIPATION, "no_quorum"),
        (Tally(9, 1, 0), 101, PARTICIPATION, "no_quorum"),
        (Tally(4, 0, 0), 4, PARTICIPATION, "no_quorum"),
        (Tally(5, 0, 0), 5, PARTICIPATION, "carried"),
        (Tally(0, 0, 40), 100, PARTICIPATION, "not_carried"),
    ],
)
def test_a_ballot_is_carried_by_its_quorum_and_its_threshold(tally, roll, rules, decided):
    assert outcome(tally, roll, rules) == decided


@pytest.mark.parametrize(
    ("share", "strict", "tally", "passes"),
    [
        ("1/2", True, Tally(51, 49), True),
        ("1/2", True, Tally(50, 50), False),
        ("1/2", False, Tally(50, 50), False),
        ("1/2", False, Tally(51, 49), True),
        ("2/3", False, Tally(66, 33), True),
        ("2/3", False, Tally(65, 33), False),
        ("2/3", True, Tally(66, 33), False),
        ("3/4", False, Tally(75, 25), True),
        ("3/4", False, Tally(74, 25), False),
        ("1", False, Tally(40, 0), True),
        ("2/5", True, Tally(45, 55), False),
    ],
)
def test_the_threshold_is_an_exact_share_of_yes_and_no(share, strict, tally, passes):
    rules = replace(APPROVAL, threshold=Fraction(share), threshold_is_strict=strict)
    assert ballots.passes_threshold(tally, rules) is passes


@given(tallies, absentees, counting_rules, st.integers(1, 50), st.booleans())
def test_more_yes_votes_never_worsen_an_outcome(tally, away, rules, more, from_no):
    from_no = from_no and more <= tally.no
    better = Tally(tally.yes + more, tally.no - more * from_no, tally.abstain)
    roll = max(tally.cast, better.cast) + away
    before, after = outcome(tally, roll, rules), outcome(better, roll, rules)
    assert FROM_WORST_TO_BEST.index(after) >= FROM_WORST_TO_BEST.index(before)


@given(votes, votes, absentees, counting_rules)
def test_neither_a_tie_nor_zero_votes_ever_carries(either, abstained, away, rules):
    tie, no_votes = Tally(either, either, abstained), Tally(0, 0, abstained)
    assert outcome(tie, tie.cast + away, rules) is not Outcome.CARRIED
    assert outcome(no_votes, no_votes.cast + away, rules) is not Outcome.CARRIED


@given(st.integers(0, 4), st.integers(0, 4), absentees, counting_rules)
def test_fewer_than_five_votes_are_no_quorum(yes, no, away, rules):
    assume(yes + no < 5)
    assert outcome(Tally(yes, no), yes + no + away, rules) is Outcome.NO_QUORUM


@given(tallies, votes, counting_rules)
def test_abstentions_never_change_what_passes_the_threshold(tally, abstained, rules):
    assert ballots.passes_threshold(replace(tally, abstain=abstained), rules) is ballots.passes_threshold(tally, rules)


@given(tallies, absentees, counting_rules)
def test_only_more_yes_than_no_with_a_quorum_carries(tally, away, rules):
    roll = tally.cast + away
    if outcome(tally, roll, rules) is Outcome.CARRIED:
        assert tally.yes > tally.no
        assert ballots.holds_quorum(tally, roll, rules)


@pytest.mark.parametrize(
    ("tally", "kept"),
    [
        (Tally(25, 75, 0), True),
        (Tally(24, 75, 0), False),
        (Tally(2, 3, 0), True),
        (Tally(2, 2, 0), False),
        (Tally(0, 0, 9), False),
        (Tally(1, 0, 9), True),
    ],
)
def test_a_quarter_of_those_who_decided_keeps_a_minority_position(tally, kept):
    assert ballots.is_minority_position(tally, APPROVAL) is kept


periods = st.lists(st.tuples(st.integers(0, 366), st.integers(1, 366)), min_size=1, max_size=5)


@given(periods)
def test_notice_and_ballot_are_the_longest_of_the_groups(days):
    orders = [replace(ORDERS, notice=timedelta(notice), ballot_period=timedelta(ballot)) for notice, ballot in days]
    opens, closes = ballots.opening_times(NOON, orders)
    assert opens - NOON == timedelta(max(notice for notice, _ballot in days))
    assert closes - opens == timedelta(max(ballot for _notice, ballot in days))


def test_a_round_under_the_defaults_opens_after_three_days_and_lasts_seven():
    assert ballots.opening_times(NOON, [ORDERS]) == (NOON + timedelta(days=3), NOON + timedelta(days=10))


def test_the_re_run_opens_seven_days_after_publication():
    assert ballots.rerun_times(NOON, [ORDERS]) == (NOON + timedelta(days=7), NOON + timedelta(days=14))


def test_a_re_run_of_two_groups_leaves_each_its_full_ballot_days():
    slow = replace(ORDERS, rerun_after=timedelta(14), ballot_period=timedelta(3))
    assert ballots.rerun_times(NOON, [ORDERS, slow]) == (NOON + timedelta(days=14), NOON + timedelta(days=21))


def test_a_ballot_held_up_at_its_opening_still_runs_its_full_days():
    closes, hour = NOON + timedelta(days=7), timedelta(hours=1)
    assert ballots.times_at_opening(NOON, NOON, closes) == (NOON, closes)
    assert ballots.times_at_opening(NOON + hour, NOON, closes) == (NOON, closes)
    late = NOON + timedelta(days=9)
    assert ballots.times_at_opening(late, NOON, closes) == (late, late + timedelta(days=7))
    barely = NOON + hour + timedelta(seconds=1)
    assert ballots.times_at_opening(barely, NOON, closes) == (barely, barely + timedelta(days=7))


def test_a_member_is_on_the_roll_after_the_qualifying_days():
    fourteen = timedelta(days=14)
    assert ballots.is_on_the_roll(NOON - fourteen, NOON, fourteen)
    assert not ballots.is_on_the_roll(NOON - fourteen + timedelta(seconds=1), NOON, fourteen)


def test_a_round_is_prepared_on_an_open_plank_without_another_round():
    ballots.require_round_can_be_prepared(True, 0)
    with pytest.raises(RuleBroken, match="only on an open plank"):
        ballots.require_round_can_be_prepared(False, 0)
    with pytest.raises(RuleBroken, match="already prepared"):
        ballots.require_round_can_be_prepared(True, 1)


def test_a_vote_is_taken_until_the_closing_minute_of_an_open_round():
    ballots.require_open_for_votes(RoundStage.OPEN, NOON - timedelta(microseconds=1), NOON)


@pytest.mark.parametrize(
    ("stage", "late", "words"),
    [
        ("prepared", -1, "has not opened yet"),
        ("open", 0, "has closed, so your vote was not counted"),
        ("open", 1, "has closed, so your vote was not counted"),
        ("closed", -1, "has closed, so your vote was not counted"),
        ("published", -1, "has closed, so your vote was not counted"),
        ("cancelled", -1, "was cancelled before it opened"),
        ("annulled", -1, "was annulled, so no vote in it counts"),
    ],
)
def test_a_vote_at_any_other_time_is_refused_with_the_reason(stage, late, words):
    with pytest.raises(RuleBroken, match=words):
        ballots.require_open_for_votes(RoundStage(stage), NOON + timedelta(seconds=late), NOON)


def test_a_paper_that_answers_every_question_is_complete():
    ballots.require_complete_paper(["P12-A1", "P12-A2"], {"P12-A2": Choice.NO, "P12-A1": Choice.ABSTAIN})


@pytest.mark.parametrize("answered", [[], ["P12-A1"], ["P12-A1", "P12-A2", "P12-A3"]])
def test_a_paper_that_answers_fewer_or_other_questions_is_refused(answered):
    with pytest.raises(RuleBroken, match="Nothing has been cast yet"):
        ballots.require_complete_paper(["P12-A1", "P12-A2"], dict.fromkeys(answered, Choice.YES))


@pytest.mark.parametrize(("roll", "needed"), [(1, 1), (10, 1), (11, 2), (80, 8), (81, 9), (90, 9), (91, 10)])
def test_a_quorum_of_yes_votes_needs_so_many_and_not_one_fewer(roll, needed):
    assert ballots.yes_needed(roll, APPROVAL) == needed
    assert ballots.yes_needed(roll, PARTICIPATION) == 0
    many_abstain = Tally(needed, 0, 5)
    assert ballots.holds_quorum(many_abstain, roll, APPROVAL)
    assert not ballots.holds_quorum(replace(many_abstain, yes=needed - 1), roll, APPROVAL)
