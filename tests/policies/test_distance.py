"""The distance to agreement: which group is wanting, by how much, and never more than may be shown."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.agreement import LevelKey, level
from policies.ballots import CountingRules, Tally, holds_quorum, outcome, passes_threshold
from policies.distance import (
    TELLS_HOW_FAR,
    WANT_OF,
    Result,
    Want,
    Wanting,
    distance,
    quorum_missing,
    threshold_missing,
)
from policies.endorsements import StanceKind
from policies.small_cells import Band, shown_result
from policies.standing_orders import QuorumMode

GROUPS = ("labour", "lib_dem", "green", "fourth", "fifth")
HALF = CountingRules(QuorumMode.APPROVAL, Fraction(1, 10), Fraction(1, 2), True, Fraction(1, 4))
TWO_THIRDS = CountingRules(QuorumMode.PARTICIPATION, Fraction(1, 10), Fraction(2, 3), False, Fraction(1, 4))
ALL = CountingRules(QuorumMode.APPROVAL, Fraction(0), Fraction(1), False, Fraction(1, 4))


def result(yes: int, no: int, abstain: int = 0, roll: int = 100, rules: CountingRules = HALF) -> Result:
    tally = Tally(yes, no, abstain)
    said = outcome(tally, roll, rules)
    return Result(said, tally, roll, rules, shown_result(said, tally, yes_needed=0))


def wanting(kind: StanceKind | None, last: Result | None = None, *, is_paused: bool = False) -> tuple[Wanting, ...]:
    stances = {"labour": kind} if kind else {}
    results = {"labour": last} if last else {}
    return distance(stances, results, paused=["labour"] if is_paused else [], groups=["labour"])


def test_what_each_stance_wants():
    assert WANT_OF == {
        StanceKind.ENDORSED: None,
        StanceKind.RESERVATION: None,
        StanceKind.OPT_OUT: "opt_out",
        StanceKind.CONDITIONAL: "conditional",
        StanceKind.DECLINED: "declined",
        StanceKind.NO_QUORUM: "no_quorum",
        StanceKind.WITHDRAWN: "withdrawn",
        None: "not_asked",
    }
    assert {"declined", "no_quorum"} == TELLS_HOW_FAR
    assert wanting(StanceKind.CONDITIONAL)[0].want is Want.CONDITIONAL
    for kind, want in WANT_OF.items():
        assert [one.want for one in wanting(kind)] == ([] if want is None else [want])


def test_a_pause_is_wanting_where_there_is_backing_to_pause():
    assert wanting(StanceKind.ENDORSED, is_paused=True) == (Wanting("labour", Want.PAUSED),)
    assert wanting(StanceKind.DECLINED, is_paused=True) == (Wanting("labour", Want.DECLINED),)


@pytest.mark.parametrize(
    ("kind", "last", "found"),
    [
        # Fewer than ten votes: nothing.
        (StanceKind.DECLINED, result(3, 5, roll=20), Wanting("labour", Want.DECLINED)),
        (None, result(0, 4), Wanting("labour", Want.NO_QUORUM)),
        # From ten a band.
        (StanceKind.DECLINED, result(22, 25), Wanting("labour", Want.DECLINED, band=Band.EVEN)),
        (StanceKind.NO_QUORUM, result(5, 20), Wanting("labour", Want.NO_QUORUM, band=Band.LARGE_AGAINST)),
        # From fifty figures.
        (StanceKind.DECLINED, result(25, 30), Wanting("labour", Want.DECLINED, threshold=6)),
        (StanceKind.NO_QUORUM, result(25, 30, roll=400), Wanting("labour", Want.NO_QUORUM, quorum=15)),
        (
            StanceKind.DECLINED,
            result(30, 25, rules=TWO_THIRDS),
            Wanting("labour", Want.DECLINED, threshold=20),
        ),
        (
            None,
            result(20, 20, 10, roll=600, rules=TWO_THIRDS),
            Wanting("labour", Want.NO_QUORUM, quorum=10),
        ),
        (StanceKind.DECLINED, result(40, 20, rules=ALL), Wanting("labour", Want.DECLINED)),
        # All but all of one mind: neither figures nor band, at any number.
        (StanceKind.DECLINED, result(1, 99), Wanting("labour", Want.DECLINED)),
        # A result tells nothing where the group took its backing back, or left words out.
        (StanceKind.WITHDRAWN, result(60, 10), Wanting("labour", Want.WITHDRAWN)),
        (StanceKind.OPT_OUT, result(60, 10), Wanting("labour", Want.OPT_OUT)),
        (None, None, Wanting("labour", Want.NOT_ASKED)),
    ],
)
def test_how_far_a_group_is_as_far_as_may_be_shown(kind, last, found):
    assert wanting(kind, last) == (found,)


tallies = st.builds(Tally, st.integers(0, 90), st.integers(0, 90), st.integers(0, 30))
any_rules = st.builds(
    CountingRules,
    st.sampled_from(QuorumMode),
    st.sampled_from([Fraction(0), Fraction(1, 10), Fraction(1, 3), Fraction(1)]),
    st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(3, 4), Fraction(999, 1000)]),
    st.booleans(),
    st.just(Fraction(1, 4)),
)


@given(tallies, any_rules)
def test_just_so_many_more_yes_votes_would_have_carried_it(tally, rules):
    more = threshold_missing(tally, rules)
    assert passes_threshold(Tally(tally.yes + more, tally.no, tally.abstain), rules)
    assert more == 0 or not passes_threshold(Tally(tally.yes + more - 1, tally.no, tally.abstain), rules)


@given(tallies, st.integers(1, 400), any_rules)
def test_just_so_many_more_yes_votes_would_have_reached_the_quorum(tally, roll, rules):
    more = quorum_missing(tally, roll, rules)
    reached = Tally(tally.yes + more, tally.no, tally.abstain)
    assert reached.cast < 5 or holds_quorum(reached, roll, rules)
    assert more == 0 or not holds_quorum(Tally(reached.yes - 1, tally.no, tally.abstain), roll, rules)


@given(tallies, st.integers(1, 200), any_rules, st.sampled_from([StanceKind.DECLINED, StanceKind.NO_QUORUM, None]))
def test_no_figure_is_told_of_fewer_than_fifty_votes_and_no_band_of_fewer_than_ten(tally, roll, rules, kind):
    last = result(tally.yes, tally.no, tally.abstain, roll, rules)
    for one in wanting(kind, last):
        if tally.cast < 50:
            assert one.quorum is one.threshold is None
        if tally.cast < 10:
            assert one.band is None


@given(st.integers(2, 5), st.data())
def test_nothing_is_wanting_just_where_the_text_is_agreed(number, data):
    groups = GROUPS[:number]
    stances = data.draw(st.dictionaries(st.sampled_from(groups), st.sampled_from(StanceKind)))
    found = distance(stances, {}, groups=groups)
    assert (found == ()) is (level(stances, groups=groups).key is LevelKey.AGREED)
    assert [one.group for one in found] == [group for group in groups if group in {one.group for one in found}]


def test_the_outcome_of_the_last_ballot_says_that_a_group_was_asked():
    lacked = result(0, 0)
    assert [one.want for one in distance({}, {"labour": lacked}, groups=GROUPS[:2])] == [Want.NO_QUORUM, Want.NOT_ASKED]


def test_nothing_is_missing_where_the_quorum_held_and_the_threshold_was_passed():
    assert quorum_missing(Tally(12, 3), 100, HALF) == 0
    assert threshold_missing(Tally(12, 3), HALF) == 0
